//! A histogram over time: by day, month or year, over all of an archive's time or a stretch of it.

use super::bars::Bars;
use crate::model::Date;
use crate::search::Period;
use std::ops::Range;

/// What a bar stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// A day.
    Day,
    /// A month.
    Month,
    /// A year.
    Year,
}

/// The bars of a histogram, each with the day on which it begins.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Histogram {
    /// The first day of each bar, and the day after the last.
    pub starts: Vec<Date>,
    /// How many articles each has.
    pub counts: Vec<u32>,
    /// What a bar stands for; nothing for several months or years at once.
    pub unit: Option<Unit>,
    /// Whether there is time before the first bar, and after the last.
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
    /// Bars of `unit` around `focus`, a stretch of days counted from 1970-01-01: the whole of it where that fits
    /// into `most` bars, else its end. `days` are counts a day, in order; `span` is the archive's time.
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
        // Room that is left over goes to both sides, as far as there is time.
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

    /// The days from the first bar to the last.
    pub fn span(&self) -> Range<i64> {
        match (self.starts.first(), self.starts.last()) {
            (Some(first), Some(last)) => first.to_days()..last.to_days(),
            _ => 0..0,
        }
    }

    /// The days to look at next, a little of which is seen already: the earlier ones, or the later.
    pub fn aside(&self, later: bool) -> Range<i64> {
        let span = self.span();
        let by = (span.end - span.start) * 3 / 4;
        let by = if later { by } else { -by };
        span.start + by..span.end + by
    }

    /// The bars between two days, the second not included; nothing where none of them is seen.
    pub fn between(&self, from: Option<Date>, to: Option<Date>) -> Option<Range<usize>> {
        let count = self.counts.len();
        let start = from.map_or(0, |from| self.starts.partition_point(|start| *start <= from).max(1) - 1);
        let end = to.map_or(count, |to| self.starts.partition_point(|start| *start < to).min(count));
        (start < end).then_some(start..end)
    }

    /// What the beginning of a bar is called in a query.
    pub fn period(&self, at: usize) -> Option<Period> {
        let Date { year, month, day } = *self.starts.get(at)?;
        Some(Period { year, month: Some(month), day: (self.unit == Some(Unit::Day)).then_some(day) })
    }

    /// So many bars a long step takes: a year of months, a week of days.
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
    /// From the widest look to the closest.
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
    fn a_focus_that_fits_is_shown_whole_with_what_is_around_it() {
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
    fn a_focus_that_does_not_fit_is_shown_from_its_end() {
        let span = day(2020, 1, 1)..day(2024, 1, 1);
        let months = Histogram::of(Unit::Month, &DAYS(), span.clone(), span.clone(), 12);
        assert_eq!((months.counts.len(), months.counts[11], months.beyond), (12, 4, [true, false]));
        assert_eq!(months.period(0).unwrap().to_string(), "2023-01");
        let before = Histogram::of(Unit::Month, &DAYS(), span, months.aside(false), 12);
        assert!(before.starts[0] < months.starts[0] && before.starts[12] > months.starts[0], "they overlap");
    }

    #[test]
    fn days_are_found_in_bars_of_any_length() {
        let quarters = Histogram::from(&Bars { first: 2020 * 12, step: 3, counts: vec![1, 2, 3] });
        let month = |month| Some(Date { year: 2020, month, day: 1 });
        assert_eq!(quarters.between(None, None), Some(0..3));
        assert_eq!(quarters.between(month(5), month(7)), Some(1..2));
        assert_eq!(quarters.between(month(5), Some(Date { year: 2020, month: 7, day: 2 })), Some(1..3));
        assert_eq!(quarters.between(None, month(1)), None);
        assert_eq!(quarters.between(month(10), None), None, "after all of them");
    }

    proptest! {
        #[test]
        fn bars_are_within_the_archive_and_hold_the_end_of_the_focus(
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
