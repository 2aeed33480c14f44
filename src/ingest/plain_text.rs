//! Bodies of plain text or Markdown: paragraphs between blank lines or on lines of their own.
//!
//! A body without block elements and breaks shows its line ends as spaces in a browser, but was written as text. Each
//! paragraph becomes a `p`; line ends stay where they are, so that warnings name the right lines.

use super::markdown;
use std::borrow::Cow;

/// Returns a body as HTML: unchanged if it has block elements, else converted from Markdown or with marked paragraphs.
pub(super) fn mark_paragraphs(body: &str) -> Cow<'_, str> {
    if !body.trim().contains('\n') {
        return Cow::Borrowed(body);
    }
    if has_blocks(&without_fences(body)) {
        return Cow::Borrowed(body);
    }
    if markdown::is_markdown(body) {
        return Cow::Owned(markdown::to_html(body));
    }
    let mut html = String::with_capacity(body.len() + body.len() / 8);
    let mut block: Vec<&str> = Vec::new();
    for line in body.split_inclusive('\n') {
        if line.trim().is_empty() {
            push_block(&block, &mut html);
            block.clear();
            html.push_str(line);
        } else {
            block.push(line);
        }
    }
    push_block(&block, &mut html);
    Cow::Owned(html)
}

/// Returns the lines of `body` outside fenced code, where tags are text.
fn without_fences(body: &str) -> Cow<'_, str> {
    const FENCE: &str = "```";
    if !body.contains(FENCE) {
        return Cow::Borrowed(body);
    }
    let mut in_fence = false;
    let is_text = |line: &&str| {
        let is_fence = line.trim_start().starts_with(FENCE);
        in_fence ^= is_fence;
        !in_fence && !is_fence
    };
    body.split_inclusive('\n').filter(is_text).collect()
}

/// Returns `true` if `body` has an element that begins or ends a line.
fn has_blocks(body: &str) -> bool {
    const INLINE: [&str; 26] = [
        "a", "abbr", "b", "big", "cite", "code", "del", "em", "font", "i", "img", "ins", "kbd", "mark", "q",
        "rp", "rt", "ruby", "s", "small", "span", "strong", "sub", "sup", "u", "wbr",
    ];
    body.match_indices('<').any(|(at, _)| {
        let tag = body[at + 1..].trim_start_matches('/');
        let end = tag.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(tag.len());
        let is_tag = tag.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '!' | '?'));
        is_tag && !INLINE.iter().any(|name| name.eq_ignore_ascii_case(&tag[..end]))
    })
}

/// Appends the lines between two blank lines.
fn push_block(lines: &[&str], html: &mut String) {
    let (open, separator, close) = match layout(lines) {
        Layout::Paragraph => ("<p>", "", "</p>"),
        Layout::Lines => ("<p>", "<br>", "</p>"),
        Layout::Paragraphs => ("<p>", "</p><p>", "</p>"),
    };
    for (i, line) in lines.iter().enumerate() {
        html.push_str(if i == 0 { open } else { separator });
        let text = line.trim_end_matches(['\r', '\n']);
        html.push_str(text);
        if i + 1 == lines.len() {
            html.push_str(close);
        }
        html.push_str(&line[text.len()..]);
    }
}

/// Meaning of the line ends in a block.
#[derive(Debug, PartialEq)]
enum Layout {
    /// Wrapped lines of one paragraph.
    Paragraph,
    /// Lines that stay apart, as those of verse and lists.
    Lines,
    /// Each line is a paragraph.
    Paragraphs,
}

fn layout(lines: &[&str]) -> Layout {
    /// Columns at which programs wrap lines.
    const WRAP: std::ops::RangeInclusive<usize> = 30..=130;
    let [before @ .., _] = lines else { return Layout::Paragraph };
    if before.is_empty() {
        return Layout::Paragraph;
    }
    let is_most = |count: usize| count * 4 >= lines.len() * 3;
    let is_indented = |line: &&&str| line.starts_with(['\u{3000}', '\t']) || line.starts_with("  ");
    if is_most(lines.iter().filter(is_indented).count()) {
        return Layout::Paragraphs;
    }
    let widths: Vec<usize> = before.iter().map(|line| width(line)).collect();
    let (widest, narrowest) =
        (widths.iter().max().copied().unwrap_or(0), widths.iter().min().copied().unwrap_or(0));
    // Wrapped lines are nearly equal: the next word would not have fitted.
    if WRAP.contains(&widest) && narrowest + 20 >= widest && width(lines[lines.len() - 1]) <= widest + 4 {
        let ends = before.iter().filter(|line| ends_sentence(line)).count();
        if ends * 2 <= before.len() {
            return Layout::Paragraph;
        }
    }
    let ends = lines.iter().filter(|line| ends_sentence(line)).count();
    if is_most(ends) && widest > WRAP.start() / 2 { Layout::Paragraphs } else { Layout::Lines }
}

/// Returns the columns of a line; a Chinese character takes two.
fn width(line: &str) -> usize {
    line.trim().chars().map(|c| if super::char_cleanup::wraps_unspaced(c) { 2 } else { 1 }).sum()
}

fn ends_sentence(line: &str) -> bool {
    let line = line.trim_end().trim_end_matches(['”', '’', '」', '』', '）', ')', '"', '\'']);
    line.ends_with(['。', '！', '？', '…', '：', '；', '.', '!', '?', ':'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blank_lines_and_indents_begin_paragraphs() {
        assert_eq!(mark_paragraphs("江水退了。\n\n渡口开船。\n"), "<p>江水退了。</p>\n\n<p>渡口开船。</p>\n");
        assert_eq!(
            mark_paragraphs("　　江水退了。\n　　渡口开船。"),
            "<p>　　江水退了。\n</p><p>　　渡口开船。</p>"
        );
        let lines =
            "江水昨夜退了三尺，守堤的人回家。\n渡口重新开船，票价没有变，人来人往。\n学校下周一复课。\n";
        assert_eq!(mark_paragraphs(lines).matches("<p>").count(), 3);
    }

    #[test]
    fn wrapped_lines_stay_together() {
        let text = "The river fell during the night, and the people of the\nvillage went home to see what the \
            water had left of their\nhouses.\n";
        assert_eq!(mark_paragraphs(text).matches("<p>").count(), 1);
        assert!(!mark_paragraphs(text).contains("<br>"));
    }

    #[test]
    fn short_lines_stay_apart() {
        assert_eq!(mark_paragraphs("路是石头\n路是雨\n路是盐").matches("<br>").count(), 2);
    }

    #[test]
    fn markdown_is_converted() {
        let html = mark_paragraphs("## 江\n\n水**退**了。\n\n```\n<div>\n```\n");
        for part in ["<h2", "<strong>退</strong>", "<pre>", "&lt;div&gt;"] {
            assert!(html.contains(part), "{html}");
        }
        let page = "<div>\n# 江\n\n**水**</div>";
        assert_eq!(mark_paragraphs(page), page);
    }

    #[test]
    fn html_is_left_alone() {
        for html in [
            "<p>江</p>\n\n<p>水</p>",
            "江<br>\n水",
            "江水\n",
            "<b>江</b>水",
            "<custom-tag>\n\n江</custom-tag>",
        ] {
            assert!(matches!(mark_paragraphs(html), Cow::Borrowed(_)), "{html}");
        }
        assert_eq!(mark_paragraphs("a < b\n\n<b>c</b>"), "<p>a < b</p>\n\n<p><b>c</b></p>");
    }
}
