//! Appearance settings and their persistence.

use crate::archives::demo;
use crate::driver::Feature;
use crate::visit::{Reader, open, open_menu, open_on_phone};
use serde_json::json;

fn panel(reader: &Reader) {
    reader.click(if reader.is_on_phone() {
        ".mast [aria-label='阅读设置']"
    } else {
        ".bar [aria-label='阅读设置']"
    });
    reader.see("[role=dialog]");
}

fn theme(reader: &Reader) -> String {
    reader.attribute("html", "data-theme").unwrap_or_default()
}

#[test]
fn theme_is_applied_before_first_paint() {
    for begin in [open, open_on_phone] {
        let reader = begin(demo());
        assert_eq!(theme(&reader), "light");
        panel(&reader);
        for (name, value) in [("茶", "sepia"), ("墨", "black"), ("夜", "dark")] {
            reader.click_text(".sw [role=radio]", name);
            reader.settles(|| theme(&reader), value.to_owned());
        }
        // Every frame of the next visit is recorded.
        reader.at_start(
            "window.frames_seen = new Set();
             const look = () => {
                 const root = document.documentElement;
                 if (document.body) frames_seen.add(`${root.dataset.theme} ${getComputedStyle(document.body).backgroundColor}`);
                 requestAnimationFrame(look);
             };
             requestAnimationFrame(look);",
        );
        reader.reload();
        reader.see(".row__a");
        assert_eq!(reader.js("return [...frames_seen]"), json!(["dark rgb(24, 22, 19)"]));
    }
}

#[test]
fn dialogs_opened_from_menu_take_focus() {
    for (width, height) in [(390, 844), (844, 390)] {
        let reader = open_on_phone(demo());
        reader.resize(width, height);
        for link in ["我的数据", "快捷键"] {
            reader.click("[data-opens='aa--menu']");
            reader.click_text("[role=dialog] .opt", link);
            reader.shows("[aria-modal=true]", link);
            reader.settles(
                || reader.js("return !!document.activeElement.closest('[aria-modal=true]')"),
                json!(true),
            );
            reader.press("Escape");
            reader.gone("[aria-modal=true]");
            reader.settles(|| reader.focused(), "菜单".to_owned());
        }
    }
}

#[test]
fn exhausted_button_keeps_focus() {
    let reader = open_on_phone(demo());
    panel(&reader);
    for label in ["增大字号", "恢复默认"] {
        let button = format!(
            "return [...document.querySelectorAll('[role=dialog] button')].find(e => (e.ariaLabel ?? e.innerText) == '{label}')"
        );
        reader.js(&format!("{}.focus()", button.trim_start_matches("return ")));
        while reader.js(&format!("{button}.ariaDisabled")) != json!("true") {
            reader.press("Enter");
        }
        reader.press("Enter");
        assert_eq!(reader.focused(), label);
    }
}

#[test]
fn automatic_theme_follows_system() {
    let reader = open(demo());
    if !reader.can(Feature::Media) {
        return;
    }
    reader.prefer_scheme("dark");
    reader.settles(|| theme(&reader), "dark".to_owned());
    reader.prefer_scheme("light");
    reader.settles(|| theme(&reader), "light".to_owned());
    panel(&reader);
    reader.click_text(".sw [role=radio]", "茶");
    reader.prefer_scheme("dark");
    reader.reload();
    reader.see(".row__a");
    assert_eq!(theme(&reader), "sepia", "a chosen theme overrides the system");
}

#[test]
fn size_face_and_layout_persist() {
    let reader = open(demo());
    reader.article("冬至夜");
    let look = || {
        reader.js("const style = getComputedStyle(document.querySelector('#read .prose p'));
             return [style.fontSize, style.lineHeight, style.fontFamily, style.textAlign, style.textIndent]")
    };
    let before = look();
    panel(&reader);
    reader.click("[role=dialog] [aria-label='增大字号']");
    reader.click("[role=dialog] [aria-label='增大字号']");
    reader.settles(|| look()[0].clone(), json!("19px"));
    reader.click_text("[role=dialog] [role=radio]", "黑体");
    reader.click(".aa__more");
    reader.click_text("[role=dialog] [role=switch]", "首行缩进两字");
    reader.click_text("[role=dialog] [role=switch]", "两端对齐");
    reader.until(
        "the face changed",
        "return getComputedStyle(document.querySelector('#read .prose p')).fontFamily.includes('Sans')",
    );
    let after = look();
    for part in 0..5 {
        assert_ne!(before[part], after[part], "part {part} of {before} and {after}");
    }
    reader.reload();
    reader.article("冬至夜");
    assert_eq!(look(), after);
    panel(&reader);
    reader.click_text("[role=dialog] .link", "恢复默认");
    reader.settles(look, before);
}

#[test]
fn interface_language_can_be_changed() {
    let reader = open(demo());
    open_menu(&reader);
    reader.click_text("[role=dialog] [role=radio]", "English");
    reader.settles(|| reader.attribute(".find__i", "placeholder"), Some("Search titles and text".to_owned()));
    reader.settles(|| reader.text(".time__n"), "40 articles".to_owned());
    reader.click_text("[aria-label='Language'] [role=radio]", "繁體");
    reader.settles(|| reader.attribute("html", "lang"), Some("zh-Hant".to_owned()));
    reader.reload();
    reader.see(".row__a");
    assert_eq!(reader.attribute("html", "lang").as_deref(), Some("zh-Hant"));
    assert_eq!(reader.attribute(".find__i", "placeholder").as_deref(), Some("搜尋標題與內文"));
    assert_eq!(reader.titles()[0], "冬至夜，灯塔上有人值班", "articles are not translated");
}

#[test]
fn settings_apply_without_storage() {
    let reader = open(demo());
    reader.at_start("Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } });");
    reader.reload();
    reader.see(".row__a");
    panel(&reader);
    reader.click_text(".sw [role=radio]", "夜");
    reader.settles(|| theme(&reader), "dark".to_owned());
}
