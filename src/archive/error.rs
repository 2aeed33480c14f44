//! Archive errors, worded for readers.

use super::FORMAT_VERSION;

/// Error: a file of the archive could not be read.
#[derive(Clone, Debug, Default, PartialEq, Eq, thiserror::Error)]
#[error("{path}: {reason}{}", self.advice())]
pub struct StoreError {
    /// Path relative to the archive.
    pub path: String,
    /// Cause, as reported by the store.
    pub reason: String,
    /// True if the store has no such file, as after a redeployment.
    pub missing: bool,
    /// True if the network is unreachable and the device has no cached copy.
    pub offline: bool,
    /// True if the data cannot be decompressed or is too large.
    pub corrupt: bool,
}

impl StoreError {
    /// Returns the advice to append.
    fn advice(&self) -> &'static str {
        match self {
            StoreError { offline: true, .. } => "",
            StoreError { missing: true, .. } => {
                "; the archive is incomplete: copy all of its files, or build the archive again"
            }
            _ => "; try again, or copy the file again",
        }
    }
}

/// Error: part of an archive cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ArchiveError {
    /// A file could not be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The archive has an unsupported format version.
    #[error(
        "unsupported format version {0} (this reader supports up to {FORMAT_VERSION}): use a Sheaf of the same version for both"
    )]
    Version(u32),
    /// The content of a file is invalid.
    #[error("damaged file {path}: {reason}; copy the file again, or build the archive again")]
    Damaged {
        /// Path relative to the archive.
        path: String,
        /// Description of the fault.
        reason: String,
    },
    /// The requested article or page does not exist.
    #[error("{0} not found in this archive: copy all of its files, or build the archive again")]
    NotFound(String),
}

impl ArchiveError {
    /// Creates a [`Damaged`](ArchiveError::Damaged) error.
    pub fn damaged(path: &str, what: impl ToString) -> ArchiveError {
        ArchiveError::Damaged { path: path.to_owned(), reason: what.to_string() }
    }
}
