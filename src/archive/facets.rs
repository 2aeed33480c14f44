//! The facet column: source and language of every article, in one byte each.
//!
//! A byte is the number of a pair in a list that the first chunk carries; with more than 255 pairs the
//! byte 255 announces two bytes, low first. Filters and counts over the whole archive then need about
//! 13 kB for 13,000 articles and no page.

use super::error::ArchiveError;
use crate::model::Lang;
use serde::{Deserialize, Serialize};

/// How many articles a chunk covers.
pub const CHUNK: usize = 16_384;
const ESCAPE: u8 = 255;

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

    /// The chunks as they are stored.
    pub fn encode(&self) -> serde_json::Result<Vec<Vec<u8>>> {
        let mut head = serde_json::to_vec(&Head { pairs: self.pairs.clone() })?;
        head.push(b'\n');
        let mut chunks = vec![head];
        for (at, values) in self.values.chunks(CHUNK).enumerate() {
            if at > 0 {
                chunks.push(Vec::new());
            }
            for &value in values {
                match u8::try_from(value) {
                    Ok(byte) if byte != ESCAPE => chunks[at].push(byte),
                    _ => chunks[at].extend([&[ESCAPE][..], &value.to_le_bytes()].concat()),
                }
            }
        }
        Ok(chunks)
    }

    /// Decodes the column of `count` articles from `sources` sources.
    pub fn decode(
        path: &str,
        chunks: &[Vec<u8>],
        count: u32,
        sources: usize,
    ) -> Result<Column, ArchiveError> {
        let damaged = |what: &dyn ToString| ArchiveError::damaged(path, what.to_string());
        let first = chunks.first().map_or(&[][..], Vec::as_slice);
        let line = memchr::memchr(b'\n', first).ok_or_else(|| damaged(&"no list of pairs"))?;
        let head: Head = serde_json::from_slice(&first[..line]).map_err(|error| damaged(&error))?;
        let mut values = Vec::with_capacity(count as usize);
        let mut bytes =
            chunks.iter().enumerate().flat_map(|(at, chunk)| &chunk[if at == 0 { line + 1 } else { 0 }..]);
        while let Some(&byte) = bytes.next() {
            values.push(match byte {
                ESCAPE => match (bytes.next(), bytes.next()) {
                    (Some(&low), Some(&high)) => u16::from_le_bytes([low, high]),
                    _ => return Err(damaged(&"it ends too early")),
                },
                byte => u16::from(byte),
            });
        }
        let pairs = head.pairs.len();
        if values.len() != count as usize
            || values.iter().any(|&value| usize::from(value) >= pairs)
            || head.pairs.iter().any(|&(source, _)| usize::from(source) >= sources)
        {
            return Err(damaged(&"it does not fit the manifest"));
        }
        Ok(Column { pairs: head.pairs, values })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn columns_come_back(sources in proptest::collection::vec(0u16..400, 0..40_000)) {
            let lang = |source: u16| Lang::ALL[usize::from(source) % 3];
            let column = Column::of(sources.iter().map(|&source| (source, lang(source))));
            let chunks = column.encode().unwrap();
            let count = sources.len() as u32;
            prop_assert_eq!(&Column::decode("x", &chunks, count, 400).unwrap(), &column);
            prop_assert!(Column::decode("x", &chunks, count + 1, 400).is_err());
            for (ordinal, &source) in sources.iter().enumerate() {
                prop_assert_eq!(column.get(ordinal as u32), Some((source, lang(source))));
            }
        }
    }
}
