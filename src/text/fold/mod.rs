//! Folding: maps texts that readers consider equal to the same text.
//!
//! Each character passes through these steps; `tables.py` generates the tables. Own code, because crates for the Unicode
//! Standard know nothing of variants; the tables of 60 kB are part of the second chunk of the app.
//!
//! 1. Default-ignorable characters, variation selectors, skin tones, and the vowel points and tatweel of Hebrew and
//!    Arabic are dropped.
//! 2. Mapping: compatibility forms, case (`NFKC_Casefold` of the Unicode Standard), and signs that stand for one
//!    another, such as quotes, dashes and radicals.
//! 3. Composition: a letter and its marks become one character, as do the letters of a Hangul syllable.
//! 4. Variants: Traditional, Simplified, Japanese and old forms of a Han character become one. The tables apply this
//!    step and the mapping together.
//! 5. Separators: white space next to scripts without spaces is dropped, and other runs of it become one space; a letter
//!    O or a zero between Han digits becomes 〇.
//!
//! No line depends on another, so a text can be folded in any pieces cut at line ends.

mod base_letters;
mod compose;
mod separators;
mod tables;
mod word_parts;

use super::is_cjk;
use crate::model::BLOCK_SEPARATOR;
pub(super) use base_letters::{BaseLetters, is_unmarked};
pub use base_letters::{base_letters, compare_words};
use compose::{FoldedChar, compose};
use separators::Separators;
use std::ops::Range;
use tables::{FoldTables, Mapping};
use word_parts::word_parts;

/// Folder of one text; passes each folded character on with the byte range of its source.
struct Folder<F> {
    tables: &'static FoldTables,
    /// Character that is not passed on yet, because marks may follow, and those marks.
    cluster: Vec<FoldedChar>,
    separators: Separators<F>,
}

impl<F: FnMut(char, Range<usize>)> Folder<F> {
    fn fold(&mut self, text: &str) {
        for (at, c) in text.char_indices() {
            let source = at..at + c.len_utf8();
            if c == BLOCK_SEPARATOR {
                self.end_cluster();
                self.separators.end_line(source);
            } else if c.is_whitespace() {
                self.white_space(source);
            } else if c.is_ascii() {
                self.push(if c == '`' { '\'' } else { c.to_ascii_lowercase() }, source);
            } else if is_ignorable(c) || is_vowel_point(c) {
                // The source of the character before includes those that are dropped.
                if let Some(last) = self.cluster.last_mut() {
                    last.end = source.end;
                }
            } else {
                match self.tables.mapping(c) {
                    Mapping::Char(plain) => self.push(plain, source),
                    Mapping::Text(plain) => plain.chars().for_each(|plain| {
                        if plain.is_whitespace() {
                            self.white_space(source.clone());
                        } else if !is_vowel_point(plain) {
                            self.push(plain, source.clone());
                        }
                    }),
                    Mapping::LowerCase if is_cjk(c) => self.push(c, source),
                    Mapping::LowerCase => c.to_lowercase().for_each(|plain| self.push(plain, source.clone())),
                }
            }
        }
        self.end_cluster();
        self.separators.resolve(None);
    }

    fn push(&mut self, c: char, source: Range<usize>) {
        if !self.is_composing(c) {
            self.end_cluster();
        }
        self.cluster.push(FoldedChar { c, start: source.start, end: source.end });
    }

    fn white_space(&mut self, source: Range<usize>) {
        self.end_cluster();
        self.separators.white_space(source);
    }

    fn end_cluster(&mut self) {
        let Some(first) = self.cluster.first() else { return };
        // Without the space before, a mark would compose with another character.
        if self.is_composing(first.c) {
            self.separators.keep_space();
        }
        if self.cluster.len() > 1 {
            compose(self.tables, &mut self.cluster);
        }
        self.cluster.drain(..).for_each(|piece| self.separators.push(piece));
    }

    /// Returns true if `c` may compose with the character before.
    fn is_composing(&self, c: char) -> bool {
        may_compose(c) && self.tables.is_composing(c)
    }
}

/// Returns false for the common ranges without combining marks, which spares their lookup in the tables.
fn may_compose(c: char) -> bool {
    !matches!(c, '\0'..='\u{2FF}' | '\u{3400}'..='\u{A66E}' | '\u{AC00}'..='\u{FB1D}')
}

/// Returns true for the `Default_Ignorable_Code_Point`s of Unicode 15 and for the skin tones of emoji.
fn is_ignorable(c: char) -> bool {
    matches!(c,
        '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}'..='\u{1160}' | '\u{17B4}'..='\u{17B5}'
        | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}' | '\u{3164}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFA0}'
        | '\u{FFF0}'..='\u{FFF8}' | '\u{1BCA0}'..='\u{1BCA3}' | '\u{1D173}'..='\u{1D17A}'
        | '\u{1F3FB}'..='\u{1F3FF}' | '\u{E0000}'..='\u{E0FFF}')
}

/// Returns true for the marks of vowels, cantillation and recitation in Hebrew and Arabic, which most texts omit, and
/// for the tatweel, which lengthens a line. Marks that make another letter, such as the hamza, compose instead.
fn is_vowel_point(c: char) -> bool {
    matches!(c,
        '\u{591}'..='\u{5BD}' | '\u{5BF}' | '\u{5C1}'..='\u{5C2}' | '\u{5C4}'..='\u{5C5}' | '\u{5C7}'
        | '\u{610}'..='\u{61A}' | '\u{640}' | '\u{64B}'..='\u{652}' | '\u{656}'..='\u{65F}' | '\u{670}'
        | '\u{6D6}'..='\u{6DC}' | '\u{6DF}'..='\u{6E4}' | '\u{6E7}'..='\u{6E8}' | '\u{6EA}'..='\u{6ED}')
}

fn for_each_folded(text: &str, push: impl FnMut(char, Range<usize>)) {
    let mut folder =
        Folder { tables: FoldTables::get(), cluster: Vec::new(), separators: Separators::new(push) };
    folder.fold(text);
}

/// Folds the text of an article, and then each inner word of its names as a line of its own.
fn for_each_folded_of_article(text: &str, mut push: impl FnMut(char, Range<usize>)) {
    for_each_folded(text, &mut push);
    for part in word_parts(text) {
        push(BLOCK_SEPARATOR, part.start..part.start);
        for (at, c) in text[part.clone()].char_indices() {
            let start = part.start + at;
            push(c.to_ascii_lowercase(), start..start + 1);
        }
    }
}

/// Hash of the tables and of `RULES_VERSION`. An index with another hash was built with other tables or rules and
/// cannot be used. A constant, so that the comparison needs no tables.
pub const FOLD_TABLES_HASH: &str = "mavd9q5p";

/// Changes with the rules of folding, and with what is a token.
#[cfg(test)]
const RULES_VERSION: &str = "3";

/// Returns the folded form of `text`.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for_each_folded(text, |c, _| folded.push(c));
    folded
}

/// Returns the folded form of an article's text, whose first line is the title. Lines at the end hold the inner words
/// of names, so that `username` is found in `getUserName`.
pub fn fold_article(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for_each_folded_of_article(text, |c, _| folded.push(c));
    folded
}

/// Folds case and the widths of Latin characters alone, which needs no tables.
pub fn fold_case(text: &str) -> String {
    fold_width(text).to_lowercase()
}

/// Folds the widths of Latin characters alone, which needs neither tables nor the case of all letters.
pub fn fold_width(text: &str) -> String {
    let narrow = |c: char| match c {
        '！'..='～' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        c => c,
    };
    text.chars().map(narrow).collect()
}

/// A folded text that remembers where each piece came from.
pub struct FoldedText {
    /// Folded text.
    pub text: String,
    /// For each byte of `text`, the byte offset at which the source of its character starts.
    starts: Vec<u32>,
    /// For each byte of `text`, the byte offset at which the source of its character ends.
    ends: Vec<u32>,
}

impl FoldedText {
    /// Folds `source`, which must be shorter than 4 GiB.
    pub fn new(source: &str) -> FoldedText {
        let mut folded = FoldedText::with_capacity(source.len());
        for_each_folded(source, |c, source| folded.push(c, source));
        folded
    }

    /// Folds the text of an article like [`fold_article`]. It must be shorter than 4 GiB.
    pub fn of_article(source: &str) -> FoldedText {
        let mut folded = FoldedText::with_capacity(source.len());
        for_each_folded_of_article(source, |c, source| folded.push(c, source));
        folded
    }

    fn with_capacity(bytes: usize) -> FoldedText {
        FoldedText {
            text: String::with_capacity(bytes),
            starts: Vec::with_capacity(bytes),
            ends: Vec::with_capacity(bytes),
        }
    }

    fn push(&mut self, c: char, source: Range<usize>) {
        let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        self.text.push(c);
        self.starts.resize(self.text.len(), offset(source.start));
        self.ends.resize(self.text.len(), offset(source.end));
    }

    /// Maps a range of the folded text to bytes of the source. The result covers whole characters: half of a ligature
    /// maps to all of it, and a letter to its marks as well.
    pub fn source_range(&self, folded: Range<usize>) -> Range<usize> {
        let end_of_text = self.ends.last().map_or(0, |&end| end as usize);
        let start = self.starts.get(folded.start).map_or(end_of_text, |&at| at as usize);
        let last = folded.end.checked_sub(1).filter(|_| !folded.is_empty());
        let end = last.and_then(|last| self.ends.get(last)).map_or(start, |&at| at as usize);
        start..end.max(start)
    }
}

#[cfg(test)]
mod tests;
