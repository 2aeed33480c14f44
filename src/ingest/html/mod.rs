//! The body of a file: HTML becomes a [`Document`].
//!
//! ```text
//! HTML ─▶ guard ─▶ scraper ─▶ furniture ─▶ tree ─▶ opening ─▶ anchors ─▶ Document
//! ```
//!
//! The guard mends the text before it is parsed and bounds depth and number of elements; scraper (that
//! is html5ever, the parser of the HTML standard) makes a DOM; named rules mark what is furniture; the
//! tree is built by walking the DOM once, without recursion; the opening is looked at for a repeated
//! title or date and for the lead; links into the article keep only places that exist.

mod anchors;
mod around;
mod captions;
mod elements;
mod embeds;
mod frames;
mod furniture;
mod guard;
mod line;
mod opening;
mod pictures;
mod runs;
mod tree;

pub(super) use guard::comment;

use super::characters;
use super::findings::Findings;
use crate::model::{Block, Document, Inline, Line, each_line};

/// What is known about an article before its body is read.
pub(super) struct Context<'a> {
    pub(super) title: &'a str,
    /// The address that relative ones are resolved against.
    pub(super) base: Option<&'a url::Url>,
}

/// What a body holds.
pub(super) struct Read {
    pub(super) body: Document,
    /// The date that stood in front of the text.
    pub(super) dateline: Option<String>,
    /// What could be the title, if the file's head has none.
    pub(super) title: Option<String>,
}

/// Reads the HTML of a body that begins on `line` of its file.
pub(super) fn read(html: &str, line: u32, context: &Context<'_>, found: &mut Findings) -> Read {
    let guarded = guard::guard(html, line, found);
    let dom = scraper::Html::parse_fragment(&guarded);
    let furniture = furniture::mark(&dom, line, found);
    let mut blocks = tree::build(&dom, &furniture, context, found);
    captions::join(&mut blocks);
    anchors::check(&mut blocks);
    // Without a title in the head the body's first heading, or else its first line, takes its place.
    let heading = Some(&blocks).filter(|_| context.title.is_empty()).and_then(|blocks| first_heading(blocks));
    let dateline = opening::tidy(&mut blocks, heading.as_deref().unwrap_or(context.title), found);
    let title = heading.or_else(|| first_line(&blocks));
    // A line that was removed may have held a place.
    anchors::check(&mut blocks);
    if blocks.is_empty() {
        found.warn(line, "no-text", "the article has no text");
    }
    Read { body: Document::new(blocks), dateline, title }
}

fn first_heading(blocks: &[Block]) -> Option<String> {
    let heading = blocks.iter().find_map(|block| match block {
        Block::Heading(_, inlines) => Some(text_of(inlines)),
        _ => None,
    })?;
    Some(characters::one_line(&heading, |_| {}))
}

/// The beginning of the first line of text.
fn first_line(blocks: &[Block]) -> Option<String> {
    const LONGEST: usize = 60;
    let mut first = None;
    each_line(blocks, &mut |line| {
        if let (None, Line::Inlines(inlines)) = (&first, line) {
            first = Some(text_of(inlines));
        }
    });
    let line = characters::one_line(&first?, |_| {});
    match line.char_indices().nth(LONGEST) {
        Some((end, _)) => Some(format!("{}…", &line[..end])),
        None => Some(line).filter(|line| !line.is_empty()),
    }
}

/// The characters of `inlines`.
fn text_of(inlines: &[Inline]) -> String {
    let mut text = String::new();
    Inline::each_text(inlines, &mut |piece| text.push_str(piece));
    text
}

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;
#[cfg(test)]
pub(super) use tests::visible_text;
