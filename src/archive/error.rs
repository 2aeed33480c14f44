//! What can go wrong with an archive, said for the person who reads in it.

use super::VERSION;

/// A file of the archive that could not be had.
#[derive(Clone, Debug, Default, PartialEq, Eq, thiserror::Error)]
#[error("{path}: {reason}{}", self.advice())]
pub struct StoreError {
    /// The file, relative to the archive.
    pub path: String,
    /// Why.
    pub reason: String,
    /// Whether the store answered that there is no such file, as happens after a redeployment.
    pub missing: bool,
    /// Whether there was no network to ask for it, and the device does not keep it.
    pub away: bool,
    /// Whether something came that cannot be decompressed, or is too large.
    pub broken: bool,
}

impl StoreError {
    /// What can be done.
    fn advice(&self) -> &'static str {
        match self {
            StoreError { away: true, .. } => "",
            StoreError { missing: true, .. } => {
                "; the archive is not whole: copy all of it, or build it again"
            }
            _ => "; try again, or copy that file anew",
        }
    }
}

/// Why something of the archive cannot be shown.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ArchiveError {
    /// A file could not be had.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The archive is of another format version.
    #[error(
        "the archive has format version {0}, this reader knows {VERSION}: use a Sheaf of the same version for both"
    )]
    Version(u32),
    /// A file does not hold what it should.
    #[error("{path} is damaged: {what}; build the archive again or fetch that file anew")]
    Damaged {
        /// The file, relative to the archive.
        path: String,
        /// What is wrong with it.
        what: String,
    },
    /// There is no such article.
    #[error("there is no article {0} in this archive")]
    NoArticle(String),
}

impl ArchiveError {
    /// A damaged file.
    pub fn damaged(path: &str, what: impl ToString) -> ArchiveError {
        ArchiveError::Damaged { path: path.to_owned(), what: what.to_string() }
    }
}
