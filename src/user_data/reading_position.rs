//! Reading positions that survive edits to the article.

use super::{Millis, ReadingPosition};
use crate::model::{BLOCK_SEPARATOR, ReadableText};
use crate::text::{FoldedText, fold};

/// Position in a text: line and character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TextPosition {
    /// Line, counted from 0.
    pub line: usize,
    /// Character in the line, counted from 0; the line's length denotes its end.
    pub char_offset: usize,
}

impl TextPosition {
    /// Returns the byte offset in [`Article::text`](crate::model::Article::text) of an article with these
    /// `lines`.
    pub fn to_byte_offset(self, lines: &[String]) -> usize {
        let above =
            lines.iter().take(self.line).map(|line| line.len() + BLOCK_SEPARATOR.len_utf8()).sum::<usize>();
        let line = lines.get(self.line).map(String::as_str).unwrap_or_default();
        above + line.char_indices().nth(self.char_offset).map_or(line.len(), |(byte, _)| byte)
    }
}

/// Characters of context stored on each side of the position.
const CONTEXT_CHARS: usize = 24;
/// Minimum length of a context in characters; shorter ones are ambiguous.
const MIN_MATCH_CHARS: usize = 4;

impl ReadingPosition {
    /// Creates the position `spot` in these lines, left at `time`.
    pub fn new(lines: &[String], spot: TextPosition, time: Millis) -> ReadingPosition {
        let length = |line: &String| line.chars().count();
        let line = lines.get(spot.line).map(String::as_str).unwrap_or_default();
        let at = spot.char_offset.min(line.chars().count());
        let start = at.saturating_sub(CONTEXT_CHARS);
        let above = lines.iter().take(spot.line).map(length).sum::<usize>() + at;
        let all = lines.iter().map(length).sum::<usize>().max(1);
        ReadingPosition {
            line: u32::try_from(spot.line).unwrap_or(u32::MAX),
            char_offset: u32::try_from(at).unwrap_or(u32::MAX),
            prefix: line.chars().skip(start).take(at - start).collect(),
            suffix: line.chars().skip(at).take(CONTEXT_CHARS).collect(),
            progress: u16::try_from(above * 1000 / all).unwrap_or(1000),
            time,
        }
    }

    /// Finds the position in these lines, which may have been edited: the occurrence of the context nearest
    /// to the stored position, as written or else as folded, or else the stored line and character numbers.
    pub fn find(&self, lines: &[String]) -> TextPosition {
        self.find_context(lines).unwrap_or_else(|| self.stored_position(lines))
    }

    /// Finds the position like [`find`](ReadingPosition::find), also one that was stored while the readings and
    /// note marks of `readable` were part of the text. `lines` are without them.
    pub fn find_readable(&self, lines: &[String], readable: &ReadableText) -> TextPosition {
        let found = self.find_context(lines).or_else(|| {
            let spot = self.find_context(&readable.lines)?;
            let start = readable.to_base(readable.line_start(spot.line));
            let byte = readable.to_base(spot.to_byte_offset(&readable.lines)) - start;
            let before = lines.get(spot.line)?.get(..byte)?;
            Some(TextPosition { char_offset: before.chars().count(), ..spot })
        });
        found.unwrap_or_else(|| self.stored_position(lines))
    }

    /// Finds the nearest occurrence of the context.
    fn find_context(&self, lines: &[String]) -> Option<TextPosition> {
        let old = TextPosition { line: self.line as usize, char_offset: self.char_offset as usize };
        let whole = format!("{}{}", self.prefix, self.suffix);
        let inner = self.prefix.chars().count();
        let near =
            |spot: &TextPosition| (spot.line.abs_diff(old.line), spot.char_offset.abs_diff(old.char_offset));
        let best = |words: &str, inner: usize| {
            let spots = lines.iter().enumerate().flat_map(|(line, text)| {
                text.match_indices(words).map(move |(byte, _)| {
                    let start = text.get(..byte).unwrap_or_default().chars().count();
                    TextPosition { line, char_offset: start + inner }
                })
            });
            spots.min_by_key(near)
        };
        let as_written =
            || best(&whole, inner).or_else(|| is_long(&self.suffix).then(|| best(&self.suffix, 0)).flatten());
        is_long(&whole).then(|| as_written().or_else(|| self.find_folded(lines, near))).flatten()
    }

    /// Finds the context in lines whose characters or white space are written in another way.
    fn find_folded<K: Ord>(
        &self,
        lines: &[String],
        near: impl Fn(&TextPosition) -> K,
    ) -> Option<TextPosition> {
        let [prefix, suffix] = [&self.prefix, &self.suffix].map(|text| fold(text));
        let whole = fold(&format!("{}{}", self.prefix, self.suffix));
        let folded: Vec<FoldedText> = lines.iter().map(|line| FoldedText::new(line)).collect();
        let best = |words: &str, inner: usize| {
            let spots = lines.iter().zip(&folded).enumerate().flat_map(|(line, (source, folded))| {
                folded.text.match_indices(words).map(move |(at, _)| {
                    let start = folded.source_range(at + inner..at + words.len()).start;
                    TextPosition {
                        line,
                        char_offset: source.get(..start).unwrap_or_default().chars().count(),
                    }
                })
            });
            spots.min_by_key(&near)
        };
        let found = is_long(&whole).then(|| best(&whole, prefix.len().min(whole.len()))).flatten();
        found.or_else(|| is_long(&suffix).then(|| best(&suffix, 0)).flatten())
    }

    /// Returns the stored line and character numbers, within these lines.
    fn stored_position(&self, lines: &[String]) -> TextPosition {
        let (old, char_offset) = (self.line as usize, self.char_offset as usize);
        let line = old.min(lines.len().saturating_sub(1));
        let length = lines.get(line).map_or(0, |line| line.chars().count());
        TextPosition { line, char_offset: if line == old { char_offset.min(length) } else { 0 } }
    }
}

/// Returns true if `words` are enough to recognise a position.
fn is_long(words: &str) -> bool {
    words.chars().count() >= MIN_MATCH_CHARS
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Article, Block, Inline};
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

    fn after(lines: &[String], spot: TextPosition) -> Option<char> {
        lines[spot.line].chars().nth(spot.char_offset)
    }

    #[test]
    fn position_stored_when_readings_were_text_is_found() {
        let ruby = |base: &str, reading: &str| Inline::Ruby(vec![Inline::text(base)], reading.into());
        let line = |start: &str| {
            vec![Inline::text(start), ruby("码", "mǎ"), ruby("头", "tóu"), Inline::text("边上，等着一只船。")]
        };
        let blocks = ["小船靠在", "大船不在"].map(|start| Block::Paragraph(line(start)));
        let article = Article::from_blocks("渡口", blocks.to_vec());
        let readable = ReadableText::new(&article);
        let at = |line: &str, part: &str| line[..line.find(part).unwrap()].chars().count();
        for part in ["码", "头", "边", "只船"] {
            let spot = TextPosition { line: 2, char_offset: at(&readable.lines[2], part) };
            let old = ReadingPosition::new(&readable.lines, spot, 0);
            let lines = article.lines();
            let expected = TextPosition { line: 2, char_offset: at(&lines[2], part) };
            assert_eq!(old.find_readable(&lines, &readable), expected, "{part}");
        }
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
            prop_assume!(lines[line].chars().count() >= MIN_MATCH_CHARS);
            let spot = TextPosition { line, char_offset: at.index(lengths[line]) };
            let wanted = after(&lines, spot);
            let kept = lines[line].clone();
            let position = ReadingPosition::new(&lines, spot, 0);
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
            let spot = TextPosition { line: 0, char_offset: at.min(length - 30) };
            let wanted = after(&lines, spot);
            let position = ReadingPosition::new(&lines, spot, 0);
            lines[0].insert_str(0, &distinct(&[put], 0x20000)[0]);
            prop_assert_eq!(after(&lines, position.find(&lines)), wanted);
        }

        #[test]
        fn arbitrary_position_resolves_within_the_text(
            lines in proptest::collection::vec("[a-b船\n]{0,8}", 0..5),
            line: u32, at: u32, before in "[a-b船]{0,4}", words in "[a-b船]{0,4}",
        ) {
            let position = ReadingPosition { line, char_offset: at, prefix: before, suffix: words, progress: 0, time: 0 };
            let spot = position.find(&lines);
            match lines.get(spot.line) {
                Some(line) => prop_assert!(spot.char_offset <= line.chars().count()),
                None => prop_assert_eq!(spot, TextPosition { line: 0, char_offset: 0 }),
            }
        }
    }

    #[test]
    fn text_positions_convert_to_byte_offsets() {
        let lines: Vec<String> = ["渡口", "", "船a停"].map(str::to_owned).to_vec();
        let text = lines.join("\n");
        let byte = |line, at| TextPosition { line, char_offset: at }.to_byte_offset(&lines);
        assert_eq!([byte(0, 1), byte(1, 0), byte(2, 1), byte(2, 9)], [3, 7, 11, text.len()]);
        assert_eq!(&text[byte(2, 1)..byte(2, 2)], "a");
    }

    #[test]
    fn equal_lines_resolve_to_the_nearest() {
        let lines: Vec<String> = ["同一句话又来了", "别的话", "同一句话又来了"].map(str::to_owned).to_vec();
        let position = ReadingPosition::new(&lines, TextPosition { line: 2, char_offset: 3 }, 0);
        assert_eq!(position.find(&lines), TextPosition { line: 2, char_offset: 3 });
        assert_eq!(position.progress, (7 + 3 + 3) * 1000 / 17);
    }

    #[test]
    fn context_written_in_another_way_keeps_the_position() {
        let lines: Vec<String> = ["開頭", "他在 Cafe\u{301} 說：“江水 退了”"].map(str::to_owned).to_vec();
        let at = lines[1].chars().position(|c| c == '江').unwrap();
        let position = ReadingPosition::new(&lines, TextPosition { line: 1, char_offset: at }, 0);
        let edited: Vec<String> =
            ["开头", "新的一段", "他在Café说：「江水退了」"].map(str::to_owned).to_vec();
        let found = position.find(&edited);
        assert_eq!((found.line, after(&edited, found)), (2, Some('江')));
    }

    #[test]
    fn removed_context_falls_back_to_the_line_number() {
        let lines: Vec<String> = ["开头的一句", "后来改掉的一句话", "结尾"].map(str::to_owned).to_vec();
        let position = ReadingPosition::new(&lines, TextPosition { line: 1, char_offset: 5 }, 0);
        let edited: Vec<String> = ["开头的一句", "全新", "结尾"].map(str::to_owned).to_vec();
        assert_eq!(position.find(&edited), TextPosition { line: 1, char_offset: 2 });
        assert_eq!(position.find(&edited[..1]), TextPosition { line: 0, char_offset: 0 });
    }
}
