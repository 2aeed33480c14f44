//! Commands: the table behind the keys and the shortcuts dialog.

use crate::archives::demo;
use crate::driver::Feature;
use crate::visit::{Reader, open, open_menu, open_on_phone};
use serde_json::json;

fn keys_sheet(reader: &Reader) {
    reader.press("Shift+?");
    reader.see("[role=dialog] .keys");
}

#[test]
fn listed_keys_have_effect() {
    let reader = open(demo());
    keys_sheet(&reader);
    let keys = reader.texts(".keys kbd");
    reader.press("Escape");
    reader.gone(".keys");
    assert!(keys.len() >= 15, "{keys:?}");
    reader.search("灯塔");
    reader.finds(6);
    reader.press("Escape");
    reader.settles(|| reader.highlighted("match").is_empty(), false);
    // A handled key must not reach the browser.
    reader.js("window.kept = []; addEventListener('keydown', event => kept.push(event.defaultPrevented));
               addEventListener('click', event => event.target.closest('[data-command=original]') && event.preventDefault())");
    // This article has no headings and nothing is selected, so contents and highlights do nothing.
    for key in keys.iter().filter(|key| !["c", "h", "w"].contains(&key.as_str())) {
        let pressed = match key.as_str() {
            "Esc" => "Escape".to_owned(),
            "?" => "Shift+?".to_owned(),
            "N" => "Shift+N".to_owned(),
            key => key.to_owned(),
        };
        if key == "Esc" {
            keys_sheet(&reader);
        }
        let before = reader.number("return kept.length");
        reader.js("document.activeElement.blur()");
        reader.press(&pressed);
        reader.until("the key is heard", &format!("return kept.length > {before}"));
        assert_eq!(reader.js("return kept.at(-1)"), json!(true), "{key}");
        // Returns to a state in which every key does something.
        for _ in 0..2 {
            if reader.rests(|| reader.count(".sheet, .aa--pop, .rbar")) > 0 {
                reader.press("Escape");
            }
        }
        reader.gone(".sheet, .aa--pop, .rbar");
        reader.until("the browser is back", "return !history.state?.over");
        if !matches!(key.as_str(), "j" | "]") {
            reader.js("document.activeElement.blur()");
            reader.press("j");
        }
    }
}

#[test]
fn single_letter_keys_can_be_switched_off() {
    for begin in [open, open_on_phone] {
        let reader = begin(demo());
        open_menu(&reader);
        reader.click_text("[role=dialog] .opt", "快捷键");
        reader.click_text(".keys [role=switch]", "单键快捷键");
        reader.see(".keys.is-off");
        reader.press("Escape");
        reader.gone(".keys");
        reader.js("document.activeElement.blur()");
        for key in ["a", "d", "/", "Shift+?"] {
            reader.press(key);
        }
        assert!(!reader.has("[role=dialog]"));
        assert_eq!(reader.attribute("html", "data-density"), None);
        assert_ne!(reader.js("return document.activeElement.tagName"), json!("INPUT"));
        reader.reload();
        reader.see(".row__a");
        reader.press("a");
        assert!(!reader.has("[role=dialog]"), "the setting persists");
        // Keys that type nothing still work.
        reader.read("冬至夜");
        if reader.is_on_phone() {
            reader.press("Escape");
            reader.see(".row__a");
        }
    }
}

#[test]
fn original_key_opens_original_page() {
    let reader = open(demo());
    reader.read("听鸟的人");
    reader.press("v");
    reader.settles(|| reader.tabs(), 2);
}

#[test]
fn dialog_is_translated() {
    for (languages, label, names) in [
        ("zh-TW", "快速鍵", "全部快速鍵"),
        ("en", "Keyboard shortcuts", "All keyboard shortcuts"),
        ("zh-CN", "快捷键", "全部快捷键"),
    ] {
        let reader = crate::visit::visit(demo()).languages(languages).open("");
        keys_sheet(&reader);
        assert_eq!(reader.attribute("[role=dialog]", "aria-label").as_deref(), Some(label));
        reader.shows(".keys", names);
    }
}

#[test]
fn swipes_open_neighbours_and_leave() {
    let reader = open_on_phone(demo());
    if !reader.can(Feature::Touch) {
        return;
    }
    let titles = reader.titles();
    reader.read(&titles[0]);
    reader.sweep((320.0, 500.0), (120.0, 510.0));
    reader.article(&titles[1]);
    reader.sweep((120.0, 500.0), (330.0, 490.0));
    reader.article(&titles[0]);
    // Too short a swipe, and no article before the first.
    reader.sweep((250.0, 500.0), (200.0, 500.0));
    reader.sweep((80.0, 500.0), (330.0, 500.0));
    reader.rests(|| reader.hash());
    reader.article(&titles[0]);
    assert_eq!(reader.js("return document.querySelectorAll('.swipe, main.is-drawn').length"), json!(0));
    // In the middle of the text a downward swipe scrolls; at the top it leaves.
    reader.js("scrollTo(0, 600)");
    reader.sweep((190.0, 300.0), (190.0, 460.0));
    reader.article(&titles[0]);
    reader.js("scrollTo(0, 0)");
    reader.sweep((190.0, 200.0), (195.0, 400.0));
    reader.until("the list is there", "return !document.querySelector('.reader')");
    assert!(!reader.hash().contains("/a/"), "{}", reader.hash());
}

#[test]
fn swipe_on_scrolling_table_scrolls_table() {
    let reader = open_on_phone(demo());
    if !reader.can(Feature::Touch) {
        return;
    }
    reader.search("潮汐表");
    let wide = "const table = [...document.querySelectorAll('#read .table')].find(t => t.scrollWidth > t.clientWidth + 1);";
    // The first article with a table too wide for a phone, widened further.
    reader.search("");
    reader.read("冬至夜");
    reader.js("const table = document.createElement('div'); table.className = 'table';
               const inside = table.appendChild(document.createElement('table')).insertRow().insertCell();
               inside.textContent = '潮'.repeat(200); inside.style.cssText = 'white-space: nowrap; max-width: none';
               document.querySelector('#read .prose').prepend(table); table.scrollIntoView({ block: 'center' })");
    let place =
        reader.js(&format!("{wide} const box = table.getBoundingClientRect(); return [box.top + 10]"));
    let y = place[0].as_f64().unwrap();
    let before = reader.hash();
    reader.sweep((320.0, y), (100.0, y));
    reader.rests(|| reader.hash());
    assert_eq!(reader.hash(), before);
}
