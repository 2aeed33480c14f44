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
}

/// Returns the number of leading id bits that select a shard among `count` articles.
pub fn shard_bits(count: usize) -> u32 {
    count.div_ceil(IDS_PER_SHARD).next_power_of_two().trailing_zeros().min(MAX_SHARD_BITS)
}

impl IdShard {
    /// Creates a shard from sorted ids.
    pub fn from_sorted(entries: &[(Id, u32)]) -> IdShard {
        IdShard {
            ids: entries.iter().map(|(id, _)| id.to_string()).collect(),
            ordinals: entries.iter().map(|&(_, ordinal)| ordinal).collect(),
        }
    }

    /// Decodes a shard of an archive of `count` articles.
    pub fn decode(path: &str, json: &[u8], count: u32) -> Result<IdShard, ArchiveError> {
        let shard: IdShard = json_de::from_slice(json).map_err(|error| ArchiveError::damaged(path, error))?;
        let fits = shard.ids.is_ascii()
            && shard.ids.len() == shard.ordinals.len() * Id::LENGTH
            && shard.ordinals.iter().all(|&ordinal| ordinal < count);
        if fits { Ok(shard) } else { Err(ArchiveError::damaged(path, "ids and ordinals are inconsistent")) }
    }

    /// Iterates over the ids and their ordinals.
    pub fn entries(&self) -> impl Iterator<Item = (Id, u32)> + '_ {
        let ids = (0..self.ordinals.len()).map(|at| self.ids.get(at * Id::LENGTH..(at + 1) * Id::LENGTH));
        let parsed = ids.map(|id| id.and_then(|id| id.parse().ok()));
        parsed.zip(&self.ordinals).filter_map(|(id, &ordinal)| Some((id?, ordinal)))
    }

    /// Returns the ordinal of `id`.
    pub fn find(&self, id: Id) -> Option<u32> {
        // The base-32 alphabet is in ascending order, so formatted ids sort like ids.
        let wanted = id.to_string();
        let nth = |at: usize| self.ids.get(at * Id::LENGTH..(at + 1) * Id::LENGTH).unwrap_or_default();
        let (mut low, mut high) = (0, self.ordinals.len());
        while low < high {
            let middle = low + (high - low) / 2;
            if nth(middle) < wanted.as_str() { low = middle + 1 } else { high = middle }
        }
        (nth(low) == wanted).then(|| self.ordinals.get(low).copied())?
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stored_ids_are_found_and_others_are_not() {
        let mut entries: Vec<_> = (0..500).map(|n| (Id::from_path(&n.to_string()), n)).collect();
        entries.sort_unstable();
        let json = serde_json::to_vec(&IdShard::from_sorted(&entries)).unwrap();
        let shard = IdShard::decode("x", &json, 500).unwrap();
        for &(id, ordinal) in &entries {
            assert_eq!(shard.find(id), Some(ordinal));
        }
        assert_eq!(shard.find(Id::from_path("none")), None);
        assert!(IdShard::decode("x", &json, 499).is_err());
    }

    #[test]
    fn shard_bits_grow_with_the_number_of_articles() {
        assert_eq!(shard_bits(1), 0);
        assert_eq!(shard_bits(13_386), 7);
        assert_eq!(shard_bits(100_000), 8);
    }
}
