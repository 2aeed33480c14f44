//! Facets: day, source, language and length class of every article, and the groups of articles with identical
//! bodies.
//!
//! The format is a line of JSON, then one byte per article: the index of its pair of source and language in a
//! list in that line. With more than 255 pairs, byte 255 announces a two-byte index, low byte first. Then
//! follow the length classes, four bits per article. Filters, counts and ranking over a whole archive of
//! 13,000 articles need about 12 kB and no page.

use super::date_index::StoredDateIndex;
use super::index::LengthTable;
use super::{ArchiveError, DateIndex};
use crate::json_de;
use crate::model::Lang;
use serde::{Deserialize, Serialize};

/// Number of articles per chunk.
pub const ARTICLES_PER_CHUNK: usize = 16_384;
const ESCAPE: u8 = 255;

/// Properties of every article that filters, counts and ranking use, by ordinal.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facets {
    /// Dates.
    pub days: DateIndex,
    /// Sources and languages.
    pub column: FacetColumn,
    /// Groups of articles, each ascending, with identical bodies under different URLs.
    pub duplicates: Vec<Vec<u32>>,
    /// Length classes.
    pub lengths: LengthTable,
}

/// Source and language of every article, by ordinal.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FacetColumn {
    /// Distinct pairs: the source's index in the manifest, and the language.
    pub pairs: Vec<(u16, Lang)>,
    /// Index into `pairs` for each article.
    pub values: Vec<u16>,
}

/// Header line of the first chunk.
#[derive(Serialize, Deserialize)]
struct FacetHeader {
    pairs: Vec<(u16, Lang)>,
    /// Absent in version 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    days: Option<StoredDateIndex>,
    #[serde(rename = "same", default, skip_serializing_if = "Vec::is_empty")]
    duplicates: Vec<Vec<u32>>,
}

impl FacetColumn {
    /// Creates the column from the sources and languages in ordinal order.
    pub fn from_pairs(articles: impl IntoIterator<Item = (u16, Lang)>) -> FacetColumn {
        let mut column = FacetColumn::default();
        for pair in articles {
            // A linear search is fast: there are few pairs and the first ones are the most frequent.
            let known = column.pairs.iter().position(|&known| known == pair);
            let number = known.unwrap_or_else(|| {
                column.pairs.push(pair);
                column.pairs.len() - 1
            });
            column.values.push(u16::try_from(number).unwrap_or(u16::MAX));
        }
        column
    }

    /// Returns the source index and the language of an article.
    pub fn get(&self, ordinal: u32) -> Option<(u16, Lang)> {
        self.pairs.get(usize::from(*self.values.get(ordinal as usize)?)).copied()
    }
}

impl Facets {
    /// Encodes the chunks.
    pub fn encode(&self) -> serde_json::Result<Vec<Vec<u8>>> {
        let column = &self.column;
        let mut head = serde_json::to_vec(&FacetHeader {
            pairs: column.pairs.clone(),
            days: Some(self.days.to_stored()),
            duplicates: self.duplicates.clone(),
        })?;
        head.push(b'\n');
        let mut chunks = vec![head];
        for (at, values) in column.values.chunks(ARTICLES_PER_CHUNK).enumerate() {
            if at > 0 {
                chunks.push(Vec::new());
            }
            for &value in values {
                match u8::try_from(value) {
                    Ok(byte) if byte != ESCAPE => chunks[at].push(byte),
                    _ => chunks[at].extend([&[ESCAPE][..], &value.to_le_bytes()].concat()),
                }
            }
            chunks[at].extend(self.lengths.pack(at * ARTICLES_PER_CHUNK, ARTICLES_PER_CHUNK));
        }
        Ok(chunks)
    }

    /// Decodes the facets of `count` articles from `sources` sources. `days` is the separate date file of
    /// version 1; later versions store the dates in the header.
    pub fn decode(
        path: &str,
        chunks: &[Vec<u8>],
        days: Option<(&str, &[u8])>,
        count: u32,
        sources: usize,
    ) -> Result<Facets, ArchiveError> {
        let damaged = |what: &dyn ToString| ArchiveError::damaged(path, what.to_string());
        let first = chunks.first().map_or(&[][..], Vec::as_slice);
        let line = memchr::memchr(b'\n', first).ok_or_else(|| damaged(&"missing header line"))?;
        let head: FacetHeader = json_de::from_slice(&first[..line]).map_err(|error| damaged(&error))?;
        let days = match (days, &head.days) {
            (Some((path, json)), _) => {
                let stored = json_de::from_slice(json).map_err(|error| ArchiveError::damaged(path, error))?;
                DateIndex::from_stored(path, &stored, count)?
            }
            (None, Some(stored)) => DateIndex::from_stored(path, stored, count)?,
            (None, None) => return Err(damaged(&"missing dates")),
        };
        let (mut values, mut lengths) = (Vec::with_capacity(count as usize), LengthTable::default());
        for (at, chunk) in chunks.iter().enumerate() {
            let mut rest = chunk.get(if at == 0 { line + 1 } else { 0 }..).unwrap_or_default();
            let here = ARTICLES_PER_CHUNK.min((count as usize).saturating_sub(at * ARTICLES_PER_CHUNK));
            for _ in 0..here {
                let (value, after) = match rest {
                    [ESCAPE, low, high, after @ ..] => (u16::from_le_bytes([*low, *high]), after),
                    [byte, after @ ..] if *byte != ESCAPE => (u16::from(*byte), after),
                    _ => return Err(damaged(&"unexpected end of the column")),
                };
                values.push(value);
                rest = after;
            }
            // Versions before 4 have no lengths.
            if !rest.is_empty() {
                if rest.len() != here.div_ceil(2) {
                    return Err(damaged(&"contents differ from the manifest"));
                }
                lengths.unpack(rest, here);
            }
        }
        let pairs = head.pairs.len();
        if values.len() != count as usize
            || values.iter().any(|&value| usize::from(value) >= pairs)
            || head.pairs.iter().any(|&(source, _)| usize::from(source) >= sources)
            || !are_valid_groups(&head.duplicates, count)
        {
            return Err(damaged(&"contents differ from the manifest"));
        }
        Ok(Facets {
            days,
            column: FacetColumn { pairs: head.pairs, values },
            duplicates: head.duplicates,
            lengths,
        })
    }
}

/// Returns true if each group ascends and contains at least two of `count` articles.
pub(super) fn are_valid_groups(same: &[Vec<u32>], count: u32) -> bool {
    same.iter().all(|group| {
        let ascends = group.windows(2).all(|pair| pair[0] < pair[1]);
        group.len() > 1 && ascends && group.last().is_some_and(|&last| last < count)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::archive::index::LengthBucket;
    use crate::model::Date;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn facets_round_trip_with_and_without_lengths(sources in proptest::collection::vec(0u16..400, 1..40_000)) {
            let lang = |source: u16| Lang::ALL[usize::from(source) % 3];
            let column = FacetColumn::from_pairs(sources.iter().map(|&source| (source, lang(source))));
            let count = sources.len() as u32;
            let dates = (0..count).map(|ordinal| Some(Date::from_days(i64::from(ordinal / 9))));
            let same = if count > 5 { vec![vec![0, 5]] } else { Vec::new() };
            let lengths = (0..count).map(|ordinal| LengthBucket::from_byte_len(ordinal as usize)).collect();
            let facets = Facets { days: DateIndex::from_dates(dates), column, duplicates: same, lengths };
            let chunks = facets.encode().unwrap();
            prop_assert_eq!(&Facets::decode("x", &chunks, None, count, 400).unwrap(), &facets);
            prop_assert!(Facets::decode("x", &chunks, None, count + 1, 400).is_err());
            let earlier = Facets { lengths: LengthTable::default(), ..facets.clone() };
            let chunks = earlier.encode().unwrap();
            prop_assert_eq!(&Facets::decode("x", &chunks, None, count, 400).unwrap(), &earlier);
            for (ordinal, &source) in sources.iter().enumerate() {
                prop_assert_eq!(facets.column.get(ordinal as u32), Some((source, lang(source))));
            }
        }
    }
}
