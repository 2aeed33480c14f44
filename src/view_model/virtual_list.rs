//! Virtual list arithmetic.
//!
//! Row heights are estimated until the rows are rendered and measured. A Fenwick tree (Fenwick, 1994) over
//! the heights maps between rows and positions in logarithmic time.

use std::ops::Range;

/// Row heights of a list, in CSS pixels.
#[derive(Clone, Debug, Default)]
pub struct RowHeights {
    /// Measured or estimated heights.
    heights: Vec<f32>,
    /// True for measured rows.
    measured: Vec<bool>,
    /// Fenwick tree of partial sums, one-based.
    tree: Vec<f64>,
    estimate: f32,
}

impl RowHeights {
    /// Creates `count` unmeasured rows with an estimated height.
    pub fn new(count: usize, estimate: f32) -> RowHeights {
        let mut heights = RowHeights {
            heights: vec![estimate; count],
            measured: vec![false; count],
            tree: vec![0.0; count + 1],
            estimate,
        };
        for at in 1..=count {
            heights.tree[at] += f64::from(estimate);
            let parent = at + (at & at.wrapping_neg());
            if parent <= count {
                heights.tree[parent] += heights.tree[at];
            }
        }
        heights
    }

    /// Returns the number of rows.
    pub fn count(&self) -> usize {
        self.heights.len()
    }

    /// Returns the estimated height of unmeasured rows.
    pub fn estimate(&self) -> f32 {
        self.estimate
    }

    /// Records the height of a row; returns true if the height changed by at least 0.25 pixels.
    pub fn set_height(&mut self, row: usize, height: f32) -> bool {
        let Some(known) = self.heights.get_mut(row) else { return false };
        let change = f64::from(height) - f64::from(*known);
        self.measured[row] = true;
        if change.abs() < 0.25 {
            return false;
        }
        *known = height;
        let mut at = row + 1;
        while at < self.tree.len() {
            self.tree[at] += change;
            at += at & at.wrapping_neg();
        }
        true
    }

    /// Returns true if the row has been measured.
    pub fn is_measured(&self, row: usize) -> bool {
        self.measured.get(row).copied().unwrap_or(false)
    }

    /// Returns the top of row `row`, or the end of the list for a row past the last.
    pub fn top(&self, row: usize) -> f64 {
        let mut at = row.min(self.count());
        let mut sum = 0.0;
        while at > 0 {
            sum += self.tree[at];
            at -= at & at.wrapping_neg();
        }
        sum
    }

    /// Returns the height of the whole list.
    pub fn total(&self) -> f64 {
        self.top(self.count())
    }

    /// Returns the row at `position`: the first for negative positions, the last past the end.
    pub fn row_at(&self, position: f64) -> usize {
        let (mut row, mut rest) = (0, position);
        let mut step = (self.count() + 1).next_power_of_two();
        while step > 0 {
            let next = row + step;
            if next <= self.count() && self.tree[next] <= rest {
                row = next;
                rest -= self.tree[next];
            }
            step /= 2;
        }
        row.min(self.count().saturating_sub(1))
    }

    /// Returns the rows to render for a viewport at `top` with `height`, plus `margin` on both sides.
    pub fn visible_rows(&self, top: f64, height: f64, margin: f64) -> Range<usize> {
        if self.count() == 0 {
            return 0..0;
        }
        self.row_at(top - margin)..self.row_at(top + height + margin) + 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn tree_agrees_with_summed_heights(heights in proptest::collection::vec(1u16..400, 1..300), order in any::<u64>()) {
            let mut window = RowHeights::new(heights.len(), 120.0);
            let count = heights.len();
            for step in 0..count {
                let row = (step * 7919 + order as usize % count) % count;
                window.set_height(row, f32::from(heights[row]));
            }
            for (row, &height) in heights.iter().enumerate() {
                if !window.is_measured(row) {
                    window.set_height(row, f32::from(height));
                }
            }
            let mut top = 0.0;
            for (row, &height) in heights.iter().enumerate() {
                prop_assert_eq!(window.top(row), top);
                prop_assert_eq!(window.row_at(top), row);
                prop_assert_eq!(window.row_at(top + f64::from(height) - 0.5), row);
                top += f64::from(height);
            }
            prop_assert_eq!(window.total(), top);
        }

        #[test]
        fn scrolling_shows_every_row(count in 1usize..500, height in 30.0f64..900.0) {
            let window = RowHeights::new(count, 100.0);
            let mut shown = 0;
            let mut top = 0.0;
            while shown < count {
                let rows = window.visible_rows(top, height, 0.0);
                prop_assert!(rows.start <= shown);
                shown = shown.max(rows.end);
                top += height;
            }
            prop_assert_eq!(window.row_at(f64::MAX), count - 1);
            prop_assert_eq!(window.row_at(-5.0), 0);
        }
    }

    #[test]
    fn empty_list_has_no_visible_rows() {
        assert_eq!(RowHeights::new(0, 100.0).visible_rows(0.0, 800.0, 200.0), 0..0);
    }
}
