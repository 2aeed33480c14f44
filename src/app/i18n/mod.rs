//! The interface in Simplified Chinese, Traditional Chinese and English.
//!
//! Each part of the app has a struct of its texts and three values of it, so a text that is missing in a
//! language does not compile.

mod commands;
mod dates;
mod front;
mod library;
mod listing;
mod reader;
mod script;

pub use commands::CommandTexts;
pub use dates::Dates;
pub use front::FrontTexts;
pub use library::LibraryTexts;
pub use listing::ListingTexts;
pub use reader::ReaderTexts;
pub use script::ScriptTexts;

use crate::model::Lang;

/// A language of the interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ui {
    /// 简体中文
    Hans,
    /// 繁體中文
    Hant,
    /// English
    En,
}

impl Ui {
    /// Every language of the interface.
    pub const ALL: [Ui; 3] = [Ui::Hans, Ui::Hant, Ui::En];

    /// The language that a BCP 47 tag asks for, if the interface has it.
    pub fn from_tag(tag: &str) -> Option<Ui> {
        let tag = tag.to_ascii_lowercase();
        let traditional = ["hant", "tw", "hk", "mo"].iter().any(|part| tag.contains(part));
        match tag.split('-').next()? {
            "zh" if traditional => Some(Ui::Hant),
            "zh" => Some(Ui::Hans),
            "en" => Some(Ui::En),
            _ => None,
        }
    }

    /// The language that the browser asks for, or English.
    pub fn of_browser() -> Ui {
        let tags = web_sys::window().map(|window| window.navigator().languages());
        let tags = tags
            .into_iter()
            .flat_map(|tags| tags.iter().filter_map(|tag| tag.as_string()).collect::<Vec<_>>());
        tags.into_iter().find_map(|tag| Ui::from_tag(&tag)).unwrap_or(Ui::En)
    }

    /// The language of an archive's interface, if it is one of these.
    pub fn of_lang(lang: Lang) -> Option<Ui> {
        Ui::from_tag(lang.tag())
    }

    /// The BCP 47 tag.
    pub fn tag(self) -> &'static str {
        match self {
            Ui::Hans => "zh-Hans",
            Ui::Hant => "zh-Hant",
            Ui::En => "en",
        }
    }

    /// The language's name in itself.
    pub fn name(self) -> &'static str {
        match self {
            Ui::Hans => "简体",
            Ui::Hant => "繁體",
            Ui::En => "English",
        }
    }

    /// The texts of the library.
    pub fn library(self) -> &'static LibraryTexts {
        match self {
            Ui::Hans => &library::HANS,
            Ui::Hant => &library::HANT,
            Ui::En => &library::EN,
        }
    }

    /// The texts of the reader.
    pub fn reader(self) -> &'static ReaderTexts {
        match self {
            Ui::Hans => &reader::HANS,
            Ui::Hant => &reader::HANT,
            Ui::En => &reader::EN,
        }
    }

    /// What the commands are called.
    pub fn commands(self) -> &'static CommandTexts {
        match self {
            Ui::Hans => &commands::HANS,
            Ui::Hant => &commands::HANT,
            Ui::En => &commands::EN,
        }
    }

    /// The texts about the list as a whole.
    pub fn listing(self) -> &'static ListingTexts {
        match self {
            Ui::Hans => &listing::HANS,
            Ui::Hant => &listing::HANT,
            Ui::En => &listing::EN,
        }
    }

    /// The texts of a day's front page.
    pub fn front(self) -> &'static FrontTexts {
        match self {
            Ui::Hans => &front::HANS,
            Ui::Hant => &front::HANT,
            Ui::En => &front::EN,
        }
    }

    /// The texts about the form of Chinese.
    pub fn script(self) -> &'static ScriptTexts {
        match self {
            Ui::Hans => &script::HANS,
            Ui::Hant => &script::HANT,
            Ui::En => &script::EN,
        }
    }

    /// How dates are written.
    pub fn dates(self) -> Dates {
        Dates(self)
    }

    /// The name of an article's language.
    pub fn lang_name(self, lang: Lang) -> &'static str {
        match (lang, self) {
            (Lang::ZhHans, _) => "简体中文",
            (Lang::ZhHant, _) => "繁體中文",
            (Lang::En, _) => "English",
            (Lang::Ja, _) => "日本語",
            (Lang::Ko, _) => "한국어",
            (Lang::Und, Ui::Hans) => "其他",
            (Lang::Und, Ui::Hant) => "其他",
            (Lang::Und, Ui::En) => "Other",
        }
    }
}

/// A number with its thousands set apart.
pub fn number(value: impl Into<u64>) -> String {
    let digits = value.into().to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// `template` with each `{}` replaced by the next of `values`.
pub fn fill(template: &str, values: &[&str]) -> String {
    let mut values = values.iter();
    let mut text = String::new();
    let mut pieces = template.split("{}");
    text.push_str(pieces.next().unwrap_or_default());
    for piece in pieces {
        text.push_str(values.next().copied().unwrap_or_default());
        text.push_str(piece);
    }
    text
}
