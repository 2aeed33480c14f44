//! Grammar of [date words](super::DateWords).

use super::{DateWords, Period};
use crate::model::{Date, MONTH_NAMES};
use crate::text::fold_case;

/// Years that a number of four digits may mean.
const YEARS: std::ops::RangeInclusive<i32> = 1800..=2199;
/// Year 0 of the calendar of the Republic of China.
const MINGUO_EPOCH: i32 = 1911;

/// Parses a date that is the whole of `text`.
pub(super) fn parse_phrase(text: &str, today: Date) -> Option<DateWords> {
    let text = fold_case(text);
    let text = text.trim();
    range(text, today)
        .or_else(|| bound(text, today))
        .or_else(|| recent(text, today))
        .or_else(|| span(text, today))
}

fn year(year: i32) -> Period {
    Period { year, month: None, day: None }
}

fn day(date: Date) -> Period {
    Period { year: date.year, month: Some(date.month), day: Some(date.day) }
}

/// Parses two dates with a word or dash between them.
fn range(text: &str, today: Date) -> Option<DateWords> {
    let inner = ["from ", "between ", "从", "從", "自"]
        .iter()
        .find_map(|word| text.strip_prefix(word))
        .unwrap_or(text);
    let separators = [" to ", " and ", " until ", " through ", " - ", "至", "到", "~", "–", "—", "-"];
    separators.iter().find_map(|separator| {
        let (from, to) = inner.split_once(separator)?;
        let (from, to) = (period(from.trim(), today)?, period(to.trim(), today)?);
        // `2020-11` is a month, and only whole years are joined by a bare dash.
        let is_joined = *separator != "-" || from.month.is_none() && to.month.is_none();
        (is_joined && from.start() < to.start()).then_some(DateWords::Between(from, to))
    })
}

/// Parses a date with a word for since or before.
fn bound(text: &str, today: Date) -> Option<DateWords> {
    let prefix =
        |words: &[&str]| words.iter().find_map(|word| period(text.strip_prefix(word)?.trim(), today));
    let suffix =
        |words: &[&str]| words.iter().find_map(|word| period(text.strip_suffix(word)?.trim(), today));
    let since = prefix(&["since ", "after ", "自", "从", "從"])
        .or_else(|| suffix(&["以来", "以來", "以后", "以後", "之后", "之後", "起"]));
    let before = || prefix(&["before "]).or_else(|| suffix(&["以前", "之前"]));
    since.map(DateWords::Since).or_else(|| before().map(DateWords::Before))
}

/// Parses a recent span of time, such as `最近三个月` and `last 7 days`.
fn recent(text: &str, today: Date) -> Option<DateWords> {
    let rest = ["最近", "过去", "過去", "近", "last ", "past ", "the last ", "the past "]
        .iter()
        .find_map(|word| text.strip_prefix(word))?
        .trim();
    let (count, unit) = if let Some(rest) = rest.strip_prefix('半') {
        (if rest.starts_with('年') { 6 } else { return None }, "月")
    } else {
        let end = rest.find(|c: char| !is_numeral(c)).unwrap_or(rest.len());
        (number(&rest[..end])?, rest[end..].trim())
    };
    let start = match unit {
        "天" | "日" | "days" => Date::from_days(today.to_days() - i64::from(count) + 1),
        "周" | "週" | "星期" | "个星期" | "個星期" | "weeks" => {
            Date::from_days(today.to_days() - 7 * i64::from(count) + 1)
        }
        "月" | "个月" | "個月" | "months" => months_before(today, count),
        "年" | "years" => months_before(today, count.checked_mul(12)?),
        _ => return None,
    };
    Some(DateWords::Since(day(start)))
}

fn months_before(date: Date, count: i32) -> Date {
    let month = Date::from_month_index(date.month_index() - count);
    Date { day: date.day.min(month.days_in_month()), ..month }
}

/// Parses a period that is no year, month or day: a week, a quarter, half a year or a decade. Else a period.
fn span(text: &str, today: Date) -> Option<DateWords> {
    week(text, today)
        .or_else(|| part_of_year(text, today))
        .or_else(|| decade(text))
        .or_else(|| period(text, today).map(DateWords::In))
}

fn week(text: &str, today: Date) -> Option<DateWords> {
    let (weeks, rest) = [("上", -1), ("last ", -1), ("本", 0), ("这", 0), ("這", 0), ("this ", 0)]
        .iter()
        .find_map(|(word, weeks)| Some((*weeks, text.strip_prefix(word)?)))?;
    let rest = rest.strip_prefix(['个', '個']).unwrap_or(rest);
    let weekday =
        ["week", "周", "週", "星期", "礼拜", "禮拜"].iter().find_map(|word| rest.strip_prefix(word))?;
    // 1970-01-01 was a Thursday.
    let monday = today.to_days() - (today.to_days() + 3).rem_euclid(7) + weeks * 7;
    let at = |days: i64| day(Date::from_days(monday + days));
    if weekday.is_empty() {
        return Some(DateWords::Between(at(0), at(6)));
    }
    let days = ["一", "二", "三", "四", "五", "六", "日", "天"].iter().position(|name| *name == weekday)?;
    Some(DateWords::In(at(days.min(6) as i64)))
}

/// Parses half a year or a quarter, before or after its year.
fn part_of_year(text: &str, today: Date) -> Option<DateWords> {
    let (first, months, rest) = if let Some(rest) = text.strip_suffix("上半年") {
        (1, 6, rest)
    } else if let Some(rest) = text.strip_suffix("下半年") {
        (7, 6, rest)
    } else if let Some(rest) = text.strip_suffix("季度").or_else(|| text.strip_suffix('季')) {
        let end = rest.char_indices().next_back()?.0;
        let quarter = number(&rest[end..])?;
        (quarter * 3 - 2, 3, rest[..end].trim_end_matches('第'))
    } else {
        let at = text.find('q')?;
        let quarter = number(text.get(at + 1..at + 2)?)?;
        let rest = if at == 0 { &text[2..] } else { &text[..at] };
        if at > 0 && text.len() > at + 2 {
            return None;
        }
        (quarter * 3 - 2, 3, rest)
    };
    let year = match rest.trim() {
        // `第四季` alone may be a season of a series.
        "" if !text.ends_with('季') => year(today.year),
        rest => period(rest, today).filter(|year| year.month.is_none())?,
    };
    let month = |at: i32| {
        Some(Period { month: Some(u8::try_from(at).ok().filter(|at| (1..=12).contains(at))?), ..year })
    };
    Some(DateWords::Between(month(first)?, month(first + months - 1)?))
}

/// Parses `1990s`, `1990年代` and `90年代`.
fn decade(text: &str) -> Option<DateWords> {
    let text = text.strip_prefix("the ").unwrap_or(text);
    let digits =
        text.strip_suffix("年代").or_else(|| text.strip_suffix("'s")).or_else(|| text.strip_suffix('s'))?;
    let start = number(digits.trim_start_matches('\''))?;
    let start = match digits.len() {
        4 => start,
        2 | 3 if start < 100 => 1900 + start,
        _ => return None,
    };
    (start % 10 == 0 && YEARS.contains(&start)).then(|| DateWords::Between(year(start), year(start + 9)))
}

/// Parses a year, a month or a day.
fn period(text: &str, today: Date) -> Option<Period> {
    let text = ["in ", "on ", "the "].iter().find_map(|word| text.strip_prefix(word)).unwrap_or(text);
    let is_year = |period: &Period| YEARS.contains(&period.year);
    // A number with a word after it is read below.
    let plain = Period::parse(text).filter(is_year);
    plain
        .or_else(|| relative(text, today))
        .or_else(|| chinese(text, today))
        .or_else(|| english(text, today))
        .or_else(|| month_first(text).filter(is_year))
}

/// Parses words that count from today.
fn relative(text: &str, today: Date) -> Option<Period> {
    let month = |back: i32| Period::from_month_index(today.month_index() - back);
    let date = |back: i64| day(Date::from_days(today.to_days() - back));
    Some(match text {
        "今天" | "今日" | "today" => date(0),
        "昨天" | "昨日" | "yesterday" => date(1),
        "前天" | "前日" => date(2),
        "本月" | "当月" | "當月" | "这个月" | "這個月" | "this month" => month(0),
        "上月" | "上个月" | "上個月" | "last month" => month(1),
        "上上个月" | "上上個月" => month(2),
        "this year" => year(today.year),
        "last year" => year(today.year - 1),
        _ => {
            let name = text.strip_prefix("last ")?;
            let name = month_number(name)?;
            latest(Some(name), None, Date::from_days(today.to_days() - i64::from(today.day)))?
        }
    })
}

/// Parses Chinese dates with a counted or named year, or without one.
fn chinese(text: &str, today: Date) -> Option<Period> {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let named = [("今年", 0), ("本年", 0), ("去年", 1), ("上年", 1), ("前年", 2)];
    let named =
        named.iter().find_map(|(name, back)| Some((Some(today.year - back), text.strip_prefix(name)?)));
    let (year_number, rest) = named.or_else(|| counted_year(&text)).unwrap_or((None, &text));
    if rest.is_empty() {
        return year_number.map(year);
    }
    let (month_text, rest) = rest.split_once('月')?;
    let month = u8::try_from(number(month_text)?).ok()?;
    let rest = rest.strip_prefix('份').unwrap_or(rest);
    let day = match rest {
        "" => None,
        rest => {
            let rest = rest.trim_end_matches(['日', '号', '號']);
            Some(u8::try_from(number(rest)?).ok()?)
        }
    };
    match year_number {
        Some(year) => valid(year, month, day),
        None => latest(Some(month), day, today),
    }
}

/// Parses `2020年`, `二〇二〇年` and `民國109年` at the beginning.
fn counted_year(text: &str) -> Option<(Option<i32>, &str)> {
    let (digits, rest) = text.split_once('年')?;
    let minguo = digits.strip_prefix("民国").or_else(|| digits.strip_prefix("民國"));
    let year = match minguo {
        Some(digits) => MINGUO_EPOCH + number(digits)?,
        None if digits.chars().count() == 4 => number(digits)?,
        None => return None,
    };
    YEARS.contains(&year).then_some((Some(year), rest))
}

/// Parses the name of a month with a year, a day, or both, in any order.
fn english(text: &str, today: Date) -> Option<Period> {
    let (mut year_number, mut month, mut day_number) = (None, None, None);
    let words =
        text.split(|c: char| c.is_whitespace() || matches!(c, ',' | '.')).filter(|word| !word.is_empty());
    for word in words.filter(|word| *word != "of") {
        let digits = ["st", "nd", "rd", "th"].iter().find_map(|end| word.strip_suffix(end)).unwrap_or(word);
        let place = match digits.parse::<i32>() {
            Ok(number) if word.len() == 4 && YEARS.contains(&number) => year_number.replace(number),
            Ok(number) if digits.len() <= 2 => day_number.replace(number),
            Ok(_) => return None,
            Err(_) => month.replace(i32::from(month_number(word)?)),
        };
        // Each part is given once.
        if place.is_some() {
            return None;
        }
    }
    let part = |number: Option<i32>| number.map(|number| u8::try_from(number).unwrap_or(u8::MAX));
    let (month, day) = (part(month)?, part(day_number));
    match year_number {
        Some(year) => valid(year, month, day),
        // A month alone may be a word or a name.
        None if day.is_none() && (text == "march" || text.len() < 4) => None,
        None => latest(Some(month), day, today),
    }
}

/// Parses `11/2020` and `11.2020`.
fn month_first(text: &str) -> Option<Period> {
    let (month, year) = text.split_once(['/', '.'])?;
    (month.len() <= 2 && year.len() == 4).then(|| Period::parse(&[year, "-", month].concat()))?
}

fn month_number(name: &str) -> Option<u8> {
    let name = if name == "sept" { "sep" } else { name };
    let at = MONTH_NAMES.iter().position(|month| name == *month || name == &month[..3])?;
    u8::try_from(at + 1).ok()
}

fn valid(year: i32, month: u8, day: Option<u8>) -> Option<Period> {
    let days = (1..=12).contains(&month).then(|| Date { year, month, day: 1 }.days_in_month())?;
    day.is_none_or(|day| (1..=days).contains(&day)).then_some(Period { year, month: Some(month), day })
}

/// Returns the latest month or day of this name that has begun by `today`.
fn latest(month: Option<u8>, day: Option<u8>, today: Date) -> Option<Period> {
    (0..5).find_map(|back| {
        let period = valid(today.year - back, month?, day)?;
        (period.start() <= today).then_some(period)
    })
}

fn is_numeral(c: char) -> bool {
    c.is_ascii_digit() || "〇零一二三四五六七八九十两兩".contains(c)
}

/// Parses ASCII digits, Chinese digits (`二〇二〇`), and Chinese numerals below one hundred (`十一`, `二十`).
fn number(text: &str) -> Option<i32> {
    if text.len() > 12 || text.is_empty() {
        return None;
    }
    if let Ok(number) = text.parse::<u16>() {
        return Some(number.into());
    }
    let digit = |c: char| match c {
        '〇' | '零' => Some(0),
        '两' | '兩' => Some(2),
        c => Some(i32::try_from("一二三四五六七八九".chars().position(|one| one == c)?).ok()? + 1),
    };
    let digits = |text: &str| text.chars().try_fold(0, |sum, c| Some(sum * 10 + digit(c)?));
    match text.split_once('十') {
        None => digits(text),
        Some((tens, units)) => {
            let tens = if tens.is_empty() { 1 } else { digits(tens).filter(|tens| *tens < 10)? };
            let units = digits(units).filter(|units| *units < 10)?;
            Some(tens * 10 + units)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A Wednesday.
    const TODAY: Date = Date { year: 2021, month: 3, day: 10 };

    #[track_caller]
    fn check(cases: &[(&str, &str)]) {
        for (text, expected) in cases {
            let filters = parse_phrase(text, TODAY).map(DateWords::filters).unwrap_or_default();
            let written: Vec<String> = filters.iter().map(|filter| filter.to_query_string()).collect();
            assert_eq!(written.join(" "), *expected, "{text}");
        }
    }

    #[test]
    fn dates_with_a_year_are_parsed() {
        check(&[
            ("2020", "date:2020"),
            ("2020-11", "date:2020-11"),
            ("2020/11/5", "date:2020-11-05"),
            ("２０２０年１１月", "date:2020-11"),
            ("2020年11月5号", "date:2020-11-05"),
            ("2020 年 11 月", "date:2020-11"),
            ("2020年11月份", "date:2020-11"),
            ("二〇二〇年十一月", "date:2020-11"),
            ("二零二零年十一月二十三日", "date:2020-11-23"),
            ("民國109年11月", "date:2020-11"),
            ("去年11月", "date:2020-11"),
            ("去年 11 月 5 日", "date:2020-11-05"),
            ("前年", "date:2019"),
            ("今年", "date:2021"),
            ("Nov 2020", "date:2020-11"),
            ("November, 2020", "date:2020-11"),
            ("2020 nov", "date:2020-11"),
            ("Sept. 2020", "date:2020-09"),
            ("5 Nov 2020", "date:2020-11-05"),
            ("Nov. 5th, 2020", "date:2020-11-05"),
            ("in may 2020", "date:2020-05"),
            ("11/2020", "date:2020-11"),
        ]);
    }

    #[test]
    fn dates_relative_to_today_are_parsed() {
        check(&[
            ("去年", "date:2020"),
            ("last year", "date:2020"),
            ("this year", "date:2021"),
            ("上个月", "date:2021-02"),
            ("上個月", "date:2021-02"),
            ("本月", "date:2021-03"),
            ("last month", "date:2021-02"),
            ("昨天", "date:2021-03-09"),
            ("前天", "date:2021-03-08"),
            ("today", "date:2021-03-10"),
            ("11月", "date:2020-11"),
            ("3月", "date:2021-03"),
            ("十二月五日", "date:2020-12-05"),
            ("November", "date:2020-11"),
            ("last March", "date:2020-03"),
            ("Nov 5", "date:2020-11-05"),
            ("2月29日", "date:2020-02-29"),
        ]);
    }

    #[test]
    fn spans_are_parsed() {
        check(&[
            ("上周", "after:2021-03-01 before:2021-03-08"),
            ("這個星期", "after:2021-03-08 before:2021-03-15"),
            ("last week", "after:2021-03-01 before:2021-03-08"),
            ("上周三", "date:2021-03-03"),
            ("上星期天", "date:2021-03-07"),
            ("2020年上半年", "after:2020-01 before:2020-07"),
            ("去年下半年", "after:2020-07 before:2021-01"),
            ("2020年第四季度", "after:2020-10 before:2021-01"),
            ("Q4 2020", "after:2020-10 before:2021-01"),
            ("2020 Q1", "after:2020-01 before:2020-04"),
            ("1990s", "after:1990 before:2000"),
            ("the 1990s", "after:1990 before:2000"),
            ("90年代", "after:1990 before:2000"),
            ("2010年代", "after:2010 before:2020"),
            ("最近三个月", "after:2020-12-10"),
            ("近一年", "after:2020-03-10"),
            ("最近半年", "after:2020-09-10"),
            ("last 7 days", "after:2021-03-04"),
            ("past 2 weeks", "after:2021-02-25"),
        ]);
    }

    #[test]
    fn ranges_and_bounds_are_parsed() {
        check(&[
            ("2018-2020", "after:2018 before:2021"),
            ("2018年至2020年", "after:2018 before:2021"),
            ("2018到2020", "after:2018 before:2021"),
            ("2018–2020", "after:2018 before:2021"),
            ("从2018年到去年", "after:2018 before:2021"),
            ("Nov 2019 to Feb 2020", "after:2019-11 before:2020-03"),
            ("between 2018 and 2020", "after:2018 before:2021"),
            ("2020年11月以来", "after:2020-11"),
            ("since Nov 2020", "after:2020-11"),
            ("2020年之後", "after:2020"),
            ("2020年以前", "before:2020"),
            ("before 2020", "before:2020"),
        ]);
    }

    #[test]
    fn other_words_are_no_dates() {
        for text in [
            "",
            "may",
            "march",
            "疫苗",
            "年",
            "月",
            "100",
            "5g",
            "12:30",
            "2020年13月",
            "2020-02-30",
            "20年",
            "三年",
            "2020 2021",
            "nov nov",
            "q5 2020",
            "第四季",
            "last",
            "近来",
            "1995s",
            "q",
            "5 2020",
            "12345678",
            "2020年10日5",
            "三月三月",
            "十十年",
            "december 99",
        ] {
            assert_eq!(parse_phrase(text, TODAY), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn arbitrary_text_does_not_panic(text in "\\PC*") {
            let _ = parse_phrase(&text, TODAY);
        }

        #[test]
        fn words_of_dates_in_any_order_do_not_panic(
            text in "(去年|上|个|月|年|日|第|季|半|最近|最近|last |q|nov |[0-9]|[一二十〇]|s|-|至| to |民国|周|礼拜| ){0,8}"
        ) {
            if let Some(date) = parse_phrase(&text, TODAY) {
                prop_assert!(!date.filters().is_empty());
            }
        }
    }
}
