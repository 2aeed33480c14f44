//! Archive in a folder.

use crate::archive::reader::Store;
use crate::archive::writer::gzip;
use crate::archive::{MANIFEST_FILE, StoreError, StoreErrorKind};
use std::cell::RefCell;
use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

/// Store that reads archive files from a folder, compressed or not.
#[derive(Clone, Debug)]
pub struct FolderStore {
    folder: PathBuf,
    reads: RefCell<Vec<(String, usize)>>,
}

impl FolderStore {
    /// Opens the archive in `path`, a folder or its `archive.json`.
    pub fn new(path: &Path) -> FolderStore {
        let names_entry = path.file_name().is_some_and(|name| name == MANIFEST_FILE) && path.is_file();
        let folder = path.parent().filter(|_| names_entry).unwrap_or(path);
        FolderStore { folder: folder.to_owned(), reads: RefCell::default() }
    }

    /// Returns the files read so far, each with its size on disk in bytes.
    pub fn files_read(&self) -> Vec<(String, usize)> {
        self.reads.borrow().clone()
    }
}

impl Store for FolderStore {
    async fn read(&self, path: &str, limit: usize) -> Result<Vec<u8>, StoreError> {
        let failed = |error: std::io::Error| {
            let is_missing = error.kind() == ErrorKind::NotFound;
            let kind = if is_missing { StoreErrorKind::Missing } else { StoreErrorKind::Transient };
            StoreError::new(path, kind, error)
        };
        let mut bytes = Vec::new();
        let file = File::open(self.folder.join(path)).map_err(failed)?;
        // One byte more than the limit reveals a larger file.
        file.take(limit as u64 + 1).read_to_end(&mut bytes).map_err(failed)?;
        self.reads.borrow_mut().push((path.to_owned(), bytes.len()));
        gzip::plain_file(path, bytes, limit)
            .map_err(|error| StoreError::new(path, StoreErrorKind::Corrupt, error))
    }
}
