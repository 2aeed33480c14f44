//! Canonical addresses: all spellings of one page have the same.

use super::tracking::is_tracking;
use percent_encoding::{AsciiSet, percent_decode_str, percent_encode_byte, utf8_percent_encode};

/// Characters that mean the same with and without percent-encoding in a path.
const PATH_CHARS: &str = "!$'()*,:@";
/// Characters that mean the same with and without percent-encoding in a query.
const QUERY_CHARS: &str = "!$'()*,:@/?";

/// Normalises a URL, so that all spellings of one page are equal: no scheme, `www.`, default port, tracking
/// parameters, final slash or fragment; host in lower case; the same characters percent-encoded.
///
/// A fragment that is the route of a single-page application, `#/…` or `#!…`, identifies the page and is kept.
///
/// Dot segments and internationalised hosts are left as they are: `url` is expected as a URL parser writes it.
///
/// ```
/// use sheaf::model::normalize;
/// assert_eq!(normalize("http://www.Example.org/a/?utm_source=x#top"), "example.org/a");
/// assert_eq!(normalize("https://example.org/%7ea/#/b/?spm=1"), "example.org/~a#/b");
/// ```
pub fn normalize(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let (rest, fragment) = rest.split_once('#').unwrap_or((rest, ""));
    let (rest, query) = rest.split_once('?').unwrap_or((rest, ""));
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let host = host.to_ascii_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    let host = host.strip_suffix(":80").or(host.strip_suffix(":443")).unwrap_or(host);
    let host = host.trim_end_matches('.');
    let mut normal = format!("{host}/");
    push_path(&mut normal, path);
    push_query(&mut normal, host, query);
    // Some routers write `#%2Fnews` or `#%21/news`.
    let fragment = normalize_escapes(fragment, "/!");
    if fragment.starts_with(['/', '!']) {
        let (route, query) = fragment.split_once('?').unwrap_or((&fragment, ""));
        let start = normal.len();
        normal.push('#');
        push_path(&mut normal, route);
        push_query(&mut normal, host, query);
        match &normal[start..] {
            "#" | "#!" => normal.truncate(start),
            root if root.starts_with("#?") => normal.insert(start + 1, '/'),
            _ => {}
        }
    }
    normal
}

/// Appends a path without session ids and final slashes.
fn push_path(normal: &mut String, path: &str) {
    const SESSION: &str = ";jsessionid=";
    let path = normalize_escapes(path, PATH_CHARS);
    let session = path.to_ascii_lowercase().find(SESSION);
    *normal += &path[..session.unwrap_or(path.len())];
    normal.truncate(normal.trim_end_matches('/').len());
}

/// Appends the parameters that identify the page, in their order.
fn push_query(normal: &mut String, host: &str, query: &str) {
    let mut separator = '?';
    for pair in query.split('&') {
        let pair = normalize_escapes(pair, QUERY_CHARS).replace('+', "%20");
        // Pages that escaped the URL twice write `&amp;` for `&`.
        let pair = pair.trim_start_matches("amp;");
        if !pair.is_empty() && !is_tracking(host, pair) {
            normal.push(separator);
            *normal += pair;
            separator = '&';
        }
    }
}

/// Decodes percent-encoded ASCII letters, digits, `-._~` and the characters of `plain`, and encodes all others that are
/// not ASCII. Escapes are in upper case.
fn normalize_escapes(text: &str, plain: &str) -> String {
    let mut normal = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let Some(code) = percent_decode(rest) else {
            let (written, after) = rest.split_at(c.len_utf8());
            normal.extend(utf8_percent_encode(written, &AsciiSet::EMPTY));
            rest = after;
            continue;
        };
        let c = char::from(code);
        if c.is_ascii_alphanumeric() || "-._~".contains(c) || plain.contains(c) {
            normal.push(c);
        } else {
            normal.push_str(percent_encode_byte(code));
        }
        rest = &rest["%00".len()..];
    }
    normal
}

/// Decodes the escape at the start of `text`, such as `%E6`.
fn percent_decode(text: &str) -> Option<u8> {
    let mut bytes = percent_decode_str(text.get(..3).filter(|code| code.starts_with('%'))?);
    let byte = bytes.next()?;
    bytes.next().is_none().then_some(byte)
}

/// Normalises a URL by the rules of archives up to version 4, whose ids remain aliases.
#[cfg(not(target_arch = "wasm32"))]
pub(super) fn normalize_v4(url: &str) -> String {
    const NAMES: [&str; 6] = ["fbclid", "gclid", "ocid", "at_medium", "at_campaign", "ref_src"];
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let rest = rest.split('#').next().unwrap_or_default();
    let (rest, query) = rest.split_once('?').unwrap_or((rest, ""));
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let host = host.to_ascii_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    let host = host.strip_suffix(":80").or(host.strip_suffix(":443")).unwrap_or(host);
    let mut normal = format!("{host}/{path}");
    normal.truncate(normal.trim_end_matches('/').len());
    let mut separator = '?';
    for pair in query.split('&') {
        let name = pair.split('=').next().unwrap_or_default();
        if !pair.is_empty() && !name.starts_with("utm_") && !NAMES.contains(&name) {
            normal.push(separator);
            normal += pair;
            separator = '&';
        }
    }
    normal
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(spellings: &[&str], expected: &str) {
        for url in spellings {
            assert_eq!(normalize(url), expected, "{url}");
        }
    }

    #[test]
    fn spellings_of_one_page_normalise_to_the_same_url() {
        check(
            &[
                "https://a.example/x",
                "http://www.a.example/x/",
                "https://A.example:443/x?utm_medium=m#c",
                "https://a.example./x?#",
                "https://a.example/x?&#:~:text=y",
                "https://a.example/x;jsessionid=0A?gclid=1",
                "https://a.example/%78",
            ],
            "a.example/x",
        );
        assert_eq!(normalize("https://a.example/?id=1&fbclid=2&p=3"), "a.example?id=1&p=3");
    }

    #[test]
    fn escapes_of_one_character_are_equal() {
        let river = "a.example/%E6%B1%9F_(%E6%B0%B4)?q=%E6%B1%9F%20a:b";
        check(
            &[
                "https://a.example/%E6%B1%9F_(%E6%B0%B4)?q=%E6%B1%9F%20a:b",
                "https://a.example/%e6%b1%9f_%28%e6%b0%b4%29?q=%e6%b1%9f+a%3ab",
                "https://a.example/江_(水)?q=江%20a:b",
                "https://a.example/%E6%B1%9F%5F(水)?%71=江+a%3Ab",
            ],
            river,
        );
        // Bytes of other encodings and stray percent signs stay.
        assert_eq!(normalize("https://a.example/s?wd=%b1%B1%"), "a.example/s?wd=%B1%B1%");
        assert_eq!(normalize("https://a.example/50%off%2"), "a.example/50%off%2");
    }

    #[test]
    fn different_pages_stay_different() {
        for (a, b) in [
            ("https://a.example/X", "https://a.example/x"),
            ("https://a.example/a%2Fb", "https://a.example/a/b"),
            ("https://a.example/a%3Fb=1", "https://a.example/a?b=1"),
            ("https://a.example/?q=a%26b", "https://a.example/?q=a&b"),
            ("https://a.example/?q=a%2Bb", "https://a.example/?q=a+b"),
            ("https://a.example/?q=%2525", "https://a.example/?q=%25"),
            ("https://a.example/?a=1&b=2", "https://a.example/?b=2&a=1"),
            ("https://a.example/?from=list", "https://a.example/?from=archive"),
            ("https://a.example:8080/", "https://a.example/"),
            ("https://a.example/#/article/1", "https://a.example/#/article/2"),
            ("https://a.example/#!article/1", "https://a.example/#!article/2"),
            ("https://a.example/#/article?id=1", "https://a.example/#/article?id=2"),
        ] {
            assert_ne!(normalize(a), normalize(b), "{a} {b}");
        }
    }

    #[test]
    fn fragment_is_kept_only_as_a_route() {
        check(
            &[
                "https://a.example/#/article/1",
                "https://a.example/?utm_source=x#/article/1/",
                "https://a.example#%2Farticle%2F1?spm=2",
                "http://www.a.example/#/article/%31?",
            ],
            "a.example#/article/1",
        );
        check(&["https://a.example/#/?id=1"], "a.example#/?id=1");
        check(&["https://a.example/m#!/t/1", "https://a.example/m/#!/t/1/"], "a.example/m#!/t/1");
        check(
            &[
                "https://a.example/m",
                "https://a.example/m#",
                "https://a.example/m#/",
                "https://a.example/m#!",
                "https://a.example/m#!/",
                "https://a.example/m#top",
                "https://a.example/m#wechat_redirect",
                "https://a.example/m#%E6%B1%9F",
            ],
            "a.example/m",
        );
    }

    proptest! {
        #[test]
        fn normal_form_is_stable(rest in "[a-c%2-6FfE/?&=#!;+.江 ]{0,40}") {
            let normal = normalize(&format!("https://a.example/{rest}"));
            prop_assert_eq!(normalize(&format!("https://{normal}")), normal);
        }
    }
}
