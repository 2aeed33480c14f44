//! Files of an archive that is being written, by path.

use super::{WriteError, gzip};
use crate::archive::file_path;
use crate::archive::reader::MAX_FILE_BYTES;
use crate::model::content_hash;
use std::collections::BTreeMap;

/// File of the archive other than the manifest.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct ArchiveFile {
    pub(super) kind: ArchiveFileKind,
    /// Content, compressed if that makes the file smaller.
    pub(crate) bytes: Vec<u8>,
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

/// Encoded file that is not yet part of the output.
pub(super) struct EncodedFile {
    pub(super) name: String,
    bytes: Vec<u8>,
    /// Size before compression, in bytes.
    plain_size: usize,
}

/// Compresses a file and names it by its uncompressed content, which is all that a reader can verify.
pub(super) fn compress_named(plain: Vec<u8>) -> Result<EncodedFile, WriteError> {
    let bytes = gzip::compress(&plain).map_err(WriteError::Compress)?;
    Ok(EncodedFile { name: content_hash(&plain), bytes, plain_size: plain.len() })
}

#[derive(Default)]
pub(super) struct OutputFiles {
    pub(super) files: BTreeMap<String, ArchiveFile>,
    /// Size of the largest file before compression, in bytes.
    largest_plain_size: usize,
}

impl OutputFiles {
    pub(super) fn add_compressed(
        &mut self,
        kind: ArchiveFileKind,
        plain: Vec<u8>,
    ) -> Result<String, WriteError> {
        self.add(kind, compress_named(plain)?)
    }

    /// Adds a file under its content name.
    pub(super) fn add(&mut self, kind: ArchiveFileKind, made: EncodedFile) -> Result<String, WriteError> {
        self.insert(file_path(&made.name), ArchiveFile { kind, bytes: made.bytes }, made.plain_size)?;
        Ok(made.name)
    }

    /// Returns the largest size that a reader must accept, in bytes.
    pub(super) fn largest_size(&self) -> Result<u32, WriteError> {
        let fitting =
            u32::try_from(self.largest_plain_size).ok().filter(|_| self.largest_plain_size <= MAX_FILE_BYTES);
        fitting.ok_or(WriteError::FileTooLarge(MAX_FILE_BYTES >> 20))
    }

    /// Inserts a file of `plain` uncompressed bytes. The same file may be present already.
    pub(super) fn insert(&mut self, path: String, file: ArchiveFile, plain: usize) -> Result<(), WriteError> {
        self.largest_plain_size = self.largest_plain_size.max(plain);
        match self.files.get(&path) {
            Some(there) if there.bytes != file.bytes => Err(WriteError::NameCollision(path)),
            Some(_) => Ok(()),
            None => {
                self.files.insert(path, file);
                Ok(())
            }
        }
    }
}
