//! Archive errors, worded for readers.

/// Latest format version. Later versions are rejected, earlier ones can be read; the writer names the lowest
/// version that the archive needs. Version 1 had no index and a separate date file; version 2 had no content
/// hashes in the manifest and in the related lists; version 3 had no lengths and stored BM25 impacts instead of
/// frequencies; version 4 has none of the later kinds of blocks and inlines.
pub const FORMAT_VERSION: u32 = 5;

/// Error: a file of the archive could not be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{path}: {reason}{}", self.kind.advice())]
pub struct StoreError {
    /// Path relative to the archive.
    pub path: String,
    /// Cause, as reported by the store.
    pub reason: String,
    /// Kind of the error.
    pub kind: StoreErrorKind,
}

/// Kind of a [`StoreError`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StoreErrorKind {
    /// The store has no such file, as after a redeployment.
    Missing,
    /// The network is unreachable and the device has no cached copy.
    Offline,
    /// The data cannot be decompressed or is too large.
    Corrupt,
    /// Another attempt may succeed.
    Transient,
}

impl StoreErrorKind {
    /// Returns the advice to append.
    fn advice(self) -> &'static str {
        match self {
            StoreErrorKind::Offline => "",
            StoreErrorKind::Missing => {
                "; the archive is incomplete: copy all of its files, or build the archive again"
            }
            StoreErrorKind::Corrupt | StoreErrorKind::Transient => "; try again, or copy the file again",
        }
    }
}

impl StoreError {
    /// Creates an error about the file at `path`.
    pub fn new(path: &str, kind: StoreErrorKind, reason: impl ToString) -> StoreError {
        StoreError { path: path.to_owned(), reason: reason.to_string(), kind }
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
    /// Returns true for an error of this kind of the store.
    pub fn is_store_error(&self, kind: StoreErrorKind) -> bool {
        matches!(self, ArchiveError::Store(error) if error.kind == kind)
    }

    /// Creates a [`Damaged`](ArchiveError::Damaged) error.
    pub fn damaged(path: &str, what: impl ToString) -> ArchiveError {
        ArchiveError::Damaged { path: path.to_owned(), reason: what.to_string() }
    }
}

/// Describes a file that failed verification.
pub(super) fn describe_unexpected(bytes: &[u8]) -> &'static str {
    match bytes.trim_ascii_start() {
        [] => "the file is empty",
        [b'<', ..] => "received a web page instead",
        _ => "content hash mismatch",
    }
}
