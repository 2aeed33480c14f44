//! Recursive walk over the seeds folders, in an order independent of the disk.

use super::config;
use super::error::BuildError;
use super::read::Reason;
use std::fs;
use std::path::{Path, PathBuf};

/// File or unreadable entry in a seeds folder.
#[derive(Clone, Debug)]
pub struct Found {
    /// Path relative to the folder, with `/` as separator.
    pub path: String,
    /// Path in the file system.
    pub place: PathBuf,
    /// Reason why the file is not read, if any.
    pub skipped: Option<Reason>,
}

/// Lists every file in `folders`, sorted by path.
///
/// Symbolic links are followed. Entries that cannot be articles count as one skipped file each: hidden entries,
/// folders that cannot be listed, dangling links and links to an ancestor folder. With several folders, each path
/// starts with the name of its folder, as if their parent had been given.
///
/// # Errors
///
/// One of `folders` is not a folder or cannot be listed.
pub fn walk(folders: &[PathBuf]) -> Result<Vec<Found>, BuildError> {
    let mut walk = Walk { found: Vec::new(), config: config::file_of(folders) };
    for folder in folders {
        if !folder.is_dir() {
            return Err(BuildError::NoFolder(folder.clone()));
        }
        let real = folder.canonicalize().map_err(BuildError::io(folder))?;
        let prefix = match real.file_name() {
            Some(name) if folders.len() > 1 => format!("{}/", name.to_string_lossy()),
            _ => String::new(),
        };
        fs::read_dir(folder).map_err(BuildError::io(folder))?;
        walk.folder(folder, &prefix, &mut vec![real]);
    }
    walk.found.sort_by(|a, b| (&a.path, &a.place).cmp(&(&b.path, &b.place)));
    Ok(walk.found)
}

struct Walk {
    found: Vec<Found>,
    config: Option<PathBuf>,
}

impl Walk {
    /// Visits `folder`; `around` holds the real paths of the folder and its ancestors.
    fn folder(&mut self, folder: &Path, prefix: &str, around: &mut Vec<PathBuf>) {
        let entries = match fs::read_dir(folder) {
            Ok(entries) => entries,
            Err(error) => {
                let path = prefix.trim_end_matches('/').to_owned();
                return self.skip(path, folder.to_owned(), unlisted(&error));
            }
        };
        for entry in entries {
            match entry {
                Ok(entry) => self.entry(entry.path(), &entry.file_name().to_string_lossy(), prefix, around),
                Err(error) => {
                    let path = prefix.trim_end_matches('/').to_owned();
                    self.skip(path, folder.to_owned(), unlisted(&error));
                }
            }
        }
    }

    fn entry(&mut self, place: PathBuf, name: &str, prefix: &str, around: &mut Vec<PathBuf>) {
        let path = format!("{prefix}{name}");
        if self.config.as_ref() == Some(&place) {
            return;
        }
        if name == config::NAME {
            let reason = "ignored: only the sheaf.toml at the top of the first folder that has one is read";
            return self.skip(path, place, Reason::new("settings", reason));
        }
        if name.starts_with('.') {
            let kind = if place.is_dir() { "folder" } else { "file" };
            return self.skip(
                path,
                place,
                Reason::new(
                    "hidden",
                    format_args!("hidden {kind}: rename without the leading dot to include"),
                ),
            );
        }
        let kind = match fs::metadata(&place) {
            Ok(meta) => meta.file_type(),
            Err(error) => {
                let (code, reason) = match place.is_symlink() {
                    true => ("link", "dangling link"),
                    false => ("unreadable", "cannot read the file"),
                };
                return self.skip(path, place, Reason::new(code, format_args!("{reason}: {error}")));
            }
        };
        if kind.is_dir() {
            match place.canonicalize() {
                Ok(real) if around.contains(&real) => {
                    self.skip(path, place, Reason::new("link", "link to a folder that contains the link"));
                }
                Ok(real) => {
                    around.push(real);
                    self.folder(&place, &format!("{path}/"), around);
                    around.pop();
                }
                Err(error) => self.skip(path, place, unlisted(&error)),
            }
        } else if kind.is_file() {
            self.found.push(Found { path, place, skipped: None });
        } else {
            self.skip(path, place, Reason::new("special", "not a regular file"));
        }
    }

    fn skip(&mut self, path: String, place: PathBuf, reason: Reason) {
        self.found.push(Found { path, place, skipped: Some(reason) });
    }
}

fn unlisted(error: &std::io::Error) -> Reason {
    Reason::new("unreadable", format_args!("cannot list the folder: {error}"))
}
