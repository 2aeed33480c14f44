//! Word extraction without a dictionary: runs that repeatedly occur between punctuation marks are words.
//!
//! Enumerations, quotations and headlines contain many such runs of two to four characters: names of people, places
//! and things, and set phrases. Words of other scripts are delimited by their letters.

use sheaf::text::{is_cjk, is_word};
use std::collections::{HashMap, HashSet};
use std::ops::RangeInclusive;

/// Length of a Chinese word, in characters.
const LENGTHS: RangeInclusive<usize> = 2..=4;
/// Length of a word of another script, in letters.
const LETTERS: RangeInclusive<usize> = 3..=16;
/// Minimum number of isolated occurrences.
const TIMES: u32 = 2;

/// Words of a corpus, as written.
pub struct Lexicon(HashSet<String>);

impl Lexicon {
    /// Extracts the words of `texts`.
    pub fn of<'a>(texts: impl Iterator<Item = &'a str>) -> Lexicon {
        let mut alone: HashMap<&str, u32> = HashMap::new();
        for text in texts {
            for run in text.split(|c| !is_cjk(c)).filter(|run| LENGTHS.contains(&run.chars().count())) {
                *alone.entry(run).or_default() += 1;
            }
        }
        Lexicon(alone.into_iter().filter(|run| run.1 >= TIMES).map(|run| run.0.to_owned()).collect())
    }

    /// Returns the distinct words in `text`, the longest at each position, in order.
    pub fn words<'a>(&self, text: &'a str) -> Vec<&'a str> {
        let mut words = Vec::new();
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            let length = if is_word(first) {
                let word = &rest[..rest.find(|c| !is_word(c)).unwrap_or(rest.len())];
                let spelled =
                    word.chars().all(char::is_alphabetic) && LETTERS.contains(&word.chars().count());
                words.extend(spelled.then_some(word));
                word.len()
            } else if let Some(word) = self.longest(rest) {
                words.push(word);
                word.len()
            } else {
                first.len_utf8()
            };
            rest = &rest[length..];
        }
        let mut seen = HashSet::new();
        words.retain(|word| seen.insert(*word));
        words
    }

    fn longest<'a>(&self, text: &'a str) -> Option<&'a str> {
        let ends = text.char_indices().map(|(at, c)| at + c.len_utf8()).take(*LENGTHS.end());
        let mut beginnings: Vec<&str> = ends.map(|end| &text[..end]).collect();
        beginnings.reverse();
        beginnings.into_iter().find(|beginning| self.0.contains(*beginning))
    }
}
