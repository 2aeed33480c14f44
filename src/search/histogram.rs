//! Histogram over time: by day, month or year, over the whole archive or a part.

use crate::model::Date;
use crate::search::{MonthBins, Period};
use std::ops::Range;

/// Granularity of a bin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Granularity {
    /// One day.
    Day,
    /// One month.
    Month,
    /// One year.
    Year,
}

/// Histogram with the first day of each bin.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Histogram {
    /// First day of each bin, and the day after the last bin.
    pub starts: Vec<Date>,
    /// Number of articles per bin.
    pub counts: Vec<u32>,
    /// Granularity; `None` if a bin covers several months or years.
    pub granularity: Option<Granularity>,
    /// True if the archive continues before the first bin, and after the last.
    pub has_more: [bool; 2],
}

impl From<&MonthBins> for Histogram {
    fn from(bars: &MonthBins) -> Histogram {
        let starts = (0..=bars.counts.len()).map(|at| Date::from_month_index(bars.start_month(at))).collect();
        let unit = match bars.months_per_bin {
            1 => Some(Granularity::Month),
            12 => Some(Granularity::Year),
            _ => None,
        };
        Histogram { starts, counts: bars.counts.clone(), granularity: unit, has_more: [false; 2] }
    }
}

impl Histogram {
    /// Creates bins of `unit` around `focus`, a range of days since 1970-01-01. Shows the whole range if it
    /// fits into `most` bins, or else its end. `days` are counts per day, in order; `span` is the range of
    /// the archive.
    pub fn new(
        unit: Granularity,
        days: &[(i64, u32)],
        span: Range<i64>,
        focus: Range<i64>,
        most: usize,
    ) -> Histogram {
        if span.is_empty() || most == 0 {
            return Histogram::default();
        }
        let bar = |day: i64| unit.index(Date::from_days(day));
        let (low, high) = (bar(span.start), bar(span.end - 1) + 1);
        let most = most as i64;
        let end = bar(focus.end - 1).clamp(low, high - 1) + 1;
        let start = bar(focus.start).clamp(low, end - 1);
        // Spare bins go to both sides, as far as the archive extends.
        let spare = (most - (end - start)).max(0);
        let end = (end + spare / 2).min(high);
        let start = (end - most).max(low);
        let end = (start + most).min(high);
        let mut counts = vec![0; usize::try_from(end - start).unwrap_or(0)];
        for &(day, articles) in days {
            let at = usize::try_from(bar(day) - start).ok();
            if let Some(count) = at.and_then(|at| counts.get_mut(at)) {
                *count += articles;
            }
        }
        Histogram {
            starts: (start..=end).map(|index| unit.start(index)).collect(),
            counts,
            granularity: Some(unit),
            has_more: [start > low, end < high],
        }
    }

    /// Returns the days covered by the bins.
    pub fn span(&self) -> Range<i64> {
        match (self.starts.first(), self.starts.last()) {
            (Some(first), Some(last)) => first.to_days()..last.to_days(),
            _ => 0..0,
        }
    }

    /// Returns the adjacent range to scroll to, earlier or later, with a quarter of overlap.
    pub fn neighbour_span(&self, later: bool) -> Range<i64> {
        let span = self.span();
        let by = (span.end - span.start) * 3 / 4;
        let by = if later { by } else { -by };
        span.start + by..span.end + by
    }

    /// Returns the bins that overlap the days `from..to`; `None` if no bin is visible.
    pub fn bins_between(&self, from: Option<Date>, to: Option<Date>) -> Option<Range<usize>> {
        let count = self.counts.len();
        let start = from.map_or(0, |from| self.starts.partition_point(|start| *start <= from).max(1) - 1);
        let end = to.map_or(count, |to| self.starts.partition_point(|start| *start < to).min(count));
        (start < end).then_some(start..end)
    }

    /// Returns the query period of a bin's first day or month.
    pub fn period(&self, at: usize) -> Option<Period> {
        let Date { year, month, day } = *self.starts.get(at)?;
        Some(Period {
            year,
            month: Some(month),
            day: (self.granularity == Some(Granularity::Day)).then_some(day),
        })
    }

    /// Returns the number of bins for a page step: a week of days, a year of months, a decade of years.
    pub fn page_step(&self) -> usize {
        match self.granularity {
            Some(Granularity::Day) => 7,
            Some(Granularity::Month) => 12,
            Some(Granularity::Year) => 10,
            None => 4,
        }
    }
}

impl Granularity {
    /// All granularities, coarsest first.
    pub const ALL: [Granularity; 3] = [Granularity::Year, Granularity::Month, Granularity::Day];

    fn index(self, date: Date) -> i64 {
        match self {
            Granularity::Day => date.to_days(),
            Granularity::Month => i64::from(date.month_index()),
            Granularity::Year => i64::from(date.year),
        }
    }

    fn start(self, index: i64) -> Date {
        let narrow = i32::try_from(index).unwrap_or_default();
        match self {
            Granularity::Day => Date::from_days(index),
            Granularity::Month => Date::from_month_index(narrow),
            Granularity::Year => Date { year: narrow, month: 1, day: 1 },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(year: i32, month: u8, day: u8) -> i64 {
        Date { year, month, day }.to_days()
    }

    const DAYS: fn() -> Vec<(i64, u32)> =
        || vec![(day(2020, 1, 1), 1), (day(2021, 6, 5), 2), (day(2021, 6, 9), 3), (day(2023, 12, 31), 4)];

    #[test]
    fn focus_that_fits_is_shown_whole_with_surroundings() {
        let (days, span) = (DAYS(), day(2020, 1, 1)..day(2024, 1, 1));
        let focus = day(2021, 6, 1)..day(2021, 7, 1);
        let june = Histogram::new(Granularity::Day, &days, span.clone(), focus.clone(), 40);
        assert_eq!(
            (june.counts.len(), june.counts.iter().sum::<u32>(), june.has_more),
            (40, 5, [true, true])
        );
        assert!(june.span().start <= focus.start && june.span().end >= focus.end);
        let ninth = Date { year: 2021, month: 6, day: 9 };
        let at = june.bins_between(Some(ninth), Some(Date { day: 10, ..ninth })).unwrap();
        assert_eq!((june.counts[at.start], at.len()), (3, 1));
        assert_eq!(june.period(at.start).unwrap().to_string(), "2021-06-09");
        let years = Histogram::new(Granularity::Year, &days, span, focus, 40);
        assert_eq!((years.counts, years.has_more), (vec![1, 5, 0, 4], [false, false]));
    }

    #[test]
    fn focus_that_does_not_fit_shows_its_end() {
        let span = day(2020, 1, 1)..day(2024, 1, 1);
        let months = Histogram::new(Granularity::Month, &DAYS(), span.clone(), span.clone(), 12);
        assert_eq!((months.counts.len(), months.counts[11], months.has_more), (12, 4, [true, false]));
        assert_eq!(months.period(0).unwrap().to_string(), "2023-01");
        let before = Histogram::new(Granularity::Month, &DAYS(), span, months.neighbour_span(false), 12);
        assert!(before.starts[0] < months.starts[0] && before.starts[12] > months.starts[0], "they overlap");
    }

    #[test]
    fn days_map_to_bins_of_any_width() {
        let quarters =
            Histogram::from(&MonthBins { first_month: 2020 * 12, months_per_bin: 3, counts: vec![1, 2, 3] });
        let month = |month| Some(Date { year: 2020, month, day: 1 });
        assert_eq!(quarters.bins_between(None, None), Some(0..3));
        assert_eq!(quarters.bins_between(month(5), month(7)), Some(1..2));
        assert_eq!(quarters.bins_between(month(5), Some(Date { year: 2020, month: 7, day: 2 })), Some(1..3));
        assert_eq!(quarters.bins_between(None, month(1)), None);
        assert_eq!(quarters.bins_between(month(10), None), None, "after the last bin");
    }

    proptest! {
        #[test]
        fn bins_lie_within_the_archive_and_contain_the_end_of_the_focus(
            gaps in proptest::collection::vec(1_i64..400, 1..40), from in -2000_i64..20_000, length in 1_i64..3000,
            most in 1_usize..130, unit in 0..3_usize,
        ) {
            let mut at = 10_000;
            let days: Vec<(i64, u32)> = gaps.iter().map(|gap| { at += gap; (at, 1) }).collect();
            let (first, last) = (days[0].0, days[days.len() - 1].0);
            let histogram = Histogram::new(Granularity::ALL[unit], &days, first..last + 1, from..from + length, most);
            prop_assert!((1..=most).contains(&histogram.counts.len()));
            prop_assert_eq!(histogram.starts.len(), histogram.counts.len() + 1);
            prop_assert!(histogram.starts.windows(2).all(|pair| pair[0] < pair[1]));
            let end = Date::from_days((from + length - 1).clamp(first, last));
            prop_assert!(histogram.bins_between(Some(end), Some(Date::from_days(end.to_days() + 1))).is_some());
            if histogram.has_more == [false; 2] {
                prop_assert_eq!(histogram.counts.iter().sum::<u32>() as usize, days.len());
            }
            for at in 0..histogram.counts.len() {
                let (start, end) = (histogram.starts[at], histogram.starts[at + 1]);
                prop_assert_eq!(histogram.bins_between(Some(start), Some(end)), Some(at..at + 1));
            }
        }
    }
}
