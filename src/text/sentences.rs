//! Sentence segmentation, for quotes and for speech.
//!
//! Own code of 100 lines: the rules of Unicode (UAX #29) end a sentence after `Mr.` and `No.`, and before a name with
//! an initial.

use super::is_cjk;
use crate::model::display_width;
use std::ops::Range;

/// Maximum width of an utterance, in half-width columns; about 25 seconds of Chinese or English. Longer
/// sentences are split at a clause, because some browsers stop speaking during a long utterance.
const MAX_UTTERANCE_WIDTH: usize = 240;

/// Returns the sentences of a line as byte ranges without surrounding white space. Together the ranges
/// contain every letter of the line.
///
/// ```
/// let line = "“船呢？”他问。The ferry stopped at 5.30 p.m. on Monday. 灯亮了";
/// let sentences = sheaf::text::sentences(line);
/// let sentences: Vec<_> = sentences.into_iter().map(|range| &line[range]).collect();
/// assert_eq!(sentences, ["“船呢？”", "他问。", "The ferry stopped at 5.30 p.m. on Monday.", "灯亮了"]);
/// ```
pub fn sentences(line: &str) -> Vec<Range<usize>> {
    segment(line, usize::MAX)
}

/// Returns the sentences of a line like [`sentences`], long ones split into parts that are spoken one by one.
pub fn utterances(line: &str) -> Vec<Range<usize>> {
    segment(line, MAX_UTTERANCE_WIDTH)
}

fn segment(line: &str, max_width: usize) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut chars = line.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let after = at + c.len_utf8();
        if !is_sentence_end(line, at, c) {
            continue;
        }
        // Closing quotation marks, brackets and repeated stops belong to the sentence.
        let mut end = after;
        while let Some((at, c)) = chars.next_if(|&(_, c)| is_stop(c) || is_closing(c)) {
            end = at + c.len_utf8();
        }
        push_sentence(&mut found, line, start..end, max_width);
        start = end;
    }
    push_sentence(&mut found, line, start..line.len(), max_width);
    found
}

fn is_stop(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '!' | '?' | '…' | '．' | '｡' | '.')
}

fn is_closing(c: char) -> bool {
    matches!(c, '”' | '’' | '」' | '』' | '）' | ')' | '》' | '】' | ']' | '"' | '\'')
}

/// Returns true if `c`, at byte `at` of `line`, ends a sentence.
fn is_sentence_end(line: &str, at: usize, c: char) -> bool {
    let rest = &line[at + c.len_utf8()..];
    match c {
        '。' | '！' | '？' | '!' | '?' | '｡' | '．' | '\n' => true,
        // An ellipsis inside a sentence is followed by a letter; at its end by a closing mark or nothing.
        '…' => rest
            .trim_start_matches('…')
            .chars()
            .next()
            .is_none_or(|next| is_closing(next) || next.is_whitespace()),
        '.' => is_final_dot(&line[..at], rest),
        _ => false,
    }
}

/// Returns true if the dot between `before` and `rest` ends a sentence. Dots in numbers, in URLs and after
/// abbreviations do not.
fn is_final_dot(before: &str, rest: &str) -> bool {
    let last = before.chars().next_back();
    if last.is_none_or(is_cjk) {
        return true;
    }
    let rest = rest.trim_start_matches(is_closing);
    let apart = rest.is_empty() || rest.starts_with(|c: char| c.is_whitespace() || is_cjk(c));
    let next = rest.trim_start().chars().next();
    let word = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let initial = word.len() == 1 && word.starts_with(char::is_uppercase);
    apart
        && !next.is_some_and(char::is_lowercase)
        && !(next.is_some() && (initial || ABBREVIATIONS.contains(&word)))
}

/// Abbreviations that precede a name or a number.
const ABBREVIATIONS: [&str; 18] = [
    "Mr", "Mrs", "Ms", "Dr", "Prof", "St", "Gen", "Sen", "Rep", "Gov", "Lt", "Col", "Capt", "Sgt", "No",
    "vs", "Fig", "Vol",
];

/// Adds a sentence without surrounding white space, split into parts if wider than `max_width`.
fn push_sentence(found: &mut Vec<Range<usize>>, line: &str, range: Range<usize>, max_width: usize) {
    let Some(text) = line.get(range.clone()) else { return };
    let mut start = range.start + (text.len() - text.trim_start().len());
    let end = range.start + text.trim_end().len();
    while let Some(part) = line.get(start..end).and_then(|text| split_point(text, max_width)) {
        found.push(start..start + part);
        start += part;
        start += line.get(start..end).map_or(0, |rest| rest.len() - rest.trim_start().len());
    }
    let spoken = line.get(start..end).is_some_and(|text| text.contains(char::is_alphanumeric));
    match found.last_mut() {
        _ if start >= end => {}
        // Punctuation alone is not spoken; append to the previous sentence.
        Some(last) if !spoken => last.end = end,
        _ if spoken => found.push(start..end),
        _ => {}
    }
}

/// Returns the byte at which to split a too long sentence: after the last clause that fits, or else the last
/// word. `None` if the sentence fits.
fn split_point(text: &str, max_width: usize) -> Option<usize> {
    let mut width = 0;
    let (mut clause, mut word) = (None, None);
    for (at, c) in text.char_indices() {
        if width >= max_width {
            return clause.or(word).or(Some(at));
        }
        width += display_width(c);
        let after = at + c.len_utf8();
        match c {
            '，' | '、' | '；' | '：' | ';' | '—' => clause = Some(after),
            ',' | ':' if text[after..].starts_with(' ') => clause = Some(after),
            ' ' => word = Some(after),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// `expected` marks sentence boundaries with `|`.
    fn check(expected: &str) {
        let line = expected.replace('|', "");
        let found: Vec<_> = sentences(&line).into_iter().map(|range| line[range].trim()).collect();
        let expected: Vec<_> = expected.split('|').map(str::trim).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn chinese_sentences_include_their_closing_marks() {
        check("船停了。|灯亮了！|谁在？|没有人");
        check("他说：“明天再来。”|然后走了。");
        check("「停航了？」|船工問。|『是。』");
        check("“等等……”|他没有说完。");
        check("他想……也许明天。");
        check("真的？！|真的。");
        check("（见第三版。）|完。");
    }

    #[test]
    fn dots_in_abbreviations_and_numbers_do_not_end_a_sentence() {
        check("The ferry stopped. |Nobody knew why.");
        check("Mr. Hale left at 5.30 p.m. on Monday. |He came back.");
        check("“Stop!” |She turned. |“Why?”");
        check("J. Doe wrote to a.example about No. 7. |Then nothing.");
        check("It rose 3.5 per cent.");
        check("他去了 U.S. 的港口。|回来了。");
    }

    #[test]
    fn long_sentences_are_spoken_in_clauses_or_words() {
        let line = format!("{}，{}。", "江".repeat(100), "水".repeat(100));
        assert_eq!(sentences(&line).len(), 1);
        assert_eq!(utterances(&line), [0..303, 303..606]);
        let line = "tide ".repeat(100);
        assert!(utterances(&line).iter().all(|range| line[range.clone()].starts_with("tide")));
    }

    #[test]
    fn punctuation_alone_is_not_a_sentence() {
        assert!(sentences("").is_empty());
        assert!(sentences(" …… ").is_empty());
        assert!(sentences("——").is_empty());
    }

    proptest! {
        #[test]
        fn every_letter_belongs_to_one_sentence(line in "[a-c船灯。！？，….!?”“」 0-9\\n]{0,300}") {
            for found in [sentences(&line), utterances(&line)] {
                let mut end = 0;
                for range in &found {
                    prop_assert!(range.start >= end && range.start < range.end);
                    prop_assert!(!line[end..range.start].contains(char::is_alphanumeric));
                    prop_assert!(line[range.clone()].contains(char::is_alphanumeric));
                    end = range.end;
                }
                prop_assert!(!line[end..].contains(char::is_alphanumeric));
            }
        }
    }
}
