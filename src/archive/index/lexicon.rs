//! Lexicon: the frequent words of an archive, from which a search suggests spellings.
//!
//! Each first letter has a shard of its own, between those of the characters and those of the words.

use super::bit_codec::DecodeError;
use super::shard::{encode_words, read_words};
use super::{BitWriter, split_title};
use crate::archive::reader::Store;
use crate::archive::{Archive, ArchiveError};
use crate::small_sort;
use crate::text::{Token, base_letters, fold_article, for_each_token};
use std::collections::{BTreeMap, BTreeSet};

/// Word of the lexicon.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LexiconWord {
    /// Word, folded.
    pub text: String,
    /// Number of articles that contain the word.
    pub article_count: u32,
}

/// Fewest articles that contain a word of the lexicon. A typing error rarely stands in more.
const MIN_ARTICLES: u32 = 3;
/// Shortest word of the lexicon, in characters.
const MIN_WORD_CHARS: usize = 4;
/// Largest shard of the lexicon, in bytes. Its rarest words are left out.
const MAX_SHARD_BYTES: usize = 16_000;
/// Exp-Golomb order of the numbers of articles.
const COUNT_ORDER: u32 = 2;

/// Returns the first base letter of `word`, which `articles` contain, if the word belongs to the lexicon.
pub fn lexicon_letter(word: &str, article_count: u32) -> Option<char> {
    if article_count < MIN_ARTICLES {
        return None;
    }
    let base = base_letters(word);
    let is_word = base.chars().count() >= MIN_WORD_CHARS && base.chars().all(is_lexicon_letter);
    base.chars().next().filter(|_| is_word)
}

/// Returns true for base letters of Latin, Greek and Cyrillic.
pub fn is_lexicon_letter(c: char) -> bool {
    c.is_ascii_lowercase() || c.is_alphabetic() && matches!(c, '\u{DF}'..='\u{52F}')
}

/// Encodes shard `number` with `words`, in the order of the index, or with the most frequent ones that fit.
pub fn encode_lexicon(number: u32, words: &[(&str, u32)]) -> Vec<u8> {
    let mut ranks: Vec<usize> = (0..words.len()).collect();
    small_sort::sort_by_key(&mut ranks, |&at| (u32::MAX - words[at].1, at));
    loop {
        let chosen: BTreeSet<usize> = ranks.iter().copied().collect();
        let counts = chosen.iter().map(|&at| {
            let mut bits = BitWriter::default();
            bits.exp_golomb(words[at].1, COUNT_ORDER);
            (words[at].0, bits)
        });
        let counts: Vec<(&str, BitWriter)> = counts.collect();
        let entries: Vec<(&str, &BitWriter)> = counts.iter().map(|(word, bits)| (*word, bits)).collect();
        let bytes = encode_words(number, &entries);
        if bytes.len() <= MAX_SHARD_BYTES {
            return bytes;
        }
        // Fewer words share longer parts, so the estimate is repeated.
        ranks.truncate((ranks.len() * MAX_SHARD_BYTES / bytes.len()).min(ranks.len() - 1));
    }
}

impl<S: Store> Archive<S> {
    /// Returns the words of the lexicon whose base letters start with `letter`. An archive in one file has no index;
    /// its words are counted.
    pub async fn lexicon(&self, letter: char) -> Result<Vec<LexiconWord>, ArchiveError> {
        if self.manifest().file_index.is_none() {
            return Ok(self.count_words(letter));
        }
        let Some((index, place)) = self.index().and_then(|index| {
            let place = index.lexicon_letters.chars().position(|other| other == letter)?;
            Some((index, place as u32))
        }) else {
            return Ok(Vec::new());
        };
        let number = index.ngram_shards.saturating_add(place);
        let (path, bytes) = self.fetch_shard(index, number).await?;
        let mut words = Vec::new();
        read_words(&path, &bytes, number, &mut |word, bits| -> Result<bool, DecodeError> {
            words.push(LexiconWord { text: word.to_owned(), article_count: bits.exp_golomb(COUNT_ORDER)? });
            Ok(true)
        })?;
        Ok(words)
    }

    fn count_words(&self, letter: char) -> Vec<LexiconWord> {
        let mut counts: BTreeMap<String, u32> = BTreeMap::new();
        for article in &self.articles {
            let folded = fold_article(&article.text());
            let mut words = BTreeSet::new();
            for (part, _) in split_title(&folded) {
                for_each_token(part, |token| {
                    if let Token::Word(word) = token {
                        words.insert(word);
                    }
                });
            }
            for word in words {
                match counts.get_mut(word) {
                    Some(count) => *count += 1,
                    None => drop(counts.insert(word.to_owned(), 1)),
                }
            }
        }
        let words = counts.into_iter().filter(|(word, count)| lexicon_letter(word, *count) == Some(letter));
        words.map(|(text, article_count)| LexiconWord { text, article_count }).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(bytes: &[u8]) -> Vec<(String, u32)> {
        let mut words = Vec::new();
        read_words("shard", bytes, 7, &mut |word, bits| {
            words.push((word.to_owned(), bits.exp_golomb(COUNT_ORDER)?));
            Ok(true)
        })
        .unwrap();
        words
    }

    #[test]
    fn words_in_three_articles_belong_to_the_lexicon() {
        assert_eq!(lexicon_letter("étude", 3), Some('e'));
        assert_eq!(lexicon_letter("лодка", 9), Some('л'));
        for (word, count) in [("étude", 2), ("ebb", 9), ("covid19", 9), ("สะพา", 9), ("हिन्दी", 9)]
        {
            assert_eq!(lexicon_letter(word, count), None, "{word}");
        }
    }

    #[test]
    fn lexicon_is_decoded_as_written() {
        let words = [("tidal", 3), ("tide", 4000), ("tïde", 5)];
        let expected = words.map(|(word, count)| (word.to_owned(), count));
        assert_eq!(decoded(&encode_lexicon(7, &words)), expected);
        assert!(decoded(&encode_lexicon(7, &[])).is_empty());
    }

    #[test]
    fn most_frequent_words_fill_the_shard() {
        let words: Vec<String> = (0..20_000).map(|number| format!("t{number:05}x")).collect();
        let counted: Vec<(&str, u32)> =
            words.iter().zip(0..).map(|(word, at)| (word.as_str(), 3 + at % 1000)).collect();
        let bytes = encode_lexicon(7, &counted);
        assert!((MAX_SHARD_BYTES / 2..=MAX_SHARD_BYTES).contains(&bytes.len()), "{}", bytes.len());
        let kept = decoded(&bytes);
        let rarest = kept.iter().map(|(_, count)| *count).min().unwrap();
        assert!(
            kept.is_sorted() && counted.iter().filter(|(_, count)| *count > rarest).count() <= kept.len()
        );
    }
}
