//! Feeds of the newest articles and the sitemap.
//!
//! Formats: Atom (RFC 4287), JSON Feed 1.1 (<https://jsonfeed.org/version/1.1>), Sitemaps 0.9
//! (<https://www.sitemaps.org/protocol.html>).

use super::index_page::{absolute_url, with_trailing_slash};
use super::pages::feed_content;
use super::paths::page_path;
use crate::archive::Manifest;
use crate::model::{Article, Lang, Row};
use crate::publishing::MarkupWriter;
use serde::Serialize;

/// Maximum number of articles in a feed.
pub const MAX_ENTRIES: usize = 50;
/// Maximum number of URLs in a sitemap (protocol limit).
const MAX_SITEMAP_URLS: usize = 50_000;

/// Returns feeds and sitemaps of a site at the URL `site`, by path. `heads` are all articles, sorted by ordinal; `newest`
/// are the last ones with their bodies.
///
/// # Errors
///
/// A feed cannot be written as JSON.
pub fn feed_files(
    heads: &[Article],
    newest: &[Article],
    manifest: &Manifest,
    site: &str,
) -> Result<Vec<(String, String)>, serde_json::Error> {
    let mut files = sitemap(heads, site);
    files.push(("feed.json".to_owned(), json_feed(newest, manifest, site)?));
    files.extend(atom_feed(newest, manifest, site).map(|feed| ("feed.xml".to_owned(), feed)));
    Ok(files)
}

/// Returns `true` if [`feed_files`] produces a file at `path`.
pub fn is_feed_file(path: &str) -> bool {
    let number = path.strip_prefix("sitemap-").and_then(|path| path.strip_suffix(".xml"));
    matches!(path, "feed.json" | "feed.xml" | "sitemap.xml")
        || number.is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit()))
}

fn sitemap(articles: &[Article], site: &str) -> Vec<(String, String)> {
    const SPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";
    const XML: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
    let map = |articles: &[Article], front: bool| {
        let mut xml = MarkupWriter::default();
        xml.raw(XML).open("urlset", &[("xmlns", SPACE)]);
        if front {
            xml.open("url", &[]).element("loc", &[], &with_trailing_slash(site)).close("url").raw("\n");
        }
        for article in articles {
            xml.open("url", &[]).element("loc", &[], &absolute_url(site, &page_path(article)));
            if let Some(time) = article.time {
                xml.element("lastmod", &[], &time.date().to_string());
            }
            xml.close("url").raw("\n");
        }
        xml.close("urlset");
        xml.0
    };
    if articles.len() < MAX_SITEMAP_URLS {
        return vec![("sitemap.xml".to_owned(), map(articles, true))];
    }
    let parts = articles.chunks(MAX_SITEMAP_URLS - 1).zip(1..);
    let mut files: Vec<_> =
        parts.map(|(part, number)| (format!("sitemap-{number}.xml"), map(part, number == 1))).collect();
    let mut xml = MarkupWriter::default();
    xml.raw(XML).open("sitemapindex", &[("xmlns", SPACE)]);
    for (path, _) in &files {
        xml.open("sitemap", &[]).element("loc", &[], &absolute_url(site, path)).close("sitemap");
    }
    xml.close("sitemapindex");
    files.push(("sitemap.xml".to_owned(), xml.0));
    files
}

/// Iterates over the newest articles, newest first. Undated ones are excluded: their age is unknown.
fn newest_dated(articles: &[Article]) -> impl Iterator<Item = (&Article, String)> {
    let dated = articles.iter().rev().filter_map(|article| Some((article, article.time?.to_string())));
    dated.take(MAX_ENTRIES)
}

/// Returns the Atom feed; `None` if no article has a date, since Atom requires one.
fn atom_feed(articles: &[Article], manifest: &Manifest, site: &str) -> Option<String> {
    let (_, updated) = newest_dated(articles).next()?;
    let front = with_trailing_slash(site);
    let mut xml = MarkupWriter::default();
    xml.raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
        .open("feed", &[("xmlns", "http://www.w3.org/2005/Atom")]);
    xml.element("id", &[], &front).element("title", &[], manifest.display_name()).element(
        "updated",
        &[],
        &updated,
    );
    if !manifest.description.is_empty() {
        xml.element("subtitle", &[], &manifest.description);
    }
    let own = absolute_url(site, "feed.xml");
    xml.open("link", &[("rel", "self"), ("type", "application/atom+xml"), ("href", &own)]).close("link");
    xml.open("link", &[("rel", "alternate"), ("type", "text/html"), ("href", &front)]).close("link");
    xml.element("generator", &[], "Sheaf").raw("\n");
    for (article, time) in newest_dated(articles) {
        let url = absolute_url(site, &page_path(article));
        let lang = if article.lang == Lang::Und { "" } else { article.lang.tag() };
        xml.open("entry", &[("xml:lang", lang)]).element("id", &[], &url);
        xml.element("title", &[], manifest.displayed_title(&article.source, &article.title));
        xml.element("published", &[], &time).element("updated", &[], &time);
        for author in authors(article, manifest) {
            xml.open("author", &[]).element("name", &[], author).close("author");
        }
        for tag in &article.details.tags {
            xml.open("category", &[("term", tag)]).close("category");
        }
        xml.open("link", &[("rel", "alternate"), ("type", "text/html"), ("href", &url)]).close("link");
        if let Some(original) = &article.url {
            xml.open("link", &[("rel", "via"), ("href", original.as_str())]).close("link");
        }
        let excerpt = Row::from_article(article).excerpt;
        if !excerpt.is_empty() {
            xml.element("summary", &[], &excerpt);
        }
        xml.element("content", &[("type", "html")], &feed_content(article, manifest.images))
            .close("entry")
            .raw("\n");
    }
    xml.close("feed");
    Some(xml.0)
}

/// Returns the authors of an article, or its source.
fn authors<'a>(article: &'a Article, manifest: &'a Manifest) -> impl Iterator<Item = &'a str> {
    let source = article.details.authors.is_empty().then(|| manifest.source_name(&article.source));
    article.details.authors.iter().map(String::as_str).chain(source)
}

#[derive(Serialize)]
struct JsonFeed<'a> {
    version: &'static str,
    title: &'a str,
    home_page_url: String,
    feed_url: String,
    #[serde(skip_serializing_if = "str::is_empty")]
    description: &'a str,
    items: Vec<JsonFeedItem<'a>>,
}

#[derive(Serialize)]
struct JsonFeedItem<'a> {
    id: String,
    url: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    external_url: Option<&'a str>,
    title: &'a str,
    content_html: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    summary: String,
    date_published: String,
    authors: Vec<JsonFeedAuthor<'a>>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    tags: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'static str>,
}

#[derive(Serialize)]
struct JsonFeedAuthor<'a> {
    name: &'a str,
}

fn json_feed(articles: &[Article], manifest: &Manifest, site: &str) -> Result<String, serde_json::Error> {
    let items = newest_dated(articles).map(|(article, date_published)| {
        let url = absolute_url(site, &page_path(article));
        JsonFeedItem {
            id: url.clone(),
            url,
            external_url: article.url.as_ref().map(|url| url.as_str()),
            title: manifest.displayed_title(&article.source, &article.title),
            content_html: feed_content(article, manifest.images),
            summary: Row::from_article(article).excerpt,
            date_published,
            authors: authors(article, manifest).map(|name| JsonFeedAuthor { name }).collect(),
            tags: &article.details.tags,
            language: (article.lang != Lang::Und).then(|| article.lang.tag()),
        }
    });
    serde_json::to_string(&JsonFeed {
        version: "https://jsonfeed.org/version/1.1",
        title: manifest.display_name(),
        home_page_url: with_trailing_slash(site),
        feed_url: absolute_url(site, "feed.json"),
        description: &manifest.description,
        items: items.collect(),
    })
}
