//! Manifest: the entry file of an archive.

use super::error::{ArchiveError, FORMAT_VERSION, describe_unexpected};
use super::facet_table::are_valid_groups;
use super::index::IndexManifest;
use super::page::ROWS_PER_PAGE;
use super::{MANIFEST_FILE, ordinal_order};
use crate::json_de;
use crate::model::{Article, Date, Lang, ZoneLabel, content_hash, is_content_hash};
use serde::{Deserialize, Serialize};

/// Content of `archive.json`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    /// Format version, at most [`FORMAT_VERSION`].
    #[serde(rename = "sheaf")]
    pub format_version: u32,
    /// Title of the archive; may be empty.
    pub title: String,
    /// Description in one sentence.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// Language of the interface, if the archive sets one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lang: Option<Lang>,
    /// Time zone in which days are counted.
    pub zone: ZoneLabel,
    /// Default image policy, until the reader changes the setting.
    #[serde(default)]
    pub images: ImagePolicy,
    /// Licence; empty if not stated.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub licence: String,
    /// Statistics of the build; absent in archives of earlier builds.
    #[serde(rename = "built", default, skip_serializing_if = "Option::is_none")]
    pub build_stats: Option<BuildStats>,
    /// Number of articles.
    pub count: u32,
    /// Number of undated articles.
    pub undated: u32,
    /// Sources, by descending number of articles.
    pub sources: Vec<Source>,
    /// Languages with their numbers of articles, descending.
    pub langs: Vec<(Lang, u32)>,
    /// Articles per month.
    pub months: Months,
    /// Groups of articles with identical bodies, in a small archive; see [`Facets`](super::Facets).
    #[serde(rename = "same", default, skip_serializing_if = "Vec::is_empty")]
    pub duplicates: Vec<Vec<u32>>,
    /// Ordinals of the related articles of each, in a small archive; see
    /// [`Archive::related`](super::Archive::related).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub related: Vec<Vec<u32>>,
    /// File names of a split archive.
    #[serde(rename = "tables", default, skip_serializing_if = "Option::is_none")]
    pub file_index: Option<FileIndex>,
    /// Articles of a small archive, in ordinal order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub articles: Vec<Article>,
    /// True if articles have authors or tags; not stored.
    #[serde(skip)]
    pub has_names: bool,
}

/// Source of articles.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// Key, as used by articles: a host or a folder.
    pub key: String,
    /// Display name.
    pub name: String,
    /// Number of articles.
    pub count: u32,
    /// Other keys of the source, which queries may name.
    #[serde(rename = "keys", default, skip_serializing_if = "Vec::is_empty")]
    pub other_keys: Vec<String>,
    /// Ends of titles that are names of the site, longest first.
    #[serde(rename = "suffixes", default, skip_serializing_if = "Vec::is_empty")]
    pub title_suffixes: Vec<String>,
}

/// Statistics of the input files. Each file is an article, another version of one, or skipped.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BuildStats {
    /// Number of input files.
    pub files: u32,
    /// Number of files that are other versions of an article.
    #[serde(default)]
    pub versions: u32,
    /// Number of skipped files per reason, one of [`SKIP_REASONS`]. Later builds may add reasons.
    #[serde(default)]
    pub skipped: Vec<(String, u32)>,
    /// Total bytes of all archive files except the manifest.
    #[serde(rename = "beside", default)]
    pub other_bytes: u64,
}

/// Reasons for skipping a file.
pub const SKIP_REASONS: [&str; 8] =
    ["hidden", "settings", "unreadable", "link", "special", "large", "empty", "binary"];

/// Policy for images on other hosts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ImagePolicy {
    /// Load the images of the open article.
    #[default]
    On,
    /// Load an image when tapped.
    Tap,
    /// Load none.
    Off,
}

/// Number of articles per month.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Months {
    /// [Month index](Date::month_index) of the first count.
    pub first: i32,
    /// Counts from the first to the last month with an article.
    pub counts: Vec<u32>,
}

/// File names of a split archive, each a [`content_hash`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileIndex {
    /// Catalogue pages, in order.
    pub pages: Vec<String>,
    /// Date file of version 1; later versions store the dates in the header of the column.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub days: Option<String>,
    /// Facet column, in chunks of `ARTICLES_PER_CHUNK` articles.
    #[serde(rename = "column")]
    pub facet_chunks: Vec<String>,
    /// Id shards, by leading id bits; the number is a power of two.
    pub ids: Vec<String>,
    /// Pack tables ([`PackTable`](super::PackTable)), each with the number of articles covered.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub packs: Vec<(String, u32)>,
    /// Common name of the related lists, one file per page; see [`related_path`](super::related_path).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub related: Option<String>,
    /// Names table ([`NameTables`](super::NameTables)), if articles have authors or tags.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub names: Option<String>,
    /// Size of the largest file in bytes, decompressed; 0 if unknown.
    #[serde(rename = "largest", default)]
    pub max_file_bytes: u32,
    /// Index, since version 2.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub index: Option<IndexManifest>,
    /// List of terms ([`TermList`](super::TermList)).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub terms: Option<String>,
}

#[derive(Deserialize)]
struct VersionOnly {
    #[serde(rename = "sheaf")]
    format_version: u32,
}

impl Manifest {
    /// Decodes and validates `archive.json`.
    pub fn decode(json: &[u8]) -> Result<Manifest, ArchiveError> {
        let damaged = |what: &dyn ToString| ArchiveError::damaged(MANIFEST_FILE, what.to_string());
        if !json.trim_ascii_start().starts_with(b"{") {
            return Err(damaged(&describe_unexpected(json)));
        }
        let version: VersionOnly = json_de::from_slice(json).map_err(|error| damaged(&error))?;
        if !(1..=FORMAT_VERSION).contains(&version.format_version) {
            return Err(ArchiveError::Version(version.format_version));
        }
        if version.format_version >= 3 && !has_valid_seal(version.format_version, json) {
            return Err(damaged(&"content hash mismatch"));
        }
        let mut manifest: Manifest = json_de::from_slice(json).map_err(|error| damaged(&error))?;
        manifest.validate().map_err(|what| damaged(&what))?;
        manifest.has_names = match &manifest.file_index {
            Some(tables) => tables.names.is_some(),
            None => manifest.articles.iter().any(|article| article.details.has_names()),
        };
        Ok(manifest)
    }

    fn validate(&self) -> Result<(), &'static str> {
        let dated: u64 = self.months.counts.iter().map(|&count| u64::from(count)).sum();
        let sourced: u64 = self.sources.iter().map(|source| u64::from(source.count)).sum();
        let worded: u64 = self.langs.iter().map(|&(_, count)| u64::from(count)).sum();
        let count = u64::from(self.count);
        if dated + u64::from(self.undated) != count || sourced != count || worded != count {
            return Err("article counts are inconsistent");
        }
        if self.related.iter().flatten().any(|&ordinal| ordinal >= self.count) {
            return Err("related ordinal out of range");
        }
        if !are_valid_groups(&self.duplicates, self.count) {
            return Err("groups of identical articles are not ascending");
        }
        if !self.months.is_valid_range() {
            return Err("months outside the years 0 to 10000");
        }
        let Some(tables) = &self.file_index else {
            let ordered = self.articles.windows(2).all(|pair| ordinal_order(&pair[0], &pair[1]).is_lt());
            return match (self.articles.len() as u64 == count, ordered) {
                (false, _) => Err("number of articles differs from the stated count"),
                (_, false) => Err("articles are not in ordinal order"),
                _ => Ok(()),
            };
        };
        let packs = tables.packs.iter().map(|(name, _)| name);
        let index = tables.index.iter().flat_map(|index| {
            index.word_leaves.iter().map(|(_, name)| name).chain([&index.name, &index.fold_hash])
        });
        let optional = tables.related.iter().chain(&tables.names).chain(&tables.terms);
        let names = tables.pages.iter().chain(&tables.facet_chunks).chain(&tables.ids).chain(&tables.days);
        if !names.chain(packs).chain(index).chain(optional).all(|name| is_content_hash(name)) {
            return Err("invalid file name");
        }
        if tables.pages.len() != self.count.div_ceil(ROWS_PER_PAGE) as usize {
            return Err("number of pages does not match the number of articles");
        }
        let packed: u64 = tables.packs.iter().map(|&(_, count)| u64::from(count)).sum();
        if packed != count && !tables.packs.is_empty() {
            return Err("pack tables do not cover all articles");
        }
        if tables.index.as_ref().is_some_and(|index| index.ngram_shards == 0) {
            return Err("index without character shards");
        }
        if !tables.ids.len().is_power_of_two() {
            return Err("number of id shards is not a power of two");
        }
        Ok(())
    }

    /// Encodes `archive.json`: plain JSON whose second member is the content hash of the rest. No other file
    /// names the manifest, and in a small archive it contains the articles.
    pub fn encode(&self) -> serde_json::Result<Vec<u8>> {
        let json = serde_json::to_vec(self)?;
        let rest = json.get(format!("{{\"sheaf\":{}", self.format_version).len()..).unwrap_or_default();
        Ok([sealed_prefix(self.format_version, rest).as_bytes(), rest].concat())
    }

    /// Returns the display name: the title, or else the only source, or else the program's name.
    pub fn display_name(&self) -> &str {
        match self.sources.as_slice() {
            _ if !self.title.is_empty() => &self.title,
            [only] => &only.name,
            _ => "Sheaf",
        }
    }

    /// Returns the display name of a source.
    pub fn source_name<'a>(&'a self, key: &'a str) -> &'a str {
        self.sources.iter().find(|source| source.key == key).map_or(key, |source| &source.name)
    }

    /// Returns a title of a source without the name of the site at its end.
    pub fn displayed_title<'a>(&self, source: &str, title: &'a str) -> &'a str {
        let source = self.sources.iter().find(|known| known.key == source);
        let suffixes = source.map(|source| source.title_suffixes.as_slice()).unwrap_or_default();
        let mut titles = suffixes.iter().filter_map(|suffix| title.strip_suffix(suffix.as_str()));
        titles.find(|title| !title.trim().is_empty()).unwrap_or(title)
    }

    /// Shortens a title as it is displayed, and returns what was removed.
    pub(super) fn split_title(&self, source: &str, title: &mut String) -> String {
        let end = self.displayed_title(source, title).len();
        title.split_off(end)
    }
}

impl Months {
    /// Returns true if all months lie within the years 0 to 10000: the last one can be reached by a zone
    /// offset only.
    fn is_valid_range(&self) -> bool {
        let end = i64::from(self.first) + self.counts.len() as i64;
        self.first >= 0 && end <= 10_001 * 12
    }

    /// Counts `dates` per month.
    pub fn from_dates(dates: impl IntoIterator<Item = Date> + Clone) -> Months {
        let months = dates.clone().into_iter().map(Date::month_index);
        let Some(first) = months.min() else { return Months::default() };
        let mut counts = Vec::new();
        for date in dates {
            let at = (date.month_index() - first) as usize;
            if counts.len() <= at {
                counts.resize(at + 1, 0);
            }
            counts[at] += 1;
        }
        Months { first, counts }
    }
}

/// Returns the start of `archive.json` before `rest`.
fn sealed_prefix(version: u32, rest: &[u8]) -> String {
    format!("{{\"sheaf\":{version},\"sum\":\"{}\"", content_hash(rest))
}

/// Returns true if the content matches its hash from [`Manifest::encode`].
fn has_valid_seal(version: u32, json: &[u8]) -> bool {
    let rest = json.get(sealed_prefix(version, &[]).len()..).unwrap_or_default();
    json.starts_with(sealed_prefix(version, rest).as_bytes())
}
