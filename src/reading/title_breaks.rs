//! Line breaks in titles.
//!
//! Chinese has no spaces, so a browser breaks a title between any two characters, even inside a name. Here
//! breaks are allowed between words only, preferably between the parts of a title.

use crate::text::is_cjk;

/// Allowed line breaks in a title, as byte offsets.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LineBreaks {
    /// Breaks between words.
    pub words: Vec<usize>,
    /// Breaks before a part that preferably starts a line.
    pub parts: Vec<usize>,
}

/// Words that bind to the next one.
const LEAN_FORWARD: [&str; 10] = ["和", "与", "與", "为", "為", "在", "对", "對", "从", "從"];
/// Words that bind to the previous one.
const LEAN_BACK: [&str; 4] = ["的", "了", "着", "著"];
/// Maximum length of an unknown name, in characters: consecutive single-character words are mostly a name
/// missing in the segmenter's dictionary.
const MAX_NAME_CHARS: usize = 4;

/// Returns the line breaks of a title that a segmenter has split into `words`; joined they are the title.
pub fn line_breaks<'t>(words: impl IntoIterator<Item = &'t str>) -> LineBreaks {
    let words: Vec<&str> = words.into_iter().collect();
    let mut breaks = LineBreaks::default();
    let mut at = 0;
    let mut unbroken = 0;
    for pair in words.windows(2) {
        let (word, next) = (pair[0], pair[1]);
        at += word.len();
        let closes = word.chars().next_back().is_some_and(|c| !c.is_alphanumeric());
        unbroken = if closes { 0 } else { unbroken + word.chars().count() };
        if can_break(word, next, unbroken) {
            breaks.words.push(at);
            unbroken = 0;
        }
    }
    breaks.parts = part_starts(&words.concat());
    breaks
}

fn can_break(word: &str, next: &str, unbroken: usize) -> bool {
    let (Some(last), Some(first)) = (word.chars().next_back(), next.chars().next()) else { return false };
    let single = |word: &str| word.chars().count() == 1;
    let letters = last.is_alphanumeric() && first.is_alphanumeric();
    let foreign = !is_cjk(last) && !is_cjk(first);
    let leans = LEAN_FORWARD.contains(&word) || LEAN_BACK.contains(&next);
    let name = single(word) && single(next) && unbroken < MAX_NAME_CHARS;
    let unit = last.is_ascii_digit() && single(next);
    letters && !foreign && !leans && !name && !unit
}

/// Returns the starts of parts: after `：！？`, and after a space between Chinese characters.
fn part_starts(title: &str) -> Vec<usize> {
    let mut parts = Vec::new();
    let mut before = None;
    for (at, c) in title.char_indices() {
        let rest = &title[at + c.len_utf8()..];
        let after = rest.trim_start().chars().next();
        let ends = match c {
            '：' | '！' | '？' => {
                after.is_some_and(|next| is_cjk(next) || next.is_alphanumeric() || is_opening(next))
            }
            c if c.is_whitespace() => {
                before.is_some_and(is_cjk) && after.is_some_and(|next| is_cjk(next) || is_opening(next))
            }
            _ => false,
        };
        let start = title.len() - rest.trim_start().len();
        if ends && parts.last() != Some(&start) {
            parts.push(start);
        }
        before = Some(c);
    }
    parts
}

fn is_opening(c: char) -> bool {
    matches!(c, '“' | '‘' | '「' | '『' | '《' | '〈' | '（' | '【')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `words` are separated by `/`; the expected text marks breaks with `|` and part starts with `‖`.
    fn check(words: &str, expected: &str) {
        let title = words.replace('/', "");
        let breaks = line_breaks(words.split('/'));
        let mut shown = String::new();
        for (at, c) in title.char_indices() {
            if breaks.parts.contains(&at) {
                shown.push('‖');
            } else if breaks.words.contains(&at) {
                shown.push('|');
            }
            shown.push(c);
        }
        assert_eq!(shown, expected);
    }

    #[test]
    fn titles_break_between_words_only() {
        check("渡船/停航/三/天", "渡船|停航|三天");
        check("船工/在/黄昏/收起/缆绳", "船工|在黄昏|收起|缆绳");
        check("小镇/的/码头/和/灯塔", "小镇的|码头|和灯塔");
        check("会/著/书/的人", "会著书|的人");
    }

    #[test]
    fn names_and_units_do_not_break() {
        check("访/普/京/之后", "访普京|之后");
        check("甲/乙/丙/丁/戊/己", "甲乙丙丁|戊己");
        check("2024/年/的/江/水", "2024年的|江水");
        check("E/ /INK/ /研发/5G/网络", "E INK 研发|5G|网络");
    }

    #[test]
    fn punctuation_and_latin_add_no_breaks() {
        check("江水/，/退/了/《/渡口/》/重/开", "江水，退了《渡口》重开");
        check("tide/s/ /turn", "tides turn");
    }

    #[test]
    fn title_parts_start_new_lines() {
        check("渡口/：/一个/小镇", "渡口：‖一个|小镇");
        check("“/停航/？/”/问/船工", "“停航？”问|船工");
        check("停航/ /船工/等待", "停航 ‖船工|等待");
        check("停航/！ /“/等待/”", "停航！ ‖“等待”");
        check("停航/！", "停航！");
        check("The/ /tide/ /turns", "The tide turns");
    }
}
