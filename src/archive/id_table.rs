//! Id tables: map an id to its ordinal without reading pages.

use super::ArchiveError;
use crate::json_de;
use crate::model::Id;
use serde::{Deserialize, Serialize};

/// Target number of ids per shard while there are few shards. Adding an article changes one shard.
const IDS_PER_SHARD: usize = 128;
/// Maximum number of shard bits; beyond that shards grow, because the manifest lists each shard.
const MAX_SHARD_BITS: u32 = 8;

/// Ids with a common prefix, sorted, with their ordinals.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IdShard {
    /// Concatenated ids, 12 characters each.
    ids: String,
    /// Ordinal of each id.
    ordinals: Vec<u32>,
    /// Concatenated [aliases](crate::model::Article::aliases).
    #[serde(default, skip_serializing_if = "String::is_empty")]
    aliases: String,
    /// Ordinal of each alias.
    #[serde(rename = "aliased", default, skip_serializing_if = "Vec::is_empty")]
    alias_ordinals: Vec<u32>,
}

/// Returns the number of leading id bits that select a shard among `count` articles.
pub fn shard_bits(count: usize) -> u32 {
    count.div_ceil(IDS_PER_SHARD).next_power_of_two().trailing_zeros().min(MAX_SHARD_BITS)
}

impl IdShard {
    /// Creates a shard from sorted ids and aliases.
    pub fn from_sorted(entries: &[(Id, u32)], aliases: &[(Id, u32)]) -> IdShard {
        fn split(entries: &[(Id, u32)]) -> (String, Vec<u32>) {
            let ids = entries.iter().map(|(id, _)| id.to_string()).collect();
            (ids, entries.iter().map(|&(_, ordinal)| ordinal).collect())
        }
        let ((ids, ordinals), (aliases, alias_ordinals)) = (split(entries), split(aliases));
        IdShard { ids, ordinals, aliases, alias_ordinals }
    }

    /// Decodes a shard of an archive of `count` articles.
    pub fn decode(path: &str, json: &[u8], count: u32) -> Result<IdShard, ArchiveError> {
        let shard: IdShard = json_de::from_slice(json).map_err(|error| ArchiveError::damaged(path, error))?;
        let fits = |ids: &str, ordinals: &[u32]| {
            ids.is_ascii()
                && ids.len() == ordinals.len() * Id::LENGTH
                && ordinals.iter().all(|&ordinal| ordinal < count)
        };
        if fits(&shard.ids, &shard.ordinals) && fits(&shard.aliases, &shard.alias_ordinals) {
            Ok(shard)
        } else {
            Err(ArchiveError::damaged(path, "ids and ordinals are inconsistent"))
        }
    }

    /// Iterates over the ids and their ordinals.
    pub fn entries(&self) -> impl Iterator<Item = (Id, u32)> + '_ {
        parse_entries(&self.ids, &self.ordinals)
    }

    /// Iterates over the aliases and their ordinals.
    pub fn aliases(&self) -> impl Iterator<Item = (Id, u32)> + '_ {
        parse_entries(&self.aliases, &self.alias_ordinals)
    }

    /// Returns the ordinal of `id`, which may be an alias.
    pub fn find(&self, id: Id) -> Option<u32> {
        // The base-32 alphabet is in ascending order, so formatted ids sort like ids.
        let wanted = id.to_string();
        find_sorted(&self.ids, &self.ordinals, &wanted)
            .or_else(|| find_sorted(&self.aliases, &self.alias_ordinals, &wanted))
    }
}

fn nth_id(ids: &str, at: usize) -> &str {
    ids.get(at * Id::LENGTH..(at + 1) * Id::LENGTH).unwrap_or_default()
}

fn parse_entries<'a>(ids: &'a str, ordinals: &'a [u32]) -> impl Iterator<Item = (Id, u32)> + 'a {
    let parsed = (0..).map(|at| nth_id(ids, at).parse().ok());
    parsed.zip(ordinals).filter_map(|(id, &ordinal)| Some((id?, ordinal)))
}

fn find_sorted(ids: &str, ordinals: &[u32], wanted: &str) -> Option<u32> {
    let (mut low, mut high) = (0, ordinals.len());
    while low < high {
        let middle = low + (high - low) / 2;
        if nth_id(ids, middle) < wanted { low = middle + 1 } else { high = middle }
    }
    (nth_id(ids, low) == wanted).then(|| ordinals.get(low).copied())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stored_ids_are_found_and_others_are_not() {
        let mut entries: Vec<_> = (0..500).map(|n| (Id::from_path(&n.to_string()), n)).collect();
        entries.sort_unstable();
        let json = serde_json::to_vec(&IdShard::from_sorted(&entries, &[])).unwrap();
        let shard = IdShard::decode("x", &json, 500).unwrap();
        for &(id, ordinal) in &entries {
            assert_eq!(shard.find(id), Some(ordinal));
        }
        assert_eq!(shard.find(Id::from_path("none")), None);
        assert!(IdShard::decode("x", &json, 499).is_err());
    }

    #[test]
    fn aliases_are_found_and_listed_apart_from_ids() {
        let mut aliases: Vec<_> = (0..50).map(|n| (Id::from_path(&format!("old {n}")), n)).collect();
        aliases.sort_unstable();
        let ids = [(Id::from_path("a"), 7)];
        let json = serde_json::to_vec(&IdShard::from_sorted(&ids, &aliases)).unwrap();
        let shard = IdShard::decode("x", &json, 50).unwrap();
        assert_eq!(shard.entries().collect::<Vec<_>>(), ids);
        assert_eq!(shard.aliases().collect::<Vec<_>>(), aliases);
        for &(id, ordinal) in aliases.iter().chain(&ids) {
            assert_eq!(shard.find(id), Some(ordinal));
        }
        assert_eq!(shard.find(Id::from_path("none")), None);
        assert!(IdShard::decode("x", &json, 49).is_err());
    }

    #[test]
    fn shard_bits_grow_with_the_number_of_articles() {
        assert_eq!(shard_bits(1), 0);
        assert_eq!(shard_bits(13_386), 7);
        assert_eq!(shard_bits(100_000), 8);
    }
}
