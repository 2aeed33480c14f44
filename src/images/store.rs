//! Store of fetched images between builds.
//!
//! ```text
//! index.jsonl      one line per URL: the image, or the reason of a permanent failure
//! 0a1b2c3d.webp    image, named by its content
//! ```
//!
//! A line is appended after its image is written, so that a run stopped at any moment loses at most the current
//! image. The last line of a URL counts.

use crate::bundle::{BuildError, Digest, write_whole};
use crate::file_error::FileError;
use crate::model::content_hash;
use serde::{Deserialize, Serialize};
use std::collections::{HashMap, HashSet};
use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

/// Stored image.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredImage {
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
enum FetchResult {
    #[serde(rename = "kept")]
    Image(StoredImage),
    /// Reason of a permanent failure.
    Failed(String),
}

#[derive(Serialize, Deserialize)]
struct IndexLine {
    url: String,
    #[serde(flatten)]
    result: FetchResult,
}

/// Error of the image store.
#[derive(Debug, thiserror::Error)]
pub enum ImageStoreError {
    /// A file cannot be read or written.
    #[error(transparent)]
    File(#[from] FileError),
    /// Nothing was ever fetched into the folder.
    #[error("no fetched images in {folder}: run `sheaf pictures SEEDS_DIR --into {folder}` to fetch them", folder = .0.display())]
    Empty(PathBuf),
    /// The index of the folder is a file of another program.
    #[error("{} was not written by `sheaf pictures`: name another folder", .0.display())]
    Foreign(PathBuf),
    /// A stored file is missing or truncated.
    #[error("image {} is missing or truncated: run `sheaf pictures` to fetch the file again", .0.display())]
    Damaged(PathBuf),
}

impl From<ImageStoreError> for BuildError {
    fn from(error: ImageStoreError) -> BuildError {
        BuildError::Images(Box::new(error))
    }
}

/// Images of a folder.
#[derive(Debug)]
pub struct ImageStore {
    folder: PathBuf,
    results: HashMap<String, FetchResult>,
    index_bytes: Vec<u8>,
}

const INDEX_FILE: &str = "index.jsonl";

impl ImageStore {
    /// Opens the store in `folder`; a missing folder is an empty store.
    ///
    /// # Errors
    ///
    /// The index cannot be read.
    pub fn open(folder: &Path) -> Result<ImageStore, ImageStoreError> {
        let index = match fs::read(folder.join(INDEX_FILE)) {
            Err(error) if error.kind() == ErrorKind::NotFound => Vec::new(),
            read => read.map_err(FileError::read(folder.join(INDEX_FILE)))?,
        };
        // A truncated line is ignored, and its image is fetched again.
        let lines = index
            .split(|&byte| byte == b'\n')
            .filter_map(|line| serde_json::from_slice::<IndexLine>(line).ok());
        let results: HashMap<String, FetchResult> = lines.map(|line| (line.url, line.result)).collect();
        if results.is_empty() && index.contains(&b'\n') {
            return Err(ImageStoreError::Foreign(folder.join(INDEX_FILE)));
        }
        Ok(ImageStore { folder: folder.to_owned(), results, index_bytes: index })
    }

    /// Opens a store that must not be empty.
    ///
    /// # Errors
    ///
    /// Nothing was fetched into the folder, or its index cannot be read.
    pub fn open_existing(folder: &Path) -> Result<ImageStore, ImageStoreError> {
        let store = ImageStore::open(folder)?;
        if store.index_bytes.is_empty() { Err(ImageStoreError::Empty(folder.to_owned())) } else { Ok(store) }
    }

    /// Removes files that a killed run left half-written. A failure leaves them for the next run.
    #[cfg(feature = "pictures")]
    pub(super) fn remove_parts(&self) {
        let entries = fs::read_dir(&self.folder).into_iter().flatten().flatten();
        for path in entries.map(|entry| entry.path()) {
            let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
            // An earlier version named parts by this suffix.
            let is_old_part = name.strip_suffix(".webp.part").is_some_and(crate::model::is_content_hash);
            if is_old_part || crate::bundle::is_part(name) {
                let _ = fs::remove_file(&path);
            }
        }
    }

    /// Verifies that the file of an image exists with its recorded size.
    pub(super) fn verify(&self, kept: &StoredImage) -> Result<(), ImageStoreError> {
        let path = self.path(kept);
        let is_whole = fs::metadata(&path).is_ok_and(|file| file.is_file() && file.len() == kept.bytes);
        if is_whole { Ok(()) } else { Err(ImageStoreError::Damaged(path)) }
    }

    /// Returns the digest of everything that a build reads from the store.
    pub fn digest(&self) -> Digest {
        Digest::compute(&self.index_bytes)
    }

    /// Returns the stored image of a URL.
    pub fn get(&self, url: &str) -> Option<&StoredImage> {
        match self.results.get(url)? {
            FetchResult::Image(image) => Some(image),
            FetchResult::Failed(_) => None,
        }
    }

    /// Returns `true` if a URL is known to fail permanently.
    pub fn has_failed(&self, url: &str) -> bool {
        matches!(self.results.get(url), Some(FetchResult::Failed(_)))
    }

    /// Returns the path of an image.
    pub fn path(&self, kept: &StoredImage) -> PathBuf {
        self.folder.join(file_name(&kept.name))
    }

    /// Stores the image of `url`.
    ///
    /// # Errors
    ///
    /// The file or the index cannot be written.
    pub fn insert(&mut self, url: &str, bytes: &[u8], size: (u32, u32)) -> Result<(), ImageStoreError> {
        let kept = StoredImage { name: content_hash(bytes), size, bytes: bytes.len() as u64 };
        fs::create_dir_all(&self.folder).map_err(FileError::write(&self.folder))?;
        write_whole(&self.path(&kept), bytes)?;
        self.append_result(url, FetchResult::Image(kept))
    }

    /// Records a permanent failure of `url`.
    ///
    /// # Errors
    ///
    /// The index cannot be written.
    pub fn insert_failure(&mut self, url: &str, reason: String) -> Result<(), ImageStoreError> {
        self.append_result(url, FetchResult::Failed(reason))
    }

    /// Removes the results of all URLs for which `is_used` is false, and the files that no other URL has.
    ///
    /// # Errors
    ///
    /// The index cannot be written.
    pub(super) fn retain(&mut self, is_used: &dyn Fn(&str) -> bool) -> Result<(), ImageStoreError> {
        let (kept, removed): (HashMap<_, _>, HashMap<_, _>) =
            std::mem::take(&mut self.results).into_iter().partition(|(url, _)| is_used(url));
        self.results = kept;
        if removed.is_empty() {
            return Ok(());
        }
        let mut results: Vec<(&String, &FetchResult)> = self.results.iter().collect();
        results.sort_by_key(|(url, _)| *url);
        let lines = results.into_iter().map(|(url, result)| self.index_line(url, result));
        let bytes = lines.collect::<Result<Vec<_>, _>>()?.concat();
        write_whole(&self.folder.join(INDEX_FILE), &bytes)?;
        self.index_bytes = bytes;
        let images = |results: &HashMap<String, FetchResult>| -> HashSet<String> {
            let images = results.values().filter_map(|result| match result {
                FetchResult::Image(image) => Some(image.name.clone()),
                FetchResult::Failed(_) => None,
            });
            images.collect()
        };
        for name in images(&removed).difference(&images(&self.results)) {
            // A file that stays does no harm.
            let _ = fs::remove_file(self.folder.join(file_name(name)));
        }
        Ok(())
    }

    fn append_result(&mut self, url: &str, result: FetchResult) -> Result<(), ImageStoreError> {
        let path = self.folder.join(INDEX_FILE);
        let mut line = self.index_line(url, &result)?;
        if !self.index_bytes.is_empty() && !self.index_bytes.ends_with(b"\n") {
            line.insert(0, b'\n');
        }
        let write = || -> io::Result<()> {
            fs::create_dir_all(&self.folder)?;
            let mut file: File = OpenOptions::new().create(true).append(true).open(&path)?;
            file.write_all(&line)
        };
        write().map_err(FileError::write(&path))?;
        self.index_bytes.extend(line);
        self.results.insert(url.to_owned(), result);
        Ok(())
    }

    /// Returns the line of a URL in the index, with its line end.
    fn index_line(&self, url: &str, result: &FetchResult) -> Result<Vec<u8>, FileError> {
        let line = IndexLine { url: url.to_owned(), result: result.clone() };
        let encoded = serde_json::to_vec(&line).map_err(io::Error::from);
        let mut bytes = encoded.map_err(FileError::write(self.folder.join(INDEX_FILE)))?;
        bytes.push(b'\n');
        Ok(bytes)
    }
}

fn file_name(name: &str) -> String {
    format!("{name}.webp")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bundle::is_part;

    #[test]
    fn stored_images_survive_and_a_truncated_line_is_ignored() {
        let place = tempfile::tempdir().unwrap();
        let folder = place.path().join("pictures");
        let mut store = ImageStore::open(&folder).unwrap();
        store.insert("https://a.example/1.jpg", b"one", (3, 4)).unwrap();
        store.insert_failure("https://a.example/2.jpg", "404".to_owned()).unwrap();
        let mut torn = fs::read(folder.join(INDEX_FILE)).unwrap();
        torn.extend(br#"{"url":"https://a.exa"#);
        fs::write(folder.join(INDEX_FILE), torn).unwrap();
        let mut store = ImageStore::open(&folder).unwrap();
        let kept = store.get("https://a.example/1.jpg").unwrap().clone();
        assert_eq!((kept.size, kept.bytes), ((3, 4), 3));
        assert_eq!(fs::read(store.path(&kept)).unwrap(), b"one");
        assert!(
            store.has_failed("https://a.example/2.jpg") && store.get("https://a.example/2.jpg").is_none()
        );
        let before = store.digest();
        store.insert("https://a.example/2.jpg", b"one", (3, 4)).unwrap();
        assert_ne!(store.digest(), before);
        let store = ImageStore::open(&folder).unwrap();
        assert_eq!(store.get("https://a.example/2.jpg"), Some(&kept), "the last line counts");
        store.verify(&kept).unwrap();
        fs::write(store.path(&kept), "o").unwrap();
        assert!(matches!(store.verify(&kept), Err(ImageStoreError::Damaged(_))));
        fs::write(folder.join(INDEX_FILE), "{\"id\":1}\n").unwrap();
        assert!(matches!(ImageStore::open(&folder), Err(ImageStoreError::Foreign(_))));
        assert!(matches!(
            ImageStore::open_existing(&place.path().join("typo")),
            Err(ImageStoreError::Empty(_))
        ));
    }

    #[test]
    fn retained_results_replace_the_index_in_one_step() {
        let place = tempfile::tempdir().unwrap();
        let folder = place.path();
        let mut store = ImageStore::open(folder).unwrap();
        let urls = ["https://a.example/2.jpg", "https://a.example/1.jpg", "https://a.example/3.jpg"];
        store.insert(urls[0], b"two", (3, 4)).unwrap();
        store.insert(urls[1], b"one", (3, 4)).unwrap();
        store.insert_failure(urls[2], "404".to_owned()).unwrap();
        let removed = store.path(store.get(urls[0]).unwrap());
        let (index, old) = (folder.join(INDEX_FILE), folder.join("old.jsonl"));
        fs::hard_link(&index, &old).unwrap();
        let before = fs::read(&index).unwrap();
        store.retain(&|url| url != urls[0]).unwrap();
        assert_eq!(fs::read(&old).unwrap(), before, "the old index is replaced, not overwritten");
        assert!(!removed.exists());
        let reopened = ImageStore::open(folder).unwrap();
        assert_eq!(reopened.digest(), store.digest());
        assert!(reopened.get(urls[0]).is_none() && reopened.has_failed(urls[2]));
        reopened.verify(reopened.get(urls[1]).unwrap()).unwrap();
        let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
        assert!(names.into_iter().all(|name| !is_part(&name.to_string_lossy())));
    }
}
