//! Body of an article: a tree of allowed blocks.

use super::inline::Inline;
use super::url::{ArchivedImage, ImageUrl, Url};
use serde::{Deserialize, Serialize};

/// Blocks of a body, in reading order.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Document {
    /// Top-level blocks.
    pub blocks: Vec<Block>,
}

/// Block-level element. In JSON each is an object with one key.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Block {
    /// Lede: the paragraph that opens and summarises the article.
    #[serde(rename = "lead")]
    Lead(Vec<Inline>),
    /// Paragraph.
    #[serde(rename = "p")]
    Paragraph(Vec<Inline>),
    /// Heading inside the article, level 2 to 4.
    #[serde(rename = "h")]
    Heading(u8, Vec<Inline>),
    /// List.
    #[serde(rename = "list")]
    List(List),
    /// Block quotation.
    #[serde(rename = "quote")]
    Quote(Vec<Block>),
    /// Preformatted text; white space is significant.
    #[serde(rename = "pre")]
    Preformatted(String),
    /// Table, as rows of cells.
    #[serde(rename = "table")]
    Table(Vec<Vec<Cell>>),
    /// Image with its caption.
    #[serde(rename = "fig")]
    Figure(Box<Figure>),
    /// Embedded page (video, post, iframe), shown as a link.
    #[serde(rename = "embed")]
    Embed(Url),
    /// Thematic break.
    #[serde(rename = "hr")]
    Rule(()),
}

/// Ordered or unordered list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct List {
    /// Number of the first item; `None` for an unordered list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<i32>,
    /// Items, each a list of blocks.
    pub items: Vec<Vec<Block>>,
}

/// Table cell.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Cell {
    /// True for a header cell (`th`).
    #[serde(default, rename = "th", skip_serializing_if = "is_default")]
    pub header: bool,
    /// Column span, if greater than 1.
    #[serde(default, rename = "cols", skip_serializing_if = "Option::is_none")]
    pub columns: Option<u16>,
    /// Row span, if greater than 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rows: Option<u16>,
    /// Content of the cell.
    #[serde(rename = "in")]
    pub blocks: Vec<Block>,
}

/// Image with its caption.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    /// Source URL of the image.
    pub src: ImageUrl,
    /// Direct URL of the image when `src` points to a proxy; used when the proxy fails.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fallback: Option<ImageUrl>,
    /// Copy of the image stored in the archive. The app requests this copy before any other host.
    #[serde(rename = "kept", default, skip_serializing_if = "Option::is_none")]
    pub archived: Option<ArchivedImage>,
    /// Alternative text.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub alt: String,
    /// Width and height in pixels, if the source states both.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size: Option<(u32, u32)>,
    /// Caption.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub caption: Vec<Inline>,
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// Separator between two blocks in [`Article::text`](super::Article::text). No query contains this character,
/// so no match crosses blocks.
pub const BLOCK_SEPARATOR: char = '\n';

impl Document {
    /// Creates a document from its blocks.
    pub fn new(blocks: Vec<Block>) -> Document {
        Document { blocks }
    }

    /// Returns the first figure.
    pub fn first_figure(&self) -> Option<&Figure> {
        let mut found = None;
        for_each_block(&self.blocks, &mut |block| {
            if let Block::Figure(figure) = block {
                found = found.or(Some(&**figure));
            }
        });
        found
    }

    /// Appends the visible text: inlines joined, blocks separated by [`BLOCK_SEPARATOR`].
    ///
    /// A renderer that visits the blocks in the order of [`for_each_line`] counts the same bytes. This maps
    /// matches in the text to DOM nodes.
    pub fn push_text(&self, text: &mut String) {
        for_each_line(&self.blocks, &mut |line| {
            text.push(BLOCK_SEPARATOR);
            line.push_text(text);
        });
    }
}

/// Line of the searchable text, delimited by block separators.
pub enum TextLine<'a> {
    /// Inline content of a paragraph, heading or caption.
    Inlines(&'a [Inline]),
    /// Preformatted text.
    Preformatted(&'a str),
}

impl TextLine<'_> {
    /// Appends the visible text of the line.
    pub fn push_text(&self, text: &mut String) {
        match self {
            TextLine::Inlines(inlines) => Inline::for_each_text(inlines, &mut |piece| text.push_str(piece)),
            TextLine::Preformatted(pre) => text.push_str(pre),
        }
    }
}

/// Calls `take` for every line of text, in reading order.
pub fn for_each_line<'a>(blocks: &'a [Block], take: &mut impl FnMut(TextLine<'a>)) {
    for_each_block(blocks, &mut |block| match block {
        Block::Lead(inlines) | Block::Paragraph(inlines) | Block::Heading(_, inlines) => {
            take(TextLine::Inlines(inlines));
        }
        Block::Figure(figure) if !figure.caption.is_empty() => take(TextLine::Inlines(&figure.caption)),
        Block::Preformatted(text) => take(TextLine::Preformatted(text)),
        _ => {}
    });
}

/// Calls `take` for every block, parents before children.
pub fn for_each_block<'a>(blocks: &'a [Block], take: &mut impl FnMut(&'a Block)) {
    // An explicit stack instead of recursion: recursing through a generic closure would nest its type at each
    // level.
    let mut stack: Vec<&'a [Block]> = vec![blocks];
    while let Some(rest) = stack.pop() {
        let Some((block, after)) = rest.split_first() else { continue };
        stack.push(after);
        take(block);
        match block {
            Block::Quote(inner) => stack.push(inner),
            Block::List(list) => stack.extend(list.items.iter().rev().map(Vec::as_slice)),
            Block::Table(rows) => {
                stack.extend(rows.iter().flatten().rev().map(|cell| cell.blocks.as_slice()));
            }
            _ => {}
        }
    }
}

/// Calls `change` for every block, parents before children.
pub fn for_each_block_mut(blocks: &mut [Block], change: &mut dyn FnMut(&mut Block)) {
    for block in blocks {
        change(block);
        match block {
            Block::Quote(inner) => for_each_block_mut(inner, change),
            Block::List(list) => list.items.iter_mut().for_each(|item| for_each_block_mut(item, change)),
            Block::Table(rows) => {
                rows.iter_mut().flatten().for_each(|cell| for_each_block_mut(&mut cell.blocks, change));
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Href;

    fn sample() -> Document {
        let link = Inline::Link(
            Href::try_from("https://a.example/".to_owned()).unwrap(),
            vec![Inline::Strong(vec![Inline::text("二")])],
        );
        Document::new(vec![
            Block::Paragraph(vec![Inline::text("一"), link, Inline::Break, Inline::Anchor("n".into())]),
            Block::List(List {
                start: Some(3),
                items: vec![vec![Block::Paragraph(vec![Inline::text("三")])], vec![Block::Rule(())]],
            }),
            Block::Table(vec![vec![Cell {
                header: true,
                columns: Some(2),
                rows: None,
                blocks: vec![Block::Quote(vec![Block::Preformatted("四\n五".into())])],
            }]]),
            Block::Figure(Box::new(Figure {
                src: ImageUrl::parse("https://a.example/i.png").unwrap(),
                fallback: None,
                archived: None,
                alt: String::new(),
                size: Some((16, 9)),
                caption: vec![Inline::text("六")],
            })),
        ])
    }

    #[test]
    fn document_round_trips_through_plain_json() {
        let json = serde_json::to_string(&sample()).unwrap();
        assert_eq!(
            json,
            r##"[{"p":["一",{"a":["https://a.example/",[{"b":["二"]}]]},{"br":0},{"#":"n"}]},{"list":{"start":3,"items":[[{"p":["三"]}],[{"hr":null}]]}},{"table":[[{"th":true,"cols":2,"in":[{"quote":[{"pre":"四\n五"}]}]}]]},{"fig":{"src":"https://a.example/i.png","size":[16,9],"caption":["六"]}}]"##
        );
        assert_eq!(serde_json::from_str::<Document>(&json).unwrap(), sample());
    }

    #[test]
    fn text_of_a_document_joins_inlines_and_separates_blocks() {
        let mut text = String::new();
        sample().push_text(&mut text);
        assert_eq!(text, "\n一二 \n三\n四\n五\n六");
    }

    #[test]
    fn unknown_blocks_and_unsafe_links_are_rejected() {
        assert!(serde_json::from_str::<Document>(r#"[{"script":"x"}]"#).is_err());
        assert!(serde_json::from_str::<Document>(r#"[{"p":[{"a":["javascript:x",["y"]]}]}]"#).is_err());
    }
}
