//! The body of an article as a tree of allowed blocks.

use super::inline::Inline;
use super::url::{ImageUrl, KeptImage, Url};
use serde::{Deserialize, Serialize};

/// The blocks of a body, in reading order.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Document {
    /// The blocks.
    pub blocks: Vec<Block>,
}

/// A paragraph or something that stands between paragraphs. Each is an object with one key in JSON.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Block {
    /// The paragraph that opens the article and sums it up.
    #[serde(rename = "lead")]
    Lead(Vec<Inline>),
    /// A paragraph.
    #[serde(rename = "p")]
    Paragraph(Vec<Inline>),
    /// A heading inside the article, level 2 to 4.
    #[serde(rename = "h")]
    Heading(u8, Vec<Inline>),
    /// A list.
    #[serde(rename = "list")]
    List(List),
    /// A quotation.
    #[serde(rename = "quote")]
    Quote(Vec<Block>),
    /// Text whose white space counts.
    #[serde(rename = "pre")]
    Preformatted(String),
    /// Rows of cells.
    #[serde(rename = "table")]
    Table(Vec<Vec<Cell>>),
    /// A picture.
    #[serde(rename = "fig")]
    Figure(Box<Figure>),
    /// A video, post or other page that the article had inside a frame; shown as a link.
    #[serde(rename = "embed")]
    Embed(Url),
    /// A thematic break.
    #[serde(rename = "hr")]
    Rule(()),
}

/// A list and its items.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct List {
    /// The number of the first item, for a numbered list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<i32>,
    /// The items.
    pub items: Vec<Vec<Block>>,
}

/// A cell of a table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Cell {
    /// Whether it names its row or column.
    #[serde(default, rename = "th", skip_serializing_if = "is_default")]
    pub header: bool,
    /// Columns it spans, when more than one.
    #[serde(default, rename = "cols", skip_serializing_if = "Option::is_none")]
    pub columns: Option<u16>,
    /// Rows it spans, when more than one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rows: Option<u16>,
    /// What stands in it.
    #[serde(rename = "in")]
    pub blocks: Vec<Block>,
}

/// A picture with its caption.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    /// Where the picture lies.
    pub src: ImageUrl,
    /// The picture's own address when `src` goes through a proxy: tried when the proxy fails.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fallback: Option<ImageUrl>,
    /// The picture in the archive itself, if that keeps it: asked for before any other host.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kept: Option<KeptImage>,
    /// What the picture shows, for those who do not see it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub alt: String,
    /// Width and height in pixels, where the source says both.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size: Option<(u32, u32)>,
    /// The line under the picture.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub caption: Vec<Inline>,
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// The character between two blocks in [`Article::text`](super::Article::text): no query can hold it,
/// so nothing matches across a border.
pub const BLOCK_BORDER: char = '\n';

impl Document {
    /// A body of these blocks.
    pub fn new(blocks: Vec<Block>) -> Document {
        Document { blocks }
    }

    /// The first picture.
    pub fn picture(&self) -> Option<&Figure> {
        let mut found = None;
        each_block(&self.blocks, &mut |block| {
            if let Block::Figure(figure) = block {
                found = found.or(Some(&**figure));
            }
        });
        found
    }

    /// Appends the visible text: inlines joined, blocks separated by [`BLOCK_BORDER`].
    ///
    /// A renderer that walks the blocks in the order of [`each_line`] counts the same bytes, which is
    /// how matches in the text find their place on the page.
    pub fn push_text(&self, text: &mut String) {
        each_line(&self.blocks, &mut |line| {
            text.push(BLOCK_BORDER);
            line.push_text(text);
        });
    }
}

/// A line of text that a border separates from the next.
pub enum Line<'a> {
    /// Paragraph, heading, caption.
    Inlines(&'a [Inline]),
    /// Preformatted text.
    Preformatted(&'a str),
}

impl Line<'_> {
    /// Appends its visible text.
    pub fn push_text(&self, text: &mut String) {
        match self {
            Line::Inlines(inlines) => Inline::each_text(inlines, &mut |piece| text.push_str(piece)),
            Line::Preformatted(pre) => text.push_str(pre),
        }
    }
}

/// Hands every line of text to `take`, in reading order.
pub fn each_line<'a>(blocks: &'a [Block], take: &mut impl FnMut(Line<'a>)) {
    each_block(blocks, &mut |block| match block {
        Block::Lead(inlines) | Block::Paragraph(inlines) | Block::Heading(_, inlines) => {
            take(Line::Inlines(inlines));
        }
        Block::Figure(figure) if !figure.caption.is_empty() => take(Line::Inlines(&figure.caption)),
        Block::Preformatted(text) => take(Line::Preformatted(text)),
        _ => {}
    });
}

/// Hands every block to `take`, each before what it contains.
pub fn each_block<'a>(blocks: &'a [Block], take: &mut impl FnMut(&'a Block)) {
    // A stack instead of recursion through a generic closure: the type would grow with each level.
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

/// Lets `change` change each of `blocks` and what is in it.
pub fn each_block_mut(blocks: &mut [Block], change: &mut dyn FnMut(&mut Block)) {
    for block in blocks {
        change(block);
        match block {
            Block::Quote(inner) => each_block_mut(inner, change),
            Block::List(list) => list.items.iter_mut().for_each(|item| each_block_mut(item, change)),
            Block::Table(rows) => {
                rows.iter_mut().flatten().for_each(|cell| each_block_mut(&mut cell.blocks, change));
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
                kept: None,
                alt: String::new(),
                size: Some((16, 9)),
                caption: vec![Inline::text("六")],
            })),
        ])
    }

    #[test]
    fn json_round_trips_and_is_plain() {
        let json = serde_json::to_string(&sample()).unwrap();
        assert_eq!(
            json,
            r##"[{"p":["一",{"a":["https://a.example/",[{"b":["二"]}]]},{"br":0},{"#":"n"}]},{"list":{"start":3,"items":[[{"p":["三"]}],[{"hr":null}]]}},{"table":[[{"th":true,"cols":2,"in":[{"quote":[{"pre":"四\n五"}]}]}]]},{"fig":{"src":"https://a.example/i.png","size":[16,9],"caption":["六"]}}]"##
        );
        assert_eq!(serde_json::from_str::<Document>(&json).unwrap(), sample());
    }

    #[test]
    fn text_joins_inlines_and_separates_blocks() {
        let mut text = String::new();
        sample().push_text(&mut text);
        assert_eq!(text, "\n一二 \n三\n四\n五\n六");
    }

    #[test]
    fn unknown_parts_are_refused() {
        assert!(serde_json::from_str::<Document>(r#"[{"script":"x"}]"#).is_err());
        assert!(serde_json::from_str::<Document>(r#"[{"p":[{"a":["javascript:x",["y"]]}]}]"#).is_err());
    }
}
