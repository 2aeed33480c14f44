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
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct List {
    /// Number of the first item; `None` for an unordered list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<i32>,
    /// Letters or Roman numerals instead of numbers.
    #[serde(default, rename = "type", skip_serializing_if = "Option::is_none")]
    pub marker: Option<ListMarker>,
    /// True if the items count down.
    #[serde(default, skip_serializing_if = "is_default")]
    pub reversed: bool,
    /// Items, each a list of blocks.
    pub items: Vec<Vec<Block>>,
}

/// Markers of an ordered list, by the value of `type` in HTML.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ListMarker {
    /// a, b, c.
    #[serde(rename = "a")]
    LowerLatin,
    /// A, B, C.
    #[serde(rename = "A")]
    UpperLatin,
    /// i, ii, iii.
    #[serde(rename = "i")]
    LowerRoman,
    /// I, II, III.
    #[serde(rename = "I")]
    UpperRoman,
}

impl ListMarker {
    /// Returns the value of the attribute `type`.
    pub fn attribute(self) -> &'static str {
        match self {
            ListMarker::LowerLatin => "a",
            ListMarker::UpperLatin => "A",
            ListMarker::LowerRoman => "i",
            ListMarker::UpperRoman => "I",
        }
    }
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
        self.for_each_block(|block| {
            if let Block::Figure(figure) = block {
                found = found.or(Some(&**figure));
            }
        });
        found
    }

    /// Returns the index of the lead, which is shown above the rest. Only figures, embeds and rules may precede it.
    pub fn lead_position(&self) -> Option<usize> {
        let is_silent = |block: &Block| matches!(block, Block::Figure(_) | Block::Embed(_) | Block::Rule(()));
        let first = self.blocks.iter().position(|block| !is_silent(block))?;
        matches!(self.blocks.get(first), Some(Block::Lead(_))).then_some(first)
    }
}

impl Figure {
    /// Returns the URL of the image, without its proxy.
    pub fn origin(&self) -> &ImageUrl {
        self.fallback.as_ref().unwrap_or(&self.src)
    }

    /// Returns `true` if only the archive holds the image: its URL is a [stand-in](ImageUrl::stand_in).
    pub fn is_only_archived(&self) -> bool {
        self.archived.is_some() && self.src.is_local()
    }

    /// Returns a text that is equal for figures of one image.
    pub fn image_key(&self) -> &str {
        let archived = self.archived.as_ref().filter(|_| self.src.is_local());
        archived.map_or(self.src.as_str(), ArchivedImage::name)
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
                marker: Some(ListMarker::UpperLatin),
                reversed: true,
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
            r##"[{"p":["一",{"a":["https://a.example/",[{"b":["二"]}]]},{"br":0},{"#":"n"}]},{"list":{"start":3,"type":"A","reversed":true,"items":[[{"p":["三"]}],[{"hr":null}]]}},{"table":[[{"th":true,"cols":2,"in":[{"quote":[{"pre":"四\n五"}]}]}]]},{"fig":{"src":"https://a.example/i.png","size":[16,9],"caption":["六"]}}]"##
        );
        assert_eq!(serde_json::from_str::<Document>(&json).unwrap(), sample());
    }

    #[test]
    fn lead_follows_only_images_embeds_and_rules() {
        let lead = || Block::Lead(vec![Inline::text("导语")]);
        let line = || Block::Paragraph(vec![Inline::text("一")]);
        let embed = || Block::Embed(Url::parse("https://a.example/v").unwrap());
        let position = |blocks| Document::new(blocks).lead_position();
        assert_eq!(position(vec![lead(), line()]), Some(0));
        assert_eq!(position(vec![embed(), Block::Rule(()), lead(), line()]), Some(2));
        assert_eq!(position(vec![line(), lead()]), None);
        assert_eq!(position(vec![embed(), line()]), None);
        assert_eq!(position(vec![embed()]), None);
    }

    #[test]
    fn unknown_blocks_and_unsafe_links_are_rejected() {
        assert!(serde_json::from_str::<Document>(r#"[{"script":"x"}]"#).is_err());
        assert!(serde_json::from_str::<Document>(r#"[{"p":[{"a":["javascript:x",["y"]]}]}]"#).is_err());
    }
}
