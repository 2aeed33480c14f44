//! JSON of Google Reader, which FreshRSS and Inoreader export: an object with the array `items`.

use super::Item;
use super::json::{self, TextList};
use crate::ingest::ReaderStates;
use crate::ingest::diagnostics::IngestError;
use crate::ingest::drafts::Draft;
use serde::Deserialize;
use serde_json::Value;
use std::io::BufRead;

/// Recognises the ids and categories of Google Reader.
pub(super) fn detect(text: &str) -> bool {
    text.starts_with('{')
        && json::has_keys(text, &["items"])
        && (text.contains("tag:google.com,2005:reader") || text.contains("user/-/state/com.google"))
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct ReaderItem {
    id: Value,
    title: Option<String>,
    published: Value,
    updated: Value,
    canonical: Vec<Link>,
    alternate: Vec<Link>,
    categories: TextList,
    origin: Origin,
    content: Content,
    summary: Content,
    author: TextList,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Link {
    href: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Origin {
    title: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Content {
    content: Option<String>,
}

/// Passes each item to `take`.
pub(super) fn read(input: &mut dyn BufRead, take: &mut dyn FnMut(Item)) -> Result<(), IngestError> {
    json::for_each_in_field(input, "items", &mut |number, item: Result<ReaderItem, IngestError>| {
        take(Item { name: number.to_string(), draft: item.map(draft) });
    })
}

fn draft(item: ReaderItem) -> Draft<'static> {
    // `user/-/label/河`: a label of the reader. States of the program have other paths.
    let tags = item.categories.0.iter().filter_map(|category| match category.split_once("/label/") {
        Some((_, label)) => Some(label.to_owned()),
        None => (!category.starts_with("user/")).then(|| category.clone()),
    });
    let has_state = |name| {
        let mut categories = item.categories.0.iter();
        categories.any(|category| {
            category
                .strip_prefix("user/")
                .is_some_and(|rest| rest.ends_with(&format!("/state/com.google/{name}")))
        })
    };
    let states = ReaderStates {
        is_starred: has_state("starred"),
        is_read: has_state("read"),
        labels: item
            .categories
            .0
            .iter()
            .filter_map(|category| Some(category.split_once("/label/")?.1.to_owned()))
            .collect(),
        ..ReaderStates::default()
    };
    let mut draft = Draft {
        title: json::title(item.title),
        key: json::key("reader", &item.id),
        time: json::date(&item.published).or_else(|| json::date(&item.updated)),
        authors: item.author.0,
        tags: tags.collect(),
        states,
        site: item.origin.title,
        body: item.content.content.or(item.summary.content).unwrap_or_default().into(),
        body_line: 1,
        ..Draft::default()
    };
    let link = item.canonical.into_iter().chain(item.alternate).find_map(|link| link.href);
    draft.set_address(link.as_deref());
    draft
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_are_read_with_labels() {
        let text = r#"{"id":"user/-/state/com.google/starred","title":"x","items":[{"id":"tag:google.com,2005:reader/item/1","published":1764200000,"title":"江水退了","canonical":[{"href":"https://news.example/7"}],"categories":["user/-/state/com.google/starred","user/1005/state/com.google/read","user/-/label/河","水"],"origin":{"title":"潮声"},"content":{"content":"<p>水</p>"},"author":"林舟"},7]}"#;
        assert!(detect(text));
        let mut items = Vec::new();
        read(&mut text.as_bytes(), &mut |item| items.push(item)).unwrap();
        assert!(items[1].draft.is_err());
        let one = items.remove(0).draft.unwrap();
        assert_eq!(
            (one.title.as_str(), one.tags.join(","), one.authors.join(",")),
            ("江水退了", "河,水".into(), "林舟".into())
        );
        assert!(one.states.is_starred && one.states.is_read && one.states.labels == ["河"]);
        assert_eq!((one.url.unwrap().as_str(), &*one.body), ("https://news.example/7", "<p>水</p>"));
    }
}
