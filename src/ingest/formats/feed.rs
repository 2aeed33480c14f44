//! Feeds as files: RSS, Atom, JSON Feed, and the export of WordPress, which is RSS.

use super::Item;
use crate::ingest::diagnostics::IngestError;
use crate::ingest::drafts::Draft;
use crate::ingest::markdown::push_escaped;
use crate::ingest::{char_cleanup, dates, header};
use feed_rs::model::{Entry, Text};
use std::io::{BufRead, Read};

/// Largest feed: the parser keeps the whole feed in memory.
const MAX_BYTES: u64 = 512 * 1024 * 1024;

/// Recognises the root element, or the version of a JSON Feed.
pub(super) fn detect(text: &str) -> bool {
    if text.starts_with('{') {
        return text.contains("jsonfeed.org/version");
    }
    let is_xml = ["<?xml", "<rss", "<feed", "<rdf:RDF", "<!--"].iter().any(|start| text.starts_with(start));
    let root = || ["<rss", "<feed", "<rdf:RDF"].iter().filter_map(|root| text.find(root)).min();
    is_xml
        && !header::is_header(text)
        && root().is_some_and(|root| text.find("<html").is_none_or(|html| root < html))
}

/// Passes each entry to `take`.
pub(super) fn read(input: &mut dyn BufRead, take: &mut dyn FnMut(Item)) -> Result<(), IngestError> {
    let parser = feed_rs::parser::Builder::new().sanitize_content(false).build();
    let feed = parser.parse(input.take(MAX_BYTES)).map_err(|_| IngestError::Damaged)?;
    let site = feed.title.map(|title| plain(&title)).filter(|title| !title.is_empty());
    for (number, entry) in feed.entries.into_iter().enumerate() {
        take(Item { name: (number + 1).to_string(), draft: Ok(draft(entry, site.clone())) });
    }
    Ok(())
}

fn draft(entry: Entry, site: Option<String>) -> Draft<'static> {
    let content = entry.content.and_then(|content| Some((content.body?, content.content_type.to_string())));
    let summary = entry.summary.map(|text| (text.content, text.content_type.to_string()));
    let (body, kind) = content.filter(|(body, _)| !body.trim().is_empty()).or(summary).unwrap_or_default();
    let time = entry.published.or(entry.updated).and_then(|time| dates::plausible(time.timestamp()));
    let mut draft = Draft {
        title: entry.title.map(|title| plain(&title)).unwrap_or_default(),
        key: Some(format!("feed:{}", entry.id)).filter(|_| !entry.id.is_empty()),
        time,
        authors: entry.authors.into_iter().filter_map(|author| author.name.or(author.email)).collect(),
        tags: entry.categories.into_iter().map(|tag| tag.label.unwrap_or(tag.term)).collect(),
        site,
        body: if kind == "text/plain" && !body.contains("</") { paragraphs(&body) } else { body }.into(),
        body_line: 1,
        ..Draft::default()
    };
    let link = entry.links.iter().find(|link| link.rel.as_deref().is_none_or(|rel| rel == "alternate"));
    let address = link.or(entry.links.first()).map(|link| link.href.as_str());
    draft.set_address(address.or(Some(entry.id.as_str()).filter(|id| id.starts_with("http"))));
    draft
}

/// Returns a title without markup, on one line.
fn plain(text: &Text) -> String {
    char_cleanup::clean_line(&header::decode_entities(&text.content), |_| {})
}

fn paragraphs(text: &str) -> String {
    let mut html = String::with_capacity(text.len() + 64);
    for part in text.split('\n').filter(|part| !part.trim().is_empty()) {
        html.push_str("<p>");
        push_escaped(&mut html, part.trim());
        html.push_str("</p>\n");
    }
    html
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drafts(text: &str) -> Vec<Draft<'static>> {
        assert!(detect(text), "{text}");
        let mut drafts = Vec::new();
        read(&mut text.as_bytes(), &mut |item| drafts.push(item.draft.unwrap())).unwrap();
        drafts
    }

    #[test]
    fn rss_with_full_text_is_read() {
        let read = drafts(
            "<?xml version=\"1.0\"?><rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><channel><title>潮声</title><link>https://news.example/</link><description>x</description>\
             <item><title>江水 &amp;amp; 岸</title><link>https://news.example/7</link><guid isPermaLink=\"false\">7</guid><dc:creator>林舟</dc:creator><category>水</category><pubDate>Fri, 27 Nov 2026 08:00:00 +0800</pubDate><description>短</description><content:encoded><![CDATA[<p>江水<b>昨夜</b>退了。</p>]]></content:encoded></item></channel></rss>",
        );
        let [one] = read.as_slice() else { panic!("{read:?}") };
        assert_eq!(
            (one.title.as_str(), one.site.as_deref(), one.authors.join(","), one.tags.join(",")),
            ("江水 & 岸", Some("潮声"), "林舟".into(), "水".into())
        );
        assert_eq!(
            (one.url.as_ref().unwrap().as_str(), one.time.unwrap().to_string()),
            ("https://news.example/7", "2026-11-27T00:00:00Z".into())
        );
        assert_eq!(one.body, "<p>江水<b>昨夜</b>退了。</p>");
    }

    #[test]
    fn atom_and_json_feed_are_read() {
        let read = drafts(
            "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>潮声</title><id>a</id><updated>2026-11-27T00:00:00Z</updated><entry><id>urn:1</id><title>江</title><updated>2026-11-27T00:00:00Z</updated><link href=\"https://news.example/1\"/><content type=\"html\">&lt;p&gt;水&lt;/p&gt;</content></entry></feed>",
        );
        assert_eq!((read[0].title.as_str(), &*read[0].body), ("江", "<p>水</p>"));
        let read = drafts(
            r#"{"version":"https://jsonfeed.org/version/1.1","title":"潮声","items":[{"id":"1","url":"https://news.example/1","title":"江","content_html":"<p>水</p>","date_published":"2026-11-27T00:00:00Z"}]}"#,
        );
        assert_eq!((read[0].title.as_str(), &*read[0].body), ("江", "<p>水</p>"));
    }

    #[test]
    fn damaged_feed_is_an_error_and_entities_do_not_expand() {
        assert!(read(&mut "<rss><channel><item>".as_bytes(), &mut |_| {}).is_err());
        let bomb = "<?xml version=\"1.0\"?><!DOCTYPE rss [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]><rss version=\"2.0\"><channel><title>x</title><item><title>&b;</title><description>y</description></item></channel></rss>";
        let mut size = 0;
        let _ = read(&mut bomb.as_bytes(), &mut |item| size += item.size());
        assert!(size < 100);
    }
}
