//! Parallel reading of the article files.

use super::inputs::Digest;
use super::progress::Progress;
use super::walk::Found;
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
    pub place: PathBuf,
    /// Article, or reason why the file was skipped.
    pub outcome: Outcome,
    /// Digest of the content, or of the reason for skipping.
    pub seen: Digest,
}

/// Reason why a file was skipped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// Kind of reason, one of [`SKIPPED`](crate::archive::SKIPPED).
    pub code: &'static str,
    /// Message for the user.
    pub text: String,
}

impl Reason {
    pub(super) fn new(code: &'static str, text: impl ToString) -> Reason {
        Reason { code, text: text.to_string() }
    }
}

/// Outcome of reading one file.
#[derive(Debug)]
pub enum Outcome {
    /// Article with its warnings.
    Read(Box<Ingested>),
    /// File without an article.
    Skipped(Reason),
}

/// Reads `found` in order; files of more than `max_bytes` are skipped.
pub fn read(found: Vec<Found>, max_bytes: u64, progress: &Progress) -> Vec<ReadFile> {
    progress.phase("reading", found.len());
    let files = found.into_par_iter().map(|found| {
        let (outcome, seen) = match found.skipped {
            Some(reason) => {
                let seen = Digest::of(reason.text.as_bytes());
                (Outcome::Skipped(reason), seen)
            }
            None => {
                let look = look(&found.place, max_bytes);
                let seen = look.seen();
                (look.outcome(&found.path), seen)
            }
        };
        progress.step();
        ReadFile { path: found.path, place: found.place, outcome, seen }
    });
    files.collect()
}

/// Content of a file on disk.
pub(super) enum Look {
    Bytes(Vec<u8>),
    /// File that was not read.
    Unread(Reason),
}

/// Reads the file at `place`, unless larger than `max_bytes`.
pub(super) fn look(place: &Path, max_bytes: u64) -> Look {
    match bytes_of(place, max_bytes) {
        Ok(Some(bytes)) => Look::Bytes(bytes),
        Ok(None) => {
            let text =
                format!("larger than {max_bytes} bytes: raise max_bytes in sheaf.toml to include the file");
            Look::Unread(Reason::new("large", text))
        }
        Err(error) => Look::Unread(Reason::new("unreadable", format_args!("cannot read the file: {error}"))),
    }
}

impl Look {
    /// Returns the digest of the content.
    pub(super) fn seen(&self) -> Digest {
        match self {
            Look::Bytes(bytes) => Digest::of(bytes),
            Look::Unread(reason) => Digest::of(reason.text.as_bytes()),
        }
    }

    fn outcome(self, path: &str) -> Outcome {
        match self {
            Look::Unread(reason) => Outcome::Skipped(reason),
            Look::Bytes(bytes) => match ingest(path, &bytes) {
                // A clone has exact capacity, which halves the memory of vectors that grew piece by piece.
                Ok(ingested) => Outcome::Read(Box::new(ingested.clone())),
                Err(skip) => Outcome::Skipped(Reason::new(skip.code(), skip)),
            },
        }
    }
}

/// Reads at most `most` bytes; returns `None` for a larger file. The bound also holds for a file that grows meanwhile.
fn bytes_of(place: &Path, most: u64) -> io::Result<Option<Vec<u8>>> {
    let file = File::open(place)?;
    let length = file.metadata()?.len();
    if length > most {
        return Ok(None);
    }
    let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or(0) + 1);
    file.take(most.saturating_add(1)).read_to_end(&mut bytes)?;
    Ok((bytes.len() as u64 <= most).then_some(bytes))
}
