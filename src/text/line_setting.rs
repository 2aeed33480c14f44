//! Line setting of a paragraph: justified or ragged, and its direction.

use super::is_cjk;
use crate::model::Inline;

/// Maximum length of an unbreakable run in a justified paragraph, in characters of half an em. A longer run, such as
/// a word or an address, moves to the next line and leaves a gap that justification spreads over the line.
const MAX_RUN: usize = 4;

/// Setting of a line of text.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct LineSetting {
    /// Chinese or Japanese text without long unbreakable runs; such lines stay even when justified.
    pub is_even: bool,
    /// Contains letters that are written from right to left.
    pub has_rtl: bool,
}

impl LineSetting {
    /// Returns the setting of a line of a document.
    pub fn of(inlines: &[Inline]) -> LineSetting {
        let mut scan = LineScan::default();
        Inline::for_each_text(inlines, |text| text.chars().for_each(|c| scan.add(c)));
        scan.setting()
    }
}

#[derive(Default)]
struct LineScan {
    has_cjk: bool,
    has_rtl: bool,
    run: usize,
    longest_run: usize,
}

impl LineScan {
    fn add(&mut self, c: char) {
        self.has_rtl |= is_rtl(c);
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

    fn setting(&self) -> LineSetting {
        LineSetting { is_even: self.has_cjk && self.longest_run <= MAX_RUN, has_rtl: self.has_rtl }
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

    fn setting(text: &str) -> LineSetting {
        LineSetting::of(&[Inline::Text(text.into())])
    }

    fn is_even(text: &str) -> bool {
        setting(text).is_even
    }

    #[test]
    fn paragraphs_of_han_are_even() {
        assert!(is_even("江水昨夜退了，堤上的人还在。"));
        assert!(is_even("2020年11月3日，5G 手机——“新的”……涨了 12%。"));
        assert!(is_even("ひらがなとカタカナの文。"));
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
    fn letters_from_right_to_left_are_seen() {
        for text in ["مرحبا", "שלום", "ئۇيغۇرچە", "江水 שלום"] {
            assert!(setting(text).has_rtl, "{text}");
        }
        for text in ["江水", "tide", "１２３", "\u{FEFF}江"] {
            assert!(!setting(text).has_rtl, "{text}");
        }
    }

    #[test]
    fn runs_continue_across_inline_elements() {
        let text = |text: &str| Inline::Text(text.into());
        let inlines = [text("江水Tid"), Inline::Strong(vec![text("es退了")])];
        assert!(!LineSetting::of(&inlines).is_even);
    }
}
