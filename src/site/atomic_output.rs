//! Atomic replacement of a site: the new site is built in a work folder and then swapped in.
//!
//! ```text
//! site/            served site
//! .site.sheaf/     work folder; may be deleted between builds
//!     lock         held while a build writes
//!     stage/       new site until complete
//!     old/         previous site during the swap
//!     record.json  inputs and outputs of the last build
//!     pictures/    reduced pictures of the articles
//! ```
//!
//! A build that fails or is killed leaves `site` unchanged, and the next build starts a new stage. Where the system
//! can exchange two folders (Linux, macOS), a complete site exists at every moment; elsewhere except between two
//! renames.

use super::paths::{INDEX_PAGE, RECORD_FILE, list_files};
use crate::archive::writer::{FileSink, WriteError};
use crate::archive::{FILES_DIR, MANIFEST_FILE};
use crate::bundle::{BuildError, part_of};
use crate::file_error::FileError;
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs::{self, File, TryLockError};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// Foreign files are moved from the old site to the new one; a site with more of them than this is updated in place.
const MAX_FOREIGN_FILES: usize = 2_000;

/// Work folder next to the site.
pub struct WorkDir {
    /// Folder of the site.
    out: PathBuf,
    folder: PathBuf,
    /// True if this build made the folder.
    is_new: bool,
    /// Other builds wait for it.
    _lock: File,
}

impl Drop for WorkDir {
    /// A build that fails leaves no folder that was not there before.
    fn drop(&mut self) {
        if self.is_new && !self.file_path(RECORD_FILE).exists() {
            let _ = fs::remove_dir_all(&self.folder);
        }
    }
}

impl WorkDir {
    /// Opens the work folder of `out` and locks it against other builds.
    ///
    /// # Errors
    ///
    /// Another build holds the lock, or the folder cannot be written.
    pub fn open(out: &Path) -> Result<WorkDir, BuildError> {
        // A symbolic link is resolved, so that its target is replaced and the link stays.
        let out = match out.canonicalize() {
            Ok(real) => real,
            Err(_) => std::path::absolute(out).map_err(BuildError::read(out))?,
        };
        if fs::metadata(&out).is_ok_and(|found| !found.is_dir()) {
            return Err(BuildError::OutIsFile(out));
        }
        let folder = work_dir_path(&out);
        let is_new = !folder.exists();
        fs::create_dir_all(&folder).map_err(BuildError::write(&folder))?;
        let note = |name: &str, text: &str| {
            let path = folder.join(name);
            if path.exists() { Ok(()) } else { fs::write(&path, text).map_err(BuildError::write(&path)) }
        };
        note(".gitignore", "*\n")?;
        // Signature of <https://bford.info/cachedir/>; backup tools skip such folders.
        note("CACHEDIR.TAG", "Signature: 8a477f597d28d172789f06886806bc55\n")?;
        let place = folder.join("lock");
        let lock = File::create(&place).map_err(BuildError::write(&place))?;
        match lock.try_lock() {
            Ok(()) => {
                let work_dir = WorkDir { out, folder, is_new, _lock: lock };
                work_dir.recover()?;
                Ok(work_dir)
            }
            Err(TryLockError::WouldBlock) => Err(BuildError::OutputLocked(out)),
            Err(TryLockError::Error(error)) => Err(BuildError::write(&place)(error)),
        }
    }

    /// Removes what a killed build left. Between two renames the site itself may lie in `old`.
    fn recover(&self) -> Result<(), BuildError> {
        let old = self.file_path("old");
        if old.exists() && !self.out.exists() {
            fs::rename(&old, &self.out).map_err(BuildError::write(&self.out))?;
        }
        remove_folder(&self.file_path("stage"))?;
        remove_folder(&old)
    }

    /// A file of this folder.
    pub fn file_path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// Returns this folder, for temporary files.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Returns the path of the site.
    pub fn out(&self) -> &Path {
        &self.out
    }

    /// Creates an empty stage.
    ///
    /// # Errors
    ///
    /// Files of an earlier build cannot be removed, or the folder cannot be written.
    pub fn stage(&self) -> Result<StagedSite<'_>, BuildError> {
        let folder = self.folder.join("stage");
        fs::create_dir(&folder).map_err(BuildError::write(&folder))?;
        Ok(StagedSite { work_dir: self, folder })
    }
}

/// Returns the path of the hidden work folder of the site `out`.
fn work_dir_path(out: &Path) -> PathBuf {
    let mut name = OsString::from(".");
    name.push(out.file_name().unwrap_or("site".as_ref()));
    name.push(".sheaf");
    out.with_file_name(name)
}

/// New site under construction.
pub struct StagedSite<'a> {
    work_dir: &'a WorkDir,
    /// Folder of the new site.
    folder: PathBuf,
}

impl Drop for StagedSite<'_> {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

impl FileSink for StagedSite<'_> {
    fn write(&self, path: &str, bytes: &[u8]) -> Result<(), WriteError> {
        Ok(self.write_file(path, bytes)?)
    }
}

impl StagedSite<'_> {
    /// Returns the folder of the new site, for direct writing.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Writes files to their paths.
    ///
    /// # Errors
    ///
    /// A file cannot be written.
    pub fn write_files<'b>(
        &self,
        files: impl IntoIterator<Item = (&'b str, &'b [u8])>,
    ) -> Result<(), BuildError> {
        let files: Vec<_> = files.into_iter().collect();
        Ok(files.par_iter().try_for_each(|(path, bytes)| self.write_file(path, bytes))?)
    }

    /// Writes a file of the new site, and its folder if it is the first one there.
    fn write_file(&self, path: &str, bytes: &[u8]) -> Result<(), FileError> {
        let place = self.folder.join(path);
        let written = fs::write(&place, bytes).or_else(|error| match place.parent() {
            Some(folder) if error.kind() == ErrorKind::NotFound => {
                fs::create_dir_all(folder)?;
                fs::write(&place, bytes)
            }
            _ => Err(error),
        });
        written.map_err(FileError::write(&place))
    }

    /// Replaces the old site by the new one. Files for which `ours` is false are moved to the new site. Unchanged
    /// files keep their modification times, so that hosts and copy tools see no change.
    ///
    /// # Errors
    ///
    /// The old site cannot be replaced and is still in place.
    pub fn commit(self, ours: &(dyn Fn(&str) -> bool + Sync)) -> Result<(), BuildError> {
        let out = &self.work_dir.out;
        let there = match list_files(out) {
            Err(error) if error.kind() == ErrorKind::NotFound => {
                return fs::rename(&self.folder, out).map_err(BuildError::write(out));
            }
            listed => listed.map_err(BuildError::read(out))?,
        };
        let made: BTreeSet<String> =
            list_files(&self.folder).map_err(BuildError::read(&self.folder))?.into_iter().collect();
        let (again, rest): (Vec<&String>, Vec<&String>) = there.iter().partition(|path| made.contains(*path));
        again
            .par_iter()
            .try_for_each(|path| self.preserve_modified_time(path))
            .map_err(BuildError::write(&self.folder))?;
        let (stale, foreign): (Vec<&String>, Vec<&String>) = rest.into_iter().partition(|path| ours(path));
        // A shell whose working directory is the site would end up in a deleted folder.
        let stands = std::env::current_dir().is_ok_and(|here| here.starts_with(out));
        if stands || foreign.len() > MAX_FOREIGN_FILES || self.replace_site(&foreign).is_err() {
            return self.commit_in_place(&made, &stale).map_err(BuildError::write(out));
        }
        Ok(())
    }

    fn preserve_modified_time(&self, path: &str) -> io::Result<()> {
        let (old, new) = (self.work_dir.out.join(path), self.folder.join(path));
        let meta = fs::symlink_metadata(&old)?;
        if meta.is_file() && meta.len() == fs::metadata(&new)?.len() && fs::read(&old)? == fs::read(&new)? {
            File::options().write(true).open(&new)?.set_modified(meta.modified()?)?;
        }
        Ok(())
    }

    /// Swaps the two folders and deletes the old one.
    fn replace_site(&self, foreign: &[&String]) -> io::Result<()> {
        let (out, old) = (&self.work_dir.out, self.work_dir.folder.join("old"));
        for path in foreign {
            let (from, to) = (out.join(path), self.folder.join(path));
            if let Some(around) = to.parent() {
                fs::create_dir_all(around)?;
            }
            link_or_copy(&from, &to)?;
        }
        fs::set_permissions(&self.folder, fs::metadata(out)?.permissions())?;
        match exchange_folders(&self.folder, out) {
            // The old site is where the stage was, and goes with it.
            Ok(()) => return Ok(()),
            Err(_) => {
                fs::rename(out, &old)?;
                if let Err(error) = fs::rename(&self.folder, out) {
                    fs::rename(&old, out)?;
                    return Err(error);
                }
            }
        }
        // The swap is complete; leftovers are removed by the next build at the latest.
        let _ = fs::remove_dir_all(&old);
        Ok(())
    }

    /// Moves file by file, referring files last. Used for folders that cannot be renamed, such as mount points.
    fn commit_in_place(&self, made: &BTreeSet<String>, stale: &[&String]) -> io::Result<()> {
        let rank = |path: &&String| match path.as_str() {
            INDEX_PAGE => 2,
            MANIFEST_FILE => 1,
            _ => 0,
        };
        let mut paths: Vec<&String> = made.iter().collect();
        paths.sort_by_key(rank);
        for path in paths {
            let (from, to) = (self.folder.join(path), self.work_dir.out.join(path));
            if let Some(around) = to.parent() {
                fs::create_dir_all(around)?;
            }
            if fs::rename(&from, &to).is_err() {
                let part = part_of(&to);
                let copied = fs::copy(&from, &part).and_then(|_| fs::rename(&part, &to));
                if copied.is_err() {
                    let _ = fs::remove_file(&part);
                }
                copied?;
            }
        }
        for path in stale {
            fs::remove_file(self.work_dir.out.join(path))?;
        }
        remove_empty(&self.work_dir.out.join(FILES_DIR));
        Ok(())
    }
}

/// Hard-links a file, or copies where hard links are unsupported.
fn link_or_copy(from: &Path, to: &Path) -> io::Result<()> {
    fs::hard_link(from, to).or_else(|error| {
        let is_file = fs::symlink_metadata(from)?.is_file();
        if is_file { fs::copy(from, to).map(drop) } else { Err(error) }
    })
}

#[cfg(any(target_os = "linux", target_os = "macos"))]
fn exchange_folders(a: &Path, b: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, a, CWD, b, RenameFlags::EXCHANGE)?)
}

#[cfg(not(any(target_os = "linux", target_os = "macos")))]
fn exchange_folders(_: &Path, _: &Path) -> io::Result<()> {
    Err(ErrorKind::Unsupported.into())
}

fn remove_folder(folder: &Path) -> Result<(), BuildError> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(BuildError::remove(folder)(error)),
        _ => Ok(()),
    }
}

/// Removes `folder` and its subfolders if empty.
fn remove_empty(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            remove_empty(&entry.path());
        }
    }
    // Fails if the folder is not empty, and then the folder is kept.
    let _ = fs::remove_dir(folder);
}
