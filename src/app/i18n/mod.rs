//! Interface texts in Simplified Chinese, Traditional Chinese and English.
//!
//! Each part of the app has a struct of texts with three values, so a missing translation does not compile.

pub mod annotations;
pub mod archive_info;
pub mod commands;
pub mod dates;
pub mod front_page;
pub mod labels;
pub mod library;
pub mod list;
pub mod offline;
pub mod reader;
pub mod row_menu;
pub mod script_conversion;
pub mod speech;
pub mod timeline;
pub mod tools;
pub mod user_data;

pub use annotations::AnnotationTexts;
pub use archive_info::AboutTexts;
pub use commands::CommandTexts;
pub use dates::DateFormatter;
pub use front_page::FrontPageTexts;
pub use labels::LabelTexts;
pub use library::LibraryTexts;
pub use list::ListingTexts;
pub use offline::OfflineTexts;
pub use reader::{PanelTexts, ReaderTexts};
pub use row_menu::RowMenuTexts;
pub use script_conversion::ScriptTexts;
pub use speech::ListenTexts;
pub use timeline::TimelineTexts;
pub use tools::ToolTexts;
pub use user_data::UserDataTexts;

use crate::app::js_objects::Fields;
use crate::model::Lang;
use crate::text::format_thousands;
use js_sys::{Array, Intl};
use wasm_bindgen::{JsCast, JsValue};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Locale {
    /// 简体中文
    Hans,
    /// 繁體中文
    Hant,
    /// English
    En,
}

impl Locale {
    pub const ALL: [Locale; 3] = [Locale::Hans, Locale::Hant, Locale::En];

    /// Returns the language for a BCP 47 tag, if it is supported.
    pub fn from_tag(tag: &str) -> Option<Locale> {
        let tag = tag.to_ascii_lowercase();
        let traditional = ["hant", "tw", "hk", "mo"].iter().any(|part| tag.contains(part));
        match tag.split('-').next()? {
            "zh" if traditional => Some(Locale::Hant),
            "zh" => Some(Locale::Hans),
            "en" => Some(Locale::En),
            _ => None,
        }
    }

    /// Returns the preferred language of the browser, or English.
    pub fn from_browser() -> Locale {
        browser_languages().iter().find_map(|tag| Locale::from_tag(tag)).unwrap_or(Locale::En)
    }

    /// Returns the language of an archive's interface, if it is supported.
    pub fn from_lang(lang: Lang) -> Option<Locale> {
        Locale::from_tag(lang.tag())
    }

    pub fn lang(self) -> Lang {
        match self {
            Locale::Hans => Lang::ZhHans,
            Locale::Hant => Lang::ZhHant,
            Locale::En => Lang::En,
        }
    }

    pub fn tag(self) -> &'static str {
        self.lang().tag()
    }

    /// Returns the tag with the browser's region, which determines the date format.
    pub fn regional_tag(self) -> String {
        let asked = browser_languages().into_iter().find(|tag| Locale::from_tag(tag) == Some(self));
        asked.unwrap_or_else(|| self.tag().to_owned())
    }

    /// The language's own name.
    pub fn name(self) -> &'static str {
        match self {
            Locale::Hans => "简体",
            Locale::Hant => "繁體",
            Locale::En => "English",
        }
    }

    pub fn library(self) -> &'static LibraryTexts {
        match self {
            Locale::Hans => &library::HANS,
            Locale::Hant => &library::HANT,
            Locale::En => &library::EN,
        }
    }

    pub fn timeline(self) -> &'static TimelineTexts {
        match self {
            Locale::Hans => &timeline::HANS,
            Locale::Hant => &timeline::HANT,
            Locale::En => &timeline::EN,
        }
    }

    pub fn reader(self) -> &'static ReaderTexts {
        match self {
            Locale::Hans => &reader::HANS,
            Locale::Hant => &reader::HANT,
            Locale::En => &reader::EN,
        }
    }

    pub fn commands(self) -> &'static CommandTexts {
        match self {
            Locale::Hans => &commands::HANS,
            Locale::Hant => &commands::HANT,
            Locale::En => &commands::EN,
        }
    }

    pub fn listing(self) -> &'static ListingTexts {
        match self {
            Locale::Hans => &list::HANS,
            Locale::Hant => &list::HANT,
            Locale::En => &list::EN,
        }
    }

    pub fn labels(self) -> &'static LabelTexts {
        match self {
            Locale::Hans => &labels::HANS,
            Locale::Hant => &labels::HANT,
            Locale::En => &labels::EN,
        }
    }

    pub fn row_menu(self) -> &'static RowMenuTexts {
        match self {
            Locale::Hans => &row_menu::HANS,
            Locale::Hant => &row_menu::HANT,
            Locale::En => &row_menu::EN,
        }
    }

    pub fn front_page(self) -> &'static FrontPageTexts {
        match self {
            Locale::Hans => &front_page::HANS,
            Locale::Hant => &front_page::HANT,
            Locale::En => &front_page::EN,
        }
    }

    pub fn listen(self) -> &'static ListenTexts {
        match self {
            Locale::Hans => &speech::HANS,
            Locale::Hant => &speech::HANT,
            Locale::En => &speech::EN,
        }
    }

    pub fn script(self) -> &'static ScriptTexts {
        match self {
            Locale::Hans => &script_conversion::HANS,
            Locale::Hant => &script_conversion::HANT,
            Locale::En => &script_conversion::EN,
        }
    }

    pub fn about(self) -> &'static AboutTexts {
        match self {
            Locale::Hans => &archive_info::HANS,
            Locale::Hant => &archive_info::HANT,
            Locale::En => &archive_info::EN,
        }
    }

    pub fn tools(self) -> &'static ToolTexts {
        match self {
            Locale::Hans => &tools::HANS,
            Locale::Hant => &tools::HANT,
            Locale::En => &tools::EN,
        }
    }

    pub fn offline(self) -> &'static OfflineTexts {
        match self {
            Locale::Hans => &offline::HANS,
            Locale::Hant => &offline::HANT,
            Locale::En => &offline::EN,
        }
    }

    pub fn user_data(self) -> &'static UserDataTexts {
        match self {
            Locale::Hans => &user_data::HANS,
            Locale::Hant => &user_data::HANT,
            Locale::En => &user_data::EN,
        }
    }

    pub fn annotations(self) -> &'static AnnotationTexts {
        match self {
            Locale::Hans => &annotations::HANS,
            Locale::Hant => &annotations::HANT,
            Locale::En => &annotations::EN,
        }
    }

    pub fn dates(self) -> DateFormatter {
        DateFormatter(self)
    }

    /// Name of an article's language.
    pub fn lang_name(self, lang: Lang) -> &'static str {
        let (hans, hant, en) = match lang {
            Lang::ZhHans => ("简体中文", "簡體中文", "Simplified Chinese"),
            Lang::ZhHant => ("繁体中文", "繁體中文", "Traditional Chinese"),
            Lang::En => ("英文", "英文", "English"),
            Lang::Ja => ("日文", "日文", "Japanese"),
            Lang::Ko => ("韩文", "韓文", "Korean"),
            Lang::Und => ("其他", "其他", "Other"),
        };
        match self {
            Locale::Hans => hans,
            Locale::Hant => hant,
            Locale::En => en,
        }
    }
}

/// Preferred languages of the browser, most preferred first.
fn browser_languages() -> Vec<String> {
    let tags = web_sys::window().map(|window| window.navigator().languages());
    tags.iter().flat_map(|tags| tags.iter()).filter_map(|tag| tag.as_string()).collect()
}

/// Formats a number with thousands separators.
pub fn format_number(value: impl Into<u64>) -> String {
    format_thousands(value.into())
}

/// Formats a number of bytes in the largest unit below its value, with `Intl`.
pub fn format_byte_size(value: u64, ui: Locale) -> String {
    const UNITS: [&str; 4] = ["byte", "kilobyte", "megabyte", "gigabyte"];
    let (mut value, mut unit) = (value as f64, 0);
    while value >= 1000.0 && unit + 1 < UNITS.len() {
        (value, unit) = (value / 1000.0, unit + 1);
    }
    let options = Fields::default();
    options.set("style", "unit");
    options.set("unit", UNITS[unit]);
    options.set("maximumSignificantDigits", 3);
    let format = Intl::NumberFormat::new(&Array::of1(&ui.tag().into()), options.unchecked_ref()).format();
    let written = format.call1(&JsValue::UNDEFINED, &value.into());
    written.ok().and_then(|text| text.as_string()).unwrap_or_default()
}

/// Replaces each `{}` of `template` with the next of `values`.
fn fill(template: &str, values: &[&str]) -> String {
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
