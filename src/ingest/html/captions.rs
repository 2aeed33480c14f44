//! Unmarked captions and duplicate `alt` texts.

use crate::ingest::char_cleanup::clean_line;
use crate::model::{Block, Figure, Inline};

/// Turns a paragraph that equals the `alt` of the preceding image into its caption, and removes an `alt` that repeats
/// the caption: screen readers would read the text twice.
pub(super) fn join_captions(blocks: &mut Vec<Block>) {
    let mut joined: Vec<Block> = Vec::with_capacity(blocks.len());
    for mut block in blocks.drain(..) {
        block.children_mut().into_iter().for_each(join_captions);
        match (joined.last_mut(), block) {
            (Some(Block::Figure(figure)), Block::Paragraph(line)) if is_caption(figure, &line) => {
                figure.caption = line;
            }
            (_, block) => joined.push(block),
        }
    }
    for figure in joined.iter_mut().filter_map(|block| match block {
        Block::Figure(figure) => Some(figure),
        _ => None,
    }) {
        if clean_line(&Inline::join_text(&figure.caption), |_| {}).contains(figure.alt.as_str()) {
            figure.alt.clear();
        }
    }
    *blocks = joined;
}

fn is_caption(figure: &Figure, line: &[Inline]) -> bool {
    figure.caption.is_empty()
        && !figure.alt.is_empty()
        && clean_line(&Inline::join_text(line), |_| {}) == figure.alt
}
