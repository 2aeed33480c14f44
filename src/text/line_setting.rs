//! Setting of lines of text: justified or ragged, and their direction.

use super::is_cjk;
use crate::model::Inline;

/// Maximum length of an unbreakable run in a justified paragraph, in characters of half an em. A longer run, such as
/// a word or an address, moves to the next line and leaves a gap that justification spreads over the line.
const MAX_RUN: usize = 4;

/// Number of characters by which the direction, the language and the setting of a line are judged.
const SAMPLE_CHARS: usize = 8_000;

/// Returns true for Chinese or Japanese text without long unbreakable runs; such lines stay even when justified.
/// Of a very long text only the start is judged.
pub fn is_even(inlines: &[Inline]) -> bool {
    let mut scan = LineScan::default();
    for_each_sampled_char(inlines, |c| scan.add(c));
    scan.has_cjk && scan.longest_run <= MAX_RUN
}

/// Calls `act` with the first characters of a text.
pub(super) fn for_each_sampled_char(inlines: &[Inline], mut act: impl FnMut(char)) {
    let mut left = SAMPLE_CHARS;
    Inline::for_each_text(inlines, |text| {
        for c in text.chars().take(left) {
            left -= 1;
            act(c);
        }
    });
}

#[derive(Default)]
struct LineScan {
    has_cjk: bool,
    run: usize,
    longest_run: usize,
}

impl LineScan {
    fn add(&mut self, c: char) {
        if is_hangul(c) {
            // Korean lines break between words.
            self.longest_run = usize::MAX;
        } else if is_cjk(c) || c.is_whitespace() || is_wide_punctuation(c) {
            self.has_cjk |= is_cjk(c);
            self.run = 0;
        } else {
            self.run += 1;
            self.longest_run = self.longest_run.max(self.run);
        }
    }
}

/// Base direction of a text, by its first letters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TextDirection {
    right_to_left: usize,
    left_to_right: usize,
}

impl TextDirection {
    /// Counts the letters of `text`, until enough are counted.
    pub fn add(&mut self, text: &str) {
        let left = SAMPLE_CHARS.saturating_sub(self.right_to_left + self.left_to_right);
        for c in text.chars().take(left) {
            match is_rtl(c) {
                true => self.right_to_left += 1,
                false => self.left_to_right += usize::from(c.is_alphabetic()),
            }
        }
    }

    /// Returns true if most letters are written from right to left, so that a text which begins with a foreign name
    /// keeps its direction; `None` without letters.
    pub fn is_rtl(self) -> Option<bool> {
        let has_letters = self.right_to_left + self.left_to_right > 0;
        has_letters.then_some(self.right_to_left > self.left_to_right)
    }
}

/// Dashes, ellipses and quotation marks of Chinese texts, and full-width forms.
fn is_wide_punctuation(c: char) -> bool {
    matches!(c, '\u{2010}'..='\u{2027}' | '\u{3000}'..='\u{303F}' | '\u{FF00}'..='\u{FFEF}')
}

fn is_hangul(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{11FF}' | '\u{3131}'..='\u{318E}' | '\u{AC00}'..='\u{D7AF}')
}

/// Hebrew, Arabic and the scripts between them, with their presentation forms.
fn is_rtl(c: char) -> bool {
    matches!(c, '\u{0590}'..='\u{08FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFE}' | '\u{10800}'..='\u{10FFF}' | '\u{1E800}'..='\u{1EFFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_even(text: &str) -> bool {
        super::is_even(&[Inline::Text(text.into())])
    }

    #[test]
    fn paragraphs_of_han_are_even() {
        assert!(is_even("江水昨夜退了，堤上的人还在。"));
        assert!(is_even("2020年11月3日，5G 手机——“新的”……涨了 12%。"));
        assert!(is_even("ひらがなとカタカナの文。"));
    }

    #[test]
    fn very_long_texts_are_judged_by_their_start() {
        let start = "江水退了。".repeat(SAMPLE_CHARS);
        assert!(is_even(&format!("{start}Queen Elizabeth")));
        let mut direction = TextDirection::default();
        direction.add(&"ا".repeat(SAMPLE_CHARS));
        direction.add(&"a".repeat(SAMPLE_CHARS * 2));
        assert_eq!(direction.is_rtl(), Some(true));
    }

    #[test]
    fn paragraphs_with_long_runs_are_ragged() {
        assert!(!is_even("女王伊丽莎白二世（Queen Elizabeth II）昨天到访。"));
        assert!(!is_even("见 https://news.example/a/b 的报道。"));
        assert!(!is_even("共有 1,234,567 人。"));
        assert!(!is_even("The tide went out."));
        assert!(!is_even("강물이 어젯밤 빠졌다."));
        assert!(!is_even(""));
    }

    #[test]
    fn direction_is_that_of_most_letters() {
        let is_rtl = |text: &str| {
            let mut direction = TextDirection::default();
            direction.add(text);
            direction.is_rtl()
        };
        for text in ["مرحبا", "שלום", "ئۇيغۇرچە", "BBC: مرحبا بكم", "2020 שלום!"]
        {
            assert_eq!(is_rtl(text), Some(true), "{text}");
        }
        for text in ["江水", "tide", "ferry (معدية) of the river", "\u{FEFF}江"] {
            assert_eq!(is_rtl(text), Some(false), "{text}");
        }
        for text in ["", "2020", "１２３ — !"] {
            assert_eq!(is_rtl(text), None, "{text}");
        }
    }

    #[test]
    fn runs_continue_across_inline_elements() {
        let text = |text: &str| Inline::Text(text.into());
        let inlines = [text("江水Tid"), Inline::Strong(vec![text("es退了")])];
        assert!(!super::is_even(&inlines));
    }
}
