//! Canonical composition of folded characters (Unicode normalization form C).

use super::tables::FoldTables;

/// Folded character with the byte range of its source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct FoldedChar {
    pub(super) c: char,
    pub(super) start: usize,
    pub(super) end: usize,
}

impl FoldedChar {
    /// Extends the source to that of `other`.
    fn cover(&mut self, other: FoldedChar) {
        self.start = self.start.min(other.start);
        self.end = self.end.max(other.end);
    }
}

/// Composes `cluster`, a character and those that may compose with it. Marks share the source of their base, so
/// that no part of a source is cut between the two.
pub(super) fn compose(tables: &FoldTables, cluster: &mut Vec<FoldedChar>) {
    let mut parts: Vec<(u8, FoldedChar)> = Vec::with_capacity(cluster.len() + 2);
    for &piece in &*cluster {
        decompose_into(tables, piece, &mut parts);
    }
    for marks in parts.chunk_by_mut(|one, other| (one.0 == 0) == (other.0 == 0)) {
        if marks.first().is_some_and(|mark| mark.0 != 0) {
            marks.sort_by_key(|mark| mark.0);
        }
    }
    cluster.clear();
    let mut base: Option<usize> = None;
    // Combining class of the last character kept after the base: another one of its class is blocked.
    let mut last_class = 0;
    for (class, piece) in parts {
        let adjacent = base.is_some_and(|at| at + 1 == cluster.len());
        let is_free = if class == 0 { adjacent } else { adjacent || last_class < class };
        let composed =
            base.filter(|_| is_free).and_then(|at| Some((at, tables.compose(cluster.get(at)?.c, piece.c)?)));
        if let Some((at, composed)) = composed {
            cluster[at].c = composed;
            cluster[at].cover(piece);
            continue;
        }
        if class == 0 {
            base = Some(cluster.len());
        }
        last_class = class;
        cluster.push(piece);
    }
    share_sources(tables, cluster);
}

fn decompose_into(tables: &FoldTables, piece: FoldedChar, parts: &mut Vec<(u8, FoldedChar)>) {
    if let Some((first, second)) = tables.decompose(piece.c) {
        decompose_into(tables, FoldedChar { c: first, ..piece }, parts);
        decompose_into(tables, FoldedChar { c: second, ..piece }, parts);
    } else {
        parts.push((tables.combining_class(piece.c), piece));
    }
}

/// Gives each character and its marks the source of all of them.
fn share_sources(tables: &FoldTables, cluster: &mut [FoldedChar]) {
    for group in cluster.chunk_by_mut(|_, next| tables.combining_class(next.c) != 0) {
        let Some((&first, others)) = group.split_first() else { continue };
        let mut all = first;
        others.iter().for_each(|&piece| all.cover(piece));
        group.iter_mut().for_each(|piece| *piece = FoldedChar { c: piece.c, ..all });
    }
}
