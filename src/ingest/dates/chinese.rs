//! Chinese dates, rewritten with the digits and colons that other dates have.

/// Returns `text` with ASCII digits, and with colons between hours, minutes and seconds.
pub(super) fn to_digits(text: &str) -> String {
    let mut digits = String::with_capacity(text.len());
    let mut numerals = String::new();
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        if numeral(c).is_some() {
            numerals.push(c);
            continue;
        }
        push_numerals(&mut digits, &numerals);
        numerals.clear();
        let follows_digit = digits.ends_with(|c: char| c.is_ascii_digit());
        let is_digit = |c: &char| c.is_ascii_digit() || ('０'..='９').contains(c) || numeral(*c).is_some();
        match c {
            '０'..='９' => digits.extend(char::from_u32(c as u32 - '０' as u32 + '0' as u32)),
            '：' => digits.push(':'),
            '\u{3000}' => digits.push(' '),
            '时' | '時' | '点' | '點' if follows_digit => {
                digits.push_str(if characters.peek().is_some_and(is_digit) { ":" } else { ":00 " });
            }
            '分' if follows_digit => {
                digits.push(if characters.peek().is_some_and(is_digit) { ':' } else { ' ' })
            }
            '秒' if follows_digit => digits.push(' '),
            c => digits.push(c),
        }
    }
    push_numerals(&mut digits, &numerals);
    digits
}

/// Returns `true` if the words before a time place it in the second half of the day.
pub(super) fn is_afternoon(text: &str) -> bool {
    ["下午", "晚", "傍晚", "夜间", "夜間"].iter().any(|word| text.contains(word))
}

/// Returns `true` if years count from 1912, as in Taiwan.
pub(super) fn is_republican(text: &str) -> bool {
    text.contains("民國") || text.contains("民国")
}

/// Returns the value of a Chinese numeral up to ten.
fn numeral(c: char) -> Option<usize> {
    "〇一二三四五六七八九十".chars().position(|numeral| numeral == c).or(match c {
        '○' | '零' | '◯' => Some(0),
        _ => None,
    })
}

/// Appends a number: `二〇二三` digit by digit, `二十一` as 21.
fn push_numerals(digits: &mut String, numerals: &str) {
    let value = |part: &str, empty: usize| part.chars().filter_map(numeral).next_back().unwrap_or(empty);
    match numerals.split_once('十') {
        Some((tens, ones)) => digits.push_str(&(value(tens, 1) * 10 + value(ones, 0)).to_string()),
        None => numerals.chars().filter_map(numeral).for_each(|number| digits.push_str(&number.to_string())),
    }
}
