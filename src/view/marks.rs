//! Where the matches of a search and the reader's own passages stand on a page that is drawn piece by piece.

use crate::model::BLOCK_BORDER;
use std::ops::Range;

/// Walks through [`Article::text`](crate::model::Article::text) beside the renderer and cuts each run of
/// text at the edges of matches and passages.
///
/// The renderer calls [`line`](Marks::line) where [`each_line`](crate::model::each_line) begins a line and
/// [`runs`](Marks::runs) for each piece of visible text, a break being a space.
///
/// ```
/// use sheaf::view::{Marks, Run};
/// let found = [(3..9, 0)];
/// let mut marks = Marks::new(&found, &[6..9]);
/// let (mark, passage) = (Some(0), Some(0));
/// let runs = [Run { text: "夜", mark: None, passage: None }, Run { text: "渡", mark, passage: None }];
/// assert_eq!(marks.runs("夜渡"), runs);
/// assert_eq!(marks.runs("江"), [Run { text: "江", mark, passage }]);
/// ```
pub struct Marks<'a> {
    found: &'a [(Range<usize>, usize)],
    passages: &'a [Range<usize>],
    /// The byte of the text that comes next.
    at: usize,
    /// The first match that has not ended yet.
    next_found: usize,
    /// The first passage that has not ended yet.
    next_passage: usize,
    /// The number of the line; the title is 0.
    line: usize,
}

/// A run of text that is all of one match, or of none, and all of one passage, or of none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run<'t> {
    /// The text.
    pub text: &'t str,
    /// The number of the match, counted from the text's beginning.
    pub mark: Option<usize>,
    /// The number of the passage.
    pub passage: Option<usize>,
}

impl<'a> Marks<'a> {
    /// At the beginning of a text with these matches and these passages, each in order and apart.
    pub fn new(found: &'a [(Range<usize>, usize)], passages: &'a [Range<usize>]) -> Marks<'a> {
        Marks { found, passages, at: 0, next_found: 0, next_passage: 0, line: 0 }
    }

    /// Steps over the border between two lines; the number of the one that begins.
    pub fn line(&mut self) -> usize {
        self.at += BLOCK_BORDER.len_utf8();
        self.line += 1;
        self.line
    }

    /// How many passages have ended.
    pub fn passed(&mut self) -> usize {
        while self.passages.get(self.next_passage).is_some_and(|passage| passage.end <= self.at) {
            self.next_passage += 1;
        }
        self.next_passage
    }

    /// Cuts the text that comes next.
    pub fn runs<'t>(&mut self, text: &'t str) -> Vec<Run<'t>> {
        let mut runs = Vec::with_capacity(1);
        let start = self.at;
        let end = start + text.len();
        while self.at < end {
            let found = |at: usize| self.found.get(at).map(|(range, _)| range);
            let (mark, border) = here(found, &mut self.next_found, self.at);
            let (passage, other) = here(|at| self.passages.get(at), &mut self.next_passage, self.at);
            let to = border.min(other).min(end);
            if let Some(text) = text.get(self.at - start..to - start) {
                runs.push(Run { text, mark, passage });
            }
            self.at = to;
        }
        runs
    }
}

/// Which of the ranges that `get` hands out the byte `at` lies in, and where that changes next; `next` is stepped to
/// the first that has not ended there.
fn here<'a>(
    get: impl Fn(usize) -> Option<&'a Range<usize>>,
    next: &mut usize,
    at: usize,
) -> (Option<usize>, usize) {
    while get(*next).is_some_and(|range| range.end <= at) {
        *next += 1;
    }
    match get(*next) {
        Some(range) if range.start <= at => (Some(*next), range.end),
        Some(range) => (None, range.start),
        None => (None, usize::MAX),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_match_across_pieces_keeps_its_number() {
        let found = [(1..4, 0), (4..5, 1), (7..8, 0)];
        let mut marks = Marks::new(&found, &[]);
        let mut drawn = Vec::new();
        for piece in ["ab", "cde"] {
            drawn.extend(marks.runs(piece).into_iter().map(|run| (run.text, run.mark)));
        }
        marks.line();
        drawn.extend(marks.runs("fgh").into_iter().map(|run| (run.text, run.mark)));
        let expected = [
            ("a", None),
            ("b", Some(0)),
            ("cd", Some(0)),
            ("e", Some(1)),
            ("f", None),
            ("g", Some(2)),
            ("h", None),
        ];
        assert_eq!(drawn, expected);
    }

    #[test]
    fn passages_run_across_lines_and_matches() {
        let (found, passages) = ([(1..3, 0)], [2..6, 6..7]);
        let mut marks = Marks::new(&found, &passages);
        let mut drawn = Vec::new();
        let mut ended = Vec::new();
        for line in ["abcd", "ef"] {
            drawn.extend(marks.runs(line).into_iter().map(|run| (run.text, run.mark, run.passage)));
            ended.push(marks.passed());
            marks.line();
        }
        let expected = [
            ("a", None, None),
            ("b", Some(0), None),
            ("c", Some(0), Some(0)),
            ("d", None, Some(0)),
            ("e", None, Some(0)),
            ("f", None, Some(1)),
        ];
        assert_eq!((drawn.as_slice(), ended.as_slice()), (&expected[..], &[0, 2][..]));
    }

    proptest! {
        #[test]
        fn marks_hold_what_was_found(
            lines in proptest::collection::vec(proptest::collection::vec("[a-c船]{0,6}", 0..4), 1..6),
            edges in proptest::collection::btree_set(0usize..120, 0..12),
        ) {
            let text = lines.iter().map(|line| line.concat()).collect::<Vec<_>>().join("\n");
            let edges: Vec<usize> = edges.into_iter().filter(|&edge| text.is_char_boundary(edge)).collect();
            let found: Vec<_> = edges
                .chunks_exact(2)
                .map(|pair| (pair[0]..pair[1], 0))
                .filter(|(range, _)| !text[range.clone()].contains('\n'))
                .collect();
            let mut marks = Marks::new(&found, &[]);
            let mut seen = vec![String::new(); found.len()];
            let mut drawn = Vec::new();
            for (at, line) in lines.iter().enumerate() {
                if at > 0 {
                    marks.line();
                }
                let mut whole = String::new();
                for run in line.iter().flat_map(|piece| marks.runs(piece)) {
                    whole.push_str(run.text);
                    if let Some(mark) = run.mark {
                        seen[mark].push_str(run.text);
                    }
                }
                drawn.push(whole);
            }
            prop_assert_eq!(drawn.join("\n"), text.clone());
            for ((range, _), seen) in found.iter().zip(&seen) {
                prop_assert_eq!(&text[range.clone()], seen);
            }
        }
    }
}
