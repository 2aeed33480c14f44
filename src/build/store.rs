//! An archive in a folder.

use super::gzip;
use crate::archive::{ENTRY, Store, StoreError};
use std::cell::RefCell;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// Reads the files of an archive from a folder, compressed or not.
#[derive(Clone, Debug)]
pub struct FolderStore {
    folder: PathBuf,
    read: RefCell<Vec<(String, usize)>>,
}

impl FolderStore {
    /// The archive in `folder`, or the one that the file `archive.json` belongs to.
    pub fn new(path: &Path) -> FolderStore {
        let names_entry = path.file_name().is_some_and(|name| name == ENTRY) && path.is_file();
        let folder = path.parent().filter(|_| names_entry).unwrap_or(path);
        FolderStore { folder: folder.to_owned(), read: RefCell::default() }
    }

    /// The files that have been read so far, each with its bytes on the disk.
    pub fn files_read(&self) -> Vec<(String, usize)> {
        self.read.borrow().clone()
    }
}

impl Store for FolderStore {
    async fn read(&self, path: &str) -> Result<Vec<u8>, StoreError> {
        let failed = |error: std::io::Error| StoreError {
            path: path.to_owned(),
            reason: error.to_string(),
            missing: error.kind() == ErrorKind::NotFound,
            away: false,
        };
        let bytes = std::fs::read(self.folder.join(path)).map_err(failed)?;
        self.read.borrow_mut().push((path.to_owned(), bytes.len()));
        gzip::plain(bytes).map_err(failed)
    }
}
