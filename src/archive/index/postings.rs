//! Posting lists: the articles that contain a token, with its frequency class.
//!
//! A list is coded as its length; the positions of its articles with the token in their title; the ordinals
//! in binary interpolative coding; and the frequency classes in codes of one to three bits. Measured on 9,927
//! real articles with 9.5 million postings of 665,000 characters and bigrams, in megabytes:
//!
//! | part | coding | size |
//! |---|---|---|
//! | ordinals | gaps in Rice codes (estimated from the counts) | 8.5 |
//! | ordinals | binary interpolative: news comes in waves | 8.12 |
//! | ordinals | the same, short code words in the middle of each range | **8.01** |
//! | frequencies | impacts normalized by length, four equally frequent classes, two bits | 2.63 |
//! | frequencies | the same, rarer classes in longer codes | 2.03 |
//! | frequencies | the same, none in lists of up to four articles | 1.89 |
//! | frequencies | raw, mostly one; the lengths are in the facets, 5 kB | **1.51** |
//! | titles | positions within the list, interpolative | **0.31** |
//! | lengths | Exp-Golomb | **0.28** |
//! | keys | see [`shard`](super::shard) | **0.95** |
//!
//! Deflate gains nothing on any part, so shards are bit streams and not JSON.

use super::bit_codec::{BitReader, DecodeError};
use super::{BitWriter, LengthBucket};

/// Posting list of a token.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Postings {
    /// Ordinals, ascending.
    pub ordinals: Vec<u32>,
    /// Frequency class of the token in each article.
    pub frequencies: Vec<FrequencyClass>,
}

/// Code of the posting lists of an archive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PostingCode {
    /// Number of articles.
    pub article_count: u32,
    /// True if frequencies from nine on have classes of their own.
    pub has_high_frequencies: bool,
}

/// Frequency class of a token in an article, in three bits, with a title flag.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FrequencyClass(u8);

/// Longest list without frequencies: ranking so few articles is not worth the bits.
const MAX_UNRANKED_LEN: usize = 4;
/// Lower limit of each frequency class but the first.
const FREQUENCY_THRESHOLDS: [u32; 5] = [2, 3, 5, 9, 17];
/// Last class of archives without high frequencies: five and more.
const LAST_LOW_STEP: u8 = 3;
/// Bits of the frequency class, and the title flag.
const STEP_MASK: u8 = 7;
const TITLE_FLAG: u8 = 8;
/// Representative frequency of each class, in hundredths.
const STEP_FREQUENCIES: [u32; 6] = [100, 200, 340, 700, 1200, 2400];
/// BM25 length norm `k1 (1 - b + b l / l0)` for each class of [`LengthBucket`], in hundredths. `k1` is 1.2, `b`
/// 0.75 and `l0` 4125 bytes, the measured mean length. `l0` is constant, so that the norm depends on the
/// article alone.
const LENGTH_NORMS: [u32; 16] = [36, 39, 42, 47, 54, 64, 78, 98, 127, 167, 224, 304, 417, 578, 805, 1126];
/// Bonus for a token in the title, in thousandths.
const TITLE_BONUS: u32 = 100;

impl FrequencyClass {
    /// Returns the class of a token with `frequency` occurrences.
    pub fn new(frequency: u32, titled: bool) -> FrequencyClass {
        let step = FREQUENCY_THRESHOLDS.iter().filter(|&&least| frequency >= least).count() as u8;
        FrequencyClass(step | if titled { TITLE_FLAG } else { 0 })
    }

    /// Returns the class as an archive with lists in `code` stores it.
    pub fn in_code(self, code: PostingCode) -> FrequencyClass {
        match code.has_high_frequencies {
            true => self,
            false => FrequencyClass(self.step().min(LAST_LOW_STEP) | self.0 & TITLE_FLAG),
        }
    }

    /// Returns the frequency class, 0 to 5.
    pub fn step(self) -> u8 {
        self.0 & STEP_MASK
    }

    /// Returns the token's share of the BM25 score for an article of this length, in thousandths of its IDF:
    /// the saturated, length-normalized frequency plus the title bonus.
    pub fn bm25_share(self, length: LengthBucket) -> u32 {
        let step = usize::from(self.step()).min(STEP_FREQUENCIES.len() - 1);
        let frequency = STEP_FREQUENCIES[step];
        let title = if self.in_title() { TITLE_BONUS } else { 0 };
        1000 * frequency / (frequency + LENGTH_NORMS[length.index()]) + title
    }

    /// Returns true if the token occurs in the title.
    pub fn in_title(self) -> bool {
        self.0 & TITLE_FLAG != 0
    }

    /// Returns the higher frequency class of the two, with the title flag if either has it.
    pub fn combine_max(self, other: FrequencyClass) -> FrequencyClass {
        FrequencyClass(self.step().max(other.step()) | (self.0 | other.0) & TITLE_FLAG)
    }

    /// Returns the lower frequency class of the two, with the title flag if both have it.
    pub fn combine_min(self, other: FrequencyClass) -> FrequencyClass {
        FrequencyClass(self.step().min(other.step()) | self.0 & other.0 & TITLE_FLAG)
    }

    /// Converts to a byte.
    pub fn to_byte(self) -> u8 {
        self.0
    }

    /// Converts from the byte of [`to_byte`](FrequencyClass::to_byte).
    pub fn from_byte(byte: u8) -> FrequencyClass {
        FrequencyClass(byte & (STEP_MASK | TITLE_FLAG))
    }
}

impl Postings {
    /// Appends an article, which must follow all others. Keeps the frequency class even in a short list,
    /// unlike [`from_indexed`](Postings::from_indexed).
    pub fn push(&mut self, ordinal: u32, frequency: FrequencyClass) {
        self.ordinals.push(ordinal);
        self.frequencies.push(frequency);
    }

    /// Creates the list of these articles, which must be in order, as stored in the index: a list of up to
    /// four articles loses its frequency classes.
    pub fn from_indexed(entries: impl IntoIterator<Item = (u32, FrequencyClass)>) -> Postings {
        let (ordinals, frequencies) = entries.into_iter().unzip();
        let mut postings = Postings { ordinals, frequencies };
        if postings.is_unranked() {
            postings.frequencies.iter_mut().for_each(|frequency| frequency.0 &= TITLE_FLAG);
        }
        postings
    }

    fn is_unranked(&self) -> bool {
        self.len() <= MAX_UNRANKED_LEN
    }

    /// Returns the number of articles.
    pub fn len(&self) -> usize {
        self.ordinals.len()
    }

    /// Returns true if the list is empty.
    pub fn is_empty(&self) -> bool {
        self.ordinals.is_empty()
    }

    /// Iterates over the articles with their frequency classes, in order.
    pub fn iter(&self) -> impl Iterator<Item = (u32, FrequencyClass)> + '_ {
        self.ordinals.iter().copied().zip(self.frequencies.iter().copied())
    }

    /// Returns the union of `lists` in an archive of `count` articles. A prefix can match hundreds of words,
    /// so each entry is visited only once.
    pub fn union(count: u32, lists: impl IntoIterator<Item = Postings>) -> Postings {
        let mut lists = lists.into_iter();
        let (first, second) = (lists.next().unwrap_or_default(), lists.next());
        let Some(second) = second else { return first };
        let mut frequencies: Vec<Option<FrequencyClass>> = vec![None; count as usize];
        for (ordinal, frequency) in [first, second].into_iter().chain(lists).flat_map(Postings::into_entries)
        {
            if let Some(there) = frequencies.get_mut(ordinal as usize) {
                *there = Some(there.map_or(frequency, |there| there.combine_max(frequency)));
            }
        }
        let (ordinals, frequencies) =
            (0..).zip(frequencies).filter_map(|(ordinal, frequency)| Some((ordinal, frequency?))).unzip();
        Postings { ordinals, frequencies }
    }

    fn into_entries(self) -> impl Iterator<Item = (u32, FrequencyClass)> {
        self.ordinals.into_iter().zip(self.frequencies)
    }

    /// Encodes the list, which must not be empty.
    pub fn encode(&self, code: PostingCode, to: &mut BitWriter) {
        let length = self.len() as u32;
        to.exp_golomb(length - 1, 0);
        let titled: Vec<u32> = (0..length).filter(|&at| self.frequencies[at as usize].in_title()).collect();
        to.exp_golomb(titled.len() as u32, 0);
        to.interpolative(&titled, 0, length);
        to.interpolative(&self.ordinals, 0, code.article_count);
        for frequency in self.frequencies.iter().filter(|_| length as usize > MAX_UNRANKED_LEN) {
            match frequency.step() {
                0 => to.bits(0, 1),
                1 => to.bits(0b01, 2),
                2 => to.bits(0b011, 3),
                _ if !code.has_high_frequencies => to.bits(0b111, 3),
                3 => to.bits(0b0111, 4),
                highest => to.bits(0b01111 | u32::from(highest & 1) << 4, 5),
            }
        }
    }

    /// Decodes a list written by [`encode`](Postings::encode).
    pub fn decode(code: PostingCode, from: &mut BitReader<'_>) -> Result<Postings, DecodeError> {
        let (length, titled) = read_counts(code.article_count, from)?;
        let mut postings =
            Postings { ordinals: Vec::with_capacity(length as usize), frequencies: Vec::new() };
        postings.frequencies.resize(length as usize, FrequencyClass::default());
        from.interpolative(titled, 0, length, &mut |at| postings.frequencies[at as usize].0 = TITLE_FLAG)?;
        from.interpolative(length, 0, code.article_count, &mut |ordinal| postings.ordinals.push(ordinal))?;
        if !postings.is_unranked() {
            for frequency in &mut postings.frequencies {
                frequency.0 |= step(code, from)?;
            }
        }
        Ok(postings)
    }

    /// Skips a list.
    pub fn skip(code: PostingCode, from: &mut BitReader<'_>) -> Result<(), DecodeError> {
        let (length, titled) = read_counts(code.article_count, from)?;
        from.skip_interpolative(titled, 0, length)?;
        from.skip_interpolative(length, 0, code.article_count)?;
        (0..if length as usize > MAX_UNRANKED_LEN { length } else { 0 })
            .try_for_each(|_| step(code, from).map(drop))
    }
}

/// Reads the length of a list and the number of its articles with the token in their title.
fn read_counts(count: u32, from: &mut BitReader<'_>) -> Result<(u32, u32), DecodeError> {
    let length = from.exp_golomb(0)?.checked_add(1).filter(|&length| length <= count).ok_or(DecodeError)?;
    let titled = from.exp_golomb(0)?;
    if titled <= length { Ok((length, titled)) } else { Err(DecodeError) }
}

/// Reads a frequency class; rarer classes have longer codes: 1, 2, 3 and 3 bits, or 1, 2, 3, 4, 5 and 5 bits.
#[inline]
fn step(code: PostingCode, from: &mut BitReader<'_>) -> Result<u8, DecodeError> {
    let last = if code.has_high_frequencies { 4 } else { 2 };
    let mut step = 0;
    while step < last && from.bits(1)? == 1 {
        step += 1;
    }
    Ok(if step == last { step + from.bits(1)? as u8 } else { step })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::collection::{btree_map, vec};
    use proptest::prelude::*;

    fn code(article_count: u32, has_high_frequencies: bool) -> PostingCode {
        PostingCode { article_count, has_high_frequencies }
    }

    fn postings() -> impl Strategy<Value = Postings> {
        let byte = (0u8..6, any::<bool>()).prop_map(|(step, titled)| step | u8::from(titled) << 3);
        btree_map(0u32..1000, byte, 1..300).prop_map(|entries| {
            Postings::from_indexed(
                entries.into_iter().map(|(ordinal, byte)| (ordinal, FrequencyClass::from_byte(byte))),
            )
        })
    }

    proptest! {
        #[test]
        fn posting_lists_round_trip(mut lists in vec(postings(), 1..4), is_high in any::<bool>()) {
            let code = code(1000, is_high);
            let mut writer = BitWriter::default();
            for list in &mut lists {
                list.encode(code, &mut writer);
                list.frequencies.iter_mut().for_each(|class| *class = class.in_code(code));
            }
            let bytes = writer.finish();
            let (mut reader, mut skipping) = (BitReader::new(&bytes), BitReader::new(&bytes));
            for list in &lists {
                prop_assert_eq!(&Postings::decode(code, &mut skipping.clone()).unwrap(), list);
                prop_assert_eq!(&Postings::decode(code, &mut reader).unwrap(), list);
                prop_assert!(Postings::skip(code, &mut skipping).is_ok());
            }
        }

        #[test]
        fn arbitrary_bytes_decode_in_order_or_fail(bytes in vec(any::<u8>(), 0..60), is_high in any::<bool>()) {
            if let Ok(list) = Postings::decode(code(500, is_high), &mut BitReader::new(&bytes)) {
                prop_assert!(list.ordinals.is_sorted() && list.ordinals.iter().all(|&ordinal| ordinal < 500));
                prop_assert_eq!(list.ordinals.len(), list.frequencies.len());
            }
        }

        #[test]
        fn union_contains_the_entries_of_every_list(lists in vec(postings(), 0..4)) {
            let any = Postings::union(1000, lists.clone());
            let mut expected: std::collections::BTreeMap<u32, FrequencyClass> = Default::default();
            for (ordinal, frequency) in lists.iter().flat_map(Postings::iter) {
                expected.entry(ordinal).and_modify(|there| *there = there.combine_max(frequency)).or_insert(frequency);
            }
            prop_assert!(any.iter().eq(expected));
        }
    }

    #[test]
    fn share_grows_with_frequency_and_title_and_falls_with_length() {
        let share = |frequency, bytes, titled| {
            FrequencyClass::new(frequency, titled).bm25_share(LengthBucket::from_byte_len(bytes))
        };
        assert!(share(1, 20_000, false) < share(1, 500, false));
        assert!(share(1, 3000, false) < share(9, 3000, false));
        assert!(share(1, 3000, false) < share(1, 3000, true));
        assert!(
            share(8, 3000, false) < share(9, 3000, false) && share(16, 3000, false) < share(17, 3000, false)
        );
        assert_eq!(share(17, 3000, false), share(50, 3000, false));
        let stored = |frequency| FrequencyClass::new(frequency, true).in_code(code(9, false));
        assert_eq!(stored(5), stored(50));
    }
}
