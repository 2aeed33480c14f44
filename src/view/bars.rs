//! The bars of a histogram.

/// The bars of a histogram over time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bars {
    /// The month index at which the first bar begins.
    pub first: i32,
    /// How many months a bar stands for.
    pub step: i32,
    /// How many articles each bar has.
    pub counts: Vec<u32>,
}

/// How many months a bar may stand for: one, a quarter, a year, and for archives whose dates are spread over
/// centuries, by mistake or not, five years, a decade, a century.
const STEPS: [i32; 6] = [1, 3, 12, 60, 120, 1200];

impl Bars {
    /// Adds months up to bars so that there are at most `most`, if centuries allow it.
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

    /// The month index at which bar `at` begins; `at` may be one past the last.
    pub fn start(&self, at: usize) -> i32 {
        self.first + at as i32 * self.step
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_fit() {
        let bars = Bars::of(2023 * 12 + 9, &[1; 7], 10);
        assert_eq!((bars.step, bars.counts.len()), (1, 7));
        let bars = Bars::of(2023 * 12 + 10, &[1; 7], 3);
        assert_eq!((bars.step, bars.first, bars.counts), (3, 2023 * 12 + 9, vec![2, 3, 2]));
        let bars = Bars::of(2009 * 12, &[1; 36], 2);
        assert_eq!((bars.step, bars.counts), (60, vec![12, 24]));
    }
}
