//! Metadata of an archive that is not part of its articles.

use super::TitleSuffixes;
use crate::archive::ImagePolicy;
use crate::model::Lang;
use std::collections::BTreeMap;

/// Other keys of merged sources, by the key that their articles have.
pub type MergedSources = BTreeMap<String, Vec<String>>;

/// Title, language and other settings of an archive.
pub struct ArchiveMetadata<'a> {
    /// Title of the archive.
    pub title: &'a str,
    /// Description, one sentence.
    pub description: &'a str,
    /// Interface language.
    pub lang: Option<Lang>,
    /// Name of the time zone.
    pub zone: &'a str,
    /// Default policy for remote images.
    pub images: ImagePolicy,
    /// Licence of the archive, one sentence.
    pub licence: &'a str,
    /// Display name of a source, by its key.
    pub source_name: &'a dyn Fn(&str) -> String,
    /// Suffixes that are not displayed.
    pub title_suffixes: &'a TitleSuffixes,
    /// Sources that were merged.
    pub merged_sources: &'a MergedSources,
}
