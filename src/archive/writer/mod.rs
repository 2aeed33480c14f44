//! Archive writer: articles become the files of an archive in memory (native only).

mod byte_counts;
mod duplicates;
pub(crate) mod encode;
mod error;
mod format_version;
pub mod gzip;
pub(crate) mod index;
mod metadata;
mod pack_bounds;
mod progress;
mod related;
mod terms;
mod title_suffixes;
pub use byte_counts::ByteCounts;
pub use encode::{ArchiveLayout, EncodedArchive};
pub(crate) use encode::{encode, manifest};
pub use error::WriteError;
pub use metadata::{ArchiveMetadata, MergedSources};
pub use progress::WriteProgress;
pub use title_suffixes::TitleSuffixes;
pub(crate) use title_suffixes::title_suffixes;
