//! Export of wallabag: a JSON array of entries with their HTML, read entry by entry.

use super::Item;
use super::json::{self, TextList};
use crate::ingest::diagnostics::IngestError;
use crate::ingest::drafts::Draft;
use serde::Deserialize;
use std::io::BufRead;

/// Recognises an array whose first object has the keys of an entry.
pub(super) fn detect(text: &str) -> bool {
    json::is_array_of_objects(text) && json::has_keys(text, &["is_archived", "is_starred", "content"])
}

/// Entry of the export; fields that are not used are skipped.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Entry {
    id: serde_json::Value,
    title: Option<String>,
    url: Option<String>,
    given_url: Option<String>,
    content: Option<String>,
    created_at: serde_json::Value,
    published_at: serde_json::Value,
    published_by: TextList,
    domain_name: Option<String>,
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
        tags: entry.tags.0,
        site: entry.domain_name,
        body: entry.content.unwrap_or_default().into(),
        body_line: 1,
        ..Draft::default()
    };
    draft.set_address(entry.url.or(entry.given_url).as_deref());
    draft
}
