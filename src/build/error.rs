//! Errors of a build; each message tells the user what to do.

use crate::model::Id;
use std::io;
use std::path::{Path, PathBuf};

/// Error that stops a build.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    /// The store of fetched images cannot be read.
    #[error(transparent)]
    Pictures(#[from] crate::pictures::PicturesError),
    /// A file or folder cannot be read or written.
    #[error("{path}: {error}")]
    Io {
        /// File or folder.
        path: PathBuf,
        /// Error of the operating system.
        error: io::Error,
    },
    /// The index exceeded its memory budget and the temporary file failed.
    #[error(
        "cannot write the temporary file of the index: {0}: free disk space, or set TMPDIR to another folder"
    )]
    Spill(io::Error),
    /// A seeds path is not a folder.
    #[error("{0} is not a folder: pass the folder with the article files")]
    NoFolder(PathBuf),
    /// `sheaf.toml` is invalid.
    #[error("{path}:{line}: {message}")]
    Config {
        /// Path of the configuration file.
        path: PathBuf,
        /// Line, counted from 1.
        line: usize,
        /// Problem and expected value.
        message: String,
    },
    /// The output folder lies inside the seeds.
    #[error(
        "output folder {out} lies inside {seeds}, so the next build would read the archive as an article: choose a folder outside of {seeds}"
    )]
    OutAmongSeeds {
        /// Output folder.
        out: PathBuf,
        /// Seeds folder that contains the output folder.
        seeds: PathBuf,
    },
    /// The folder given as app bundle holds no app.
    #[error("no index.html in {0}: pass the folder `viewer` that `make dist` writes")]
    NoViewer(PathBuf),
    /// The program was compiled without the app, and the requested output needs one.
    #[error(
        "no reader is built into this program: run `make dist` and compile again, or pass a built reader with --viewer"
    )]
    WithoutViewer,
    /// The app bundle lacks an expected part.
    #[error(
        "unexpected reader bundle (problem with {0}): build the reader with `make dist` of the same version"
    )]
    OddViewer(String),
    /// Another build holds the lock of the output folder.
    #[error("output folder {0} is locked by another build: wait until that build has finished")]
    Busy(PathBuf),
    /// No file holds an article.
    #[error("nothing to build from: {}", nothing(*.files))]
    Nothing {
        /// Number of files found.
        files: usize,
    },
    /// Two articles with different addresses have the same id.
    #[error("id collision: {a} and {b} both get the id {id}: remove one of the files, or change its address")]
    SameId {
        /// Shared id.
        id: Id,
        /// Path of the first file.
        a: String,
        /// Path of the second file.
        b: String,
    },
    /// Two files without an address have the same path, because two seeds folders have the same name.
    #[error("duplicate path {path} for two files without an address: give the seeds folders different names")]
    SamePath {
        /// Path relative to the seeds folders.
        path: String,
    },
    /// Two different files of the archive have the same content name.
    #[error(
        "content name collision at {0} in the archive: change, add or remove any article and build again"
    )]
    SameName(String),
    /// A limit of the format is exceeded.
    #[error("the archive format cannot hold {0}: split the articles into several archives")]
    TooMany(&'static str),
    /// A file of the archive exceeds the size that readers accept.
    #[error("an article exceeds {0} MB in the archive: lower max_bytes in sheaf.toml to skip its file")]
    TooLarge(usize),
    /// A file of the archive cannot be compressed.
    #[error("cannot compress a file of the archive: {0}")]
    Compress(io::Error),
    /// A value cannot be written as JSON.
    #[error("cannot write JSON: {0}")]
    Json(#[from] serde_json::Error),
}

impl BuildError {
    /// Wraps an I/O error with its path.
    pub fn io(path: impl AsRef<Path>) -> impl FnOnce(io::Error) -> BuildError {
        move |error| BuildError::Io { path: path.as_ref().to_owned(), error }
    }

    /// Returns `true` if the command line was wrong, as opposed to a failed operation.
    pub fn is_usage(&self) -> bool {
        matches!(self, BuildError::OutAmongSeeds { .. })
    }
}

fn nothing(files: usize) -> String {
    match files {
        0 => "the folder holds no files".to_owned(),
        1 => "the only file is not an article".to_owned(),
        files => format!("none of the {files} files is an article"),
    }
}
