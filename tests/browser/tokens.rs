//! Filters of a query as tokens, and dates in words.

use crate::archives::demo;
use crate::driver::{Feature, PHONE, SMALL, WIDE};
use crate::visit::{Reader, open, visit};
use serde_json::{Value, json};

fn field(reader: &Reader) -> Value {
    reader.js("return document.querySelector('.find__i').value")
}

/// Leaves the search field.
fn blur(reader: &Reader) {
    reader.js("document.activeElement.blur()");
}

#[test]
fn words_of_a_date_offer_a_filter() {
    for screen in [WIDE, PHONE, SMALL] {
        let reader = visit(demo()).on(screen).open("");
        reader.search("2023年10月 灯塔");
        reader.shows(".titles", "日期：2023年10月");
        assert!(reader.spoken(".titles__a").contains(&("button".to_owned(), "日期：2023年10月".to_owned())));
        reader.press("ArrowDown");
        assert_eq!(reader.spoken_in_focus(), ("button".to_owned(), "日期：2023年10月".to_owned()));
        reader.press("Enter");
        reader.settles(|| reader.hash(), "#/?q=灯塔+date:2023-10".to_owned());
        reader.settles(|| field(&reader), json!("灯塔"));
        assert_eq!(reader.texts(".chip"), ["2023年10月"]);
        assert_eq!(reader.js("return document.activeElement.className"), json!("find__i"));
    }
}

#[test]
fn english_words_of_a_date_offer_a_filter() {
    let reader = visit(demo()).languages("en-US").open("");
    reader.search("Oct 2023");
    reader.shows(".titles", "Date: Oct 2023");
    reader.click(".titles__a");
    reader.settles(|| reader.hash(), "#/?q=date:2023-10".to_owned());
    reader.search("ferry");
    reader.settles(|| reader.hash(), "#/?q=ferry+date:2023-10".to_owned());
    assert!(!reader.has(".titles button"));
}

#[test]
fn filters_leave_the_field_with_the_focus() {
    let reader = open(demo());
    reader.search("标题：灯塔 is:unread");
    reader.until("the filter is searched", "return decodeURIComponent(location.hash).includes('is:unread')");
    assert_eq!(field(&reader), json!("标题：灯塔 is:unread"), "the field is not changed while typing");
    blur(&reader);
    reader.settles(|| field(&reader), json!("标题：灯塔"));
    assert_eq!(reader.texts(".chip"), ["标题：灯塔", "未读"]);
    reader.reload();
    reader.see(".find__i");
    reader.settles(|| field(&reader), json!("标题：灯塔"));
    assert_eq!(reader.texts(".chip"), ["标题：灯塔", "未读"]);
}

#[test]
fn backspace_at_start_removes_last_filter() {
    let reader = visit(demo()).open("#/?q=灯塔 after:2021 is:unread");
    reader.settles(|| field(&reader), json!("灯塔"));
    reader.settles(|| reader.count(".chip"), 2);
    reader.click(".find__i");
    reader.press("Home");
    reader.press("Backspace");
    reader.settles(|| reader.hash(), "#/?q=灯塔+after:2021".to_owned());
    assert_eq!(field(&reader), json!("灯塔"));
    reader.press("End");
    reader.press("Backspace");
    reader.settles(|| reader.hash(), "#/?q=灯+after:2021".to_owned());
    reader.press("Backspace");
    reader.settles(|| reader.hash(), "#/?q=after:2021".to_owned());
    reader.press("Backspace");
    reader.finds(40);
    assert_eq!(reader.hash(), "#/");
}

#[test]
fn typed_words_join_the_filters() {
    let reader = visit(demo()).open("#/?q=is:unread");
    reader.finds(40);
    reader.search("灯塔");
    reader.finds(6);
    assert_eq!(reader.hash(), "#/?q=灯塔+is:unread");
    reader.click(".find__x");
    reader.finds(40);
    assert_eq!((reader.hash(), reader.count(".chip")), ("#/".to_owned(), 0));
    if !reader.can(Feature::InputMethod) {
        return;
    }
    reader.open("#/?q=is:unread");
    reader.settles(|| reader.count(".chip"), 1);
    reader.click(".find__i");
    let compose = json!({ "text": "tu", "selectionStart": 2, "selectionEnd": 2 });
    reader.cdp("Input.imeSetComposition", compose);
    reader.settles(|| field(&reader), json!("tu"));
    assert_eq!(reader.hash(), "#/?q=is:unread");
    reader.cdp("Input.insertText", json!({ "text": "图书馆" }));
    reader.settles(|| reader.hash(), "#/?q=图书馆+is:unread".to_owned());
    assert_eq!(field(&reader), json!("图书馆"));
}

#[test]
fn operators_are_written_by_a_tap() {
    let reader = open(demo());
    reader.click(".find__i");
    reader.click_text(".recent__o button", "标题：");
    reader.settles(|| field(&reader), json!("标题："));
    assert_eq!(reader.js("return document.activeElement.className"), json!("find__i"));
    assert_eq!(reader.hash(), "");
    reader.press("End");
    reader.write("灯塔");
    reader.settles(|| reader.texts(".chip"), vec!["标题：灯塔".to_owned()]);
}
