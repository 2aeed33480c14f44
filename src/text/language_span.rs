//! Language of a text span inside an article of another language.

use super::is_cjk;
use super::line_setting::for_each_sampled_char;
use crate::model::{Inline, Lang};

/// Returns the language of `inlines` if their script rules out the language `around`. Glyphs, quotation
/// marks, line breaks and hyphenation depend on it. `None` if the span fits or mixes both. Of a very long span only the
/// start is judged.
///
/// ```
/// use sheaf::{model::{Inline, Lang}, text::span_language};
/// assert_eq!(span_language(&[Inline::text("Anna’s ferry")], Lang::ZhHant), Some(Lang::En));
/// assert_eq!(span_language(&[Inline::text("渡口")], Lang::En), Some(Lang::ZhHans));
/// assert_eq!(span_language(&[Inline::text("乘 ferry 渡江")], Lang::ZhHans), None);
/// ```
pub fn span_language(inlines: &[Inline], around: Lang) -> Option<Lang> {
    let mut seen = SpanScriptCounts::default();
    for_each_sampled_char(inlines, |c| seen.add(c));
    let lang = match seen {
        SpanScriptCounts { kana: 0, han, hangul, .. } if hangul > han => Lang::Ko,
        // Chinese texts occasionally quote a kana; Japanese texts contain many.
        SpanScriptCounts { han, kana: kana @ 1.., .. } if kana * 4 >= han => Lang::Ja,
        SpanScriptCounts { han: 0, kana: 0, hangul: 0, latin: 2.., .. } => Lang::En,
        SpanScriptCounts { han: 1.., latin: 0, .. } if around == Lang::En => Lang::ZhHans,
        _ => return None,
    };
    // Latin letters fit many languages, so do not override an undetermined one with English.
    (lang != around && !(lang == Lang::En && around == Lang::Und)).then_some(lang)
}

/// Number of letters per script.
#[derive(Default)]
struct SpanScriptCounts {
    han: usize,
    kana: usize,
    hangul: usize,
    latin: usize,
}

impl SpanScriptCounts {
    fn add(&mut self, c: char) {
        match c {
            '\u{3041}'..='\u{30FF}' => self.kana += usize::from(is_cjk(c)),
            '\u{1100}'..='\u{11FF}' | '\u{AC00}'..='\u{D7AF}' => self.hangul += 1,
            c if is_cjk(c) => self.han += 1,
            c if c.is_alphabetic() => self.latin += 1,
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn script_determines_the_language_of_a_span() {
        for (text, around, expected) in [
            ("江水退了", Lang::ZhHans, None),
            ("江水退了", Lang::Ja, None),
            ("江水退了", Lang::En, Some(Lang::ZhHans)),
            ("The ferry didn’t come.", Lang::ZhHans, Some(Lang::En)),
            ("The ferry", Lang::En, None),
            ("Die Fähre", Lang::Und, None),
            ("渡し船は来なかった", Lang::ZhHant, Some(Lang::Ja)),
            ("店里卖“の”字招牌的东西，都很贵", Lang::ZhHans, None),
            ("나룻배가 오지 않았다", Lang::ZhHans, Some(Lang::Ko)),
            ("2023-10-16", Lang::ZhHans, None),
            ("A 座", Lang::En, None),
            ("", Lang::ZhHans, None),
        ] {
            assert_eq!(span_language(&[Inline::text(text)], around), expected, "{text} in {around}");
        }
    }
}
