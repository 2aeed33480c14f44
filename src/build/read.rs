//! Reading the files, several at a time.

use super::inputs::Digest;
use super::progress::Progress;
use super::walk::Found;
use crate::ingest::{Ingested, ingest};
use rayon::prelude::*;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// A file and what it became.
#[derive(Debug)]
pub struct ReadFile {
    /// Its path below the seeds folder.
    pub path: String,
    /// Where it is.
    pub place: PathBuf,
    /// What it became.
    pub outcome: Outcome,
    /// What that follows from, together with its path.
    pub seen: Digest,
}

/// Why a file became nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// The kind of reason, one of [`SKIPPED`](crate::archive::SKIPPED).
    pub code: &'static str,
    /// A sentence for a person.
    pub text: String,
}

impl Reason {
    pub(super) fn new(code: &'static str, text: impl ToString) -> Reason {
        Reason { code, text: text.to_string() }
    }
}

/// What a file became.
#[derive(Debug)]
pub enum Outcome {
    /// An article.
    Read(Box<Ingested>),
    /// Nothing, for this reason.
    Skipped(Reason),
}

/// Reads what was found, in the same order; a file of more than `max_bytes` is not looked at.
pub fn read(found: Vec<Found>, max_bytes: u64, progress: &Progress) -> Vec<ReadFile> {
    progress.phase("reading", found.len());
    let files = found.into_par_iter().map(|found| {
        let look = look(&found, max_bytes);
        let seen = look.seen();
        let outcome = look.outcome(&found.path);
        progress.step();
        ReadFile { path: found.path, place: found.place, outcome, seen }
    });
    files.collect()
}

/// A file as it lies on the disk.
pub(super) enum Look {
    Bytes(Vec<u8>),
    /// Nothing that is read, for this reason.
    Unread(Reason),
}

/// Reads a file that the walk listed, unless it is to be skipped.
pub(super) fn look(found: &Found, max_bytes: u64) -> Look {
    if let Some(reason) = &found.skipped {
        return Look::Unread(reason.clone());
    }
    match bytes_of(&found.file, max_bytes) {
        Ok(Some(bytes)) => Look::Bytes(bytes),
        Ok(None) => {
            let text = format!("larger than {max_bytes} bytes, which max_bytes in sheaf.toml allows");
            Look::Unread(Reason::new("large", text))
        }
        Err(error) => Look::Unread(Reason::new("unreadable", format_args!("cannot be read: {error}"))),
    }
}

impl Look {
    /// What was seen.
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
                // A copy takes what it holds and no more; what grew piece by piece has room to spare.
                Ok(ingested) => Outcome::Read(Box::new(ingested.clone())),
                Err(skip) => Outcome::Skipped(Reason::new(skip.code(), skip)),
            },
        }
    }
}

/// The bytes of a file, or nothing when there are more than `most`; a file that grows is not read for ever.
fn bytes_of(place: &Path, most: u64) -> io::Result<Option<Vec<u8>>> {
    let file = open(place)?;
    let found = file.metadata()?;
    if !found.is_file() {
        return Err(io::Error::other("no regular file"));
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
