//! Dates as each language of the interface writes them.

use super::Ui;
use crate::model::{Date, Timestamp};
use crate::search::Period;

const EN_MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const EN_DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const ZH_DAYS: [&str; 7] = ["一", "二", "三", "四", "五", "六", "日"];

/// Writes dates in a language.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Dates(pub(super) Ui);

impl Dates {
    /// The day of the week, short.
    pub fn weekday(self, date: Date) -> String {
        match self.0 {
            Ui::Hans => format!("周{}", ZH_DAYS[date.weekday()]),
            Ui::Hant => format!("週{}", ZH_DAYS[date.weekday()]),
            Ui::En => EN_DAYS[date.weekday()].to_owned(),
        }
    }

    /// The month without its year.
    pub fn month(self, date: Date) -> String {
        match self.0 {
            Ui::En => EN_MONTHS[usize::from(date.month - 1)].to_owned(),
            _ => format!("{}月", date.month),
        }
    }

    /// The year on its own.
    pub fn year(self, date: Date) -> String {
        date.year.to_string()
    }

    /// Month and year.
    pub fn month_and_year(self, date: Date) -> String {
        match self.0 {
            Ui::En => format!("{} {}", self.month(date), date.year),
            _ => format!("{}年{}月", date.year, date.month),
        }
    }

    /// Month and day.
    pub fn month_and_day(self, date: Date) -> String {
        match self.0 {
            Ui::En => format!("{} {}", date.day, self.month(date)),
            _ => format!("{}月{}日", date.month, date.day),
        }
    }

    /// Day, month and year.
    pub fn day(self, date: Date) -> String {
        match self.0 {
            Ui::En => format!("{} {} {}", date.day, self.month(date), date.year),
            _ => format!("{}年{}月{}日", date.year, date.month, date.day),
        }
    }

    /// Day, weekday and time.
    pub fn full(self, time: Timestamp) -> String {
        let date = time.date();
        format!("{} {} {}", self.day(date), self.weekday(date), self.clock(time))
    }

    /// Hour and minute.
    pub fn clock(self, time: Timestamp) -> String {
        let (hour, minute) = time.clock();
        format!("{hour:02}:{minute:02}")
    }

    /// A year, month or day.
    pub fn period(self, period: Period) -> String {
        match (period.month, period.day) {
            (None, _) if self.0 == Ui::En => period.year.to_string(),
            (None, _) => format!("{}年", period.year),
            (_, None) => self.month_and_year(period.start()),
            _ => self.day(period.start()),
        }
    }
}
