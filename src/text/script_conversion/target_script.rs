//! Target scripts of Chinese script conversion.

use crate::model::Lang;

/// Written form of Chinese that a reader can choose instead of the original.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TargetScript {
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

impl TargetScript {
    /// All forms, in display order.
    pub const ALL: [TargetScript; 3] = [TargetScript::Hans, TargetScript::Taiwan, TargetScript::HongKong];

    /// Returns the BCP 47 tag of a text in this form.
    pub fn tag(self) -> &'static str {
        match self {
            TargetScript::Hans => "zh-Hans",
            TargetScript::Taiwan => "zh-Hant-TW",
            TargetScript::HongKong => "zh-Hant-HK",
        }
    }

    /// Returns the direction whose tables this form needs.
    pub fn direction(self) -> Direction {
        if self == TargetScript::Hans { Direction::ToHans } else { Direction::ToHant }
    }

    /// Returns true if a text in `lang` can differ in this form.
    pub fn applies_to(self, lang: Lang) -> bool {
        !self.table_chain(lang).is_empty()
    }

    /// Returns the names of the tables applied in turn to a text in `lang`. Vocabulary is converted only from
    /// Simplified: a Traditional text already uses Traditional vocabulary.
    pub(super) fn table_chain(self, lang: Lang) -> &'static [&'static str] {
        match (self, lang) {
            (TargetScript::Hans, Lang::ZhHant) => &["rev", "ts"],
            (TargetScript::Taiwan, Lang::ZhHans) => &["st", "words-tw", "tw"],
            (TargetScript::Taiwan, Lang::ZhHant) => &["tw"],
            (TargetScript::HongKong, Lang::ZhHans) => &["st", "hk"],
            (TargetScript::HongKong, Lang::ZhHant) => &["rev", "hk"],
            _ => &[],
        }
    }
}

impl Direction {
    /// Both directions.
    pub const ALL: [Direction; 2] = [Direction::ToHans, Direction::ToHant];

    /// Returns the name of the table file in the app's folder, which contains its content hash.
    pub fn file_name(self) -> &'static str {
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
