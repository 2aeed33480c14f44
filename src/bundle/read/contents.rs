//! Contents of input files: bytes of an article, or a container to read from.

use super::neighbours::MAX_PICTURE_BYTES;
use super::{ReadSettings, SkipReason};
use crate::bundle::Digest;
use crate::bundle::walk::SeedFile;
use crate::ingest::formats::DETECTION_BYTES;
use crate::ingest::zip_container::is_zip;
use std::fs::File;
use std::io::{self, Read, Seek};
use std::path::Path;

/// Content of a file on disk.
pub(in crate::bundle) enum FileContents {
    Bytes(Vec<u8>),
    /// ZIP or collection, of any size, at its start.
    Container(File, Digest),
    /// File that was not read, with the digest of its content if that matters.
    Skipped(SkipReason, Option<Digest>),
}

/// Reads a file that the walk listed, unless it is to be skipped.
pub(in crate::bundle) fn look(found: &SeedFile, settings: ReadSettings) -> FileContents {
    if let Some(reason) = &found.skip_reason {
        return FileContents::Skipped(reason.clone(), None);
    }
    read_contents(&found.file, settings).unwrap_or_else(|error| {
        let reason = SkipReason::new("unreadable", format_args!("cannot read the file: {error}"));
        FileContents::Skipped(reason, None)
    })
}

impl FileContents {
    /// Returns the digest of the content.
    pub(in crate::bundle) fn digest(&self) -> Digest {
        match self {
            FileContents::Bytes(bytes) => Digest::compute(bytes),
            FileContents::Container(_, digest) => *digest,
            FileContents::Skipped(_, Some(digest)) => *digest,
            FileContents::Skipped(reason, None) => Digest::compute(reason.message.as_bytes()),
        }
    }
}

fn read_contents(place: &Path, settings: ReadSettings) -> io::Result<FileContents> {
    let mut file = open_file(place)?;
    let length = file.metadata()?.len();
    let limit = settings.max_bytes;
    let mut bytes = Vec::with_capacity(usize::try_from(length.min(limit)).unwrap_or(0) + 1);
    file.by_ref().take(DETECTION_BYTES as u64).read_to_end(&mut bytes)?;
    if is_zip(&bytes) || settings.format_of(&bytes).is_collection() {
        file.rewind()?;
        let digest = Digest::compute_reader(&mut file)?;
        file.rewind()?;
        return Ok(FileContents::Container(file, digest));
    }
    if length > limit && length <= MAX_PICTURE_BYTES && is_picture(&bytes) {
        // An article may show it.
        file.rewind()?;
        let digest = Digest::compute_reader(&mut file)?;
        return Ok(FileContents::Skipped(too_large(limit), Some(digest)));
    }
    if length <= limit {
        // The bound also holds for a file that grows meanwhile.
        let rest = limit.saturating_add(1).saturating_sub(bytes.len() as u64);
        file.take(rest).read_to_end(&mut bytes)?;
    }
    Ok(if length.max(bytes.len() as u64) > limit {
        FileContents::Skipped(too_large(limit), None)
    } else {
        FileContents::Bytes(bytes)
    })
}

/// Returns `true` if a file begins like a picture that the site can keep.
fn is_picture(head: &[u8]) -> bool {
    let is_webp = || head.starts_with(b"RIFF") && head.get(8..12) == Some(b"WEBP");
    [&b"\x89PNG"[..], b"\xff\xd8\xff", b"GIF8"].iter().any(|start| head.starts_with(start)) || is_webp()
}

/// Reads a picture that the walk listed, cut after [`MAX_PICTURE_BYTES`].
pub(super) fn read_picture(place: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    open_file(place)?.take(MAX_PICTURE_BYTES + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Opens a regular file that the walk listed.
pub(super) fn open_file(place: &Path) -> io::Result<File> {
    let file = open(place)?;
    if file.metadata()?.is_file() { Ok(file) } else { Err(io::Error::other("not a regular file")) }
}

/// Returns the reason to skip an article of more than `limit` bytes.
pub(super) fn too_large(limit: u64) -> SkipReason {
    let text = format_args!("larger than {limit} bytes: raise max_bytes in sheaf.toml to include the file");
    SkipReason::new("large", text)
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
