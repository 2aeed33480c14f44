//! The permanent name of an article.

use super::hash::{Hash, base32, parse_base32};
use super::url::{Url, normalize};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// 60 bits of the hash of an article's normalised URL, or of its path where it has none; 12 characters
/// of base 32 in writing. It depends on nothing else, so a permalink outlives every rebuild.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Id(u64);

impl Id {
    /// How many bits an id has.
    pub const BITS: u32 = 60;
    /// How many characters an id is written with.
    pub const LENGTH: usize = 12;

    /// The id of the article at `url`, the same for every spelling that [`normalize`] treats as one.
    pub fn of_url(url: &Url) -> Id {
        Id::of_text(&normalize(url.as_str()))
    }

    /// The id of an article without URL, from its path inside the seeds.
    pub fn of_path(path: &str) -> Id {
        Id::of_text(&format!("path:{path}"))
    }

    fn of_text(text: &str) -> Id {
        Id(Hash::of(text.as_bytes()).top(Self::BITS))
    }

    /// The highest `bits` of the id: the shard it lies in.
    pub fn prefix(self, bits: u32) -> u64 {
        if bits == 0 { 0 } else { self.0 >> (Self::BITS - bits.min(Self::BITS)) }
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&base32(self.0, Self::LENGTH as u32))
    }
}

/// Why a text is no id.
#[derive(Debug, thiserror::Error)]
#[error("`{0}` is not an article id: 12 characters of 0-9 and a-z without i, l, o, u are expected")]
pub struct InvalidId(String);

impl FromStr for Id {
    type Err = InvalidId;

    fn from_str(text: &str) -> Result<Id, InvalidId> {
        match parse_base32(text) {
            Some(value) if text.len() == Self::LENGTH => Ok(Id(value)),
            _ => Err(InvalidId(text.to_owned())),
        }
    }
}

impl TryFrom<String> for Id {
    type Error = InvalidId;

    fn try_from(text: String) -> Result<Id, InvalidId> {
        text.parse()
    }
}

impl From<Id> for String {
    fn from(id: Id) -> String {
        id.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_it_writes() {
        let id = Id::of_path("a/1.txt");
        assert_eq!(id.to_string().parse::<Id>().unwrap(), id);
    }

    #[test]
    fn says_what_it_expects() {
        let error = "abc".parse::<Id>().unwrap_err().to_string();
        assert_eq!(
            error,
            "`abc` is not an article id: 12 characters of 0-9 and a-z without i, l, o, u are expected"
        );
    }

    #[test]
    fn ids_never_change() {
        // A permalink that somebody saved must open for ever: these values are part of the format.
        let url = Url::parse("https://example.org/a").unwrap();
        assert_eq!(Id::of_url(&url).to_string(), "g2z8qcywwce0");
    }
}
