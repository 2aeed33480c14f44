//! Target scripts of Chinese script conversion.

use crate::model::Lang;

/// Written form of Chinese that a reader can choose instead of the original.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Simplified characters.
    Hans,
    /// Traditional characters with Taiwan's characters and vocabulary.
    Taiwan,
    /// Traditional characters as used in Hong Kong.
    HongKong,
}

/// Direction of a conversion.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// To Simplified characters.
    ToHans,
    /// To Traditional characters, including conversion between regional forms.
    ToHant,
}

impl Form {
    /// All forms, in display order.
    pub const ALL: [Form; 3] = [Form::Hans, Form::Taiwan, Form::HongKong];

    /// Returns the BCP 47 tag of a text in this form.
    pub fn tag(self) -> &'static str {
        match self {
            Form::Hans => "zh-Hans",
            Form::Taiwan => "zh-Hant-TW",
            Form::HongKong => "zh-Hant-HK",
        }
    }

    /// Returns the direction whose tables this form needs.
    pub fn direction(self) -> Direction {
        if self == Form::Hans { Direction::ToHans } else { Direction::ToHant }
    }

    /// Returns true if a text in `lang` can differ in this form.
    pub fn changes(self, lang: Lang) -> bool {
        !self.chain(lang).is_empty()
    }

    /// Returns the names of the tables applied in turn to a text in `lang`. Vocabulary is converted only from
    /// Simplified: a Traditional text already uses Traditional vocabulary.
    pub(super) fn chain(self, lang: Lang) -> &'static [&'static str] {
        match (self, lang) {
            (Form::Hans, Lang::ZhHant) => &["rev", "ts"],
            (Form::Taiwan, Lang::ZhHans) => &["st", "words-tw", "tw"],
            (Form::Taiwan, Lang::ZhHant) => &["tw"],
            (Form::HongKong, Lang::ZhHans) => &["st", "hk"],
            (Form::HongKong, Lang::ZhHant) => &["rev", "hk"],
            _ => &[],
        }
    }
}

impl Direction {
    /// Both directions.
    pub const ALL: [Direction; 2] = [Direction::ToHans, Direction::ToHant];

    /// Returns the name of the table file in the app's folder, which contains its content hash.
    pub fn file(self) -> &'static str {
        match self {
            Direction::ToHans => "hans-hwxt5pre.txt.gz",
            Direction::ToHant => "hant-qbeyah70.txt.gz",
        }
    }

    /// Returns the table text, for writing the file. The app fetches the file instead.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn data(self) -> &'static str {
        match self {
            Direction::ToHans => include_str!("hans.txt"),
            Direction::ToHant => include_str!("hant.txt"),
        }
    }
}
