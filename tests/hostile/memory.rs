//! Archive store in memory.

use crate::archives::Files;
use sheaf::archive::reader::Store;
use sheaf::archive::writer::gzip::plain_file;
use sheaf::archive::{StoreError, StoreErrorKind};

/// Files of an archive.
pub struct MemoryStore(Files);

impl MemoryStore {
    /// Creates a store of these files.
    pub fn new(files: &Files) -> MemoryStore {
        MemoryStore(files.clone())
    }

    /// Creates a store with the file at `path` replaced by `bytes`, or removed.
    pub fn with_replaced(files: &Files, path: &str, bytes: Option<Vec<u8>>) -> MemoryStore {
        let mut files = files.clone();
        match bytes {
            Some(bytes) => files.insert(path.to_owned(), bytes),
            None => files.remove(path),
        };
        MemoryStore(files)
    }
}

impl Store for MemoryStore {
    async fn read(&self, path: &str, limit: usize) -> Result<Vec<u8>, StoreError> {
        let missing = || StoreError::new(path, StoreErrorKind::Missing, "no such file");
        let bytes = self.0.get(path).ok_or_else(missing)?;
        plain_file(path, bytes.clone(), limit)
            .map_err(|error| StoreError::new(path, StoreErrorKind::Corrupt, error))
    }
}
