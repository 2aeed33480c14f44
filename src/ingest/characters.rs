//! Single characters: which are invisible, which are white space, which belong to Chinese.
//!
//! Zero-width characters split words invisibly, so that a search does not find what a reader sees;
//! controls of writing direction can make a text read other than it is written. Both are dropped and
//! counted. Joiners inside emoji and inside scripts that need them stay, and so do variation selectors.

/// What becomes of a character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// It stays.
    Keep,
    /// It is white space.
    Space,
    /// It ends a line.
    LineEnd,
    /// It is dropped and counted under this rule.
    Drop(&'static str),
}

/// Decides about `c`, which follows `before`.
pub(super) fn fate(c: char, before: Option<char>) -> Fate {
    if c.is_ascii() {
        return match c {
            ' ' | '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' => Fate::Space,
            c if c.is_ascii_control() => Fate::Drop("control-character"),
            _ => Fate::Keep,
        };
    }
    match c {
        '\u{2028}' | '\u{2029}' => Fate::LineEnd,
        '\u{200d}' | '\u{200c}' if before.is_some_and(joins) => Fate::Keep,
        '\u{ad}' | '\u{180e}' | '\u{200b}'..='\u{200d}' | '\u{2060}'..='\u{2064}' | '\u{feff}' => {
            Fate::Drop("zero-width-character")
        }
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{206f}' => {
            Fate::Drop("direction-character")
        }
        '\u{fff9}'..='\u{fffb}' | '\u{e0001}' => Fate::Drop("control-character"),
        c if c.is_whitespace() => Fate::Space,
        c if c.is_control() => Fate::Drop("control-character"),
        _ => Fate::Keep,
    }
}

/// Whether a joiner after this character means something: in emoji, and in scripts of India, Arabia, ….
fn joins(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{1fff}' | '\u{203c}' | '\u{2049}' | '\u{2190}'..='\u{2bff}'
        | '\u{fe0f}' | '\u{1f000}'..='\u{1faff}')
}

/// Whether lines break between characters like this without a space: Han, kana, and their punctuation.
pub(super) fn is_cjk(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}' | '\u{ff01}'..='\u{ff65}' | '\u{20000}'..='\u{3ffff}')
}

/// `text` on one line: white space collapsed, invisible characters gone.
pub(super) fn one_line(text: &str, mut dropped: impl FnMut(&'static str)) -> String {
    let mut line = String::with_capacity(text.len());
    let mut gap = false;
    for c in text.chars() {
        match fate(c, line.chars().next_back()) {
            Fate::Keep => {
                if gap && !line.is_empty() {
                    line.push(' ');
                }
                gap = false;
                line.push(c);
            }
            Fate::Space | Fate::LineEnd => gap = true,
            Fate::Drop(rule) => dropped(rule),
        }
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn invisible_characters_go_but_joined_emoji_stay() {
        let line = |text| one_line(text, |_| {});
        assert_eq!(line("  a \u{200b}b\u{a0}\u{3000}c\u{202e} "), "a b c");
        assert_eq!(line("👩\u{200d}💻 ❤\u{fe0f}\u{200d}🔥"), "👩\u{200d}💻 ❤\u{fe0f}\u{200d}🔥");
        assert_eq!(line("江\u{200d}水"), "江水");
    }
}
