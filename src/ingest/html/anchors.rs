//! Validation of links inside an article: only linked anchors are kept, and links without an anchor are unwrapped.

use super::inline_runs;
use super::inline_runs::{InlineFormat, RunContent};
use crate::model::{Block, Href, Inline, Node, TextLineMut, for_each_block_mut, walk_blocks};
use std::collections::HashSet;
use std::rc::Rc;

/// Removes unlinked and repeated anchors, and unwraps links to missing anchors.
pub(super) fn remove_dangling(blocks: &mut [Block]) {
    let mut wanted = HashSet::new();
    let mut places = HashSet::new();
    walk_blocks(blocks, &mut |node: Node| match node {
        Node::Inline(Inline::Anchor(name)) => _ = places.insert(name.clone()),
        Node::Inline(Inline::Link(Href::Anchor(name), _)) => _ = wanted.insert(name.clone()),
        _ => {}
    });
    if wanted.is_empty() && places.is_empty() {
        return;
    }
    let both: HashSet<String> = wanted.intersection(&places).cloned().collect();
    let mut seen = HashSet::new();
    for_each_block_mut(blocks, &mut |block| {
        if let Some(TextLineMut::Inlines(inlines)) = block.line_mut() {
            drop_unlinked(inlines, &both, &mut seen);
        }
    });
}

fn drop_unlinked(inlines: &mut Vec<Inline>, known: &HashSet<String>, seen: &mut HashSet<String>) {
    let mut pieces = Vec::new();
    inline_runs::flatten_inlines(std::mem::take(inlines), &Rc::from([]), &mut pieces);
    pieces.retain(|piece| match &piece.content {
        RunContent::Anchor(name) => known.contains(name) && seen.insert(name.clone()),
        _ => true,
    });
    let is_lost = |format: &InlineFormat| matches!(format, InlineFormat::Link(Href::Anchor(name)) if !known.contains(name));
    for piece in &mut pieces {
        if piece.formats.iter().any(is_lost) {
            piece.formats = piece.formats.iter().filter(|format| !is_lost(format)).cloned().collect();
        }
    }
    *inlines = inline_runs::nest_runs(pieces);
}
