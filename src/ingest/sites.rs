//! Source key of an article, and display names of known sites.

use super::ArticlePath;
use super::address::display_host;
use crate::model::Url;

/// Key of articles with neither address nor folder: a word, so that `source:` can select them.
const NO_SOURCE: &str = "none";

/// Returns the host of `url`, or the first folder of `path` without a URL, or `none`.
///
/// `www.` and the prefixes of mobile pages are removed, since they denote the same site: `m.rfi.fr` is `rfi.fr`.
/// Other subdomains are separate editions, such as `cn.nytimes.com`. An international host is in Unicode.
pub(super) fn source_key(url: Option<&Url>, path: &ArticlePath<'_>) -> String {
    match url.and_then(display_host) {
        Some(site) => {
            let short = ["www.", "m.", "amp.", "mobile."].iter().find_map(|prefix| site.strip_prefix(prefix));
            // `m.com` itself is a host.
            short.filter(|short| short.contains('.')).unwrap_or(&site).to_owned()
        }
        None => path.folder().unwrap_or(NO_SOURCE).to_owned(),
    }
}

/// Returns the display name of a known site.
pub fn site_name(key: &str) -> Option<&'static str> {
    if key == NO_SOURCE {
        return Some("—");
    }
    let at = SITE_NAMES.binary_search_by_key(&key, |(site, _)| site).ok()?;
    Some(SITE_NAMES[at].1)
}

/// Iterates over the keys of known sites with the display name `name`.
pub fn keys_of_site(name: &str) -> impl Iterator<Item = &'static str> {
    SITE_NAMES.iter().filter(move |(_, site)| *site == name).map(|(key, _)| *key)
}

/// Display names by source key, sorted by key.
const SITE_NAMES: &[(&str, &str)] = &[
    ("aljazeera.com", "Al Jazeera"),
    ("allnow.com", "全现在"),
    ("apnews.com", "AP"),
    ("bbc.co.uk", "BBC"),
    ("bbc.com", "BBC"),
    ("bitterwinter.org", "Bitter Winter"),
    ("bloomberg.com", "Bloomberg"),
    ("caixin.com", "财新"),
    ("chinadigitaltimes.net", "中国数字时代"),
    ("chinafile.com", "ChinaFile"),
    ("cn.ft.com", "FT 中文网"),
    ("cn.govopendata.com", "新闻联播文字版"),
    ("cn.nytimes.com", "纽约时报中文网"),
    ("cn.reuters.com", "路透中文网"),
    ("cn.wsj.com", "华尔街日报中文网"),
    ("cna.com.tw", "中央社"),
    ("dw.com", "德国之声"),
    ("economist.com", "The Economist"),
    ("epochtimes.com", "大纪元"),
    ("ft.com", "Financial Times"),
    ("ftchinese.com", "FT 中文网"),
    ("hk01.com", "香港01"),
    ("hongkongfp.com", "Hong Kong Free Press"),
    ("ltn.com.tw", "自由時報"),
    ("matters.news", "Matters"),
    ("matters.town", "Matters"),
    ("medium.com", "Medium"),
    ("mingpao.com", "明報"),
    ("news.cn", "新华网"),
    ("nhk.or.jp", "NHK"),
    ("nytimes.com", "The New York Times"),
    ("people.com.cn", "人民网"),
    ("reuters.com", "Reuters"),
    ("rfa.org", "自由亚洲电台"),
    ("rfi.fr", "RFI 法广"),
    ("rthk.hk", "香港電台"),
    ("rti.org.tw", "中央廣播電臺"),
    ("scmp.com", "South China Morning Post"),
    ("solidot.org", "Solidot"),
    ("sputniknews.cn", "俄罗斯卫星通讯社"),
    ("theguardian.com", "The Guardian"),
    ("theinitium.com", "端传媒"),
    ("thenewslens.com", "關鍵評論網"),
    ("thepaper.cn", "澎湃新闻"),
    ("thestandnews.com", "立場新聞"),
    ("twreporter.org", "報導者"),
    ("udn.com", "聯合新聞網"),
    ("voachinese.com", "美国之音"),
    ("voanews.com", "VOA"),
    ("washingtonpost.com", "The Washington Post"),
    ("wsj.com", "The Wall Street Journal"),
    ("xinhuanet.com", "新华网"),
    ("youtube.com", "YouTube"),
    ("zaobao.com", "联合早报"),
    ("zaobao.com.sg", "联合早报"),
    ("zh.bitterwinter.org", "寒冬"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn source_is_the_site_or_the_folder() {
        let source = |url: &str, path| source_key(Url::parse(url).as_ref(), &ArticlePath::from_file(path));
        assert_eq!(source("https://www.rfi.fr/cn/1", "x/1.md"), "rfi.fr");
        assert_eq!(source("https://m.ALLNOW.com/1", "x/1.md"), "allnow.com");
        assert_eq!(source("https://cn.nytimes.com/1", "x/1.md"), "cn.nytimes.com");
        assert_eq!(source("https://m.com/1", "x/1.md"), "m.com");
        assert_eq!(source("https://www.xn--fsqu00a.example/1", "x/1.md"), "例子.example");
        assert_eq!(source("https://WWW.例子.example:443/1", "x/1.md"), "例子.example");
        assert_eq!(source("", "x/1.md"), "x");
        assert_eq!(source("", "1.md"), "none");
    }

    #[test]
    fn known_sites_have_display_names() {
        assert!(SITE_NAMES.is_sorted_by(|a, b| a.0 < b.0));
        assert_eq!(site_name("rfi.fr"), Some("RFI 法广"));
        assert_eq!(site_name("cn.nytimes.com"), Some("纽约时报中文网"));
        assert_eq!(site_name("someone.medium.com"), None);
        assert_eq!(site_name("a.example"), None);
        assert_eq!(site_name(""), None);
    }
}
