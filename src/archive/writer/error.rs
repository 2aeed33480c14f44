//! Errors of the archive writer; each message tells the user what to do.

use crate::file_error::FileError;
use std::io;

/// Error that stops the encoding of an archive.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// A file of the archive cannot be written, or a temporary file cannot be written or read back.
    #[error(transparent)]
    File(#[from] FileError),
    /// A temporary file has changed since it was written.
    #[error("a temporary file of the build is damaged: build again")]
    DamagedTemporaryFile,
    /// Two different files of the archive have the same content name.
    #[error(
        "content name collision at {0} in the archive: change, add or remove any article and build again"
    )]
    NameCollision(String),
    /// A limit of the format is exceeded.
    #[error("the archive format cannot hold {0}: split the articles into several archives")]
    FormatLimit(&'static str),
    /// A file of the archive exceeds the size that readers accept.
    #[error("an article exceeds {0} MB in the archive: lower max_bytes in sheaf.toml to skip its file")]
    FileTooLarge(usize),
    /// The site has more files than asked for.
    #[error(
        "cannot keep the site within {max_files} files: it needs at least {needed}: raise --max-files, leave out \
         --pages, or split the articles into several archives"
    )]
    TooManyFiles {
        /// Smallest number of files.
        needed: usize,
        /// Number of files that was asked for.
        max_files: usize,
    },
    /// A file cannot be compressed.
    #[error("cannot compress a file of the archive: {0}")]
    Compress(io::Error),
    /// A value cannot be written as JSON.
    #[error("cannot write JSON: {0}")]
    Json(#[from] serde_json::Error),
}
