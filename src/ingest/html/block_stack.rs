//! Stack of open blocks: each collects its content until its element ends.

use super::inline_runs;
use super::line::LineBuffer;
use crate::model::{Block, Cell, Figure, Inline, List};

/// Open block.
pub(super) struct OpenBlock {
    pub(super) kind: BlockKind,
    /// Content read so far.
    pub(super) blocks: Vec<Block>,
    /// `true` while the last block is a list started by a stray `li`, which the next stray `li` joins.
    pub(super) open_list: bool,
}

/// Kind of an open block.
pub(super) enum BlockKind {
    Body,
    Quote,
    /// `start` is absent in an unordered list, and in one that counts down to 1.
    List(List),
    /// `stray`: outside any list.
    Item {
        stray: bool,
    },
    Table {
        rows: Vec<Vec<Cell>>,
        /// Rows of `tfoot`, which may precede the others in the source.
        foot: Vec<Vec<Cell>>,
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

impl OpenBlock {
    pub(super) fn new(kind: BlockKind) -> OpenBlock {
        OpenBlock { kind, blocks: Vec::new(), open_list: false }
    }

    /// Returns `true` if the block adds a nesting level.
    pub(super) fn is_nesting_level(&self) -> bool {
        matches!(
            self.kind,
            BlockKind::Quote | BlockKind::List(_) | BlockKind::Table { .. } | BlockKind::Item { stray: true }
        )
    }

    /// Appends a block.
    pub(super) fn push_block(&mut self, block: Block) {
        match &mut self.kind {
            // A block in a list outside any item becomes an item.
            BlockKind::List(list) => list.items.push(vec![block]),
            _ => {
                self.open_list = false;
                self.blocks.push(block);
            }
        }
    }

    /// Closes the block and appends the result to `outer`.
    pub(super) fn close_into(self, outer: &mut OpenBlock) {
        match self.kind {
            BlockKind::Body => outer.blocks.extend(self.blocks),
            BlockKind::Quote if self.blocks.is_empty() => {}
            BlockKind::Quote => outer.push_block(Block::Quote(self.blocks)),
            BlockKind::List(list) => push_list(list, outer),
            BlockKind::Item { .. } if self.blocks.is_empty() => {}
            BlockKind::Item { stray: true } => match outer.blocks.last_mut() {
                Some(Block::List(list)) if outer.open_list => list.items.push(self.blocks),
                _ => {
                    outer.push_block(Block::List(List { items: vec![self.blocks], ..List::default() }));
                    outer.open_list = true;
                }
            },
            BlockKind::Item { stray: false } => match &mut outer.kind {
                BlockKind::List(list) => list.items.push(self.blocks),
                _ => self.blocks.into_iter().for_each(|block| outer.push_block(block)),
            },
            BlockKind::Table { mut rows, foot } => {
                rows.extend(foot);
                self.blocks.into_iter().for_each(|block| outer.push_block(block));
                finish_table(rows, outer);
            }
            BlockKind::Row { cells } => {
                self.blocks.into_iter().for_each(|block| outer.push_block(block));
                match &mut outer.kind {
                    BlockKind::Table { rows, .. } => rows.push(cells),
                    _ => cells
                        .into_iter()
                        .flat_map(|cell| cell.blocks)
                        .for_each(|block| outer.push_block(block)),
                }
            }
            BlockKind::Cell { header, columns, rows } => match &mut outer.kind {
                BlockKind::Row { cells } => cells.push(Cell { header, columns, rows, blocks: self.blocks }),
                _ => self.blocks.into_iter().for_each(|block| outer.push_block(block)),
            },
            BlockKind::Figure { captions } => {
                finish_figure(self.blocks, captions).into_iter().for_each(|block| outer.push_block(block));
            }
        }
    }
}

/// Appends a list to `outer`. A list that counts down ends at 1, unless it has a start.
fn push_list(mut list: List, outer: &mut OpenBlock) {
    if list.items.is_empty() {
        return;
    }
    if list.reversed && list.start.is_none() {
        list.start = i32::try_from(list.items.len()).ok();
    }
    outer.push_block(Block::List(list));
}

/// Begins a new list before an item whose number does not follow from the ones before.
pub(super) fn set_item_number(frames: &mut [OpenBlock], number: i32) {
    let [.., outer, OpenBlock { kind: BlockKind::List(list), .. }] = frames else { return };
    let Some(start) = list.start else {
        if list.reversed && list.items.is_empty() {
            list.start = Some(number);
        }
        return;
    };
    let count = i32::try_from(list.items.len()).unwrap_or(i32::MAX);
    let expected = if list.reversed { start.saturating_sub(count) } else { start.saturating_add(count) };
    if number == expected {
        return;
    }
    let items = std::mem::take(&mut list.items);
    let earlier = List { items, ..*list };
    list.start = Some(number);
    push_list(earlier, outer);
}

/// Converts a table. A table of one column is only layout, and its cells become blocks of the text.
fn finish_table(mut rows: Vec<Vec<Cell>>, outer: &mut OpenBlock) {
    rows.retain(|row| row.iter().any(|cell| !cell.blocks.is_empty()));
    if rows.iter().all(|row| row.iter().filter(|cell| !cell.blocks.is_empty()).count() <= 1) {
        rows.into_iter().flatten().flat_map(|cell| cell.blocks).for_each(|block| outer.push_block(block));
    } else {
        outer.push_block(Block::Table(rows));
    }
}

/// Attaches the lines of a figure to its last image as caption; lines without an image remain paragraphs.
///
/// Short unmarked paragraphs in a figure count as captions as well, mostly credits.
fn finish_figure(blocks: Vec<Block>, captions: Vec<Vec<Inline>>) -> Vec<Block> {
    const MAX_CAPTION_CHARS: usize = 200;
    let mut kept: Vec<Block> = Vec::with_capacity(blocks.len());
    let mut lines = captions;
    for block in blocks {
        match block {
            Block::Paragraph(line)
                if matches!(kept.last(), Some(Block::Figure(figure)) if figure.caption.is_empty())
                    && Inline::join_text(&line).chars().count() <= MAX_CAPTION_CHARS =>
            {
                lines.push(line);
            }
            block => kept.push(block),
        }
    }
    let caption = inline_runs::join_lines(lines);
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
pub(super) enum LineStyle {
    Paragraph,
    Heading(u8),
    Caption,
}

/// Ends `line` and appends its paragraphs to the innermost of `frames`.
pub(super) fn flush_line(line: &mut LineBuffer, style: LineStyle, frames: &mut [OpenBlock]) {
    for inlines in line.take_paragraphs() {
        let block = match style {
            LineStyle::Paragraph => Block::Paragraph(inlines),
            LineStyle::Heading(level) => Block::Heading(level, inlines),
            LineStyle::Caption => match push_caption(inlines, frames) {
                None => continue,
                Some(inlines) => Block::Paragraph(inlines),
            },
        };
        push(frames, block);
    }
}

fn push(frames: &mut [OpenBlock], block: Block) {
    if let Some(frame) = frames.last_mut() {
        frame.push_block(block);
    }
}

/// Makes `inlines` the caption of the enclosing figure or of the preceding image; returns them if there is neither.
fn push_caption(inlines: Vec<Inline>, frames: &mut [OpenBlock]) -> Option<Vec<Inline>> {
    match frames.last_mut() {
        Some(OpenBlock { kind: BlockKind::Figure { captions }, .. }) => captions.push(inlines),
        Some(frame) => match frame.blocks.last_mut().and_then(as_figure) {
            Some(figure) if figure.caption.is_empty() => figure.caption = inlines,
            _ => return Some(inlines),
        },
        None => return Some(inlines),
    }
    None
}
