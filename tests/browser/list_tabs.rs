//! Tabs above the list: status and saved searches.

use crate::archives::demo;
use crate::driver::{PHONE, SMALL, TABLET};
use crate::user_data::{data, import};
use crate::visit::{Reader, open, visit};
use serde_json::json;

/// Imports stars, a highlight and saved searches, and returns to the list.
fn with_records(reader: &Reader) {
    data(reader);
    let search = |count: u32| json!({ "time": 1, "build": "old", "count": count, "fresh": 0 });
    let records = json!({
        "stars": { "85pcbxcmez61": 1 },
        "reads": { "85pcbxcmez61": 1 },
        "searches": { "灯塔": search(4), "source:chaosheng.example 灯塔": search(40) },
    });
    import(reader, &json!({ "sheaf": "kept", "version": 1, "records": records }).to_string());
    reader.shows("[role=dialog] [role=status]", "已导入 4 条");
    reader.press("Escape");
    reader.gone("[role=dialog]");
}

/// Returns the texts of the tabs that are chosen.
fn chosen(reader: &Reader) -> Vec<String> {
    reader.texts(".tab[aria-pressed=true]")
}

#[test]
fn status_is_one_tap_away() {
    for screen in [SMALL, PHONE, TABLET] {
        let reader = visit(demo()).on(screen).open("");
        with_records(&reader);
        let tabs = || reader.texts(".tabs:not(.tabs--saved) .tab").join(" ");
        reader.settles(|| tabs().replace('\n', ""), "全部 未读39 收藏1 划线0".to_owned());
        assert_eq!(chosen(&reader), ["全部"]);
        reader.click_role("button", "收藏1");
        reader.finds(1);
        assert_eq!(chosen(&reader).len(), 1);
        // The tabs exclude each other.
        reader.click_role("button", "未读39");
        reader.finds(39);
        assert_eq!(reader.hash(), "#/?q=is:unread");
        reader.click_role("button", "全部");
        reader.finds(40);
        let height =
            "return Math.min(...[...document.querySelectorAll('.tab')].map(tab => tab.offsetHeight))";
        assert!(reader.number(height) >= 44.0);
    }
}

#[test]
fn saved_searches_stand_above_list_with_names() {
    let reader = visit(demo()).on(PHONE).open("");
    with_records(&reader);
    reader.reload();
    let starts = |at: usize, start: &str| {
        reader
            .texts(".tabs--saved .tab")
            .get(at)
            .is_some_and(|text| text.replace('\n', "").starts_with(start))
    };
    // New results come first.
    reader.settles(|| starts(0, "灯塔新 2") && starts(1, "潮声周刊 · 灯塔"), true);
    reader.click_text(".tabs--saved .tab", "灯塔");
    reader.finds(6);
    reader.settles(|| chosen(&reader).len(), 2);
    reader.click(".tabs--saved .tab[aria-pressed=true]");
    reader.finds(40);
}

#[test]
fn rail_replaces_tabs() {
    let reader = open(demo());
    assert_eq!((reader.count(".tabs"), reader.has(".rail .fv")), (0, true));
}
