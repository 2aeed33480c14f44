//! Date index: the date of every ordinal in a few kilobytes.

use super::ArchiveError;
use crate::model::Date;
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// Number of articles per day, in order of time; undated articles precede the first day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DateIndex {
    /// Number of undated articles.
    undated: u32,
    /// Days since 1970-01-01, ascending, each with the ordinal after its last article.
    ends: Vec<(i64, u32)>,
}

/// Stored form: the first day, then pairs of a gap in days and a count.
#[derive(Serialize, Deserialize)]
pub(super) struct StoredDateIndex {
    undated: u32,
    first: i64,
    days: Vec<(i64, u32)>,
}

/// Valid days since 1970-01-01: years 0 to 9999, plus one day for zone offsets.
const VALID_DAYS: Range<i64> = -719_529..2_932_898;

impl DateIndex {
    /// Counts the dates of articles given in ordinal order.
    pub fn from_dates(dates: impl IntoIterator<Item = Option<Date>>) -> DateIndex {
        let mut days = DateIndex::default();
        let mut count = 0;
        for date in dates {
            count += 1;
            let Some(day) = date.map(Date::to_days) else {
                days.undated = count;
                continue;
            };
            match days.ends.last_mut() {
                // A changing UTC offset, as with daylight saving time, can put a later instant on an earlier
                // day.
                Some((last, end)) if *last >= day => *end = count,
                _ => days.ends.push((day, count)),
            }
        }
        days
    }

    /// Converts to the stored form.
    pub(super) fn to_stored(&self) -> StoredDateIndex {
        let first = self.ends.first().map_or(0, |&(day, _)| day);
        let (mut last_day, mut last_end) = (first, self.undated);
        let days = self.ends.iter().map(|&(day, end)| {
            let stored = (day - last_day, end - last_end);
            (last_day, last_end) = (day, end);
            stored
        });
        StoredDateIndex { undated: self.undated, first, days: days.collect() }
    }

    /// Validates the stored form, read from the file at `path`, for an archive of `count` articles.
    pub(super) fn from_stored(
        path: &str,
        stored: &StoredDateIndex,
        count: u32,
    ) -> Result<DateIndex, ArchiveError> {
        let damaged = |what| ArchiveError::damaged(path, what);
        let (mut day, mut end) = (stored.first, stored.undated);
        let mut ends = Vec::with_capacity(stored.days.len());
        for (at, &(gap, articles)) in stored.days.iter().enumerate() {
            day = day
                .checked_add(gap)
                .filter(|day| VALID_DAYS.contains(day) && (gap > 0 || at == 0))
                .ok_or_else(|| damaged("days are not ascending"))?;
            end = end.checked_add(articles).ok_or_else(|| damaged("number of articles overflows"))?;
            ends.push((day, end));
        }
        if end != count {
            return Err(damaged("number of articles differs from the manifest"));
        }
        Ok(DateIndex { undated: stored.undated, ends })
    }

    /// Returns the number of undated articles, which have the first ordinals.
    pub fn undated(&self) -> u32 {
        self.undated
    }

    /// Returns the date of an article; `None` if undated or out of range.
    pub fn date(&self, ordinal: u32) -> Option<Date> {
        let at = self.ends.partition_point(|&(_, end)| end <= ordinal);
        let day = self.ends.get(at)?.0;
        (ordinal >= self.undated).then(|| Date::from_days(day))
    }

    /// Returns the ordinals of the dated articles in `from..to`; `None` leaves that end open.
    pub fn ordinals_between(&self, from: Option<Date>, to: Option<Date>) -> Range<u32> {
        let first_on_or_after = |date: Date| {
            let at = self.ends.partition_point(|&(day, _)| day < date.to_days());
            at.checked_sub(1).map_or(self.undated, |before| self.ends[before].1)
        };
        let end = self.ends.last().map_or(self.undated, |&(_, end)| end);
        from.map_or(self.undated, first_on_or_after)..to.map_or(end, first_on_or_after)
    }

    /// Iterates over the days that have articles, with their ordinals.
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

    fn sample() -> DateIndex {
        DateIndex::from_dates([None, None, Some(date(3)), Some(date(3)), Some(date(7))])
    }

    #[test]
    fn ordinals_map_to_their_dates() {
        let dates: Vec<_> = (0..6).map(|ordinal| sample().date(ordinal)).collect();
        assert_eq!(dates, [None, None, Some(date(3)), Some(date(3)), Some(date(7)), None]);
    }

    #[test]
    fn date_ranges_map_to_ordinal_ranges() {
        let days = sample();
        assert_eq!(days.ordinals_between(None, None), 2..5);
        assert_eq!(days.ordinals_between(Some(date(4)), None), 4..5);
        assert_eq!(days.ordinals_between(None, Some(date(7))), 2..4);
        assert_eq!(days.ordinals_between(Some(date(3)), Some(date(4))), 2..4);
        assert!(days.ordinals_between(Some(date(8)), None).is_empty());
    }

    #[test]
    fn stored_days_round_trip_and_invalid_ones_are_rejected() {
        assert_eq!(DateIndex::from_stored("x", &sample().to_stored(), 5).unwrap(), sample());
        assert!(DateIndex::from_stored("x", &sample().to_stored(), 4).is_err());
        let backwards = StoredDateIndex { undated: 0, first: 3, days: vec![(0, 1), (-2, 1)] };
        assert!(DateIndex::from_stored("x", &backwards, 2).is_err());
    }
}
