//! Notices about the network and newer versions of the site.

pub mod notice;
pub use notice::offline_notice;
