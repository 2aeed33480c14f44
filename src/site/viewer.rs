//! App bundle: the files of a site other than the archive.

use super::{front, path_of};
use crate::archive::{ENTRY, FOLDER};
use crate::build::BuildError;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// Files embedded at compile time; see `build.rs`.
const EMBEDDED: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/viewer.rs"));

/// Path of the index page, which refers to all other files of the app.
pub const PAGE: &str = "index.html";

/// Built app.
#[derive(Clone, Debug)]
pub struct Viewer {
    /// Files by path.
    pub files: BTreeMap<String, Cow<'static, [u8]>>,
}

impl Viewer {
    /// Returns the embedded app, if the program was compiled with one.
    pub fn embedded() -> Option<Viewer> {
        let files = EMBEDDED.iter().map(|&(path, bytes)| (path.to_owned(), Cow::Borrowed(bytes)));
        let viewer = Viewer { files: files.collect() };
        viewer.files.contains_key(PAGE).then_some(viewer)
    }

    /// Loads the app from `folder`, as `make dist` writes one to `viewer`. An archive in the folder and generated
    /// files are ignored.
    ///
    /// # Errors
    ///
    /// The folder cannot be read, or has no index page.
    pub fn of_folder(folder: &Path) -> Result<Viewer, BuildError> {
        let mut files = BTreeMap::new();
        let mut folders = vec![folder.to_owned()];
        while let Some(next) = folders.pop() {
            for entry in fs::read_dir(&next).map_err(BuildError::io(&next))? {
                let place = entry.map_err(BuildError::io(&next))?.path();
                let path = path_of(folder, &place);
                if path.starts_with('.') || path == ENTRY || path == FOLDER {
                    continue;
                }
                if place.is_dir() {
                    folders.push(place);
                } else if !super::is_made(&path) {
                    files.insert(path, Cow::Owned(fs::read(&place).map_err(BuildError::io(&place))?));
                }
            }
        }
        let Some(page) = files.get_mut(PAGE) else { return Err(BuildError::NoViewer(folder.to_owned())) };
        if let Ok(html) = std::str::from_utf8(page) {
            *page = Cow::Owned(front::without_ours(html).into_bytes());
        }
        Ok(Viewer { files })
    }

    /// Writes the app to `folder` and removes other files except hidden ones. Unchanged files are not touched, since
    /// cargo recompiles when one changes.
    ///
    /// # Errors
    ///
    /// The folder cannot be written.
    pub fn save(&self, folder: &Path) -> Result<(), BuildError> {
        for (path, bytes) in &self.files {
            let place = folder.join(path);
            if fs::read(&place).is_ok_and(|there| there == **bytes) {
                continue;
            }
            let around = place.parent().unwrap_or(folder);
            fs::create_dir_all(around).map_err(BuildError::io(around))?;
            fs::write(&place, bytes).map_err(BuildError::io(&place))?;
        }
        let Ok(there) = Viewer::of_folder(folder) else { return Ok(()) };
        for path in there.files.keys().filter(|path| !self.files.contains_key(*path)) {
            let place = folder.join(path);
            fs::remove_file(&place).map_err(BuildError::io(&place))?;
        }
        Ok(())
    }
}
