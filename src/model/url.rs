//! Validated URLs.

use percent_encoding::{AsciiSet, percent_decode_str, utf8_percent_encode};
use serde::{Deserialize, Serialize, Serializer};
use std::fmt;

/// Absolute `http:`, `https:` or `mailto:` URL.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(try_from = "String")]
pub struct Url(String);

/// Image URL: `http:`, `https:`, or a `data:` URL with a raster format.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct ImageUrl(String);

/// Image stored in the archive, identified by its content hash.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ArchivedImage(String);

/// Error: the URL is not allowed.
#[derive(Debug, thiserror::Error)]
#[error(
    "URL or image name `{0}` not allowed: use http:, https: or mailto:, for images a raster data: URL too"
)]
pub struct InvalidUrl(String);

impl Url {
    /// Accepts `text` unchanged if the URL is allowed.
    ///
    /// Control characters and white space are rejected: browsers drop some of them before parsing the scheme.
    pub fn parse(text: &str) -> Option<Url> {
        let web = is_http(text);
        let mail = has_scheme(text, "mailto:") && text.len() > "mailto:".len();
        ((web || mail) && is_clean(text)).then(|| Url(text.to_owned()))
    }

    /// Returns the URL as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the host without user, port and a leading `www.`; `None` for `mailto:`.
    pub fn host(&self) -> Option<&str> {
        let (_, rest) = self.0.split_once("://")?;
        let authority = rest.split(['/', '?', '#']).next()?;
        let host = authority.rsplit('@').next()?;
        let host = host.split(':').next()?;
        Some(host.strip_prefix("www.").unwrap_or(host))
    }
}

impl ImageUrl {
    /// Accepts `text` unchanged if the image URL is allowed.
    pub fn parse(text: &str) -> Option<ImageUrl> {
        const RASTER: [&str; 6] = ["png", "jpeg", "jpg", "gif", "webp", "avif"];
        let raster = || {
            let (kind, _) = text.get("data:image/".len()..)?.split_once([';', ','])?;
            RASTER.iter().any(|known| kind.eq_ignore_ascii_case(known)).then_some(())
        };
        let allowed = is_http(text) || has_scheme(text, "data:image/") && raster().is_some();
        (allowed && is_clean(text)).then(|| ImageUrl(text.to_owned()))
    }

    /// Returns the URL of a picture that has none, because only the archive holds it.
    pub fn stand_in() -> ImageUrl {
        ImageUrl(STAND_IN.to_owned())
    }

    /// Returns the URL as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns true if the image is inlined, so that showing it sends no request.
    pub fn is_local(&self) -> bool {
        has_scheme(&self.0, "data:")
    }

    /// Returns the host of the image; `None` for an inlined image.
    pub fn host(&self) -> Option<&str> {
        let (_, rest) = self.0.split_once("://")?;
        rest.split(['/', '?', '#']).next()
    }
}

/// One transparent pixel.
const STAND_IN: &str = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAAAAACH5BAEAAAAALAAAAAABAAEAAAICRAEAOw==";

impl ArchivedImage {
    /// Returns the content hash.
    pub fn name(&self) -> &str {
        &self.0
    }

    /// Creates a reference from a [content hash](super::content_hash); `None` if malformed.
    pub fn from_hash(name: &str) -> Option<ArchivedImage> {
        let is_name =
            name.len() == 8 && name.bytes().all(|byte| byte.is_ascii_digit() || byte.is_ascii_lowercase());
        is_name.then(|| ArchivedImage(name.to_owned()))
    }

    /// Returns the path of the image relative to the site's folder.
    pub fn path(&self) -> String {
        format!("archive/{}.webp", self.0)
    }
}

impl TryFrom<String> for ArchivedImage {
    type Error = InvalidUrl;

    fn try_from(name: String) -> Result<ArchivedImage, InvalidUrl> {
        ArchivedImage::from_hash(&name).ok_or(InvalidUrl(name))
    }
}

impl From<ArchivedImage> for String {
    fn from(kept: ArchivedImage) -> String {
        kept.0
    }
}

fn has_scheme(text: &str, scheme: &str) -> bool {
    text.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme))
}

/// Returns `text` without its scheme, `http://` or `https://`; `None` without one of these.
pub(crate) fn strip_http_scheme(text: &str) -> Option<&str> {
    let scheme = ["http://", "https://"].into_iter().find(|scheme| has_scheme(text, scheme))?;
    text.get(scheme.len()..)
}

fn is_http(text: &str) -> bool {
    strip_http_scheme(text).is_some_and(|rest| !rest.is_empty() && !rest.starts_with(['/', '?', '#']))
}

fn is_clean(text: &str) -> bool {
    !text.chars().any(|c| c.is_control() || c.is_whitespace())
}

/// Converts a URL to the stored IRI: percent-encoded letters, as in URLs with Chinese titles, are decoded.
/// They then compress to a fraction, in particular next to the title.
fn to_iri(url: &str) -> String {
    let mut stored = String::with_capacity(url.len());
    let mut rest = url;
    while let Some((before, after)) = rest.split_once('%') {
        stored.push_str(before);
        rest = &rest[before.len()..];
        match encoded_letter(rest) {
            Some((letter, length)) => {
                stored.push(letter);
                rest = &rest[length..];
            }
            None => {
                stored.push('%');
                rest = after;
            }
        }
    }
    stored + rest
}

/// Decodes the non-ASCII letter at the start of `text`; returns the letter and its encoded length in bytes. Lower-case
/// digits are left encoded because [`from_iri`] writes upper case.
fn encoded_letter(text: &str) -> Option<(char, usize)> {
    [6, 9, 12].into_iter().find_map(|length| {
        let codes = text.get(..length)?;
        let decoded = percent_decode_str(codes).decode_utf8().ok()?;
        let letter = decoded.chars().next().filter(|c| c.is_alphanumeric())?;
        (from_iri(letter.encode_utf8(&mut [0; 4])) == codes).then_some((letter, length))
    })
}

/// Converts a stored IRI back to a URL: non-ASCII characters are percent-encoded.
fn from_iri(text: &str) -> String {
    utf8_percent_encode(text, &AsciiSet::EMPTY).to_string()
}

macro_rules! text_like {
    ($name:ident) => {
        impl TryFrom<String> for $name {
            type Error = InvalidUrl;

            fn try_from(text: String) -> Result<$name, InvalidUrl> {
                $name::parse(&from_iri(&text)).ok_or(InvalidUrl(text))
            }
        }

        impl $name {
            /// Returns the IRI under which the URL is stored.
            pub(super) fn to_iri(&self) -> String {
                to_iri(&self.0)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.to_iri())
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

text_like!(Url);
text_like!(ImageUrl);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_safe_schemes_are_accepted() {
        for good in ["https://a.example/b", "HTTP://a.example", "mailto:a@b.example"] {
            assert!(Url::parse(good).is_some(), "{good}");
        }
        for bad in [
            "javascript:alert(1)",
            "java\nscript:alert(1)",
            "data:text/html,x",
            "file:///etc/passwd",
            "whatsapp://send",
            "//a.example",
            "/a",
            "https://",
            "https:///a",
            "https://a.example/\u{0}",
            "http://a b",
            "",
        ] {
            assert!(Url::parse(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn image_urls_accept_raster_data_and_reject_svg() {
        assert!(ImageUrl::parse("data:image/png;base64,AAAA").is_some());
        assert!(ImageUrl::parse("DATA:image/JPEG;base64,AAAA").is_some());
        assert!(ImageUrl::parse("data:image/svg+xml,<svg/>").is_none());
        assert!(ImageUrl::parse("data:text/html;base64,AAAA").is_none());
        assert!(ImageUrl::parse("mailto:a@b.example").is_none());
    }

    #[test]
    fn stand_in_is_a_valid_image_url() {
        assert_eq!(ImageUrl::parse(STAND_IN), Some(ImageUrl::stand_in()));
        assert_eq!(to_iri(STAND_IN), STAND_IN);
    }

    #[test]
    fn decoding_rejects_unsafe_urls() {
        assert!(serde_json::from_str::<Url>(r#""javascript:alert(1)""#).is_err());
        assert!(serde_json::from_str::<ImageUrl>(r#""data:image/svg+xml,x""#).is_err());
    }

    #[test]
    fn encoded_letters_are_stored_decoded_and_round_trip() {
        let check = |url: &str, stored: &str| {
            assert_eq!(to_iri(url), stored);
            assert_eq!(from_iri(stored), url);
        };
        check("https://a.example/%E6%BD%AE%E6%B1%90?x=%20%2F", "https://a.example/潮汐?x=%20%2F");
        // Lower case, punctuation, truncated sequences and invalid encodings stay unchanged.
        for odd in
            ["https://a/%e6%bd%ae", "https://a/%E3%80%82", "https://a/%E6%BD", "https://a/100%", "a%ZZ%E6"]
        {
            check(odd, odd);
        }
    }

    #[test]
    fn every_byte_of_a_url_keeps_its_stored_form() {
        for byte in 0..=255 {
            // A byte that is no letter by itself stays encoded.
            let code = format!("https://a/%{byte:02X}%{byte:02x}");
            assert_eq!(to_iri(&code), code);
            assert_eq!(from_iri(&code), code);
            let c = char::from(byte);
            let codes: String = c.to_string().bytes().map(|byte| format!("%{byte:02X}")).collect();
            let is_letter = !c.is_ascii() && c.is_alphanumeric();
            assert_eq!(to_iri(&codes), if is_letter { c.to_string() } else { codes.clone() });
            assert_eq!(from_iri(&c.to_string()), if c.is_ascii() { c.to_string() } else { codes });
        }
    }

    #[test]
    fn site_is_the_host_without_user_port_and_www() {
        let site = |url: &str| Url::parse(url).unwrap().host().map(str::to_owned);
        assert_eq!(site("https://u:p@www.a.example:8080/x").as_deref(), Some("a.example"));
        assert_eq!(site("mailto:a@b.example"), None);
    }
}
