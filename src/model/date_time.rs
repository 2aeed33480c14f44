//! Timestamps and calendar dates without a clock or a time zone database.
//!
//! An archive has one time zone. The bundler resolves the offset of each article and stores it with the time,
//! so that every reader sees and cites the same day in any local time zone.
//!
//! Own code of 190 lines: the app needs neither time zones nor formats, for which the bundler uses `jiff`.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// Instant with the UTC offset of the archive's zone at that instant, written as RFC 3339.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Timestamp {
    /// Seconds since 1970-01-01T00:00:00Z.
    pub seconds: i64,
    /// UTC offset in minutes, positive to the east.
    pub offset: i16,
}

impl PartialOrd for Timestamp {
    fn partial_cmp(&self, other: &Timestamp) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Timestamp {
    /// Orders by instant; the offset only breaks ties.
    fn cmp(&self, other: &Timestamp) -> std::cmp::Ordering {
        (self.seconds, self.offset).cmp(&(other.seconds, other.offset))
    }
}

/// Day of the proleptic Gregorian calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    /// Astronomical year (year 0 exists).
    pub year: i32,
    /// Month, 1 to 12.
    pub month: u8,
    /// Day of the month, 1 to 31.
    pub day: u8,
}

/// Display name of the archive's time zone: `UTC+8` or `Asia/Shanghai`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ZoneLabel(pub String);

const SECONDS_PER_DAY: i64 = 86_400;

impl Timestamp {
    /// Returns the calendar day in the archive's zone.
    pub fn date(self) -> Date {
        Date::from_days(self.local_seconds().div_euclid(SECONDS_PER_DAY))
    }

    /// Returns hour and minute in the archive's zone.
    pub fn hour_minute(self) -> (u8, u8) {
        let minutes = self.local_seconds().rem_euclid(SECONDS_PER_DAY) / 60;
        ((minutes / 60) as u8, (minutes % 60) as u8)
    }

    fn local_seconds(self) -> i64 {
        self.seconds.saturating_add(i64::from(self.offset) * 60)
    }
}

impl Date {
    /// Converts from days since 1970-01-01 (Hinnant, "chrono-compatible low-level date algorithms").
    pub fn from_days(days: i64) -> Date {
        let z = days + 719_468;
        let era = z.div_euclid(146_097);
        let doe = z.rem_euclid(146_097);
        let yoe = (doe - doe / 1460 + doe / 36_524 - doe / 146_096) / 365;
        let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
        let mp = (5 * doy + 2) / 153;
        let month = if mp < 10 { mp + 3 } else { mp - 9 };
        let year = yoe + era * 400 + i64::from(month <= 2);
        Date { year: year as i32, month: month as u8, day: (doy - (153 * mp + 2) / 5 + 1) as u8 }
    }

    /// Converts to days since 1970-01-01. A day past the end of the month overflows into the next month.
    pub fn to_days(self) -> i64 {
        let (month, day) = (i64::from(self.month), i64::from(self.day));
        let year = i64::from(self.year) - i64::from(month <= 2);
        let era = year.div_euclid(400);
        let yoe = year.rem_euclid(400);
        let doy = (153 * (month + if month > 2 { -3 } else { 9 }) + 2) / 5 + day - 1;
        let doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
        era * 146_097 + doe - 719_468
    }

    /// Returns the weekday, 0 for Monday to 6 for Sunday.
    pub fn weekday(self) -> usize {
        (self.to_days() + 3).rem_euclid(7) as usize
    }

    /// Returns the number of months since January of year 0.
    pub fn month_index(self) -> i32 {
        self.year * 12 + i32::from(self.month) - 1
    }

    /// Returns the first day of the month with this [`month_index`](Date::month_index).
    pub fn from_month_index(index: i32) -> Date {
        Date { year: index.div_euclid(12), month: index.rem_euclid(12) as u8 + 1, day: 1 }
    }

    /// Returns the number of days in the month.
    pub fn days_in_month(self) -> u8 {
        let first = Date { day: 1, ..self };
        (Date::from_month_index(first.month_index() + 1).to_days() - first.to_days()) as u8
    }
}

/// English names of the months in lower case; the first three letters are the abbreviation.
pub const MONTH_NAMES: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (hour, minute) = self.hour_minute();
        let second = self.local_seconds().rem_euclid(60);
        write!(f, "{}T{hour:02}:{minute:02}:{second:02}", self.date())?;
        if self.offset == 0 {
            return f.write_str("Z");
        }
        let (sign, offset) = if self.offset < 0 { ('-', -self.offset) } else { ('+', self.offset) };
        write!(f, "{sign}{:02}:{:02}", offset / 60, offset % 60)
    }
}

/// Error: the text is not a valid timestamp.
#[derive(Debug, thiserror::Error)]
#[error("invalid time `{0}`: expected the form `2023-10-16T23:45:01+08:00`")]
pub struct InvalidTime(String);

impl FromStr for Timestamp {
    type Err = InvalidTime;

    fn from_str(text: &str) -> Result<Timestamp, InvalidTime> {
        parse(text).ok_or_else(|| InvalidTime(text.to_owned()))
    }
}

fn parse(text: &str) -> Option<Timestamp> {
    let (date, clock) = text.split_once('T')?;
    let mut parts = date.rsplitn(3, '-');
    let day = parse_two_digits(parts.next()?, 1, 31)?;
    let month = parse_two_digits(parts.next()?, 1, 12)?;
    let year: i32 = parts.next()?.parse().ok()?;
    let (time, zone) = clock.split_at_checked(8)?;
    let mut parts = time.split(':');
    let hour = parse_two_digits(parts.next()?, 0, 23)?;
    let minute = parse_two_digits(parts.next()?, 0, 59)?;
    let second = parse_two_digits(parts.next()?, 0, 59)?;
    let offset = match zone.split_at_checked(1)? {
        ("Z", "") => 0,
        (sign @ ("+" | "-"), rest) => {
            let (hours, minutes) = rest.split_once(':')?;
            let total = (parse_two_digits(hours, 0, 23)? * 60 + parse_two_digits(minutes, 0, 59)?) as i16;
            if sign == "-" { -total } else { total }
        }
        _ => return None,
    };
    let date = Date { year, month: month as u8, day: day as u8 };
    let seconds =
        date.to_days() * SECONDS_PER_DAY + hour * 3600 + minute * 60 + second - i64::from(offset) * 60;
    Some(Timestamp { seconds, offset })
}

fn parse_two_digits(text: &str, low: i64, high: i64) -> Option<i64> {
    let value = (text.len() == 2).then(|| text.parse().ok())??;
    (low..=high).contains(&value).then_some(value)
}

impl TryFrom<String> for Timestamp {
    type Error = InvalidTime;

    fn try_from(text: String) -> Result<Timestamp, InvalidTime> {
        text.parse()
    }
}

impl From<Timestamp> for String {
    fn from(time: Timestamp) -> String {
        time.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rfc_3339_timestamps_round_trip() {
        let time = Timestamp { seconds: 1_697_471_101, offset: 480 };
        assert_eq!(time.to_string(), "2023-10-16T23:45:01+08:00");
        assert_eq!(time.date(), Date { year: 2023, month: 10, day: 16 });
        for text in ["2023-10-16T23:45:01+08:00", "1969-12-31T23:59:59Z", "2024-02-29T00:00:00-03:30"] {
            assert_eq!(text.parse::<Timestamp>().unwrap().to_string(), text);
        }
        for bad in ["", "2023-10-16", "2023-13-01T00:00:00Z", "2023-10-16T24:00:00Z", "2023-10-16T23:45:01"] {
            assert!(bad.parse::<Timestamp>().is_err(), "{bad}");
        }
    }

    #[test]
    fn dates_and_day_numbers_round_trip() {
        for days in (-1_000_000..1_000_000).step_by(997) {
            assert_eq!(Date::from_days(days).to_days(), days);
        }
        assert_eq!(Date { year: 2023, month: 10, day: 16 }.weekday(), 0);
        assert_eq!(Date { year: 2024, month: 2, day: 1 }.days_in_month(), 29);
    }
}
