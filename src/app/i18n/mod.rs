//! Interface texts in Simplified Chinese, Traditional Chinese and English.
//!
//! Each part of the app has a struct of texts with three values, so a missing translation does not compile.

mod about;
mod commands;
mod dates;
mod front;
mod keep;
mod library;
mod listen;
mod listing;
mod offline;
mod pencil;
mod reader;
mod script;
mod tools;

pub use about::AboutTexts;
pub use commands::CommandTexts;
pub use dates::Dates;
pub use front::FrontTexts;
pub use keep::KeepTexts;
pub use library::LibraryTexts;
pub use listen::ListenTexts;
pub use listing::ListingTexts;
pub use offline::OfflineTexts;
pub use pencil::PencilTexts;
pub use reader::ReaderTexts;
pub use script::ScriptTexts;
pub use tools::ToolTexts;

use crate::model::Lang;
use crate::view::grouped;
use js_sys::{Array, Intl, Object, Reflect};
use wasm_bindgen::JsValue;

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
    pub const ALL: [Ui; 3] = [Ui::Hans, Ui::Hant, Ui::En];

    /// Returns the language for a BCP 47 tag, if it is supported.
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

    /// Returns the preferred language of the browser, or English.
    pub fn of_browser() -> Ui {
        asked().iter().find_map(|tag| Ui::from_tag(tag)).unwrap_or(Ui::En)
    }

    /// Returns the language of an archive's interface, if it is supported.
    pub fn of_lang(lang: Lang) -> Option<Ui> {
        Ui::from_tag(lang.tag())
    }

    pub fn tag(self) -> &'static str {
        match self {
            Ui::Hans => "zh-Hans",
            Ui::Hant => "zh-Hant",
            Ui::En => "en",
        }
    }

    /// Returns the tag with the browser's region, which determines the date format.
    fn regional_tag(self) -> String {
        let asked = asked().into_iter().find(|tag| Ui::from_tag(tag) == Some(self));
        asked.unwrap_or_else(|| self.tag().to_owned())
    }

    /// The language's own name.
    pub fn name(self) -> &'static str {
        match self {
            Ui::Hans => "简体",
            Ui::Hant => "繁體",
            Ui::En => "English",
        }
    }

    pub fn library(self) -> &'static LibraryTexts {
        match self {
            Ui::Hans => &library::HANS,
            Ui::Hant => &library::HANT,
            Ui::En => &library::EN,
        }
    }

    pub fn reader(self) -> &'static ReaderTexts {
        match self {
            Ui::Hans => &reader::HANS,
            Ui::Hant => &reader::HANT,
            Ui::En => &reader::EN,
        }
    }

    pub fn commands(self) -> &'static CommandTexts {
        match self {
            Ui::Hans => &commands::HANS,
            Ui::Hant => &commands::HANT,
            Ui::En => &commands::EN,
        }
    }

    pub fn listing(self) -> &'static ListingTexts {
        match self {
            Ui::Hans => &listing::HANS,
            Ui::Hant => &listing::HANT,
            Ui::En => &listing::EN,
        }
    }

    pub fn front(self) -> &'static FrontTexts {
        match self {
            Ui::Hans => &front::HANS,
            Ui::Hant => &front::HANT,
            Ui::En => &front::EN,
        }
    }

    pub fn listen(self) -> &'static ListenTexts {
        match self {
            Ui::Hans => &listen::HANS,
            Ui::Hant => &listen::HANT,
            Ui::En => &listen::EN,
        }
    }

    pub fn script(self) -> &'static ScriptTexts {
        match self {
            Ui::Hans => &script::HANS,
            Ui::Hant => &script::HANT,
            Ui::En => &script::EN,
        }
    }

    pub fn about(self) -> &'static AboutTexts {
        match self {
            Ui::Hans => &about::HANS,
            Ui::Hant => &about::HANT,
            Ui::En => &about::EN,
        }
    }

    pub fn tools(self) -> &'static ToolTexts {
        match self {
            Ui::Hans => &tools::HANS,
            Ui::Hant => &tools::HANT,
            Ui::En => &tools::EN,
        }
    }

    pub fn offline(self) -> &'static OfflineTexts {
        match self {
            Ui::Hans => &offline::HANS,
            Ui::Hant => &offline::HANT,
            Ui::En => &offline::EN,
        }
    }

    pub fn keep(self) -> &'static KeepTexts {
        match self {
            Ui::Hans => &keep::HANS,
            Ui::Hant => &keep::HANT,
            Ui::En => &keep::EN,
        }
    }

    pub fn pencil(self) -> &'static PencilTexts {
        match self {
            Ui::Hans => &pencil::HANS,
            Ui::Hant => &pencil::HANT,
            Ui::En => &pencil::EN,
        }
    }

    pub fn dates(self) -> Dates {
        Dates(self)
    }

    /// Name of an article's language.
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

/// Preferred languages of the browser, most preferred first.
fn asked() -> Vec<String> {
    let tags = web_sys::window().map(|window| window.navigator().languages());
    tags.iter().flat_map(|tags| tags.iter()).filter_map(|tag| tag.as_string()).collect()
}

/// Formats a number with thousands separators.
pub fn number(value: impl Into<u64>) -> String {
    grouped(value.into())
}

/// Formats a number of bytes in the largest unit below its value, with `Intl`.
pub fn bytes(value: u64, ui: Ui) -> String {
    const UNITS: [&str; 4] = ["byte", "kilobyte", "megabyte", "gigabyte"];
    let (mut value, mut unit) = (value as f64, 0);
    while value >= 1000.0 && unit + 1 < UNITS.len() {
        (value, unit) = (value / 1000.0, unit + 1);
    }
    let options = Object::new();
    let set = |name: &str, value: JsValue| Reflect::set(&options, &name.into(), &value);
    // Setting properties of a fresh object cannot fail.
    let _ = set("style", "unit".into());
    let _ = set("unit", UNITS[unit].into());
    let _ = set("maximumSignificantDigits", 3.into());
    let format = Intl::NumberFormat::new(&Array::of1(&ui.tag().into()), &options).format();
    let written = format.call1(&JsValue::UNDEFINED, &value.into());
    written.ok().and_then(|text| text.as_string()).unwrap_or_default()
}

/// Replaces each `{}` of `template` with the next of `values`.
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
