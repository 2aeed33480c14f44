//! Histogram bins of whole months.

/// Bins of a histogram over time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bars {
    /// Month index of the first month of the first bin.
    pub first: i32,
    /// Width of a bin in months.
    pub step: i32,
    /// Number of articles per bin.
    pub counts: Vec<u32>,
}

/// Bin widths in months: a month, a quarter, a year, and for archives that span centuries (possibly by wrong
/// dates) five years, a decade, a century.
const STEPS: [i32; 6] = [1, 3, 12, 60, 120, 1200];

impl Bars {
    /// Sums months into at most `most` bins, as far as the widest bins allow.
    pub fn of(first_month: i32, months: &[u32], most: usize) -> Bars {
        let last = first_month + months.len() as i32;
        let bars = |step: i32| {
            let first = first_month.div_euclid(step);
            (first, (last - 1).div_euclid(step) - first + 1)
        };
        let fits = |step: &i32| bars(*step).1 <= most as i32;
        let step = STEPS.into_iter().find(fits).unwrap_or(STEPS[STEPS.len() - 1]);
        let (first, number) = bars(step);
        let mut counts = vec![0; number.max(0) as usize];
        for (at, count) in months.iter().enumerate() {
            counts[((first_month + at as i32).div_euclid(step) - first) as usize] += count;
        }
        Bars { first: first * step, step, counts }
    }

    /// Returns the month index at which bin `at` starts; `at` may be one past the last.
    pub fn start(&self, at: usize) -> i32 {
        self.first + at as i32 * self.step
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_are_summed_into_at_most_the_given_bins() {
        let bars = Bars::of(2023 * 12 + 9, &[1; 7], 10);
        assert_eq!((bars.step, bars.counts.len()), (1, 7));
        let bars = Bars::of(2023 * 12 + 10, &[1; 7], 3);
        assert_eq!((bars.step, bars.first, bars.counts), (3, 2023 * 12 + 9, vec![2, 3, 2]));
        let bars = Bars::of(2009 * 12, &[1; 36], 2);
        assert_eq!((bars.step, bars.counts), (60, vec![12, 24]));
    }
}
