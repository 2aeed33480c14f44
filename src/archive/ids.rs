//! Id tables: from an article's id to its ordinal without any page.

use super::error::ArchiveError;
use crate::json;
use crate::model::Id;
use serde::{Deserialize, Serialize};

/// About how many ids a shard holds at most, as long as there are few shards: an article that is added renews one.
const SHARD: usize = 128;
/// Above so many shards they grow instead, since the manifest names each.
const BITS: u32 = 8;

/// The ids of one prefix, sorted, with their ordinals.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IdShard {
    /// The ids, 12 characters each, one after another.
    ids: String,
    /// The ordinal of each.
    ordinals: Vec<u32>,
}

/// How many of an id's first bits choose its shard among `count` articles.
pub fn shard_bits(count: usize) -> u32 {
    count.div_ceil(SHARD).next_power_of_two().trailing_zeros().min(BITS)
}

impl IdShard {
    /// A shard of these ids, which are sorted.
    pub fn of(entries: &[(Id, u32)]) -> IdShard {
        IdShard {
            ids: entries.iter().map(|(id, _)| id.to_string()).collect(),
            ordinals: entries.iter().map(|&(_, ordinal)| ordinal).collect(),
        }
    }

    /// Decodes a shard of an archive of `count` articles.
    pub fn decode(path: &str, json: &[u8], count: u32) -> Result<IdShard, ArchiveError> {
        let shard: IdShard = json::from_slice(json).map_err(|error| ArchiveError::damaged(path, error))?;
        let fits = shard.ids.is_ascii()
            && shard.ids.len() == shard.ordinals.len() * Id::LENGTH
            && shard.ordinals.iter().all(|&ordinal| ordinal < count);
        if fits { Ok(shard) } else { Err(ArchiveError::damaged(path, "ids and ordinals do not fit")) }
    }

    /// Every id with its ordinal.
    pub fn entries(&self) -> impl Iterator<Item = (Id, u32)> + '_ {
        let ids = (0..self.ordinals.len()).map(|at| self.ids.get(at * Id::LENGTH..(at + 1) * Id::LENGTH));
        let parsed = ids.map(|id| id.and_then(|id| id.parse().ok()));
        parsed.zip(&self.ordinals).filter_map(|(id, &ordinal)| Some((id?, ordinal)))
    }

    /// The ordinal of `id`.
    pub fn find(&self, id: Id) -> Option<u32> {
        // The alphabet is in the order of its values, so written ids sort as ids do.
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
    fn every_id_is_found_and_no_other() {
        let mut entries: Vec<_> = (0..500).map(|n| (Id::of_path(&n.to_string()), n)).collect();
        entries.sort_unstable();
        let json = serde_json::to_vec(&IdShard::of(&entries)).unwrap();
        let shard = IdShard::decode("x", &json, 500).unwrap();
        for &(id, ordinal) in &entries {
            assert_eq!(shard.find(id), Some(ordinal));
        }
        assert_eq!(shard.find(Id::of_path("none")), None);
        assert!(IdShard::decode("x", &json, 499).is_err());
    }

    #[test]
    fn shards_stay_small() {
        assert_eq!(shard_bits(1), 0);
        assert_eq!(shard_bits(13_386), 7);
        assert_eq!(shard_bits(100_000), 8);
    }
}
