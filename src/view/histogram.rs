//! Histogram over time: by day, month or year, over the whole archive or a part.

use super::bars::Bars;
use crate::model::Date;
use crate::search::Period;
use std::ops::Range;

/// Granularity of a bin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
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
    pub unit: Option<Unit>,
    /// True if the archive continues before the first bin, and after the last.
    pub beyond: [bool; 2],
}

impl From<&Bars> for Histogram {
    fn from(bars: &Bars) -> Histogram {
        let starts = (0..=bars.counts.len()).map(|at| Date::of_month_index(bars.start(at))).collect();
        let unit = match bars.step {
            1 => Some(Unit::Month),
            12 => Some(Unit::Year),
            _ => None,
        };
        Histogram { starts, counts: bars.counts.clone(), unit, beyond: [false; 2] }
    }
}

impl Histogram {
    /// Creates bins of `unit` around `focus`, a range of days since 1970-01-01. Shows the whole range if it
    /// fits into `most` bins, or else its end. `days` are counts per day, in order; `span` is the range of
    /// the archive.
    pub fn of(
        unit: Unit,
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
            unit: Some(unit),
            beyond: [start > low, end < high],
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
    pub fn aside(&self, later: bool) -> Range<i64> {
        let span = self.span();
        let by = (span.end - span.start) * 3 / 4;
        let by = if later { by } else { -by };
        span.start + by..span.end + by
    }

    /// Returns the bins that overlap the days `from..to`; `None` if no bin is visible.
    pub fn between(&self, from: Option<Date>, to: Option<Date>) -> Option<Range<usize>> {
        let count = self.counts.len();
        let start = from.map_or(0, |from| self.starts.partition_point(|start| *start <= from).max(1) - 1);
        let end = to.map_or(count, |to| self.starts.partition_point(|start| *start < to).min(count));
        (start < end).then_some(start..end)
    }

    /// Returns the query period of a bin's first day or month.
    pub fn period(&self, at: usize) -> Option<Period> {
        let Date { year, month, day } = *self.starts.get(at)?;
        Some(Period { year, month: Some(month), day: (self.unit == Some(Unit::Day)).then_some(day) })
    }

    /// Returns the number of bins for a page step: a week of days, a year of months, a decade of years.
    pub fn stride(&self) -> usize {
        match self.unit {
            Some(Unit::Day) => 7,
            Some(Unit::Month) => 12,
            Some(Unit::Year) => 10,
            None => 4,
        }
    }
}

impl Unit {
    /// All granularities, coarsest first.
    pub const ALL: [Unit; 3] = [Unit::Year, Unit::Month, Unit::Day];

    fn index(self, date: Date) -> i64 {
        match self {
            Unit::Day => date.to_days(),
            Unit::Month => i64::from(date.month_index()),
            Unit::Year => i64::from(date.year),
        }
    }

    fn start(self, index: i64) -> Date {
        let narrow = i32::try_from(index).unwrap_or_default();
        match self {
            Unit::Day => Date::from_days(index),
            Unit::Month => Date::of_month_index(narrow),
            Unit::Year => Date { year: narrow, month: 1, day: 1 },
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
        let june = Histogram::of(Unit::Day, &days, span.clone(), focus.clone(), 40);
        assert_eq!((june.counts.len(), june.counts.iter().sum::<u32>(), june.beyond), (40, 5, [true, true]));
        assert!(june.span().start <= focus.start && june.span().end >= focus.end);
        let ninth = Date { year: 2021, month: 6, day: 9 };
        let at = june.between(Some(ninth), Some(Date { day: 10, ..ninth })).unwrap();
        assert_eq!((june.counts[at.start], at.len()), (3, 1));
        assert_eq!(june.period(at.start).unwrap().to_string(), "2021-06-09");
        let years = Histogram::of(Unit::Year, &days, span, focus, 40);
        assert_eq!((years.counts, years.beyond), (vec![1, 5, 0, 4], [false, false]));
    }

    #[test]
    fn focus_that_does_not_fit_shows_its_end() {
        let span = day(2020, 1, 1)..day(2024, 1, 1);
        let months = Histogram::of(Unit::Month, &DAYS(), span.clone(), span.clone(), 12);
        assert_eq!((months.counts.len(), months.counts[11], months.beyond), (12, 4, [true, false]));
        assert_eq!(months.period(0).unwrap().to_string(), "2023-01");
        let before = Histogram::of(Unit::Month, &DAYS(), span, months.aside(false), 12);
        assert!(before.starts[0] < months.starts[0] && before.starts[12] > months.starts[0], "they overlap");
    }

    #[test]
    fn days_map_to_bins_of_any_width() {
        let quarters = Histogram::from(&Bars { first: 2020 * 12, step: 3, counts: vec![1, 2, 3] });
        let month = |month| Some(Date { year: 2020, month, day: 1 });
        assert_eq!(quarters.between(None, None), Some(0..3));
        assert_eq!(quarters.between(month(5), month(7)), Some(1..2));
        assert_eq!(quarters.between(month(5), Some(Date { year: 2020, month: 7, day: 2 })), Some(1..3));
        assert_eq!(quarters.between(None, month(1)), None);
        assert_eq!(quarters.between(month(10), None), None, "after the last bin");
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
            let histogram = Histogram::of(Unit::ALL[unit], &days, first..last + 1, from..from + length, most);
            prop_assert!((1..=most).contains(&histogram.counts.len()));
            prop_assert_eq!(histogram.starts.len(), histogram.counts.len() + 1);
            prop_assert!(histogram.starts.windows(2).all(|pair| pair[0] < pair[1]));
            let end = Date::from_days((from + length - 1).clamp(first, last));
            prop_assert!(histogram.between(Some(end), Some(Date::from_days(end.to_days() + 1))).is_some());
            if histogram.beyond == [false; 2] {
                prop_assert_eq!(histogram.counts.iter().sum::<u32>() as usize, days.len());
            }
            for at in 0..histogram.counts.len() {
                let (start, end) = (histogram.starts[at], histogram.starts[at + 1]);
                prop_assert_eq!(histogram.between(Some(start), Some(end)), Some(at..at + 1));
            }
        }
    }
}
