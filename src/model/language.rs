//! Languages that an article can be assigned.

use serde::{Deserialize, Serialize};
use std::fmt;

/// Language of an article, detected at build time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Lang {
    /// Simplified Chinese.
    #[serde(rename = "zh-Hans")]
    ZhHans,
    /// Traditional Chinese.
    #[serde(rename = "zh-Hant")]
    ZhHant,
    /// English.
    #[serde(rename = "en")]
    En,
    /// Japanese.
    #[serde(rename = "ja")]
    Ja,
    /// Korean.
    #[serde(rename = "ko")]
    Ko,
    /// Undetermined: another language, or too little text.
    #[default]
    #[serde(rename = "und")]
    Und,
}

impl Lang {
    /// All languages, in display order.
    pub const ALL: [Lang; 6] = [Lang::ZhHans, Lang::ZhHant, Lang::En, Lang::Ja, Lang::Ko, Lang::Und];

    /// Returns the BCP 47 tag.
    pub fn tag(self) -> &'static str {
        match self {
            Lang::ZhHans => "zh-Hans",
            Lang::ZhHant => "zh-Hant",
            Lang::En => "en",
            Lang::Ja => "ja",
            Lang::Ko => "ko",
            Lang::Und => "und",
        }
    }

    /// Parses a tag, ignoring case. `zh` and the regional tags of Chinese are recognised.
    pub fn from_tag(tag: &str) -> Option<Lang> {
        let tag = tag.to_ascii_lowercase();
        Some(match tag.as_str() {
            "zh" | "zh-hans" | "zh-cn" | "zh-sg" => Lang::ZhHans,
            "zh-hant" | "zh-tw" | "zh-hk" | "zh-mo" => Lang::ZhHant,
            "en" => Lang::En,
            "ja" => Lang::Ja,
            "ko" => Lang::Ko,
            "und" => Lang::Und,
            _ => return None,
        })
    }

    /// Returns true if reading time counts characters instead of words.
    pub fn counts_characters(self) -> bool {
        matches!(self, Lang::ZhHans | Lang::ZhHant | Lang::Ja)
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.tag())
    }
}
