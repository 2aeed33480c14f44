//! Ranges of an article's text, line by line.

use crate::model::BLOCK_SEPARATOR;
use std::ops::Range;

/// Part of a range inside one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineSlice {
    /// Index of the range.
    pub index: usize,
    /// Number of the line; the title is 0.
    pub line: usize,
    /// Byte offset in the line.
    pub start: usize,
    /// Text of the slice; not empty.
    pub text: String,
}

/// Divides byte ranges of [`Article::text`](crate::model::Article::text), sorted and without overlaps, at the ends of
/// its `lines`.
///
/// ```
/// let lines = ["夜渡".to_owned(), "江水".to_owned()];
/// let slices = sheaf::reading::line_slices(&lines, &[3..10]);
/// let parts: Vec<_> = slices.iter().map(|slice| (slice.line, slice.start, &*slice.text)).collect();
/// assert_eq!(parts, [(0, 3, "渡"), (1, 0, "江")]);
/// ```
pub fn line_slices(lines: &[String], ranges: &[Range<usize>]) -> Vec<LineSlice> {
    let mut slices = Vec::with_capacity(ranges.len());
    let (mut first, mut line_start) = (0, 0);
    for (index, range) in ranges.iter().enumerate() {
        while let Some(line) = lines.get(first) {
            let inside =
                range.start.saturating_sub(line_start)..range.end.saturating_sub(line_start).min(line.len());
            if let Some(text) = line.get(inside.clone()).filter(|text| !text.is_empty()) {
                slices.push(LineSlice { index, line: first, start: inside.start, text: text.to_owned() });
            }
            let next_start = line_start + line.len() + BLOCK_SEPARATOR.len_utf8();
            // The next range may begin on the same line.
            if range.end < next_start {
                break;
            }
            (first, line_start) = (first + 1, next_start);
        }
    }
    slices
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn parts(lines: &[&str], ranges: &[Range<usize>]) -> Vec<(usize, usize, usize, String)> {
        let lines: Vec<_> = lines.iter().map(|line| (*line).to_owned()).collect();
        let slices = line_slices(&lines, ranges).into_iter();
        slices.map(|slice| (slice.index, slice.line, slice.start, slice.text)).collect()
    }

    #[test]
    fn ranges_on_one_line_share_it() {
        let expected = [(0, 1, 0, "ab".to_owned()), (1, 1, 3, "d".to_owned()), (2, 2, 0, "e".to_owned())];
        assert_eq!(parts(&["", "abcd", "e"], &[1..3, 4..5, 6..7]), expected);
    }

    #[test]
    fn ranges_beyond_the_text_or_inside_a_character_are_left_out() {
        assert_eq!(parts(&["船"], std::slice::from_ref(&(1..3))), []);
        assert_eq!(parts(&["船"], std::slice::from_ref(&(4..9))), []);
        assert_eq!(parts(&[], std::slice::from_ref(&(0..1))), []);
    }

    proptest! {
        #[test]
        fn slices_join_to_the_ranges(
            lines in proptest::collection::vec("[a-c船]{0,6}", 1..8),
            edges in proptest::collection::btree_set(0usize..80, 0..12),
        ) {
            let text = lines.join("\n");
            let edges: Vec<usize> = edges.into_iter().filter(|&edge| text.is_char_boundary(edge)).collect();
            let ranges: Vec<_> = edges.chunks_exact(2).map(|pair| pair[0]..pair[1]).collect();
            let slices = line_slices(&lines, &ranges);
            for (index, range) in ranges.iter().enumerate() {
                let joined: String =
                    slices.iter().filter(|slice| slice.index == index).map(|slice| slice.text.as_str()).collect();
                prop_assert_eq!(joined, text[range.clone()].replace('\n', ""));
            }
            for slice in &slices {
                prop_assert!(lines[slice.line][slice.start..].starts_with(&slice.text));
            }
        }
    }
}
