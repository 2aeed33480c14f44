//! JSON of wechat-article-exporter: an array of articles of WeChat accounts.

use super::Item;
use super::json::{self, TextList};
use crate::ingest::diagnostics::IngestError;
use crate::ingest::drafts::Draft;
use serde::Deserialize;
use serde_json::Value;
use std::io::BufRead;

/// Recognises the keys of an exported article.
pub(super) fn detect(text: &str) -> bool {
    json::is_array_of_objects(text) && json::has_keys(text, &["link", "title", "update_time"])
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Exported {
    aid: Value,
    link: Option<String>,
    title: Option<String>,
    digest: Option<String>,
    create_time: Value,
    update_time: Value,
    author_name: TextList,
    appmsg_album_infos: TextList,
    #[serde(rename = "_accountName")]
    account_name: Option<String>,
    content: Option<String>,
}

/// Passes each article to `take`. Without content, an article has its digest as text.
pub(super) fn read(input: &mut dyn BufRead, take: &mut dyn FnMut(Item)) -> Result<(), IngestError> {
    json::for_each_element(input, &mut |number, article: Result<Exported, IngestError>| {
        take(Item { name: number.to_string(), draft: article.map(draft) });
    })
}

fn draft(article: Exported) -> Draft<'static> {
    let content = article.content.filter(|content| !content.trim().is_empty());
    let mut draft = Draft {
        title: json::title(article.title),
        key: json::key("wechat", &article.aid),
        time: json::date(&article.create_time).or_else(|| json::date(&article.update_time)),
        authors: article.author_name.0,
        tags: article.appmsg_album_infos.0,
        site: article.account_name,
        body: content.or(article.digest).unwrap_or_default().into(),
        body_line: 1,
        ..Draft::default()
    };
    draft.set_address(article.link.as_deref());
    draft
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn articles_are_read_with_account_and_albums() {
        let text = r#"[{"aid":"1_1","link":"https://mp.weixin.example/s/x","title":"江水退了","digest":"短","create_time":1764200000,"update_time":1764200000,"author_name":"林舟","appmsg_album_infos":[{"title":"河"}],"_accountName":"潮汐","content":"<p>水</p>"}]"#;
        assert!(detect(text));
        let mut items = Vec::new();
        read(&mut text.as_bytes(), &mut |item| items.push(item.draft.unwrap())).unwrap();
        let one = &items[0];
        assert_eq!(
            (one.site.as_deref(), one.tags.join(","), &*one.body),
            (Some("潮汐"), "河".into(), "<p>水</p>")
        );
        assert_eq!(one.time.unwrap().to_string(), "2025-11-26T23:33:20Z");
    }
}
