//! Folding: maps texts that readers consider equal to the same text.
//!
//! Folding works character by character, 1:n: compatibility forms (NFKC) and widths, then case, then the
//! class of variant characters, in which Traditional and Simplified forms meet. White space between two
//! characters of scripts without spaces is removed; other runs of white space become one space. No other
//! context is used, so a text can be folded in any pieces cut at line ends.
//!
//! `tables.py` generates the tables; the classes come from OpenCC's dictionaries (Apache-2.0).

use super::is_cjk;
use crate::model::BLOCK_SEPARATOR;
use std::ops::Range;
use std::sync::OnceLock;

static VARIANTS: &str = include_str!("variants.txt");
static COMPATIBILITY: &str = include_str!("compatibility.txt");

/// Both folding tables, sorted by character.
struct FoldTables {
    /// Variant character in the high half of the number, representative of its class in the low half.
    variants: Vec<u64>,
    /// Character and its NFKC form.
    compatibility: Vec<(char, &'static str)>,
}

fn fold_tables() -> &'static FoldTables {
    static TABLES: OnceLock<FoldTables> = OnceLock::new();
    TABLES.get_or_init(|| {
        let mut variants = Vec::with_capacity(4500);
        for class in VARIANTS.lines() {
            let mut members = class.chars();
            if let Some(first) = members.next() {
                variants.extend(members.map(|member| u64::from(member) << 32 | u64::from(first)));
            }
        }
        variants.sort_unstable();
        let compatibility = COMPATIBILITY.lines().filter_map(|line| {
            let first = line.chars().next()?;
            Some((first, &line[first.len_utf8()..]))
        });
        FoldTables { variants, compatibility: compatibility.collect() }
    })
}

fn fold_char(tables: &FoldTables, c: char, push: &mut impl FnMut(char)) {
    if c.is_ascii() {
        return push(c.to_ascii_lowercase());
    }
    if let '！'..='～' = c {
        // Full-width ASCII has the order of ASCII.
        let narrow = char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c);
        return push(narrow.to_ascii_lowercase());
    }
    match tables.compatibility.binary_search_by_key(&c, |entry| entry.0) {
        Ok(at) => tables.compatibility[at].1.chars().for_each(|plain| fold_plain(tables, plain, push)),
        Err(_) => fold_plain(tables, c, push),
    }
}

fn fold_plain(tables: &FoldTables, c: char, push: &mut impl FnMut(char)) {
    if is_cjk(c) {
        let at = tables.variants.partition_point(|entry| entry >> 32 < u64::from(c));
        let class = tables.variants.get(at).filter(|&entry| entry >> 32 == u64::from(c));
        push(class.and_then(|&entry| char::from_u32(entry as u32)).unwrap_or(c));
    } else {
        c.to_lowercase().for_each(push);
    }
}

/// Calls `push` with each folded character and the byte offset in `text` of its source.
fn for_each_folded(text: &str, mut push: impl FnMut(char, usize)) {
    let tables = fold_tables();
    let mut last = BLOCK_SEPARATOR;
    let mut space = None;
    for (at, c) in text.char_indices() {
        if c == BLOCK_SEPARATOR {
            space = None;
            last = c;
            push(c, at);
        } else if c.is_whitespace() {
            space = space.or((last != BLOCK_SEPARATOR).then_some(at));
        } else {
            fold_char(tables, c, &mut |folded| {
                if let Some(from) = space.take()
                    && !(is_cjk(last) && is_cjk(folded))
                {
                    push(' ', from);
                }
                last = folded;
                push(folded, at);
            });
        }
    }
}

/// Hash of the tables and of `RULES_VERSION`. An index with another hash was built with other tables or rules and
/// cannot be used. A constant, so that the comparison needs no tables.
pub const FOLD_TABLES_HASH: &str = "1pg2wapd";

/// Changes with the rules of folding, and with what is a unit.
#[cfg(test)]
const RULES_VERSION: &str = "1";

/// Returns the folded form of `text`.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for_each_folded(text, |c, _| folded.push(c));
    folded
}

/// Folds case and the widths of Latin characters alone, which needs no tables.
pub fn fold_case(text: &str) -> String {
    let narrow = |c: char| match c {
        '！'..='～' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        c => c,
    };
    text.chars().map(narrow).flat_map(char::to_lowercase).collect()
}

/// A folded text that remembers where each piece came from.
pub struct FoldedText {
    /// Folded text.
    pub text: String,
    /// For each byte of `text`, the byte offset of its source character.
    source_offsets: Vec<u32>,
}

impl FoldedText {
    /// Folds `source`, which must be shorter than 4 GiB.
    pub fn new(source: &str) -> FoldedText {
        let mut text = String::with_capacity(source.len());
        let mut origin = Vec::with_capacity(source.len());
        for_each_folded(source, |c, at| {
            text.push(c);
            origin.resize(text.len(), u32::try_from(at).unwrap_or(u32::MAX));
        });
        FoldedText { text, source_offsets: origin }
    }

    /// Maps a range of the folded text to bytes of `source`, the folded string. The result covers whole
    /// characters: half of a ligature maps to all of it.
    pub fn source_range(&self, source: &str, folded: Range<usize>) -> Range<usize> {
        let start = self.source_offsets.get(folded.start).map_or(source.len(), |&at| at as usize);
        let last = folded.end.checked_sub(1).and_then(|at| self.source_offsets.get(at));
        let last = last.map_or(start, |&at| at as usize);
        let width = source.get(last..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        start..last + width
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn variant_forms_fold_to_the_same_text() {
        for (a, b) in [
            ("華為", "华为"),
            ("臺灣", "台湾"),
            ("颱風", "台风"),
            ("裏面", "里面"),
            ("裡面", "里面"),
            ("後", "后"),
            ("ＡＢＣ１２３", "abc123"),
            ("ﬁn", "fin"),
            ("Straße", "straße"),
            ("ÉCOLE", "école"),
            ("㎏", "kg"),
            ("一 带\u{3000}一路", "一带一路"),
            ("iPhone  15", "iphone 15"),
        ] {
            assert_eq!(fold(a), fold(b), "{a} and {b}");
        }
    }

    #[test]
    fn case_and_widths_are_folded_without_tables() {
        assert_eq!(fold_case("ＢＢＣ 中文 Ünd"), "bbc 中文 ünd");
    }

    #[test]
    fn spaces_next_to_words_are_kept() {
        assert_eq!(fold("共 130 人"), "共 130 人");
        assert_eq!(fold("共130人"), "共130人");
        assert_eq!(fold(" a\n b "), "a\nb");
    }

    #[test]
    fn the_hash_is_that_of_the_tables() {
        let hash = crate::model::content_hash([RULES_VERSION, VARIANTS, COMPATIBILITY].concat().as_bytes());
        assert_eq!(FOLD_TABLES_HASH, hash, "change the constant together with the tables");
    }

    #[test]
    fn folding_tables_are_complete_and_sorted() {
        let tables = fold_tables();
        assert!(tables.variants.len() > 2700 && tables.compatibility.len() > 1000);
        assert!(tables.variants.windows(2).all(|pair| pair[0] >> 32 < pair[1] >> 32));
        assert!(tables.variants.iter().all(|entry| entry >> 32 > u64::from(*entry as u32)));
        assert!(tables.compatibility.windows(2).all(|pair| pair[0].0 < pair[1].0));
    }

    #[test]
    fn folded_ranges_map_to_whole_source_characters() {
        let source = "用ﬁ写 台灣";
        let folded = FoldedText::new(source);
        let at = folded.text.find('i').unwrap();
        assert_eq!(&source[folded.source_range(source, at..at + 1)], "ﬁ");
        let needle = fold("写台湾");
        let at = folded.text.find(&needle).unwrap();
        assert_eq!(&source[folded.source_range(source, at..at + needle.len())], "写 台灣");
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing(text in "\\PC*") {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }

        #[test]
        fn folded_text_equals_fold_and_maps_to_the_source(text in "(?s).*") {
            let folded = FoldedText::new(&text);
            prop_assert_eq!(&folded.text, &fold(&text));
            for (at, c) in folded.text.char_indices() {
                let range = folded.source_range(&text, at..at + c.len_utf8());
                prop_assert!(text.get(range).is_some_and(|piece| !piece.is_empty()));
            }
        }
    }
}
