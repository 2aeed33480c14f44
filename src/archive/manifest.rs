//! The manifest: all that is known of an archive before anything else is read.

use super::error::ArchiveError;
use super::facets::are_groups;
use super::page::PAGE;
use super::shard::IndexTables;
use super::store::what_came;
use super::{ENTRY, ordinal_order};
use crate::json;
use crate::model::{Article, Date, Lang, Zone, content_name};
use serde::{Deserialize, Serialize};

/// The version of the format that is written. A reader refuses archives of a later one and opens all before:
/// version 1 had no index, and its days in a file of their own; version 2 had no names of content in the manifest and
/// in the lists of related articles; version 3 had no lengths, and in the place of frequencies what BM25 made of both.
pub const VERSION: u32 = 4;

/// What `archive.json` holds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    /// The format version, at most [`VERSION`].
    pub sheaf: u32,
    /// The archive's title; empty when it has none.
    pub title: String,
    /// What the archive is, in a sentence.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// The language of the interface, when the archive sets it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lang: Option<Lang>,
    /// The time zone in which days are counted.
    pub zone: Zone,
    /// What to do with pictures until the reader says otherwise.
    #[serde(default)]
    pub images: Images,
    /// Under which terms the archive may be used; empty when nobody said.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub licence: String,
    /// What became of the files it was built from; archives of earlier builds do not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub built: Option<Built>,
    /// How many articles there are.
    pub count: u32,
    /// How many of them have no date.
    pub undated: u32,
    /// The sources, most articles first.
    pub sources: Vec<Source>,
    /// The languages and how many articles each has, most first.
    pub langs: Vec<(Lang, u32)>,
    /// Articles a month.
    pub months: Months,
    /// In a small archive the groups of articles whose bodies are the same; see [`Facets`](super::Facets).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub same: Vec<Vec<u32>>,
    /// In a small archive the ordinals of the articles most like each; see [`Archive::related`](super::Archive::related).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub related: Vec<Vec<u32>>,
    /// Where a split archive keeps the rest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tables: Option<Tables>,
    /// The articles of a small archive, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub articles: Vec<Article>,
}

/// Where articles come from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// The site or folder, as articles name it.
    pub key: String,
    /// The name to show.
    pub name: String,
    /// How many articles it has.
    pub count: u32,
}

/// What became of the files that an archive was built from. Each is an article, another version of one, or
/// skipped.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Built {
    /// How many files there were.
    pub files: u32,
    /// How many are other versions of an article.
    #[serde(default)]
    pub versions: u32,
    /// How many were skipped, by kind of reason, one of [`SKIPPED`]; those of later builds may be others.
    #[serde(default)]
    pub skipped: Vec<(String, u32)>,
    /// The bytes of all files of the archive but the first.
    #[serde(default)]
    pub beside: u64,
}

/// The kinds of reasons for which files are skipped.
pub const SKIPPED: [&str; 8] =
    ["hidden", "settings", "unreadable", "link", "special", "large", "empty", "binary"];

/// What to do with pictures that lie elsewhere.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Images {
    /// Load those of the open article.
    #[default]
    On,
    /// Load one when it is tapped.
    Tap,
    /// Load none.
    Off,
}

/// How many articles each month has.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Months {
    /// The [month index](Date::month_index) of the first count.
    pub first: i32,
    /// A count for each month from the first to the last with an article.
    pub counts: Vec<u32>,
}

/// The names of a split archive's files, each [`content_name`](crate::model::content_name).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tables {
    /// Catalogue pages in order.
    pub pages: Vec<String>,
    /// Counts a day, in version 1; later ones have them in the head of the column.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub days: Option<String>,
    /// The facet column, in chunks of [`CHUNK`](super::facets::CHUNK) articles.
    pub column: Vec<String>,
    /// The id shards, by the ids' first bits; a power of two of them.
    pub ids: Vec<String>,
    /// Which pack each article lies in: files of [`PackTable`](super::PackTable), each with the number of
    /// articles it is about.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub packs: Vec<(String, u32)>,
    /// The name of the lists of related articles, one file for each page; see [`related_path`](super::related_path).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub related: Option<String>,
    /// How many bytes the largest of these files has, decompressed; 0 where nobody said.
    #[serde(default)]
    pub largest: u32,
    /// The index, since version 2.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub index: Option<IndexTables>,
}

#[derive(Deserialize)]
struct VersionOnly {
    sheaf: u32,
}

impl Manifest {
    /// Decodes `archive.json`.
    pub fn decode(json: &[u8]) -> Result<Manifest, ArchiveError> {
        let damaged = |what: &dyn ToString| ArchiveError::damaged(ENTRY, what.to_string());
        if !json.trim_ascii_start().starts_with(b"{") {
            return Err(damaged(&what_came(json)));
        }
        let version: VersionOnly = json::from_slice(json).map_err(|error| damaged(&error))?;
        if !(1..=VERSION).contains(&version.sheaf) {
            return Err(ArchiveError::Version(version.sheaf));
        }
        if version.sheaf >= 3 && !is_sealed(version.sheaf, json) {
            return Err(damaged(&"its content is not what was written"));
        }
        let manifest: Manifest = json::from_slice(json).map_err(|error| damaged(&error))?;
        manifest.check().map_err(|what| damaged(&what))?;
        Ok(manifest)
    }

    fn check(&self) -> Result<(), &'static str> {
        let dated: u64 = self.months.counts.iter().map(|&count| u64::from(count)).sum();
        let sourced: u64 = self.sources.iter().map(|source| u64::from(source.count)).sum();
        let worded: u64 = self.langs.iter().map(|&(_, count)| u64::from(count)).sum();
        let count = u64::from(self.count);
        if dated + u64::from(self.undated) != count || sourced != count || worded != count {
            return Err("its counts do not add up");
        }
        if self.related.iter().flatten().any(|&ordinal| ordinal >= self.count) {
            return Err("a related article in it does not exist");
        }
        if !are_groups(&self.same, self.count) {
            return Err("its groups of articles are out of order");
        }
        if !self.months.are_of_years() {
            return Err("its months lie outside of all years");
        }
        let Some(tables) = &self.tables else {
            let ordered = self.articles.windows(2).all(|pair| ordinal_order(&pair[0], &pair[1]).is_lt());
            return match (self.articles.len() as u64 == count, ordered) {
                (false, _) => Err("it holds fewer or more articles than it says"),
                (_, false) => Err("its articles are out of order"),
                _ => Ok(()),
            };
        };
        let packs = tables.packs.iter().map(|(name, _)| name);
        let index = tables
            .index
            .iter()
            .flat_map(|index| index.words.iter().map(|(_, name)| name).chain([&index.name, &index.folding]));
        let related = tables.related.iter();
        let names = tables.pages.iter().chain(&tables.column).chain(&tables.ids).chain(&tables.days);
        if !names.chain(packs).chain(index).chain(related).all(|name| is_name(name)) {
            return Err("a file name in it is not one of ours");
        }
        if tables.pages.len() != self.count.div_ceil(PAGE) as usize {
            return Err("it names fewer or more pages than its articles fill");
        }
        let packed: u64 = tables.packs.iter().map(|&(_, count)| u64::from(count)).sum();
        if packed != count && !tables.packs.is_empty() {
            return Err("its packs do not cover its articles");
        }
        if tables.index.as_ref().is_some_and(|index| index.chars == 0) {
            return Err("its index has no part for characters");
        }
        if !tables.ids.len().is_power_of_two() {
            return Err("the number of id tables is not a power of two");
        }
        Ok(())
    }

    /// The bytes of `archive.json`: plain JSON, whose second entry is the name of all that follows. No other file
    /// names this one, and in a small archive it holds the articles.
    pub fn encode(&self) -> serde_json::Result<Vec<u8>> {
        let json = serde_json::to_vec(self)?;
        let rest = json.get(format!("{{\"sheaf\":{}", self.sheaf).len()..).unwrap_or_default();
        Ok([opening(self.sheaf, rest).as_bytes(), rest].concat())
    }

    /// What the archive is called: its title, or its only source, or the program.
    pub fn name(&self) -> &str {
        match self.sources.as_slice() {
            _ if !self.title.is_empty() => &self.title,
            [only] => &only.name,
            _ => "Sheaf",
        }
    }

    /// The name to show for a source.
    pub fn source_name<'a>(&'a self, key: &'a str) -> &'a str {
        self.sources.iter().find(|source| source.key == key).map_or(key, |source| &source.name)
    }
}

impl Months {
    /// Whether all months lie within the years that dates are written with.
    fn are_of_years(&self) -> bool {
        let end = i64::from(self.first) + self.counts.len() as i64;
        self.first >= 0 && end <= 10_001 * 12
    }

    /// Counts `dates`.
    pub fn of(dates: impl IntoIterator<Item = Date> + Clone) -> Months {
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

/// What `archive.json` begins with before `rest`.
fn opening(version: u32, rest: &[u8]) -> String {
    format!("{{\"sheaf\":{version},\"sum\":\"{}\"", content_name(rest))
}

/// Whether nothing has changed since [`Manifest::encode`].
fn is_sealed(version: u32, json: &[u8]) -> bool {
    let rest = json.get(opening(version, &[]).len()..).unwrap_or_default();
    json.starts_with(opening(version, rest).as_bytes())
}

/// Whether `name` is a content name, so that no path can hide in it.
pub fn is_name(name: &str) -> bool {
    name.len() == 8 && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
}
