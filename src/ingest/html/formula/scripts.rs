//! Superscripts and subscripts as text.

/// Returns `text` raised: by characters if all exist, else after `^`.
pub(super) fn superscript(text: &str, is_atom: bool) -> String {
    match text {
        "∘" | "°" => "°".to_owned(),
        _ if text.chars().all(|c| matches!(c, '′' | '″' | '‴' | '\'' | '*' | '†' | '‡')) => {
            text.to_owned()
        }
        _ => shifted(text, SUPERSCRIPTS).unwrap_or_else(|| marked('^', text, is_atom)),
    }
}

/// Returns `text` lowered: by characters if all exist, else after `_`.
pub(super) fn subscript(text: &str, is_atom: bool) -> String {
    shifted(text, SUBSCRIPTS).unwrap_or_else(|| marked('_', text, is_atom))
}

const SUPERSCRIPTS: (&str, &str) = ("0123456789+-−=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ");
const SUBSCRIPTS: (&str, &str) = ("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎");

fn shifted(text: &str, (from, to): (&str, &str)) -> Option<String> {
    let shift =
        |c: char| from.chars().zip(to.chars()).find(|(plain, _)| *plain == c).map(|(_, shifted)| shifted);
    text.chars().map(shift).collect()
}

fn marked(mark: char, text: &str, is_atom: bool) -> String {
    if is_atom { format!("{mark}{text}") } else { format!("{mark}{}", grouped(text)) }
}

/// Returns `text` with a combining character: an overline above each letter, others after the text.
pub(super) fn accented(text: &str, mark: &str) -> String {
    match mark {
        "\u{305}" => text.chars().flat_map(|c| [c, '\u{305}']).collect(),
        _ => format!("{text}{mark}"),
    }
}

/// Returns `text` in brackets, unless it has them.
pub(super) fn grouped(text: &str) -> String {
    if text.chars().count() <= 1 || is_grouped(text) { text.to_owned() } else { format!("({text})") }
}

/// Returns `true` if one pair of brackets encloses `text`.
fn is_grouped(text: &str) -> bool {
    let mut depth = 0;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return chars.peek().is_none() && matches!(c, ')' | ']' | '}');
        }
    }
    false
}
