//! How many articles each day has: the date of every ordinal in a few kilobytes.

use super::error::ArchiveError;
use crate::model::Date;
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// Articles a day, in order of time; undated articles come before the first day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Days {
    /// How many articles have no date.
    undated: u32,
    /// Days since 1970-01-01, ascending, each with the ordinal after its last article.
    ends: Vec<(i64, u32)>,
}

/// On disk: the first day, then pairs of a gap and a count.
#[derive(Serialize, Deserialize)]
pub(super) struct StoredDays {
    undated: u32,
    first: i64,
    days: Vec<(i64, u32)>,
}

/// The days of the years that dates are written with, 0 to 9999, and one beyond for a zone's offset.
const WRITABLE: Range<i64> = -719_529..2_932_898;

impl Days {
    /// Counts the dates of articles that are in ordinal order.
    pub fn of(dates: impl IntoIterator<Item = Option<Date>>) -> Days {
        let mut days = Days::default();
        let mut count = 0;
        for date in dates {
            count += 1;
            let Some(day) = date.map(Date::to_days) else {
                days.undated = count;
                continue;
            };
            match days.ends.last_mut() {
                // An offset that changes, as with summer time, may set a later moment on an earlier day.
                Some((last, end)) if *last >= day => *end = count,
                _ => days.ends.push((day, count)),
            }
        }
        days
    }

    /// As they are stored.
    pub(super) fn stored(&self) -> StoredDays {
        let first = self.ends.first().map_or(0, |&(day, _)| day);
        let (mut last_day, mut last_end) = (first, self.undated);
        let days = self.ends.iter().map(|&(day, end)| {
            let stored = (day - last_day, end - last_end);
            (last_day, last_end) = (day, end);
            stored
        });
        StoredDays { undated: self.undated, first, days: days.collect() }
    }

    /// The days of `count` articles from what was stored in the file at `path`.
    pub(super) fn restore(path: &str, stored: &StoredDays, count: u32) -> Result<Days, ArchiveError> {
        let damaged = |what| ArchiveError::damaged(path, what);
        let (mut day, mut end) = (stored.first, stored.undated);
        let mut ends = Vec::with_capacity(stored.days.len());
        for (at, &(gap, articles)) in stored.days.iter().enumerate() {
            day = day
                .checked_add(gap)
                .filter(|day| WRITABLE.contains(day) && (gap > 0 || at == 0))
                .ok_or_else(|| damaged("days out of order"))?;
            end = end.checked_add(articles).ok_or_else(|| damaged("too many articles"))?;
            ends.push((day, end));
        }
        if end != count {
            return Err(damaged("its counts do not add up"));
        }
        Ok(Days { undated: stored.undated, ends })
    }

    /// How many articles have no date; they have the first ordinals.
    pub fn undated(&self) -> u32 {
        self.undated
    }

    /// The day of an article, `None` for an undated one.
    pub fn date(&self, ordinal: u32) -> Option<Date> {
        let at = self.ends.partition_point(|&(_, end)| end <= ordinal);
        let day = self.ends.get(at)?.0;
        (ordinal >= self.undated).then(|| Date::from_days(day))
    }

    /// The ordinals of the articles of days `from..to`; an open end takes all that are dated.
    pub fn between(&self, from: Option<Date>, to: Option<Date>) -> Range<u32> {
        let first_on_or_after = |date: Date| {
            let at = self.ends.partition_point(|&(day, _)| day < date.to_days());
            at.checked_sub(1).map_or(self.undated, |before| self.ends[before].1)
        };
        let end = self.ends.last().map_or(self.undated, |&(_, end)| end);
        from.map_or(self.undated, first_on_or_after)..to.map_or(end, first_on_or_after)
    }

    /// Every day that has articles, with their ordinals.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (Date, Range<u32>)> + '_ {
        self.ends.iter().enumerate().map(|(at, &(day, end))| {
            let start = at.checked_sub(1).map_or(self.undated, |before| self.ends[before].1);
            (Date::from_days(day), start..end)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(day: u8) -> Date {
        Date { year: 2024, month: 2, day }
    }

    fn sample() -> Days {
        Days::of([None, None, Some(date(3)), Some(date(3)), Some(date(7))])
    }

    #[test]
    fn every_ordinal_has_its_day() {
        let dates: Vec<_> = (0..6).map(|ordinal| sample().date(ordinal)).collect();
        assert_eq!(dates, [None, None, Some(date(3)), Some(date(3)), Some(date(7)), None]);
    }

    #[test]
    fn ranges_of_days_are_ranges_of_ordinals() {
        let days = sample();
        assert_eq!(days.between(None, None), 2..5);
        assert_eq!(days.between(Some(date(4)), None), 4..5);
        assert_eq!(days.between(None, Some(date(7))), 2..4);
        assert_eq!(days.between(Some(date(3)), Some(date(4))), 2..4);
        assert!(days.between(Some(date(8)), None).is_empty());
    }

    #[test]
    fn stored_days_come_back() {
        assert_eq!(Days::restore("x", &sample().stored(), 5).unwrap(), sample());
        assert!(Days::restore("x", &sample().stored(), 4).is_err());
        let backwards = StoredDays { undated: 0, first: 3, days: vec![(0, 1), (-2, 1)] };
        assert!(Days::restore("x", &backwards, 2).is_err());
    }
}
