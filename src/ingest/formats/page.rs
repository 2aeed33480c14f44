//! Saved web pages: SingleFile, monolith, pages saved by browsers, plain HTML.
//!
//! The main text is found by a port of [Readability](https://github.com/mozilla/readability). A page of WeChat names
//! its text. Where too little is found, the whole body is taken.

mod metadata;
mod no_script;

use self::metadata::Metadata;
use crate::ingest::diagnostics::Diagnostics;
use crate::ingest::drafts::Draft;
use crate::ingest::{char_cleanup, header, html};
use dom_smoothie::{Config, Readability};
use std::borrow::Cow;

/// Least share of the visible text that an extraction must keep, in percent, unless the text is long.
const MIN_SHARE: usize = 20;
/// Length from which an extraction counts as an article, in characters.
const LONG_TEXT: usize = 500;

/// Recognises a document type, an `html` element, or the comment of a program that saves pages before them.
pub(super) fn detect(text: &str) -> bool {
    let mut rest = text;
    if rest.starts_with("<?xml") {
        rest = rest.split_once("?>").map_or("", |(_, rest)| rest.trim_start());
    }
    while let Some((_, after)) = html::comment::split(rest).filter(|_| !header::is_header(text)) {
        rest = after.trim_start();
    }
    let starts = |tag: &str| rest.get(..tag.len()).is_some_and(|start| start.eq_ignore_ascii_case(tag));
    starts("<!doctype html") || starts("<html") || starts("<head")
}

/// Reads the metadata and the main text.
pub(super) fn read(text: &str, found: &mut Diagnostics) -> Draft<'static> {
    let metadata = Metadata::parse(text);
    let mut draft = Draft {
        title: char_cleanup::clean_line(&metadata.title(), |_| {}),
        time: metadata.published(),
        saved: metadata.saved(),
        authors: metadata.authors(),
        tags: metadata.tags(),
        site: metadata.site(),
        body_line: 1,
        ..Draft::default()
    };
    draft.set_address(metadata.address());
    // The parser of Readability has no bounds of its own.
    let guarded = html::preprocess(text, 1, found);
    draft.body = Cow::Owned(match named_text(&guarded) {
        Some(body) => body,
        None => main_text(&guarded, draft.url.as_ref().map(|url| url.as_str())).unwrap_or(guarded),
    });
    draft
}

/// Returns the content of the element that WeChat names as the text.
fn named_text(page: &str) -> Option<String> {
    if !page.contains("js_content") {
        return None;
    }
    let dom = scraper::Html::parse_document(page);
    let selector = scraper::Selector::parse("#js_content").ok()?;
    let element = dom.select(&selector).next()?;
    let has_text = element.text().any(|text| !text.trim().is_empty());
    has_text.then(|| element.inner_html())
}

/// Returns the main text as HTML; `None` if too little is found.
fn main_text(page: &str, address: Option<&str>) -> Option<String> {
    let config = Config { disable_json_ld: true, keep_classes: true, ..Config::default() };
    let mut readability = Readability::new(no_script::without_no_script(page), address, Some(config)).ok()?;
    let article = readability.parse().ok()?;
    let length = article.text_content.chars().filter(|c| !c.is_whitespace()).count();
    let visible = html::visible_length(page);
    (length >= LONG_TEXT || length * 100 >= visible * MIN_SHARE).then(|| article.content.to_string())
}

#[cfg(test)]
mod readability_pages;
#[cfg(test)]
mod tests {
    use super::*;

    fn page(head: &str, body: &str) -> String {
        format!(
            "<!DOCTYPE html>\n<html lang=zh><head><meta charset=utf-8><title>页名 - 潮声</title>{head}</head><body>{body}</body></html>"
        )
    }

    fn text_of(read: &Draft<'_>) -> String {
        let context = html::BodyContext { title: &read.title, base: None, pictures: None };
        let mut text = String::new();
        html::parse_body(&read.body, 1, &context, &mut Diagnostics::default()).body.push_text(&mut text);
        text
    }

    fn paragraphs(count: usize) -> String {
        (0..count)
            .map(|number| {
                format!(
                    "<p>第{number}段，江水昨夜退了，堤上的人还在，船也还在，没有人回家，渡口的灯亮着。</p>"
                )
            })
            .collect()
    }

    #[test]
    fn main_text_is_kept_and_the_menu_is_not() {
        let menu = "<nav><ul><li><a href=/a>首页</a></li><li><a href=/b>体育频道</a></li></ul></nav>";
        let body = format!(
            "{menu}<article><h1>江水退了</h1>{}</article><footer><a href=/c>关于我们</a></footer>",
            paragraphs(12)
        );
        let head = "<meta property=og:title content=江水退了><meta property=\"og:site_name\" content=\"潮声报\"><meta name=author content=林舟>\
            <meta property=\"article:published_time\" content=\"2026-11-27T08:00:00+08:00\"><link rel=\"canonical\" href=\"https://news.example/tide/7\">";
        let text = page(head, &body);
        assert!(detect(&text));
        let read = read(&text, &mut Diagnostics::default());
        assert_eq!(
            (read.title.as_str(), read.site.as_deref(), read.authors.as_slice()),
            ("江水退了", Some("潮声报"), &["林舟".to_owned()][..])
        );
        assert_eq!(read.url.as_ref().map(|url| url.as_str()), Some("https://news.example/tide/7"));
        assert_eq!(read.time.unwrap().to_string(), "2026-11-27T00:00:00Z");
        let shown = text_of(&read);
        for number in 0..12 {
            assert!(shown.contains(&format!("第{number}段")), "{shown}");
        }
        assert!(!shown.contains("体育频道") && !shown.contains("关于我们"), "{shown}");
    }

    #[test]
    fn dialog_for_browsers_without_scripts_is_not_the_main_text() {
        let consent = "<div><h5>欢迎</h5><p>本站及合作方使用 Cookie 等技术，处理您的数据，以便个性化内容和广告，与您联系，并统计访问，详见隐私政策。</p></div>".repeat(8);
        let figure = "<div class=wrap><figure><img class=lazy src=/small.png data-src=/a.jpg alt=渡口><noscript><img src=/a.jpg alt=渡口></noscript><figcaption>渡口的灯</figcaption></figure></div>";
        let body = format!(
            "<noscript>{consent}</noscript><div><div itemprop=articleBody>{}{figure}{}</div></div>",
            paragraphs(3),
            paragraphs(3)
        );
        let shown = text_of(&read(&page("", &body), &mut Diagnostics::default()));
        assert!(
            shown.contains("第2段") && shown.contains("渡口的灯") && !shown.contains("合作方"),
            "{shown}"
        );
    }

    #[test]
    fn short_page_is_kept_whole() {
        let text = page("", "<div><p>江水退了。</p></div><div><p>今晨。</p></div>");
        let read = read(&text, &mut Diagnostics::default());
        let shown = text_of(&read);
        assert!(shown.contains("江水退了。") && shown.contains("今晨。"), "{shown}");
    }

    #[test]
    fn comment_of_the_saving_program_gives_address_and_time() {
        let single = "<!DOCTYPE html> <html lang=zh><!--\n Page saved with SingleFile \n url: https://news.example/tide/7 \n saved date: Sat Nov 28 2026 09:12:31 GMT+0800 (China Standard Time)\n--><head><title>江水退了</title></head><body><p>水</p></body></html>";
        let monolith = "<!-- Saved from https://news.example/tide/7 at 2026-11-28T01:12:31Z using monolith v2.8.3 -->\n<!DOCTYPE html><html><head><title>江水退了</title></head><body><p>水</p></body></html>";
        for text in [single, monolith] {
            assert!(detect(text), "{text}");
            let read = read(text, &mut Diagnostics::default());
            assert_eq!(read.url.as_ref().map(|url| url.as_str()), Some("https://news.example/tide/7"));
            assert_eq!(read.saved.unwrap().to_string(), "2026-11-28T01:12:31Z");
        }
        let chrome = "<!DOCTYPE html>\n<!-- saved from url=(0027)https://news.example/tide/7 -->\n<html><body><p>水</p></body></html>";
        let read = read(chrome, &mut Diagnostics::default());
        assert_eq!(read.url.as_ref().map(|url| url.as_str()), Some("https://news.example/tide/7"));
    }

    #[test]
    fn structured_data_names_authors_and_date() {
        let head = r#"<script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"NewsArticle","headline":"江水退了","datePublished":"2026-11-27T08:00:00+08:00","author":[{"@type":"Person","name":"林舟"},{"name":"阿潮"}],"publisher":{"name":"潮声报"},"keywords":["水","河"]}]}</script>"#;
        let text = page(head, "<p>水</p>");
        let read = read(&text, &mut Diagnostics::default());
        assert_eq!(
            (read.title.as_str(), read.authors.len(), read.tags.len(), read.site.as_deref()),
            ("江水退了", 2, 2, Some("潮声报"))
        );
        assert_eq!(read.time.unwrap().to_string(), "2026-11-27T00:00:00Z");
    }

    #[test]
    fn page_of_wechat_gives_its_hidden_text() {
        let head = "<meta property=\"og:title\" content=\"江水退了\">";
        let body = format!(
            "<div id=\"page-content\"><h1 id=\"activity-name\">江水退了</h1><a id=\"js_name\">潮声</a><div id=\"js_content\" style=\"visibility: hidden; opacity: 0;\">{}</div></div><div>赞 在看</div><script>var ct = \"1764200000\";</script>",
            paragraphs(2)
        );
        let text = page(head, &body);
        let read = read(&text, &mut Diagnostics::default());
        assert_eq!((read.title.as_str(), read.site.as_deref()), ("江水退了", Some("潮声")));
        assert_eq!(read.time.unwrap().to_string(), "2025-11-26T23:33:20Z");
        let shown = text_of(&read);
        assert!(shown.contains("第0段") && shown.contains("第1段") && !shown.contains("在看"), "{shown}");
    }

    #[test]
    fn crawlers_files_are_no_pages() {
        for text in ["<!--1697471101000-->\n<html><body>x</body></html>", "<p>x</p>", "<!-- x -->\n<p>x</p>"]
        {
            assert!(!detect(text), "{text}");
        }
    }
}
