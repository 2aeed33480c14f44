//! The days of a list.

use crate::archive::Days;
use crate::model::Date;
use std::ops::Range;

/// Rows of the list that stand under one date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// The day, or the first day of the month; `None` for undated.
    pub date: Option<Date>,
    /// The rows, as positions in the list.
    pub rows: Range<usize>,
}

/// How a list is divided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Groups {
    /// The groups in the order of the list.
    pub groups: Vec<Group>,
    /// Whether a group is a month rather than a day.
    pub monthly: bool,
}

impl Groups {
    /// Divides `ordinals`, which are in order of time, by day; by month when a day has fewer than two
    /// articles on average, so that the dates do not outweigh the titles.
    pub fn of(ordinals: &[u32], days: &Days) -> Groups {
        let daily = divide(ordinals, days, |date| date);
        let dated = daily.iter().filter(|group| group.date.is_some());
        let (filled, rows) =
            dated.fold((0, 0), |(filled, rows), group| (filled + 1, rows + group.rows.len()));
        if rows < filled * 2 && filled > 1 {
            let monthly = divide(ordinals, days, |date| Date { day: 1, ..date });
            return Groups { groups: monthly, monthly: true };
        }
        Groups { groups: daily, monthly: false }
    }

    /// The group that a row stands in.
    pub fn at(&self, row: usize) -> Option<usize> {
        let at = self.groups.partition_point(|group| group.rows.end <= row);
        (at < self.groups.len()).then_some(at)
    }
}

fn divide(ordinals: &[u32], days: &Days, unit: impl Fn(Date) -> Date) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    // Neighbours in the list are mostly of one day, so its range is asked before the table is searched.
    let mut known: Option<(Option<Date>, Range<u32>)> = None;
    for (row, &ordinal) in ordinals.iter().enumerate() {
        let date = match &known {
            Some((date, range)) if range.contains(&ordinal) => *date,
            _ => {
                let date = days.date(ordinal);
                let range = date.map_or(0..days.undated(), |day| days.between(Some(day), next_day(day)));
                known = Some((date, range));
                date
            }
        };
        let date = date.map(&unit);
        match groups.last_mut() {
            Some(group) if group.date == date => group.rows.end = row + 1,
            _ => groups.push(Group { date, rows: row..row + 1 }),
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

    fn days(days: &[u8]) -> Days {
        Days::of(
            days.iter()
                .map(|&day| (day > 0).then_some(Date { year: 2024, month: 1 + day / 29, day: day % 29 + 1 })),
        )
    }

    #[test]
    fn crowded_days_stand_alone() {
        let groups = Groups::of(&[4, 3, 2, 1, 0], &days(&[0, 3, 3, 5, 5]));
        let rows: Vec<_> = groups.groups.iter().map(|group| group.rows.clone()).collect();
        assert_eq!((groups.monthly, rows), (false, vec![0..2, 2..4, 4..5]));
        assert_eq!(groups.groups[2].date, None);
        assert_eq!((groups.at(3), groups.at(4), groups.at(5)), (Some(1), Some(2), None));
    }

    #[test]
    fn sparse_days_are_months() {
        let groups = Groups::of(&[3, 2, 1, 0], &days(&[3, 4, 10, 30]));
        let rows: Vec<_> = groups.groups.iter().map(|group| group.rows.clone()).collect();
        assert_eq!((groups.monthly, rows), (true, vec![0..1, 1..4]));
    }
}
