//! Index shards.
//!
//! ```text
//! archive/index-NAME/0.bin …       characters and bigrams: the shard is computed from the characters
//! archive/index-NAME/N.bin …       words, sorted, cut where a shard is full; a directory lists the cuts
//! ```
//!
//! All shards share the name of the whole index, so no other file lists them one by one. Each starts with a
//! checksum over its number and content. Shards are bit streams without compression: deflate gains nothing.

use super::bit_codec::{BitReader, DecodeError};
use super::{BitWriter, PostingCode, Postings};
use crate::archive::ArchiveError;
use crate::model::Hash;
use serde::{Deserialize, Serialize};

/// Key of a character or bigram, in index order.
pub type BigramKey = (u32, u32);

/// Size of the checksum at the start of a shard.
pub const CHECKSUM_BYTES: usize = 8;
/// Prime multiplier that spreads the bigrams of a frequent character over all shards.
const SHARD_MULTIPLIER: u64 = 7919;
/// First Han character of the basic plane.
const FIRST_HAN: u32 = 0x4E00;
/// Exp-Golomb orders for gaps between first characters, steps of second characters, numbers of keys, and
/// words.
const GAP_ORDER: u32 = 4;
const STEP_ORDER: u32 = 4;
const COUNT_ORDER: u32 = 8;
const PREFIX_ORDER: u32 = 2;
const LETTER_ORDER: u32 = 3;

/// Index section of the manifest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IndexManifest {
    /// Name of the shards' folder.
    pub name: String,
    /// Hash of the folding tables, [`FOLD_TABLES_HASH`](crate::text::FOLD_TABLES_HASH), used by the build.
    #[serde(rename = "folding")]
    pub fold_hash: String,
    /// Number of shards for characters and bigrams.
    #[serde(rename = "chars")]
    pub ngram_shards: u32,
    /// Leaves of the word directory: the first word and the file name of each.
    #[serde(rename = "words")]
    pub word_leaves: Vec<(String, String)>,
    /// First letters of the lexicon, each with a shard after those of the characters.
    #[serde(default, rename = "lexicon", skip_serializing_if = "String::is_empty")]
    pub lexicon_letters: String,
    /// True if frequencies from nine on have classes of their own, since version 5.
    #[serde(default, rename = "high", skip_serializing_if = "std::ops::Not::not")]
    pub has_high_frequencies: bool,
}

/// Leaf of the word directory.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WordDirectoryLeaf {
    /// Number of its first shard.
    #[serde(rename = "first")]
    pub first_shard: u32,
    /// First word of each of its shards.
    #[serde(rename = "words")]
    pub first_words: Vec<String>,
}

/// Returns the path of shard `number` of the index `name`.
pub fn shard_path(name: &str, number: u32) -> String {
    format!("archive/index-{name}/{number}.bin")
}

/// Returns the shard of `key`, out of `shards`.
pub fn shard_of(key: BigramKey, shards: u32) -> u32 {
    ((u64::from(key.0) * SHARD_MULTIPLIER + u64::from(key.1)) % u64::from(shards.max(1))) as u32
}

/// Encodes shard `number` of `shards` with these keys, which must be in order.
pub fn encode_ngrams<'a>(
    number: u32,
    shards: u32,
    code: PostingCode,
    entries: impl ExactSizeIterator<Item = (BigramKey, &'a Postings)>,
) -> Vec<u8> {
    let mut bits = BitWriter::default();
    bits.exp_golomb(entries.len() as u32, COUNT_ORDER);
    let mut last = None;
    for (key, postings) in entries {
        let step = second_char_step(key, shards);
        match last {
            Some(first) if first == key.0 => bits.bits(1, 1),
            _ => {
                bits.bits(0, 1);
                bits.exp_golomb(key.0 - last.unwrap_or_default(), GAP_ORDER);
            }
        }
        bits.exp_golomb(step, STEP_ORDER);
        last = Some(key.0);
        postings.encode(code, &mut bits);
    }
    prepend_checksum(number, bits)
}

/// Returns the rank of the second character among those possible after the first: within a shard only every
/// `shards`th character is. Ranks start at Han, which is most frequent.
fn second_char_step(key: BigramKey, shards: u32) -> u32 {
    let (steps, han) = step_counts(shards);
    (key.1 / shards + steps - han) % steps
}

/// Returns the second character with rank `step` after `first`.
fn second_char(first: u32, step: u32, number: u32, shards: u32) -> Option<u32> {
    let rest = (u64::from(first) * SHARD_MULTIPLIER) % u64::from(shards);
    let remainder = (u64::from(number) + u64::from(shards) - rest) % u64::from(shards);
    let (steps, han) = step_counts(shards);
    (step < steps).then(|| (step + han) % steps * shards + remainder as u32)
}

/// Returns the number of ranks, and the number of ranks before Han.
fn step_counts(shards: u32) -> (u32, u32) {
    (u32::from(char::MAX) / shards + 1, FIRST_HAN / shards)
}

/// Decodes the lists of the `wanted` keys, which must be in order; `None` for absent keys.
pub fn decode_ngrams(
    path: &str,
    bytes: &[u8],
    (number, shards): (u32, u32),
    code: PostingCode,
    wanted: &[BigramKey],
) -> Result<Vec<Option<Postings>>, ArchiveError> {
    let mut bits = open_verified(path, bytes, number)?;
    let mut read = || -> Result<Vec<Option<Postings>>, DecodeError> {
        let mut found = Vec::with_capacity(wanted.len());
        let mut first = 0u32;
        for _ in 0..bits.exp_golomb(COUNT_ORDER)? {
            if bits.bits(1)? == 0 {
                first = first.checked_add(bits.exp_golomb(GAP_ORDER)?).ok_or(DecodeError)?;
            }
            let step = bits.exp_golomb(STEP_ORDER)?;
            let key = (first, second_char(first, step, number, shards).ok_or(DecodeError)?);
            while wanted.get(found.len()).is_some_and(|&wanted| wanted < key) {
                found.push(None);
            }
            match wanted.get(found.len()) {
                None => break,
                Some(&wanted) if wanted == key => found.push(Some(Postings::decode(code, &mut bits)?)),
                Some(_) => Postings::skip(code, &mut bits)?,
            }
        }
        found.resize(wanted.len(), None);
        Ok(found)
    };
    read().map_err(|DecodeError| damaged_shard(path))
}

/// Encodes shard `number` with these words, which must be in order, each with its encoded list.
pub fn encode_words(number: u32, entries: &[(&str, &BitWriter)]) -> Vec<u8> {
    let mut bits = BitWriter::default();
    bits.exp_golomb(entries.len() as u32, COUNT_ORDER);
    let mut last = "";
    for (word, postings) in entries {
        let same = last.bytes().zip(word.bytes()).take_while(|(a, b)| a == b).count();
        bits.exp_golomb(same as u32, PREFIX_ORDER);
        bits.exp_golomb((word.len() - same) as u32, PREFIX_ORDER);
        word.bytes().skip(same).for_each(|byte| bits.exp_golomb(rank_of(byte), LETTER_ORDER));
        bits.append(postings);
        last = word;
    }
    prepend_checksum(number, bits)
}

/// Calls `take` for each `wanted` word of a shard, in order, with its list. `wanted` returns `None` to stop:
/// neither this word nor a later one is wanted.
pub fn decode_words(
    path: &str,
    bytes: &[u8],
    number: u32,
    code: PostingCode,
    wanted: impl Fn(&str) -> Option<bool>,
    mut take: impl FnMut(&str, Postings),
) -> Result<(), ArchiveError> {
    read_words(path, bytes, number, &mut |word, bits| {
        match wanted(word) {
            None => return Ok(false),
            Some(true) => take(word, Postings::decode(code, bits)?),
            Some(false) => Postings::skip(code, bits)?,
        }
        Ok(true)
    })
}

/// Reader of what follows a word; returns false to stop.
type ReadWord<'a> = &'a mut dyn FnMut(&str, &mut BitReader) -> Result<bool, DecodeError>;

/// Calls `read` for each word of a shard, in order.
pub(super) fn read_words(
    path: &str,
    bytes: &[u8],
    number: u32,
    read: ReadWord<'_>,
) -> Result<(), ArchiveError> {
    let mut bits = open_verified(path, bytes, number)?;
    let mut read_all = || -> Result<(), DecodeError> {
        let mut word = Vec::new();
        for _ in 0..bits.exp_golomb(COUNT_ORDER)? {
            let same = bits.exp_golomb(PREFIX_ORDER)? as usize;
            if same > word.len() {
                return Err(DecodeError);
            }
            word.truncate(same);
            for _ in 0..bits.exp_golomb(PREFIX_ORDER)? {
                word.push(byte_of(bits.exp_golomb(LETTER_ORDER)?).ok_or(DecodeError)?);
            }
            if !read(str::from_utf8(&word).map_err(|_| DecodeError)?, &mut bits)? {
                break;
            }
        }
        Ok(())
    };
    read_all().map_err(|DecodeError| damaged_shard(path))
}

/// Bytes of folded words by descending frequency; earlier ones have shorter codes.
const LETTERS_BY_FREQUENCY: &[u8; 36] = b"eaionrtsldcuhmpgbykfvw0123456789jzxq";

/// Returns the rank of a byte: the most frequent ones first, then all bytes by value.
fn rank_of(byte: u8) -> u32 {
    let place = LETTERS_BY_FREQUENCY.iter().position(|&letter| letter == byte);
    place.map_or(LETTERS_BY_FREQUENCY.len() as u32 + u32::from(byte), |place| place as u32)
}

fn byte_of(rank: u32) -> Option<u8> {
    match LETTERS_BY_FREQUENCY.get(rank as usize) {
        Some(&letter) => Some(letter),
        None => u8::try_from(rank - LETTERS_BY_FREQUENCY.len() as u32).ok(),
    }
}

fn prepend_checksum(number: u32, bits: BitWriter) -> Vec<u8> {
    let body = bits.finish();
    let mut bytes = checksum(number, &body).to_vec();
    bytes.extend(body);
    bytes
}

/// Returns the checksum of a shard file. The name of the index is derived from the checksums of all shards.
pub fn checksum(number: u32, body: &[u8]) -> [u8; CHECKSUM_BYTES] {
    let numbered = [&number.to_le_bytes()[..], body].concat();
    Hash::new(&numbered).high_bits(64).to_le_bytes()
}

/// Returns true if `bytes` are shard `number` with a valid checksum.
pub(in crate::archive) fn is_valid_shard(bytes: &[u8], number: u32) -> bool {
    bytes.split_first_chunk().is_some_and(|(sum, body)| *sum == checksum(number, body))
}

fn open_verified<'a>(path: &str, bytes: &'a [u8], number: u32) -> Result<BitReader<'a>, ArchiveError> {
    match bytes.split_first_chunk::<CHECKSUM_BYTES>() {
        Some((sum, body)) if *sum == checksum(number, body) => Ok(BitReader::new(body)),
        _ => Err(damaged_shard(path)),
    }
}

fn damaged_shard(path: &str) -> ArchiveError {
    ArchiveError::damaged(path, "checksum mismatch or invalid encoding")
}
