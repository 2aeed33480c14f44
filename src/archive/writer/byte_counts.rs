//! Size of an archive.

use serde::{Deserialize, Serialize};

/// Bytes on disk, by kind of file. In a single-file archive all bytes count as the manifest's.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct ByteCounts {
    /// `archive.json`.
    pub manifest: u64,
    /// Catalogue pages.
    pub pages: u64,
    /// Texts of the articles.
    pub packs: u64,
    /// Texts of earlier versions.
    pub earlier: u64,
    /// Table of date, source and language per article.
    pub facets: u64,
    /// Table of the pack that holds each article.
    pub pack_tables: u64,
    /// Search index with its directory.
    pub index: u64,
    /// Lists of related articles.
    pub related: u64,
    /// Id tables.
    pub ids: u64,
    /// Table of authors and tags.
    #[serde(default)]
    pub names: u64,
    /// Fetched images.
    #[serde(default)]
    pub pictures: u64,
    /// Sum of all files.
    pub total: u64,
    /// Mean bytes of text per article: packs, or the single file, divided by the number of articles.
    pub text_per_article: u64,
    /// Number of files.
    pub files: u64,
    /// Number of other files of the site: app, static pages, offline list.
    #[serde(default)]
    pub other_files: u64,
}
