//! Calendar over the articles: years, the months of a year, the days of a month, each with its number of articles.

use crate::model::Date;
use crate::search::Period;

/// Page of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CalendarPage {
    /// All years of the archive.
    Years,
    /// The months of a year.
    Months(i32),
    /// The days of a month: year and month.
    Days(i32, u8),
}

/// Cell of a calendar page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CalendarCell {
    /// Year, month or day of the cell.
    pub period: Period,
    /// Number of articles in it.
    pub count: u32,
}

impl CalendarPage {
    /// Returns the page on which the range from the start of `from` to the start of `to` is a cell or a few cells:
    /// the days of a month for a range within a month, the months of a year for one within a year.
    pub fn of_range(from: Option<Period>, to: Option<Period>) -> CalendarPage {
        let (Some(from), Some(to)) = (from, to) else { return CalendarPage::Years };
        let (first, last) = (from.start(), Date::from_days(to.start().to_days() - 1));
        if first.month_index() == last.month_index() {
            CalendarPage::Days(first.year, first.month)
        } else if first.year == last.year {
            CalendarPage::Months(first.year)
        } else {
            CalendarPage::Years
        }
    }

    /// Returns the page below a cell; days have none.
    pub fn below(period: Period) -> Option<CalendarPage> {
        match (period.month, period.day) {
            (None, _) => Some(CalendarPage::Months(period.year)),
            (Some(month), None) => Some(CalendarPage::Days(period.year, month)),
            _ => None,
        }
    }

    /// Returns the periods that the page lies in, widest first: none, a year, or a year and a month.
    pub fn parents(self) -> Vec<Period> {
        let year = |year| Period { year, month: None, day: None };
        match self {
            CalendarPage::Years => Vec::new(),
            CalendarPage::Months(of) => vec![year(of)],
            CalendarPage::Days(of, month) => {
                vec![year(of), Period { year: of, month: Some(month), day: None }]
            }
        }
    }

    /// Returns the cells of the page. `days` are the counts per day since 1970-01-01, in order; `years` are the years
    /// with articles, in order. A year without articles has no cell, so that one wrong date does not add a century.
    pub fn cells(self, days: &[(i64, u32)], years: &[i32]) -> Vec<CalendarCell> {
        let cell = |period: Period| {
            let (start, end) = (period.start().to_days(), period.end().to_days());
            let at = days.partition_point(|(day, _)| *day < start);
            let count = days[at..].iter().take_while(|(day, _)| *day < end).map(|(_, count)| count).sum();
            CalendarCell { period, count }
        };
        match self {
            CalendarPage::Years => {
                years.iter().map(|&year| cell(Period { year, month: None, day: None })).collect()
            }
            CalendarPage::Months(year) => {
                (1..=12).map(|month| cell(Period { year, month: Some(month), day: None })).collect()
            }
            CalendarPage::Days(year, month) => {
                let last = Date { year, month, day: 1 }.days_in_month();
                (1..=last).map(|day| cell(Period { year, month: Some(month), day: Some(day) })).collect()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn period(text: &str) -> Period {
        Period::parse(text).unwrap()
    }

    fn day(text: &str) -> i64 {
        period(text).start().to_days()
    }

    #[test]
    fn cells_count_their_articles() {
        let days =
            [(day("2019-12-31"), 1), (day("2020-02-01"), 2), (day("2020-02-29"), 3), (day("2021-01-01"), 4)];
        let counts = |page: CalendarPage| -> Vec<u32> {
            page.cells(&days, &[2019, 2020, 2021]).iter().map(|cell| cell.count).collect()
        };
        assert_eq!(counts(CalendarPage::Years), [1, 5, 4]);
        assert_eq!(counts(CalendarPage::Months(2020)), [0, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        let february = counts(CalendarPage::Days(2020, 2));
        assert_eq!(february.len(), 29);
        assert_eq!((february[0], february[28], february.iter().sum::<u32>()), (2, 3, 5));
        assert!(counts(CalendarPage::Days(2018, 5)).iter().all(|&count| count == 0));
    }

    #[test]
    fn page_shows_the_range() {
        let page = |from: &str, to: &str| CalendarPage::of_range(Period::parse(from), Period::parse(to));
        assert_eq!(page("2020-10", "2020-11"), CalendarPage::Days(2020, 10));
        assert_eq!(page("2020-10-03", "2020-10-04"), CalendarPage::Days(2020, 10));
        assert_eq!(page("2020", "2021"), CalendarPage::Months(2020));
        assert_eq!(page("2020-03", "2020-06"), CalendarPage::Months(2020));
        assert_eq!(page("2019-12", "2020-02"), CalendarPage::Years);
        assert_eq!(page("2020", ""), CalendarPage::Years);
        assert_eq!(page("", ""), CalendarPage::Years);
    }

    #[test]
    fn pages_lead_down_to_days_and_back() {
        let months = CalendarPage::below(period("2020")).unwrap();
        assert_eq!(months, CalendarPage::Months(2020));
        let days = CalendarPage::below(period("2020-10")).unwrap();
        assert_eq!(days, CalendarPage::Days(2020, 10));
        assert_eq!(CalendarPage::below(period("2020-10-05")), None);
        assert_eq!(days.parents(), [period("2020"), period("2020-10")]);
        assert_eq!(CalendarPage::Years.parents(), []);
    }
}
