//! Marks of notes, such as `[1]` or a raised ①.
//!
//! A mark is shown, but the sentence goes on across it. It is therefore not part of the searchable text.

use super::{Href, Inline};

/// Longest mark in bytes.
const MAX_BYTES: usize = 24;
/// Words before the number of a note.
const LABELS: [&str; 8] = ["注释", "註釋", "注", "註", "note", "Note", "fn", "n."];

/// Text of a link or a superscript.
#[derive(Default)]
struct MarkText {
    text: String,
    /// Characters around all letters, digits and signs; `None` if there are none.
    around: Option<Surroundings>,
}

#[derive(Clone, Copy, Default)]
struct Surroundings {
    is_linked: bool,
    is_anchored: bool,
    is_raised: bool,
}

impl Inline {
    /// Returns true for the mark of a note: a link to an anchor of the article with a number or a sign, a raised link
    /// with a number, or a link or superscript with a number in square brackets. Numbers that are merely raised may be
    /// exponents.
    pub fn is_note_mark(&self) -> bool {
        if !matches!(self, Inline::Link(..) | Inline::Sup(_)) {
            return false;
        }
        let mut mark = MarkText::default();
        mark.add(self, Surroundings::default()) && mark.is_note_mark()
    }
}

impl Surroundings {
    fn and(self, other: Surroundings) -> Surroundings {
        Surroundings {
            is_linked: self.is_linked && other.is_linked,
            is_anchored: self.is_anchored && other.is_anchored,
            is_raised: self.is_raised && other.is_raised,
        }
    }
}

impl MarkText {
    /// Adds the text of `inline`. Returns false if it is no mark.
    fn add(&mut self, inline: &Inline, mut around: Surroundings) -> bool {
        match inline {
            Inline::Text(text) => {
                if self.text.len() + text.len() > MAX_BYTES {
                    return false;
                }
                self.text.push_str(text);
                if !text.chars().all(|c| is_separator(c) || is_bracket(c)) {
                    self.around = Some(self.around.map_or(around, |before| before.and(around)));
                }
                return true;
            }
            Inline::Break | Inline::Ruby(..) | Inline::Code(_) => return false,
            Inline::Sup(_) => around.is_raised = true,
            Inline::Link(href, _) => {
                around.is_linked = true;
                around.is_anchored |= matches!(href, Href::Anchor(_));
            }
            _ => {}
        }
        inline.children().iter().all(|child| self.add(child, around))
    }

    fn is_note_mark(&self) -> bool {
        let Some(around) = self.around else { return false };
        let text = self.text.trim();
        let in_square = bracketed(text, "[［〔【", "]］〕】");
        let in_any = in_square.or_else(|| bracketed(text, "(（", ")）")).unwrap_or(text);
        if around.is_anchored {
            is_number(in_any) || !text.chars().any(char::is_alphanumeric)
        } else if around.is_linked && around.is_raised {
            is_number(in_any)
        } else {
            in_square.is_some_and(is_number) || text.chars().all(is_circled_number)
        }
    }
}

/// Returns the text between an opening and a closing bracket.
fn bracketed<'a>(text: &'a str, open: &str, close: &str) -> Option<&'a str> {
    let inner = text.strip_prefix(|c| open.contains(c))?.strip_suffix(|c| close.contains(c))?;
    Some(inner.trim())
}

fn is_bracket(c: char) -> bool {
    "[]［］〔〕【】()（）".contains(c)
}

fn is_separator(c: char) -> bool {
    c.is_whitespace() || ",，、;；-–".contains(c)
}

/// Returns true for one number or several, each with or without a label. Letters and Roman numerals count as well.
fn is_number(text: &str) -> bool {
    let parts = || text.split(is_separator).filter(|part| !part.is_empty());
    parts().any(is_one_number) && parts().all(|part| LABELS.contains(&part) || is_one_number(part))
}

fn is_one_number(text: &str) -> bool {
    let number = LABELS.iter().find_map(|label| text.strip_prefix(label)).unwrap_or(text);
    let is_all = |is_digit: fn(char) -> bool| {
        (1..=3).contains(&number.chars().count()) && number.chars().all(is_digit)
    };
    is_all(|c| c.is_ascii_digit() || matches!(c, '０'..='９'))
        || is_all(|c| "一二三四五六七八九十".contains(c))
        || is_all(|c| matches!(c, 'i' | 'v' | 'x'))
        || is_all(is_circled_number)
        || number.chars().count() == 1 && number.starts_with(|c: char| c.is_ascii_alphabetic())
}

/// Returns true for numbers in circles, in parentheses or with a full stop, and for raised digits.
fn is_circled_number(c: char) -> bool {
    matches!(c, '¹' | '²' | '³' | '⁰' | '⁴'..='⁹' | '①'..='⒛' | '⓪'..='⓾' | '❶'..='➓' | '㈠'..='㈩' | '㊀'..='㊉')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Article, Block};

    fn text(text: &str) -> Vec<Inline> {
        vec![Inline::text(text)]
    }

    fn link(href: &str, inner: Vec<Inline>) -> Inline {
        Inline::Link(Href::try_from(href.to_owned()).unwrap(), inner)
    }

    #[test]
    fn links_to_notes_and_back_are_marks() {
        for mark in [
            "1",
            "12",
            "[1]",
            "［１］",
            "〔2〕",
            "[注1]",
            "[註 3]",
            "注①",
            "②",
            "(3)",
            "a",
            "iv",
            "*",
            "†",
            "↩",
            "^",
            "[1, 2]",
            "[3–5]",
            "[一]",
        ] {
            assert!(link("#n", text(mark)).is_note_mark(), "{mark}");
            assert!(Inline::Sup(vec![link("#n", text(mark))]).is_note_mark(), "{mark}");
            assert!(link("#n", vec![Inline::Sup(text(mark))]).is_note_mark(), "{mark}");
        }
        for other in ["第一章", "2023", "见注1", "灯塔", "v2.0", "", "note"] {
            assert!(!link("#n", text(other)).is_note_mark(), "{other}");
        }
        let split = vec![Inline::text("["), link("#n", text("1")), Inline::text("]")];
        assert!(Inline::Sup(split).is_note_mark());
        let two = vec![link("#n", text("1")), Inline::text(", "), link("#m", text("2"))];
        assert!(Inline::Sup(two).is_note_mark());
    }

    #[test]
    fn other_links_and_superscripts_need_brackets() {
        let page = "https://a.example/";
        for (inline, expected) in [
            (Inline::Sup(text("[1]")), true),
            (Inline::Sup(text("①")), true),
            (Inline::Sup(text("2")), false),
            (Inline::Sup(text("th")), false),
            (Inline::Sup(text("(2)")), false),
            (Inline::Sup(text("*")), false),
            (Inline::Sup(text("–")), false),
            (link(page, text("[1]")), true),
            (link(page, text("1")), false),
            (link(page, text("[灯塔]")), false),
            (Inline::Sup(vec![link(page, text("1"))]), true),
            (link(page, vec![Inline::text("10"), Inline::Sup(text("3"))]), false),
            (Inline::Strong(text("[1]")), false),
            (Inline::text("[1]"), false),
        ] {
            assert_eq!(inline.is_note_mark(), expected, "{inline:?}");
        }
    }

    #[test]
    fn marks_are_shown_but_no_part_of_the_searchable_text() {
        let mark = Inline::Sup(vec![Inline::Anchor("r".into()), link("#n", text("[1]"))]);
        let line = vec![Inline::text("江水昨夜"), mark, Inline::text("退了")];
        let article = Article::from_blocks("題", vec![Block::Paragraph(line)]);
        assert_eq!(article.text(), "題\n江水昨夜退了");
    }
}
