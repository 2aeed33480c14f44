//! Files of an archive that is being written, by path.

use super::{ByteCounts, WriteError, gzip};
use crate::archive::file_path;
use crate::archive::reader::MAX_FILE_BYTES;
use crate::model::{Hash, content_hash};
use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Receiver of the files of an archive other than the manifest.
pub trait FileSink: Sync {
    /// Writes a file to `path`, relative to the archive's folder. Several threads write at once, each path once.
    ///
    /// # Errors
    ///
    /// The file cannot be written.
    fn write(&self, path: &str, bytes: &[u8]) -> Result<(), WriteError>;
}

/// Files in memory, by path.
#[derive(Debug, Default)]
pub struct MemoryFiles(Mutex<BTreeMap<String, Vec<u8>>>);

impl MemoryFiles {
    /// Returns the files.
    pub fn into_files(self) -> BTreeMap<String, Vec<u8>> {
        self.0.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
}

impl FileSink for MemoryFiles {
    fn write(&self, path: &str, bytes: &[u8]) -> Result<(), WriteError> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(path.to_owned(), bytes.to_vec());
        Ok(())
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ArchiveFileKind {
    Page,
    Pack,
    EarlierVersion,
    FacetTable,
    PackTable,
    IdTable,
    NameTable,
    Index,
    Related,
}

/// File that was written.
struct WrittenFile {
    kind: ArchiveFileKind,
    /// Size as stored, in bytes.
    size: u64,
    /// Digest of the stored bytes.
    digest: Hash,
}

/// Files that were written, without their content.
pub(super) struct OutputFiles<'a> {
    sink: &'a dyn FileSink,
    written: Mutex<WrittenFiles>,
}

#[derive(Default)]
struct WrittenFiles {
    by_path: BTreeMap<String, WrittenFile>,
    /// Size of the largest file before compression, in bytes.
    largest_plain_size: usize,
}

impl<'a> OutputFiles<'a> {
    pub(super) fn new(sink: &'a dyn FileSink) -> OutputFiles<'a> {
        OutputFiles { sink, written: Mutex::default() }
    }

    /// Compresses and writes a file, and returns its name: the hash of the uncompressed content, which is all that a
    /// reader can verify.
    pub(super) fn add_compressed(&self, kind: ArchiveFileKind, plain: &[u8]) -> Result<String, WriteError> {
        let (name, bytes) = (content_hash(plain), gzip::compress(plain).map_err(WriteError::Compress)?);
        self.add(&file_path(&name), kind, &bytes, plain.len())?;
        Ok(name)
    }

    /// Writes a file of `plain_size` uncompressed bytes. The same file may be present already.
    pub(super) fn add(
        &self,
        path: &str,
        kind: ArchiveFileKind,
        bytes: &[u8],
        plain_size: usize,
    ) -> Result<(), WriteError> {
        let file = WrittenFile { kind, size: bytes.len() as u64, digest: Hash::new(bytes) };
        if self.record(path, file, plain_size)? { self.sink.write(path, bytes) } else { Ok(()) }
    }

    /// Returns true if the file is new.
    fn record(&self, path: &str, file: WrittenFile, plain_size: usize) -> Result<bool, WriteError> {
        let mut written = self.written();
        written.largest_plain_size = written.largest_plain_size.max(plain_size);
        match written.by_path.get(path) {
            Some(there) if (there.size, there.digest) != (file.size, file.digest) => {
                Err(WriteError::NameCollision(path.to_owned()))
            }
            Some(_) => Ok(false),
            None => {
                written.by_path.insert(path.to_owned(), file);
                Ok(true)
            }
        }
    }

    fn written(&self) -> MutexGuard<'_, WrittenFiles> {
        self.written.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn count(&self) -> usize {
        self.written().by_path.len()
    }

    /// Returns the largest size that a reader must accept, in bytes.
    pub(super) fn largest_size(&self) -> Result<u32, WriteError> {
        let largest = self.written().largest_plain_size;
        let fitting = u32::try_from(largest).ok().filter(|_| largest <= MAX_FILE_BYTES);
        fitting.ok_or(WriteError::FileTooLarge(MAX_FILE_BYTES >> 20))
    }

    /// Returns the sizes of the files by kind, without the manifest.
    pub(super) fn byte_counts(&self) -> ByteCounts {
        let mut bytes = ByteCounts::default();
        for file in self.written().by_path.values() {
            let total = match file.kind {
                ArchiveFileKind::Page => &mut bytes.pages,
                ArchiveFileKind::Pack => &mut bytes.packs,
                ArchiveFileKind::EarlierVersion => &mut bytes.earlier,
                ArchiveFileKind::FacetTable => &mut bytes.facets,
                ArchiveFileKind::PackTable => &mut bytes.pack_tables,
                ArchiveFileKind::IdTable => &mut bytes.ids,
                ArchiveFileKind::NameTable => &mut bytes.names,
                ArchiveFileKind::Index => &mut bytes.index,
                ArchiveFileKind::Related => &mut bytes.related,
            };
            *total += file.size;
            bytes.total += file.size;
            bytes.files += 1;
        }
        bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::file_error::FileError;

    #[test]
    fn equal_file_is_written_once_and_another_of_its_name_is_an_error() {
        let sink = MemoryFiles::default();
        let files = OutputFiles::new(&sink);
        let name = files.add_compressed(ArchiveFileKind::Page, b"[]").unwrap();
        assert_eq!(files.add_compressed(ArchiveFileKind::Page, b"[]").unwrap(), name);
        let path = file_path(&name);
        let error = files.add(&path, ArchiveFileKind::Page, b"{}", 2).unwrap_err();
        assert!(matches!(error, WriteError::NameCollision(at) if at == path));
        let counts = files.byte_counts();
        let written = sink.into_files();
        assert_eq!((counts.files, counts.pages), (1, written[&path].len() as u64));
    }

    /// Sink on a full disk.
    struct FullDisk;

    impl FileSink for FullDisk {
        fn write(&self, path: &str, _: &[u8]) -> Result<(), WriteError> {
            Err(FileError::write(path)(std::io::ErrorKind::StorageFull.into()).into())
        }
    }

    #[test]
    fn failed_write_names_the_file_and_the_remedy() {
        let error = OutputFiles::new(&FullDisk).add_compressed(ArchiveFileKind::Page, b"[]").unwrap_err();
        let text = error.to_string();
        assert!(text.contains("archive/") && text.ends_with("free disk space"), "{text}");
    }
}
