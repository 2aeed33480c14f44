//! Images of articles, reduced: remote ones, which are fetched once, and those that come with the articles.
//!
//! ```text
//! URLs, newest article first ─▶ client ─▶ reduce ─▶ store ─▶ copied into the site by a build
//! few hosts at a time                bytes    WebP     folder
//!
//! pictures of the input ────────────────▶ reduce ─▶ cache ─▶ copied into the site by the same build
//! ```
//!
//! AVIF pictures of the input are kept as they are.
//!
//! The URLs come from untrusted articles: private networks are blocked unless allowed, and responses are bounded in
//! bytes and pixels before decoding.

#[cfg(feature = "pictures")]
mod client;
mod picture_cache;
#[cfg(feature = "pictures")]
mod resize;
#[cfg(feature = "pictures")]
mod scheduler;
mod store;
#[cfg(feature = "pictures")]
mod undecoded;

pub use picture_cache::PictureCache;
#[cfg(feature = "pictures")]
pub use scheduler::{FetchLimits, FetchSummary, fetch_images};
pub use store::{ImageStore, ImageStoreError, StoredImage};

use crate::model::{ArchivedImage, Article, Block, Document, for_each_block_mut};
use std::collections::{BTreeMap, HashSet};
use std::path::PathBuf;

/// Request for one image.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImageRequest {
    /// Candidate URLs in order; the first is the one in the article and identifies the image.
    addresses: Vec<String>,
    /// Index of the next URL.
    next_address: usize,
    /// `true` if an earlier URL failed transiently.
    has_transient_failure: bool,
    /// Number of times that the host asked to wait.
    throttle_count: u32,
}

#[cfg(feature = "pictures")]
impl ImageRequest {
    fn url(&self) -> &str {
        self.addresses.first().map_or("", String::as_str)
    }

    fn current_address(&self) -> &str {
        self.addresses.get(self.next_address).map_or("", String::as_str)
    }

    /// Returns the host of the next URL.
    fn host(&self) -> &str {
        let rest = self.current_address().split_once("://").map_or("", |(_, rest)| rest);
        rest.split(['/', '?', '#']).next().unwrap_or_default()
    }
}

/// Returns the images of `articles`, newest first: each once, in their order. Images that came with an article need no
/// request.
///
/// # Errors
///
/// An article cannot be read.
pub fn image_requests<E>(articles: impl Iterator<Item = Result<Article, E>>) -> Result<Vec<ImageRequest>, E> {
    let mut seen = HashSet::new();
    let mut wanted = Vec::new();
    for article in articles {
        article?.body.for_each_block(|block| {
            if let Block::Figure(figure) = block
                && figure.archived.is_none()
                && !figure.src.is_local()
                && seen.insert(figure.src.as_str().to_owned())
            {
                let addresses = [Some(&figure.src), figure.fallback.as_ref()].into_iter().flatten();
                let addresses = addresses.map(|address| address.as_str().to_owned()).collect();
                wanted.push(ImageRequest {
                    addresses,
                    next_address: 0,
                    has_transient_failure: false,
                    throttle_count: 0,
                });
            }
        });
    }
    Ok(wanted)
}

/// Makes the figures of `body` refer to the images in `store`, unless their images came with the article, and adds the
/// files to `files` by path relative to the site. Returns true if a figure has changed.
///
/// # Errors
///
/// A stored file does not match the index, for example after an interrupted copy.
pub fn install_images(
    body: &mut Document,
    store: &ImageStore,
    files: &mut BTreeMap<String, PathBuf>,
) -> Result<bool, ImageStoreError> {
    let (mut has_changed, mut failed) = (false, None);
    for_each_block_mut(&mut body.blocks, &mut |block| {
        if let Block::Figure(figure) = block
            && figure.archived.is_none()
            && let Some(kept) = store.get(figure.src.as_str())
            && let Some(image) = ArchivedImage::from_hash(&kept.name)
        {
            files.insert(image.path(), store.path(kept));
            failed = store.verify(kept).err().or(failed.take());
            figure.archived = Some(image);
            figure.size = Some(kept.size);
            has_changed = true;
        }
    });
    failed.map_or(Ok(has_changed), Err)
}
