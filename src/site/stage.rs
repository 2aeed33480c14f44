//! A new site beside the old one, which takes its place in one step.
//!
//! ```text
//! site/            what is served
//! .site.sheaf/     beside it: what a build needs; it may be deleted between builds
//!     lock         held while a build writes
//!     stage/       the new site until it is whole
//!     old/         the site before, for a moment
//!     record.json  what the last build read and wrote
//! ```
//!
//! A build that fails or is killed leaves `site` as it was, and the next one begins a new stage. Where the system can
//! exchange two folders (Linux, macOS), no moment is without a whole site; elsewhere one is, between two renames.

use super::{path_of, record};
use crate::archive::{ENTRY, FOLDER};
use crate::build::{BuildError, part_of};
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs::{self, File, TryLockError};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// Files that are not of a build are carried from the old site to the new one; a folder with more of them than this is
/// written in place.
const FOREIGN: usize = 2_000;

/// The folder beside the site.
pub struct Workshop {
    /// The site.
    out: PathBuf,
    folder: PathBuf,
    /// Whether this build made the folder.
    is_new: bool,
    /// Other builds wait for it.
    _lock: File,
}

impl Drop for Workshop {
    /// A build that fails leaves no folder that was not there before.
    fn drop(&mut self) {
        if self.is_new && !record::exists(self) {
            let _ = fs::remove_dir_all(&self.folder);
        }
    }
}

impl Workshop {
    /// Opens the folder beside `out`, and takes it for this build alone.
    ///
    /// # Errors
    ///
    /// Another build has it, or it cannot be written.
    pub fn open(out: &Path) -> Result<Workshop, BuildError> {
        // The folder that a link leads to is what changes, and the link stays.
        let out = match out.canonicalize() {
            Ok(real) => real,
            Err(_) => std::path::absolute(out).map_err(BuildError::io(out))?,
        };
        if fs::metadata(&out).is_ok_and(|found| !found.is_dir()) {
            return Err(BuildError::OutIsFile(out));
        }
        let folder = folder_of(&out);
        let is_new = !folder.exists();
        fs::create_dir_all(&folder).map_err(BuildError::io(&folder))?;
        let note = |name: &str, text: &str| {
            let path = folder.join(name);
            if path.exists() { Ok(()) } else { fs::write(&path, text).map_err(BuildError::io(&path)) }
        };
        note(".gitignore", "*\n")?;
        // The signature is that of https://bford.info/cachedir/; backups leave such folders out.
        note("CACHEDIR.TAG", "Signature: 8a477f597d28d172789f06886806bc55\n")?;
        let place = folder.join("lock");
        let lock = File::create(&place).map_err(BuildError::io(&place))?;
        match lock.try_lock() {
            Ok(()) => {
                let workshop = Workshop { out, folder, is_new, _lock: lock };
                workshop.recover()?;
                Ok(workshop)
            }
            Err(TryLockError::WouldBlock) => Err(BuildError::Busy(out)),
            Err(TryLockError::Error(error)) => Err(BuildError::io(&place)(error)),
        }
    }

    /// Removes what a killed build left. Between two renames the site itself may lie in `old`.
    fn recover(&self) -> Result<(), BuildError> {
        let old = self.file("old");
        if old.exists() && !self.out.exists() {
            fs::rename(&old, &self.out).map_err(BuildError::io(&self.out))?;
        }
        remove(&self.file("stage"))?;
        remove(&old)
    }

    /// A file of this folder.
    pub fn file(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// The site as it is now.
    pub fn out(&self) -> &Path {
        &self.out
    }

    /// Begins a new site with nothing in it.
    ///
    /// # Errors
    ///
    /// The folder cannot be made.
    pub fn stage(&self) -> Result<Stage<'_>, BuildError> {
        let folder = self.folder.join("stage");
        fs::create_dir(&folder).map_err(BuildError::io(&folder))?;
        Ok(Stage { workshop: self, folder })
    }
}

/// The folder beside the site `out`, hidden.
fn folder_of(out: &Path) -> PathBuf {
    let mut name = OsString::from(".");
    name.push(out.file_name().unwrap_or("site".as_ref()));
    name.push(".sheaf");
    out.with_file_name(name)
}

/// A site in the making.
pub struct Stage<'a> {
    workshop: &'a Workshop,
    /// Where it lies.
    folder: PathBuf,
}

impl Drop for Stage<'_> {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

impl Stage<'_> {
    /// Where the new site lies, for those that write to it themselves.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Writes files to their paths.
    ///
    /// # Errors
    ///
    /// One cannot be written.
    pub fn put<'b>(&self, files: impl IntoIterator<Item = (&'b str, &'b [u8])>) -> Result<(), BuildError> {
        let files: Vec<_> = files.into_iter().map(|(path, bytes)| (self.folder.join(path), bytes)).collect();
        let folders: BTreeSet<&Path> = files.iter().filter_map(|(place, _)| place.parent()).collect();
        for folder in folders {
            fs::create_dir_all(folder).map_err(BuildError::io(folder))?;
        }
        files.par_iter().try_for_each(|(place, bytes)| fs::write(place, bytes).map_err(BuildError::io(place)))
    }

    /// Puts the new site in the place of the old one. Files that no build made, as told by `ours`, are carried over; of
    /// those whose bytes are the same the new one gets the old one's time, so that hosts and copying tools see no change.
    ///
    /// # Errors
    ///
    /// The old site cannot be replaced; then it is still there.
    pub fn settle(self, ours: &(dyn Fn(&str) -> bool + Sync)) -> Result<(), BuildError> {
        let out = &self.workshop.out;
        let there = match list(out) {
            Err(error) if error.kind() == ErrorKind::NotFound => {
                return fs::rename(&self.folder, out).map_err(BuildError::io(out));
            }
            listed => listed.map_err(BuildError::io(out))?,
        };
        let made: BTreeSet<String> =
            list(&self.folder).map_err(BuildError::io(&self.folder))?.into_iter().collect();
        let (again, rest): (Vec<&String>, Vec<&String>) = there.iter().partition(|path| made.contains(*path));
        again.par_iter().try_for_each(|path| self.keep_time(path)).map_err(BuildError::io(&self.folder))?;
        let (stale, foreign): (Vec<&String>, Vec<&String>) = rest.into_iter().partition(|path| ours(path));
        // A shell that stands in the site would stand in a folder that is gone.
        let stands = std::env::current_dir().is_ok_and(|here| here.starts_with(out));
        if stands || foreign.len() > FOREIGN || self.swap(&foreign).is_err() {
            return self.settle_in_place(&made, &stale).map_err(BuildError::io(out));
        }
        Ok(())
    }

    fn keep_time(&self, path: &str) -> io::Result<()> {
        let (old, new) = (self.workshop.out.join(path), self.folder.join(path));
        let meta = fs::symlink_metadata(&old)?;
        if meta.is_file() && meta.len() == fs::metadata(&new)?.len() && fs::read(&old)? == fs::read(&new)? {
            File::options().write(true).open(&new)?.set_modified(meta.modified()?)?;
        }
        Ok(())
    }

    /// The two folders change places, and the old one goes.
    fn swap(&self, foreign: &[&String]) -> io::Result<()> {
        let (out, old) = (&self.workshop.out, self.workshop.folder.join("old"));
        for path in foreign {
            let (from, to) = (out.join(path), self.folder.join(path));
            if let Some(around) = to.parent() {
                fs::create_dir_all(around)?;
            }
            carry(&from, &to)?;
        }
        fs::set_permissions(&self.folder, fs::metadata(out)?.permissions())?;
        match exchange(&self.folder, out) {
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
        // The new site is in its place; what is left over goes with the next build if not now.
        let _ = fs::remove_dir_all(&old);
        Ok(())
    }

    /// Moves file by file, those that name others last. A folder that cannot be renamed, as one that is mounted, is
    /// written so.
    fn settle_in_place(&self, made: &BTreeSet<String>, stale: &[&String]) -> io::Result<()> {
        let rank = |path: &&String| match path.as_str() {
            super::viewer::PAGE => 2,
            ENTRY => 1,
            _ => 0,
        };
        let mut paths: Vec<&String> = made.iter().collect();
        paths.sort_by_key(rank);
        for path in paths {
            let (from, to) = (self.folder.join(path), self.workshop.out.join(path));
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
            fs::remove_file(self.workshop.out.join(path))?;
        }
        remove_empty(&self.workshop.out.join(FOLDER));
        Ok(())
    }
}

/// The files below `folder` by their path; a link counts as a file.
pub(super) fn list(folder: &Path) -> io::Result<Vec<String>> {
    let (mut files, mut folders) = (Vec::new(), vec![folder.to_owned()]);
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next)? {
            let entry = entry?;
            if entry.file_type()?.is_dir() {
                folders.push(entry.path());
            } else {
                files.push(path_of(folder, &entry.path()));
            }
        }
    }
    files.sort();
    Ok(files)
}

/// The same file at another place; a copy where the disk has no second names.
fn carry(from: &Path, to: &Path) -> io::Result<()> {
    fs::hard_link(from, to).or_else(|error| {
        let is_file = fs::symlink_metadata(from)?.is_file();
        if is_file { fs::copy(from, to).map(drop) } else { Err(error) }
    })
}

#[cfg(any(target_os = "linux", target_os = "macos"))]
fn exchange(a: &Path, b: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, a, CWD, b, RenameFlags::EXCHANGE)?)
}

#[cfg(not(any(target_os = "linux", target_os = "macos")))]
fn exchange(_: &Path, _: &Path) -> io::Result<()> {
    Err(ErrorKind::Unsupported.into())
}

fn remove(folder: &Path) -> Result<(), BuildError> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(BuildError::io(folder)(error)),
        _ => Ok(()),
    }
}

/// Removes `folder` and those in it that hold nothing.
fn remove_empty(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            remove_empty(&entry.path());
        }
    }
    // It fails where something lies in it, and then it shall.
    let _ = fs::remove_dir(folder);
}
