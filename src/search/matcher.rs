//! Matching of article texts against a query.

use super::query::{Query, QueryTerm};
use super::spellings::other_spellings;
use crate::model::{BLOCK_SEPARATOR, Id};
use crate::small_sort;
use crate::text::{FoldedText, Pattern, Snippet, snippet};
use std::ops::Range;
use std::rc::Rc;

/// A query whose terms are folded, ready to match texts. Clones share the patterns.
#[derive(Clone, Debug, Default)]
pub struct CompiledQuery(Rc<Terms>);

#[derive(Debug, Default)]
struct Terms {
    groups: Vec<Vec<CompiledTerm>>,
    excluded: Vec<CompiledTerm>,
    address: Option<Id>,
}

/// A term, ready to be looked for.
#[derive(Debug)]
pub(super) struct CompiledTerm {
    pub(super) pattern: Pattern,
    /// Pattern of the exact form, where the pattern matches other forms as well.
    pub(super) exact_form: Option<Pattern>,
    pub(super) in_title: bool,
}

/// A hit that has been checked against its text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Verified {
    /// True if the text matches.
    pub is_match: bool,
    /// The number of matches in the text.
    pub count: usize,
    /// The matches in the title, as bytes of it.
    pub in_title: Vec<Range<usize>>,
    /// The text around the best match; empty where none is found.
    pub snippet: Snippet,
}

/// Matches in a text: byte range and index of the term.
pub type TextMatches = Vec<(Range<usize>, usize)>;

impl CompiledTerm {
    /// Folds a term; a word with several spellings gives a term for each. A term of ignorable characters alone folds to
    /// nothing and gives none.
    fn from_query(term: &QueryTerm) -> impl Iterator<Item = CompiledTerm> {
        let pattern = Pattern::new(&term.text);
        let others = other_spellings(pattern.folded());
        let patterns = others.into_iter().map(|text| Pattern::new(&text));
        let patterns = [pattern].into_iter().chain(patterns).filter(|pattern| !pattern.folded().is_empty());
        patterns.map(|pattern| {
            let pattern = if term.is_prefix { pattern.with_prefix_last_word() } else { pattern };
            match pattern.with_any_marks().filter(|_| !term.is_quoted) {
                Some(any) => {
                    // An excluded word means this form, so that its other forms remain.
                    let any = if term.negated { any } else { any.with_inflections() };
                    CompiledTerm { pattern: any, exact_form: Some(pattern), in_title: term.in_title }
                }
                None => CompiledTerm { pattern, exact_form: None, in_title: term.in_title },
            }
        })
    }
}

impl CompiledQuery {
    /// Folds the terms of `query`.
    pub fn new(query: &Query) -> CompiledQuery {
        let compiled = |group: Vec<&QueryTerm>| -> Vec<CompiledTerm> {
            group.into_iter().flat_map(CompiledTerm::from_query).collect()
        };
        let groups = query.groups().into_iter().map(compiled).filter(|group| !group.is_empty()).collect();
        let excluded = compiled(query.excluded_terms().collect());
        let address = query.address();
        CompiledQuery(Rc::new(Terms { groups, excluded, address }))
    }

    /// The terms, of which each group needs one.
    pub(super) fn groups(&self) -> &[Vec<CompiledTerm>] {
        &self.0.groups
    }

    /// The terms that must not occur.
    pub(super) fn excluded(&self) -> &[CompiledTerm] {
        &self.0.excluded
    }

    /// Returns the id of the article whose address the query is.
    pub(super) fn address(&self) -> Option<Id> {
        self.0.address
    }

    /// Returns true if a folded text, whose first line is the title, matches.
    pub fn is_match(&self, folded: &str) -> bool {
        let title = folded.find(BLOCK_SEPARATOR).unwrap_or(folded.len());
        let is_in = |term: &CompiledTerm| {
            let hay = if term.in_title { &folded[..title] } else { folded };
            term.pattern.is_match(hay)
        };
        !self.excluded().iter().any(is_in) && self.groups().iter().all(|group| group.iter().any(is_in))
    }

    /// Checks `text`, whose first line is the title, and cuts a snippet of about `snippet_len` Chinese characters.
    pub fn verify(&self, text: &str, snippet_len: usize) -> Verified {
        let folded = FoldedText::of_article(text);
        let matches = self.find_iter(&folded);
        let title = text.find(BLOCK_SEPARATOR).unwrap_or(text.len());
        let in_title = matches.iter().map(|(range, _)| range.clone()).filter(|range| range.end <= title);
        Verified {
            is_match: self.is_match(&folded.text),
            count: matches.len(),
            in_title: in_title.collect(),
            snippet: snippet(text, &matches, snippet_len),
        }
    }

    /// Returns all matches in `text`, sorted and [non-overlapping](non_overlapping).
    pub fn find(&self, text: &str) -> TextMatches {
        self.find_iter(&FoldedText::of_article(text))
    }

    fn find_iter(&self, folded: &FoldedText) -> TextMatches {
        let title = folded.text.find(BLOCK_SEPARATOR).unwrap_or(folded.text.len());
        let mut found = TextMatches::new();
        for (number, term) in self.groups().iter().flatten().enumerate() {
            let hay = if term.in_title { &folded.text[..title] } else { &folded.text };
            found.extend(term.pattern.find_iter(hay).map(|at| (folded.source_range(at), number)));
        }
        non_overlapping(found)
    }
}

/// Sorts matches and removes overlaps: the earlier match wins, and of two with the same start the longer one.
pub fn non_overlapping(mut found: TextMatches) -> TextMatches {
    small_sort::sort_by_key(&mut found, |(range, _)| (range.start, usize::MAX - range.end));
    let mut end = 0;
    found.retain(|(range, _)| {
        let apart = range.start >= end;
        end = if apart { range.end } else { end };
        apart
    });
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold;

    fn compiled(query: &str) -> CompiledQuery {
        CompiledQuery::new(&Query::parse(query))
    }

    #[test]
    fn text_matches_if_all_groups_and_no_exclusion_match() {
        let text = "夜渡\n老船工在黄昏收起缆绳。Tides turn.";
        for (query, expected) in [
            ("船 缆绳", true),
            ("船 飞机", false),
            ("飞机 OR 船", true),
            ("船 -缆绳", false),
            ("title:夜渡", true),
            ("title:船", false),
            ("tide", true),
            ("\"tide\"", false),
            ("工在黄", true),
            ("渡老", false),
        ] {
            assert_eq!(compiled(query).is_match(&fold(text)), expected, "{query}");
        }
    }

    #[test]
    fn words_are_found_in_each_of_their_spellings() {
        for (query, text) in [
            ("身份证", "題\n身分證"),
            ("部分 title:題", "題\n大部份"),
            ("计划", "題\n計畫"),
            ("联络", "題\n連絡"),
            ("\"账号\"", "題\n帳號"),
            ("\u{200b} 題", "題"),
        ] {
            assert!(compiled(query).is_match(&fold(text)), "{query} in {text}");
        }
        assert!(!compiled("题 -身份").is_match(&fold("題\n身分")));
        let found = compiled("身份").find("題\n身分、身份");
        assert_eq!(found.iter().map(|(range, _)| range.len()).collect::<Vec<_>>(), [6, 6]);
    }

    #[test]
    fn letters_without_marks_find_all_forms_unless_quoted() {
        for (query, text, expected) in [
            ("cafe", "Le café", true),
            ("\"cafe\"", "Le café", false),
            ("café", "Le cafe", false),
            ("title:cafe", "Le café\n", true),
            ("le -cafe", "Le café", false),
            ("nguyen", "Nguyễn Phú Trọng", true),
            ("lodz", "Łódź", true),
            ("еще", "ещё", true),
            ("caf", "cafés", true),
        ] {
            assert_eq!(compiled(query).is_match(&fold(text)), expected, "{query} in {text}");
        }
        assert_eq!(compiled("nguyen").find("Nguyễn"), [(0.."Nguyễn".len(), 0)]);
    }

    #[test]
    fn inflected_forms_are_found_unless_quoted_or_excluded() {
        for (query, text, expected) in [
            ("harbours", "The harbour", true),
            ("harbour -x", "Two harbours", true),
            ("\"harbours\"", "The harbour", false),
            ("title:tides", "Tide\nb", true),
            ("title:tides", "a\nTide", false),
            ("tide -tides", "a tide", true),
            ("лодка", "О лодках", true),
            ("灯塔 lights", "灯塔 light", true),
        ] {
            assert_eq!(compiled(query).is_match(&fold(text)), expected, "{query} in {text}");
        }
        assert_eq!(compiled("elections").find("Elected: election"), [(0..7, 0), (9..17, 0)]);
    }

    #[test]
    fn matches_in_folded_text_map_to_the_source() {
        let text = "燈塔\n燈 塔下的ＡＢＣ";
        let found = compiled("灯塔 abc").find(text);
        let shown: Vec<_> = found.iter().map(|(range, term)| (&text[range.clone()], *term)).collect();
        assert_eq!(shown, [("燈塔", 0), ("燈 塔", 0), ("ＡＢＣ", 1)]);
    }

    #[test]
    fn a_verified_text_has_its_count_title_and_snippet() {
        let text = "燈塔下\n在燈 塔守了一夜。";
        let verified = compiled("灯塔").verify(text, 20);
        assert_eq!((verified.is_match, verified.count), (true, 2));
        assert_eq!(verified.in_title.first(), Some(&(0.."燈塔".len())));
        assert_eq!(verified.in_title.len(), 1);
        assert_eq!(verified.snippet.text, "在燈 塔守了一夜。");
        let other = compiled("灯塔 -一夜").verify(text, 20);
        assert!(!other.is_match && other.count == 2);
    }
}
