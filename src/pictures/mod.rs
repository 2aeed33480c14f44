//! Pictures that lie at publishers' hosts, fetched once and kept smaller beside the article files.
//!
//! ```text
//! addresses, newest article first ─▶ client ─▶ reduce ─▶ store ─▶ a build puts them into the site
//! a few hosts at a time, none twice   bytes    WebP     a folder
//! ```
//!
//! Addresses come from articles that anybody may have written: nothing on this machine's own network is asked unless
//! that is wanted, and what comes is bounded in bytes and pixels before anything is decoded.

mod client;
mod queue;
mod reduce;
mod store;

pub use queue::{Fetched, Limits, fetch};
pub use store::{Kept, PicturesError, Store};

use crate::model::{Article, Block, KeptImage, each_block, each_block_mut};
use std::collections::{BTreeMap, HashSet};
use std::path::PathBuf;

/// A picture to fetch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// In the order in which they are tried; the first is the one in the article, by which the picture is known.
    addresses: Vec<String>,
    /// Which of them is tried next.
    at: usize,
    /// Whether one of those before may have it another time.
    may_come: bool,
}

impl Wanted {
    fn url(&self) -> &str {
        self.addresses.first().map_or("", String::as_str)
    }

    fn address(&self) -> &str {
        self.addresses.get(self.at).map_or("", String::as_str)
    }

    /// The host to ask next.
    fn host(&self) -> &str {
        let rest = self.address().split_once("://").map_or("", |(_, rest)| rest);
        rest.split(['/', '?', '#']).next().unwrap_or_default()
    }
}

/// The pictures of `articles`, which are in the order of their ordinals: those of the newest first, each once.
pub fn wanted(articles: &[Article]) -> Vec<Wanted> {
    let mut seen = HashSet::new();
    let mut wanted = Vec::new();
    for article in articles.iter().rev() {
        each_block(&article.body.blocks, &mut |block| {
            if let Block::Figure(figure) = block
                && !figure.src.is_local()
                && seen.insert(figure.src.as_str().to_owned())
            {
                let addresses = [Some(&figure.src), figure.fallback.as_ref()].into_iter().flatten();
                let addresses = addresses.map(|address| address.as_str().to_owned()).collect();
                wanted.push(Wanted { addresses, at: 0, may_come: false });
            }
        });
    }
    wanted
}

/// Has figures name the pictures that `store` keeps. The files, by their path below the site's folder.
///
/// # Errors
///
/// A file is not what the store says, as after a copy that was cut short.
pub fn place(articles: &mut [Article], store: &Store) -> Result<BTreeMap<String, PathBuf>, PicturesError> {
    let (mut files, mut failed) = (BTreeMap::new(), None);
    for article in articles {
        each_block_mut(&mut article.body.blocks, &mut |block| {
            if let Block::Figure(figure) = block
                && let Some(kept) = store.kept(figure.src.as_str())
                && let Some(image) = KeptImage::of(&kept.name)
            {
                files.insert(image.path(), store.file(kept));
                failed = store.check(kept).err().or(failed.take());
                figure.kept = Some(image);
                figure.size = Some(kept.size);
            }
        });
    }
    failed.map_or(Ok(files), Err)
}
