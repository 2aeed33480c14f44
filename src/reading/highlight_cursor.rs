//! Highlight cursor: search matches and annotations during incremental rendering.

use crate::model::BLOCK_SEPARATOR;
use std::ops::Range;

/// Follows the renderer through [`Article::text`](crate::model::Article::text) and splits each run of text at
/// the edges of matches and annotations.
///
/// A renderer that follows [`walk_blocks`](crate::model::walk_blocks) calls
/// [`next_line`](HighlightCursor::next_line) where a line starts, and
/// [`split_runs`](HighlightCursor::split_runs) for each run of visible text. A line break counts as a space.
///
/// ```
/// use sheaf::reading::{HighlightCursor, TextRun};
/// let matches = [(3..9, 0)];
/// let mut cursor = HighlightCursor::new(&matches, &[6..9]);
/// let run = |text, match_index, annotation_index| TextRun { text, match_index, annotation_index };
/// assert_eq!(cursor.split_runs("夜渡"), [run("夜", None, None), run("渡", Some(0), None)]);
/// assert_eq!(cursor.split_runs("江"), [run("江", Some(0), Some(0))]);
/// ```
pub struct HighlightCursor<'a> {
    matches: &'a [(Range<usize>, usize)],
    annotations: &'a [Range<usize>],
    place: CursorPlace,
    /// Index of the first match that has not ended.
    next_match: usize,
    /// Index of the first annotation that has not ended.
    next_annotation: usize,
}

/// Place of a [`HighlightCursor`] in the text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CursorPlace {
    /// Byte offset of the next run.
    pub at: usize,
    /// Line number; the title is 0.
    pub line: usize,
}

/// Run of text inside at most one match and one annotation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TextRun<'t> {
    /// Text of the run.
    pub text: &'t str,
    /// Index of the match in the article's text.
    pub match_index: Option<usize>,
    /// Index of the annotation.
    pub annotation_index: Option<usize>,
}

impl<'a> HighlightCursor<'a> {
    /// Creates a cursor at the start of a text. Matches and annotations must be sorted and must not overlap.
    pub fn new(found: &'a [(Range<usize>, usize)], passages: &'a [Range<usize>]) -> HighlightCursor<'a> {
        HighlightCursor::resume(found, passages, CursorPlace::default())
    }

    /// Creates a cursor at a place.
    pub fn resume(
        matches: &'a [(Range<usize>, usize)],
        annotations: &'a [Range<usize>],
        place: CursorPlace,
    ) -> HighlightCursor<'a> {
        HighlightCursor { matches, annotations, place, next_match: 0, next_annotation: 0 }
    }

    /// Returns the place of the next run.
    pub fn place(&self) -> CursorPlace {
        self.place
    }

    /// Moves past a run of text.
    pub fn skip(&mut self, text: &str) {
        self.place.at += text.len();
    }

    /// Moves past a line end and returns the number of the next line.
    pub fn next_line(&mut self) -> usize {
        self.place.at += BLOCK_SEPARATOR.len_utf8();
        self.place.line += 1;
        self.place.line
    }

    /// Returns the byte offset of the next run in the article's text.
    pub fn byte_offset(&self) -> usize {
        self.place.at
    }

    /// Splits the next run of text.
    pub fn split_runs<'t>(&mut self, text: &'t str) -> Vec<TextRun<'t>> {
        let mut runs = Vec::with_capacity(1);
        let start = self.place.at;
        let end = start + text.len();
        while self.place.at < end {
            let found = |at: usize| self.matches.get(at).map(|(range, _)| range);
            let (mark, border) = range_at(found, &mut self.next_match, self.place.at);
            let (passage, other) =
                range_at(|at| self.annotations.get(at), &mut self.next_annotation, self.place.at);
            let to = border.min(other).min(end);
            if let Some(text) = text.get(self.place.at - start..to - start) {
                runs.push(TextRun { text, match_index: mark, annotation_index: passage });
            }
            self.place.at = to;
        }
        runs
    }
}

/// Returns the index of the range that contains byte `at`, if any, and the offset of the next change.
/// Advances `next` to the first range that has not ended.
fn range_at<'a>(
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
    fn match_across_runs_keeps_its_index() {
        let found = [(1..4, 0), (4..5, 1), (7..8, 0)];
        let mut marks = HighlightCursor::new(&found, &[]);
        let mut drawn = Vec::new();
        for piece in ["ab", "cde"] {
            drawn.extend(marks.split_runs(piece).into_iter().map(|run| (run.text, run.match_index)));
        }
        marks.next_line();
        drawn.extend(marks.split_runs("fgh").into_iter().map(|run| (run.text, run.match_index)));
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
    fn annotations_span_lines_and_matches() {
        let (found, passages) = ([(1..3, 0)], [2..6, 6..7]);
        let mut marks = HighlightCursor::new(&found, &passages);
        let mut drawn = Vec::new();
        for line in ["abcd", "ef"] {
            drawn.extend(
                marks
                    .split_runs(line)
                    .into_iter()
                    .map(|run| (run.text, run.match_index, run.annotation_index)),
            );
            marks.next_line();
        }
        let expected = [
            ("a", None, None),
            ("b", Some(0), None),
            ("c", Some(0), Some(0)),
            ("d", None, Some(0)),
            ("e", None, Some(0)),
            ("f", None, Some(1)),
        ];
        assert_eq!((drawn.as_slice(), marks.byte_offset()), (&expected[..], 8));
    }

    proptest! {
        #[test]
        fn marked_runs_join_to_the_matches(
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
            let mut marks = HighlightCursor::new(&found, &[]);
            let mut seen = vec![String::new(); found.len()];
            let mut drawn = Vec::new();
            for (at, line) in lines.iter().enumerate() {
                if at > 0 {
                    marks.next_line();
                }
                let mut whole = String::new();
                for run in line.iter().flat_map(|piece| marks.split_runs(piece)) {
                    whole.push_str(run.text);
                    if let Some(mark) = run.match_index {
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
