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
        self.steps.iter().fold(range, |range, step| {
            let start = place(step, range.start, |moved| moved.to.start);
            // An empty range inside a phrase stays empty.
            let end = if range.is_empty() { start } else { place(step, range.end, |moved| moved.to.end) };
            start..end
        })
    }

    /// Where a border between two pieces of the text went. A phrase over the border stays with the piece it
    /// begins in.
    pub fn border(&self, at: usize) -> usize {
        self.steps.iter().fold(at, |at, step| place(step, at, |moved| moved.to.end))
    }
}

/// Where the byte `at` went; `inside` says where, when it lies in the middle of a phrase.
fn place(step: &[Moved], at: usize, inside: impl Fn(&Moved) -> usize) -> usize {
    let before = step.partition_point(|moved| moved.from.start < at);
    match before.checked_sub(1).and_then(|last| step.get(last)) {
        Some(moved) if at < moved.from.end => inside(moved),
        Some(moved) => moved.to.end + (at - moved.from.end),
        None => at,
    }
}
