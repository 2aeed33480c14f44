//! Archive writer: articles become the files of an archive in memory (native only).

mod encode;
pub mod gzip;
mod index;
mod pack_bounds;
mod related;
mod duplicates;
pub(crate) use encode::{encode, manifest};
pub use encode::{ArchiveLayout, EncodedArchive};
