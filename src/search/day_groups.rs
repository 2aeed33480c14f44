//! Date groups of a list.

use crate::archive::DateIndex;
use crate::model::Date;
use std::ops::Range;

/// Consecutive rows under one date heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateGroup {
    /// Day, or first day of the month; `None` for undated articles.
    pub date: Option<Date>,
    /// Row indices in the list.
    pub rows: Range<usize>,
}

/// Groups of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateGroups {
    /// Groups in list order.
    pub groups: Vec<DateGroup>,
    /// True if groups are months instead of days.
    pub monthly: bool,
}

impl DateGroups {
    /// Groups `ordinals`, which are in order of time, by day. With fewer than two articles per day on average
    /// they are grouped by month, so that the headings do not outweigh the titles.
    pub fn new(ordinals: &[u32], days: &DateIndex) -> DateGroups {
        let daily = group_by_date(ordinals, days, |date| date);
        let dated = daily.iter().filter(|group| group.date.is_some());
        let (filled, rows) =
            dated.fold((0, 0), |(filled, rows), group| (filled + 1, rows + group.rows.len()));
        if rows < filled * 2 && filled > 1 {
            let monthly = group_by_date(ordinals, days, |date| Date { day: 1, ..date });
            return DateGroups { groups: monthly, monthly: true };
        }
        DateGroups { groups: daily, monthly: false }
    }

    /// Returns the index of the group of a row.
    pub fn group_of_row(&self, row: usize) -> Option<usize> {
        let at = self.groups.partition_point(|group| group.rows.end <= row);
        (at < self.groups.len()).then_some(at)
    }
}

fn group_by_date(ordinals: &[u32], days: &DateIndex, unit: impl Fn(Date) -> Date) -> Vec<DateGroup> {
    let mut groups: Vec<DateGroup> = Vec::new();
    // Adjacent rows mostly share a date, so check the previous range before searching the index.
    let mut known: Option<(Option<Date>, Range<u32>)> = None;
    for (row, &ordinal) in ordinals.iter().enumerate() {
        let date = match &known {
            Some((date, range)) if range.contains(&ordinal) => *date,
            _ => {
                let date = days.date(ordinal);
                let range =
                    date.map_or(0..days.undated(), |day| days.ordinals_between(Some(day), next_day(day)));
                known = Some((date, range));
                date
            }
        };
        let date = date.map(&unit);
        match groups.last_mut() {
            Some(group) if group.date == date => group.rows.end = row + 1,
            _ => groups.push(DateGroup { date, rows: row..row + 1 }),
        }
    }
    groups
}

fn next_day(day: Date) -> Option<Date> {
    Some(Date::from_days(day.to_days() + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(days: &[u8]) -> DateIndex {
        DateIndex::from_dates(
            days.iter()
                .map(|&day| (day > 0).then_some(Date { year: 2024, month: 1 + day / 29, day: day % 29 + 1 })),
        )
    }

    #[test]
    fn dense_lists_are_grouped_by_day() {
        let groups = DateGroups::new(&[4, 3, 2, 1, 0], &days(&[0, 3, 3, 5, 5]));
        let rows: Vec<_> = groups.groups.iter().map(|group| group.rows.clone()).collect();
        assert_eq!((groups.monthly, rows), (false, vec![0..2, 2..4, 4..5]));
        assert_eq!(groups.groups[2].date, None);
        assert_eq!(
            (groups.group_of_row(3), groups.group_of_row(4), groups.group_of_row(5)),
            (Some(1), Some(2), None)
        );
    }

    #[test]
    fn sparse_lists_are_grouped_by_month() {
        let groups = DateGroups::new(&[3, 2, 1, 0], &days(&[3, 4, 10, 30]));
        let rows: Vec<_> = groups.groups.iter().map(|group| group.rows.clone()).collect();
        assert_eq!((groups.monthly, rows), (true, vec![0..1, 1..4]));
    }
}
