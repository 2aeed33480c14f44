//! Folding tables, as `tables.py` generates them, unpacked for lookup by character.

use crate::text::is_cjk;
use std::collections::HashMap;
use std::sync::OnceLock;

pub(super) static VARIANTS: &str = include_str!("variants.txt");
pub(super) static MAPPINGS: &str = include_str!("mappings.txt");
pub(super) static MARKS: &str = include_str!("marks.txt");

/// Replacement of one character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mapping<'a> {
    /// No entry: the character folds to its lower case.
    LowerCase,
    /// One character.
    Char(char),
    /// Several characters.
    Text(&'a str),
}

/// Tables by character. An entry holds the mapping in its low bits and the properties of a mark above them.
pub(super) struct FoldTables {
    /// Block of each 256 characters.
    pages: Vec<u16>,
    /// Entries in blocks of 256; the first block is empty.
    entries: Vec<u32>,
    texts: Vec<String>,
    compositions: HashMap<(char, char), char>,
    decompositions: HashMap<char, (char, char)>,
}

/// Mask of a mapped character, or of an index of the mapped texts.
const PAYLOAD: u32 = (1 << 21) - 1;
const IS_CHAR: u32 = 1 << 21;
const IS_TEXT: u32 = 1 << 22;
/// Set if the character may compose with the one before.
const IS_COMPOSING: u32 = 1 << 23;
/// Position of the canonical combining class.
const CLASS_SHIFT: u32 = 24;

impl FoldTables {
    /// Returns the tables, which are unpacked once.
    pub(super) fn get() -> &'static FoldTables {
        static TABLES: OnceLock<FoldTables> = OnceLock::new();
        TABLES.get_or_init(FoldTables::unpack)
    }

    fn unpack() -> FoldTables {
        let mut tables = FoldTables {
            pages: vec![0; (char::MAX as usize >> 8) + 1],
            entries: vec![0; 256],
            texts: Vec::new(),
            compositions: HashMap::new(),
            decompositions: HashMap::new(),
        };
        tables.unpack_variants();
        tables.unpack_mappings();
        tables.unpack_marks();
        tables
    }

    fn unpack_variants(&mut self) {
        for class in VARIANTS.lines() {
            let mut members = class.chars();
            if let Some(first) = members.next() {
                members.for_each(|member| *self.entry_mut(member) |= IS_CHAR | u32::from(first));
            }
        }
    }

    fn unpack_mappings(&mut self) {
        for line in MAPPINGS.lines() {
            let mut chars = line.chars();
            let Some(first) = chars.next() else { continue };
            if first == '\t' {
                if let (Some(first), Some(last), Some(target)) = (chars.next(), chars.next(), chars.next()) {
                    (first..=last).zip(target..).for_each(|(c, plain)| self.map_to_char(c, plain));
                }
            } else if chars.clone().count() == 1 {
                chars.for_each(|plain| self.map_to_char(first, plain));
            } else {
                let text = chars.map(|plain| self.representative(plain)).collect();
                self.texts.push(text);
                *self.entry_mut(first) |= IS_TEXT | (self.texts.len() - 1) as u32;
            }
        }
    }

    fn map_to_char(&mut self, c: char, plain: char) {
        let plain = self.representative(plain);
        *self.entry_mut(c) |= IS_CHAR | u32::from(plain);
    }

    /// Returns the representative of the class of `c`, while the tables contain variants and marks alone.
    fn representative(&self, c: char) -> char {
        match self.mapping(c) {
            Mapping::Char(first) if is_cjk(c) => first,
            _ => c,
        }
    }

    fn unpack_marks(&mut self) {
        let (classes, compositions) = MARKS.split_once("\n\n").unwrap_or_default();
        for line in classes.lines() {
            let runs = line.trim_start_matches(|c: char| c.is_ascii_digit());
            let class: u32 = line[..line.len() - runs.len()].parse().unwrap_or_default();
            let mut runs = runs.chars();
            while let (Some(first), Some(last)) = (runs.next(), runs.next()) {
                (first..=last).for_each(|mark| *self.entry_mut(mark) |= class << CLASS_SHIFT);
            }
        }
        for line in compositions.lines() {
            let mut chars = line.chars();
            let Some(second) = chars.next() else { continue };
            *self.entry_mut(second) |= IS_COMPOSING;
            while let (Some(first), Some(composed)) = (chars.next(), chars.next()) {
                self.compositions.insert((first, second), composed);
                if first != composed {
                    self.decompositions.insert(composed, (first, second));
                }
            }
        }
    }

    fn entry_mut(&mut self, c: char) -> &mut u32 {
        let page = &mut self.pages[c as usize >> 8];
        if *page == 0 {
            *page = (self.entries.len() >> 8) as u16;
            self.entries.resize(self.entries.len() + 256, 0);
        }
        let at = (usize::from(*page) << 8) + (c as usize & 0xFF);
        &mut self.entries[at]
    }

    fn entry(&self, c: char) -> u32 {
        self.entries[(usize::from(self.pages[c as usize >> 8]) << 8) + (c as usize & 0xFF)]
    }

    /// Returns what `c` folds to.
    pub(super) fn mapping(&self, c: char) -> Mapping<'_> {
        let entry = self.entry(c);
        let payload = entry & PAYLOAD;
        if entry & IS_CHAR != 0 {
            char::from_u32(payload).map_or(Mapping::LowerCase, Mapping::Char)
        } else if entry & IS_TEXT != 0 {
            self.texts.get(payload as usize).map_or(Mapping::LowerCase, |text| Mapping::Text(text))
        } else {
            Mapping::LowerCase
        }
    }

    /// Returns the canonical combining class, 0 for all but marks.
    pub(super) fn combining_class(&self, c: char) -> u8 {
        (self.entry(c) >> CLASS_SHIFT) as u8
    }

    /// Returns true if `c` may change with the characters before: a mark, or the second half of a composition.
    pub(super) fn is_composing(&self, c: char) -> bool {
        self.entry(c) & !(IS_COMPOSING - 1) != 0 || is_hangul_vowel(c) || is_hangul_final(c)
    }

    /// Returns the composition of two folded characters.
    pub(super) fn compose(&self, first: char, second: char) -> Option<char> {
        compose_hangul(first, second).or_else(|| self.compositions.get(&(first, second)).copied())
    }

    /// Returns the canonical decomposition of a folded character into two.
    pub(super) fn decompose(&self, c: char) -> Option<(char, char)> {
        decompose_hangul(c).or_else(|| self.decompositions.get(&c).copied())
    }
}

/// First syllable of Hangul; the others follow by formula (Unicode, section 3.12).
const HANGUL: u32 = 0xAC00;
const INITIALS: u32 = 0x1100;
const VOWELS: u32 = 0x1161;
/// One before the first final consonant, which stands for none.
const FINALS: u32 = 0x11A7;
const VOWEL_COUNT: u32 = 21;
const FINAL_COUNT: u32 = 28;

fn is_hangul_vowel(c: char) -> bool {
    matches!(c, '\u{1161}'..='\u{1175}')
}

fn is_hangul_final(c: char) -> bool {
    matches!(c, '\u{11A8}'..='\u{11C2}')
}

fn compose_hangul(first: char, second: char) -> Option<char> {
    let (first, last) = (u32::from(first), u32::from(second));
    match first {
        INITIALS..=0x1112 if is_hangul_vowel(second) => {
            char::from_u32(HANGUL + ((first - INITIALS) * VOWEL_COUNT + last - VOWELS) * FINAL_COUNT)
        }
        HANGUL..=0xD7A3 if (first - HANGUL).is_multiple_of(FINAL_COUNT) && is_hangul_final(second) => {
            char::from_u32(first + last - FINALS)
        }
        _ => None,
    }
}

fn decompose_hangul(c: char) -> Option<(char, char)> {
    let at = u32::from(c).checked_sub(HANGUL).filter(|_| c <= '\u{D7A3}')?;
    let (first, second) = match at % FINAL_COUNT {
        0 => (INITIALS + at / (VOWEL_COUNT * FINAL_COUNT), VOWELS + at / FINAL_COUNT % VOWEL_COUNT),
        last => (u32::from(c) - last, FINALS + last),
    };
    Some((char::from_u32(first)?, char::from_u32(second)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_hold_the_whole_repertoire() {
        let tables = FoldTables::get();
        assert!(VARIANTS.lines().count() > 3000 && MAPPINGS.lines().count() > 3000);
        assert!(tables.compositions.len() > 400 && tables.decompositions.len() > 400);
        assert_eq!(tables.mapping('ﬃ'), Mapping::Text("ffi"));
        assert_eq!(tables.mapping('Ｚ'), Mapping::Char('z'));
        assert_eq!(tables.mapping('a'), Mapping::LowerCase);
        assert_eq!(tables.combining_class('\u{0323}'), 220);
    }

    #[test]
    fn representatives_map_to_themselves() {
        let tables = FoldTables::get();
        for class in VARIANTS.lines() {
            let first = class.chars().next().unwrap();
            assert_eq!(tables.mapping(first), Mapping::LowerCase, "{class}");
            for member in class.chars().skip(1) {
                assert_eq!(tables.mapping(member), Mapping::Char(first), "{class}");
            }
        }
    }

    #[test]
    fn hangul_composes_and_decomposes() {
        for c in ['가', '한', '힣', '각'] {
            let (first, second) = decompose_hangul(c).unwrap();
            assert_eq!(compose_hangul(first, second), Some(c));
        }
        assert_eq!(decompose_hangul('한'), Some(('하', 'ᆫ')));
        assert_eq!(decompose_hangul('ㄱ'), None);
    }
}
