//! The facets: day, source, language and length of every article, and which articles have the same body.
//!
//! A line of JSON and then one byte an article: the number of a pair of source and language in a list that
//! the line carries; with more than 255 pairs the byte 255 announces two bytes, low first. Then half a byte an
//! article, its length. Filters, counts and ranks over the whole archive then need about 12 kB for 13,000 articles
//! and no page.

use super::days::{Days, StoredDays};
use super::error::ArchiveError;
use super::lengths::Lengths;
use crate::json;
use crate::model::Lang;
use serde::{Deserialize, Serialize};

/// How many articles a chunk covers.
pub const CHUNK: usize = 16_384;
const ESCAPE: u8 = 255;

/// What filters, counts and ranks need of every article, by ordinal.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facets {
    /// The day of each.
    pub days: Days,
    /// The source and language of each.
    pub column: Column,
    /// Groups of articles, each ascending, whose bodies are the same under different addresses.
    pub same: Vec<Vec<u32>>,
    /// The length of each.
    pub lengths: Lengths,
}

/// Source and language of every article, by ordinal.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Column {
    /// The pairs that occur: the source's number in the manifest, and the language.
    pub pairs: Vec<(u16, Lang)>,
    /// The number of each article's pair.
    pub values: Vec<u16>,
}

/// What stands before the bytes of the first chunk, on a line of its own.
#[derive(Serialize, Deserialize)]
struct Head {
    pairs: Vec<(u16, Lang)>,
    /// Missing in version 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    days: Option<StoredDays>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    same: Vec<Vec<u32>>,
}

impl Column {
    /// The column of articles with these sources and languages, in ordinal order.
    pub fn of(articles: impl IntoIterator<Item = (u16, Lang)>) -> Column {
        let mut column = Column::default();
        for pair in articles {
            // There are few pairs, and mostly the first are met.
            let known = column.pairs.iter().position(|&known| known == pair);
            let number = known.unwrap_or_else(|| {
                column.pairs.push(pair);
                column.pairs.len() - 1
            });
            column.values.push(u16::try_from(number).unwrap_or(u16::MAX));
        }
        column
    }

    /// The source's number and the language of an article.
    pub fn get(&self, ordinal: u32) -> Option<(u16, Lang)> {
        self.pairs.get(usize::from(*self.values.get(ordinal as usize)?)).copied()
    }
}

impl Facets {
    /// The chunks as they are stored.
    pub fn encode(&self) -> serde_json::Result<Vec<Vec<u8>>> {
        let column = &self.column;
        let mut head = serde_json::to_vec(&Head {
            pairs: column.pairs.clone(),
            days: Some(self.days.stored()),
            same: self.same.clone(),
        })?;
        head.push(b'\n');
        let mut chunks = vec![head];
        for (at, values) in column.values.chunks(CHUNK).enumerate() {
            if at > 0 {
                chunks.push(Vec::new());
            }
            for &value in values {
                match u8::try_from(value) {
                    Ok(byte) if byte != ESCAPE => chunks[at].push(byte),
                    _ => chunks[at].extend([&[ESCAPE][..], &value.to_le_bytes()].concat()),
                }
            }
            chunks[at].extend(self.lengths.pack(at * CHUNK, CHUNK));
        }
        Ok(chunks)
    }

    /// Decodes the facets of `count` articles from `sources` sources. `days` is the file of days that version 1
    /// had; later ones have them here.
    pub fn decode(
        path: &str,
        chunks: &[Vec<u8>],
        days: Option<(&str, &[u8])>,
        count: u32,
        sources: usize,
    ) -> Result<Facets, ArchiveError> {
        let damaged = |what: &dyn ToString| ArchiveError::damaged(path, what.to_string());
        let first = chunks.first().map_or(&[][..], Vec::as_slice);
        let line = memchr::memchr(b'\n', first).ok_or_else(|| damaged(&"no list of pairs"))?;
        let head: Head = json::from_slice(&first[..line]).map_err(|error| damaged(&error))?;
        let days = match (days, &head.days) {
            (Some((path, json)), _) => {
                let stored = json::from_slice(json).map_err(|error| ArchiveError::damaged(path, error))?;
                Days::restore(path, &stored, count)?
            }
            (None, Some(stored)) => Days::restore(path, stored, count)?,
            (None, None) => return Err(damaged(&"no days")),
        };
        let (mut values, mut lengths) = (Vec::with_capacity(count as usize), Lengths::default());
        for (at, chunk) in chunks.iter().enumerate() {
            let mut rest = chunk.get(if at == 0 { line + 1 } else { 0 }..).unwrap_or_default();
            let here = CHUNK.min((count as usize).saturating_sub(at * CHUNK));
            for _ in 0..here {
                let (value, after) = match rest {
                    [ESCAPE, low, high, after @ ..] => (u16::from_le_bytes([*low, *high]), after),
                    [byte, after @ ..] if *byte != ESCAPE => (u16::from(*byte), after),
                    _ => return Err(damaged(&"it ends too early")),
                };
                values.push(value);
                rest = after;
            }
            // Versions before 4 have no lengths.
            if !rest.is_empty() {
                if rest.len() != here.div_ceil(2) {
                    return Err(damaged(&"it does not fit the manifest"));
                }
                lengths.unpack(rest, here);
            }
        }
        let pairs = head.pairs.len();
        if values.len() != count as usize
            || values.iter().any(|&value| usize::from(value) >= pairs)
            || head.pairs.iter().any(|&(source, _)| usize::from(source) >= sources)
            || !are_groups(&head.same, count)
        {
            return Err(damaged(&"it does not fit the manifest"));
        }
        Ok(Facets { days, column: Column { pairs: head.pairs, values }, same: head.same, lengths })
    }
}

/// Whether each group ascends and holds at least two of `count` articles.
pub(super) fn are_groups(same: &[Vec<u32>], count: u32) -> bool {
    same.iter().all(|group| {
        let ascends = group.windows(2).all(|pair| pair[0] < pair[1]);
        group.len() > 1 && ascends && group.last().is_some_and(|&last| last < count)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::archive::Length;
    use crate::model::Date;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn facets_come_back(sources in proptest::collection::vec(0u16..400, 1..40_000)) {
            let lang = |source: u16| Lang::ALL[usize::from(source) % 3];
            let column = Column::of(sources.iter().map(|&source| (source, lang(source))));
            let count = sources.len() as u32;
            let dates = (0..count).map(|ordinal| Some(Date::from_days(i64::from(ordinal / 9))));
            let same = if count > 5 { vec![vec![0, 5]] } else { Vec::new() };
            let lengths = (0..count).map(|ordinal| Length::of(ordinal as usize)).collect();
            let facets = Facets { days: Days::of(dates), column, same, lengths };
            let chunks = facets.encode().unwrap();
            prop_assert_eq!(&Facets::decode("x", &chunks, None, count, 400).unwrap(), &facets);
            prop_assert!(Facets::decode("x", &chunks, None, count + 1, 400).is_err());
            let earlier = Facets { lengths: Lengths::default(), ..facets.clone() };
            let chunks = earlier.encode().unwrap();
            prop_assert_eq!(&Facets::decode("x", &chunks, None, count, 400).unwrap(), &earlier);
            for (ordinal, &source) in sources.iter().enumerate() {
                prop_assert_eq!(facets.column.get(ordinal as u32), Some((source, lang(source))));
            }
        }
    }
}
