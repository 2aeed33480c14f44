//! Time zone of the archive and the UTC offset of each moment.

use super::Config;
use crate::model::{Article, Lang, Timestamp};
use jiff::tz::TimeZone;

/// Time zone with its display name.
#[derive(Clone, Debug)]
pub struct NamedTimeZone {
    name: String,
    rule: TimeZone,
}

impl NamedTimeZone {
    /// Parses `UTC`, `UTC+8`, `UTC-03:30` or a name of the IANA database.
    pub(super) fn parse(text: &str) -> Option<NamedTimeZone> {
        match text.strip_prefix("UTC") {
            Some("") => Some(NamedTimeZone::fixed_offset(0)),
            Some(offset) => parse_offset(offset).map(NamedTimeZone::fixed_offset),
            None => {
                let rule = TimeZone::get(text).ok()?;
                Some(NamedTimeZone { name: rule.iana_name()?.to_owned(), rule })
            }
        }
    }

    fn fixed_offset(minutes: i16) -> NamedTimeZone {
        let (sign, size) = if minutes < 0 { ('-', -minutes) } else { ('+', minutes) };
        let name = match (size / 60, size % 60) {
            (0, 0) => "UTC".to_owned(),
            (hours, 0) => format!("UTC{sign}{hours}"),
            (hours, minutes) => format!("UTC{sign}{hours}:{minutes:02}"),
        };
        let offset = jiff::tz::Offset::from_seconds(i32::from(minutes) * 60).unwrap_or(jiff::tz::Offset::UTC);
        NamedTimeZone { name, rule: TimeZone::fixed(offset) }
    }

    /// Returns the display name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns the offset in minutes east of UTC. Seconds, used by some zones before 1972, are dropped.
    fn offset(&self, seconds: i64) -> i16 {
        let moment = jiff::Timestamp::from_second(seconds).unwrap_or_default();
        i16::try_from(self.rule.to_offset(moment).seconds() / 60).unwrap_or_default()
    }
}

/// Parses `+8`, `-3:30` or `+05:45`, at most 14 hours, as minutes.
fn parse_offset(text: &str) -> Option<i16> {
    let (negative, rest) = match text.split_at_checked(1)? {
        ("+", rest) => (false, rest),
        ("-", rest) => (true, rest),
        _ => return None,
    };
    let (hours, minutes) = rest.split_once(':').unwrap_or((rest, "00"));
    let number =
        |text: &str| text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse::<i16>().ok())?;
    let hours = number(hours).filter(|_| hours.len() <= 2)?;
    let minutes = number(minutes).filter(|&number| minutes.len() == 2 && number < 60)?;
    let total = hours * 60 + minutes;
    (total <= 14 * 60).then_some(if negative { -total } else { total })
}

/// Returns the configured zone; otherwise UTC+8 if most articles are Chinese, else UTC.
pub(super) fn choose_zone(config: &Config, articles: &[Article]) -> NamedTimeZone {
    if let Some(zone) = &config.zone {
        return zone.clone();
    }
    let chinese =
        articles.iter().filter(|article| matches!(article.lang, Lang::ZhHans | Lang::ZhHant)).count();
    NamedTimeZone::fixed_offset(if chinese * 2 > articles.len() { 8 * 60 } else { 0 })
}

/// Sets the offset of every time in `articles`.
pub(super) fn apply_zone(zone: &NamedTimeZone, articles: &mut [Article]) {
    for article in articles {
        let earlier = article.earlier_versions.iter_mut().map(|earlier| &mut earlier.time);
        for time in earlier.chain([&mut article.time, &mut article.details.saved]).flatten() {
            *time = Timestamp { offset: zone.offset(time.seconds), ..*time };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, name: Option<&str>, summer: i16, winter: i16) {
        let zone = NamedTimeZone::parse(text);
        assert_eq!(zone.as_ref().map(NamedTimeZone::name), name, "{text}");
        // 2023-07-15 and 2023-12-15, noon UTC.
        let offsets = zone.map(|zone| (zone.offset(1_689_422_400), zone.offset(1_702_641_600)));
        assert_eq!(offsets, name.map(|_| (summer, winter)), "{text}");
    }

    #[test]
    fn offsets_and_iana_names_are_parsed() {
        check("UTC", Some("UTC"), 0, 0);
        check("UTC+8", Some("UTC+8"), 480, 480);
        check("UTC+08:00", Some("UTC+8"), 480, 480);
        check("UTC-03:30", Some("UTC-3:30"), -210, -210);
        check("Asia/Shanghai", Some("Asia/Shanghai"), 480, 480);
        check("europe/paris", Some("Europe/Paris"), 120, 60);
    }

    #[test]
    fn invalid_zone_names_are_rejected() {
        for text in
            ["", "utc+8", "UTC8", "UTC+", "UTC+15", "UTC+8:5", "UTC+8:60", "UTC++8", "Mars/Base", "+8"]
        {
            check(text, None, 0, 0);
        }
    }
}
