//! Panic screen: user data can be exported after the app has stopped.

use crate::archives::demo;
use crate::driver::{Screen, WIDE};
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

/// Opens the app, stars an article and stops the app.
pub fn stopped(screen: Screen, languages: &'static str) -> Reader {
    let reader = visit(demo()).on(screen).languages(languages).ready();
    reader.at_start(WATCH);
    reader.catch_files();
    reader.open("");
    reader.press("j");
    reader.press("s");
    reader.see(".row.is-starred");
    reader.js(STOP);
    reader.see(".is-stopped");
    reader
}

#[test]
fn stopped_app_shows_message_exports_data_and_reloads() {
    let reader = stopped(WIDE, "zh-CN");
    reader.shows(".is-stopped", "页面停下了");
    assert_eq!(reader.focused(), "重新载入");
    reader.click_text(".is-stopped button", "把我的数据存成文件");
    let saved = reader.until("a file is saved", "return window.saved");
    let saved: Value = serde_json::from_str(saved.as_str().unwrap()).unwrap();
    assert_eq!((&saved["sheaf"], &saved["version"]), (&json!("kept"), &json!(1)));
    assert_eq!(saved["records"]["stars"].as_object().unwrap().len(), 1, "{saved}");
    let read = sheaf::keep::read(&saved.to_string()).unwrap();
    assert_eq!(read.left_out, 0);
    reader.click_text(".is-stopped button", "重新载入");
    reader.see(".row.is-starred");
}

#[test]
fn english_browser_gets_english_message() {
    let reader = stopped(WIDE, "en");
    reader.shows(".is-stopped", "that were kept on this device are still there.");
    reader.press("s");
    reader.press("Tab");
    assert_eq!(reader.focused(), "Save my data to a file");
}
