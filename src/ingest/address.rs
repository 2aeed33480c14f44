//! Resolution and validation of URLs in articles.

use crate::model::{Href, Id, ImageUrl, Url as Checked, normalize};
use percent_encoding::percent_decode_str;
use std::borrow::Cow;
use url::Url;

/// Parses the URL of an article; returns the stored form and the base for relative URLs.
///
/// The stored form keeps the original spelling, since servers may treat differently escaped URLs as different pages.
/// Only characters that validation rejects, such as spaces, are escaped.
pub(super) fn parse_article_url(text: &str) -> Option<(Checked, Url)> {
    let text = text.trim_start_matches('<').trim_end_matches('>').trim();
    let text = if text.starts_with("//") { format!("https:{text}") } else { text.to_owned() };
    let base = Url::parse(&text).ok().filter(is_http)?;
    let kept = Checked::parse(&text).or_else(|| Checked::parse(base.as_str()))?;
    kept.host().is_some().then_some((kept, base))
}

/// Returns the canonical address of a page: equal for all spellings that browsers and sites treat as equal.
pub fn canonical_address(url: &Checked) -> String {
    // Parsing resolves dot segments and encodes international hosts, as it does for the links in articles.
    let parsed = Url::parse(url.as_str());
    normalize(parsed.as_ref().map_or(url.as_str(), Url::as_str))
}

/// Returns the id of the article at `url`.
pub fn article_id(url: &Checked) -> Id {
    Id::from_address(&canonical_address(url))
}

/// Returns the host in Unicode, without a leading `www.`.
pub(super) fn display_host(url: &Checked) -> Option<String> {
    let host = url.host()?;
    let unicode = url::quirks::domain_to_unicode(host);
    Some(if unicode.is_empty() { host.to_ascii_lowercase() } else { unicode })
}

/// Resolves a link; returns `None` for links that must not be followed, such as `javascript:`.
///
/// A link into the article itself keeps only the name of the anchor.
pub(super) fn resolve_link(text: &str, base: Option<&Url>) -> Option<Href> {
    let text = text.trim_matches(|c: char| c <= ' ');
    if let Some(name) = text.strip_prefix('#') {
        return parse_anchor(name);
    }
    let url = resolve(text, base)?;
    if let (Some(base), Some(name)) = (base, url.fragment())
        && is_same_page(&url, base)
    {
        return parse_anchor(name);
    }
    Checked::parse(url.as_str()).map(Href::Url)
}

/// Parses the anchor name of `href="#name"`.
fn parse_anchor(name: &str) -> Option<Href> {
    let name = percent_decode(name);
    (!name.is_empty() && name.len() <= 200).then_some(Href::Anchor(name))
}

/// Resolves the URL of another page, such as an embedded frame.
pub(super) fn resolve_page(text: &str, base: Option<&Url>) -> Option<Url> {
    resolve(text.trim(), base).filter(is_http)
}

/// Resolves the URL of an image.
pub(super) fn resolve_image(text: &str, base: Option<&Url>) -> Option<ImageUrl> {
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    if text.get(..5).is_some_and(|start| start.eq_ignore_ascii_case("data:")) {
        // White space inside base64 is insignificant.
        let joined: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        return ImageUrl::parse(&joined).filter(|_| joined.is_ascii() && joined.contains(";base64,"));
    }
    ImageUrl::parse(resolve(text, base).filter(is_http)?.as_str())
}

fn resolve(text: &str, base: Option<&Url>) -> Option<Url> {
    match base {
        Some(base) => base.join(text).ok(),
        // The scheme is unknown; nearly all sites support TLS.
        None if text.starts_with("//") => Url::parse(&format!("https:{text}")).ok(),
        None => Url::parse(text).ok(),
    }
}

fn is_http(url: &Url) -> bool {
    matches!(url.scheme(), "http" | "https") && url.has_host()
}

fn is_same_page(a: &Url, b: &Url) -> bool {
    a.host() == b.host() && a.path() == b.path() && a.query() == b.query()
}

/// Decodes `%XX` sequences if the result is UTF-8.
pub(super) fn percent_decode(text: &str) -> String {
    percent_decode_str(text).decode_utf8().map_or_else(|_| text.to_owned(), Cow::into_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn base() -> Url {
        Url::parse("https://a.example/news/1?x=2").unwrap()
    }

    fn link(text: &str) -> Option<String> {
        resolve_link(text, Some(&base())).map(|href| match href {
            Href::Url(url) => url.to_string(),
            Href::Anchor(name) => format!("#{name}"),
        })
    }

    #[test]
    fn spellings_of_one_address_have_one_id() {
        let id = |url: &str| article_id(&Checked::parse(url).unwrap());
        for (spellings, address) in [
            (
                &[
                    "https://a.example/b/c",
                    "https://a.example/x/../b/./c",
                    "https://a.example/b/%2e/c/",
                    "http://a.example:80/b/c",
                    "https:\\\\a.example\\b\\c",
                ][..],
                "a.example/b/c",
            ),
            (
                &[
                    "https://例子.example/江",
                    "https://xn--fsqu00a.example/%e6%b1%9f",
                    "https://例子。example/江",
                ],
                "xn--fsqu00a.example/%E6%B1%9F",
            ),
            (&["https://BÜCHER.example/", "https://xn--bcher-kva.example"], "xn--bcher-kva.example"),
            (&["https://a.example:8080/"], "a.example:8080"),
            (
                &["https://a.example/?q=<江> 水", "https://a.example/?q=%3C江%3E%20水"],
                "a.example?q=%3C%E6%B1%9F%3E%20%E6%B0%B4",
            ),
        ] {
            for url in spellings {
                let Some((url, _)) = parse_article_url(url) else { panic!("{url}") };
                assert_eq!(canonical_address(&url), address, "{url}");
            }
        }
        assert_ne!(id("https://a.example/b%2F..%2Fc"), id("https://a.example/c"));
    }

    #[test]
    fn link_to_an_article_has_the_id_of_the_article() {
        for url in [
            "https://例子.example/江 水?b=c d&spm=1#/e",
            "https://a.example/b/../c|d?q='e'",
            "HTTP://A.example",
        ] {
            let (article, _) = parse_article_url(url).unwrap();
            let Some(Href::Url(link)) = resolve_link(url, None) else { panic!("{url}") };
            assert_eq!(Id::from_url(&link), article_id(&article), "{url}");
        }
    }

    #[test]
    fn links_are_resolved_and_validated() {
        for (text, expected) in [
            ("../b", Some("https://a.example/b")),
            ("//c.example/%E6%B1%9F", Some("https://c.example/%E6%B1%9F")),
            (" https://c.example/江 ", Some("https://c.example/%E6%B1%9F")),
            ("mailto:a@b.example", Some("mailto:a@b.example")),
            ("#n", Some("#n")),
            ("#%E6%B1%9F", Some("#江")),
            ("https://a.example/news/1?x=2#n", Some("#n")),
            ("https://a.example/news/1#n", Some("https://a.example/news/1#n")),
            ("#", None),
            ("javascript:void(0)", None),
            ("java\nscript:void(0)", None),
            ("file:///C:/x", None),
            ("whatsapp://send?text=x", None),
            ("data:text/html,x", None),
            ("https://", None),
        ] {
            assert_eq!(link(text).as_deref(), expected, "{text}");
        }
        assert_eq!(resolve_link("b", None), None);
    }

    #[test]
    fn image_urls_are_resolved_and_validated() {
        let picture = |text| resolve_image(text, Some(&base())).map(|url| url.to_string());
        assert_eq!(picture("i.jpg").as_deref(), Some("https://a.example/news/i.jpg"));
        assert_eq!(picture("//c.example/i.jpg").as_deref(), Some("https://c.example/i.jpg"));
        assert_eq!(picture("data:image/png;base64,AA\n AA").as_deref(), Some("data:image/png;base64,AAAA"));
        for bad in ["", "data:image/svg+xml,<svg/>", "file:///i.jpg", "mailto:i@a.example", "blob:https://x"]
        {
            assert_eq!(picture(bad), None, "{bad}");
        }
    }

    #[test]
    fn invalid_percent_escapes_are_kept() {
        assert_eq!(percent_decode("50%+%zz%e6%b1%9f%"), "50%+%zz江%");
        assert_eq!(percent_decode("%ff"), "%ff");
    }
}
