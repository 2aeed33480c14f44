//! The archive: what the bundler writes and the app and the command line read.
//!
//! ```text
//! archive.json                 the manifest; a small archive has its articles inside and is done
//! archive/HASH.json.gz         a large one keeps them in files named by their content:
//!     pages                    128 rows each, and the names of the packs their texts lie in
//!     packs                    a few whole articles each; an earlier version lies in a pack of its own
//!     days                     how many articles each day has: the date of every ordinal
//!     column                   source and language of every ordinal, one byte each
//!     ids                      id → ordinal, sharded by the id's first bits
//! ```
//!
//! Articles are numbered by their *ordinal*, the position in the order (time, id), undated first. Tables
//! speak of ordinals; links and readers' data speak of ids. [`Archive`] reads both layouts through one
//! small trait, [`Store`], and checks lengths, ranges and order of what it reads before it trusts it.

mod cache;
mod column;
mod days;
mod error;
mod ids;
mod manifest;
mod page;
mod reader;

pub use column::Column;
pub use days::Days;
pub use error::{ArchiveError, StoreError};
pub use ids::{IdShard, shard_bits};
pub use manifest::{Images, Manifest, Months, Source, Tables, VERSION};
pub use page::{PAGE, Page};
pub use reader::{Archive, Store};

/// The name of the file that every archive begins with.
pub const ENTRY: &str = "archive.json";

/// The path of the content-named file `name` below the archive's folder.
pub fn file_path(name: &str) -> String {
    format!("archive/{name}.json.gz")
}

/// The order of articles: by time, undated first, then by id.
pub fn ordinal_order(a: &crate::model::Article, b: &crate::model::Article) -> std::cmp::Ordering {
    (a.time, a.id).cmp(&(b.time, b.id))
}
