//! Snippet: one or two lines around the best match of a text.

use crate::model::display_width;
use std::ops::Range;

/// Excerpt of a text with its matches.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Snippet {
    /// Excerpt, with `…` at each cut inside a line.
    pub text: String,
    /// Matches, as byte ranges of `text`.
    pub match_ranges: Vec<Range<usize>>,
}

/// Longest lead-in before the first match, in characters; at most a third of the snippet.
const MAX_LEAD_IN_CHARS: usize = 18;

/// Cuts an excerpt of about `length` full-width characters around the window of `text` with the most distinct
/// terms. Latin letters count half.
///
/// `matches` are byte ranges of `text` with the index of the matched term, sorted by position. Cuts fall on a
/// nearby sentence or clause boundary if there is one; the first match is never cut.
pub fn snippet(text: &str, matches: &[(Range<usize>, usize)], length: usize) -> Snippet {
    let Some(best) = best_window(text, matches, length) else { return Snippet::default() };
    let first = &matches[best].0;
    let line_start = text[..first.start].rfind('\n').map_or(0, |at| at + 1);
    let line_end = text[first.end..].find('\n').map_or(text.len(), |at| first.end + at);
    let start = clause_start(&text[line_start..first.start], MAX_LEAD_IN_CHARS.min(length / 3)) + line_start;
    let end = clause_end(text, start, line_end, length).max(first.end);
    let cut_before = start > line_start && !text[..start].trim_end().ends_with(is_stop);
    let mut shown = String::new();
    if cut_before {
        shown.push('…');
    }
    let shift = shown.len();
    shown.push_str(&text[start..end]);
    if end < line_end {
        shown.push('…');
    }
    let inside = matches.iter().filter(|(range, _)| range.start >= start && range.end <= end);
    let marks = inside.map(|(range, _)| range.start - start + shift..range.end - start + shift).collect();
    Snippet { text: shown, match_ranges: marks }
}

/// Returns the match that starts the window with the most distinct terms. Matches after the first line, the
/// title, rank higher because lists show the title anyway.
fn best_window(text: &str, matches: &[(Range<usize>, usize)], length: usize) -> Option<usize> {
    let title_end = text.find('\n').unwrap_or(text.len());
    let mut best = None;
    for (i, (range, _)) in matches.iter().enumerate() {
        let reach = range.start + length * 2; // bytes: enough for a window in any script
        let mut seen: Vec<usize> = Vec::new();
        for (other, term) in &matches[i..] {
            if other.end > reach || text[range.start..other.start].contains('\n') {
                break;
            }
            if !seen.contains(term) {
                seen.push(*term);
            }
        }
        let rank = (range.start > title_end, seen.len());
        if best.is_none_or(|(top, _)| rank > top) {
            best = Some((rank, i));
        }
    }
    best.map(|(_, i)| i)
}

fn is_stop(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '；' | '.' | '!' | '?' | ';')
}

fn is_boundary(c: char) -> bool {
    is_stop(c) || matches!(c, '，' | '、' | '：' | ',' | ':' | ' ' | '」' | '”' | '）' | '』')
}

/// Returns the start of the excerpt in `before`, the part of the line before the match: at most about
/// `lead_in` characters from its end.
fn clause_start(before: &str, lead_in: usize) -> usize {
    let mut chars = before.char_indices().rev();
    let mut earliest = 0;
    let mut border = None;
    for count in 0.. {
        let Some((at, c)) = chars.next() else { return border.filter(|_| count > lead_in).unwrap_or(0) };
        earliest = at;
        if is_stop(c) && !before[at..].starts_with(|c: char| c == '.' && next_is_digit(before, at)) {
            return skip_boundaries(before, at + c.len_utf8());
        }
        if is_boundary(c) {
            border = Some(skip_boundaries(before, at + c.len_utf8()));
        }
        if count >= lead_in {
            break;
        }
    }
    border.unwrap_or(earliest)
}

fn next_is_digit(text: &str, at: usize) -> bool {
    text[at..].chars().nth(1).is_some_and(|c| c.is_ascii_digit())
}

/// Skips boundary characters, so that no excerpt starts with a comma or closing quote.
fn skip_boundaries(text: &str, at: usize) -> usize {
    text.len() - text[at..].trim_start_matches(|c: char| c.is_whitespace() || is_boundary(c)).len()
}

/// Returns the end of the excerpt: `length` full-width characters, moved back to a boundary in the last third
/// if there is one.
fn clause_end(text: &str, start: usize, line_end: usize, length: usize) -> usize {
    let line = &text[start..line_end];
    let Some(limit) = offset_at_width(line, length * 2) else { return line_end };
    let from = offset_at_width(line, length * 4 / 3).unwrap_or(0);
    let border = line[from..limit].char_indices().rev().find(|&(_, c)| is_boundary(c));
    let end = border.map_or(limit, |(at, c)| from + at + c.len_utf8());
    start + line[..end].trim_end().len()
}

/// Returns the byte offset at which `text` has a width of `limit` half-width columns, if it is that wide.
fn offset_at_width(text: &str, limit: usize) -> Option<usize> {
    let mut used = 0;
    text.char_indices().find_map(|(at, c)| {
        let reached = used >= limit;
        used += display_width(c);
        reached.then_some(at)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, terms: &[&str], length: usize, expected: &str) {
        let mut matches: Vec<_> = terms
            .iter()
            .enumerate()
            .flat_map(|(i, term)| text.match_indices(term).map(move |(at, found)| (at..at + found.len(), i)))
            .collect();
        matches.sort_by_key(|(range, _)| range.start);
        let snippet = snippet(text, &matches, length);
        let mut shown = snippet.text.clone();
        for mark in snippet.match_ranges.iter().rev() {
            shown.insert(mark.end, ']');
            shown.insert(mark.start, '[');
        }
        assert_eq!(shown, expected);
    }

    #[test]
    fn sentence_that_fits_is_shown_whole() {
        check("题\n雨停了。船在傍晚靠岸。灯亮了。", &["靠岸"], 20, "船在傍晚[靠岸]。灯亮了。");
    }

    #[test]
    fn matches_in_the_body_are_preferred_to_the_title() {
        check("渡口\n老渡口还在。", &["渡口"], 20, "老[渡口]还在。");
        check("渡口\n别的。", &["渡口"], 20, "[渡口]");
    }

    #[test]
    fn window_with_more_distinct_terms_is_chosen() {
        check("题\n船来了，没有人。\n船和灯都在。", &["船", "灯"], 20, "[船]和[灯]都在。");
    }

    #[test]
    fn long_lines_are_cut_at_clauses() {
        let text = "题\n从前有一条很长很长的河流过许多许多的村庄和城镇，河上有一座桥，桥边住着一个修钟的人，他每天都走过桥去。";
        check(text, &["修钟"], 24, "…桥边住着一个[修钟]的人，他每天都走过桥去。");
        check(text, &["修钟"], 12, "…边住着一个[修钟]的人，…");
    }

    #[test]
    fn snippet_does_not_start_with_punctuation() {
        check("题\n他说「不必」，然后收起缆绳走了。", &["缆绳"], 24, "…然后收起[缆绳]走了。");
    }

    #[test]
    fn snippet_without_matches_is_empty() {
        check("题\n正文", &[], 10, "");
    }
}
