//! Parallel reading of the article files.

use super::walk::SeedFile;
use super::{BuildProgress, Digest};
use crate::archive::writer::WriteProgress;
use crate::ingest::{Ingested, ingest};
use rayon::prelude::*;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// Article file with its outcome.
#[derive(Debug)]
pub struct ReadFile {
    /// Path relative to the seeds folder.
    pub path: String,
    /// Path in the file system.
    pub fs_path: PathBuf,
    /// Article, or reason why the file was skipped.
    pub outcome: FileOutcome,
    /// Digest of the content, or of the reason for skipping.
    pub digest: Digest,
}

/// Reason why a file was skipped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SkipReason {
    /// Kind of reason, one of [`SKIP_REASONS`](crate::archive::SKIP_REASONS).
    pub code: &'static str,
    /// Message for the user.
    pub message: String,
}

impl SkipReason {
    pub(super) fn new(code: &'static str, text: impl ToString) -> SkipReason {
        SkipReason { code, message: text.to_string() }
    }
}

/// Outcome of reading one file.
#[derive(Debug)]
pub enum FileOutcome {
    /// Article with its warnings.
    Ingested(Box<Ingested>),
    /// File without an article.
    Skipped(SkipReason),
}

/// Reads `found` in order; files of more than `max_bytes` are skipped.
pub fn read(found: Vec<SeedFile>, max_bytes: u64, progress: &BuildProgress) -> Vec<ReadFile> {
    progress.begin_phase("reading", found.len());
    let files = found.into_par_iter().map(|found| {
        let look = look(&found, max_bytes);
        let seen = look.digest();
        let outcome = look.into_outcome(&found.path);
        progress.advance();
        ReadFile { path: found.path, fs_path: found.fs_path, outcome, digest: seen }
    });
    files.collect()
}

/// Content of a file on disk.
pub(super) enum FileContents {
    Bytes(Vec<u8>),
    /// File that was not read.
    Skipped(SkipReason),
}

/// Reads a file that the walk listed, unless it is to be skipped.
pub(super) fn look(found: &SeedFile, max_bytes: u64) -> FileContents {
    if let Some(reason) = &found.skip_reason {
        return FileContents::Skipped(reason.clone());
    }
    match read_limited(&found.file, max_bytes) {
        Ok(Some(bytes)) => FileContents::Bytes(bytes),
        Ok(None) => {
            let text =
                format!("larger than {max_bytes} bytes: raise max_bytes in sheaf.toml to include the file");
            FileContents::Skipped(SkipReason::new("large", text))
        }
        Err(error) => FileContents::Skipped(SkipReason::new(
            "unreadable",
            format_args!("cannot read the file: {error}"),
        )),
    }
}

impl FileContents {
    /// Returns the digest of the content.
    pub(super) fn digest(&self) -> Digest {
        match self {
            FileContents::Bytes(bytes) => Digest::compute(bytes),
            FileContents::Skipped(reason) => Digest::compute(reason.message.as_bytes()),
        }
    }

    fn into_outcome(self, path: &str) -> FileOutcome {
        match self {
            FileContents::Skipped(reason) => FileOutcome::Skipped(reason),
            FileContents::Bytes(bytes) => match ingest(path, &bytes) {
                // A clone has exact capacity, which halves the memory of vectors that grew piece by piece.
                Ok(ingested) => FileOutcome::Ingested(Box::new(ingested.clone())),
                Err(skip) => FileOutcome::Skipped(SkipReason::new(skip.code(), skip)),
            },
        }
    }
}

/// Reads at most `most` bytes; returns `None` for a larger file. The bound also holds for a file that grows meanwhile.
fn read_limited(place: &Path, most: u64) -> io::Result<Option<Vec<u8>>> {
    let file = open(place)?;
    let found = file.metadata()?;
    if !found.is_file() {
        return Err(io::Error::other("not a regular file"));
    }
    let length = found.len();
    if length > most {
        return Ok(None);
    }
    let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or(0) + 1);
    file.take(most.saturating_add(1)).read_to_end(&mut bytes)?;
    Ok((bytes.len() as u64 <= most).then_some(bytes))
}

/// Opens a file that was a regular one when it was listed. A pipe or a link may have taken its place: neither is
/// waited for or followed.
#[cfg(unix)]
fn open(place: &Path) -> io::Result<File> {
    use rustix::fs::{Mode, OFlags};
    let flags = OFlags::RDONLY | OFlags::CLOEXEC | OFlags::NOFOLLOW | OFlags::NONBLOCK;
    Ok(rustix::fs::open(place, flags, Mode::empty())?.into())
}

#[cfg(not(unix))]
fn open(place: &Path) -> io::Result<File> {
    File::open(place)
}
