//! Export of wallabag: a JSON array of entries with their HTML, read entry by entry.

use super::Item;
use super::json::{self, TextList};
use crate::ingest::diagnostics::IngestError;
use crate::ingest::drafts::Draft;
use crate::ingest::{Highlight, ReaderStates};
use serde::Deserialize;
use serde_json::Value;
use std::io::BufRead;

/// Recognises an array whose first object has the keys of an entry.
pub(super) fn detect(text: &str) -> bool {
    json::is_array_of_objects(text) && json::has_keys(text, &["is_archived", "is_starred", "content"])
}

/// Entry of the export; fields that are not used are skipped.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Entry {
    id: Value,
    title: Option<String>,
    url: Option<String>,
    given_url: Option<String>,
    content: Option<String>,
    created_at: Value,
    published_at: Value,
    published_by: TextList,
    domain_name: Option<String>,
    is_archived: Value,
    is_starred: Value,
    annotations: Vec<Value>,
    tags: TextList,
}

/// Passes each entry to `take`.
pub(super) fn read(input: &mut dyn BufRead, take: &mut dyn FnMut(Item)) -> Result<(), IngestError> {
    json::for_each_element(input, &mut |number, entry: Result<Entry, IngestError>| {
        take(Item { name: number.to_string(), draft: entry.map(draft) });
    })
}

fn draft(entry: Entry) -> Draft<'static> {
    let mut draft = Draft {
        title: json::title(entry.title),
        key: json::key("wallabag", &entry.id),
        time: json::date(&entry.published_at),
        saved: json::date(&entry.created_at),
        authors: entry.published_by.0,
        tags: entry.tags.0.clone(),
        site: entry.domain_name,
        states: ReaderStates {
            is_starred: json::is_set(&entry.is_starred),
            is_read: json::is_set(&entry.is_archived),
            labels: entry.tags.0,
            highlights: entry.annotations.iter().filter_map(highlight).collect(),
            ..ReaderStates::default()
        },
        body: entry.content.unwrap_or_default().into(),
        body_line: 1,
        ..Draft::default()
    };
    draft.set_address(entry.url.or(entry.given_url).as_deref());
    draft
}

/// Reads an annotation: the passage is its `quote`, the note its `text`.
fn highlight(annotation: &Value) -> Option<Highlight> {
    let text = |name| annotation.get(name).and_then(Value::as_str).map(str::trim).unwrap_or_default();
    let time = ["updated_at", "created_at"].iter().find_map(|name| json::date(annotation.get(*name)?));
    let (quote, note) = (text("quote").to_owned(), text("text").to_owned());
    (!quote.is_empty()).then(|| Highlight { quote, note, time, ..Highlight::default() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_and_annotations_are_states() {
        let text = r#"[{"id":1,"title":"码头","is_archived":1,"is_starred":"0","content":"<p>码头昨夜下雨。</p>","annotations":[{"text":"记","quote":" 下雨 ","created_at":"2026-11-28T09:00:00+0800","ranges":[]},{"text":"x"},7]},{"id":2,"is_archived":false,"is_starred":true,"content":""}]"#;
        let mut items = Vec::new();
        read(&mut text.as_bytes(), &mut |item| items.push(item.draft.unwrap().states)).unwrap();
        let highlight = &items[0].highlights[0];
        assert_eq!((items[0].is_read, items[0].is_starred, items[0].highlights.len()), (true, false, 1));
        assert_eq!((highlight.quote.as_str(), highlight.note.as_str()), ("下雨", "记"));
        assert_eq!(highlight.time.unwrap().seconds, 1_795_827_600);
        assert!(items[1].is_starred && !items[1].is_read);
    }
}
