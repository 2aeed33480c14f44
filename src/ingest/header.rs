//! Header of a file: time, title, address and the start of the body.
//!
//! ```text
//! <!--1697471101000-->             publication time in milliseconds since 1970
//! [江水退了](https://news.example/1)  title and address as a Markdown link
//! ------                           underline
//!                                  empty line
//! <p>江水昨夜退了。</p>              body
//! ```
//!
//! Crawlers do not escape, so that titles may contain brackets and even `](`, and addresses parentheses: the last
//! `](` before the underline and the last `)` after it count. All parts are optional. An older crawler wrote a line
//! `日期：Mon, 22 Jun 2020 06:58:39 +0000` instead of the comment.

use super::diagnostics::{Diagnostics, line_at};
use super::html::{comment, ruby};
use super::{address, char_cleanup, dates};
use crate::model::{Timestamp, Url};
use std::borrow::Cow;

/// Header of a file.
#[derive(Default)]
pub(super) struct Header<'a> {
    pub(super) time: Option<Timestamp>,
    pub(super) title: String,
    pub(super) url: Option<Url>,
    /// Parsed address, as the base of relative URLs.
    pub(super) base: Option<url::Url>,
    /// Verbatim text of a `日期：` line.
    pub(super) dateline: Option<String>,
    pub(super) body: &'a str,
    /// Line on which the body starts, counted from 1.
    pub(super) body_line: u32,
}

/// Maximum number of lines of a title without underline.
const MAX_TITLE_LINES: usize = 8;

/// Returns `true` if `text` begins like a header: with a comment of the time, or a title and an underline.
pub(super) fn is_header(text: &str) -> bool {
    let mut rest = text;
    if let Some((comment, after)) = comment::split(text) {
        let comment = comment.trim_end_matches('-').trim();
        // A number of milliseconds, or `NaN`.
        if comment.parse::<f64>().is_ok() || dates::parse(comment).is_some() {
            return true;
        }
        rest = after.trim_start();
    }
    let (title, body) = split_title(rest);
    split_link(title.trim()).1.is_some() || !title.is_empty() && skip_blank_lines(body).starts_with('<')
}

/// Parses the header and returns it with the rest of the text as body.
pub(super) fn parse_header<'a>(text: &'a str, found: &mut Diagnostics) -> Header<'a> {
    let mut header = Header::default();
    let mut rest = text.trim_start();
    let line = |rest: &str| line_at(text, text.len() - rest.len());

    let zone = local_zone(text);
    let mut has_comment = false;
    if let Some((comment, after)) = comment::split(rest)
        && !comment.contains('\n')
    {
        // A dash too many at the end belongs to the mark, not to the number.
        header.time = read_time(comment.trim_end_matches('-').trim(), zone, line(rest), found);
        has_comment = true;
        rest = after.trim_start();
    }

    let title_line = line(rest);
    let (title_block, after) = split_title(rest);
    rest = skip_blank_lines(after);
    if let Some((date, after)) = read_date_line(rest) {
        let parsed = dates::parse_in_zone(date, zone);
        if parsed.is_none() && header.time.is_none() {
            let form = "`2023-10-16T15:45:01Z`";
            found.warn(line(rest), "bad-date", format_args!("invalid date `{date}`: use the form {form}"));
        }
        header.time = header.time.or(parsed);
        header.dateline = Some(date.to_owned());
        found.count_removed_text("repeated-date", date);
        rest = skip_blank_lines(after);
    } else if !has_comment {
        found.warn(1, "no-date", "the first line is not a `<!--milliseconds-->` comment");
    }
    read_title(title_block, title_line, &mut header, found);
    header.body = rest;
    header.body_line = line(rest);
    header
}

/// Returns the seconds east of UTC of a time without zone: UTC+8 in a Chinese file, as for a whole archive.
fn local_zone(text: &str) -> i64 {
    const HEAD_CHARS: usize = 500;
    let is_han = |c| matches!(c, '\u{4e00}'..='\u{9fff}');
    if text.chars().take(HEAD_CHARS).any(is_han) { 8 * 3600 } else { 0 }
}

/// Parses the comment of the first line: milliseconds since 1970, another unit by the number of digits, or a date.
fn read_time(comment: &str, zone: i64, line: u32, found: &mut Diagnostics) -> Option<Timestamp> {
    /// 1990 (before the web) to 2099, in seconds since 1970.
    const PLAUSIBLE: std::ops::Range<i64> = 631_152_000..4_102_444_800;
    /// April 1970 in milliseconds, the year 2286 in seconds.
    const MIN_MILLISECONDS: u64 = 10_000_000_000;
    /// The year 14,646 in milliseconds, 1982 in microseconds.
    const MIN_MICROSECONDS: u64 = 400_000_000_000_000;
    const MIN_NANOSECONDS: u64 = MIN_MICROSECONDS * 1000;
    let whole = comment.split_once('.').filter(|(_, rest)| rest.bytes().all(|b| b.is_ascii_digit()));
    let number = whole.map_or(comment, |(whole, _)| whole).parse::<i64>();
    let seconds = match number {
        Ok(number) => {
            let (unit, per_second) = match number.unsigned_abs() {
                MIN_NANOSECONDS.. => ("nanoseconds", 1_000_000_000),
                MIN_MICROSECONDS..MIN_NANOSECONDS => ("microseconds", 1_000_000),
                MIN_MILLISECONDS..MIN_MICROSECONDS => ("milliseconds", 1000),
                ..MIN_MILLISECONDS => ("seconds", 1),
            };
            if number != 0 && per_second != 1000 {
                let reason = format_args!("timestamp `{comment}` interpreted as {unit}: use milliseconds");
                found.warn(line, unit, reason);
            }
            number.div_euclid(per_second)
        }
        Err(_) => {
            if let Some(time) = dates::parse_in_zone(comment, zone) {
                return Some(time);
            }
            let reason = format_args!("invalid timestamp `{comment}`: use milliseconds since 1970");
            found.warn(line, "no-date", reason);
            return None;
        }
    };
    let time = Timestamp { seconds, offset: 0 };
    // Years 1 to 9999; others need a sign or five digits, which RFC 3339 does not allow.
    const WRITABLE: std::ops::Range<i64> = -62_135_596_800..253_402_300_800;
    if !WRITABLE.contains(&seconds) {
        found.warn(line, "no-date", format_args!("timestamp `{comment}` is outside the years 1 to 9999"));
        return None;
    }
    if !PLAUSIBLE.contains(&seconds) {
        found.warn(
            line,
            "odd-date",
            format_args!("implausible date {}: outside the years 1990 to 2099", time.date()),
        );
    }
    Some(time)
}

/// Splits the title from the text after its underline.
fn split_title(text: &str) -> (&str, &str) {
    let mut end = 0;
    let mut first_underline = None;
    for line in text.split_inclusive('\n').take(MAX_TITLE_LINES) {
        let block = text[..end].trim();
        let is_open_link = block.starts_with('[') && !is_link(block);
        if is_underline(line) {
            let parts = (&text[..end], &text[end + line.len()..]);
            if !is_open_link {
                return parts;
            }
            // A line of dashes may be part of the title.
            first_underline.get_or_insert(parts);
        }
        // A body starts before any underline.
        let ends_title = line.trim_start().starts_with('<') && !is_open_link;
        if end > 0 && (ends_title || line.trim().is_empty() && first_underline.is_some()) {
            break;
        }
        end += line.len();
    }
    if let Some(parts) = first_underline {
        return parts;
    }
    // Without an underline, only a first line that is entirely a link is a title.
    let first = text.split_inclusive('\n').next().unwrap_or_default();
    let line = first.trim();
    if is_link(line) { (first, &text[first.len()..]) } else { ("", text) }
}

fn is_link(line: &str) -> bool {
    line.starts_with('[') && line.ends_with(')') && line.contains("](")
}

fn is_underline(line: &str) -> bool {
    let line = line.trim();
    !line.is_empty() && (line.bytes().all(|b| b == b'-') || line.len() > 2 && line.bytes().all(|b| b == b'='))
}

fn skip_blank_lines(mut text: &str) -> &str {
    while let Some((line, rest)) = text.split_once('\n')
        && line.trim().is_empty()
    {
        text = rest;
    }
    text
}

fn read_title(block: &str, line: u32, header: &mut Header<'_>, found: &mut Diagnostics) {
    let block = block.trim();
    let (title, target) = split_link(block);
    header.title = clean_title(title, found);
    if title.trim().contains('\n') {
        found.warn(line, "long-title", "title spans several lines: put the title on one line");
    }
    if header.title.is_empty() {
        found.warn(line, "no-title", "the first line of the text is used as title");
    }
    match target.map(str::trim).filter(|target| !target.is_empty()) {
        None => found.warn(line, "no-url", "no link to the original article"),
        Some(target) => match address::parse_article_url(target) {
            Some((url, base)) => (header.url, header.base) = (Some(url), Some(base)),
            None => found.warn(
                line,
                "bad-url",
                format_args!("invalid address `{target}`: use an http or https URL"),
            ),
        },
    }
}

/// Splits `[title](address)`; a block of another form is all title.
fn split_link(block: &str) -> (&str, Option<&str>) {
    let Some(inner) = block.strip_prefix('[') else { return (block, None) };
    // The last `](` before an address; others may be part of the title or the address.
    let border = inner
        .rmatch_indices("](")
        .map(|(at, _)| at)
        .find(|&at| starts_like_address(&inner[at + 2..]))
        .or_else(|| inner.rfind("]("));
    let Some(at) = border else { return (block, None) };
    let target = &inner[at + 2..];
    let target = target.rfind(')').map_or(target, |end| &target[..end]).trim();
    // Markdown allows a title after the address: `https://news.example/1 "江水"`.
    let quoted = target.strip_suffix('"').and_then(|rest| rest.split_once(" \""));
    (&inner[..at], Some(quoted.map_or(target, |(address, _)| address)))
}

fn starts_like_address(text: &str) -> bool {
    let text = text.trim_start().trim_start_matches('<');
    text.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("http")) || text.starts_with("//")
}

/// Decodes entities once and joins the lines.
fn clean_title(title: &str, found: &mut Diagnostics) -> String {
    let stripped = ruby::strip_readings(title).map(|(stripped, count)| {
        found.count_removed("title-reading", count);
        stripped
    });
    let title = stripped.as_deref().unwrap_or(title);
    char_cleanup::clean_line(&decode_entities(title), |rule| found.count_removed(rule, 1))
}

/// Decodes character references once.
pub(super) fn decode_entities(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    // html5ever knows all 2,231 names and the rules for missing semicolons.
    let dom = scraper::Html::parse_fragment(&text.replace('<', "&lt;"));
    dom.root_element().text().collect::<String>().into()
}

/// Parses a line `日期：Mon, 22 Jun 2020 06:58:39 +0000`; returns the date and the text after the line.
fn read_date_line(text: &str) -> Option<(&str, &str)> {
    let (line, rest) = text.split_once('\n').unwrap_or((text, ""));
    let line = line.trim();
    let date = line.strip_prefix("日期").or_else(|| line.strip_prefix("Date"))?.trim_start();
    let date = date.strip_prefix('：').or_else(|| date.strip_prefix(':'))?.trim();
    (date.len() < 64 && !date.contains('<')).then_some((date, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Expected<'a> {
        time: Option<i64>,
        title: &'a str,
        url: Option<&'a str>,
        body: &'a str,
        codes: &'a [&'a str],
    }

    const WHOLE: Expected<'static> = Expected {
        time: Some(1_697_471_101),
        title: "江水",
        url: Some("https://a.example/1"),
        body: "<p>x</p>",
        codes: &[],
    };

    fn check(text: &str, expected: Expected<'_>) {
        let mut found = Diagnostics::default();
        let header = parse_header(text, &mut found);
        let (warnings, _) = found.into_parts();
        let codes: Vec<_> = warnings.iter().map(|warning| warning.code).collect();
        assert_eq!(header.time.map(|time| time.seconds), expected.time, "{text}");
        assert_eq!(header.title, expected.title, "{text}");
        assert_eq!(header.url.as_ref().map(Url::as_str), expected.url, "{text}");
        assert_eq!(header.body, expected.body, "{text}");
        assert_eq!(codes, expected.codes, "{text}");
    }

    #[test]
    fn complete_header_is_parsed() {
        check("<!--1697471101000-->\n[江水](https://a.example/1)\n------\n\n<p>x</p>", WHOLE);
        check("<!-- 1697471101000 -->\n\n[江水](https://a.example/1)\n-\n<p>x</p>", WHOLE);
        check("<!--1697471101000-->[江水](https://a.example/1)\n===\n<p>x</p>", WHOLE);
        check("<!--1697471101000--->\n[江水](https://a.example/1)\n------\n\n<p>x</p>", WHOLE);
        check("<!--1697471101000--!>\n[江水](https://a.example/1)\n------\n\n<p>x</p>", WHOLE);
        check("<!--1697471101000-->\n[江水](https://a.example/1)\n<p>x</p>", WHOLE);
        check("<!--1697471101000-->\n[江水](https://a.example/1)\n\n<p>x</p>", WHOLE);
    }

    #[test]
    fn unusual_timestamps_are_parsed_or_reported() {
        let file = |time: &str| format!("<!--{time}-->\n[江水](https://a.example/1)\n------\n\n<p>x</p>");
        check(&file("1697471101"), Expected { codes: &["seconds"], ..WHOLE });
        check(
            &file("-86400000000000"),
            Expected { time: Some(-86_400_000_000), codes: &["no-date"], ..WHOLE }.undated(),
        );
        check(&file("-864000000000"), Expected { time: Some(-864_000_000), codes: &["odd-date"], ..WHOLE });
        check(
            &file("32503680000000"),
            Expected { time: Some(32_503_680_000), codes: &["odd-date"], ..WHOLE },
        );
        check(&file("99999999999999999999"), Expected { time: None, codes: &["no-date"], ..WHOLE });
        check(&file("NaN"), Expected { time: None, codes: &["no-date"], ..WHOLE });
        check(&file(""), Expected { time: None, codes: &["no-date"], ..WHOLE });
    }

    #[test]
    fn other_units_and_dates_are_parsed() {
        let file = |time: &str| format!("<!--{time}-->\n[江水](https://a.example/1)\n------\n\n<p>x</p>");
        check(&file("1697471101000000"), Expected { codes: &["microseconds"], ..WHOLE });
        check(&file("1697471101000000000"), Expected { codes: &["nanoseconds"], ..WHOLE });
        for time in [
            "1697471101000.0",
            "1697471101000.25",
            "2023-10-16T15:45:01.000Z",
            "2023-10-16T15:45:01Z",
            "2023-10-16T23:45:01.123456+08:00",
            "2023-10-16 23:45:01",
            "Mon, 16 Oct 2023 15:45:01 GMT",
            "Mon Oct 16 2023 23:45:01 GMT+0800 (China Standard Time)",
            "2023年10月16日 23:45:01",
        ] {
            check(&file(time), WHOLE);
        }
        check(&file("2023-10-16"), Expected { time: Some(1_697_457_600), ..WHOLE });
    }

    #[test]
    fn titles_of_several_lines_are_parsed() {
        let file =
            |title: &str| format!("<!--1697471101000-->\n[{title}](https://a.example/1)\n------\n\n<p>x</p>");
        for (title, shown) in [
            ("江\n<b>水</b>", "江 <b>水</b>"),
            ("江\n------\n水", "江 ------ 水"),
            ("<b>江</b>\n<i>水</i>", "<b>江</b> <i>水</i>"),
        ] {
            check(&file(title), Expected { title: shown, codes: &["long-title"], ..WHOLE });
        }
        check(
            "<!--1697471101000-->\n[江水\n------\n\n[另](https://a.example/1)\n---\n",
            Expected {
                title: "[江水",
                url: None,
                body: "[另](https://a.example/1)\n---\n",
                codes: &["no-url"],
                ..WHOLE
            },
        );
    }

    impl Expected<'_> {
        fn undated(mut self) -> Self {
            self.time = None;
            self
        }
    }

    #[test]
    fn date_line_replaces_the_comment() {
        let file = "[江水](https://a.example/1)\n------\n日期：Mon, 16 Oct 2023 15:45:01 +0000\n\n<p>x</p>";
        check(file, WHOLE);
        let mut found = Diagnostics::default();
        assert_eq!(
            parse_header(file, &mut found).dateline.as_deref(),
            Some("Mon, 16 Oct 2023 15:45:01 +0000")
        );
        for date in ["2023年10月16日 23:45:01", "2023-10-16T23:45:01+08:00", "2023-10-16 23:45:01"] {
            check(&format!("[江水](https://a.example/1)\n------\n日期：{date}\n\n<p>x</p>"), WHOLE);
        }
        check(
            "[江水](https://a.example/1)\n------\n日期：昨天\n<p>x</p>",
            Expected { time: None, codes: &["bad-date"], ..WHOLE },
        );
        check(
            "[江水](https://a.example/1)\n------\n<p>x</p>",
            Expected { time: None, codes: &["no-date"], ..WHOLE },
        );
    }

    #[test]
    fn title_markup_is_kept_literally() {
        let file = |link: &str| format!("<!--1697471101000-->\n{link}\n------\n\n<p>x</p>");
        for (link, title) in [
            ("[[江] 水](https://a.example/1)", "[江] 水"),
            ("[江] 水](https://a.example/1)", "江] 水"),
            ("[江](水](https://a.example/1)", "江](水"),
            ("[江&amp;lt;水 &quot;a&quot; <b> &](https://a.example/1)", "江&lt;水 \"a\" <b> &"),
            ("[**江** _水_ `|`](https://a.example/1)", "**江** _水_ `|`"),
        ] {
            check(&file(link), Expected { title, ..WHOLE });
        }
        check(
            &file("[江\n水](https://a.example/1)"),
            Expected { title: "江 水", codes: &["long-title"], ..WHOLE },
        );
        check(&file("[](https://a.example/1)"), Expected { title: "", codes: &["no-title"], ..WHOLE });
    }

    #[test]
    fn unusual_addresses_are_parsed_or_reported() {
        let file = |link: &str| format!("<!--1697471101000-->\n{link}\n------\n\n<p>x</p>");
        for (link, url) in [
            ("[江水](https://a.example/b_(c))", "https://a.example/b_(c)"),
            ("[江水](https://a.example/b](c)", "https://a.example/b](c"),
            ("[江水](https://a.example/b c)", "https://a.example/b%20c"),
            ("[江水](https://a.example/b \"c\")", "https://a.example/b"),
            ("[江水](https://a.example//b)", "https://a.example//b"),
        ] {
            check(&file(link), Expected { url: Some(url), ..WHOLE });
        }
        check(&file("[江水]()"), Expected { url: None, codes: &["no-url"], ..WHOLE });
        check(&file("江水"), Expected { url: None, codes: &["no-url"], ..WHOLE });
        check(&file("[江水](javascript:alert(1))"), Expected { url: None, codes: &["bad-url"], ..WHOLE });
        check(&file("[江水](ftp://a.example/)"), Expected { url: None, codes: &["bad-url"], ..WHOLE });
    }

    #[test]
    fn file_without_header_is_all_body() {
        let codes = &["no-date", "no-title", "no-url"][..];
        check("<p>x</p>", Expected { time: None, title: "", url: None, body: "<p>x</p>", codes });
        check("水\n\n<p>x</p>", Expected { time: None, title: "", url: None, body: "水\n\n<p>x</p>", codes });
    }
}
