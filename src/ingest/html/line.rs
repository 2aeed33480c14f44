//! Buffer of the current text line: collapses white space and splits paragraphs.

use super::runs::{Content, Format, Formats, Piece, nest};
use crate::ingest::characters::{Fate, fate, is_cjk};
use crate::ingest::findings::Findings;
use crate::model::{Href, Inline};
use std::rc::Rc;

/// Runs of text within one block.
#[derive(Default)]
pub(super) struct Line {
    pieces: Vec<Piece>,
    /// `true` if the line contains visible characters.
    visible: bool,
}

impl Line {
    /// Appends characters as in the source.
    pub(super) fn push_text(&mut self, text: &str, formats: &Formats, found: &mut Findings) {
        let mut run = String::new();
        for c in text.chars() {
            let before = run.chars().next_back().or_else(|| self.last_character());
            match fate(c, before) {
                Fate::Keep => {
                    self.visible = true;
                    run.push(c);
                }
                Fate::Space => run.push(c),
                Fate::LineEnd => {
                    self.push_run(std::mem::take(&mut run), formats);
                    self.push_break(formats);
                }
                Fate::Drop(rule) => found.removed(rule, 1),
            }
        }
        self.push_run(run, formats);
    }

    fn push_run(&mut self, run: String, formats: &Formats) {
        if run.is_empty() {
            return;
        }
        if let Some(Piece { formats: last, content: Content::Text(text) }) = self.pieces.last_mut()
            && (Rc::ptr_eq(last, formats) || last == formats)
        {
            text.push_str(&run);
            return;
        }
        self.pieces.push(Piece { formats: Rc::clone(formats), content: Content::Text(run) });
    }

    pub(super) fn push_break(&mut self, formats: &Formats) {
        self.pieces.push(Piece { formats: Rc::clone(formats), content: Content::Break });
    }

    pub(super) fn push_anchor(&mut self, name: String) {
        self.pieces.push(Piece { formats: Rc::from([]), content: Content::Anchor(name) });
    }

    fn last_character(&self) -> Option<char> {
        match &self.pieces.last()?.content {
            Content::Text(text) => text.chars().next_back(),
            _ => None,
        }
    }

    /// Returns `true` if anything visible has been pushed.
    pub(super) fn is_visible(&self) -> bool {
        self.visible
    }

    /// Ends the line and returns its paragraphs, split at two or more consecutive breaks. Anchors of a line without
    /// visible text are kept for the next line.
    pub(super) fn take(&mut self) -> Vec<Vec<Inline>> {
        if !self.visible {
            self.pieces.retain(|piece| matches!(piece.content, Content::Anchor(_)));
            return Vec::new();
        }
        self.visible = false;
        let pieces = part_links(collapse(std::mem::take(&mut self.pieces)));
        paragraphs(pieces).into_iter().map(nest).collect()
    }
}

/// Collapses each run of white space to one space, as HTML does, and removes it at line starts and ends.
///
/// A line end between two Chinese characters is removed: it only wraps the source.
fn collapse(pieces: Vec<Piece>) -> Vec<Piece> {
    let mut out: Vec<Piece> = Vec::with_capacity(pieces.len());
    // Last visible character; `None` at the start of a line.
    let mut before: Option<char> = None;
    let mut gap: Option<Gap> = None;
    for piece in pieces {
        let Content::Text(text) = piece.content else {
            if piece.content == Content::Break {
                before = None;
                gap = None;
            }
            out.push(piece);
            continue;
        };
        let mut run = String::with_capacity(text.len());
        for c in text.chars() {
            if c.is_whitespace() {
                let gap = gap.get_or_insert(Gap { line_end: false, wide: false, piece: out.len() });
                gap.line_end |= c == '\n';
                gap.wide |= c == '\u{3000}';
                continue;
            }
            if let (Some(gap), Some(before)) = (gap.take(), before) {
                let needless = gap.line_end && !gap.wide && is_cjk(before) && is_cjk(c);
                let space = if gap.wide { '\u{3000}' } else { ' ' };
                match out.get_mut(gap.piece) {
                    _ if needless => {}
                    Some(Piece { content: Content::Text(earlier), .. }) => earlier.push(space),
                    _ => run.push(space),
                }
            }
            gap = None;
            run.push(c);
            before = Some(c);
        }
        out.push(Piece { formats: piece.formats, content: Content::Text(run) });
    }
    out.retain(|piece| !matches!(&piece.content, Content::Text(text) if text.is_empty()));
    out
}

/// Pending white space: becomes one space, or nothing, depending on the next character.
struct Gap {
    line_end: bool,
    /// An ideographic space is kept as such; it separates names, for instance.
    wide: bool,
    /// Index of the piece in which the white space started and to whose end the space belongs.
    piece: usize,
}

/// Inserts a break between adjacent links: entries of a list, such as related articles, that a style sheet would put
/// on separate lines.
fn part_links(pieces: Vec<Piece>) -> Vec<Piece> {
    let mut parted: Vec<Piece> = Vec::with_capacity(pieces.len());
    for piece in pieces {
        if let Some(before) = parted.last()
            && let (Some(one), Some(other)) = (entry(before), entry(&piece))
            && one != other
        {
            parted.push(Piece { formats: Rc::from([]), content: Content::Break });
        }
        parted.push(piece);
    }
    parted
}

/// Returns the link of a piece that is long enough for a list entry.
fn entry(piece: &Piece) -> Option<&Href> {
    const SHORTEST: usize = 4;
    let Content::Text(text) = &piece.content else { return None };
    let is_long = text.chars().filter(|c| !c.is_whitespace()).nth(SHORTEST - 1).is_some();
    let touches = !text.starts_with(char::is_whitespace) && !text.ends_with(char::is_whitespace);
    let link = piece.formats.iter().find_map(|format| match format {
        Format::Link(href) => Some(href),
        _ => None,
    });
    link.filter(|_| is_long && touches)
}

/// Splits at runs of two or more breaks; a single break is kept.
fn paragraphs(pieces: Vec<Piece>) -> Vec<Vec<Piece>> {
    let mut paragraphs: Vec<Vec<Piece>> = vec![Vec::new()];
    let mut breaks: Vec<Piece> = Vec::new();
    let mut anchors: Vec<Piece> = Vec::new();
    for piece in pieces {
        match piece.content {
            Content::Break => breaks.push(piece),
            Content::Anchor(_) => anchors.push(piece),
            Content::Text(_) => {
                let begun = paragraphs.last().is_some_and(|last| !last.is_empty());
                match breaks.len() {
                    1 if begun => paragraphs.last_mut().into_iter().for_each(|last| last.append(&mut breaks)),
                    2.. if begun => paragraphs.push(Vec::new()),
                    _ => {}
                }
                breaks.clear();
                if let Some(last) = paragraphs.last_mut() {
                    last.append(&mut anchors);
                    last.push(piece);
                }
            }
        }
    }
    if let Some(last) = paragraphs.last_mut() {
        last.append(&mut anchors);
    }
    paragraphs
}
