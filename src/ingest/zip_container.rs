//! Entries of ZIP files, also of truncated ones.
//!
//! Nothing is written to disk. Names that lead out of the ZIP are reported, and so are links, encrypted entries and
//! unknown compressions. A ZIP without a directory at its end is read from its start, entry by entry.

mod names;
mod recovery;

use std::fmt;
use std::io::{self, Read, Seek};
use std::ops::ControlFlow;
use zip::ZipArchive;
use zip::result::ZipError;

/// Reason not to read an entry of a ZIP.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntryProblem {
    /// Name that leads out of the ZIP.
    Escaping,
    /// Symbolic link.
    Link,
    /// Entry that needs a password.
    Encrypted,
    /// Compression other than DEFLATE.
    Compression,
    /// Entry whose data cannot be found.
    Damaged,
}

impl EntryProblem {
    /// Returns the kind of problem, one of [`SKIP_REASONS`](crate::archive::SKIP_REASONS).
    pub fn code(self) -> &'static str {
        match self {
            EntryProblem::Link => "link",
            EntryProblem::Escaping => "special",
            EntryProblem::Encrypted | EntryProblem::Compression | EntryProblem::Damaged => "unreadable",
        }
    }
}

impl fmt::Display for EntryProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            EntryProblem::Escaping => "the name leads out of the ZIP: rename the entry",
            EntryProblem::Link => "a link inside a ZIP: store the file itself",
            EntryProblem::Encrypted => "encrypted: unpack the ZIP with the password, and pass the folder",
            EntryProblem::Compression => "unknown compression: unpack the ZIP, and pass the folder",
            EntryProblem::Damaged => "damaged: copy or download the ZIP again",
        })
    }
}

/// Entry of a ZIP, with a reader of its content.
pub type EntryContent<'a> = Result<&'a mut dyn Read, EntryProblem>;

/// Completeness of a ZIP.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Completeness {
    /// The directory at the end lists all entries.
    Whole,
    /// The end is missing; entries before it were read.
    Truncated,
}

/// Returns `true` if a file begins like a ZIP.
pub fn is_zip(head: &[u8]) -> bool {
    head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06")
}

/// Passes the path and content of every file in the ZIP to `visit`, in the order of the ZIP, until `visit` breaks.
///
/// # Errors
///
/// The ZIP cannot be read from disk.
pub fn for_each_entry<R: Read + Seek>(
    mut input: R,
    visit: &mut dyn FnMut(&str, EntryContent<'_>) -> ControlFlow<()>,
) -> io::Result<Completeness> {
    match ZipArchive::new(&mut input) {
        Ok(mut zip) => {
            for index in 0..zip.len() {
                if visit_entry(&mut zip, index, visit).is_break() {
                    break;
                }
            }
            Ok(Completeness::Whole)
        }
        Err(ZipError::Io(error)) if error.kind() != io::ErrorKind::UnexpectedEof => Err(error),
        Err(_) => {
            input.rewind()?;
            recovery::for_each_entry(input, visit)?;
            Ok(Completeness::Truncated)
        }
    }
}

/// Whole ZIP whose entries are read in any order.
pub struct ZipEntries<R> {
    zip: ZipArchive<R>,
    /// Path and index of each file without a problem, in order.
    files: Vec<(String, usize)>,
}

impl<R: Read + Seek> ZipEntries<R> {
    /// Opens a ZIP; returns `None` if the directory at the end is missing.
    pub fn open(input: R) -> Option<ZipEntries<R>> {
        let mut zip = ZipArchive::new(input).ok()?;
        let mut files = Vec::new();
        for index in 0..zip.len() {
            if let Some((path, None)) = describe(&mut zip, index) {
                files.push((path, index));
            }
        }
        Some(ZipEntries { zip, files })
    }

    /// Returns the paths of the files.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.iter().map(|(path, _)| path.as_str())
    }

    /// Returns at most `limit` bytes of the file at a position among the paths.
    ///
    /// # Errors
    ///
    /// The file is damaged, or compressed in an unknown way.
    pub fn content(&mut self, position: usize, limit: u64) -> io::Result<Vec<u8>> {
        let (_, index) = self.files.get(position).ok_or(io::ErrorKind::NotFound)?;
        let mut bytes = Vec::new();
        self.zip.by_index(*index)?.take(limit).read_to_end(&mut bytes)?;
        Ok(bytes)
    }
}

/// Returns the path of a file, and the problem that prevents reading; `None` for a folder.
fn describe<R: Read + Seek>(zip: &mut ZipArchive<R>, index: usize) -> Option<(String, Option<EntryProblem>)> {
    // Never fails for an index below the length.
    let entry = zip.by_index_data(index).ok()?;
    let name = names::decode(entry.name_raw());
    if entry.is_dir() || name.ends_with(['/', '\\']) {
        return None;
    }
    Some(match names::clean(&name) {
        None => (name, Some(EntryProblem::Escaping)),
        Some(path) if entry.is_symlink() => (path, Some(EntryProblem::Link)),
        Some(path) if entry.encrypted() => (path, Some(EntryProblem::Encrypted)),
        Some(path) => (path, None),
    })
}

fn visit_entry<R: Read + Seek>(
    zip: &mut ZipArchive<R>,
    index: usize,
    visit: &mut dyn FnMut(&str, EntryContent<'_>) -> ControlFlow<()>,
) -> ControlFlow<()> {
    let Some((path, problem)) = describe(zip, index) else { return ControlFlow::Continue(()) };
    if let Some(problem) = problem {
        return visit(&path, Err(problem));
    }
    match zip.by_index(index) {
        Ok(mut entry) => visit(&path, Ok(&mut entry)),
        Err(ZipError::CompressionMethodNotSupported(_) | ZipError::UnsupportedArchive(_)) => {
            visit(&path, Err(EntryProblem::Compression))
        }
        Err(_) => visit(&path, Err(EntryProblem::Damaged)),
    }
}

#[cfg(test)]
mod tests;
