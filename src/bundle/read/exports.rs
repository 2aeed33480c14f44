//! Metadata files of Omnivore exports, read before the articles that they describe.

use super::SkipReason;
use super::contents::too_large;
use crate::ingest::formats::omnivore::{self, Catalogue};
use std::collections::BTreeMap;
use std::io::Read;

/// Metadata files of a folder or ZIP.
#[derive(Default)]
pub(super) struct ExportMetadata {
    pub(super) catalogue: Catalogue,
    /// Reasons why files were not read, or not to their end, by path.
    skipped: BTreeMap<String, SkipReason>,
}

impl ExportMetadata {
    /// Reads the metadata file at `path`, of at most `limit` bytes, and returns the number of bytes read.
    pub(super) fn read(&mut self, path: &str, content: &mut dyn Read, limit: u64) -> u64 {
        let mut bytes = Vec::new();
        let reason = match content.take(limit.saturating_add(1)).read_to_end(&mut bytes) {
            Err(error) => {
                Some(SkipReason::new("unreadable", format_args!("cannot read the metadata: {error}")))
            }
            Ok(length) if length as u64 > limit => Some(too_large(limit)),
            Ok(_) => self.catalogue.add(path, &bytes).err().map(SkipReason::from),
        };
        self.skipped.extend(reason.map(|reason| (path.to_owned(), reason)));
        bytes.len() as u64
    }

    /// Adds the highlights in the file at `path`.
    pub(super) fn add_highlights(&mut self, path: &str, bytes: &[u8]) {
        // A file without highlights is empty.
        let error = self.catalogue.add_highlights(path, bytes).err().filter(|_| !bytes.is_empty());
        self.skipped.extend(error.map(|error| (path.to_owned(), error.into())));
    }

    /// Returns `true` if the file at `path` is metadata, and not to be read as a collection of articles.
    pub(super) fn contains(&self, path: &str) -> bool {
        let is_large = || self.skipped.get(path).is_some_and(|reason| reason.code == "large");
        omnivore::is_metadata(path) && (!self.catalogue.is_empty() || is_large())
    }

    /// Returns the reason why the metadata or highlights at `path` were not read, or not to its end.
    pub(super) fn skip_reason(&self, path: &str) -> Option<SkipReason> {
        self.skipped.get(path).cloned()
    }
}
