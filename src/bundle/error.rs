//! Errors of a build; each message tells the user what to do.

use crate::archive::writer::WriteError;
use crate::file_error::FileError;
use crate::model::Id;
use std::io;
use std::path::{Path, PathBuf};

/// Error that stops a build.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    /// The archive cannot be encoded.
    #[error(transparent)]
    Archive(#[from] WriteError),
    /// The store of fetched images cannot be read.
    #[error(transparent)]
    Images(Box<dyn std::error::Error + Send + Sync>),
    /// A file or folder cannot be read or written.
    #[error(transparent)]
    File(#[from] FileError),
    /// An input is neither a folder nor a file.
    #[error("{0} is neither a folder nor a file: pass a folder with article files, a file or a ZIP")]
    InputNotFound(PathBuf),
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
    /// `sheaf.toml` is a link out of the input folders.
    #[error("{path}: {reason}")]
    ConfigLink {
        /// Path of the link.
        path: PathBuf,
        /// Why the link is not followed.
        reason: String,
    },
    /// The archive would lie where the articles are read from.
    #[error(
        "output folder {out} lies inside {seeds}, so the next build would read its files as articles: choose a folder outside of {seeds}"
    )]
    OutputInsideSeeds {
        /// Output folder.
        out: PathBuf,
        /// Seeds folder that contains the output folder.
        seeds: PathBuf,
    },
    /// A build would replace files that no build wrote.
    #[error("{}: name another place with {option}, or replace with --force", foreign(files))]
    Foreign {
        /// Option that names the place.
        option: &'static str,
        /// The files.
        files: Vec<PathBuf>,
    },
    /// A file lies where a build writes a folder, or a folder where it writes a file.
    #[error("{0} blocks the site: move that file or folder to another place")]
    Blocked(PathBuf),
    /// The output must be a folder and is a file.
    #[error("{0} is not a folder: name a folder with --out, or add --single-file to write one file")]
    OutIsFile(PathBuf),
    /// The output must be a file and is a folder.
    #[error("{path} is a folder: name the file to write with {option}")]
    OutIsFolder {
        /// The folder.
        path: PathBuf,
        /// Option that names the file.
        option: &'static str,
    },
    /// The folder given as viewer holds no app.
    #[error("no index.html in {0}: pass the folder `viewer` that `make dist` writes")]
    ViewerNotFound(PathBuf),
    /// The program was compiled without the app, and the requested output needs one.
    #[error(
        "no reader is built into this program: use a released program, or run `make dist` and compile again, or pass a built reader with --viewer"
    )]
    NoEmbeddedViewer,
    /// The viewer lacks an expected part.
    #[error("unexpected reader (problem with {0}): build the reader with `make dist` of the same version")]
    UnexpectedViewer(String),
    /// A file of the viewer is special or lies elsewhere.
    #[error("{0} is a special file or a link out of the reader's folder: replace the file with a copy")]
    OddViewerFile(PathBuf),
    /// Another build holds the lock of the output folder.
    #[error("output folder {0} is locked by another build: wait until that build has finished")]
    OutputLocked(PathBuf),
    /// No file holds an article.
    #[error("nothing to build from: {}", no_articles_reason(*.files))]
    NoArticles {
        /// Number of files found.
        files: usize,
    },
    /// Two articles with different addresses have the same id.
    #[error("id collision: {a} and {b} both get the id {id}: remove one of the files, or change its address")]
    DuplicateId {
        /// Shared id.
        id: Id,
        /// Path of the first file.
        a: String,
        /// Path of the second file.
        b: String,
    },
    /// Two files without an address have the same path, because two seeds folders have the same name.
    #[error("duplicate path {path} for two files without an address: give the seeds folders different names")]
    DuplicatePath {
        /// Path relative to the seeds folders.
        path: String,
    },
    /// A value cannot be written as JSON.
    #[error("cannot write JSON: {0}")]
    Json(#[from] serde_json::Error),
}

impl BuildError {
    /// Wraps the error of a failed read with its path.
    pub fn read(path: impl AsRef<Path>) -> impl FnOnce(io::Error) -> BuildError {
        move |error| FileError::read(path)(error).into()
    }

    /// Wraps the error of a failed write with its path.
    pub fn write(path: impl AsRef<Path>) -> impl FnOnce(io::Error) -> BuildError {
        move |error| FileError::write(path)(error).into()
    }

    /// Wraps the error of a failed removal with its path.
    pub fn remove(path: impl AsRef<Path>) -> impl FnOnce(io::Error) -> BuildError {
        move |error| FileError::remove(path)(error).into()
    }

    /// Returns `true` if the command line was wrong, as opposed to a failed operation.
    pub fn is_usage(&self) -> bool {
        matches!(
            self,
            BuildError::OutputInsideSeeds { .. }
                | BuildError::Foreign { .. }
                | BuildError::Blocked(_)
                | BuildError::OutIsFile(_)
                | BuildError::OutIsFolder { .. }
        )
    }
}

/// Files that an error names; the rest is counted.
const FILES_NAMED: usize = 5;

fn foreign(files: &[PathBuf]) -> String {
    let mut named: Vec<String> =
        files.iter().take(FILES_NAMED).map(|file| file.display().to_string()).collect();
    match files.len().saturating_sub(FILES_NAMED) {
        0 => {}
        more => named.push(format!("{more} more")),
    }
    let verbs = if files.len() == 1 { ["was", "has"] } else { ["were", "have"] };
    format!("{} {} not written by sheaf or {} changed since", named.join(", "), verbs[0], verbs[1])
}

fn no_articles_reason(files: usize) -> String {
    match files {
        0 => "the folder holds no files".to_owned(),
        1 => "the only file is not an article".to_owned(),
        files => format!("none of the {files} files is an article"),
    }
}
