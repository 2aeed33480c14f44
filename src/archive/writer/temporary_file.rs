//! Temporary file for data that a build reads back, such as sorted runs of the index.

use super::WriteError;
use crate::file_error::FileError;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// Temporary file that several threads append to and read from. The system deletes it with the value, and when the
/// program is killed.
#[derive(Debug)]
pub struct TemporaryFile {
    folder: PathBuf,
    content: Mutex<OpenFile>,
}

#[derive(Debug)]
struct OpenFile {
    file: File,
    length: u64,
}

/// Place of bytes in a temporary file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// Offset of the first byte.
    pub offset: u64,
    /// Number of bytes.
    pub length: usize,
}

impl TemporaryFile {
    /// Creates an empty file in `folder`.
    ///
    /// # Errors
    ///
    /// The folder cannot be written.
    pub fn create(folder: &Path) -> Result<TemporaryFile, WriteError> {
        let file = tempfile::tempfile_in(folder).map_err(FileError::write(folder))?;
        Ok(TemporaryFile { folder: folder.to_owned(), content: Mutex::new(OpenFile { file, length: 0 }) })
    }

    /// Creates a file to which every append fails, as on a full disk.
    #[cfg(test)]
    pub(super) fn read_only(folder: &Path) -> TemporaryFile {
        let path = folder.join("read-only");
        let opened = std::fs::write(&path, "").and_then(|()| File::open(&path)).expect("a file");
        let content = Mutex::new(OpenFile { file: opened, length: 0 });
        TemporaryFile { folder: folder.to_owned(), content }
    }

    /// Returns the folder of the file.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Appends `bytes` and returns their place.
    ///
    /// # Errors
    ///
    /// The bytes cannot be written.
    pub fn append(&self, bytes: &[u8]) -> Result<Place, WriteError> {
        let place = self.with_content(|content| {
            let offset = content.length;
            content.file.seek(SeekFrom::Start(offset))?;
            content.file.write_all(bytes)?;
            content.length += bytes.len() as u64;
            Ok(Place { offset, length: bytes.len() })
        });
        Ok(place.map_err(FileError::write(&self.folder))?)
    }

    /// Reads the bytes at `place`.
    ///
    /// # Errors
    ///
    /// The bytes cannot be read.
    pub fn read(&self, place: Place) -> Result<Vec<u8>, WriteError> {
        let mut bytes = vec![0; place.length];
        let filled = self.with_content(|content| {
            content.file.seek(SeekFrom::Start(place.offset))?;
            content.file.read_exact(&mut bytes)
        });
        filled.map_err(FileError::read(&self.folder))?;
        Ok(bytes)
    }

    fn with_content<T>(&self, act: impl FnOnce(&mut OpenFile) -> io::Result<T>) -> io::Result<T> {
        // The length counts whole appends only, so a panic in between leaves no damage.
        let mut content = self.content.lock().unwrap_or_else(PoisonError::into_inner);
        act(&mut content)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rayon::prelude::*;
    use std::fs;

    #[test]
    fn bytes_are_read_back_and_the_file_vanishes() {
        let folder = tempfile::tempdir().unwrap();
        let file = TemporaryFile::create(folder.path()).unwrap();
        let texts: Vec<String> = (0..200).map(|number| "江".repeat(number)).collect();
        let places: Vec<Place> = texts.par_iter().map(|text| file.append(text.as_bytes()).unwrap()).collect();
        for (text, place) in texts.iter().zip(&places).rev() {
            assert_eq!(file.read(*place).unwrap(), text.as_bytes());
        }
        drop(file);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }

    #[test]
    fn failure_names_the_folder_and_the_remedy() {
        let folder = tempfile::tempdir().unwrap();
        let missing = folder.path().join("missing");
        let error = TemporaryFile::create(&missing).unwrap_err().to_string();
        assert!(
            error.contains(&missing.display().to_string()) && error.ends_with("create the folder first"),
            "{error}"
        );
        let file = TemporaryFile::create(folder.path()).unwrap();
        file.append(b"1").unwrap();
        let error = file.read(Place { offset: 0, length: 2 }).unwrap_err().to_string();
        assert!(error.starts_with("cannot read "), "{error}");
        assert_eq!(file.read(Place { offset: 0, length: 1 }).unwrap(), b"1");
    }
}
