//! Panic screen: user data can be exported after the app has stopped.

use crate::archives::demo;
use crate::driver::{Screen, WIDE};
use crate::user_data::stored;
use crate::visit::{Reader, visit};
use serde_json::{Value, json};

/// Records the exports of the app's WebAssembly.
const WATCH: &str = "
    const make = WebAssembly.instantiate;
    WebAssembly.instantiate = async (...given) => {
        const made = await make(...given);
        // Later instances are chunks.
        window.program ??= (made.instance ?? made).exports;
        return made;
    };
    window.stop_app = () => setTimeout(() => program.__wbindgen_malloc(-16, 1));";

/// Requests more memory than exists, which traps.
const STOP: &str = "stop_app()";

/// Stops the app and waits until it has come back by itself.
fn stop_once(reader: &Reader) {
    reader.js(&format!("window.is_old = true; {STOP}"));
    let is_back = "return !window.is_old && !!document.querySelector('.row__a, #read h1')";
    reader.until("the app is back", is_back);
    assert!(!reader.has(".is-stopped"));
}

/// An app that has stopped for the second time, after one article was starred.
pub fn stopped(screen: Screen, languages: &'static str) -> Reader {
    let reader = visit(demo()).on(screen).languages(languages).ready();
    reader.at_start(WATCH);
    reader.catch_files();
    reader.open("");
    reader.press("j");
    reader.press("s");
    reader.see(".row.is-starred");
    stored(&reader, "stars", 1);
    stop_once(&reader);
    reader.see(".row.is-starred");
    reader.js(STOP);
    reader.see(".is-stopped");
    reader
}

#[test]
fn an_app_that_stops_once_is_loaded_again_at_its_address() {
    let reader = visit(demo()).on(WIDE).ready();
    reader.at_start(WATCH);
    reader.open("#/?q=灯塔");
    reader.settles(|| reader.titles().len(), 6);
    let titles = reader.titles();
    reader.click(".row:nth-child(2) .row__a");
    reader.article(&titles[1]);
    let address = reader.url();
    stop_once(&reader);
    reader.article(&titles[1]);
    reader.settles(|| (reader.url(), reader.titles()), (address, titles));
}

#[test]
fn stopped_app_shows_message_exports_data_and_reloads() {
    let reader = stopped(WIDE, "zh-CN");
    reader.shows(".is-stopped", "页面出错");
    assert_eq!(reader.focused(), "重新载入");
    reader.click_text(".is-stopped button", "导出我的数据");
    let saved = reader.until("a file is saved", "return window.saved");
    let saved: Value = serde_json::from_str(saved.as_str().unwrap()).unwrap();
    assert_eq!((&saved["sheaf"], &saved["version"]), (&json!("kept"), &json!(1)));
    assert_eq!(saved["records"]["stars"].as_object().unwrap().len(), 1, "{saved}");
    let read = sheaf::user_data::import_json(&saved.to_string()).unwrap();
    assert_eq!(read.skipped, 0);
    reader.click_text(".is-stopped button", "重新载入");
    reader.see(".row.is-starred");
}

#[test]
fn english_browser_gets_english_message() {
    let reader = stopped(WIDE, "en");
    reader.shows(".is-stopped", "notes on this device are safe.");
    reader.press("s");
    reader.press("Tab");
    assert_eq!(reader.focused(), "Export your data");
}
