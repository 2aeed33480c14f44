//! Static list before the app has loaded.

use crate::driver::{PHONE, Screen, TABLET, WIDE};
use crate::host::Fault;
use crate::visit::{Reader, published, visit};
use serde_json::{Value, json};
use std::path::PathBuf;
use std::sync::LazyLock;

/// Site over the sample articles.
static SITE: LazyLock<PathBuf> = LazyLock::new(|| published("early", None, false));

/// Opens the site while its archive does not load.
pub fn waiting(screen: Screen, fragment: &str) -> Reader {
    let reader = visit(SITE.clone()).on(screen).ready();
    reader.hurry();
    reader.host.fail("archive.json", Fault::Silence, usize::MAX);
    reader.goto(&format!("{}{fragment}", reader.host.url()));
    reader
}

/// Returns the first titles and their positions.
fn titles(reader: &Reader) -> Value {
    reader.js("return [...document.querySelectorAll('.row__h')].slice(0, 5).map(title => {
             const { x, y, width } = title.getBoundingClientRect();
             return [title.textContent, Math.round(x), Math.round(y), Math.round(width)];
         })")
}

#[test]
fn static_list_is_replaced_in_place() {
    for screen in [PHONE, TABLET, WIDE] {
        let reader = waiting(screen, "");
        reader.see(".early__a");
        let early = titles(&reader);
        assert!(early[4].is_array(), "{early}");
        assert!(reader.js("return document.querySelector('.early').checkVisibility()").as_bool().unwrap());
        reader.host.mend();
        reader.see(".row__a");
        reader.gone(".early");
        reader.settles(|| titles(&reader), early);
    }
}

#[test]
fn scroll_position_of_static_list_is_kept() {
    let reader = waiting(PHONE, "");
    reader.see(".early__a");
    reader.js("scrollTo(0, 1500)");
    reader.until("the place is noted", "return history.state?.id");
    let seen = "const title = [...document.querySelectorAll('.row__h')].find(title => title.getBoundingClientRect().top > 40);
                return [title?.textContent, Math.round(title?.getBoundingClientRect().top)]";
    let before = reader.js(seen);
    reader.host.mend();
    reader.see(".row__a");
    reader.settles(|| reader.js(seen), before);
}

#[test]
fn keyboard_focus_of_static_list_is_kept() {
    let reader = waiting(TABLET, "");
    reader.see(".early__a");
    reader.js("document.querySelectorAll('.early__a')[2].focus()");
    let title = reader.texts(".early .row__h")[2].clone();
    reader.host.mend();
    reader.see(".row__a");
    let focused = "return document.activeElement.querySelector('.row__h')?.textContent ?? ''";
    reader.settles(|| reader.js(focused), json!(title));
}

#[test]
fn title_tapped_in_static_list_opens_with_app() {
    let reader = waiting(PHONE, "");
    reader.click_text(".early__a", "冬至夜");
    assert!(reader.hash().starts_with("#/a/"), "{}", reader.hash());
    // Going back meanwhile shows the list again.
    reader.back();
    reader.until("the list is seen", "return document.querySelector('.early').checkVisibility()");
    reader.forward();
    reader.host.mend();
    reader.article("冬至夜");
    reader.back();
    reader.see(".row__a");
    assert!(!reader.has(".early"));
}

#[test]
fn failed_app_keeps_static_list_below_message() {
    for part in ["archive.json", "_bg.wasm"] {
        let reader = waiting(PHONE, "");
        reader.host.fail(part, Fault::Status(404), usize::MAX);
        reader.reload();
        reader.see(".start.is-failed button");
        let below = "const shown = what => document.querySelector(what).getBoundingClientRect();
                     return shown('.early').top >= shown('.start').bottom && shown('.early').height > 1000";
        assert_eq!(reader.js(below), json!(true), "{part}");
        reader.host.mend();
        reader.click_text(".start button", "重试");
        reader.see(".row__a");
        reader.gone(".early");
    }
}

#[test]
fn address_with_state_shows_no_static_list() {
    let reader = waiting(PHONE, "#/about");
    reader.see(".start");
    assert!(!reader.js("return document.querySelector('.early').checkVisibility()").as_bool().unwrap());
}
