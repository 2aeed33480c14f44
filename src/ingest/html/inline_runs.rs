//! Inline runs: text with a flat list of formats, and conversion to and from nested inlines.
//!
//! Each run lists its formats from the outside in. A format that crosses a block border simply continues in the next
//! block. Nesting is built when a line is finished, with each kind of format at most once, and few readings, which
//! bounds the depth.

use crate::model::{Href, Inline};
use std::rc::Rc;

/// Effect of an element on the text inside.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum InlineFormat {
    Strong,
    Emphasis,
    Underline,
    Strike,
    Code,
    Sub,
    Sup,
    Link(Href),
    Ruby(RubyReading),
}

/// Reading of a ruby. Two are equal only if they are one: neighbours with the same reading stay apart.
#[derive(Clone, Debug)]
pub(super) struct RubyReading(Rc<str>);

impl RubyReading {
    pub(super) fn new(text: &str) -> RubyReading {
        RubyReading(text.into())
    }
}

impl PartialEq for RubyReading {
    fn eq(&self, other: &RubyReading) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

/// Formats of a run, outermost first.
pub(super) type FormatStack = Rc<[InlineFormat]>;

/// Run of characters, or a break or anchor between runs.
#[derive(Debug)]
pub(super) struct InlineRun {
    pub(super) formats: FormatStack,
    pub(super) content: RunContent,
}

#[derive(Debug, PartialEq)]
pub(super) enum RunContent {
    Text(String),
    Break,
    Anchor(String),
}

/// Converts flat runs into nested inlines; neighbours share common formats.
pub(super) fn nest_runs(pieces: Vec<InlineRun>) -> Vec<Inline> {
    let mut stack: Vec<(Option<InlineFormat>, Vec<Inline>)> = vec![(None, Vec::new())];
    for piece in share_gap_formats(pieces) {
        let shared = stack[1..].iter().zip(piece.formats.iter());
        let shared = shared.take_while(|((open, _), format)| open.as_ref() == Some(*format)).count();
        close_formats(&mut stack, shared + 1);
        for format in &piece.formats[shared..] {
            stack.push((Some(format.clone()), Vec::new()));
        }
        let inline = match piece.content {
            RunContent::Text(text) => Inline::Text(text),
            RunContent::Break => Inline::Break,
            RunContent::Anchor(name) => Inline::Anchor(name),
        };
        if let Some((_, inlines)) = stack.last_mut() {
            match (inlines.last_mut(), inline) {
                (Some(Inline::Text(last)), Inline::Text(text)) => last.push_str(&text),
                (_, inline) => inlines.push(inline),
            }
        }
    }
    close_formats(&mut stack, 1);
    stack.pop().map(|(_, inlines)| inlines).unwrap_or_default()
}

/// Reduces the formats of breaks, anchors and lone spaces to those that both neighbours share.
fn share_gap_formats(mut pieces: Vec<InlineRun>) -> Vec<InlineRun> {
    let is_gap = |piece: &InlineRun| match &piece.content {
        RunContent::Text(text) => text.trim().is_empty(),
        RunContent::Break | RunContent::Anchor(_) => true,
    };
    let mut next: FormatStack = Rc::from([]);
    let mut after: Vec<FormatStack> = Vec::with_capacity(pieces.len());
    for piece in pieces.iter().rev() {
        if !is_gap(piece) {
            next = Rc::clone(&piece.formats);
        }
        after.push(Rc::clone(&next));
    }
    let mut before: FormatStack = Rc::from([]);
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
fn close_formats(stack: &mut Vec<(Option<InlineFormat>, Vec<Inline>)>, depth: usize) {
    while stack.len() > depth {
        let Some((format, inlines)) = stack.pop() else { return };
        let inline = match format {
            Some(InlineFormat::Strong) => Inline::Strong(inlines),
            Some(InlineFormat::Emphasis) => Inline::Emphasis(inlines),
            Some(InlineFormat::Underline) => Inline::Underline(inlines),
            Some(InlineFormat::Strike) => Inline::Strike(inlines),
            Some(InlineFormat::Code) => Inline::Code(inlines),
            Some(InlineFormat::Sub) => Inline::Sub(inlines),
            Some(InlineFormat::Sup) => Inline::Sup(inlines),
            Some(InlineFormat::Link(href)) => Inline::Link(href, inlines),
            Some(InlineFormat::Ruby(RubyReading(reading))) => Inline::Ruby(inlines, String::from(&*reading)),
            None => continue,
        };
        if let Some((_, outer)) = stack.last_mut() {
            outer.push(inline);
        }
    }
}

/// Joins finished lines by breaks and rebuilds the nesting, so that neighbours share formats.
pub(super) fn join_lines(lines: Vec<Vec<Inline>>) -> Vec<Inline> {
    let mut pieces = Vec::new();
    for line in lines {
        if !pieces.is_empty() {
            // An anchor at the end of a line moves to the start of the next.
            let places = pieces
                .iter()
                .rev()
                .take_while(|piece: &&InlineRun| matches!(piece.content, RunContent::Anchor(_)));
            let at = pieces.len() - places.count();
            pieces.insert(at, InlineRun { formats: Rc::from([]), content: RunContent::Break });
        }
        flatten_inlines(line, &Rc::from([]), &mut pieces);
    }
    nest_runs(pieces)
}

pub(super) fn flatten_inlines(inlines: Vec<Inline>, formats: &FormatStack, pieces: &mut Vec<InlineRun>) {
    for inline in inlines {
        let (format, inner) = match inline {
            Inline::Text(text) => {
                pieces.push(InlineRun { formats: Rc::clone(formats), content: RunContent::Text(text) });
                continue;
            }
            Inline::Break => {
                pieces.push(InlineRun { formats: Rc::clone(formats), content: RunContent::Break });
                continue;
            }
            Inline::Anchor(name) => {
                pieces.push(InlineRun { formats: Rc::clone(formats), content: RunContent::Anchor(name) });
                continue;
            }
            Inline::Strong(inner) => (InlineFormat::Strong, inner),
            Inline::Emphasis(inner) => (InlineFormat::Emphasis, inner),
            Inline::Underline(inner) => (InlineFormat::Underline, inner),
            Inline::Strike(inner) => (InlineFormat::Strike, inner),
            Inline::Code(inner) => (InlineFormat::Code, inner),
            Inline::Sub(inner) => (InlineFormat::Sub, inner),
            Inline::Sup(inner) => (InlineFormat::Sup, inner),
            Inline::Link(href, inner) => (InlineFormat::Link(href), inner),
            Inline::Ruby(inner, reading) => (InlineFormat::Ruby(RubyReading::new(&reading)), inner),
        };
        let formats = formats.iter().cloned().chain([format]).collect();
        flatten_inlines(inner, &formats, pieces);
    }
}
