//! Selection of a range of bins in a histogram, by dragging or by keys.

use crate::search::{Histogram, Query};
use std::ops::Range;

/// End of a range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RangeEnd {
    /// First bin.
    From,
    /// Last bin.
    To,
}

/// Drag over the bins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RangeDrag {
    anchor: usize,
    position: usize,
    /// True for each end that the drag moves.
    pub moves: [bool; 2],
}

impl RangeDrag {
    /// Starts a drag at a bin, or at a grip of the selected `range`, which leaves the other end in place.
    pub fn new(position: usize, grip: Option<RangeEnd>, range: Option<&Range<usize>>) -> RangeDrag {
        let (anchor, moves) = match (grip, range) {
            (Some(RangeEnd::From), Some(range)) => (range.end - 1, [true, false]),
            (Some(RangeEnd::To), Some(range)) => (range.start, [false, true]),
            _ => (position, [true; 2]),
        };
        RangeDrag { anchor, position, moves }
    }

    /// Returns the drag after a move. A grip that passes the other end moves both.
    pub fn to(self, position: usize) -> RangeDrag {
        let has_passed = match self.moves {
            [true, false] => position > self.anchor,
            [false, true] => position < self.anchor,
            _ => false,
        };
        RangeDrag { position, moves: if has_passed { [true; 2] } else { self.moves }, ..self }
    }

    /// Returns the selected bins.
    pub fn range(self) -> Range<usize> {
        self.anchor.min(self.position)..self.anchor.max(self.position) + 1
    }
}

/// Returns the range after a key, as named by `KeyboardEvent.key`, was pressed at the grip of one end; `None` for keys
/// without meaning. `is_page` takes longer steps.
pub fn step_range(
    bins: &Histogram,
    range: &Range<usize>,
    end: RangeEnd,
    key: &str,
    is_page: bool,
) -> Option<Range<usize>> {
    let step = if is_page { bins.page_step() as isize } else { 1 };
    let moved = |at: usize, low: usize, high: usize| match key {
        "ArrowLeft" | "ArrowDown" => Some(at.saturating_add_signed(-step).max(low)),
        "ArrowRight" | "ArrowUp" => Some(at.saturating_add_signed(step).min(high)),
        "Home" => Some(low),
        "End" => Some(high),
        _ => None,
    };
    match end {
        RangeEnd::From => moved(range.start, 0, range.end - 1).map(|start| start..range.end),
        RangeEnd::To => moved(range.end, range.start + 1, bins.counts.len()).map(|end| range.start..end),
    }
}

/// Returns the query string `text` with the dates of the selected bins. An end that is not moved stays, even if it is out
/// of view; an end of the archive needs no filter.
pub fn select_range(
    query: &Query,
    text: &str,
    bins: &Histogram,
    range: &Range<usize>,
    moves: [bool; 2],
) -> String {
    let (from, to) = query.date_range().unwrap_or_default();
    let after = match moves[0] {
        true => bins.period(range.start).filter(|_| range.start > 0 || bins.has_more[0]),
        false => from,
    };
    let before = match moves[1] {
        true => bins.period(range.end).filter(|_| range.end < bins.counts.len() || bins.has_more[1]),
        false => to,
    };
    query.set_date_range(text, after, before)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::MonthBins;

    /// The months of 2023.
    fn months() -> Histogram {
        Histogram::from(&MonthBins::from_months(2023 * 12, &[1; 12], 12))
    }

    #[test]
    fn drag_selects_the_bins_between_its_ends() {
        let drag = RangeDrag::new(5, None, Some(&(2..4)));
        assert_eq!((drag.range(), drag.moves), (5..6, [true; 2]));
        assert_eq!(drag.to(8).range(), 5..9);
        assert_eq!(drag.to(8).to(3).range(), 3..6);
    }

    #[test]
    fn dragged_grip_leaves_the_other_end_until_it_passes_it() {
        let from = RangeDrag::new(2, Some(RangeEnd::From), Some(&(2..6)));
        assert_eq!((from.to(4).range(), from.to(4).moves), (4..6, [true, false]));
        assert_eq!((from.to(8).range(), from.to(8).moves), (5..9, [true; 2]));
        let to = RangeDrag::new(5, Some(RangeEnd::To), Some(&(2..6)));
        assert_eq!((to.to(3).range(), to.to(3).moves), (2..4, [false, true]));
        assert_eq!((to.to(0).range(), to.to(0).moves), (0..3, [true; 2]));
    }

    #[test]
    fn keys_move_an_end_within_the_bins() {
        let bins = months();
        let step = |end, key, is_page| step_range(&bins, &(3..6), end, key, is_page);
        assert_eq!(step(RangeEnd::From, "ArrowLeft", false), Some(2..6));
        assert_eq!(step(RangeEnd::From, "ArrowRight", true), Some(5..6), "a bin remains");
        assert_eq!(step(RangeEnd::From, "Home", false), Some(0..6));
        assert_eq!(step(RangeEnd::To, "ArrowUp", true), Some(3..12));
        assert_eq!(step(RangeEnd::To, "ArrowDown", true), Some(3..4));
        assert_eq!(step(RangeEnd::To, "End", false), Some(3..12));
        assert_eq!(step(RangeEnd::To, "a", false), None);
    }

    #[test]
    fn selected_bins_become_dates_of_the_query() {
        let select =
            |text: &str, range, moves| select_range(&Query::parse(text), text, &months(), &range, moves);
        assert_eq!(select("船", 2..4, [true; 2]), "船 after:2023-03 before:2023-05");
        assert_eq!(select("船", 0..4, [true; 2]), "船 before:2023-05", "the archive begins here");
        assert_eq!(select("船 date:2022", 2..12, [true; 2]), "船 after:2023-03");
        assert_eq!(select("after:2021 船", 0..4, [false, true]), "船 after:2021 before:2023-05");
        assert_eq!(select("after:2023-02 before:2024", 0..12, [true; 2]), "");
    }
}
