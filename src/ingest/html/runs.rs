//! Inline runs: text with a flat list of formats, and conversion to and from nested inlines.
//!
//! Each run lists its formats from the outside in. A format that crosses a block border simply continues in the next
//! block. Nesting is built when a line is finished, with each kind of format at most once, which bounds the depth.

use crate::model::{Href, Inline};
use std::rc::Rc;

/// Effect of an element on the text inside.
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

/// Formats of a run, outermost first.
pub(super) type Formats = Rc<[Format]>;

/// Run of characters, or a break or anchor between runs.
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

/// Converts flat runs into nested inlines; neighbours share common formats.
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

/// Reduces the formats of breaks, anchors and lone spaces to those that both neighbours share.
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

/// Joins finished lines by breaks and rebuilds the nesting, so that neighbours share formats.
pub(super) fn join(lines: Vec<Vec<Inline>>) -> Vec<Inline> {
    let mut pieces = Vec::new();
    for line in lines {
        if !pieces.is_empty() {
            // An anchor at the end of a line moves to the start of the next.
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
