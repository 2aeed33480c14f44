//! Metadata of a saved page: structured data, `meta` and `link` elements, comments of saving programs.
//!
//! The text is scanned once without a DOM: scripts and comments, which preprocessing drops, hold much of it.

use crate::ingest::{dates, header};
use crate::model::Timestamp;
use memchr::memmem;
use serde_json::Value;
use std::collections::BTreeMap;

/// Length of the longest structured data that is read.
const MAX_JSON: usize = 1 << 20;

/// Metadata that a page states.
#[derive(Default)]
pub(super) struct Metadata {
    /// First content of each `meta` element, by lower-case name or property.
    meta: BTreeMap<String, String>,
    keywords: Vec<String>,
    canonical: Option<String>,
    title: Option<String>,
    /// Text or `datetime` of the first `time` element.
    first_time: Option<String>,
    /// Structured data of the article.
    article: Option<Value>,
    /// Address and time in the comment of the program that saved the page.
    saved_from: Option<String>,
    saved_at: Option<String>,
    wechat_name: Option<String>,
    wechat_title: Option<String>,
    wechat_time: Option<String>,
}

impl Metadata {
    pub(super) fn parse(text: &str) -> Metadata {
        let mut metadata = Metadata::default();
        metadata.read_comments(text);
        for at in memchr::memchr_iter(b'<', text.as_bytes()) {
            let tag = &text[at + 1..];
            let name: &str = tag.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
            match name.len() {
                4 if name.eq_ignore_ascii_case("meta") => metadata.read_meta(&attributes(&tag[4..])),
                4 if name.eq_ignore_ascii_case("link") && metadata.canonical.is_none() => {
                    let attributes = attributes(&tag[4..]);
                    if attributes.get("rel").is_some_and(|rel| rel.eq_ignore_ascii_case("canonical")) {
                        metadata.canonical = attributes.get("href").cloned();
                    }
                }
                4 if name.eq_ignore_ascii_case("time") && metadata.first_time.is_none() => {
                    metadata.first_time =
                        attributes(&tag[4..]).remove("datetime").or_else(|| content(&tag[4..], "</time"));
                }
                5 if name.eq_ignore_ascii_case("title") && metadata.title.is_none() => {
                    metadata.title = content(&tag[5..], "</title");
                }
                6 if name.eq_ignore_ascii_case("script") && metadata.article.is_none() => {
                    metadata.read_script(&tag[6..]);
                }
                _ => {}
            }
        }
        metadata.wechat_name = element_text(text, "js_name");
        metadata.wechat_title = element_text(text, "activity-name");
        metadata.wechat_time = element_text(text, "publish_time").or_else(|| {
            let at = ["var ct = \"", "var ct=\"", "var createTime = '"]
                .iter()
                .find_map(|mark| Some(memmem::find(text.as_bytes(), mark.as_bytes())? + mark.len()))?;
            text[at..].split(['"', '\'']).next().map(str::to_owned)
        });
        metadata
    }

    /// Reads the comments of SingleFile, monolith and browsers, which stand near the start.
    fn read_comments(&mut self, text: &str) {
        const HEAD: usize = 4096;
        for part in text[..text.floor_char_boundary(HEAD)].split("<!--").skip(1) {
            let comment = part.split("-->").next().unwrap_or_default();
            if let Some((_, address)) =
                comment.split_once("saved from url=(").and_then(|(_, rest)| rest.split_once(')'))
            {
                self.saved_from = Some(address.trim().to_owned());
            } else if let Some(rest) = comment.trim_start().strip_prefix("Saved from ") {
                let mut words = rest.split_whitespace();
                self.saved_from = words.next().map(str::to_owned);
                self.saved_at = words.nth(1).map(str::to_owned);
            } else if comment.contains("SingleFile") {
                for line in comment.lines().map(str::trim) {
                    if let Some(address) = line.strip_prefix("url:") {
                        self.saved_from = Some(address.trim().to_owned());
                    } else if let Some(date) = line.strip_prefix("saved date:") {
                        self.saved_at = Some(date.trim().to_owned());
                    }
                }
            }
        }
    }

    fn read_meta(&mut self, attributes: &BTreeMap<String, String>) {
        let name = ["property", "name", "itemprop"].iter().find_map(|key| attributes.get(*key));
        let (Some(name), Some(content)) = (name, attributes.get("content")) else { return };
        let name = name.to_lowercase();
        let content = content.trim();
        if content.is_empty() {
            return;
        }
        if name == "article:tag" || name == "keywords" || name == "news_keywords" {
            let tags = content.split([',', '，', ';', '；']).map(|tag| tag.trim().to_owned());
            self.keywords.extend(tags.filter(|tag| !tag.is_empty()));
        }
        self.meta.entry(name).or_insert_with(|| content.to_owned());
    }

    fn read_script(&mut self, tag: &str) {
        let Some((head, rest)) = tag.split_once('>') else { return };
        if !head.contains("ld+json") {
            return;
        }
        let json = rest.split("</script").next().unwrap_or_default();
        if json.len() <= MAX_JSON
            && let Ok(value) = serde_json::from_str::<Value>(json.trim())
        {
            self.article = find_article(&value).cloned();
        }
    }

    fn meta(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|name| self.meta.get(*name)).map(String::as_str)
    }

    fn data(&self, key: &str) -> Option<&Value> {
        self.article.as_ref()?.get(key)
    }

    pub(super) fn title(&self) -> String {
        let headline = || self.data("headline").and_then(Value::as_str);
        let title = self
            .wechat_title
            .as_deref()
            .or_else(headline)
            .or_else(|| self.meta(&["og:title", "twitter:title"]));
        decode(title.or(self.title.as_deref()).unwrap_or_default())
    }

    pub(super) fn address(&self) -> Option<&str> {
        self.saved_from
            .as_deref()
            .filter(|address| address.starts_with("http"))
            .or(self.canonical.as_deref().filter(|address| address.starts_with("http")))
            .or_else(|| self.meta(&["og:url"]))
    }

    pub(super) fn published(&self) -> Option<Timestamp> {
        let published = || self.data("datePublished").and_then(Value::as_str);
        let stated = [
            published(),
            self.meta(&[
                "article:published_time",
                "datepublished",
                "pubdate",
                "publishdate",
                "date",
                "dc.date",
                "dc.date.issued",
                "og:published_time",
                "og:release_date",
                "weibo:article:create_at",
                "publish_time",
            ]),
            self.wechat_time.as_deref(),
            self.first_time.as_deref(),
        ];
        stated.into_iter().flatten().find_map(dates::parse)
    }

    pub(super) fn saved(&self) -> Option<Timestamp> {
        dates::parse(self.saved_at.as_deref()?)
    }

    pub(super) fn authors(&self) -> Vec<String> {
        let mut authors = Vec::new();
        if let Some(author) = self.data("author") {
            push_names(author, &mut authors);
        }
        if authors.is_empty() {
            let named = self.meta(&["author", "article:author", "dc.creator", "byl", "parsely-author"]);
            authors.extend(named.filter(|name| !name.starts_with("http")).map(decode));
        }
        authors
    }

    pub(super) fn tags(&self) -> Vec<String> {
        let mut tags: Vec<String> = self.keywords.iter().map(|tag| decode(tag)).collect();
        if tags.is_empty() {
            match self.data("keywords") {
                Some(Value::String(text)) => tags.extend(text.split(',').map(|tag| tag.trim().to_owned())),
                Some(value) => push_names(value, &mut tags),
                None => {}
            }
        }
        tags
    }

    pub(super) fn site(&self) -> Option<String> {
        let publisher = || self.data("publisher")?.get("name")?.as_str();
        let site = self.wechat_name.as_deref().or_else(|| self.meta(&["og:site_name", "application-name"]));
        site.or_else(publisher).map(decode)
    }
}

/// Returns the object of an article, which may lie in an array or in a graph.
fn find_article(value: &Value) -> Option<&Value> {
    match value {
        Value::Array(values) => values.iter().find_map(find_article),
        Value::Object(fields) => {
            let is_article = |kind: &Value| {
                kind.as_str().is_some_and(|kind| {
                    kind.ends_with("Article") || kind.ends_with("Posting") || kind == "Report"
                })
            };
            let kind = fields.get("@type");
            if kind.is_some_and(|kind| {
                is_article(kind) || kind.as_array().is_some_and(|kinds| kinds.iter().any(is_article))
            }) {
                return Some(value);
            }
            fields.get("@graph").and_then(find_article)
        }
        _ => None,
    }
}

fn push_names(value: &Value, names: &mut Vec<String>) {
    match value {
        Value::String(name) if !name.trim().is_empty() && !name.starts_with("http") => {
            names.push(decode(name.trim()))
        }
        Value::Array(values) => values.iter().for_each(|value| push_names(value, names)),
        Value::Object(fields) => {
            if let Some(name) = fields.get("name") {
                push_names(name, names);
            }
        }
        _ => {}
    }
}

/// Parses the attributes of a tag up to its `>`; the first of each name counts.
fn attributes(tag: &str) -> BTreeMap<String, String> {
    /// Longest tag: data in attributes, such as icons, is no metadata.
    const MAX_TAG: usize = 8192;
    let mut rest = &tag[..tag.floor_char_boundary(MAX_TAG)];
    let mut attributes = BTreeMap::new();
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
        let length =
            rest.find(|c: char| c.is_whitespace() || matches!(c, '=' | '>' | '/')).unwrap_or(rest.len());
        if length == 0 {
            return attributes;
        }
        let (name, after) = rest.split_at(length);
        rest = after.trim_start();
        let mut value = "";
        if let Some(after) = rest.strip_prefix('=') {
            let after = after.trim_start();
            (value, rest) = match after.chars().next() {
                Some(quote @ ('"' | '\'')) => after[1..].split_once(quote).unwrap_or((&after[1..], "")),
                _ => {
                    after.split_at(after.find(|c: char| c.is_whitespace() || c == '>').unwrap_or(after.len()))
                }
            };
        }
        attributes.entry(name.to_lowercase()).or_insert_with(|| value.to_owned());
    }
}

/// Returns the text between the end of a tag and `end`.
fn content(tag: &str, end: &str) -> Option<String> {
    const MAX_TEXT: usize = 1000;
    let rest = tag.split_once('>')?.1;
    let text: String = rest.chars().take(MAX_TEXT).collect();
    let text = text.split(end).next()?.trim().to_owned();
    (!text.is_empty() && !text.contains('<')).then_some(text)
}

/// Returns the text at the start of the element with this id.
fn element_text(text: &str, id: &str) -> Option<String> {
    let quoted = format!("id=\"{id}\"");
    let at = memmem::find(text.as_bytes(), quoted.as_bytes())?;
    let rest = text[at..].split_once('>')?.1;
    let shown: String = rest.chars().take(300).collect();
    let shown = decode(shown.split('<').next().unwrap_or_default());
    let shown = shown.trim();
    (!shown.is_empty()).then(|| shown.to_owned())
}

fn decode(text: &str) -> String {
    header::decode_entities(text).into_owned()
}
