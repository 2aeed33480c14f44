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
//!     names                    authors and tags, each with its ordinals; absent if there are none
//!     word leaves              the index shard of each word
//!     terms                    frequent words of titles, with the pinyin of their characters
//! archive/related-HASH/N.json.gz  related articles of the articles of page N
//! archive/index-HASH/N.bin        index: characters, bigrams and words → ordinals; the lexicon
//! ```
//!
//! An article's *ordinal* is its position in the order (time, id), undated articles first. Tables refer to
//! ordinals; links and user data refer to ids. [`Archive`] reads both layouts through the trait
//! [`Store`](reader::Store), verifies each file against its content hash, and validates lengths, ranges and order
//! before use.

pub mod index;
mod overview;
#[cfg(not(target_arch = "wasm32"))]
pub mod writer;
pub use overview::{has_facets, has_latin_letters, has_timeline, time_value_count, years_with_articles};
mod date_index;
mod error;
mod facet_table;
mod id_table;
mod manifest;
mod name_table;
mod pack_table;
mod page;
pub mod reader;
mod terms;

pub use date_index::DateIndex;
pub use error::{ArchiveError, FORMAT_VERSION, StoreError, StoreErrorKind};
pub use facet_table::{FacetColumn, Facets};
pub use id_table::{IdShard, shard_bits};
pub use manifest::{BuildStats, FileIndex, ImagePolicy, Manifest, Months, SKIP_REASONS, Source};
pub use name_table::{Name, NameTables};
pub use pack_table::{PackTable, packs_per_table};
pub use page::{Page, ROWS_PER_PAGE};
pub use reader::Archive;
pub use terms::{RELATED_TERMS, TermList};

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
