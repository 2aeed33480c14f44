//! Index shards.
//!
//! ```text
//! archive/index-NAME/0.bin …       characters and bigrams: the shard is computed from the characters
//! archive/index-NAME/N.bin …       words, sorted, cut where a shard is full; a directory lists the cuts
//! ```
//!
//! All shards share the name of the whole index, so no other file lists them one by one. Each starts with a
//! checksum over its number and content. Shards are bit streams without compression: deflate gains nothing.

use super::bits::{BitReader, BitWriter, Broken};
use super::error::ArchiveError;
use super::postings::Postings;
use crate::model::Hash;
use serde::{Deserialize, Serialize};

/// Key of a character or bigram, in index order.
pub type CharKey = (u32, u32);

const CHECKSUM: usize = 8;
/// Prime multiplier that spreads the bigrams of a frequent character over all shards.
const SPREAD: u64 = 7919;
/// First Han character of the basic plane.
const HAN: u32 = 0x4E00;
/// Exp-Golomb orders for gaps between first characters, steps of second characters, numbers of keys, and
/// words.
const GAP: u32 = 4;
const STEP: u32 = 4;
const COUNT: u32 = 8;
const PREFIX: u32 = 2;
const LETTER: u32 = 3;

/// Index section of the manifest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IndexTables {
    /// Name of the shards' folder.
    pub name: String,
    /// Hash of the [folding tables](crate::text::tables_name) used by the build.
    #[serde(rename = "folding")]
    pub folding: String,
    /// Number of shards for characters and bigrams.
    #[serde(rename = "chars")]
    pub chars: u32,
    /// Leaves of the word directory: the first word and the file name of each.
    #[serde(rename = "words")]
    pub words: Vec<(String, String)>,
}

/// Leaf of the word directory.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WordLeaf {
    /// Number of its first shard.
    #[serde(rename = "first")]
    pub first: u32,
    /// First word of each of its shards.
    #[serde(rename = "words")]
    pub words: Vec<String>,
}

/// Returns the path of shard `number` of the index `name`.
pub fn shard_path(name: &str, number: u32) -> String {
    format!("archive/index-{name}/{number}.bin")
}

/// Returns the shard of `key`, out of `shards`.
pub fn shard_of(key: CharKey, shards: u32) -> u32 {
    ((u64::from(key.0) * SPREAD + u64::from(key.1)) % u64::from(shards.max(1))) as u32
}

/// Encodes shard `number` of `shards` with these keys, which must be in order.
pub fn encode_chars<'a>(
    number: u32,
    shards: u32,
    count: u32,
    entries: impl ExactSizeIterator<Item = (CharKey, &'a Postings)>,
) -> Vec<u8> {
    let mut bits = BitWriter::default();
    bits.golomb(entries.len() as u32, COUNT);
    let mut last = None;
    for (key, postings) in entries {
        let step = step_of(key, shards);
        match last {
            Some(first) if first == key.0 => bits.bits(1, 1),
            _ => {
                bits.bits(0, 1);
                bits.golomb(key.0 - last.unwrap_or_default(), GAP);
            }
        }
        bits.golomb(step, STEP);
        last = Some(key.0);
        postings.encode(count, &mut bits);
    }
    seal(number, bits)
}

/// Returns the rank of the second character among those possible after the first: within a shard only every
/// `shards`th character is. Ranks start at Han, which is most frequent.
fn step_of(key: CharKey, shards: u32) -> u32 {
    let (steps, han) = steps(shards);
    (key.1 / shards + steps - han) % steps
}

/// Returns the second character with rank `step` after `first`.
fn second(first: u32, step: u32, number: u32, shards: u32) -> Option<u32> {
    let rest = (u64::from(first) * SPREAD) % u64::from(shards);
    let remainder = (u64::from(number) + u64::from(shards) - rest) % u64::from(shards);
    let (steps, han) = steps(shards);
    (step < steps).then(|| (step + han) % steps * shards + remainder as u32)
}

/// Returns the number of ranks, and the number of ranks before Han.
fn steps(shards: u32) -> (u32, u32) {
    (u32::from(char::MAX) / shards + 1, HAN / shards)
}

/// Decodes the lists of the `wanted` keys, which must be in order; `None` for absent keys.
pub fn decode_chars(
    path: &str,
    bytes: &[u8],
    (number, shards): (u32, u32),
    count: u32,
    wanted: &[CharKey],
) -> Result<Vec<Option<Postings>>, ArchiveError> {
    let mut bits = open(path, bytes, number)?;
    let mut read = || -> Result<Vec<Option<Postings>>, Broken> {
        let mut found = Vec::with_capacity(wanted.len());
        let mut first = 0u32;
        for _ in 0..bits.golomb(COUNT)? {
            if bits.bits(1)? == 0 {
                first = first.checked_add(bits.golomb(GAP)?).ok_or(Broken)?;
            }
            let step = bits.golomb(STEP)?;
            let key = (first, second(first, step, number, shards).ok_or(Broken)?);
            while wanted.get(found.len()).is_some_and(|&wanted| wanted < key) {
                found.push(None);
            }
            match wanted.get(found.len()) {
                None => break,
                Some(&wanted) if wanted == key => found.push(Some(Postings::decode(count, &mut bits)?)),
                Some(_) => Postings::skip(count, &mut bits)?,
            }
        }
        found.resize(wanted.len(), None);
        Ok(found)
    };
    read().map_err(|Broken| damaged(path))
}

/// Encodes shard `number` with these words, which must be in order, each with its encoded list.
pub fn encode_words(number: u32, entries: &[(&str, &BitWriter)]) -> Vec<u8> {
    let mut bits = BitWriter::default();
    bits.golomb(entries.len() as u32, COUNT);
    let mut last = "";
    for (word, postings) in entries {
        let same = last.bytes().zip(word.bytes()).take_while(|(a, b)| a == b).count();
        bits.golomb(same as u32, PREFIX);
        bits.golomb((word.len() - same) as u32, PREFIX);
        word.bytes().skip(same).for_each(|byte| bits.golomb(rank_of(byte), LETTER));
        bits.append(postings);
        last = word;
    }
    seal(number, bits)
}

/// Calls `take` for each `wanted` word of a shard, in order, with its list. `wanted` returns `None` to stop:
/// neither this word nor a later one is wanted.
pub fn decode_words(
    path: &str,
    bytes: &[u8],
    number: u32,
    count: u32,
    wanted: impl Fn(&str) -> Option<bool>,
    mut take: impl FnMut(&str, Postings),
) -> Result<(), ArchiveError> {
    let mut bits = open(path, bytes, number)?;
    let mut read = || -> Result<(), Broken> {
        let mut word = Vec::new();
        for _ in 0..bits.golomb(COUNT)? {
            let same = bits.golomb(PREFIX)? as usize;
            if same > word.len() {
                return Err(Broken);
            }
            word.truncate(same);
            for _ in 0..bits.golomb(PREFIX)? {
                word.push(byte_of(bits.golomb(LETTER)?).ok_or(Broken)?);
            }
            let text = str::from_utf8(&word).map_err(|_| Broken)?;
            match wanted(text) {
                None => break,
                Some(true) => take(text, Postings::decode(count, &mut bits)?),
                Some(false) => Postings::skip(count, &mut bits)?,
            }
        }
        Ok(())
    };
    read().map_err(|Broken| damaged(path))
}

/// Bytes of folded words by descending frequency; earlier ones have shorter codes.
const LETTERS: &[u8; 36] = b"eaionrtsldcuhmpgbykfvw0123456789jzxq";

/// Returns the rank of a byte: the most frequent ones first, then all bytes by value.
fn rank_of(byte: u8) -> u32 {
    let place = LETTERS.iter().position(|&letter| letter == byte);
    place.map_or(LETTERS.len() as u32 + u32::from(byte), |place| place as u32)
}

fn byte_of(rank: u32) -> Option<u8> {
    match LETTERS.get(rank as usize) {
        Some(&letter) => Some(letter),
        None => u8::try_from(rank - LETTERS.len() as u32).ok(),
    }
}

fn seal(number: u32, bits: BitWriter) -> Vec<u8> {
    let body = bits.finish();
    let mut bytes = checksum(number, &body).to_vec();
    bytes.extend(body);
    bytes
}

/// Returns the checksum of a shard file. The name of the index is derived from the checksums of all shards.
pub fn checksum(number: u32, body: &[u8]) -> [u8; CHECKSUM] {
    let numbered = [&number.to_le_bytes()[..], body].concat();
    Hash::of(&numbered).top(64).to_le_bytes()
}

/// Returns true if `bytes` are shard `number` with a valid checksum.
pub(super) fn is_shard(bytes: &[u8], number: u32) -> bool {
    bytes.split_first_chunk().is_some_and(|(sum, body)| *sum == checksum(number, body))
}

fn open<'a>(path: &str, bytes: &'a [u8], number: u32) -> Result<BitReader<'a>, ArchiveError> {
    match bytes.split_first_chunk::<CHECKSUM>() {
        Some((sum, body)) if *sum == checksum(number, body) => Ok(BitReader::new(body)),
        _ => Err(damaged(path)),
    }
}

fn damaged(path: &str) -> ArchiveError {
    ArchiveError::damaged(path, "checksum mismatch or invalid encoding")
}
