//! Archive writer: articles become the files of an archive in memory (native only).

mod duplicates;
pub(crate) mod encode;
pub mod gzip;
pub(crate) mod index;
mod pack_bounds;
mod related;
pub use encode::{ArchiveLayout, EncodedArchive};
pub(crate) use encode::{encode, manifest};
