//! Plain text: paragraphs between blank lines.

use crate::ingest::diagnostics::{Diagnostics, line_at};
use crate::ingest::drafts::Draft;
use crate::ingest::markdown::push_escaped;

/// Maximum length of a title, in characters.
const MAX_TITLE_CHARS: usize = 80;
/// Length from which a line is one of a text wrapped by a program, in characters of half an em.
const WRAPPED_WIDTH: usize = 50;

/// Accepts a text without tags.
pub(super) fn detect(text: &str) -> bool {
    !text.is_empty() && !has_tag(text)
}

/// Returns `true` if `text` contains an HTML tag.
pub(super) fn has_tag(text: &str) -> bool {
    memchr::memchr_iter(b'<', text.as_bytes()).any(|at| {
        let after = &text[at + 1..];
        let name = after.strip_prefix(['/', '!', '?']).unwrap_or(after);
        // An address in angle brackets is no tag.
        let word: &str =
            name.split(|c: char| !c.is_ascii_alphanumeric() && c != '-').next().unwrap_or_default();
        let next = name[word.len()..].chars().next();
        after.starts_with("!--")
            || word.starts_with(|c: char| c.is_ascii_alphabetic())
                && next.is_some_and(|c| c == '>' || c == '/' || c.is_whitespace())
    })
}

/// Takes the first line as title if a blank line or a longer line follows, and the rest as paragraphs.
pub(super) fn read<'a>(text: &'a str, _: &mut Diagnostics) -> Draft<'a> {
    let trimmed = text.trim_start();
    let (first, rest) = trimmed.split_once('\n').unwrap_or(("", text));
    let first = first.trim();
    let next = rest.lines().next().map(str::trim).unwrap_or_default();
    let is_sentence = first.ends_with(['。', '，', '、', '；', '：', ',', ';', ':', '.']);
    let is_title = !first.is_empty()
        && first.chars().count() <= MAX_TITLE_CHARS
        && !is_sentence
        && !rest.trim().is_empty()
        && (next.is_empty() || next.chars().count() > first.chars().count() * 2);
    let (title, body, start) = if is_title { (first, rest, rest) } else { ("", text, trimmed) };
    Draft {
        title: title.to_owned(),
        body: to_html(body).into(),
        body_line: line_at(text, text.len() - start.len()),
        ..Draft::default()
    }
}

/// Converts paragraphs to HTML. Lines of a text wrapped at a fixed width are joined; others are separate.
fn to_html(text: &str) -> String {
    let lines: Vec<&str> = text.split('\n').map(str::trim_end).collect();
    let mut html = String::with_capacity(text.len() + text.len() / 8);
    for lines in lines.split(|line| line.is_empty()).filter(|lines| !lines.is_empty()) {
        let is_wrapped = is_wrapped(lines);
        html.push_str("<p>");
        for (number, line) in lines.iter().enumerate() {
            if number > 0 {
                html.push_str(if is_wrapped { "\n" } else { "</p>\n<p>" });
            }
            push_escaped(&mut html, line.trim());
        }
        html.push_str("</p>\n");
    }
    html
}

/// Returns `true` if all lines but the last are about as wide as the widest, as in mails and old novels.
fn is_wrapped(lines: &[&str]) -> bool {
    let width = |line: &&str| line.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum::<usize>();
    let widest = lines.iter().map(width).max().unwrap_or(0);
    let whole = lines.split_last().map_or(lines, |(_, whole)| whole);
    // An indented line begins a paragraph.
    let has_indent = lines.iter().skip(1).any(|line| line.starts_with([' ', '\u{3000}', '\t']));
    !whole.is_empty()
        && !has_indent
        && (WRAPPED_WIDTH..=100).contains(&widest)
        && whole.iter().all(|line| width(line) + 20 >= widest)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, title: &str, html: &str) {
        let draft = read(text, &mut Diagnostics::default());
        assert_eq!((draft.title.as_str(), draft.body.trim_end()), (title, html), "{text}");
    }

    #[test]
    fn first_line_before_a_blank_or_longer_line_is_the_title() {
        check("江水退了\n\n昨夜。\n\n今晨。", "江水退了", "<p>昨夜。</p>\n<p>今晨。</p>");
        check(
            "退了\n　　江水昨夜退了，人们回家。\n　　今晨。",
            "退了",
            "<p>江水昨夜退了，人们回家。</p>\n<p>今晨。</p>",
        );
        check("江水昨夜退了，\n人们回家。", "", "<p>江水昨夜退了，</p>\n<p>人们回家。</p>");
        check("江水", "", "<p>江水</p>");
    }

    #[test]
    fn lines_of_a_wrapped_text_are_joined() {
        let line = "The river has fallen since the night, and people are going home";
        check(&format!("{line}\n{line}\nin the end."), "", &format!("<p>{line}\n{line}\nin the end.</p>"));
    }

    #[test]
    fn markup_is_escaped() {
        check("a < b & c", "", "<p>a &lt; b &amp; c</p>");
    }

    #[test]
    fn tags_are_told_from_other_angle_brackets() {
        for text in ["<p>x", "a<br/>", "<!--x-->", "</div >"] {
            assert!(has_tag(text), "{text}");
        }
        for text in ["a < b", "<<江水>>", "<https://a.example>", "<me@a.example>", "1<2>3", "x <"] {
            assert!(!has_tag(text), "{text}");
        }
    }
}
