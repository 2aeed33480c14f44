//! Conversion of the HTML body into a [`Document`].
//!
//! ```text
//! HTML ─▶ guard ─▶ scraper ─▶ furniture ─▶ tree ─▶ opening ─▶ anchors ─▶ Document
//! ```
//!
//! The guard repairs the text before parsing and bounds depth and number of elements. scraper (html5ever, a parser of
//! the HTML standard) builds a DOM. Named rules mark boilerplate. The tree is built in one walk over the DOM, without
//! recursion. The opening is checked for a repeated title or date and for the lead. Finally, only linked anchors are
//! kept.

mod anchors;
mod block_stack;
mod boilerplate;
mod captions;
mod code;
mod elements;
mod embeds;
mod formula;
mod inline_runs;
mod leading_blocks;
mod line;
mod node_context;
mod pictures;
mod preparse;
pub(super) mod ruby;
mod svg;
mod tree;

pub(super) use preparse::{NO_SCRIPT, comment, preprocess};

use self::leading_blocks::Opening;
use super::char_cleanup;
use super::diagnostics::Diagnostics;
use super::resources::LocalPictures;
use crate::model::{Block, Document, Inline, Node, TextLine, walk_blocks};

/// Data from the header that the body depends on.
pub(super) struct BodyContext<'a> {
    pub(super) title: &'a str,
    /// Base of relative URLs.
    pub(super) base: Option<&'a url::Url>,
    /// Pictures that come with the article.
    pub(super) pictures: Option<&'a LocalPictures<'a>>,
}

/// Parsed body.
pub(super) struct ParsedBody {
    pub(super) body: Document,
    /// Date line that preceded the text.
    pub(super) dateline: Option<String>,
    /// Author named by a line that preceded the text.
    pub(super) author: Option<String>,
    /// Title candidate for a file without one in the header.
    pub(super) title: Option<String>,
}

/// Parses the HTML of a body that starts on `line` of its file.
pub(super) fn parse_body(
    html: &str,
    line: u32,
    context: &BodyContext<'_>,
    found: &mut Diagnostics,
) -> ParsedBody {
    let guarded = preparse::preprocess(html, line, found);
    let dom = scraper::Html::parse_fragment(&guarded);
    let furniture = boilerplate::mark_boilerplate(&dom, line, found);
    let mut blocks = tree::build_blocks(&dom, &furniture, context, found);
    captions::join_captions(&mut blocks);
    anchors::remove_dangling(&mut blocks);
    // Without a title in the header, the first heading is used, or else the first line.
    let heading = Some(&blocks).filter(|_| context.title.is_empty()).and_then(|blocks| first_heading(blocks));
    let Opening { dateline, author } =
        leading_blocks::tidy_opening(&mut blocks, heading.as_deref().unwrap_or(context.title), found);
    let title = heading.or_else(|| first_line(&blocks));
    // A removed line may have held an anchor.
    anchors::remove_dangling(&mut blocks);
    if blocks.is_empty() {
        found.warn(line, "no-text", "the article body has no text");
    }
    ParsedBody { body: Document::new(blocks), dateline, author, title }
}

/// Returns the number of characters of preprocessed HTML outside of tags, without white space.
pub(super) fn visible_length(html: &str) -> usize {
    let mut is_inside = false;
    let is_visible = |c: &char| {
        match c {
            '<' => is_inside = true,
            '>' if is_inside => {
                is_inside = false;
                return false;
            }
            _ => {}
        }
        !is_inside && !c.is_whitespace()
    };
    html.chars().filter(is_visible).count()
}

fn first_heading(blocks: &[Block]) -> Option<String> {
    let heading = blocks.iter().find_map(|block| match block {
        Block::Heading(_, inlines) => Some(Inline::join_text(inlines)),
        _ => None,
    })?;
    Some(char_cleanup::clean_line(&heading, |_| {}))
}

/// Returns the beginning of the first text line.
fn first_line(blocks: &[Block]) -> Option<String> {
    const MAX_TITLE_CHARS: usize = 60;
    let mut first = None;
    walk_blocks(blocks, &mut |node: Node| {
        if let (None, Some(TextLine::Inlines(inlines))) = (&first, node.line()) {
            first = Some(Inline::join_text(inlines));
        }
    });
    let line = char_cleanup::clean_line(&first?, |_| {});
    match line.char_indices().nth(MAX_TITLE_CHARS) {
        Some((end, _)) => Some(format!("{}…", &line[..end])),
        None => Some(line).filter(|line| !line.is_empty()),
    }
}

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;
#[cfg(test)]
pub(super) use tests::visible_text;
