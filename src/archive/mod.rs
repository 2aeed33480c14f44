//! The archive: what the bundler writes and the app and the command line read.
//!
//! ```text
//! archive.json                 the manifest; a small archive has its articles inside and is done
//! archive/HASH.json.gz         a large one keeps them in files named by their content:
//!     pages                    128 rows each, and the names of the packs their texts lie in
//!     packs                    a few whole articles each; an earlier version lies in a pack of its own
//!     pack tables              which pack each ordinal lies in
//!     facets                   day, source and language of every ordinal
//!     ids                      id → ordinal, sharded by the id's first bits
//!     word leaves              which shard of the index a word lies in
//! archive/related-HASH/N.json.gz  for each article of page N those most like it
//! archive/index-HASH/N.bin        the index: characters, pairs of them and words → ordinals
//! ```
//!
//! Articles are numbered by their *ordinal*, the position in the order (time, id), undated first. Tables
//! speak of ordinals; links and readers' data speak of ids. [`Archive`] reads both layouts through one
//! small trait, [`Store`], holds each file against its name, and checks lengths, ranges and order of what it
//! reads before it trusts it.

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
pub use days::Days;
pub use error::{ArchiveError, StoreError};
pub use facets::{Column, Facets};
pub use ids::{IdShard, shard_bits};
pub use lengths::{Length, Lengths};
pub use manifest::{Built, Images, Manifest, Months, SKIPPED, Source, Tables, VERSION, is_name};
pub use packs::{PackTable, table_size};
pub use page::{PAGE, Page};
pub use postings::{Postings, Weight};
pub use reader::Archive;
pub use shard::{CharKey, IndexTables, WordLeaf, checksum, encode_chars, encode_words, shard_of, shard_path};
pub use store::{LARGEST, Store, seal_list};
pub use units::{Unit, title_and_body, weigh_unit};

/// The name of the file that every archive begins with.
pub const ENTRY: &str = "archive.json";

/// The folder of all other files.
pub const FOLDER: &str = "archive";

/// The path of the content-named file `name` below the archive's folder.
pub fn file_path(name: &str) -> String {
    format!("archive/{name}.json.gz")
}

/// The path of the lists of related articles of page `page`, of all that are called `name`.
pub fn related_path(name: &str, page: u32) -> String {
    format!("archive/related-{name}/{page}.json.gz")
}

/// The order of articles: by time, undated first, then by id.
pub fn ordinal_order(a: &crate::model::Article, b: &crate::model::Article) -> std::cmp::Ordering {
    (a.time, a.id).cmp(&(b.time, b.id))
}
