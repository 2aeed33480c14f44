//! Runs of text with the formats around them, flat, and how they become nested inlines and back.
//!
//! Each run knows its formats from the outside in. So an element that HTML lets cross the border of a
//! block simply goes on in the next, and nesting is made only when a line is finished, each kind of
//! format at most once: its depth is bounded by the number of kinds.

use crate::model::{Href, Inline};
use std::rc::Rc;

/// What an element does to the text inside it.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Format {
    Strong,
    Emphasis,
    Underline,
    Strike,
    Code,
    Sub,
    Sup,
    Link(Href),
}

/// The formats around a run, the outermost first.
pub(super) type Formats = Rc<[Format]>;

/// A run of characters, or something between them.
#[derive(Debug)]
pub(super) struct Piece {
    pub(super) formats: Formats,
    pub(super) content: Content,
}

#[derive(Debug, PartialEq)]
pub(super) enum Content {
    Text(String),
    Break,
    Anchor(String),
}

/// Turns flat runs into nested inlines; neighbours share what formats they share.
pub(super) fn nest(pieces: Vec<Piece>) -> Vec<Inline> {
    let mut stack: Vec<(Option<Format>, Vec<Inline>)> = vec![(None, Vec::new())];
    for piece in plain_gaps(pieces) {
        let shared = stack[1..].iter().zip(piece.formats.iter());
        let shared = shared.take_while(|((open, _), format)| open.as_ref() == Some(*format)).count();
        close(&mut stack, shared + 1);
        for format in &piece.formats[shared..] {
            stack.push((Some(format.clone()), Vec::new()));
        }
        let inline = match piece.content {
            Content::Text(text) => Inline::Text(text),
            Content::Break => Inline::Break,
            Content::Anchor(name) => Inline::Anchor(name),
        };
        if let Some((_, inlines)) = stack.last_mut() {
            match (inlines.last_mut(), inline) {
                (Some(Inline::Text(last)), Inline::Text(text)) => last.push_str(&text),
                (_, inline) => inlines.push(inline),
            }
        }
    }
    close(&mut stack, 1);
    stack.pop().map(|(_, inlines)| inlines).unwrap_or_default()
}

/// Gives breaks, anchors and lone spaces only the formats that both their neighbours have.
fn plain_gaps(mut pieces: Vec<Piece>) -> Vec<Piece> {
    let is_gap = |piece: &Piece| match &piece.content {
        Content::Text(text) => text.trim().is_empty(),
        Content::Break | Content::Anchor(_) => true,
    };
    let mut next: Formats = Rc::from([]);
    let mut after: Vec<Formats> = Vec::with_capacity(pieces.len());
    for piece in pieces.iter().rev() {
        if !is_gap(piece) {
            next = Rc::clone(&piece.formats);
        }
        after.push(Rc::clone(&next));
    }
    let mut before: Formats = Rc::from([]);
    for (piece, after) in pieces.iter_mut().zip(after.into_iter().rev()) {
        if is_gap(piece) {
            let shared = before.iter().zip(after.iter()).take_while(|(a, b)| a == b).count();
            piece.formats = Rc::from(&before[..shared]);
        } else {
            before = Rc::clone(&piece.formats);
        }
    }
    pieces
}

/// Closes the innermost formats until `depth` levels are left.
fn close(stack: &mut Vec<(Option<Format>, Vec<Inline>)>, depth: usize) {
    while stack.len() > depth {
        let Some((format, inlines)) = stack.pop() else { return };
        let inline = match format {
            Some(Format::Strong) => Inline::Strong(inlines),
            Some(Format::Emphasis) => Inline::Emphasis(inlines),
            Some(Format::Underline) => Inline::Underline(inlines),
            Some(Format::Strike) => Inline::Strike(inlines),
            Some(Format::Code) => Inline::Code(inlines),
            Some(Format::Sub) => Inline::Sub(inlines),
            Some(Format::Sup) => Inline::Sup(inlines),
            Some(Format::Link(href)) => Inline::Link(href, inlines),
            None => continue,
        };
        if let Some((_, outer)) = stack.last_mut() {
            outer.push(inline);
        }
    }
}

/// Joins finished lines by breaks into one, nested anew so that neighbours share formats.
pub(super) fn join(lines: Vec<Vec<Inline>>) -> Vec<Inline> {
    let mut pieces = Vec::new();
    for line in lines {
        if !pieces.is_empty() {
            // A place at the end of a line is as well at the beginning of the next.
            let places =
                pieces.iter().rev().take_while(|piece: &&Piece| matches!(piece.content, Content::Anchor(_)));
            let at = pieces.len() - places.count();
            pieces.insert(at, Piece { formats: Rc::from([]), content: Content::Break });
        }
        flatten(line, &Rc::from([]), &mut pieces);
    }
    nest(pieces)
}

pub(super) fn flatten(inlines: Vec<Inline>, formats: &Formats, pieces: &mut Vec<Piece>) {
    for inline in inlines {
        let (format, inner) = match inline {
            Inline::Text(text) => {
                pieces.push(Piece { formats: Rc::clone(formats), content: Content::Text(text) });
                continue;
            }
            Inline::Break => {
                pieces.push(Piece { formats: Rc::clone(formats), content: Content::Break });
                continue;
            }
            Inline::Anchor(name) => {
                pieces.push(Piece { formats: Rc::clone(formats), content: Content::Anchor(name) });
                continue;
            }
            Inline::Strong(inner) => (Format::Strong, inner),
            Inline::Emphasis(inner) => (Format::Emphasis, inner),
            Inline::Underline(inner) => (Format::Underline, inner),
            Inline::Strike(inner) => (Format::Strike, inner),
            Inline::Code(inner) => (Format::Code, inner),
            Inline::Sub(inner) => (Format::Sub, inner),
            Inline::Sup(inner) => (Format::Sup, inner),
            Inline::Link(href, inner) => (Format::Link(href), inner),
        };
        let formats = formats.iter().cloned().chain([format]).collect();
        flatten(inner, &formats, pieces);
    }
}
