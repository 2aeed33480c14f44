//! The languages an article can be told to be in.

use serde::{Deserialize, Serialize};
use std::fmt;

/// The language of an article, as found at build time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Lang {
    /// Chinese in Simplified characters.
    #[serde(rename = "zh-Hans")]
    ZhHans,
    /// Chinese in Traditional characters.
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
    /// Not enough text, or another language.
    #[default]
    #[serde(rename = "und")]
    Und,
}

impl Lang {
    /// Every language, in the order in which they are listed.
    pub const ALL: [Lang; 6] = [Lang::ZhHans, Lang::ZhHant, Lang::En, Lang::Ja, Lang::Ko, Lang::Und];

    /// The BCP 47 tag.
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

    /// The language with this tag, in any case; `zh` and the regional tags of Chinese are known too.
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

    /// Whether reading time counts characters rather than words.
    pub fn counts_characters(self) -> bool {
        matches!(self, Lang::ZhHans | Lang::ZhHant | Lang::Ja)
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.tag())
    }
}
