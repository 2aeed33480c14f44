//! Entries of a ZIP that articles of the same ZIP show as pictures.

use super::contents::open_file;
use super::neighbours::{FileSet, MAX_PICTURE_BYTES};
use crate::ingest::zip_container::ZipEntries;
use std::fs::File;
use std::io::{self, BufReader};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

/// Entries of one ZIP.
pub(super) struct ZipPictures(Mutex<Entries>);

struct Entries {
    zip: ZipEntries<BufReader<File>>,
    /// Bytes that may still be unpacked.
    budget: u64,
}

impl ZipPictures {
    /// Opens a file; returns `None` if it is no whole ZIP. Pictures unpack to at most `budget` bytes.
    pub(super) fn open(place: &Path, budget: u64) -> Option<ZipPictures> {
        let zip = ZipEntries::open(BufReader::new(open_file(place).ok()?))?;
        Some(ZipPictures(Mutex::new(Entries { zip, budget })))
    }

    /// Returns the paths of the entries.
    pub(super) fn paths(&self) -> Vec<String> {
        let entries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        entries.zip.paths().map(str::to_owned).collect()
    }
}

impl FileSet for ZipPictures {
    fn content(&self, position: usize) -> io::Result<Vec<u8>> {
        let mut entries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let limit = entries.budget.min(MAX_PICTURE_BYTES + 1);
        let content = entries.zip.content(position, limit)?;
        entries.budget -= content.len() as u64;
        if entries.budget == 0 {
            return Err(io::Error::other("the ZIP expands to far more than its size"));
        }
        Ok(content)
    }
}
