//! Main menu and the places of the panels.

use crate::archives::demo;
use crate::driver::{PHONE, SMALL, Screen, TABLET, WIDE};
use crate::visit::{Reader, open, open_menu, open_on_phone, visit};
use serde_json::json;

const LAPTOP: Screen = Screen { width: 1280, height: 800, touch: false };

/// Returns the labels of the lines of the open panel.
fn lines(reader: &Reader) -> Vec<String> {
    let labels = reader.texts(".aa--menu .opt");
    labels.into_iter().map(|label| label.split('\n').next().unwrap_or_default().to_owned()).collect()
}

#[test]
fn marking_everything_read_comes_last_with_its_count() {
    for begin in [open, open_on_phone] {
        let reader = begin(demo());
        open_menu(&reader);
        reader.see(".aa--menu .opt");
        let lines = lines(&reader);
        assert_eq!(lines[..4], ["划线与批注", "我的数据", "快捷键", "关于本文库"], "{lines:?}");
        assert_eq!(lines.last().map(String::as_str), Some("全部标为已读"));
        assert!(reader.texts(".aa--menu .opt").pop().unwrap_or_default().ends_with("40"));
        reader.click_role("button", "全部标为已读");
        reader.shows(".notice", "40 篇已标为已读");
        reader.click_role("button", "撤销");
        reader.until("all are unread", "return !document.querySelector('.row.is-read')");
    }
}

#[test]
fn highlights_are_two_taps_away() {
    let reader = open_on_phone(demo());
    reader.click("[data-opens='aa--menu']");
    reader.click_role("button", "划线与批注");
    reader.shows("#page", "还没有划线");
    assert!(!reader.has("[role=dialog]"));
}

#[test]
fn traditional_chinese_is_two_taps_away() {
    let reader = visit(demo()).on(PHONE).open("");
    reader.click(".mast [data-opens='aa--type']");
    reader.see("[role=dialog] [role=radio]");
    let seen = "const box = [...document.querySelectorAll('[role=dialog] [role=radio]')]
            .find(radio => radio.innerText === '台灣繁體').getBoundingClientRect();
        return document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2)?.innerText";
    reader.settles(|| reader.js(seen), json!("台灣繁體"));
    reader.click_role("radio", "台灣繁體");
    reader.shows(".row__h", "冬至夜，燈塔上有人值班");
}

#[test]
fn popovers_open_at_their_buttons() {
    for screen in [LAPTOP, WIDE, TABLET] {
        let reader = visit(demo()).on(screen).open("");
        for name in ["aa--menu", "aa--type", "aa--share"] {
            let button = format!("[data-opens='{name}']");
            if !reader.has(&button) {
                continue;
            }
            reader.click(&button);
            reader.see(&format!(".{name}"));
            let apart = reader.js(&format!(
                "const [button, panel] = [\"{button}\", '.{name}'].map(one => document.querySelector(one).getBoundingClientRect());
                 return [panel.top - button.bottom, Math.abs(panel.right - button.right), panel.left >= 0 && panel.bottom <= innerHeight]"
            ));
            assert!((0.0..=16.0).contains(&apart[0].as_f64().unwrap()), "{name} {screen:?}: {apart}");
            assert!(apart[1].as_f64().unwrap() <= 16.0, "{name} {screen:?}: {apart}");
            assert_eq!(apart[2], json!(true), "{name} {screen:?}");
            reader.press("Escape");
            reader.gone(".aa--pop");
        }
    }
}

#[test]
fn type_panel_has_six_groups_and_shows_that_it_goes_on() {
    for screen in [SMALL, PHONE, LAPTOP] {
        let reader = visit(demo()).on(screen).open("");
        reader.press("a");
        reader.see(".aa--type .aa__e");
        let groups = "return document.querySelectorAll('.aa--type .aa__l').length";
        assert!(reader.number(groups) <= 6.0);
        assert_eq!(reader.count(".aa--type [role=switch]"), 0);
        // The footer stays at the lower edge of the panel.
        let gap = "const [panel, foot] = ['.aa--type', '.aa--type .aa__e'].map(one => document.querySelector(one).getBoundingClientRect());
            return panel.bottom - foot.bottom";
        reader.settles(|| reader.number(gap) <= 8.0, true);
        reader.click(".aa__more");
        reader.settles(|| reader.count(".aa--type [role=switch]"), 2);
    }
}

#[test]
fn tools_keep_order_and_place_in_all_layouts() {
    const TOOLS: &str = "[role=toolbar] [data-mark=star], [role=toolbar] [data-mark=star] ~ *";
    let names = |reader: &Reader| -> Vec<String> {
        reader.spoken(TOOLS).into_iter().map(|(_, name)| name).filter(|name| !name.is_empty()).collect()
    };
    let wanted = ["收藏", "朗读", "目录", "分享与引用", "查看原文"];
    for screen in [LAPTOP, PHONE, SMALL] {
        let reader = visit(demo()).on(screen).open("");
        if screen == LAPTOP {
            reader.press("j");
        } else {
            let title = reader.titles().remove(0);
            reader.read(&title);
        }
        reader.until("the article is loaded", "return !!document.querySelector('#read .prose p')");
        assert_eq!(names(&reader)[..5], wanted, "{screen:?}");
        let places = "return JSON.stringify([...document.querySelectorAll(\"[role=toolbar] [data-mark=star], [role=toolbar] [data-mark=star] ~ *\")]
            .map(tool => Math.round(tool.getBoundingClientRect().x)))";
        let before = reader.rests(|| reader.js(places));
        for _ in 0..4 {
            reader.press("j");
            reader.settles(|| reader.rests(|| reader.js(places)), before.clone());
        }
        let inside = "return [...document.querySelectorAll('[role=toolbar] .ib')].every(tool => tool.getBoundingClientRect().right <= innerWidth)";
        assert_eq!(reader.js(inside), json!(true), "{screen:?}");
    }
    // An article without sections has no contents.
    let reader = open(demo());
    let has_no_contents =
        "return !!document.querySelector(\"[data-opens='aa--contents'][aria-disabled=true]\")";
    for _ in 0..reader.titles().len() {
        if reader.rests(|| reader.js(has_no_contents)) == json!(true) {
            break;
        }
        reader.press("j");
    }
    reader.see("[data-opens='aa--contents'][aria-disabled=true]");
    reader.js("document.querySelector(\"[data-opens='aa--contents']\").click()");
    assert!(!reader.has(".toc"));
    reader.press("Enter");
    reader.see(".rbar");
    assert_eq!(names(&reader)[..5], wanted);
}
