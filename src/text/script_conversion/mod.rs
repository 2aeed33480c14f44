//! Conversion between Simplified and Traditional Chinese, phrase by phrase, with OpenCC's dictionaries,
//! and with the quotation marks of the target.
//!
//! A text passes through a chain of [`PhraseTable`]s. Each replaces the longest phrase it knows at a position, or
//! else the character. The tables are in two files in the app's folder, one per [`Direction`], fetched when a
//! reader chooses another form. `conversion.py` generates them from OpenCC's dictionaries (Apache-2.0).
//!
//! ```
//! use sheaf::model::Lang;
//! use sheaf::text::{ConversionTables, Direction, TargetScript};
//! let tables = ConversionTables::parse(Direction::ToHant.data())?;
//! let shown = tables.convert("理发的软件", TargetScript::Taiwan, Lang::ZhHans);
//! assert_eq!(shown.map(|shown| shown.text).as_deref(), Some("理髮的軟體"));
//! # Ok::<(), sheaf::text::ConversionTableError>(())
//! ```
//!
//! Invariant: a converted text has the lines of the original, and its [`OffsetMap`] maps whole characters to
//! whole characters.

mod offset_map;
mod quotation_marks;
mod table;
mod target_script;

pub use offset_map::OffsetMap;
pub use table::ConversionTableError;
pub use target_script::{Direction, TargetScript};

use self::quotation_marks::set_corner_brackets;
use self::table::PhraseTable;
use crate::model::Lang;

/// Conversion tables of one direction, by name.
pub struct ConversionTables(Vec<(String, PhraseTable)>);

/// Text converted to another form.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ConvertedText {
    /// Converted text.
    pub text: String,
    /// Offsets between the original and the converted text.
    pub mapping: OffsetMap,
}

impl ConversionTables {
    /// Parses a table file. `conversion.py` documents its format.
    pub fn parse(file: &str) -> Result<ConversionTables, ConversionTableError> {
        // The first section states the origin of the tables.
        let tables = file.split("\n\n").skip(1).map(|table| {
            let (name, table) = table.split_once('\n').ok_or(ConversionTableError)?;
            Ok((name.to_owned(), PhraseTable::parse(table)?))
        });
        let tables: Vec<_> = tables.collect::<Result<_, _>>()?;
        if tables.is_empty() { Err(ConversionTableError) } else { Ok(ConversionTables(tables)) }
    }

    /// Converts `text` from `lang` to `form`. Returns `None` if the form leaves the language unchanged, or if
    /// these are the tables of the other direction.
    pub fn convert(&self, text: &str, form: TargetScript, lang: Lang) -> Option<ConvertedText> {
        let mut shown: Option<ConvertedText> = None;
        for &name in form.table_chain(lang) {
            let (_, table) = self.0.iter().find(|(known, _)| known == name)?;
            let mut mapping =
                shown.as_mut().map(|shown| std::mem::take(&mut shown.mapping)).unwrap_or_default();
            let text = table.convert(shown.as_ref().map_or(text, |shown| &shown.text), &mut mapping);
            shown = Some(ConvertedText { text, mapping });
        }
        if form == TargetScript::Hans {
            return shown;
        }
        shown.map(|shown| ConvertedText { text: set_corner_brackets(shown.text), ..shown })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::sync::LazyLock;

    static HANT: LazyLock<ConversionTables> =
        LazyLock::new(|| ConversionTables::parse(Direction::ToHant.data()).unwrap());
    static HANS: LazyLock<ConversionTables> =
        LazyLock::new(|| ConversionTables::parse(Direction::ToHans.data()).unwrap());

    fn convert(text: &str, form: TargetScript, lang: Lang) -> ConvertedText {
        let tables = if form == TargetScript::Hans { &HANS } else { &HANT };
        tables.convert(text, form, lang).unwrap()
    }

    /// The expected results are the output of OpenCC 1.4.2 (`s2twp`, `s2hk`, `tw2s` or `hk2s`, `t2tw`, `tw2t`
    /// with `t2hk`) for the project's own sentences.
    #[test]
    fn converted_sentences_match_opencc() {
        let mut wrong = Vec::new();
        for line in include_str!("examples.txt").lines() {
            let [program, text, expected] = line.split('\t').collect::<Vec<_>>()[..] else {
                panic!("{line}")
            };
            let (form, lang) = match program {
                "s2twp" => (TargetScript::Taiwan, Lang::ZhHans),
                "s2hk" => (TargetScript::HongKong, Lang::ZhHans),
                "t2tw" => (TargetScript::Taiwan, Lang::ZhHant),
                "t2hk" => (TargetScript::HongKong, Lang::ZhHant),
                _ => (TargetScript::Hans, Lang::ZhHant),
            };
            let shown = convert(text, form, lang).text;
            if shown != expected {
                wrong.push(format!("{program} {text}\n   is {shown}\n  not {expected}"));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn text_already_in_the_form_is_not_converted() {
        assert!(HANS.convert("渡口", TargetScript::Hans, Lang::ZhHans).is_none());
        assert!(HANT.convert("tide", TargetScript::Taiwan, Lang::En).is_none());
        assert!(HANT.convert("渡し", TargetScript::Taiwan, Lang::Ja).is_none());
        assert!(
            HANS.convert("渡口", TargetScript::Taiwan, Lang::ZhHans).is_none(),
            "the tables of the other direction"
        );
    }

    #[test]
    fn table_file_names_contain_their_content_hash() {
        for direction in Direction::ALL {
            let name = crate::model::content_hash(direction.data().as_bytes());
            assert!(direction.file_name().contains(&name), "{direction:?} should be named {name}");
        }
    }

    #[test]
    fn malformed_tables_are_rejected() {
        for file in ["", "<html>", "from\n\nst\n发", "from\n\nst\n发發\n头发=", "from\n\nst\n发發\n头!"]
        {
            assert!(ConversionTables::parse(file).is_err(), "{file:?}");
        }
    }

    #[test]
    fn offsets_map_across_replaced_phrases() {
        let shown = convert("用博客和网络", TargetScript::Taiwan, Lang::ZhHans);
        assert_eq!(shown.text, "用部落格和網路");
        let at = |text: &str, part: &str| text.find(part).map(|at| at..at + part.len()).unwrap();
        for (from, to) in
            [("博客", "部落格"), ("博", "部落格"), ("客", "部落格"), ("和网", "和網"), ("络", "路")]
        {
            let from = at("用博客和网络", from);
            assert_eq!(shown.mapping.to_converted(from), at(&shown.text, to), "{to}");
        }
        for (from, to) in [("博客", "落"), ("博客", "部落格"), ("和", "和"), ("网络", "網路")] {
            let to = at(&shown.text, to);
            assert_eq!(shown.mapping.to_original(to), at("用博客和网络", from), "{from}");
        }
    }

    fn text() -> impl Strategy<Value = String> {
        // Characters that occur in many phrases, mixed with others.
        let parts = [
            "发",
            "头",
            "软件",
            "博客",
            "出租车",
            "后",
            "里",
            "面",
            "干",
            "着",
            "台",
            "裏",
            "著",
            "，",
            "“",
            "”",
            "‘",
            "’",
            "\n",
            "a",
            "𠮷",
        ];
        proptest::collection::vec(proptest::sample::select(parts.to_vec()), 0..40)
            .prop_map(|parts| parts.concat())
    }

    proptest! {
        #[test]
        fn mapped_ranges_are_whole_and_ordered(text in text()) {
            for (form, lang) in
                [(TargetScript::Taiwan, Lang::ZhHans), (TargetScript::HongKong, Lang::ZhHans), (TargetScript::Hans, Lang::ZhHant)]
            {
                let shown = convert(&text, form, lang);
                prop_assert_eq!(shown.text.matches('\n').count(), text.matches('\n').count());
                prop_assert_eq!(shown.mapping.to_converted(0..text.len()), 0..shown.text.len());
                let mut last = 0;
                let mut joined = String::new();
                for (at, c) in text.char_indices() {
                    let range = shown.mapping.to_converted(at..at + c.len_utf8());
                    prop_assert!(shown.text.get(range.clone()).is_some_and(|part| !part.is_empty()));
                    prop_assert!(range.start >= last, "in order");
                    last = range.start;
                    if c == '\n' || c == '，' {
                        prop_assert_eq!(&shown.text[range.clone()], c.to_string());
                    }
                    let back = shown.mapping.to_original(range);
                    prop_assert!(back.start <= at && at + c.len_utf8() <= back.end && text.get(back).is_some());
                    let (start, end) = (shown.mapping.boundary(at), shown.mapping.boundary(at + c.len_utf8()));
                    joined.push_str(&shown.text[start..end]);
                }
                prop_assert_eq!(joined, shown.text, "pieces join to the whole text");
            }
        }

        #[test]
        fn converting_twice_changes_nothing(text in text()) {
            let once = convert(&text, TargetScript::Hans, Lang::ZhHant).text;
            prop_assert_eq!(&convert(&once, TargetScript::Hans, Lang::ZhHant).text, &once);
            for form in [TargetScript::Taiwan, TargetScript::HongKong] {
                // `著` alone is ambiguous in Hong Kong's form.
                if form == TargetScript::HongKong && text.contains('著') {
                    continue;
                }
                let once = convert(&text, form, Lang::ZhHans).text;
                prop_assert_eq!(&convert(&once, form, Lang::ZhHant).text, &once);
            }
        }
    }
}
