//! Viewer: the built app, that is the files of a site other than the archive.

use super::index_page;
use super::paths::{INDEX_PAGE, relative_path};
use crate::archive::{FILES_DIR, MANIFEST_FILE};
use crate::bundle::BuildError;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// Files embedded at compile time; see `build.rs`.
const EMBEDDED: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/viewer.rs"));

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
        viewer.files.contains_key(INDEX_PAGE).then_some(viewer)
    }

    /// Loads the app from `folder`, as `make dist` writes one to `viewer`. An archive in the folder and generated
    /// files are ignored.
    ///
    /// # Errors
    ///
    /// The folder does not exist, cannot be read, or has no index page.
    pub fn from_folder(folder: &Path) -> Result<Viewer, BuildError> {
        if !folder.is_dir() {
            return Err(BuildError::ViewerNotFound(folder.to_owned()));
        }
        let root = folder.canonicalize().map_err(BuildError::read(folder))?;
        let mut files = BTreeMap::new();
        let mut folders = vec![folder.to_owned()];
        while let Some(next) = folders.pop() {
            for entry in fs::read_dir(&next).map_err(BuildError::read(&next))? {
                let place = entry.map_err(BuildError::read(&next))?.path();
                let path = relative_path(folder, &place);
                if path.starts_with('.') || path == MANIFEST_FILE || path == FILES_DIR {
                    continue;
                }
                let kind = fs::symlink_metadata(&place).map_err(BuildError::read(&place))?.file_type();
                if kind.is_dir() {
                    folders.push(place);
                    continue;
                }
                // Links out of the folder would publish other files of this machine.
                let real = place.canonicalize().map_err(BuildError::read(&place))?;
                if !real.starts_with(&root) || !real.is_file() {
                    return Err(BuildError::OddViewerFile(place));
                }
                if !super::is_generated(&path) {
                    files.insert(path, Cow::Owned(fs::read(&place).map_err(BuildError::read(&place))?));
                }
            }
        }
        let Some(page) = files.get_mut(INDEX_PAGE) else {
            return Err(BuildError::ViewerNotFound(folder.to_owned()));
        };
        if let Ok(html) = std::str::from_utf8(page) {
            *page = Cow::Owned(index_page::strip_generated(html).into_bytes());
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
            fs::create_dir_all(around).map_err(BuildError::write(around))?;
            fs::write(&place, bytes).map_err(BuildError::write(&place))?;
        }
        let Ok(there) = Viewer::from_folder(folder) else { return Ok(()) };
        for path in there.files.keys().filter(|path| !self.files.contains_key(*path)) {
            let place = folder.join(path);
            fs::remove_file(&place).map_err(BuildError::remove(&place))?;
        }
        Ok(())
    }
}
