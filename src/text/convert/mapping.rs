//! Where the parts of a text went when it was converted.

use std::ops::Range;

/// A phrase that became longer or shorter: where it stood, and where what it became stands.
#[derive(Clone, Debug, PartialEq)]
struct Moved {
    from: Range<usize>,
    to: Range<usize>,
}

/// Leads from bytes of a text to bytes of its converted form.
///
/// Most characters become one that takes as many bytes, so only the others are noted, for each step of a chain.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Mapping {
    steps: Vec<Vec<Moved>>,
}

impl Mapping {
    /// Begins another step.
    pub(super) fn step(&mut self) {
        self.steps.push(Vec::new());
    }

    /// Notes for the current step that `from` became `to`; in order.
    pub(super) fn moved(&mut self, from: Range<usize>, to: Range<usize>) {
        if let Some(step) = self.steps.last_mut() {
            step.push(Moved { from, to });
        }
    }

    /// Where `range` of the text went: a part of a phrase that was replaced as one becomes all of it.
    pub fn range(&self, range: Range<usize>) -> Range<usize> {
        self.steps.iter().fold(range, |range, step| through(step, range, Moved::there))
    }

    /// Where `range` of the converted text came from: a part of a phrase came from all that it replaced.
    pub fn origin(&self, range: Range<usize>) -> Range<usize> {
        self.steps.iter().rev().fold(range, |range, step| through(step, range, Moved::back))
    }

    /// Where a border between two pieces of the text went. A phrase over the border stays with the piece it
    /// begins in.
    pub fn border(&self, at: usize) -> usize {
        self.steps.iter().fold(at, |at, step| place(step, at, Moved::there, |to| to.end))
    }
}

/// One side of a phrase that moved, and the other.
type Sides = fn(&Moved) -> (&Range<usize>, &Range<usize>);

impl Moved {
    fn there(&self) -> (&Range<usize>, &Range<usize>) {
        (&self.from, &self.to)
    }

    fn back(&self) -> (&Range<usize>, &Range<usize>) {
        (&self.to, &self.from)
    }
}

/// Where `range` went in one step.
fn through(step: &[Moved], range: Range<usize>, sides: Sides) -> Range<usize> {
    let start = place(step, range.start, sides, |to| to.start);
    // An empty range inside a phrase stays empty.
    let end = if range.is_empty() { start } else { place(step, range.end, sides, |to| to.end) };
    start..end
}

/// Where the byte `at` went; `inside` says where, when it lies in the middle of a phrase.
fn place(step: &[Moved], at: usize, sides: Sides, inside: fn(&Range<usize>) -> usize) -> usize {
    let before = step.partition_point(|moved| sides(moved).0.start < at);
    match before.checked_sub(1).and_then(|last| step.get(last)).map(sides) {
        Some((from, to)) if at < from.end => inside(to),
        Some((from, to)) => to.end + (at - from.end),
        None => at,
    }
}
