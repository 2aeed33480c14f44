//! Classification of characters: invisible, white space, CJK.
//!
//! Zero-width characters split words invisibly, so that searches miss them; directional controls can make a text read
//! differently from its content. Both are dropped and counted. Joiners inside emoji and in scripts that need them are
//! kept, and so are variation selectors.

/// Treatment of a character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CharAction {
    /// Keep unchanged.
    Keep,
    /// White space.
    Space,
    /// Line end.
    LineEnd,
    /// Drop, and count under this rule.
    Drop(&'static str),
}

/// Returns the treatment of `c` after the character `before`.
pub(super) fn char_action(c: char, before: Option<char>) -> CharAction {
    if c.is_ascii() {
        return match c {
            ' ' | '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' => CharAction::Space,
            c if c.is_ascii_control() => CharAction::Drop("control-character"),
            _ => CharAction::Keep,
        };
    }
    match c {
        '\u{2028}' | '\u{2029}' => CharAction::LineEnd,
        '\u{200d}' | '\u{200c}' if before.is_some_and(takes_joiner) => CharAction::Keep,
        '\u{ad}' | '\u{180e}' | '\u{200b}'..='\u{200d}' | '\u{2060}'..='\u{2064}' | '\u{feff}' => {
            CharAction::Drop("zero-width-character")
        }
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{206f}' => {
            CharAction::Drop("direction-character")
        }
        '\u{fff9}'..='\u{fffb}' | '\u{e0001}' => CharAction::Drop("control-character"),
        c if c.is_whitespace() => CharAction::Space,
        c if c.is_control() => CharAction::Drop("control-character"),
        _ => CharAction::Keep,
    }
}

/// Returns `true` if a joiner after `c` is meaningful: in emoji, and in Indic, Arabic and similar scripts.
fn takes_joiner(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{1fff}' | '\u{203c}' | '\u{2049}' | '\u{2190}'..='\u{2bff}'
        | '\u{fe0f}' | '\u{1f000}'..='\u{1faff}')
}

/// Returns `true` if text wraps around `c` without spaces: Han, kana and their punctuation.
pub(super) fn wraps_unspaced(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}' | '\u{ff01}'..='\u{ff65}' | '\u{20000}'..='\u{3ffff}')
}

/// Returns `text` on one line: white space collapsed, invisible characters removed.
pub(super) fn clean_line(text: &str, mut dropped: impl FnMut(&'static str)) -> String {
    let mut line = String::with_capacity(text.len());
    let mut gap = false;
    for c in text.chars() {
        match char_action(c, line.chars().next_back()) {
            CharAction::Keep => {
                if gap && !line.is_empty() {
                    line.push(' ');
                }
                gap = false;
                line.push(c);
            }
            CharAction::Space | CharAction::LineEnd => gap = true,
            CharAction::Drop(rule) => dropped(rule),
        }
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn invisible_characters_are_dropped_except_emoji_joiners() {
        let line = |text| clean_line(text, |_| {});
        assert_eq!(line("  a \u{200b}b\u{a0}\u{3000}c\u{202e} "), "a b c");
        assert_eq!(line("👩\u{200d}💻 ❤\u{fe0f}\u{200d}🔥"), "👩\u{200d}💻 ❤\u{fe0f}\u{200d}🔥");
        assert_eq!(line("江\u{200d}水"), "江水");
    }
}
