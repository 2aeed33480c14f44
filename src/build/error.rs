//! Why there is no archive, said so that a person knows what to do.

use crate::model::Id;
use std::io;
use std::path::{Path, PathBuf};

/// Why a build stopped.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    /// The pictures that were fetched cannot be read.
    #[error(transparent)]
    Pictures(#[from] crate::pictures::PicturesError),
    /// A file or folder could not be read or written.
    #[error("{path}: {error}")]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        error: io::Error,
    },
    /// The index did not fit into memory and could not be written beside it.
    #[error("temporary file of the index: {0}: make room where temporary files lie, or set TMPDIR")]
    Spill(io::Error),
    /// What should be a folder of articles is none.
    #[error("{0} is no folder: name the folder that holds the article files")]
    NoFolder(PathBuf),
    /// `sheaf.toml` cannot be understood.
    #[error("{path}:{line}: {message}")]
    Config {
        /// The file.
        path: PathBuf,
        /// The line, counted from 1.
        line: usize,
        /// What is wrong and what is expected.
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
        "{out} lies in {seeds}, so the next build would read the archive as an article: choose a folder outside of it"
    )]
    OutAmongSeeds {
        /// The output folder.
        out: PathBuf,
        /// The seeds folder around it.
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
    #[error("{0} is in the way of the site: move it to another place")]
    Blocked(PathBuf),
    /// A folder is asked for, and something else is there.
    #[error("{0} is no folder: name a folder with --out, or add --single-file to write one file")]
    OutIsFile(PathBuf),
    /// A file is asked for, and a folder is there.
    #[error("{0} is a folder: name the file to write with --out")]
    OutIsFolder(PathBuf),
    /// What should be a built app is none.
    #[error("there is no index.html in {0}: name the folder that `make dist` left, `viewer`")]
    NoViewer(PathBuf),
    /// There is no app, and none without it is of use.
    #[error(
        "this program carries no reader: compile it again after `make dist`, or name a built one with --viewer"
    )]
    WithoutViewer,
    /// A built app has not the form that this program gives one.
    #[error(
        "the reader is not of this program's making ({0} is not as expected): build it by `make dist` of the same version"
    )]
    OddViewer(String),
    /// A file of the reader is not its own.
    #[error(
        "{0} is a special file or a link out of the reader's folder: put a copy of the file in its place"
    )]
    OddViewerFile(PathBuf),
    /// Another build writes to the same folder.
    #[error("another build is writing to {0}: wait until it has ended")]
    Busy(PathBuf),
    /// No file held an article.
    #[error("nothing to build from: {}", nothing(*.files))]
    Nothing {
        /// How many files there were.
        files: usize,
    },
    /// Two articles have one id though their addresses differ.
    #[error("{a} and {b} get the same id {id}: remove one of the files, or write its address in another way")]
    SameId {
        /// The id.
        id: Id,
        /// A file.
        a: String,
        /// The other file.
        b: String,
    },
    /// Two files without an address have one path, because two folders have the same name.
    #[error(
        "there are two files {path} without an address, so nothing tells them apart: give the folders different names"
    )]
    SamePath {
        /// The path below the folders.
        path: String,
    },
    /// Two files of the archive have one name though they differ.
    #[error(
        "two different files of the archive get the same name {0}: change, add or remove any article and build again"
    )]
    SameName(String),
    /// A table of the format has no room for so much.
    #[error("the format has no room for {0}: split the articles into several archives")]
    TooMany(&'static str),
    /// A file of the archive would be larger than its readers take.
    #[error(
        "an article takes more than {0} MB in the archive: lower max_bytes in sheaf.toml, so that its file is skipped"
    )]
    TooLarge(usize),
    /// A file of the archive cannot be compressed.
    #[error("a file of the archive cannot be compressed: {0}")]
    Compress(io::Error),
    /// A value cannot be written as JSON.
    #[error("{0}")]
    Json(#[from] serde_json::Error),
}

impl BuildError {
    /// An error of the system at `path`.
    pub fn io(path: impl AsRef<Path>) -> impl FnOnce(io::Error) -> BuildError {
        move |error| BuildError::Io { path: path.as_ref().to_owned(), error }
    }

    /// Whether the command line asked for something that cannot be, rather than that something failed.
    pub fn is_usage(&self) -> bool {
        matches!(
            self,
            BuildError::OutAmongSeeds { .. }
                | BuildError::Foreign { .. }
                | BuildError::Blocked(_)
                | BuildError::OutIsFile(_)
                | BuildError::OutIsFolder(_)
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

fn nothing(files: usize) -> String {
    match files {
        0 => "there is no file in the folder".to_owned(),
        1 => "the only file could not be read as an article".to_owned(),
        files => format!("none of {files} files could be read as an article"),
    }
}
