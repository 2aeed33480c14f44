//! Menu of a row: right click, long press, keyboard.

use crate::archives::demo;
use crate::driver::{Browser, Feature, Screen, WIDE};
use crate::visit::{Reader, open, open_on_phone, visit};
use fantoccini::key::Key;
use serde_json::json;

const LAPTOP: Screen = Screen { width: 1280, height: 800, touch: false };
const MENU: &str = ".aa--row";
const ITEM: &str = ".aa--row .opt";

/// Returns the centre of the title of a row of the list.
fn title_of(reader: &Reader, row: usize) -> (f64, f64) {
    let centre = reader.js(&format!(
        "const box = document.querySelectorAll('.row .row__h')[{row}].getBoundingClientRect();
         return [box.left + 60, box.top + 10]"
    ));
    (centre[0].as_f64().unwrap(), centre[1].as_f64().unwrap())
}

/// Records whether the browser's own menu opens.
fn watch_native_menu(reader: &Reader) {
    reader.js(
        "addEventListener('contextmenu', event => setTimeout(() => { window.native = !event.defaultPrevented; }))",
    );
}

fn names(reader: &Reader) -> Vec<String> {
    reader.spoken(ITEM).into_iter().map(|(role, name)| format!("{role} {name}")).collect()
}

fn read_count(reader: &Reader) -> usize {
    reader.count(".row.is-read")
}

#[test]
fn right_click_opens_menu_at_pointer() {
    for screen in [LAPTOP, WIDE] {
        let reader = visit(demo()).on(screen).open("");
        let (x, y) = title_of(&reader, 2);
        reader.right_click((x, y), &[]);
        reader.see(ITEM);
        let title = reader.titles()[2].clone();
        assert_eq!(reader.spoken(MENU), [("dialog".to_owned(), title)]);
        let names = names(&reader);
        for name in [
            "button 收藏",
            "button 标为已读",
            "button 上方全部标为已读",
            "link 在新标签页中打开",
            "button 复制链接",
            "button 同一来源的文章",
        ] {
            assert!(names.iter().any(|known| known == name), "{name}: {names:?}");
        }
        let place = "const box = document.querySelector('.aa--row').getBoundingClientRect();
            return [box.left, box.top, box.bottom]";
        let place = reader.rests(|| reader.js(place));
        let near = |at: usize, wanted: f64| (place[at].as_f64().unwrap() - wanted).abs() <= 2.0;
        assert!(near(0, x) && (near(1, y) || near(2, y)), "{place} at {x}, {y}");
        assert_eq!(reader.hash(), "", "the row is not opened");
        reader.press("Escape");
        reader.gone(MENU);
        // At the lower edge the menu stays inside the window.
        let (x, _) = title_of(&reader, 2);
        reader.right_click((x, reader.number("return innerHeight") - 20.0), &[]);
        reader.see(ITEM);
        let inside = "const box = document.querySelector('.aa--row').getBoundingClientRect(); return box.bottom <= innerHeight";
        reader.until("it is inside", inside);
    }
}

#[test]
fn second_and_shifted_right_clicks_open_browsers_menu() {
    let reader = open(demo());
    if reader.browser != Browser::Chromium {
        return;
    }
    watch_native_menu(&reader);
    let native = || reader.js("return window.native ?? null");
    reader.right_click(title_of(&reader, 1), &[]);
    reader.see(ITEM);
    reader.settles(native, json!(false));
    reader.right_click(title_of(&reader, 1), &[]);
    reader.gone(MENU);
    reader.settles(native, json!(true));
    reader.right_click(title_of(&reader, 1), &[]);
    reader.see(ITEM);
    // Another row has a menu of its own.
    reader.right_click(title_of(&reader, 0), &[]);
    reader.settles(|| reader.attribute(MENU, "aria-label"), Some(reader.titles()[0].clone()));
    reader.settles(native, json!(false));
    reader.press("Escape");
    reader.gone(MENU);
    reader.right_click(title_of(&reader, 1), &[Key::Shift]);
    reader.settles(native, json!(true));
    assert!(!reader.has(MENU));
}

#[test]
fn keyboard_opens_menu_and_walks_through_it() {
    let reader = open(demo());
    let titles = reader.titles();
    reader.press("/");
    reader.press("ArrowDown");
    reader.settles(|| reader.js("return document.activeElement.className"), json!("row__a"));
    let has_buttons = reader.js("return matchMedia('(hover: hover)').matches") == json!(true);
    if has_buttons {
        // The buttons of a row follow its link.
        for _ in 0..3 {
            reader.press("Tab");
        }
        assert_eq!(reader.spoken_in_focus(), ("button".to_owned(), "更多操作".to_owned()));
        reader.press("Enter");
    } else {
        reader.js("document.querySelector('.row [aria-haspopup]').click()");
    }
    reader.see(ITEM);
    assert_eq!(reader.attribute(MENU, "aria-label").as_deref(), Some(titles[0].as_str()));
    let place = "const [menu, row] = ['.aa--row', '.row'].map(one => document.querySelector(one).getBoundingClientRect());
        return menu.left >= row.left && menu.left <= row.right && Math.abs(menu.top - row.bottom) < 60";
    reader.until("it is at the row", place);
    reader.press("ArrowDown");
    assert_eq!(reader.spoken_in_focus().1, "收藏");
    reader.press("End");
    assert_eq!(reader.spoken_in_focus().1, "同一来源的文章");
    reader.press("ArrowDown");
    assert_eq!(reader.spoken_in_focus().1, "收藏");
    reader.press("Escape");
    reader.gone(MENU);
    reader.until("the focus returns", "return !!document.activeElement.closest('.row')");
    if reader.browser != Browser::Chromium {
        return;
    }
    reader.js("document.querySelector('.row__a').focus()");
    // What the menu key does; the driver's keys open no menu.
    reader.js("const box = document.activeElement.getBoundingClientRect();
         document.activeElement.dispatchEvent(new MouseEvent('contextmenu',
             { bubbles: true, cancelable: true, clientX: box.left + 20, clientY: box.bottom }))");
    reader.see(ITEM);
    reader.press("ArrowDown");
    reader.press("Enter");
    reader.gone(MENU);
    reader.see(".row.is-starred");
}

#[test]
fn articles_above_are_marked_read_with_one_undo() {
    let reader = open(demo());
    reader.right_click(title_of(&reader, 0), &[]);
    reader.see(ITEM);
    let dimmed = "return document.querySelector('.aa--row .opt[aria-disabled=true]')?.innerText";
    assert_eq!(reader.js(dimmed), json!("上方全部标为已读"));
    reader.press("Escape");
    reader.gone(MENU);
    reader.right_click(title_of(&reader, 3), &[]);
    reader.click_text(ITEM, "上方全部标为已读");
    reader.shows(".notice", "3 篇已标为已读");
    reader.gone(MENU);
    reader.settles(|| read_count(&reader), 3);
    reader.click_text(".notice .link", "撤销");
    reader.settles(|| read_count(&reader), 0);
}

#[test]
fn menu_copies_permalink_and_searches_source() {
    let reader = open(demo());
    reader.js("Object.defineProperty(navigator, 'clipboard', { value: { writeText: async text => { window.copied = text; } } })");
    reader.search("灯塔");
    reader.finds(6);
    reader.right_click(title_of(&reader, 0), &[]);
    reader.click_text(ITEM, "复制链接");
    reader.shows(MENU, "已复制");
    let copied = reader.js("return window.copied");
    let copied = copied.as_str().unwrap();
    assert!(copied.contains("/#/a/") && !copied.contains("q="), "{copied}");
    let href = reader.attribute(".aa--row a.opt", "href").unwrap();
    assert!(copied.ends_with(&href), "{href}");
    assert_eq!(reader.attribute(".aa--row a.opt", "target").as_deref(), Some("_blank"));
    reader.click_text(ITEM, "同一来源的文章");
    reader.gone(MENU);
    reader.until("the source is listed", "return location.hash.startsWith('#/?q=source:')");
}

#[test]
fn long_press_opens_sheet_with_same_items() {
    let reader = open_on_phone(demo());
    if !reader.can(Feature::Touch) {
        return;
    }
    reader.hold(title_of(&reader, 1), "[role=dialog]");
    reader.see(ITEM);
    let names = names(&reader);
    assert!(names.contains(&"link 在新标签页中打开".to_owned()), "{names:?}");
    let height =
        "return Math.min(...[...document.querySelectorAll('.aa--row .opt')].map(item => item.offsetHeight))";
    assert!(reader.number(height) >= 44.0);
    let width = "return document.querySelector('.sheet').getBoundingClientRect().right <= innerWidth";
    assert_eq!(reader.js(width), json!(true));
    reader.click_text(ITEM, "上方全部标为已读");
    reader.settles(|| read_count(&reader), 1);
}
