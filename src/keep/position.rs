//! Reading positions that survive edits to the article.

use super::records::{Millis, Position};
use crate::model::BLOCK_BORDER;

/// Position in a text: line and character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spot {
    /// Line, counted from 0.
    pub line: usize,
    /// Character in the line, counted from 0; the line's length denotes its end.
    pub at: usize,
}

impl Spot {
    /// Returns the byte offset in [`Article::text`](crate::model::Article::text) of an article with these
    /// `lines`.
    pub fn byte(self, lines: &[String]) -> usize {
        let above =
            lines.iter().take(self.line).map(|line| line.len() + BLOCK_BORDER.len_utf8()).sum::<usize>();
        let line = lines.get(self.line).map(String::as_str).unwrap_or_default();
        above + line.char_indices().nth(self.at).map_or(line.len(), |(byte, _)| byte)
    }
}

/// Characters of context stored on each side of the position.
const CONTEXT: usize = 24;
/// Minimum length of a context in characters; shorter ones are ambiguous.
const ENOUGH: usize = 4;

impl Position {
    /// Creates the position `spot` in these lines, left at `time`.
    pub fn of(lines: &[String], spot: Spot, time: Millis) -> Position {
        let length = |line: &String| line.chars().count();
        let line = lines.get(spot.line).map(String::as_str).unwrap_or_default();
        let at = spot.at.min(line.chars().count());
        let start = at.saturating_sub(CONTEXT);
        let above = lines.iter().take(spot.line).map(length).sum::<usize>() + at;
        let all = lines.iter().map(length).sum::<usize>().max(1);
        Position {
            line: u32::try_from(spot.line).unwrap_or(u32::MAX),
            at: u32::try_from(at).unwrap_or(u32::MAX),
            before: line.chars().skip(start).take(at - start).collect(),
            words: line.chars().skip(at).take(CONTEXT).collect(),
            share: u16::try_from(above * 1000 / all).unwrap_or(1000),
            time,
        }
    }

    /// Finds the position in these lines, which may have been edited: the occurrence of the context nearest
    /// to the stored position, or else the stored line and character numbers.
    pub fn find(&self, lines: &[String]) -> Spot {
        let old = Spot { line: self.line as usize, at: self.at as usize };
        let whole = format!("{}{}", self.before, self.words);
        let inner = self.before.chars().count();
        let near = |spot: &Spot| (spot.line.abs_diff(old.line), spot.at.abs_diff(old.at));
        let best = |words: &str, inner: usize| {
            let spots = lines.iter().enumerate().flat_map(|(line, text)| {
                text.match_indices(words).map(move |(byte, _)| {
                    let start = text.get(..byte).unwrap_or_default().chars().count();
                    Spot { line, at: start + inner }
                })
            });
            spots.min_by_key(near)
        };
        let found = match whole.chars().count() {
            count if count >= ENOUGH => best(&whole, inner)
                .or_else(|| (self.words.chars().count() >= ENOUGH).then(|| best(&self.words, 0)).flatten()),
            _ => None,
        };
        found.unwrap_or_else(|| {
            let line = old.line.min(lines.len().saturating_sub(1));
            let length = lines.get(line).map_or(0, |line| line.chars().count());
            Spot { line, at: if line == old.line { old.at.min(length) } else { 0 } }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Lines of distinct characters, so that each character identifies its position.
    fn distinct(lengths: &[usize], first: u32) -> Vec<String> {
        let mut next = first;
        let mut line = |length: &usize| {
            (0..*length)
                .map(|_| {
                    next += 1;
                    char::from_u32(next).unwrap_or('字')
                })
                .collect()
        };
        lengths.iter().map(&mut line).collect()
    }

    fn after(lines: &[String], spot: Spot) -> Option<char> {
        lines[spot.line].chars().nth(spot.at)
    }

    proptest! {
        #[test]
        fn edits_in_other_lines_keep_the_position(
            lengths in proptest::collection::vec(1..60usize, 1..12),
            line: prop::sample::Index,
            at: prop::sample::Index,
            edits in proptest::collection::vec((any::<bool>(), any::<prop::sample::Index>(), 1..60usize), 0..12),
        ) {
            let mut lines = distinct(&lengths, 0x4e00);
            let line = line.index(lines.len());
            prop_assume!(lines[line].chars().count() >= ENOUGH);
            let spot = Spot { line, at: at.index(lengths[line]) };
            let wanted = after(&lines, spot);
            let kept = lines[line].clone();
            let position = Position::of(&lines, spot, 0);
            prop_assert_eq!(position.find(&lines), spot);
            // Insert and remove other lines.
            for (number, (remove, place, length)) in edits.into_iter().enumerate() {
                let place = place.index(lines.len());
                if remove && lines[place] != kept {
                    lines.remove(place);
                } else {
                    lines.insert(place, distinct(&[length], 0x20000 + number as u32 * 100).remove(0));
                }
            }
            prop_assert_eq!(after(&lines, position.find(&lines)), wanted);
        }

        #[test]
        fn edits_in_the_same_line_keep_the_position_if_the_context_remains(
            length in 60..200usize, at in 30..170usize, put in 0..40usize,
        ) {
            let mut lines = distinct(&[length], 0x4e00);
            let spot = Spot { line: 0, at: at.min(length - 30) };
            let wanted = after(&lines, spot);
            let position = Position::of(&lines, spot, 0);
            lines[0].insert_str(0, &distinct(&[put], 0x20000)[0]);
            prop_assert_eq!(after(&lines, position.find(&lines)), wanted);
        }

        #[test]
        fn arbitrary_position_resolves_within_the_text(
            lines in proptest::collection::vec("[a-b船\n]{0,8}", 0..5),
            line: u32, at: u32, before in "[a-b船]{0,4}", words in "[a-b船]{0,4}",
        ) {
            let position = Position { line, at, before, words, share: 0, time: 0 };
            let spot = position.find(&lines);
            match lines.get(spot.line) {
                Some(line) => prop_assert!(spot.at <= line.chars().count()),
                None => prop_assert_eq!(spot, Spot { line: 0, at: 0 }),
            }
        }
    }

    #[test]
    fn text_positions_convert_to_byte_offsets() {
        let lines: Vec<String> = ["渡口", "", "船a停"].map(str::to_owned).to_vec();
        let text = lines.join("\n");
        let byte = |line, at| Spot { line, at }.byte(&lines);
        assert_eq!([byte(0, 1), byte(1, 0), byte(2, 1), byte(2, 9)], [3, 7, 11, text.len()]);
        assert_eq!(&text[byte(2, 1)..byte(2, 2)], "a");
    }

    #[test]
    fn equal_lines_resolve_to_the_nearest() {
        let lines: Vec<String> = ["同一句话又来了", "别的话", "同一句话又来了"].map(str::to_owned).to_vec();
        let position = Position::of(&lines, Spot { line: 2, at: 3 }, 0);
        assert_eq!(position.find(&lines), Spot { line: 2, at: 3 });
        assert_eq!(position.share, (7 + 3 + 3) * 1000 / 17);
    }

    #[test]
    fn removed_context_falls_back_to_the_line_number() {
        let lines: Vec<String> = ["开头的一句", "后来改掉的一句话", "结尾"].map(str::to_owned).to_vec();
        let position = Position::of(&lines, Spot { line: 1, at: 5 }, 0);
        let edited: Vec<String> = ["开头的一句", "全新", "结尾"].map(str::to_owned).to_vec();
        assert_eq!(position.find(&edited), Spot { line: 1, at: 2 });
        assert_eq!(position.find(&edited[..1]), Spot { line: 0, at: 0 });
    }
}
