//! Archive format: written by the bundler, read by the app and the command line.
//!
//! ```text
//! archive.json                 manifest; a small archive is this one file with its articles
//! archive/HASH.json.gz         files of a large archive, named by content hash:
//!     pages                    128 rows each, and the names of the packs with their articles
//!     packs                    a few whole articles each; an earlier version has a pack of its own
//!     pack tables              the pack of each ordinal
//!     facets                   day, source, language and length of every ordinal
//!     ids                      id → ordinal, sharded by leading id bits
//!     word leaves              the index shard of each word
//! archive/related-HASH/N.json.gz  related articles of the articles of page N
//! archive/index-HASH/N.bin        index: characters, bigrams and words → ordinals
//! ```
//!
//! An article's *ordinal* is its position in the order (time, id), undated articles first. Tables refer to
//! ordinals; links and user data refer to ids. [`Archive`] reads both layouts through the trait [`Store`],
//! verifies each file against its content hash, and validates lengths, ranges and order before use.

mod bits;
mod cache;
mod days;
mod error;
mod facets;
mod ids;
mod lengths;
mod manifest;
mod packs;
mod page;
mod postings;
mod reader;
mod salvage;
mod shard;
mod store;
mod units;

pub use bits::BitWriter;
pub use days::DateIndex;
pub use error::{ArchiveError, StoreError};
pub use facets::{FacetColumn, Facets};
pub use ids::{IdShard, shard_bits};
pub use lengths::{LengthBucket, LengthTable};
pub use manifest::{BuildStats, ImagePolicy, Manifest, Months, SKIP_REASONS, Source, FileIndex, FORMAT_VERSION, is_content_hash};
pub use packs::{PackTable, packs_per_table};
pub use page::{ROWS_PER_PAGE, Page};
pub use postings::{Postings, Impact};
pub use reader::Archive;
pub use shard::{BigramKey, IndexManifest, WordDirectoryLeaf, checksum, encode_ngrams, encode_words, shard_of, shard_path};
pub use store::{MAX_FILE_BYTES, Store, frame_with_checksum};
pub use units::{IndexTerm, split_title, for_each_impact};

/// Path of the manifest, the entry file of every archive.
pub const MANIFEST_FILE: &str = "archive.json";

/// Folder of all other files.
pub const FILES_DIR: &str = "archive";

/// Returns the path of the file with content hash `name`, relative to the archive's folder.
pub fn file_path(name: &str) -> String {
    format!("archive/{name}.json.gz")
}

/// Returns the path of the related lists of page `page`; `name` is their common name.
pub fn related_path(name: &str, page: u32) -> String {
    format!("archive/related-{name}/{page}.json.gz")
}

/// Compares articles by time, undated first, then by id.
pub fn ordinal_order(a: &crate::model::Article, b: &crate::model::Article) -> std::cmp::Ordering {
    (a.time, a.id).cmp(&(b.time, b.id))
}
