//! Export of Omnivore: `metadata_0_to_20.json` files describe the articles in `content/SLUG.html`.

use super::Item;
use super::json::{self, TextList};
use crate::ingest::diagnostics::{Diagnostics, IngestError};
use crate::ingest::drafts::Draft;
use crate::ingest::{ArticlePath, Highlight, Ingested, Resources, decode, reader_states};
use serde::Deserialize;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::io::BufRead;

/// Articles that the metadata files of an export describe, by path without extension.
#[derive(Default)]
pub struct Catalogue {
    articles: BTreeMap<String, KnownFields>,
    /// Highlights by the same paths.
    highlights: BTreeMap<String, Vec<Highlight>>,
}

/// Fields of an article that another file states.
#[derive(Clone)]
pub struct KnownFields(Draft<'static>);

#[derive(Default, Deserialize)]
#[serde(default)]
struct Entry {
    id: Value,
    slug: Option<String>,
    title: Option<String>,
    author: TextList,
    url: Option<String>,
    labels: TextList,
    #[serde(rename = "savedAt")]
    saved_at: Value,
    #[serde(rename = "publishedAt")]
    published_at: Value,
    state: Option<String>,
    #[serde(rename = "readingProgress")]
    reading_progress: Value,
}

/// Recognises the keys of an entry.
pub(super) fn detect(text: &str) -> bool {
    json::is_array_of_objects(text) && json::has_keys(text, &["slug", "savedAt", "readingProgress"])
}

/// Reads a metadata file without its folder, which holds the texts: every item is reported.
pub(super) fn read(input: &mut dyn BufRead, take: &mut dyn FnMut(Item)) -> Result<(), IngestError> {
    json::for_each_element(input, &mut |number, entry: Result<Entry, IngestError>| {
        let reason = entry.err().unwrap_or(IngestError::NoText);
        take(Item { name: number.to_string(), draft: Err(reason) });
    })
}

/// Returns the path, without extension, of the article whose highlights are in the file at `path`.
fn highlighted_content(path: &str) -> Option<String> {
    let stem = path.strip_suffix(".md").unwrap_or(path);
    let (folder, slug) = stem.rsplit_once('/').unwrap_or(("", stem));
    folder.strip_suffix("highlights").map(|parent| format!("{parent}content/{slug}"))
}

/// Returns `true` if `path` is the name of a metadata file: `metadata_0_to_20.json`.
pub fn is_metadata(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let range =
        name.strip_prefix("metadata_").and_then(|rest| rest.strip_suffix(".json")?.split_once("_to_"));
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    range.is_some_and(|(first, last)| is_number(first) && is_number(last))
}

impl Catalogue {
    /// Adds the articles of the metadata file at `path`.
    ///
    /// # Errors
    ///
    /// The file is no JSON array; entries before the damage are added.
    pub fn add(&mut self, path: &str, mut bytes: &[u8]) -> Result<(), IngestError> {
        let folder = path.rfind('/').map_or("", |end| &path[..=end]);
        json::for_each_element(&mut bytes, &mut |_, entry: Result<Entry, IngestError>| {
            let Ok(entry) = entry else { return };
            let Some(slug) = entry.slug.clone() else { return };
            self.articles.insert(format!("{folder}content/{slug}"), KnownFields(draft(entry)));
        })
    }

    /// Returns `true` if no metadata file described an article.
    pub fn is_empty(&self) -> bool {
        self.articles.is_empty()
    }

    /// Returns the fields of the article whose text is the file at `path`.
    pub fn fields(&self, path: &str) -> Option<KnownFields> {
        let path = path.strip_suffix(".html")?;
        let mut fields = self.articles.get(path)?.clone();
        fields.0.states.highlights = self.highlights.get(path).cloned().unwrap_or_default();
        Some(fields)
    }

    /// Returns `true` if the file at `path` belongs to an article without being its text: highlights.
    pub fn is_companion(&self, path: &str) -> bool {
        highlighted_content(path).is_some_and(|content| self.articles.contains_key(&content))
    }

    /// Adds the highlights in the companion at `path`.
    ///
    /// # Errors
    ///
    /// The file is no text.
    pub fn add_highlights(&mut self, path: &str, bytes: &[u8]) -> Result<(), IngestError> {
        let text = decode::decode(bytes, &mut Diagnostics::default())?;
        if let Some(content) = highlighted_content(path) {
            self.highlights.insert(content, reader_states::from_markdown(&text));
        }
        Ok(())
    }

    /// Returns the paths, without extension, of articles with no file among `paths`.
    pub fn missing<'a>(&'a self, paths: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
        let stems: BTreeSet<&str> =
            paths.map(|path| path.rsplit_once('.').map_or(path, |(stem, _)| stem)).collect();
        self.articles.keys().map(String::as_str).filter(|path| !stems.contains(path)).collect()
    }
}

impl KnownFields {
    /// Reads `bytes` as the HTML of the article with these fields.
    ///
    /// # Errors
    ///
    /// The file is empty or not text.
    pub fn ingest(
        &self,
        path: ArticlePath<'_>,
        bytes: &[u8],
        resources: Option<&dyn Resources>,
    ) -> Result<Ingested, IngestError> {
        let mut found = Diagnostics::default();
        let text = decode::decode(bytes, &mut found)?;
        let article = Draft { body: text.into(), ..self.0.clone() }.into_article(path, resources, &mut found);
        Ok(Ingested::new(article, found))
    }
}

fn draft(entry: Entry) -> Draft<'static> {
    let mut draft = Draft {
        title: json::title(entry.title),
        key: json::key("omnivore", &entry.id),
        time: json::date(&entry.published_at),
        saved: json::date(&entry.saved_at),
        authors: entry.author.0,
        tags: entry.labels.0,
        body_line: 1,
        ..Draft::default()
    };
    draft.states.labels.clone_from(&draft.tags);
    draft.states.is_read = entry.state.is_some_and(|state| state.eq_ignore_ascii_case("archived"));
    draft.states.set_percent(entry.reading_progress.as_f64().unwrap_or_default());
    draft.set_address(entry.url.as_deref());
    draft
}

#[cfg(test)]
mod tests {
    use super::*;

    const METADATA: &str = r#"[{"id":"5","slug":"tide-7","title":"江水退了","author":"林舟","url":"https://news.example/tide/7","state":"Archived","readingProgress":41.5,"labels":["水"],"savedAt":"2024-10-30T08:00:00.000Z","publishedAt":null}, {"slug":"gone"}]"#;

    #[test]
    fn metadata_describes_the_files_beside() {
        let mut catalogue = Catalogue::default();
        assert!(is_metadata("a/metadata_0_to_20.json") && !is_metadata("metadata.json"));
        catalogue.add("a/metadata_0_to_20.json", METADATA.as_bytes()).unwrap();
        catalogue.add_highlights("a/highlights/tide-7.md", "> 水\n\n记".as_bytes()).unwrap();
        let fields = catalogue.fields("a/content/tide-7.html").unwrap();
        assert!(catalogue.fields("content/tide-7.html").is_none());
        let read = fields
            .ingest(
                ArticlePath { container: "x.zip", path: "a/content/tide-7.html" },
                "<p>水</p>".as_bytes(),
                None,
            )
            .unwrap();
        assert_eq!((read.article.title.as_str(), read.article.text().as_str()), ("江水退了", "江水退了\n水"));
        assert_eq!(read.article.time.unwrap().to_string(), "2024-10-30T08:00:00Z");
        assert!(read.warnings.iter().any(|warning| warning.code == "saved-date"));
        let states = read.states.unwrap();
        assert_eq!((states.is_read, states.progress, states.highlights[0].note.as_str()), (true, 415, "记"));
        assert!(
            catalogue.is_companion("a/highlights/tide-7.md") && !catalogue.is_companion("a/notes/tide-7.md")
        );
        assert_eq!(catalogue.missing(["a/content/tide-7.html"].into_iter()), ["a/content/gone"]);
    }
}
