//! Links into the app: clicks with modifier keys and other buttons are left to the browser.

use crate::archives::{Article, demo_split, of};
use crate::passages;
use crate::visit::{Reader, open};
use serde_json::{Value, json};
use std::path::PathBuf;

/// Two articles of one day, which link to each other's originals and to a page that the archive lacks.
fn linked() -> PathBuf {
    let article = |number: u32, other: u32| Article {
        title: format!("渡口之{number}"),
        time: 1_600_000_000_000 + i64::from(number) * 60_000,
        url: format!("https://link.example/{number}"),
        body: format!(
            "<p>渡口的船，见<a href=\"https://link.example/{other}\">另一篇</a>，\
             与<a href=\"https://link.example/9\">别处</a>。</p>"
        ),
    };
    of("linked", vec![article(1, 2), article(2, 1)])
}

/// Sends clicks with each modifier and with the middle button to the first element that `selector` matches. Returns the
/// kinds of clicks that the app took, without letting the browser follow any.
fn taken_clicks(reader: &Reader, selector: &str) -> Value {
    reader.see(selector);
    reader.js(&format!(
        "const taken = [];
         const note = (event) => {{
             if (event.defaultPrevented) taken.push(event.detail);
             event.preventDefault();
         }};
         addEventListener('click', note);
         addEventListener('auxclick', note);
         const kinds = [{{ ctrlKey: true }}, {{ metaKey: true }}, {{ shiftKey: true }}, {{ altKey: true }}, {{ button: 1 }}];
         kinds.forEach((kind, at) => {{
             const name = kind.button ? 'auxclick' : 'click';
             const event = new MouseEvent(name, {{ bubbles: true, cancelable: true, composed: true, detail: at + 1, ...kind }});
             document.querySelector({}).dispatchEvent(event);
         }});
         removeEventListener('click', note);
         removeEventListener('auxclick', note);
         return taken",
        json!(selector)
    ))
}

fn leaves_modified_clicks(reader: &Reader, selector: &str) {
    let before = reader.hash();
    assert_eq!(taken_clicks(reader, selector), json!([]), "{selector}");
    assert_eq!(reader.hash(), before, "{selector}");
    let href = reader.attribute(selector, "href").unwrap();
    assert!(href.starts_with('#'), "{selector} leads to {href}");
}

#[test]
fn modified_clicks_are_left_to_the_browser() {
    let reader = open(linked());
    for link in [".row__a", ".day__a", ".name__a", ".list__end a"] {
        leaves_modified_clicks(&reader, link);
    }
    let title = reader.titles()[0].clone();
    reader.read(&title);
    for link in [".kick__d", ".pn a"] {
        leaves_modified_clicks(&reader, link);
    }
    passages::select(&reader, "渡口", "船");
    reader.press("h");
    reader.settles(|| reader.highlighted("annotation").is_empty(), false);
    reader.open("#/passages");
    leaves_modified_clicks(&reader, ".quote__a");
    reader.open("#/day/2020-09-13");
    leaves_modified_clicks(&reader, ".lead1 a");
}

#[test]
fn links_to_archived_articles_lead_to_the_archive() {
    let reader = open(linked());
    let title = reader.titles()[0].clone();
    reader.read(&title);
    let held = "#read .prose a[href^='#']";
    leaves_modified_clicks(&reader, held);
    assert_eq!(reader.count(held), 1);
    assert_eq!(reader.text(held), "另一篇");
    assert_eq!(reader.attribute(held, "target"), None);
    // Other links stay as they are.
    assert_eq!(reader.text("#read .prose a[target=_blank]"), "别处");
    let other = reader.titles()[1].clone();
    reader.click(held);
    reader.article(&other);
}

#[test]
fn modified_clicks_on_suggestions_and_related_articles_are_left_to_the_browser() {
    let reader = open(demo_split());
    reader.search("灯塔");
    reader.finds(6);
    reader.click_text(".sort button", "最早");
    reader.until("the order is another", "return location.hash.includes('sort=')");
    reader.search("灯塔");
    leaves_modified_clicks(&reader, ".titles__a");
    reader.click(".titles__a");
    reader.article("燈塔國小");
    reader.js("document.querySelector('.related').scrollIntoView()");
    leaves_modified_clicks(&reader, ".rel");
}
