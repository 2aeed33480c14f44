//! Store of fetched images between builds.
//!
//! ```text
//! index.jsonl      one line per URL: the image, or the reason of a permanent failure
//! 0a1b2c3d.webp    image, named by its content
//! ```
//!
//! A line is appended after its image is written, so that a run stopped at any moment loses at most the current
//! image. The last line of a URL counts.

use crate::build::Digest;
use crate::model::content_name;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

/// Stored image.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// Content name.
    pub name: String,
    /// Width and height in pixels.
    pub size: (u32, u32),
    /// Size of the file in bytes.
    pub bytes: u64,
}

/// Result of fetching a URL.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Answer {
    #[serde(rename = "kept")]
    Kept(Kept),
    /// Reason of a permanent failure.
    Failed(String),
}

#[derive(Serialize, Deserialize)]
struct Line {
    url: String,
    #[serde(flatten)]
    answer: Answer,
}

/// Error of the image store.
#[derive(Debug, thiserror::Error)]
pub enum PicturesError {
    /// A file cannot be read or written.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// Error of the operating system.
        source: io::Error,
    },
    /// Nothing was ever fetched into the folder.
    #[error("no fetched images in {}: run `sheaf pictures` to fetch some", .0.display())]
    None(PathBuf),
    /// A stored file is missing or truncated.
    #[error("image {} is missing or truncated: run `sheaf pictures` to fetch the file again", .0.display())]
    Damaged(PathBuf),
}

/// Images of a folder.
#[derive(Debug)]
pub struct Store {
    folder: PathBuf,
    answers: HashMap<String, Answer>,
    index: Vec<u8>,
}

const INDEX: &str = "index.jsonl";

impl Store {
    /// Opens the store in `folder`; a missing folder is an empty store.
    ///
    /// # Errors
    ///
    /// The index cannot be read.
    pub fn open(folder: &Path) -> Result<Store, PicturesError> {
        let index = match fs::read(folder.join(INDEX)) {
            Err(error) if error.kind() == ErrorKind::NotFound => Vec::new(),
            read => read.map_err(|source| PicturesError::Io { path: folder.join(INDEX), source })?,
        };
        // A truncated line is ignored, and its image is fetched again.
        let lines =
            index.split(|&byte| byte == b'\n').filter_map(|line| serde_json::from_slice::<Line>(line).ok());
        let answers = lines.map(|line| (line.url, line.answer)).collect();
        Ok(Store { folder: folder.to_owned(), answers, index })
    }

    /// Opens a store that must not be empty.
    ///
    /// # Errors
    ///
    /// Nothing was fetched into the folder, or its index cannot be read.
    pub fn open_filled(folder: &Path) -> Result<Store, PicturesError> {
        let store = Store::open(folder)?;
        if store.index.is_empty() { Err(PicturesError::None(folder.to_owned())) } else { Ok(store) }
    }

    /// Verifies that the file of an image exists with its recorded size.
    pub(super) fn check(&self, kept: &Kept) -> Result<(), PicturesError> {
        let path = self.file(kept);
        let is_whole = fs::metadata(&path).is_ok_and(|file| file.len() == kept.bytes);
        if is_whole { Ok(()) } else { Err(PicturesError::Damaged(path)) }
    }

    /// Returns the digest of everything that a build reads from the store.
    pub fn digest(&self) -> Digest {
        Digest::of(&self.index)
    }

    /// Returns the stored image of a URL.
    pub fn kept(&self, url: &str) -> Option<&Kept> {
        match self.answers.get(url)? {
            Answer::Kept(kept) => Some(kept),
            Answer::Failed(_) => None,
        }
    }

    /// Returns `true` if a URL is known to fail permanently.
    pub fn has_failed(&self, url: &str) -> bool {
        matches!(self.answers.get(url), Some(Answer::Failed(_)))
    }

    /// Returns the path of an image.
    pub fn file(&self, kept: &Kept) -> PathBuf {
        self.folder.join(file_name(&kept.name))
    }

    /// Stores the image of `url`.
    ///
    /// # Errors
    ///
    /// The file or the index cannot be written.
    pub fn keep(&mut self, url: &str, bytes: &[u8], size: (u32, u32)) -> Result<(), PicturesError> {
        let kept = Kept { name: content_name(bytes), size, bytes: bytes.len() as u64 };
        let path = self.file(&kept);
        let part = path.with_added_extension("part");
        let write = || {
            fs::create_dir_all(&self.folder)?;
            fs::write(&part, bytes)?;
            fs::rename(&part, &path)
        };
        write().map_err(|source| PicturesError::Io { path: path.clone(), source })?;
        self.note(url, Answer::Kept(kept))
    }

    /// Records a permanent failure of `url`.
    ///
    /// # Errors
    ///
    /// The index cannot be written.
    pub fn fail(&mut self, url: &str, reason: String) -> Result<(), PicturesError> {
        self.note(url, Answer::Failed(reason))
    }

    fn note(&mut self, url: &str, answer: Answer) -> Result<(), PicturesError> {
        let path = self.folder.join(INDEX);
        let line = Line { url: url.to_owned(), answer };
        let write = || -> io::Result<Vec<u8>> {
            let mut bytes = Vec::new();
            if !self.index.is_empty() && !self.index.ends_with(b"\n") {
                bytes.push(b'\n');
            }
            serde_json::to_writer(&mut bytes, &line)?;
            bytes.push(b'\n');
            fs::create_dir_all(&self.folder)?;
            let mut file: File = OpenOptions::new().create(true).append(true).open(&path)?;
            file.write_all(&bytes)?;
            Ok(bytes)
        };
        let written = write().map_err(|source| PicturesError::Io { path: path.clone(), source })?;
        self.index.extend(written);
        self.answers.insert(line.url, line.answer);
        Ok(())
    }
}

fn file_name(name: &str) -> String {
    format!("{name}.webp")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stored_images_survive_and_a_truncated_line_is_ignored() {
        let place = tempfile::tempdir().unwrap();
        let folder = place.path().join("pictures");
        let mut store = Store::open(&folder).unwrap();
        store.keep("https://a.example/1.jpg", b"one", (3, 4)).unwrap();
        store.fail("https://a.example/2.jpg", "404".to_owned()).unwrap();
        let mut torn = fs::read(folder.join(INDEX)).unwrap();
        torn.extend(br#"{"url":"https://a.exa"#);
        fs::write(folder.join(INDEX), torn).unwrap();
        let mut store = Store::open(&folder).unwrap();
        let kept = store.kept("https://a.example/1.jpg").unwrap().clone();
        assert_eq!((kept.size, kept.bytes), ((3, 4), 3));
        assert_eq!(fs::read(store.file(&kept)).unwrap(), b"one");
        assert!(
            store.has_failed("https://a.example/2.jpg") && store.kept("https://a.example/2.jpg").is_none()
        );
        let before = store.digest();
        store.keep("https://a.example/2.jpg", b"one", (3, 4)).unwrap();
        assert_ne!(store.digest(), before);
        let store = Store::open(&folder).unwrap();
        assert_eq!(store.kept("https://a.example/2.jpg"), Some(&kept), "the last line counts");
        store.check(&kept).unwrap();
        fs::write(store.file(&kept), "o").unwrap();
        assert!(matches!(store.check(&kept), Err(PicturesError::Damaged(_))));
        assert!(matches!(Store::open_filled(&place.path().join("typo")), Err(PicturesError::None(_))));
    }
}
