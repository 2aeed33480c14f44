//! Shards of the index.
//!
//! ```text
//! archive/index-NAME/0.bin …       characters and pairs: the shard of a unit is computed from its characters
//! archive/index-NAME/N.bin …       words, in order, cut where a shard is full; a directory says where
//! ```
//!
//! All shards share the name of the whole index, so none has to be named elsewhere; each begins with a
//! checksum over its number and content. They are bits, not JSON, and not compressed again: deflate finds
//! nothing in them.

use super::bits::{BitReader, BitWriter, Broken};
use super::error::ArchiveError;
use super::postings::Postings;
use crate::model::Hash;
use serde::{Deserialize, Serialize};

/// A unit of one or two characters, as the index orders them.
pub type CharKey = (u32, u32);

const CHECKSUM: usize = 8;
/// A prime, so that the pairs of a frequent character are spread over all shards.
const SPREAD: u64 = 7919;
/// Where Han begins.
const HAN: u32 = 0x4E00;
/// Orders of the codes for the gap between first characters, the step of second ones, numbers of keys, and words.
const GAP: u32 = 4;
const STEP: u32 = 4;
const COUNT: u32 = 8;
const PREFIX: u32 = 2;
const LETTER: u32 = 3;

/// What a manifest says of the index.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IndexTables {
    /// The name of the folder of the shards.
    pub name: String,
    /// The [tables](crate::text::FOLD_TABLES_HASH) that its texts were folded with.
    pub folding: String,
    /// How many shards of characters and pairs there are.
    pub chars: u32,
    /// The parts of the directory of words: the first word of each, and the name of its file.
    pub words: Vec<(String, String)>,
}

/// A part of the directory of words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WordLeaf {
    /// The number of its first shard.
    pub first: u32,
    /// The first word of each of its shards.
    pub words: Vec<String>,
}

/// The path of shard `number` of the index called `name`.
pub fn shard_path(name: &str, number: u32) -> String {
    format!("archive/index-{name}/{number}.bin")
}

/// The shard, one of `shards`, that the unit `key` lies in.
pub fn shard_of(key: CharKey, shards: u32) -> u32 {
    ((u64::from(key.0) * SPREAD + u64::from(key.1)) % u64::from(shards.max(1))) as u32
}

/// Writes the shard `number` of `shards` with these units, which are in order.
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

/// Within a shard only every `shards`th second character can follow a first one: which of them this is. The
/// numbers begin with those of Han, since most are.
fn step_of(key: CharKey, shards: u32) -> u32 {
    let (steps, han) = steps(shards);
    (key.1 / shards + steps - han) % steps
}

/// The second character at `step` after `first`.
fn second(first: u32, step: u32, number: u32, shards: u32) -> Option<u32> {
    let rest = (u64::from(first) * SPREAD) % u64::from(shards);
    let remainder = (u64::from(number) + u64::from(shards) - rest) % u64::from(shards);
    let (steps, han) = steps(shards);
    (step < steps).then(|| (step + han) % steps * shards + remainder as u32)
}

/// How many steps all characters take, and how many of them lie before Han.
fn steps(shards: u32) -> (u32, u32) {
    (u32::from(char::MAX) / shards + 1, HAN / shards)
}

/// Reads the lists of the `wanted` units, which are in order, from a shard; nothing for those not in it.
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

/// Writes shard `number` with these words, which are in order, each with its list as bits.
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

/// Hands over the words of a shard that are `wanted`, in order, with their lists; `None` for a word says that
/// neither it nor any after it is.
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

/// The bytes that folded words consist of most, most frequent first: they have the shorter codes.
const LETTERS: &[u8; 36] = b"eaionrtsldcuhmpgbykfvw0123456789jzxq";

/// The place of a byte when the most frequent ones come first and the others stay in order.
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

/// The checksum of a shard's file, by which a whole index is named.
pub fn checksum(number: u32, body: &[u8]) -> [u8; CHECKSUM] {
    let numbered = [&number.to_le_bytes()[..], body].concat();
    Hash::of(&numbered).top(64).to_le_bytes()
}

/// Whether `bytes` are shard `number` of an index, whole.
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
    ArchiveError::damaged(path, "its content does not fit its checksum or its form")
}
