//! Histogram bins of whole months.

/// Bins of a histogram over time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MonthBins {
    /// Month index of the first month of the first bin.
    pub first_month: i32,
    /// Width of a bin in months.
    pub months_per_bin: i32,
    /// Number of articles per bin.
    pub counts: Vec<u32>,
}

/// Bin widths in months: a month, a quarter, a year, and for archives that span centuries (possibly by wrong
/// dates) five years, a decade, a century.
const BIN_WIDTHS: [i32; 6] = [1, 3, 12, 60, 120, 1200];

impl MonthBins {
    /// Sums months into at most `most` bins, as far as the widest bins allow.
    pub fn from_months(first_month: i32, months: &[u32], most: usize) -> MonthBins {
        let last = first_month + months.len() as i32;
        let bars = |step: i32| {
            let first = first_month.div_euclid(step);
            (first, (last - 1).div_euclid(step) - first + 1)
        };
        let fits = |step: &i32| bars(*step).1 <= most as i32;
        let step = BIN_WIDTHS.into_iter().find(fits).unwrap_or(BIN_WIDTHS[BIN_WIDTHS.len() - 1]);
        let (first, number) = bars(step);
        let mut counts = vec![0; number.max(0) as usize];
        for (at, count) in months.iter().enumerate() {
            counts[((first_month + at as i32).div_euclid(step) - first) as usize] += count;
        }
        MonthBins { first_month: first * step, months_per_bin: step, counts }
    }

    /// Returns the month index at which bin `at` starts; `at` may be one past the last.
    pub fn start_month(&self, at: usize) -> i32 {
        self.first_month + at as i32 * self.months_per_bin
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_are_summed_into_at_most_the_given_bins() {
        let bars = MonthBins::from_months(2023 * 12 + 9, &[1; 7], 10);
        assert_eq!((bars.months_per_bin, bars.counts.len()), (1, 7));
        let bars = MonthBins::from_months(2023 * 12 + 10, &[1; 7], 3);
        assert_eq!((bars.months_per_bin, bars.first_month, bars.counts), (3, 2023 * 12 + 9, vec![2, 3, 2]));
        let bars = MonthBins::from_months(2009 * 12, &[1; 36], 2);
        assert_eq!((bars.months_per_bin, bars.counts), (60, vec![12, 24]));
    }
}
