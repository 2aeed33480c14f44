//! Keyboard operation.

use crate::archives::demo;
use crate::driver::TABLET;
use crate::visit::{open, visit};
use serde_json::json;

const FOCUSED: &str = "return document.activeElement.className";

#[test]
fn search_and_reading_work_by_keyboard() {
    let reader = open(demo());
    reader.press("/");
    reader.write("灯塔");
    reader.finds(6);
    let titles = reader.titles();
    reader.press("Enter");
    assert_eq!(reader.js(FOCUSED), json!("row__a"));
    reader.press("j");
    reader.article(&titles[1]);
    reader.press("j");
    reader.article(&titles[2]);
    reader.press("k");
    reader.article(&titles[1]);
    reader.press("n");
    reader.press("Enter");
    reader.see(".rbar");
    reader.press("j");
    reader.article(&titles[2]);
    reader.press("Escape");
    reader.gone(".rbar");
    reader.article(&titles[2]);
    reader.finds(6);
}

#[test]
fn next_key_from_unlisted_article_opens_first() {
    let reader = open(demo());
    reader.read("听鸟的人");
    reader.search("灯塔");
    reader.finds(6);
    let titles = reader.titles();
    reader.press("Escape");
    reader.press("j");
    reader.article(&titles[0]);
    reader.press("j");
    reader.article(&titles[1]);
}

#[test]
fn typed_letters_are_no_commands() {
    let reader = open(demo());
    reader.press("/");
    reader.write("jk?anf/[");
    assert_eq!(reader.js("return document.querySelector('.find__i').value"), json!("jk?anf/["));
    assert!(!reader.has("[role=dialog]"));
}

#[test]
fn question_mark_opens_shortcuts() {
    let reader = open(demo());
    reader.press("Shift+?");
    reader.shows("[role=dialog]", "全部快捷键");
    assert_eq!(reader.attribute("[role=dialog]", "aria-label").as_deref(), Some("快捷键"));
    reader.press("Escape");
    reader.gone("[role=dialog]");
}

#[test]
fn tab_key_follows_layout_order() {
    let reader = open(demo());
    let mut regions: Vec<String> = Vec::new();
    for _ in 0..60 {
        reader.press("Tab");
        let region = reader.js(
            "const e = document.activeElement;
             const of = ['.skip', '.name', '.find', '.bar', '.time', '.rail', '.list', '.pane'].find(s => e.closest(s));
             return of ?? e.tagName",
        );
        let region = region.as_str().unwrap().to_owned();
        if regions.last() != Some(&region) {
            regions.push(region);
        }
        if regions.len() > 1 && regions.last().is_some_and(|last| last == ".pane") {
            break;
        }
    }
    regions.retain(|region| region != ".bar");
    assert_eq!(regions, [".skip", ".name", ".find", ".time", ".rail", ".list", ".pane"]);
}

#[test]
fn list_is_one_tab_stop_with_skip_link() {
    let reader = open(demo());
    assert_eq!(reader.count(".row__a[tabindex='0']"), 1);
    reader.press("Tab");
    assert_eq!(reader.focused(), "跳到文章列表");
    reader.press("Enter");
    assert_eq!(reader.js("return document.activeElement.id"), json!("list"));
    assert_eq!(reader.hash(), "");
}

#[test]
fn keys_without_pane_move_row_focus() {
    let reader = visit(demo()).on(TABLET).open("");
    let titles = reader.titles();
    let focused = || reader.js("return document.activeElement.querySelector('.row__h')?.textContent ?? ''");
    reader.press("j");
    assert_eq!(focused(), json!(titles[0]));
    reader.press("j");
    reader.press("j");
    assert_eq!(focused(), json!(titles[2]));
    reader.press("k");
    assert_eq!(focused(), json!(titles[1]));
    reader.press("Enter");
    reader.article(&titles[1]);
    reader.press("Escape");
    reader.see(".row__a");
}

#[test]
fn panel_traps_and_restores_focus() {
    let reader = visit(demo()).on(TABLET).open("");
    reader.js("document.querySelector('.mast [aria-label=筛选]').focus()");
    reader.press("Enter");
    reader.see(".sheet");
    assert_eq!(reader.js("return !!document.activeElement.closest('.sheet')"), json!(true));
    for _ in 0..60 {
        reader.press("Tab");
        let inside = reader
            .js("const e = document.activeElement; return e === document.body || !!e.closest('.sheet')");
        assert_eq!(inside, json!(true), "focus left the panel for {}", reader.focused());
    }
    reader.press("Escape");
    reader.gone(".sheet");
    assert_eq!(reader.focused(), "筛选");
}

#[test]
fn type_panel_key_toggles_panel() {
    let reader = open(demo());
    reader.press("a");
    reader.see(".aa--pop");
    reader.press("Escape");
    reader.gone(".aa--pop");
    reader.article("冬至夜");
}

#[test]
fn arrow_keys_choose_in_radio_groups() {
    let reader = open(demo());
    reader.press("a");
    reader.see(".aa--pop");
    reader.js("document.querySelector('.segc--face [aria-checked=true]').focus()");
    for (key, face) in [("ArrowRight", "黑体"), ("ArrowRight", "宋体"), ("ArrowLeft", "黑体")] {
        reader.press(key);
        reader.settles(|| reader.text(".segc--face [aria-checked=true]"), face.to_owned());
        assert_eq!(reader.focused(), face);
    }
    assert_eq!(reader.attribute("html", "data-theme").as_deref(), Some("light"));
}
