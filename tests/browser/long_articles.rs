//! Very long articles, which are drawn in slices.

use crate::archives::{self, Article};
use crate::user_data::stored;
use crate::visit::{Reader, open_on_phone};
use serde_json::json;
use std::path::PathBuf;

const PARAGRAPHS: usize = 4_000;
const WORDS: usize = 3_000;

/// Archive of an article of many paragraphs, and of one with a paragraph of many words.
fn long_articles() -> PathBuf {
    let paragraphs: String = (0..PARAGRAPHS).map(|n| format!("<p>第{n}段，<b>江水</b>退了。</p>")).collect();
    let words: String = (0..WORDS).map(|n| format!("{n}号<b>渡口</b>的船。")).collect();
    let article = |title: &str, n: i64, body: String| Article {
        title: title.to_owned(),
        time: 1_700_000_000_000 + n * 86_400_000,
        url: format!("https://a.example/{n}"),
        body,
    };
    archives::of(
        "long-articles",
        vec![
            article("许多段落", 1, paragraphs),
            article("一段许多字", 0, format!("<p>{words}</p><p>后记。</p>")),
        ],
    )
}

fn is_whole(reader: &Reader) {
    reader.until(
        "all paragraphs are drawn",
        &format!("return document.querySelectorAll('#read .prose > p').length === {PARAGRAPHS}"),
    );
}

/// Places the paragraph at the upper edge of the window.
const SCROLL: &str = "document.querySelectorAll('#read .prose > p')[3500].scrollIntoView()";
/// Distance of the paragraph from the upper edge.
const TOP: &str =
    "return Math.abs(document.querySelectorAll('#read .prose > p')[3500].getBoundingClientRect().top) < 60";

#[test]
fn slices_draw_whole_text_in_order() {
    let reader = open_on_phone(long_articles());
    reader.read("许多段落");
    is_whole(&reader);
    let texts = "return [...document.querySelectorAll('#read .prose > p')].map(p => p.textContent).join('')";
    let expected: String = (0..PARAGRAPHS).map(|n| format!("第{n}段，江水退了。")).collect();
    assert_eq!(reader.js(texts), json!(expected));
    let lines =
        "return [...document.querySelectorAll('#read .prose > p')].every((p, n) => p.dataset.line == n + 1)";
    assert_eq!(reader.js(lines), json!(true));
    reader.back();
    reader.read("一段许多字");
    let expected: String = (0..WORDS).map(|n| format!("{n}号渡口的船。")).collect();
    let text = "return document.querySelector('#read .prose > p').textContent";
    reader.settles(|| reader.js(text), json!(expected));
}

#[test]
fn reading_position_in_later_slice_is_restored() {
    let reader = open_on_phone(long_articles());
    reader.read("许多段落");
    is_whole(&reader);
    reader.js(SCROLL);
    reader.until("the position is at the edge", TOP);
    stored(&reader, "positions", 1);
    reader.reload();
    reader.article("许多段落");
    is_whole(&reader);
    reader.until("the position is at the edge again", TOP);
}

#[test]
fn first_match_in_later_slice_is_in_view() {
    let reader = open_on_phone(long_articles());
    reader.search("第3777段");
    reader.finds(1);
    reader.read("许多段落");
    reader.settles(|| reader.highlighted("current-match"), vec!["第3777段".to_owned()]);
    let in_view = "const [now] = highlights('current-match');
         const box = now.getBoundingClientRect();
         return box.top > 0 && box.bottom < innerHeight";
    reader.settles(|| reader.highlights(in_view), json!(true));
}
