//! Stack of open blocks: each collects its content until its element ends.

use super::line::Line;
use super::runs;
use crate::model::{Block, Cell, Figure, Inline, List};

/// Open block.
pub(super) struct Frame {
    pub(super) kind: Kind,
    /// Content read so far.
    pub(super) blocks: Vec<Block>,
    /// `true` while the last block is a list started by a stray `li`, which the next stray `li` joins.
    pub(super) open_list: bool,
}

/// Kind of an open block.
pub(super) enum Kind {
    Body,
    Quote,
    List {
        start: Option<i32>,
        items: Vec<Vec<Block>>,
    },
    /// `stray`: outside any list.
    Item {
        stray: bool,
    },
    Table {
        rows: Vec<Vec<Cell>>,
    },
    Row {
        cells: Vec<Cell>,
    },
    Cell {
        header: bool,
        columns: Option<u16>,
        rows: Option<u16>,
    },
    Figure {
        captions: Vec<Vec<Inline>>,
    },
}

impl Frame {
    pub(super) fn new(kind: Kind) -> Frame {
        Frame { kind, blocks: Vec::new(), open_list: false }
    }

    /// Returns `true` if the block adds a nesting level.
    pub(super) fn is_level(&self) -> bool {
        matches!(self.kind, Kind::Quote | Kind::List { .. } | Kind::Table { .. } | Kind::Item { stray: true })
    }

    /// Appends a block.
    pub(super) fn push(&mut self, block: Block) {
        match &mut self.kind {
            // A block in a list outside any item becomes an item.
            Kind::List { items, .. } => items.push(vec![block]),
            _ => {
                self.open_list = false;
                self.blocks.push(block);
            }
        }
    }

    /// Closes the block and appends the result to `outer`.
    pub(super) fn finish(self, outer: &mut Frame) {
        match self.kind {
            Kind::Body => outer.blocks.extend(self.blocks),
            Kind::Quote if self.blocks.is_empty() => {}
            Kind::Quote => outer.push(Block::Quote(self.blocks)),
            Kind::List { start, items } => {
                if !items.is_empty() {
                    outer.push(Block::List(List { start, items }));
                }
            }
            Kind::Item { .. } if self.blocks.is_empty() => {}
            Kind::Item { stray: true } => match outer.blocks.last_mut() {
                Some(Block::List(list)) if outer.open_list => list.items.push(self.blocks),
                _ => {
                    outer.push(Block::List(List { start: None, items: vec![self.blocks] }));
                    outer.open_list = true;
                }
            },
            Kind::Item { stray: false } => match &mut outer.kind {
                Kind::List { items, .. } => items.push(self.blocks),
                _ => self.blocks.into_iter().for_each(|block| outer.push(block)),
            },
            Kind::Table { rows } => {
                self.blocks.into_iter().for_each(|block| outer.push(block));
                finish_table(rows, outer);
            }
            Kind::Row { cells } => {
                self.blocks.into_iter().for_each(|block| outer.push(block));
                match &mut outer.kind {
                    Kind::Table { rows } => rows.push(cells),
                    _ => cells.into_iter().flat_map(|cell| cell.blocks).for_each(|block| outer.push(block)),
                }
            }
            Kind::Cell { header, columns, rows } => match &mut outer.kind {
                Kind::Row { cells } => cells.push(Cell { header, columns, rows, blocks: self.blocks }),
                _ => self.blocks.into_iter().for_each(|block| outer.push(block)),
            },
            Kind::Figure { captions } => {
                finish_figure(self.blocks, captions).into_iter().for_each(|block| outer.push(block));
            }
        }
    }
}

/// Converts a table. A table of one column is only layout, and its cells become blocks of the text.
fn finish_table(mut rows: Vec<Vec<Cell>>, outer: &mut Frame) {
    rows.retain(|row| row.iter().any(|cell| !cell.blocks.is_empty()));
    if rows.iter().all(|row| row.iter().filter(|cell| !cell.blocks.is_empty()).count() <= 1) {
        rows.into_iter().flatten().flat_map(|cell| cell.blocks).for_each(|block| outer.push(block));
    } else {
        outer.push(Block::Table(rows));
    }
}

/// Attaches the lines of a figure to its last image as caption; lines without an image remain paragraphs.
///
/// Short unmarked paragraphs in a figure count as captions as well, mostly credits.
fn finish_figure(blocks: Vec<Block>, captions: Vec<Vec<Inline>>) -> Vec<Block> {
    const LONGEST: usize = 200;
    let mut kept: Vec<Block> = Vec::with_capacity(blocks.len());
    let mut lines = captions;
    for block in blocks {
        match block {
            Block::Paragraph(line)
                if matches!(kept.last(), Some(Block::Figure(figure)) if figure.caption.is_empty())
                    && super::text_of(&line).chars().count() <= LONGEST =>
            {
                lines.push(line);
            }
            block => kept.push(block),
        }
    }
    let caption = runs::join(lines);
    match kept.iter_mut().rev().find_map(as_figure) {
        _ if caption.is_empty() => {}
        Some(figure) if figure.caption.is_empty() => figure.caption = caption,
        _ => kept.push(Block::Paragraph(caption)),
    }
    kept
}

fn as_figure(block: &mut Block) -> Option<&mut Figure> {
    match block {
        Block::Figure(figure) => Some(figure),
        _ => None,
    }
}

/// Kind of block that a line becomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    Paragraph,
    Heading(u8),
    Caption,
}

/// Ends `line` and appends its paragraphs to the innermost of `frames`.
pub(super) fn flush(line: &mut Line, style: Style, frames: &mut [Frame]) {
    for inlines in line.take() {
        let block = match style {
            Style::Paragraph => Block::Paragraph(inlines),
            Style::Heading(level) => Block::Heading(level, inlines),
            Style::Caption => match push_caption(inlines, frames) {
                None => continue,
                Some(inlines) => Block::Paragraph(inlines),
            },
        };
        push(frames, block);
    }
}

fn push(frames: &mut [Frame], block: Block) {
    if let Some(frame) = frames.last_mut() {
        frame.push(block);
    }
}

/// Makes `inlines` the caption of the enclosing figure or of the preceding image; returns them if there is neither.
fn push_caption(inlines: Vec<Inline>, frames: &mut [Frame]) -> Option<Vec<Inline>> {
    match frames.last_mut() {
        Some(Frame { kind: Kind::Figure { captions }, .. }) => captions.push(inlines),
        Some(frame) => match frame.blocks.last_mut().and_then(as_figure) {
            Some(figure) if figure.caption.is_empty() => figure.caption = inlines,
            _ => return Some(inlines),
        },
        None => return Some(inlines),
    }
    None
}
