//! URLs formatted for display.

use crate::model::Url;
use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// Formats a URL without scheme and `www.`, with percent-encoded characters decoded. Characters that could
/// mislead (white space, controls, bidirectional marks) stay encoded.
///
/// ```
/// use sheaf::model::{Url, display_url};
/// let url = Url::parse("https://www.a.example/%E6%B1%9F%20/").unwrap();
/// assert_eq!(display_url(&url), "a.example/江%20");
/// ```
pub fn display_url(url: &Url) -> String {
    let text = url.as_str();
    let text = text.split_once("://").map_or(text, |(_, rest)| rest);
    let text = text.strip_prefix("www.").unwrap_or(text);
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('%') {
        let (before, codes) = rest.split_at(at);
        shown.push_str(before);
        let count = codes.as_bytes().chunks(3).take_while(|code| is_percent_code(code)).count();
        let length = count.max(1) * 3;
        let run = codes.get(..length).unwrap_or(codes);
        match percent_decode_str(run).decode_utf8() {
            Ok(decoded) if count > 0 => decoded.chars().for_each(|c| push_visible(&mut shown, c)),
            _ => shown.push_str(run),
        }
        rest = codes.get(length..).unwrap_or_default();
    }
    shown.push_str(rest);
    shown.truncate(shown.trim_end_matches('/').len());
    shown
}

/// Returns true for one percent-encoded byte, such as `%E6`.
fn is_percent_code(code: &[u8]) -> bool {
    matches!(code, [b'%', high, low] if high.is_ascii_hexdigit() && low.is_ascii_hexdigit())
}

fn push_visible(shown: &mut String, c: char) {
    let hides = c.is_control()
        || c.is_whitespace()
        || matches!(c, '%' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}');
    if hides {
        shown.extend(utf8_percent_encode(c.encode_utf8(&mut [0; 4]), NON_ALPHANUMERIC));
    } else {
        shown.push(c);
    }
}

/// Frequently embedded sites, by host suffix.
const KNOWN_SITES: [(&str, &str); 19] = [
    ("youtube.com", "YouTube"),
    ("youtube-nocookie.com", "YouTube"),
    ("youtu.be", "YouTube"),
    ("twitter.com", "X (Twitter)"),
    ("x.com", "X (Twitter)"),
    ("facebook.com", "Facebook"),
    ("instagram.com", "Instagram"),
    ("vimeo.com", "Vimeo"),
    ("soundcloud.com", "SoundCloud"),
    ("spotify.com", "Spotify"),
    ("tiktok.com", "TikTok"),
    ("t.me", "Telegram"),
    ("dailymotion.com", "Dailymotion"),
    ("bilibili.com", "哔哩哔哩"),
    ("weibo.com", "微博"),
    ("qq.com", "腾讯"),
    ("datawrapper.de", "Datawrapper"),
    ("flourish.studio", "Flourish"),
    ("google.com", "Google"),
];

/// Returns the name of an embedded page's site: a known name, or else the host.
pub fn site_name(url: &Url) -> &str {
    let Some(host) = url.host() else { return url.as_str() };
    let known = KNOWN_SITES.iter().find(|(end, _)| {
        host.strip_suffix(end).is_some_and(|before| before.is_empty() || before.ends_with('.'))
    });
    known.map_or(host, |(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(url: &str) -> String {
        display_url(&Url::parse(url).unwrap())
    }

    #[test]
    fn urls_are_decoded_except_misleading_characters() {
        for (url, expected) in [
            ("https://www.a.example/cn/%E5%9B%BD%E9%99%85/2023-x", "a.example/cn/国际/2023-x"),
            ("http://a.example/?q=%2525%", "a.example/?q=%2525%"),
            ("https://a.example/%E5%9B", "a.example/%E5%9B"),
            ("https://a.example/%zz%E", "a.example/%zz%E"),
            ("https://a.example/%E2%80%AE%0A%41", "a.example/%E2%80%AE%0AA"),
            ("https://a.example/江/", "a.example/江"),
            ("mailto:a@b.example", "mailto:a@b.example"),
        ] {
            assert_eq!(shown(url), expected, "{url}");
        }
    }

    #[test]
    fn known_sites_have_names_and_others_their_host() {
        let name = |url: &str| site_name(&Url::parse(url).unwrap()).to_owned();
        assert_eq!(name("https://www.youtube.com/embed/x"), "YouTube");
        assert_eq!(name("https://m.youtube.com/x"), "YouTube");
        assert_eq!(name("https://notyoutube.com/x"), "notyoutube.com");
    }
}
