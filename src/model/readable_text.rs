//! Text of an article with its ruby readings and the marks of notes: plain text, also for annotations and reading
//! positions that were stored while these were part of the text.

use super::{Article, BLOCK_SEPARATOR, Document, Inline, Node, Visitor, walk_blocks};
use std::ops::Range;

/// Marks around a reading in plain text. Files before format version 5 hold readings in this form.
const READING_MARKS: (&str, &str) = ("（", "）");

/// Lines of an article with the readings after their base, `漢字（かんじ）`, and with the marks of notes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadableText {
    /// Lines, the title first.
    pub lines: Vec<String>,
    /// Byte ranges of readings and note marks in [`text`](ReadableText::text).
    asides: Vec<Range<usize>>,
}

impl ReadableText {
    /// Writes out an article.
    pub fn new(article: &Article) -> ReadableText {
        ReadableText::from_parts(&article.title, &article.body)
    }

    /// Writes out a title and a body.
    pub fn from_parts(title: &str, body: &Document) -> ReadableText {
        let mut writer = ReadableWriter {
            text: ReadableText { lines: vec![title.to_owned()], asides: Vec::new() },
            at: title.len(),
        };
        walk_blocks(&body.blocks, &mut writer);
        writer.text
    }

    /// Returns true if the article has readings or note marks.
    pub fn has_asides(&self) -> bool {
        !self.asides.is_empty()
    }

    /// Returns the lines in one text, like [`Article::text`].
    pub fn text(&self) -> String {
        self.lines.join(BLOCK_SEPARATOR.encode_utf8(&mut [0; 4]))
    }

    /// Converts a byte offset in [`text`](ReadableText::text) to one in [`Article::text`]. Offsets inside a reading
    /// or a mark become the end of the text before.
    pub fn to_base(&self, offset: usize) -> usize {
        let before = self.asides.iter().take_while(|aside| aside.start < offset);
        offset - before.map(|aside| aside.end.min(offset) - aside.start).sum::<usize>()
    }

    /// Returns the byte offset at which a line starts.
    pub fn line_start(&self, line: usize) -> usize {
        self.lines.iter().take(line).map(|line| line.len() + BLOCK_SEPARATOR.len_utf8()).sum()
    }
}

struct ReadableWriter {
    text: ReadableText,
    /// Byte offset of the end of the text.
    at: usize,
}

impl ReadableWriter {
    fn push(&mut self, text: &str) {
        self.at += text.len();
        if let Some(line) = self.text.lines.last_mut() {
            line.push_str(text);
        }
    }

    fn push_aside(&mut self, parts: &[&str]) {
        let start = self.at;
        parts.iter().for_each(|text| self.push(text));
        self.text.asides.push(start..self.at);
    }
}

impl<'a> Visitor<'a> for ReadableWriter {
    fn enter(&mut self, node: Node<'a>) {
        if node.line().is_some() {
            self.at += BLOCK_SEPARATOR.len_utf8();
            self.text.lines.push(String::new());
        }
        self.push(node.text().unwrap_or_default());
        if let Node::NoteMark(mark) = node {
            self.push_aside(&[mark]);
        }
    }

    fn leave(&mut self, node: Node<'a>) {
        if let Node::Inline(Inline::Ruby(_, reading)) = node {
            self.push_aside(&[READING_MARKS.0, reading, READING_MARKS.1]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Block;

    fn ruby(base: &str, reading: &str) -> Inline {
        Inline::Ruby(vec![Inline::text(base)], reading.to_owned())
    }

    #[test]
    fn readings_follow_their_base_and_offsets_map_back() {
        let both = Inline::Ruby(vec![ruby("東京", "とうきょう")], "Tokyo".into());
        let line = vec![Inline::text("去"), both, Inline::text("的"), ruby("雪", "ゆき")];
        let article =
            Article::from_blocks("題", vec![Block::Paragraph(line), Block::Preformatted("a".into())]);
        let readable = ReadableText::new(&article);
        assert_eq!(readable.lines, ["題", "去東京（とうきょう）（Tokyo）的雪（ゆき）", "a"]);
        assert!(readable.has_asides());
        let (text, base) = (readable.text(), article.text());
        assert_eq!(base, "題\n去東京的雪\na");
        for part in ["題", "去東京", "的", "雪", "a"] {
            let at = text.find(part).unwrap();
            assert_eq!(readable.to_base(at), base.find(part).unwrap(), "{part}");
        }
        assert_eq!(readable.to_base(text.len()), base.len());
        assert_eq!(readable.to_base(text.find("Tokyo").unwrap()), base.find("的").unwrap());
        assert_eq!(readable.to_base(readable.line_start(2)), base.find('a').unwrap());
    }

    #[test]
    fn note_marks_stand_in_their_place() {
        let line = vec![Inline::text("去"), Inline::Sup(vec![Inline::text("[1]")]), Inline::text("的")];
        let article = Article::from_blocks("題", vec![Block::Paragraph(line)]);
        let (readable, base) = (ReadableText::new(&article), article.text());
        assert_eq!((readable.lines[1].as_str(), base.as_str()), ("去[1]的", "題\n去的"));
        let text = readable.text();
        for part in ["去", "的"] {
            assert_eq!(readable.to_base(text.find(part).unwrap()), base.find(part).unwrap(), "{part}");
        }
        assert_eq!(readable.to_base(text.find('1').unwrap()), base.find('的').unwrap());
    }

    #[test]
    fn text_without_readings_is_the_text_of_the_article() {
        let article =
            Article::from_blocks("題", vec![Block::Paragraph(vec![Inline::text("一"), Inline::Break])]);
        let readable = ReadableText::new(&article);
        assert!(!readable.has_asides());
        assert_eq!(readable.text(), article.text());
    }
}
