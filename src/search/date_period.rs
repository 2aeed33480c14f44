//! Date periods in queries: a year, a month or a day.

use crate::model::Date;
use crate::text::fold_width;
use std::fmt;

/// Year, month or day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// Year.
    pub year: i32,
    /// Month, 1 to 12; `None` for a whole year.
    pub month: Option<u8>,
    /// Day of the month; `None` for a whole month or year.
    pub day: Option<u8>,
}

impl Period {
    /// Parses `2023`, `2023-10`, `2023-10-16` or `20231016`; the separators `/` and `.`, digits of full width and the
    /// units of `2023年10月16日` are accepted too.
    pub fn parse(text: &str) -> Option<Period> {
        let text = plain_date(text);
        let mut parts = text.split(['-', '/', '.']);
        let year = parts.next().filter(|year| year.len() == 4)?.parse().ok()?;
        let mut part = |low: u8, high: fn(i32, u8) -> u8, month: u8| match parts.next() {
            None => Some(None),
            Some(text) if text.len() <= 2 => {
                let value = text.parse::<u8>().ok()?;
                (low..=high(year, month)).contains(&value).then_some(Some(value))
            }
            Some(_) => None,
        };
        let month = part(1, |_, _| 12, 0)?;
        let day = part(1, |year, month| Date { year, month, day: 1 }.days_in_month(), month.unwrap_or(1))?;
        parts.next().is_none().then_some(Period { year, month, day })
    }

    /// Returns the first day.
    pub fn start(self) -> Date {
        Date { year: self.year, month: self.month.unwrap_or(1), day: self.day.unwrap_or(1) }
    }

    /// Returns the day after the last.
    pub fn end(self) -> Date {
        match (self.month, self.day) {
            (None, _) => Date { year: self.year + 1, month: 1, day: 1 },
            (_, None) => Date::from_month_index(self.start().month_index() + 1),
            _ => Date::from_days(self.start().to_days() + 1),
        }
    }

    /// Returns the period of the same length that follows.
    pub fn next(self) -> Period {
        let Date { year, month, day } = self.end();
        Period { year, month: self.month.and(Some(month)), day: self.day.and(Some(day)) }
    }

    /// Returns the month with this [index](Date::month_index).
    pub fn from_month_index(index: i32) -> Period {
        let date = Date::from_month_index(index);
        Period { year: date.year, month: Some(date.month), day: None }
    }
}

/// Returns `text` with ASCII digits and separators, and without units.
fn plain_date(text: &str) -> String {
    let text = fold_width(text);
    let mut plain = String::new();
    let mut chars = text.chars().filter(|c| !c.is_whitespace()).peekable();
    while let Some(c) = chars.next() {
        let is_last = chars.peek().is_none();
        match c {
            '年' | '月' | '日' | '号' | '號' if is_last => {}
            '年' | '月' => plain.push('-'),
            c => plain.push(c),
        }
    }
    if matches!(plain.len(), 6 | 8) && plain.bytes().all(|c| c.is_ascii_digit()) {
        if plain.len() == 8 {
            plain.insert(6, '-');
        }
        plain.insert(4, '-');
    }
    plain
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        for part in [self.month, self.day].into_iter().flatten() {
            write!(f, "-{part:02}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_have_their_first_and_last_day() {
        for (text, start, end) in [
            ("2023", "2023-01-01", "2024-01-01"),
            ("2023-12", "2023-12-01", "2024-01-01"),
            ("2024/2/29", "2024-02-29", "2024-03-01"),
            ("20231016", "2023-10-16", "2023-10-17"),
            ("202310", "2023-10-01", "2023-11-01"),
            ("2023年10月", "2023-10-01", "2023-11-01"),
            ("2023年", "2023-01-01", "2024-01-01"),
            ("２０２３年 9 月 5 号", "2023-09-05", "2023-09-06"),
            ("2023．10．16", "2023-10-16", "2023-10-17"),
        ] {
            let period = Period::parse(text).unwrap();
            assert_eq!((period.start().to_string(), period.end().to_string()), (start.into(), end.into()));
        }
    }

    #[test]
    fn invalid_periods_are_rejected() {
        for text in [
            "",
            "23",
            "2023-13",
            "2023-02-30",
            "2023-10-16-1",
            "2023-",
            "abcd",
            "2023-010",
            "20231301",
            "2023年13月",
            "2023年10日5",
            "202",
        ] {
            assert_eq!(Period::parse(text), None, "{text}");
        }
    }
}
