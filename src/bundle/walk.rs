//! Recursive walk over the seeds folders, in an order independent of the disk.

use super::{BuildError, SkipReason, config};
use std::collections::{BTreeMap, HashMap};
use std::fs::{self, DirEntry};
use std::path::{Path, PathBuf};

/// Symbolic links that a walk follows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Links {
    /// Those to targets within the input folders.
    #[default]
    Inside,
    /// All of them.
    All,
}

impl Links {
    /// Reason to pass over a link to `target`, if there is one. `roots` are the canonical input folders.
    pub(super) fn refusal(self, target: &Path, roots: &[PathBuf]) -> Option<SkipReason> {
        let follows = self == Links::All || roots.iter().any(|root| target.starts_with(root));
        let target = target.display();
        let text =
            format_args!("a link to {target}, outside the input folders: --follow-links reads such links");
        (!follows).then(|| SkipReason::new("link", text))
    }
}

/// Entry of an input folder.
#[derive(Clone, Debug)]
pub struct SeedFile {
    /// Path relative to the folder, with `/` as separator.
    pub path: String,
    /// Path in the file system.
    pub fs_path: PathBuf,
    /// Canonical path.
    pub file: PathBuf,
    /// Reason not to read it, if there is one.
    pub skip_reason: Option<SkipReason>,
}

/// Lists every file in `folders`, sorted by path. An entry of `folders` may also be a file.
///
/// Symbolic links are followed. Entries that cannot be articles count as one skipped file each: hidden entries,
/// folders that cannot be listed, dangling links and links to an ancestor folder. With several folders, each path
/// starts with the name of its folder, as if their parent had been given.
///
/// # Errors
///
/// One of `folders` does not exist or cannot be listed, or `sheaf.toml` is a link that `links` excludes.
pub fn walk(folders: &[PathBuf], links: Links) -> Result<Vec<SeedFile>, BuildError> {
    let roots = canonical(folders)?;
    let mut walk = Walker {
        config: config::config_path(folders, links)?,
        links,
        files: Vec::new(),
        listed: HashMap::new(),
        pending: BTreeMap::new(),
        roots,
    };
    for (place, real) in folders.iter().zip(walk.roots.clone()) {
        let prefix = match real.file_name() {
            Some(name) if folders.len() > 1 => format!("{}/", name.to_string_lossy()),
            _ => String::new(),
        };
        if real.is_file() {
            let name = real.file_name().map(|name| name.to_string_lossy().into_owned());
            walk.file(name.unwrap_or_default(), place.clone(), real);
            continue;
        }
        fs::read_dir(place).map_err(BuildError::read(place))?;
        walk.folder(&Folder { place: place.clone(), real, prefix, is_linked: false });
    }
    while let Some(((path, place), link)) = walk.pending.pop_first() {
        walk.follow(path, place, link);
    }
    walk.files.sort_by(|a, b| (&a.path, &a.fs_path).cmp(&(&b.path, &b.fs_path)));
    Ok(walk.files)
}

/// Returns the canonical paths of the input folders.
pub(super) fn canonical(folders: &[PathBuf]) -> Result<Vec<PathBuf>, BuildError> {
    let canonical = folders.iter().map(|folder| {
        if !folder.is_dir() && !folder.is_file() {
            return Err(BuildError::InputNotFound(folder.clone()));
        }
        folder.canonicalize().map_err(BuildError::read(folder))
    });
    canonical.collect()
}

struct Walker {
    config: Option<PathBuf>,
    links: Links,
    roots: Vec<PathBuf>,
    files: Vec<SeedFile>,
    /// Paths below the input folders of the listed files and folders, by canonical path.
    listed: HashMap<PathBuf, String>,
    /// Links to follow once all real files are known, by path and place.
    pending: BTreeMap<(String, PathBuf), Link>,
}

/// Folder in which the walk is.
struct Folder {
    place: PathBuf,
    real: PathBuf,
    /// Beginning of the paths of its entries.
    prefix: String,
    /// True if the walk reached it through a link.
    is_linked: bool,
}

impl Folder {
    fn path(&self) -> String {
        self.prefix.trim_end_matches('/').to_owned()
    }
}

/// Symbolic link that may be followed.
struct Link {
    target: PathBuf,
    /// Canonical path of the folder in which it lies.
    folder: PathBuf,
}

impl Walker {
    fn folder(&mut self, folder: &Folder) {
        self.listed.insert(folder.real.clone(), folder.path());
        let entries = match fs::read_dir(&folder.place) {
            Ok(entries) => entries,
            Err(error) => return self.skip(folder.path(), folder.place.clone(), unlisted_folder(&error)),
        };
        for entry in entries {
            match entry {
                Ok(entry) => self.entry(&entry, folder),
                Err(error) => self.skip(folder.path(), folder.place.clone(), unlisted_folder(&error)),
            }
        }
    }

    fn entry(&mut self, entry: &DirEntry, folder: &Folder) {
        let name = entry.file_name();
        let (place, real) = (entry.path(), folder.real.join(&name));
        let name = name.to_string_lossy();
        let path = format!("{}{name}", folder.prefix);
        if self.config.as_ref() == Some(&place) {
            return;
        }
        if name.starts_with('.') {
            let kind = if place.is_dir() { "folder" } else { "file" };
            return self.skip(
                path,
                place,
                SkipReason::new(
                    "hidden",
                    format_args!("hidden {kind}: rename without the leading dot to include"),
                ),
            );
        }
        let kind = match entry.file_type() {
            Ok(kind) => kind,
            Err(error) => return self.skip(path, place, unread(&error)),
        };
        if !kind.is_symlink() && !kind.is_dir() && !kind.is_file() {
            return self.skip(path, place, special());
        }
        if name == config::FILE_NAME {
            let reason = "ignored: only the sheaf.toml at the top of the first folder that has one is read";
            return self.skip(path, place, SkipReason::new("settings", reason));
        }
        if kind.is_symlink() {
            return match place.canonicalize() {
                Ok(target) if is_special(&target) => self.skip(path, place, special()),
                Ok(target) => match self.links.refusal(&target, &self.roots) {
                    Some(reason) => self.skip(path, place, reason),
                    None => {
                        let link = Link { target, folder: folder.real.clone() };
                        self.pending.insert((path, place), link);
                    }
                },
                Err(error) => {
                    let reason = format_args!("dangling link: {error}");
                    self.skip(path, place, SkipReason::new("link", reason));
                }
            };
        }
        if folder.is_linked
            && let Some(first) = self.listed.get(&real)
        {
            let reason = SkipReason::new("link", format_args!("already read as {}", shown(first)));
            return self.skip(path, place, reason);
        }
        if kind.is_dir() {
            let prefix = format!("{path}/");
            self.folder(&Folder { place, real, prefix, is_linked: folder.is_linked });
        } else {
            self.file(path, place, real);
        }
    }

    fn follow(&mut self, path: String, place: PathBuf, link: Link) {
        if link.folder.starts_with(&link.target) {
            let reason = SkipReason::new("link", "link to a folder that contains the link");
            return self.skip(path, place, reason);
        }
        if let Some(first) = self.listed.get(&link.target) {
            let reason = format_args!("a link to {}, which is read itself", shown(first));
            return self.skip(path, place, SkipReason::new("link", reason));
        }
        match fs::symlink_metadata(&link.target) {
            Ok(target) if target.is_dir() => {
                let prefix = format!("{path}/");
                self.folder(&Folder { place, real: link.target, prefix, is_linked: true });
            }
            Ok(target) if target.is_file() => self.file(path, place, link.target),
            Ok(_) => self.skip(path, place, special()),
            Err(error) => self.skip(path, place, unread(&error)),
        }
    }

    fn file(&mut self, path: String, place: PathBuf, file: PathBuf) {
        self.listed.insert(file.clone(), path.clone());
        self.files.push(SeedFile { path, fs_path: place, file, skip_reason: None });
    }

    fn skip(&mut self, path: String, place: PathBuf, reason: SkipReason) {
        self.files.push(SeedFile { path, file: place.clone(), fs_path: place, skip_reason: Some(reason) });
    }
}

fn shown(path: &str) -> &str {
    if path.is_empty() { "the input folder" } else { path }
}

fn is_special(target: &Path) -> bool {
    fs::metadata(target).is_ok_and(|target| !target.is_file() && !target.is_dir())
}

fn special() -> SkipReason {
    SkipReason::new("special", "not a regular file")
}

fn unread(error: &std::io::Error) -> SkipReason {
    SkipReason::new("unreadable", format_args!("cannot read the file: {error}"))
}

fn unlisted_folder(error: &std::io::Error) -> SkipReason {
    SkipReason::new("unreadable", format_args!("cannot list the folder: {error}"))
}
