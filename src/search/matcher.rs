//! Matching of article texts against a query.

use super::query::{Query, QueryTerm};
use crate::model::BLOCK_SEPARATOR;
use crate::small_sort;
use crate::text::FoldedText;
use std::ops::Range;

/// Compiled terms of a query.
#[derive(Clone)]
pub struct Matcher {
    groups: Vec<Vec<QueryTerm>>,
    excluded: Vec<QueryTerm>,
}

/// Matches in a text: byte range and index of the term.
pub type TextMatches = Vec<(Range<usize>, usize)>;

impl Matcher {
    /// Compiles the terms of `query`.
    pub fn new(query: &Query) -> Matcher {
        let groups = query.groups().into_iter().map(|group| group.into_iter().cloned().collect()).collect();
        Matcher { groups, excluded: query.excluded_terms().cloned().collect() }
    }

    /// Returns true if a folded text, whose first line is the title, matches the query.
    pub fn is_match(&self, folded: &str) -> bool {
        let title = folded.find(BLOCK_SEPARATOR).unwrap_or(folded.len());
        let is_in = |term: &QueryTerm| {
            let hay = if term.in_title { &folded[..title] } else { folded };
            term.pattern.is_match(hay)
        };
        !self.excluded.iter().any(is_in) && self.groups.iter().all(|group| group.iter().any(is_in))
    }

    /// Returns all matches in `text`, sorted and [non-overlapping](apart).
    pub fn find(&self, text: &str) -> TextMatches {
        let folded = FoldedText::new(text);
        let title = folded.text.find(BLOCK_SEPARATOR).unwrap_or(folded.text.len());
        let mut found = TextMatches::new();
        for (number, term) in self.groups.iter().flatten().enumerate() {
            let hay = if term.in_title { &folded.text[..title] } else { &folded.text };
            found.extend(term.pattern.find_iter(hay).map(|at| (folded.source_range(text, at), number)));
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

    fn matcher(query: &str) -> Matcher {
        Matcher::new(&Query::parse(query))
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
            assert_eq!(matcher(query).is_match(&fold(text)), expected, "{query}");
        }
    }

    #[test]
    fn matches_in_folded_text_map_to_the_source() {
        let text = "燈塔\n燈 塔下的ＡＢＣ";
        let found = matcher("灯塔 abc").find(text);
        let shown: Vec<_> = found.iter().map(|(range, term)| (&text[range.clone()], *term)).collect();
        assert_eq!(shown, [("燈塔", 0), ("燈 塔", 0), ("ＡＢＣ", 1)]);
    }
}
