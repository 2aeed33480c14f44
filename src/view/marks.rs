//! Where the matches of a search stand on a page that is drawn piece by piece.

use crate::model::BLOCK_BORDER;
use std::ops::Range;

/// Walks through [`Article::text`](crate::model::Article::text) beside the renderer and cuts each run of
/// text at the edges of the matches.
///
/// The renderer calls [`line`](Marks::line) where [`each_line`](crate::model::each_line) begins a line and
/// [`runs`](Marks::runs) for each piece of visible text, a break being a space.
///
/// ```
/// use sheaf::view::{Marks, Run};
/// let found = [(3..9, 0)];
/// let mut marks = Marks::new(&found);
/// assert_eq!(marks.runs("夜渡"), [Run { text: "夜", mark: None }, Run { text: "渡", mark: Some(0) }]);
/// assert_eq!(marks.runs("江"), [Run { text: "江", mark: Some(0) }]);
/// ```
pub struct Marks<'a> {
    found: &'a [(Range<usize>, usize)],
    /// The byte of the text that comes next.
    at: usize,
    /// The first match that has not ended yet.
    next: usize,
    /// The number of the line; the title is 0.
    line: usize,
}

/// A run of text that is all of one match, or of none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run<'t> {
    /// The text.
    pub text: &'t str,
    /// The number of the match, counted from the text's beginning.
    pub mark: Option<usize>,
}

impl<'a> Marks<'a> {
    /// At the beginning of a text with these matches, which are in order and apart.
    pub fn new(found: &'a [(Range<usize>, usize)]) -> Marks<'a> {
        Marks { found, at: 0, next: 0, line: 0 }
    }

    /// Steps over the border between two lines; the number of the one that begins.
    pub fn line(&mut self) -> usize {
        self.at += BLOCK_BORDER.len_utf8();
        self.line += 1;
        self.line
    }

    /// Cuts the text that comes next.
    pub fn runs<'t>(&mut self, text: &'t str) -> Vec<Run<'t>> {
        let mut runs = Vec::with_capacity(1);
        let (start, end) = (self.at, self.at + text.len());
        self.at = end;
        let mut done = start;
        while let Some((range, _)) = self.found.get(self.next).filter(|(range, _)| range.start < end) {
            let (from, to) = (range.start.max(done), range.end.min(end));
            push(&mut runs, text.get(done - start..from - start), None);
            push(&mut runs, text.get(from - start..to.max(from) - start), Some(self.next));
            done = to.max(from);
            if range.end > end {
                break;
            }
            self.next += 1;
        }
        push(&mut runs, text.get(done - start..), None);
        runs
    }
}

fn push<'t>(runs: &mut Vec<Run<'t>>, text: Option<&'t str>, mark: Option<usize>) {
    if let Some(text) = text.filter(|text| !text.is_empty()) {
        runs.push(Run { text, mark });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_match_across_pieces_keeps_its_number() {
        let found = [(1..4, 0), (4..5, 1), (7..8, 0)];
        let mut marks = Marks::new(&found);
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
            let mut marks = Marks::new(&found);
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
