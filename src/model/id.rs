//! Permanent id of an article.

use super::address::normalize;
use super::hash::{Hash, base32, parse_base32};
use super::url::Url;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// 60-bit hash of an article's normalised URL, or of its path if there is no URL; 12 characters of base 32 in
/// text. The id depends on nothing else, so permalinks survive every rebuild.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Id(u64);

impl Id {
    /// Width of an id in bits.
    pub const BITS: u32 = 60;
    /// Length of an id in characters.
    pub const LENGTH: usize = 12;

    /// Returns the id of the article at `url`. All spellings that [`normalize`] treats as equal give the same
    /// id.
    ///
    /// `url` is expected as a URL parser writes it, as are the links in articles.
    pub fn from_url(url: &Url) -> Id {
        Id::from_address(&normalize(url.as_str()))
    }

    /// Returns the id of the article with this normalised URL.
    pub fn from_address(address: &str) -> Id {
        Id::from_text(address)
    }

    /// Returns the id that archives up to version 4 gave to the article at `url`.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn from_url_v4(url: &Url) -> Id {
        Id::from_text(&super::address::normalize_v4(url.as_str()))
    }

    /// Returns the id of an article without a URL, from its path inside the seeds folder.
    pub fn from_path(path: &str) -> Id {
        Id::from_text(&format!("path:{path}"))
    }

    fn from_text(text: &str) -> Id {
        Id(Hash::new(text.as_bytes()).high_bits(Self::BITS))
    }

    /// Returns the highest `bits` bits of the id, which select its shard.
    pub fn prefix(self, bits: u32) -> u64 {
        if bits == 0 { 0 } else { self.0 >> (Self::BITS - bits.min(Self::BITS)) }
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&base32(self.0, Self::LENGTH as u32))
    }
}

/// Error: the text is not a valid id.
#[derive(Debug, thiserror::Error)]
#[error("invalid article id `{0}`: expected 12 characters of 0-9 and a-z without i, l, o, u")]
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
    fn formatted_id_parses_back() {
        let id = Id::from_path("a/1.txt");
        assert_eq!(id.to_string().parse::<Id>().unwrap(), id);
    }

    #[test]
    fn invalid_id_reports_the_expected_form() {
        let error = "abc".parse::<Id>().unwrap_err().to_string();
        assert_eq!(
            error,
            "invalid article id `abc`: expected 12 characters of 0-9 and a-z without i, l, o, u"
        );
    }

    #[test]
    fn id_of_a_known_url_is_stable() {
        // The value is part of the format: saved permalinks must keep working.
        let url = Url::parse("https://example.org/a").unwrap();
        assert_eq!(Id::from_url(&url).to_string(), "g2z8qcywwce0");
        assert_eq!(Id::from_url_v4(&url), Id::from_url(&url));
    }

    #[test]
    fn earlier_id_of_a_url_is_stable() {
        let url = |text| Url::parse(text).unwrap();
        let routed = url("https://www.Example.org:443/a/?spm=1&utm_source=2#/b");
        assert_eq!(Id::from_url_v4(&routed), Id::from_url_v4(&url("https://example.org/a?spm=1")));
        assert_eq!(Id::from_url_v4(&routed).to_string(), "brr3hg7zf9wm");
    }
}
