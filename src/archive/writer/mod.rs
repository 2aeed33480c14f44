//! Archive writer: articles become the files of an archive in memory (native only).

mod byte_counts;
mod duplicates;
pub(crate) mod encode;
mod error;
mod file_budget;
mod format_version;
pub mod gzip;
pub(crate) mod index;
mod metadata;
mod output_files;
mod pack_bounds;
mod progress;
mod related;
mod term_relations;
mod terms;
mod title_suffixes;
pub use byte_counts::ByteCounts;
pub use encode::{ArchiveLayout, EncodedArchive, WriteOptions};
pub(crate) use encode::{encode, manifest};
pub use error::WriteError;
pub use file_budget::{DEFAULT_MAX_FILES, FileBudget};
pub use metadata::{ArchiveMetadata, MergedSources};
pub use progress::WriteProgress;
pub use title_suffixes::TitleSuffixes;
pub(crate) use title_suffixes::title_suffixes;
