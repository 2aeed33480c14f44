//! Authors and tags: each name with the articles that have it.

use super::ArchiveError;
use crate::json_de;
use crate::model::ArticleDetails;
use crate::text::fold;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Name with its articles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// Name as the articles spell it.
    pub name: String,
    /// Ordinals of the articles, ascending.
    pub ordinals: Vec<u32>,
}

/// Names of an archive, by descending number of articles.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NameTables {
    /// Authors.
    pub authors: Vec<Name>,
    /// Tags.
    pub tags: Vec<Name>,
}

/// Names with the gaps between their ordinals.
#[derive(Serialize, Deserialize)]
struct StoredNames {
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    authors: Vec<(String, Vec<u32>)>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    tags: Vec<(String, Vec<u32>)>,
}

impl NameTables {
    /// Collects the names of all articles, in ordinal order. Names that fold to the same text are one name, in its most
    /// frequent spelling.
    pub fn from_details<'a>(articles: impl Iterator<Item = &'a ArticleDetails> + Clone) -> NameTables {
        NameTables {
            authors: collect(articles.clone().map(|details| details.authors.as_slice())),
            tags: collect(articles.map(|details| details.tags.as_slice())),
        }
    }

    /// Returns true if no article has a name.
    pub fn is_empty(&self) -> bool {
        self.authors.is_empty() && self.tags.is_empty()
    }

    /// Encodes the table.
    pub fn encode(&self) -> serde_json::Result<Vec<u8>> {
        serde_json::to_vec(&StoredNames { authors: to_stored(&self.authors), tags: to_stored(&self.tags) })
    }

    /// Decodes the table of an archive with `count` articles.
    pub fn decode(path: &str, json: &[u8], count: u32) -> Result<NameTables, ArchiveError> {
        let stored: StoredNames =
            json_de::from_slice(json).map_err(|error| ArchiveError::damaged(path, error))?;
        let names = |stored: Vec<(String, Vec<u32>)>| {
            stored.into_iter().map(|(name, gaps)| from_stored(name, gaps, count)).collect::<Option<Vec<_>>>()
        };
        names(stored.authors)
            .zip(names(stored.tags))
            .map(|(authors, tags)| NameTables { authors, tags })
            .ok_or_else(|| ArchiveError::damaged(path, "article numbers are out of range or not ascending"))
    }
}

fn collect<'a>(articles: impl Iterator<Item = &'a [String]>) -> Vec<Name> {
    #[derive(Default)]
    struct Entry<'a> {
        spellings: BTreeMap<&'a str, usize>,
        ordinals: Vec<u32>,
    }
    let mut entries: BTreeMap<String, Entry<'_>> = BTreeMap::new();
    for (names, ordinal) in articles.zip(0..) {
        for name in names {
            let entry = entries.entry(fold(name)).or_default();
            *entry.spellings.entry(name).or_default() += 1;
            if entry.ordinals.last() != Some(&ordinal) {
                entry.ordinals.push(ordinal);
            }
        }
    }
    let names = entries.into_values().filter_map(|Entry { spellings, ordinals }| {
        // The first one of equally frequent spellings.
        let (name, _) = spellings.into_iter().rev().max_by_key(|&(_, count)| count)?;
        Some(Name { name: name.to_owned(), ordinals })
    });
    let mut names: Vec<Name> = names.collect();
    names.sort_by(|a, b| (b.ordinals.len(), &a.name).cmp(&(a.ordinals.len(), &b.name)));
    names
}

fn to_stored(names: &[Name]) -> Vec<(String, Vec<u32>)> {
    let gaps = |ordinals: &[u32]| {
        let before = [0].into_iter().chain(ordinals.iter().copied());
        ordinals.iter().zip(before).map(|(&ordinal, before)| ordinal - before).collect()
    };
    names.iter().map(|Name { name, ordinals }| (name.clone(), gaps(ordinals))).collect()
}

/// Adds up the gaps. `None` if the ordinals do not ascend below `count`.
fn from_stored(name: String, gaps: Vec<u32>, count: u32) -> Option<Name> {
    let mut ordinals = gaps;
    let mut before = None::<u32>;
    for ordinal in &mut ordinals {
        *ordinal = match before {
            Some(_) if *ordinal == 0 => return None,
            Some(before) => before.checked_add(*ordinal)?,
            None => *ordinal,
        };
        before = Some(*ordinal);
    }
    before.filter(|&last| last < count).map(|_| Name { name, ordinals })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn details(authors: &[&str], tags: &[&str]) -> ArticleDetails {
        let owned = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect();
        ArticleDetails { authors: owned(authors), tags: owned(tags), ..ArticleDetails::default() }
    }

    fn shown(names: &[Name]) -> Vec<(&str, &[u32])> {
        names.iter().map(|name| (name.name.as_str(), name.ordinals.as_slice())).collect()
    }

    #[test]
    fn spellings_of_a_name_are_one_name() {
        let articles = [
            details(&["林舟", "Ann Lee"], &["台灣"]),
            details(&[], &["台湾", "台灣", "水"]),
            details(&["ANN LEE"], &[]),
            details(&["Ann Lee"], &["台湾", "水"]),
        ];
        let tables = NameTables::from_details(articles.iter());
        assert_eq!(shown(&tables.authors), [("Ann Lee", &[0, 2, 3][..]), ("林舟", &[0])]);
        assert_eq!(shown(&tables.tags), [("台湾", &[0, 1, 3][..]), ("水", &[1, 3])]);
    }

    #[test]
    fn tables_round_trip() {
        let articles =
            [details(&["a"], &[]), details(&["a", "b"], &["c"]), details(&[], &[]), details(&["a"], &[])];
        let tables = NameTables::from_details(articles.iter());
        let json = tables.encode().unwrap();
        assert_eq!(
            String::from_utf8_lossy(&json),
            r#"{"authors":[["a",[0,1,2]],["b",[1]]],"tags":[["c",[1]]]}"#
        );
        assert_eq!(NameTables::decode("x", &json, 4).unwrap(), tables);
        assert!(NameTables::decode("x", b"{}", 4).unwrap().is_empty());
        assert!(NameTables::from_details([details(&[], &[])].iter()).is_empty());
    }

    #[test]
    fn ordinals_out_of_order_or_range_are_damage() {
        for json in [
            r#"{"tags":[["a",[4]]]}"#,
            r#"{"tags":[["a",[1,3]]]}"#,
            r#"{"tags":[["a",[1,0]]]}"#,
            r#"{"tags":[["a",[]]]}"#,
            r#"{"tags":[["a",[1,4294967295]]]}"#,
            r#"{"tags":[["a"]]}"#,
        ] {
            assert!(NameTables::decode("x", json.as_bytes(), 4).is_err(), "{json}");
        }
    }
}
