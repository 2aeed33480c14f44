//! Validation of links inside an article: only linked anchors are kept, and links without an anchor are unwrapped.

use super::inline_runs;
use super::inline_runs::{InlineFormat, RunContent};
use crate::model::{Block, Href, Inline};
use std::collections::HashSet;
use std::rc::Rc;

/// Removes unlinked and repeated anchors, and unwraps links to missing anchors.
pub(super) fn remove_dangling(blocks: &mut [Block]) {
    let mut wanted = HashSet::new();
    let mut places = HashSet::new();
    for_each_line_mut(blocks, &mut |inlines| collect_anchors(inlines, &mut wanted, &mut places));
    if wanted.is_empty() && places.is_empty() {
        return;
    }
    let both: HashSet<String> = wanted.intersection(&places).cloned().collect();
    let mut seen = HashSet::new();
    for_each_line_mut(blocks, &mut |inlines| drop_unlinked(inlines, &both, &mut seen));
}

fn for_each_line_mut(blocks: &mut [Block], change: &mut impl FnMut(&mut Vec<Inline>)) {
    let mut stack: Vec<&mut Block> = blocks.iter_mut().rev().collect();
    while let Some(block) = stack.pop() {
        match block {
            Block::Lead(inlines) | Block::Paragraph(inlines) | Block::Heading(_, inlines) => change(inlines),
            Block::Figure(figure) => change(&mut figure.caption),
            Block::Quote(inner) => stack.extend(inner.iter_mut().rev()),
            Block::List(list) => stack.extend(list.items.iter_mut().flatten().rev()),
            Block::Table(rows) => {
                stack.extend(rows.iter_mut().flatten().flat_map(|cell| &mut cell.blocks).rev());
            }
            Block::Preformatted(_) | Block::Embed(_) | Block::Rule(()) => {}
        }
    }
}

fn collect_anchors(inlines: &[Inline], wanted: &mut HashSet<String>, places: &mut HashSet<String>) {
    for inline in inlines {
        match inline {
            Inline::Anchor(name) => _ = places.insert(name.clone()),
            Inline::Link(Href::Anchor(name), _) => _ = wanted.insert(name.clone()),
            _ => {}
        }
        collect_anchors(inline.children(), wanted, places);
    }
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
