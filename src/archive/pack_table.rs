//! Pack tables: map an ordinal to its pack, so that search results need no catalogue page.

use super::ArchiveError;
use crate::json_de;
use crate::model::is_content_hash;
use serde::{Deserialize, Serialize};

/// Returns the number of packs per table. One table covers about 15,000 articles. In a larger archive ten search
/// results lie in almost as many tables, so small tables save bytes and cost hardly a request.
pub const fn packs_per_table(packs: usize) -> usize {
    if packs <= 4096 { 4096 } else { 128 }
}

/// Packs of consecutive articles.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackTable {
    /// Concatenated content hashes of the packs, 8 characters each.
    names: String,
    /// Number of articles per pack.
    counts: Vec<u32>,
}

const HASH_LEN: usize = 8;

impl PackTable {
    /// Creates the table from the packs' names and numbers of articles.
    pub fn from_packs<'a>(packs: impl IntoIterator<Item = (&'a str, u32)>) -> PackTable {
        let (names, counts) = packs.into_iter().unzip();
        PackTable { names, counts }
    }

    /// Decodes a table of `count` articles.
    pub fn decode(path: &str, json: &[u8], count: u32) -> Result<PackTable, ArchiveError> {
        let table: PackTable =
            json_de::from_slice(json).map_err(|error| ArchiveError::damaged(path, error))?;
        let names = table.names.as_bytes().chunks(HASH_LEN);
        let named = table.names.len() == table.counts.len() * HASH_LEN
            && names.into_iter().all(|name| str::from_utf8(name).is_ok_and(is_content_hash));
        let held: u64 = table.counts.iter().map(|&count| u64::from(count)).sum();
        if named && held == u64::from(count) {
            Ok(table)
        } else {
            Err(ArchiveError::damaged(path, "packs do not cover all articles"))
        }
    }

    /// Calls `take` for each pack with its first article (counted from the start of the table), number of
    /// articles and name.
    pub fn for_each(&self, mut take: impl FnMut(u32, u32, &str)) {
        let mut start = 0;
        for (number, &count) in self.counts.iter().enumerate() {
            take(
                start,
                count,
                self.names.get(number * HASH_LEN..(number + 1) * HASH_LEN).unwrap_or_default(),
            );
            start += count;
        }
    }

    /// Returns the pack of article `at`, counted from the start of the table, and the article's index in the
    /// pack.
    pub fn find(&self, at: u32) -> Option<(&str, usize)> {
        let mut start = 0;
        let number = self.counts.iter().position(|&count| {
            let here = at < start + count;
            start += if here { 0 } else { count };
            here
        })?;
        Some((self.names.get(number * HASH_LEN..(number + 1) * HASH_LEN)?, (at - start) as usize))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn articles_map_to_their_packs() {
        let table = PackTable::from_packs([("aaaaaaaa", 2), ("bbbbbbbb", 1)]);
        let json = serde_json::to_vec(&table).unwrap();
        let table = PackTable::decode("x", &json, 3).unwrap();
        let packs: Vec<_> = (0..4).map(|at| table.find(at)).collect();
        assert_eq!(packs, [Some(("aaaaaaaa", 0)), Some(("aaaaaaaa", 1)), Some(("bbbbbbbb", 0)), None]);
        assert!(PackTable::decode("x", &json, 4).is_err());
        assert!(PackTable::decode("x", br#"{"names":"../../..","counts":[1]}"#, 1).is_err());
    }
}
