//! Dates as programs write them: ISO 8601 and its relatives, RFC 2822, JavaScript, Chinese, numbers of seconds.

mod chinese;

use crate::model::{MONTH_NAMES, Timestamp};
use jiff::civil;
use jiff::fmt::rfc2822::DateTimeParser;

/// Parses a date as [`parse_in_zone`] does; a time without a zone is one of UTC.
pub(super) fn parse(text: &str) -> Option<Timestamp> {
    parse_in_zone(text, 0)
}

/// Parses a date with or without a time. A time without a zone is one of the zone `east` seconds east of UTC. A date
/// without a time becomes its noon in UTC, so that it stays the same day in nearly every zone.
pub(super) fn parse_in_zone(text: &str, east: i64) -> Option<Timestamp> {
    let text = text.trim().trim_matches(['"', '\'', '*', '[', ']']).trim();
    if text.len() > 100 {
        return None;
    }
    const RFC_2822: DateTimeParser = DateTimeParser::new().relaxed_weekday(true);
    let seconds = if text.len() >= 8 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        from_digits(text, east)?
    } else if let Ok(moment) = text.parse::<jiff::Timestamp>().or_else(|_| RFC_2822.parse_timestamp(text)) {
        moment.as_second()
    } else {
        from_words(&chinese::to_digits(text), east)?
    };
    plausible(seconds)
}

/// Returns the time `seconds` after 1970 if the year is one of the web or of a scanned newspaper.
pub(super) fn plausible(seconds: i64) -> Option<Timestamp> {
    /// The years 1600 to 2199.
    const RANGE: std::ops::Range<i64> = -11_676_096_000..7_258_118_400;
    (RANGE.contains(&seconds) && seconds != 0).then_some(Timestamp { seconds, offset: 0 })
}

/// Parses seconds or milliseconds since 1970, `20261128` or `20261128091231`.
fn from_digits(text: &str, east: i64) -> Option<i64> {
    let number: i64 = text.parse().ok()?;
    match text.len() {
        8 => day(
            (number / 10_000) as i16,
            (number / 100 % 100) as i8,
            (number % 100) as i8,
            civil::time(12, 0, 0, 0),
        ),
        14 => {
            let (date, time) = (number / 1_000_000, number % 1_000_000);
            let time =
                civil::Time::new((time / 10_000) as i8, (time / 100 % 100) as i8, (time % 100) as i8, 0)
                    .ok()?;
            Some(day((date / 10_000) as i16, (date / 100 % 100) as i8, (date % 100) as i8, time)? - east)
        }
        9 | 10 => Some(number),
        12 | 13 => Some(number / 1000),
        16 => Some(number / 1_000_000),
        _ => None,
    }
}

fn day(year: i16, month: i8, day: i8, time: civil::Time) -> Option<i64> {
    let date = civil::Date::new(year, month, day).ok()?;
    Some(date.to_datetime(time).to_zoned(jiff::tz::TimeZone::UTC).ok()?.timestamp().as_second())
}

/// Parses the numbers and the month of a written date.
fn from_words(text: &str, east: i64) -> Option<i64> {
    let (date_end, time) = find_time(text);
    // A date alone has no zone.
    let zone = match time {
        Some(time) => zone_offset(&text[time.end..]).unwrap_or(east),
        None => 0,
    };
    let before = &text[..date_end];
    // JavaScript writes the year before the time, others after it.
    let numbers = numbers(before);
    let (year, month, number) = match (month_name(before), numbers.as_slice()) {
        (Some(month), [year, day, ..]) if *year > 31 => (*year, month, *day),
        (Some(month), [day, year, ..]) => (*year, month, *day),
        (None, [year, month, day, ..]) if *year > 31 => (*year, *month, *day),
        (None, [first, second, year, ..]) if *year > 31 => {
            // `28/11/2026` or `28.11.2026`; `11/12/2026` is ambiguous.
            match (before.contains('.') || *first > 12, *second > 12) {
                (true, false) => (*year, *second, *first),
                (false, true) => (*year, *first, *second),
                _ => return None,
            }
        }
        _ => return None,
    };
    let mut clock = time.map_or(civil::time(12, 0, 0, 0), |time| time.clock);
    if chinese::is_afternoon(before) && clock.hour() < 12 {
        clock = civil::time(clock.hour() + 12, clock.minute(), clock.second(), 0);
    }
    let year = if chinese::is_republican(before) { year + 1911 } else { year };
    Some(day(year.try_into().ok()?, month.try_into().ok()?, number.try_into().ok()?, clock)? - zone)
}

/// Time of day in a text.
#[derive(Clone, Copy)]
struct ClockTime {
    clock: civil::Time,
    end: usize,
}

/// Finds `9:12`, `09:12:31` or `9:12 PM`; returns the end of the text before it.
fn find_time(text: &str) -> (usize, Option<ClockTime>) {
    let bytes = text.as_bytes();
    let digits_at = |at: usize| bytes[at..].iter().take_while(|byte| byte.is_ascii_digit()).count().min(2);
    let number = |at: usize, length: usize| text.get(at..at + length)?.parse::<i8>().ok();
    for colon in memchr::memchr_iter(b':', bytes) {
        let hours = bytes[..colon].iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
        if !(1..=2).contains(&hours) || digits_at(colon + 1) != 2 {
            continue;
        }
        let start = colon - hours;
        let (Some(mut hour), Some(minute)) = (number(start, hours), number(colon + 1, 2)) else { continue };
        let mut end = colon + 3;
        let mut second = 0;
        if bytes.get(end) == Some(&b':') && digits_at(end + 1) == 2 {
            second = number(end + 1, 2).unwrap_or(0);
            end += 3;
        }
        // Fractions of a second.
        if bytes.get(end) == Some(&b'.') {
            end += 1 + bytes[end + 1..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        }
        let after = text[end..].trim_start().get(..2).unwrap_or_default();
        if after.eq_ignore_ascii_case("pm") && hour < 12 {
            hour += 12;
        } else if after.eq_ignore_ascii_case("am") && hour == 12 {
            hour = 0;
        }
        if let Ok(clock) = civil::Time::new(hour, minute, second.min(59), 0) {
            return (start, Some(ClockTime { clock, end }));
        }
    }
    (text.len(), None)
}

/// Parses `+08:00`, `GMT+0800` or `(UTC +08:00)` into seconds east of UTC.
fn zone_offset(text: &str) -> Option<i64> {
    let at = text.find(['+', '-', '−'])?;
    let sign = if text[at..].starts_with('+') { 1 } else { -1 };
    let digits: String =
        text[at..].chars().skip(1).filter(|c| *c != ':').take_while(char::is_ascii_digit).collect();
    let (hours, minutes) = match digits.len() {
        1 | 2 => (digits.parse::<i64>().ok()?, 0),
        4 => (digits[..2].parse().ok()?, digits[2..].parse().ok()?),
        _ => return None,
    };
    (hours <= 14 && minutes < 60).then_some(sign * (hours * 3600 + minutes * 60))
}

fn numbers(text: &str) -> Vec<u32> {
    let parts = text.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty() && part.len() <= 4);
    parts.filter_map(|part| part.parse().ok()).collect()
}

fn month_name(text: &str) -> Option<u32> {
    let words = text.split(|c: char| !c.is_alphabetic()).filter(|word| word.len() >= 3);
    words.filter_map(|word| word.get(..3)).find_map(|word| {
        let at = MONTH_NAMES.iter().position(|month| word.eq_ignore_ascii_case(&month[..3]))?;
        u32::try_from(at + 1).ok()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let parsed = parse_in_zone(text, 0).map(|time| time.to_string()).unwrap_or_default();
        assert_eq!(parsed, expected, "{text}");
    }

    #[test]
    fn dates_of_many_programs_are_parsed() {
        check("2026-11-28", "2026-11-28T12:00:00Z");
        check("2026-11-28T09:12:31Z", "2026-11-28T09:12:31Z");
        check("2026-11-28T09:12:31.123+08:00", "2026-11-28T01:12:31Z");
        check("2026-11-28T09:00:00+0800", "2026-11-28T01:00:00Z");
        check("2026-11-28T10:00:00 (UTC +08:00)", "2026-11-28T02:00:00Z");
        check("2026-11-28 10:00:00 +0800", "2026-11-28T02:00:00Z");
        check("2026-11-28 10:00", "2026-11-28T10:00:00Z");
        check("2026-11-28T10:00:00", "2026-11-28T10:00:00Z");
        check("2026/11/28", "2026-11-28T12:00:00Z");
        check("2026年11月28日 9:05", "2026-11-28T09:05:00Z");
        check("Sat Nov 28 2026 09:12:31 GMT+0800 (China Standard Time)", "2026-11-28T01:12:31Z");
        check("Sat, 28 Nov 2026 09:12:31 +0800", "2026-11-28T01:12:31Z");
        check("November 28, 2026", "2026-11-28T12:00:00Z");
        check("28 Nov 2026", "2026-11-28T12:00:00Z");
        check("Nov 28, 2026, 9:12 PM", "2026-11-28T21:12:00Z");
        check("28.11.2026", "2026-11-28T12:00:00Z");
        check("28/11/2026", "2026-11-28T12:00:00Z");
        check("\"[[2026-11-28]]\"", "2026-11-28T12:00:00Z");
        check("1764200000", "2025-11-26T23:33:20Z");
        check("1764200000000", "2025-11-26T23:33:20Z");
        check("20261128", "2026-11-28T12:00:00Z");
        check("20261128091231", "2026-11-28T09:12:31Z");
    }

    #[test]
    fn chinese_dates_are_parsed() {
        check("2023年10月16日 23:45", "2023-10-16T23:45:00Z");
        check("2023年10月16日23时45分01秒", "2023-10-16T23:45:01Z");
        check("2023年10月16日 星期一 下午3点05分", "2023-10-16T15:05:00Z");
        check("２０２３年１０月１６日　２３：４５", "2023-10-16T23:45:00Z");
        check("二〇二三年十月十六日", "2023-10-16T12:00:00Z");
        check("二○二三年十二月二十一日", "2023-12-21T12:00:00Z");
        check("民國112年10月16日", "2023-10-16T12:00:00Z");
        check("2023-10-16 晚上11:45", "2023-10-16T23:45:00Z");
    }

    #[test]
    fn times_without_zone_belong_to_the_given_one() {
        let parsed = |text| parse_in_zone(text, 8 * 3600).map(|time| time.to_string());
        assert_eq!(parsed("2023-10-16 23:45:01").as_deref(), Some("2023-10-16T15:45:01Z"));
        assert_eq!(parsed("2023-10-16 23:45 +00:00").as_deref(), Some("2023-10-16T23:45:00Z"));
        assert_eq!(parsed("2023-10-16T15:45:01.000Z").as_deref(), Some("2023-10-16T15:45:01Z"));
        assert_eq!(parsed("2023-10-16").as_deref(), Some("2023-10-16T12:00:00Z"));
    }

    #[test]
    fn other_texts_are_no_dates() {
        for text in ["", "江水", "2026", "11/12/2026", "2026-13-40", "0", "1:2", "99999999", "v1.2.3", "9:12"]
        {
            check(text, "");
        }
    }

    proptest::proptest! {
        #[test]
        fn arbitrary_text_never_panics(text: String, digits in "[0-9:/年. -]{0,30}") {
            parse_in_zone(&text, 0);
            parse_in_zone(&digits, 0);
        }
    }
}
