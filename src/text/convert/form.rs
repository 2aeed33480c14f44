//! The forms in which Chinese can be shown, and what each takes.

use crate::model::Lang;

/// A form of written Chinese that a reader can choose instead of the original's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Simplified characters.
    Hans,
    /// Traditional characters and words as they are written in Taiwan.
    Taiwan,
    /// Traditional characters as they are written in Hong Kong.
    HongKong,
}

/// From which characters to which.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// To Simplified characters.
    ToHans,
    /// To Traditional characters, also from one region's to another's.
    ToHant,
}

impl Form {
    /// Every form, in the order in which they are offered.
    pub const ALL: [Form; 3] = [Form::Hans, Form::Taiwan, Form::HongKong];

    /// The BCP 47 tag of a text in this form.
    pub fn tag(self) -> &'static str {
        match self {
            Form::Hans => "zh-Hans",
            Form::Taiwan => "zh-Hant-TW",
            Form::HongKong => "zh-Hant-HK",
        }
    }

    /// Where this form's tables lie.
    pub fn direction(self) -> Direction {
        if self == Form::Hans { Direction::ToHans } else { Direction::ToHant }
    }

    /// Whether a text in the language `lang` reads otherwise in this form.
    pub fn changes(self, lang: Lang) -> bool {
        !self.chain(lang).is_empty()
    }

    /// The tables that a text in the language `lang` passes through. Words are another region's only where the
    /// characters are: a Traditional text already has those of somebody who writes Traditional.
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

    /// The file of the tables beside the app, named by its content.
    pub fn file(self) -> &'static str {
        match self {
            Direction::ToHans => "hans-hwxt5pre.txt.gz",
            Direction::ToHant => "hant-qbeyah70.txt.gz",
        }
    }

    /// The tables themselves, for whoever puts them there. The app has them fetched.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn data(self) -> &'static str {
        match self {
            Direction::ToHans => include_str!("hans.txt"),
            Direction::ToHant => include_str!("hant.txt"),
        }
    }
}
