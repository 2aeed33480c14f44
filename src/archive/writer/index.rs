//! Index builder: turns the tokens of every article into shards.
//!
//! Articles are processed in blocks. The tokens of a block are extracted in parallel, sorted by shard and token,
//! and written as a *run*; runs beyond the memory budget go to a temporary file. Each shard is then merged from its
//! partition of every run, in parallel. Neither block size nor thread count affects the result.

use super::compact_lists::{CompactLists, CompactPart, MAX_ARTICLES};
use super::duplicates::{BodyDigest, body_digest};
use super::file_budget::grown;
use super::temporary_file::{Place, TemporaryFile};
use super::{FileBudget, StoredArticles, WriteError, WriteProgress};
use crate::archive::index::{
    BigramKey, BitWriter, CHECKSUM_BYTES, FrequencyClass, IndexTerm, LengthBucket, LengthTable, PostingCode,
    Postings, checksum, encode_lexicon, encode_ngrams, encode_words, lexicon_letter, shard_of, split_title,
};
use crate::model::content_hash;
use crate::text::{Token, compare_words, fold_article, for_each_token};
use rayon::prelude::*;
use std::collections::{BTreeMap, HashMap};
use std::path::Path;

/// Search index of an archive.
pub struct Index {
    /// Shards: first those of characters, then the lexicon, then those of words.
    pub shards: Shards,
    /// Number of character shards.
    pub char_shard_count: u32,
    /// First letters of the shards of the lexicon.
    pub lexicon_letters: String,
    /// First word of each word shard.
    pub first_words: Vec<String>,
    /// Content name of all shards together.
    pub name: String,
    /// Body digest of each article.
    pub body_digests: Vec<Option<BodyDigest>>,
    /// Length of each article.
    pub lengths: LengthTable,
    /// Postings of the character tokens that only few articles share.
    pub discriminative: CompactLists,
    /// True if frequencies from nine on have classes of their own.
    pub has_high_frequencies: bool,
}

/// Shards by number, in a temporary file.
pub struct Shards {
    file: TemporaryFile,
    places: Vec<Place>,
    /// Checksums of the shards, one after the other.
    checksums: Vec<u8>,
}

/// Shard that lies in the temporary file.
struct StoredShard {
    place: Place,
    checksum: [u8; CHECKSUM_BYTES],
}

impl Shards {
    fn new(folder: &Path) -> Result<Shards, WriteError> {
        Ok(Shards { file: TemporaryFile::create(folder)?, places: Vec::new(), checksums: Vec::new() })
    }

    fn store(&self, number: u32, shard: &[u8]) -> Result<StoredShard, WriteError> {
        Ok(StoredShard { place: self.file.append(shard)?, checksum: checksum(number, shard) })
    }

    /// Adds the next shard.
    fn add(&mut self, shard: StoredShard) {
        self.places.push(shard.place);
        self.checksums.extend(shard.checksum);
    }

    fn next_number(&self) -> u32 {
        self.places.len() as u32
    }

    fn push(&mut self, shard: &[u8]) -> Result<(), WriteError> {
        let stored = self.store(self.next_number(), shard)?;
        self.add(stored);
        Ok(())
    }

    /// Calls `act` with the number and the bytes of each shard, from several threads.
    pub(super) fn par_for_each(
        &self,
        act: impl Fn(u32, Vec<u8>) -> Result<(), WriteError> + Sync,
    ) -> Result<(), WriteError> {
        let numbered = self.places.par_iter().enumerate();
        numbered.try_for_each(|(number, place)| act(number as u32, self.file.read(*place)?))
    }

    /// Returns the bytes of all shards.
    #[cfg(test)]
    pub(crate) fn read_all(&self) -> Vec<Vec<u8>> {
        self.places.iter().map(|place| self.file.read(*place).unwrap_or_default()).collect()
    }
}

/// Sizes that control the index builder.
#[derive(Clone, Copy, Debug)]
pub struct IndexConfig {
    /// Smallest target size of a shard, in bytes.
    pub shard_bytes: usize,
    /// Number of files that the site may have.
    pub budget: FileBudget,
    /// Number of articles per run.
    pub articles_per_run: usize,
    /// Memory budget for runs, in bytes.
    pub memory_budget: usize,
    /// True if frequencies from nine on have classes of their own.
    pub has_high_frequencies: bool,
}

impl IndexConfig {
    /// Returns the sizes for a site that may have this many files.
    pub const fn new(budget: FileBudget, has_high_frequencies: bool) -> IndexConfig {
        IndexConfig {
            shard_bytes: 15_500,
            budget,
            articles_per_run: 1024,
            memory_budget: 16 << 20,
            has_high_frequencies,
        }
    }

    /// Returns the target size of the shards of `total` bytes.
    fn grown_shard_bytes(&self, total: usize) -> usize {
        let share = |step| INDEX_SHARE * total.div_ceil(grown(self.shard_bytes, step));
        grown(self.shard_bytes, self.budget.best_step(share))
    }
}

/// Character shards, and word shards, take at most this fraction of the files that the budget leaves. The rest is for
/// packs.
const INDEX_SHARE: usize = 4;
/// Index bytes per 100 characters of scripts without spaces; measured.
const BYTES_OF_100_CHARS: usize = 112;
/// Number of run partitions for words; words are assigned to shards only when all of them are known.
const WORD_PARTITIONS: u32 = 64;

/// Builds the index of `articles`, sorted by ordinal.
pub fn build_index(
    articles: &StoredArticles,
    sizes: IndexConfig,
    progress: &dyn WriteProgress,
) -> Result<Index, WriteError> {
    let count = u32::try_from(articles.len()).ok().filter(|&count| count <= MAX_ARTICLES);
    let count = count.ok_or(WriteError::FormatLimit("this number of articles"))?;
    let code = PostingCode { article_count: count, has_high_frequencies: sizes.has_high_frequencies };
    progress.begin_phase("indexing", articles.len());
    let char_bytes = articles.cjk_chars() * BYTES_OF_100_CHARS / 100;
    let shards = char_bytes.div_ceil(sizes.grown_shard_bytes(char_bytes)).max(1) as u32;
    let mut runs = SortedRuns::new(shards + WORD_PARTITIONS, sizes.memory_budget, articles.folder());
    let mut words = WordIds::default();
    let (mut bodies, mut lengths) = (Vec::with_capacity(articles.len()), Vec::with_capacity(articles.len()));
    for first in (0..articles.len()).step_by(sizes.articles_per_run) {
        let block = first..articles.len().min(first + sizes.articles_per_run);
        let units = block.into_par_iter().map(|at| {
            progress.advance();
            Ok(ArticleTokens::from_text(&articles.text(at)?, code))
        });
        let units: Vec<ArticleTokens> = units.collect::<Result<_, WriteError>>()?;
        bodies.extend(units.iter().map(|units| units.body_digest));
        lengths.extend(units.iter().map(|units| units.length));
        runs.add(sorted_run(units, first as u32, shards, &mut words))?;
    }
    let mut files = Shards::new(articles.folder())?;
    let made: Vec<(StoredShard, CompactPart)> = (0..shards)
        .into_par_iter()
        .map(|number| {
            let lists = runs.postings(number)?;
            let entries = lists.iter().map(|(&key, list)| (((key >> 32) as u32, key as u32), list));
            let file = files.store(number, &encode_ngrams(number, shards, code, entries))?;
            let mut telling = CompactPart::default();
            for (&key, list) in lists.iter().filter(|(_, list)| is_discriminative(list, count)) {
                telling.push(key, list);
            }
            Ok((file, telling))
        })
        .collect::<Result<_, WriteError>>()?;
    let (stored, telling): (Vec<StoredShard>, Vec<CompactPart>) = made.into_iter().unzip();
    stored.into_iter().for_each(|shard| files.add(shard));
    let (lexicon_letters, first_words) = encode_word_shards(&runs, words, shards, code, sizes, &mut files)?;
    let lengths = lengths.into_iter().collect();
    let name = content_hash(&files.checksums);
    Ok(Index {
        shards: files,
        char_shard_count: shards,
        lexicon_letters,
        first_words,
        name,
        body_digests: bodies,
        lengths,
        discriminative: telling.into_iter().collect(),
        has_high_frequencies: code.has_high_frequencies,
    })
}

/// Returns `true` if articles that share the token of this list are likely to be related.
///
/// The bound moves only when the archive doubles; otherwise each day's articles would change related lists
/// throughout the archive.
fn is_discriminative(list: &Postings, count: u32) -> bool {
    (2..=(count.next_power_of_two() / 80).clamp(20, 600)).contains(&(list.len() as u32))
}

/// Distinct tokens of an article with their frequency classes.
struct ArticleTokens {
    chars: Vec<(BigramKey, FrequencyClass)>,
    words: Vec<(String, FrequencyClass)>,
    body_digest: Option<BodyDigest>,
    length: LengthBucket,
}

impl ArticleTokens {
    fn from_text(text: &str, code: PostingCode) -> ArticleTokens {
        let folded = fold_article(text);
        let (mut chars, mut words) = (Vec::with_capacity(folded.len() / 2), BTreeMap::new());
        for (part, titled) in split_title(&folded) {
            for_each_token(part, |gram| match gram {
                Token::Char(c) => chars.push((IndexTerm::bigram_key(c, None), titled)),
                Token::Bigram(a, b) => chars.push((IndexTerm::bigram_key(a, Some(b)), titled)),
                Token::Word(word) => {
                    let (count, in_title) = words.entry(word).or_insert((0, false));
                    *count += 1;
                    *in_title |= titled;
                }
            });
        }
        chars.sort_unstable();
        let chars = chars.chunk_by(|a, b| a.0 == b.0).map(|same| {
            let titled = same.iter().any(|(_, titled)| *titled);
            (same[0].0, FrequencyClass::new(same.len() as u32, titled).in_code(code))
        });
        let words = words.into_iter().map(|(word, (count, titled))| {
            (word.to_owned(), FrequencyClass::new(count, titled).in_code(code))
        });
        let [_, (body, _)] = split_title(&folded);
        let length = LengthBucket::from_byte_len(folded.len());
        ArticleTokens {
            chars: chars.collect(),
            words: words.collect(),
            body_digest: body_digest(body),
            length,
        }
    }
}

/// Word ids in order of first occurrence.
#[derive(Default)]
struct WordIds(HashMap<String, u32>);

impl WordIds {
    fn id(&mut self, word: String) -> u32 {
        let next = self.0.len() as u32;
        *self.0.entry(word).or_insert(next)
    }
}

/// Posting in a run: partition, token, ordinal, frequency class.
type RunEntry = (u32, u64, u32, FrequencyClass);

/// Returns the entries of a block, sorted.
fn sorted_run(units: Vec<ArticleTokens>, first: u32, shards: u32, words: &mut WordIds) -> Vec<RunEntry> {
    let mut entries =
        Vec::with_capacity(units.iter().map(|units| units.chars.len() + units.words.len()).sum());
    for (units, ordinal) in units.into_iter().zip(first..) {
        entries.extend(units.chars.into_iter().map(|(key, frequency)| {
            (shard_of(key, shards), u64::from(key.0) << 32 | u64::from(key.1), ordinal, frequency)
        }));
        entries.extend(units.words.into_iter().map(|(word, frequency)| {
            let number = words.id(word);
            (shards + number % WORD_PARTITIONS, u64::from(number), ordinal, frequency)
        }));
    }
    entries.par_sort_unstable();
    entries
}

/// Sorted runs, in memory up to a budget and otherwise in a temporary file.
struct SortedRuns<'a> {
    partitions: u32,
    memory_budget: usize,
    temporary_folder: &'a Path,
    runs: Vec<SortedRun>,
    spill_file: Option<TemporaryFile>,
}

struct SortedRun {
    /// End of each partition.
    partition_ends: Vec<usize>,
    /// Content, unless stored in the file.
    bytes: Vec<u8>,
    /// Place in the file.
    place: Option<Place>,
}

impl<'a> SortedRuns<'a> {
    fn new(partitions: u32, memory_budget: usize, temporary_folder: &'a Path) -> SortedRuns<'a> {
        SortedRuns { partitions, memory_budget, temporary_folder, runs: Vec::new(), spill_file: None }
    }

    fn add(&mut self, entries: Vec<RunEntry>) -> Result<(), WriteError> {
        let mut run = SortedRun {
            partition_ends: Vec::with_capacity(self.partitions as usize),
            bytes: Vec::new(),
            place: None,
        };
        let mut rest = entries.as_slice();
        for part in 0..self.partitions {
            let (here, after) = rest.split_at(rest.partition_point(|entry| entry.0 <= part));
            rest = after;
            let mut last = 0;
            for same in here.chunk_by(|a, b| a.1 == b.1) {
                write_varint(&mut run.bytes, same[0].1 - last);
                write_varint(&mut run.bytes, same.len() as u64);
                last = same[0].1;
                for &(_, _, ordinal, frequency) in same {
                    write_varint(&mut run.bytes, u64::from(ordinal) << 4 | u64::from(frequency.to_byte()));
                }
            }
            run.partition_ends.push(run.bytes.len());
        }
        let held: usize = self.runs.iter().map(|run| run.bytes.len()).sum();
        if held + run.bytes.len() > self.memory_budget {
            let file = match &mut self.spill_file {
                Some(file) => file,
                none => none.insert(TemporaryFile::create(self.temporary_folder)?),
            };
            run.place = Some(file.append(&std::mem::take(&mut run.bytes))?);
        }
        self.runs.push(run);
        Ok(())
    }

    /// Returns the postings of one partition, sorted by token.
    fn postings(&self, part: u32) -> Result<BTreeMap<u64, Postings>, WriteError> {
        let mut lists: BTreeMap<u64, Postings> = BTreeMap::new();
        for run in &self.runs {
            let start = (part as usize).checked_sub(1).map_or(0, |before| run.partition_ends[before]);
            let range = start..run.partition_ends[part as usize];
            let read;
            let bytes = match (run.place, &self.spill_file) {
                (Some(place), Some(file)) => {
                    let offset = place.offset + range.start as u64;
                    read = file.read(Place { offset, length: range.len() })?;
                    read.as_slice()
                }
                _ => &run.bytes[range],
            };
            let (mut at, mut key) = (0, 0);
            while at < bytes.len() {
                key += read_varint(bytes, &mut at)?;
                let list = lists.entry(key).or_default();
                for _ in 0..read_varint(bytes, &mut at)? {
                    let entry = read_varint(bytes, &mut at)?;
                    list.push((entry >> 4) as u32, FrequencyClass::from_byte(entry as u8));
                }
            }
        }
        Ok(lists)
    }
}

/// Writes a number in LEB128: seven bits per byte, lowest first.
fn write_varint(bytes: &mut Vec<u8>, value: u64) {
    if let Some((code, length)) = leb128fmt::encode_u64(value) {
        bytes.extend_from_slice(&code[..length]);
    }
}

/// Reads the number that [`write_varint`] has written at `at`, and moves `at` behind it.
fn read_varint(bytes: &[u8], at: &mut usize) -> Result<u64, WriteError> {
    leb128fmt::decode_uint_slice::<u64, 64>(bytes, at).map_err(|_| WriteError::DamagedTemporaryFile)
}

/// Adds the lexicon and the word shards to `files`. Returns the letters of the lexicon and the first word of each word
/// shard.
fn encode_word_shards(
    runs: &SortedRuns,
    words: WordIds,
    chars: u32,
    code: PostingCode,
    sizes: IndexConfig,
    files: &mut Shards,
) -> Result<(String, Vec<String>), WriteError> {
    let encoded = (0..WORD_PARTITIONS).into_par_iter().map(|part| {
        let lists = runs.postings(chars + part)?;
        let encode = |(number, list): (u64, Postings)| {
            let mut bits = BitWriter::default();
            list.encode(code, &mut bits);
            (number as u32, (bits, list.len() as u32))
        };
        Ok(lists.into_iter().map(encode).collect::<Vec<_>>())
    });
    let encoded: Vec<Vec<(u32, (BitWriter, u32))>> = encoded.collect::<Result<_, WriteError>>()?;
    let lists: HashMap<u32, (BitWriter, u32)> = encoded.into_iter().flatten().collect();
    let mut words: Vec<(String, u32)> = words.0.into_iter().collect();
    words.par_sort_unstable_by(|(one, _), (other, _)| compare_words(one, other));

    let mut lexicon: BTreeMap<char, Vec<(&str, u32)>> = BTreeMap::new();
    for (word, number) in &words {
        let Some((_, article_count)) = lists.get(number) else { continue };
        if let Some(letter) = lexicon_letter(word, *article_count) {
            lexicon.entry(letter).or_default().push((word, *article_count));
        }
    }
    for words in lexicon.values() {
        files.push(&encode_lexicon(files.next_number(), words))?;
    }

    let word_bytes = |word: &str, list: &BitWriter| list.byte_len() + word.len() / 2 + 1;
    let total = words.iter().filter_map(|(word, number)| Some(word_bytes(word, &lists.get(number)?.0))).sum();
    let shard_bytes = sizes.grown_shard_bytes(total);
    let (mut firsts, mut shard, mut size) = (Vec::new(), Vec::new(), 0);
    for (at, (word, number)) in words.iter().enumerate() {
        let Some((list, _)) = lists.get(number) else { continue };
        shard.push((word.as_str(), list));
        size += word_bytes(word, list);
        if size >= shard_bytes || at + 1 == words.len() {
            firsts.push(shard[0].0.to_owned());
            files.push(&encode_words(files.next_number(), &shard))?;
            (shard, size) = (Vec::new(), 0);
        }
    }
    Ok((lexicon.into_keys().collect(), firsts))
}
