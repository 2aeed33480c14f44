//! Table of phrases and characters.

use crate::text::OffsetMap;
use std::ops::Range;

/// Error: a table file cannot be parsed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("invalid conversion tables: reload, or build the site again")]
pub struct ConversionTableError;

/// Phrases and characters with their replacements.
///
/// All phrases are stored sorted in one string, and the longest match narrows a range of them character by
/// character. Tens of thousands of small allocations would take longer than the conversion.
pub(super) struct PhraseTable {
    /// Single-character replacements, sorted.
    characters: Vec<(char, char)>,
    /// Keys and values of the phrases, alternating, sorted by key.
    text: String,
    /// Offsets in `text` of each phrase's key and value, and a sentinel.
    phrases: Vec<(u32, u32)>,
    /// First characters of phrases, sorted, each with the index of its first phrase, and a sentinel.
    first_chars: Vec<(char, u32)>,
}

impl PhraseTable {
    /// Parses the lines of a table after its name.
    pub fn parse(table: &str) -> Result<PhraseTable, ConversionTableError> {
        let mut lines = table.lines();
        let mut table = PhraseTable {
            characters: Vec::new(),
            text: String::new(),
            phrases: Vec::new(),
            first_chars: Vec::new(),
        };
        let mut pairs = lines.next().unwrap_or_default().chars();
        while let Some(from) = pairs.next() {
            table.characters.push((from, pairs.next().ok_or(ConversionTableError)?));
        }
        for line in lines {
            let first = line.chars().next().ok_or(ConversionTableError)?;
            table.first_chars.push((first, to_u32(table.phrases.len())));
            for written in line.get(first.len_utf8()..).unwrap_or_default().split(' ') {
                table.add_phrase(first, written)?;
            }
        }
        table.first_chars.push((char::MAX, to_u32(table.phrases.len())));
        table.phrases.push((to_u32(table.text.len()), 0));
        Ok(table)
    }

    /// Adds the phrase that consists of `first` and the encoded rest `written`.
    fn add_phrase(&mut self, first: char, written: &str) -> Result<(), ConversionTableError> {
        let key = self.text.len();
        self.text.push(first);
        let (rest, whole) =
            written.split_once('=').map_or((written, None), |(rest, value)| (rest, Some(value)));
        self.text.extend(rest.split('!').enumerate().flat_map(|(at, part)| part.chars().skip(at.min(1))));
        let value = self.text.len();
        self.phrases.push((to_u32(key), to_u32(value)));
        match whole {
            Some("") => return Err(ConversionTableError),
            Some(whole) => self.text.push_str(whole),
            None => {
                self.text.push(self.map_char(first));
                let mut signs = rest.chars();
                while let Some(sign) = signs.next() {
                    let becomes = if sign == '!' {
                        self.text.pop();
                        signs.next().ok_or(ConversionTableError)?
                    } else {
                        self.map_char(sign)
                    };
                    self.text.push(becomes);
                }
            }
        }
        Ok(())
    }

    fn map_char(&self, c: char) -> char {
        let at = self.characters.binary_search_by_key(&c, |entry| entry.0);
        at.ok().and_then(|at| self.characters.get(at)).map_or(c, |entry| entry.1)
    }

    /// Converts `text` and records in `mapping` all replacements that change byte lengths.
    pub fn convert(&self, text: &str, mapping: &mut OffsetMap) -> String {
        mapping.begin_step();
        let mut converted = String::with_capacity(text.len() + text.len() / 16);
        let mut at = 0;
        while let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) {
            let (start, from) = (converted.len(), at);
            if c.is_ascii() && self.phrases_starting_with(c).is_empty() {
                converted.push(c);
                at += 1;
                continue;
            }
            match self.longest_match(text, at, c) {
                Some((key, value)) => {
                    converted.push_str(value);
                    at += key.len();
                    if !has_equal_widths(key, value) {
                        mapping.push_replacement(from..at, start..converted.len());
                    }
                }
                None => {
                    let becomes = self.map_char(c);
                    converted.push(becomes);
                    at += c.len_utf8();
                    if becomes.len_utf8() != c.len_utf8() {
                        mapping.push_replacement(from..at, start..converted.len());
                    }
                }
            }
        }
        converted
    }

    /// Returns the indices of the phrases that start with `c`.
    fn phrases_starting_with(&self, c: char) -> Range<usize> {
        match self.first_chars.binary_search_by_key(&c, |entry| entry.0) {
            Ok(at) => {
                let end = self.first_chars.get(at + 1).map_or(0, |entry| entry.1);
                self.first_chars[at].1 as usize..end as usize
            }
            Err(_) => 0..0,
        }
    }

    /// Returns the longest phrase at byte `at` of `text`, where `c` stands, with its value.
    fn longest_match(&self, text: &str, at: usize, c: char) -> Option<(&str, &str)> {
        let mut range = self.phrases_starting_with(c);
        let mut depth = c.len_utf8();
        let mut found = None;
        while !range.is_empty() {
            // A phrase sorts before its extensions.
            if self.key(range.start).len() == depth {
                found = Some(range.start);
                range.start += 1;
            }
            let Some(next) = text.get(at + depth..).and_then(|rest| rest.chars().next()) else { break };
            let end = depth + next.len_utf8();
            let wanted = text.get(at + depth..at + end).unwrap_or_default().as_bytes();
            let part = |phrase: usize| {
                let key = self.key(phrase).as_bytes();
                key.get(depth..end.min(key.len())).unwrap_or_default()
            };
            let from = partition_point(range.clone(), |phrase| part(phrase) < wanted);
            range = from..partition_point(from..range.end, |phrase| part(phrase) == wanted);
            depth = end;
        }
        found.map(|found| (self.key(found), self.value(found)))
    }

    fn key(&self, phrase: usize) -> &str {
        let (start, end) = self.phrases.get(phrase).copied().unwrap_or_default();
        self.text.get(start as usize..end as usize).unwrap_or_default()
    }

    fn value(&self, phrase: usize) -> &str {
        let start = self.phrases.get(phrase).map_or(0, |entry| entry.1);
        let end = self.phrases.get(phrase + 1).map_or(0, |entry| entry.0);
        self.text.get(start as usize..end as usize).unwrap_or_default()
    }
}

/// Returns the first index of a sorted range for which `before` is false.
fn partition_point(range: Range<usize>, before: impl Fn(usize) -> bool) -> usize {
    let (mut low, mut high) = (range.start, range.end);
    while low < high {
        let middle = low + (high - low) / 2;
        if before(middle) { low = middle + 1 } else { high = middle }
    }
    low
}

/// Returns true if `a` and `b` consist of characters of pairwise equal byte length.
fn has_equal_widths(a: &str, b: &str) -> bool {
    a.len() == b.len() && a.chars().map(char::len_utf8).eq(b.chars().map(char::len_utf8))
}

fn to_u32(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}
