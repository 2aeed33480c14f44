//! Index lookup, and computation of frequencies from a text without an index.

use super::shard::{decode_ngrams, decode_words, is_valid_shard};
use super::{
    BigramKey, FrequencyClass, IndexManifest, PostingCode, Postings, WordDirectoryLeaf, shard_of, shard_path,
};
use crate::archive::reader::Store;
use crate::archive::{Archive, ArchiveError};
use crate::model::BLOCK_SEPARATOR;
use crate::text::{Inflections, Token, base_letters, compare_words, for_each_token};
use crate::{json_de, small_sort};
use futures_util::future::join_all;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::rc::Rc;

/// Term looked up in the index.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum IndexTerm {
    /// Character or bigram.
    Ngram(char, Option<char>),
    /// Whole word.
    Word(String),
    /// All words with this prefix.
    Prefix(String),
    /// All words with these base letters.
    Base(String),
    /// All words whose base letters have this prefix.
    BasePrefix(String),
    /// All words with these base letters, and their inflected forms.
    Inflected(Inflections),
    /// All words whose base letters have this prefix, and its inflected forms.
    InflectedPrefix(Inflections),
}

impl IndexTerm {
    /// Returns the index key of a character or bigram.
    pub fn bigram_key(first: char, second: Option<char>) -> BigramKey {
        (u32::from(first), second.map_or(0, u32::from))
    }

    /// Returns true if `word` of a text is one of the term's.
    fn is_word(&self, word: &str) -> bool {
        match self {
            IndexTerm::Ngram(..) => false,
            IndexTerm::Word(text) => word == text,
            IndexTerm::Prefix(text) => word.starts_with(text.as_str()),
            IndexTerm::Base(text) => base_letters(word) == text.as_str(),
            IndexTerm::BasePrefix(text) => base_letters(word).starts_with(text.as_str()),
            IndexTerm::Inflected(forms) => base_letters(word) == forms.word() || forms.contains(word),
            IndexTerm::InflectedPrefix(forms) => {
                base_letters(word).starts_with(forms.word()) || forms.contains(word)
            }
        }
    }

    /// Returns true if words from `first` to `last` of the index can include one of the term's, all of them within its
    /// range.
    fn can_lie_between(&self, first: &str, last: Option<&String>) -> bool {
        match (self, last) {
            (IndexTerm::Inflected(forms) | IndexTerm::InflectedPrefix(forms), Some(last)) => {
                forms.can_lie_between(&base_letters(first), &base_letters(last))
            }
            _ => true,
        }
    }

    /// Returns the range of the words of the term, which is no n-gram.
    fn word_range(&self) -> WordRange<'_> {
        let (start, is_one_word) = match self {
            IndexTerm::Ngram(..) => (Cow::default(), true),
            IndexTerm::Word(word) | IndexTerm::Base(word) => (base_letters(word), true),
            IndexTerm::Prefix(prefix) | IndexTerm::BasePrefix(prefix) => (base_letters(prefix), false),
            IndexTerm::Inflected(forms) | IndexTerm::InflectedPrefix(forms) => {
                (Cow::Borrowed(forms.start()), false)
            }
        };
        WordRange { start, is_one_word }
    }
}

/// Range of the word directory. Of two with the same start, the wider one is the lesser.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct WordRange<'a> {
    /// Base letters of the words, or their start.
    start: Cow<'a, str>,
    is_one_word: bool,
}

impl WordRange<'_> {
    /// Returns true if `other` lies within this range.
    fn covers(&self, other: &WordRange<'_>) -> bool {
        self.start == other.start || !self.is_one_word && other.start.starts_with(&*self.start)
    }
}

impl<S: Store> Archive<S> {
    /// Returns the index section of the manifest, if it matches this program's folding tables.
    pub fn index(&self) -> Option<&IndexManifest> {
        let index = self.manifest().file_index.as_ref()?.index.as_ref()?;
        (index.fold_hash == crate::text::FOLD_TABLES_HASH).then_some(index)
    }

    /// Returns the code of the posting lists. Without an index, texts are ranked in the same way.
    pub fn posting_code(&self) -> PostingCode {
        PostingCode {
            article_count: self.count(),
            has_high_frequencies: self.index().is_some_and(|index| index.has_high_frequencies),
        }
    }

    /// Returns the posting lists of `units`, in their order. Each shard is fetched once, all concurrently.
    /// Without an index all lists are empty.
    pub async fn postings(&self, units: &[IndexTerm]) -> Vec<Result<Rc<Postings>, ArchiveError>> {
        let Some(index) = self.index() else { return vec![Ok(Rc::default()); units.len()] };
        let mut by_shard: BTreeMap<u32, Vec<(BigramKey, usize)>> = BTreeMap::new();
        let mut ranges: Vec<(WordRange, usize)> = Vec::new();
        for (at, unit) in units.iter().enumerate() {
            match unit {
                IndexTerm::Ngram(first, second) => {
                    let key = IndexTerm::bigram_key(*first, *second);
                    by_shard.entry(shard_of(key, index.ngram_shards)).or_default().push((key, at));
                }
                term => ranges.push((term.word_range(), at)),
            }
        }
        // Terms within the range of another lie in its shards.
        small_sort::sort(&mut ranges);
        let mut words: Vec<Vec<(WordRange, usize)>> = Vec::new();
        for (range, at) in ranges {
            match words.last_mut().filter(|group| group[0].0.covers(&range)) {
                Some(group) => group.push((range, at)),
                None => words.push(vec![(range, at)]),
            }
        }
        let chars = by_shard.into_iter().map(|(shard, mut wanted)| async move {
            small_sort::sort(&mut wanted);
            let keys: Vec<BigramKey> = wanted.iter().map(|&(key, _)| key).collect();
            let found = self.ngram_postings(index, shard, &keys).await;
            wanted
                .into_iter()
                .enumerate()
                .map(|(nth, (_, at))| {
                    let list = found.as_ref().map(|found| found[nth].clone()).map_err(Clone::clone);
                    (at, list)
                })
                .collect::<Vec<_>>()
        });
        let words = words.into_iter().map(|group| async move {
            let mut lists = Vec::with_capacity(group.len());
            for (range, at) in group {
                lists.push((at, self.word_postings(index, &units[at], &range).await.map(Rc::new)));
            }
            lists
        });
        let (chars, words) = futures_util::future::join(join_all(chars), join_all(words)).await;
        let mut lists = vec![Ok(Rc::default()); units.len()];
        for (at, list) in chars.into_iter().chain(words).flatten() {
            lists[at] = list;
        }
        lists
    }

    async fn ngram_postings(
        &self,
        index: &IndexManifest,
        shard: u32,
        wanted: &[BigramKey],
    ) -> Result<Vec<Rc<Postings>>, ArchiveError> {
        let (path, bytes) = self.fetch_shard(index, shard).await?;
        let found = decode_ngrams(&path, &bytes, (shard, index.ngram_shards), self.posting_code(), wanted)?;
        Ok(found.into_iter().map(|list| Rc::new(list.unwrap_or_default())).collect())
    }

    async fn word_postings(
        &self,
        index: &IndexManifest,
        term: &IndexTerm,
        range: &WordRange<'_>,
    ) -> Result<Postings, ArchiveError> {
        let (base, goes_on) = (&*range.start, !range.is_one_word);
        let wanted = |there: &str| {
            let there_base = base_letters(there);
            match &*there_base {
                other if other == base || goes_on && other.starts_with(base) => Some(term.is_word(there)),
                other if other < base => Some(false),
                _ => None,
            }
        };
        let is_before = |first: &String| compare_words(first, base).is_le();
        let mut lists = Vec::new();
        // Matching words can start in the leaf or shard before the first one that starts with a match.
        let leaf = index.word_leaves.partition_point(|(first, _)| is_before(first)).saturating_sub(1);
        let next_leaves =
            index.word_leaves.iter().map(|(first, _)| first).skip(leaf + 1).map(Some).chain([None]);
        for ((first, name), next_leaf) in index.word_leaves.iter().skip(leaf).zip(next_leaves) {
            if wanted(first).is_none() {
                break;
            }
            let leaf = self.fetch_leaf(name).await?;
            let start = leaf.first_words.partition_point(is_before).saturating_sub(1);
            let here = leaf.first_words.iter().enumerate().skip(start);
            let numbers = here
                .take_while(|(_, first)| wanted(first).is_some())
                .filter(|(at, first)| term.can_lie_between(first, leaf.first_words.get(at + 1).or(next_leaf)))
                .map(|(at, _)| leaf.first_shard.saturating_add(at as u32));
            let shards = join_all(numbers.map(|number| async move {
                Ok::<_, ArchiveError>((number, self.fetch_shard(index, number).await?))
            }))
            .await;
            for shard in shards {
                let (number, (path, bytes)) = shard?;
                decode_words(&path, &bytes, number, self.posting_code(), wanted, |_, list| lists.push(list))?;
            }
        }
        Ok(Postings::union(self.count(), lists))
    }

    pub(super) async fn fetch_shard(
        &self,
        index: &IndexManifest,
        number: u32,
    ) -> Result<(String, Rc<Vec<u8>>), ArchiveError> {
        let path = shard_path(&index.name, number);
        if let Some(bytes) = self.shards.borrow_mut().get(&path) {
            return Ok((path, bytes));
        }
        let bytes = self.fetch_verified(&path, |bytes| is_valid_shard(bytes, number)).await?;
        let weight = bytes.len();
        let bytes = self.shards.borrow_mut().insert(&path, bytes, weight);
        Ok((path, bytes))
    }

    async fn fetch_leaf(&self, name: &str) -> Result<Rc<WordDirectoryLeaf>, ArchiveError> {
        if let Some(leaf) = self.leaves.borrow_mut().get(name) {
            return Ok(leaf);
        }
        let (path, json) = self.fetch_by_hash(name).await?;
        let leaf = json_de::from_slice(&json).map_err(|error| ArchiveError::damaged(&path, error))?;
        Ok(self.leaves.borrow_mut().insert(name, leaf, 1))
    }
}

/// Splits a folded text into title and body, each with a title flag.
pub fn split_title(folded: &str) -> [(&str, bool); 2] {
    let (title, body) = folded.split_once(BLOCK_SEPARATOR).unwrap_or((folded, ""));
    [(title, true), (body, false)]
}

/// Calls `take` with the frequency classes of `unit` in a folded text, whose first line is the title, as the index
/// would store them. A prefix has one class per matching word.
pub fn for_each_frequency<'a>(
    folded: &'a str,
    unit: &IndexTerm,
    mut take: impl FnMut(&'a str, FrequencyClass),
) {
    match unit {
        IndexTerm::Ngram(first, second) => {
            let needle: String = [Some(*first), *second].into_iter().flatten().collect();
            let (mut count, mut titled) = (0, false);
            for (mut part, in_title) in split_title(folded) {
                // Occurrences may overlap, as the bigrams of three equal characters do.
                while let Some(at) = memchr::memmem::find(part.as_bytes(), needle.as_bytes()) {
                    titled |= in_title;
                    count += 1;
                    part = &part[at + first.len_utf8()..];
                }
            }
            if count > 0 {
                take("", FrequencyClass::new(count, titled));
            }
        }
        term => for_each_word_frequency(folded, |word| term.is_word(word), take),
    }
}

fn for_each_word_frequency<'a>(
    folded: &'a str,
    wanted: impl Fn(&str) -> bool,
    mut take: impl FnMut(&'a str, FrequencyClass),
) {
    let mut counts: BTreeMap<&str, (u32, bool)> = BTreeMap::new();
    for (part, in_title) in split_title(folded) {
        for_each_token(part, |gram| {
            if let Token::Word(word) = gram
                && wanted(word)
            {
                let (count, titled) = counts.entry(word).or_default();
                *count += 1;
                *titled |= in_title;
            }
        });
    }
    for (word, (count, titled)) in counts {
        take(word, FrequencyClass::new(count, titled));
    }
}
