//! Offsets of a text before and after script conversion.

use std::ops::Range;

/// Replacement of a phrase by one of another length: its range before and after.
#[derive(Clone, Debug, PartialEq)]
struct Replacement {
    from: Range<usize>,
    to: Range<usize>,
}

/// Maps byte offsets of a text to byte offsets of its converted form.
///
/// Most characters convert to one of equal byte length. Only other replacements are stored, per table of the
/// chain.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OffsetMap {
    steps: Vec<Vec<Replacement>>,
}

impl OffsetMap {
    /// Starts the replacements of the next table.
    pub(super) fn begin_step(&mut self) {
        self.steps.push(Vec::new());
    }

    /// Records that the current table replaced `from` by `to`. Calls must be in text order.
    pub(super) fn push_replacement(&mut self, from: Range<usize>, to: Range<usize>) {
        if let Some(step) = self.steps.last_mut() {
            step.push(Replacement { from, to });
        }
    }

    /// Maps `range` of the text to the converted text. Part of a replaced phrase maps to the whole
    /// replacement.
    pub fn to_converted(&self, range: Range<usize>) -> Range<usize> {
        self.steps.iter().fold(range, |range, step| map_range(step, range, Replacement::forward))
    }

    /// Maps `range` of the converted text to the original. Part of a replacement maps to the whole phrase.
    pub fn to_original(&self, range: Range<usize>) -> Range<usize> {
        self.steps.iter().rev().fold(range, |range, step| map_range(step, range, Replacement::backward))
    }

    /// Maps a boundary between two pieces of the text. A phrase that crosses the boundary belongs to the
    /// piece in which it starts.
    pub fn boundary(&self, at: usize) -> usize {
        self.steps.iter().fold(at, |at, step| map_offset(step, at, Replacement::forward, |to| to.end))
    }
}

/// Selects the source and the target range of a replacement.
type Orientation = fn(&Replacement) -> (&Range<usize>, &Range<usize>);

impl Replacement {
    fn forward(&self) -> (&Range<usize>, &Range<usize>) {
        (&self.from, &self.to)
    }

    fn backward(&self) -> (&Range<usize>, &Range<usize>) {
        (&self.to, &self.from)
    }
}

/// Maps `range` through one table.
fn map_range(step: &[Replacement], range: Range<usize>, sides: Orientation) -> Range<usize> {
    let start = map_offset(step, range.start, sides, |to| to.start);
    // An empty range inside a phrase stays empty.
    let end = if range.is_empty() { start } else { map_offset(step, range.end, sides, |to| to.end) };
    start..end
}

/// Maps the byte offset `at`; `inside` chooses the result within a replaced phrase.
fn map_offset(
    step: &[Replacement],
    at: usize,
    sides: Orientation,
    inside: fn(&Range<usize>) -> usize,
) -> usize {
    let before = step.partition_point(|moved| sides(moved).0.start < at);
    match before.checked_sub(1).and_then(|last| step.get(last)).map(sides) {
        Some((from, to)) if at < from.end => inside(to),
        Some((from, to)) => to.end + (at - from.end),
        None => at,
    }
}
