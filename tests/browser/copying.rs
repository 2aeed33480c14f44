//! Copies of an article's text.

use crate::archives::{Article, of};
use crate::visit::{Reader, visit};

fn open(name: &str, body: &str) -> Reader {
    let archive = of(
        name,
        vec![Article {
            title: "潮汐表".to_owned(),
            time: 1_700_000_000_000,
            url: "http://articles.example/tides".to_owned(),
            body: body.to_owned(),
        }],
    );
    let reader = visit(archive).open("");
    reader.article("潮汐表");
    reader
}

/// Selects from the start of one element to the end of another, copies, and returns HTML and plain text.
fn copy(reader: &Reader, from: &str, to: &str) -> (String, String) {
    let copied = reader.js(&format!(
        "const article = document.querySelector('#read'), data = new DataTransfer();
         const [from, to] = [article.querySelector({from:?}), article.querySelector({to:?})];
         getSelection().setBaseAndExtent(from, 0, to, to.childNodes.length);
         article.dispatchEvent(new ClipboardEvent('copy', {{ clipboardData: data, bubbles: true, cancelable: true }}));
         return [data.getData('text/html'), data.getData('text/plain')]"
    ));
    let text = |at: usize| copied[at].as_str().unwrap_or_default().to_owned();
    (text(0), text(1))
}

#[test]
fn copy_has_no_styles_and_absolute_addresses() {
    let reader = open(
        "copy-text",
        "<p>涨潮在<b style=\"color:red\">清晨</b>，见<a href=\"http://tides.example/a?b=1\">潮汐表</a>。</p><ul><li>初一</li><li>十五</li></ul>",
    );
    let (html, text) = copy(&reader, ".prose p", ".prose li:last-child");
    assert!(
        html.contains("<p>涨潮在<strong>清晨</strong>，见<a href=\"http://tides.example/a?b=1\">潮汐表"),
        "{html}"
    );
    assert!(html.contains("<li>初一</li>") && html.contains("<li>十五</li>"), "{html}");
    for absent in ["style", "class", "data-", "<span", "<svg", "<button"] {
        assert!(!html.contains(absent), "{absent}: {html}");
    }
    assert!(text.contains("涨潮在清晨，见潮汐表"), "{text}");
}

#[test]
fn copied_cells_stay_a_table() {
    let reader = open(
        "copy-table",
        "<p>今日潮汐</p><table><tr><th>时刻</th><th>水位</th></tr><tr><td>六点</td><td>三米</td></tr><tr><td>正午</td><td>一米</td></tr></table><p>完</p>",
    );
    let (html, text) = copy(&reader, ".prose tr:nth-child(1)", ".prose tr:last-child td:last-child");
    assert!(html.contains("<table>") && html.contains("<td>三米</td>"), "{html}");
    assert!(text.contains("六点\t三米"), "cells are separated by tabs: {text:?}");
}

#[test]
fn copied_items_stay_a_list() {
    let reader = open("copy-list", "<ol><li>潮起</li><li>潮平</li><li>潮落</li></ol>");
    let (html, _) = copy(&reader, ".prose li:nth-child(1)", ".prose li:nth-child(2)");
    assert!(html.contains("<ol start=\"1\"><li>潮起</li><li>潮平</li></ol>"), "{html}");
}
