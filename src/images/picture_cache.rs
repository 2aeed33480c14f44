//! Cache of pictures that come with articles, reduced: each is reduced once, and again only when it has changed.

use super::store::{ImageStore, ImageStoreError};
#[cfg(feature = "pictures")]
use crate::bundle::Digest;
use crate::file_error::FileError;
use crate::ingest::{KeptPicture, PictureKeeper};
#[cfg(feature = "pictures")]
use crate::model::content_hash;
use crate::model::{ArchivedImage, Article, Block};
use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use tempfile::TempDir;

/// Version of the reduction. Another version reduces every picture again.
#[cfg(feature = "pictures")]
const REDUCTION: &str = "2";

/// Reduced pictures in a folder.
pub struct PictureCache {
    contents: Mutex<Contents>,
    folder: PathBuf,
    _temporary: Option<TempDir>,
}

struct Contents {
    store: ImageStore,
    /// Keys that this build has asked for.
    used: HashSet<String>,
}

impl PictureCache {
    /// Opens the cache in `folder`; a missing or damaged folder is an empty cache.
    ///
    /// # Errors
    ///
    /// The folder cannot be read.
    pub fn open(folder: &Path) -> Result<PictureCache, ImageStoreError> {
        let store = ImageStore::open(folder).or_else(|_| {
            // Everything in the cache can be made again.
            let _ = std::fs::remove_dir_all(folder);
            ImageStore::open(folder)
        })?;
        Ok(PictureCache {
            contents: Mutex::new(Contents { store, used: HashSet::new() }),
            folder: folder.to_owned(),
            _temporary: None,
        })
    }

    /// Creates a cache that is deleted with the value.
    ///
    /// # Errors
    ///
    /// No temporary folder can be made.
    pub fn temporary() -> Result<PictureCache, ImageStoreError> {
        let folder = tempfile::tempdir().map_err(FileError::write(std::env::temp_dir()))?;
        let cache = PictureCache::open(folder.path())?;
        Ok(PictureCache { _temporary: Some(folder), ..cache })
    }

    /// Returns the files of the pictures that `articles` show, by path relative to the site.
    ///
    /// # Errors
    ///
    /// An article cannot be read.
    pub fn files<E>(
        &self,
        articles: impl Iterator<Item = Result<Article, E>>,
    ) -> Result<BTreeMap<String, PathBuf>, E> {
        let mut files = BTreeMap::new();
        for article in articles {
            for body in article?.bodies() {
                body.for_each_block(|block| {
                    if let Block::Figure(figure) = block
                        && let Some(image) = &figure.archived
                    {
                        files.insert(image.path(), self.path(image));
                    }
                });
            }
        }
        Ok(files)
    }

    /// Returns the path of a kept picture.
    pub fn path(&self, image: &ArchivedImage) -> PathBuf {
        self.folder.join(format!("{}.webp", image.name()))
    }

    /// Removes the pictures that no article has used since the cache was opened.
    ///
    /// # Errors
    ///
    /// The index cannot be written.
    pub fn remove_unused(&self) -> Result<(), ImageStoreError> {
        let mut contents = self.contents();
        let Contents { store, used } = &mut *contents;
        store.retain(&|key| used.contains(key))
    }

    fn contents(&self) -> MutexGuard<'_, Contents> {
        self.contents.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(feature = "pictures")]
impl PictureKeeper for PictureCache {
    fn keep(&self, picture: &[u8]) -> Result<Option<KeptPicture>, String> {
        use super::resize::{MIN_SIDE, ResizeError, ResizedImage, resize_untrusted};
        use super::undecoded::UndecodedKind;
        let key = format!("{REDUCTION}-{}", Digest::compute(picture));
        let known = {
            let mut contents = self.contents();
            contents.used.insert(key.clone());
            contents.store.get(&key).filter(|kept| contents.store.verify(kept).is_ok()).cloned()
        };
        if let Some(kept) = known {
            return Ok(kept_picture(&kept.name, kept.size));
        }
        let reduced = match UndecodedKind::from_content(picture) {
            Some(kind) => {
                let size = kind.size(picture).map_err(|error| error.to_string())?;
                let size = size.filter(|&(width, height)| width >= MIN_SIDE && height >= MIN_SIDE);
                let Some(size) = size else { return Ok(None) };
                ResizedImage { bytes: picture.to_vec(), size }
            }
            None => match resize_untrusted(picture) {
                Ok(reduced) => reduced,
                Err(ResizeError::TooSmall) => return Ok(None),
                Err(error) => return Err(error.to_string()),
            },
        };
        let stored = self.contents().store.insert(&key, &reduced.bytes, reduced.size);
        stored.map_err(|error| error.to_string())?;
        Ok(kept_picture(&content_hash(&reduced.bytes), reduced.size))
    }
}

#[cfg(not(feature = "pictures"))]
impl PictureKeeper for PictureCache {
    fn keep(&self, _: &[u8]) -> Result<Option<KeptPicture>, String> {
        Err("this program was built without the feature `pictures`".to_owned())
    }
}

#[cfg(feature = "pictures")]
fn kept_picture(name: &str, size: (u32, u32)) -> Option<KeptPicture> {
    Some(KeptPicture { image: ArchivedImage::from_hash(name)?, size })
}
