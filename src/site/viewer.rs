//! The app as files: what a site has besides the archive.

use super::{front, path_of};
use crate::archive::{ENTRY, FOLDER};
use crate::build::BuildError;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// The files that the program was compiled with; see `build.rs`.
const EMBEDDED: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/viewer.rs"));

/// The page, which names all other files of the app.
pub const PAGE: &str = "index.html";

/// The built app.
#[derive(Clone, Debug)]
pub struct Viewer {
    /// Its files by path.
    pub files: BTreeMap<String, Cow<'static, [u8]>>,
}

impl Viewer {
    /// The app that this program carries, if it was compiled with one.
    pub fn embedded() -> Option<Viewer> {
        let files = EMBEDDED.iter().map(|&(path, bytes)| (path.to_owned(), Cow::Borrowed(bytes)));
        let viewer = Viewer { files: files.collect() };
        viewer.files.contains_key(PAGE).then_some(viewer)
    }

    /// The app in `folder`, as `make dist` leaves it in `viewer`. An archive beside it and what is made of one are left
    /// out.
    ///
    /// # Errors
    ///
    /// The folder cannot be read, or has no page.
    pub fn of_folder(folder: &Path) -> Result<Viewer, BuildError> {
        let root = folder.canonicalize().map_err(BuildError::io(folder))?;
        let mut files = BTreeMap::new();
        let mut folders = vec![folder.to_owned()];
        while let Some(next) = folders.pop() {
            for entry in fs::read_dir(&next).map_err(BuildError::io(&next))? {
                let place = entry.map_err(BuildError::io(&next))?.path();
                let path = path_of(folder, &place);
                if path.starts_with('.') || path == ENTRY || path == FOLDER {
                    continue;
                }
                let kind = fs::symlink_metadata(&place).map_err(BuildError::io(&place))?.file_type();
                if kind.is_dir() {
                    folders.push(place);
                    continue;
                }
                // Links out of the folder would publish other files of this machine.
                let real = place.canonicalize().map_err(BuildError::io(&place))?;
                if !real.starts_with(&root) || !real.is_file() {
                    return Err(BuildError::OddViewerFile(place));
                }
                if !super::is_made(&path) {
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

    /// Leaves the app in `folder`, and nothing else but hidden files. Files that are there already are left alone:
    /// cargo compiles anew when one changes.
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
