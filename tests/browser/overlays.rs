//! Overlays: the browser's back button closes the topmost one only.

use crate::archives::{demo, specimen};
use crate::driver::TABLET;
use crate::visit::{Reader, open, open_menu, open_on_phone, visit};

/// Waits until the history has, or lacks, the overlay entry.
fn has_entry(reader: &Reader, has: bool) {
    reader.settles(|| reader.js("return history.state?.over ?? false").as_bool(), Some(has));
}

fn in_the_list(reader: &Reader) {
    reader.settles(|| ["", "#/"].contains(&reader.hash().as_str()), true);
}

#[test]
fn back_closes_lightbox_and_keeps_article() {
    let reader = open_on_phone(specimen());
    reader.read("一页纸上能放下多少东西");
    let article = reader.hash();
    for closes_by_itself in [false, true] {
        reader.see("#read .fig__z");
        reader.js("document.querySelector('#read .fig__z').click()");
        reader.see(".lens img");
        has_entry(&reader, true);
        match closes_by_itself {
            true => reader.press("Escape"),
            false => reader.back(),
        }
        reader.gone(".lens");
        has_entry(&reader, false);
        assert_eq!(reader.hash(), article);
    }
    reader.back();
    reader.see("#list .row");
    in_the_list(&reader);
}

#[test]
fn back_closes_sheet_and_keeps_choices() {
    let reader = open_on_phone(demo());
    let filters = || {
        reader.click("[aria-label^='筛选']");
        reader.shows(".sheet__f .btn--ink", "显示");
        has_entry(&reader, true);
    };
    filters();
    reader.click_text(".sheet .opt", "纸鸢");
    reader.shows(".sheet__f .btn--ink", "显示 10 篇");
    reader.click_text(".sheet .opt", "简体中文");
    has_entry(&reader, true);
    reader.back();
    reader.gone(".sheet");
    let chosen = reader.hash();
    reader.finds(10);
    filters();
    reader.click(".sheet__f .btn--ink");
    reader.gone(".sheet");
    has_entry(&reader, false);
    assert_eq!(reader.hash(), chosen);
    // Each choice adds a history entry; opening a sheet does not.
    reader.back();
    reader.settles(|| reader.hash() != chosen, true);
    reader.finds(10);
    reader.back();
    reader.finds(40);
}

#[test]
fn navigation_below_sheet_adds_no_entry() {
    let reader = visit(demo()).on(TABLET).open("");
    reader.click(".row__a");
    reader.see("#read .prose");
    let first = reader.hash();
    reader.press("Shift+?");
    reader.see("[role=dialog] .keys");
    has_entry(&reader, true);
    reader.press("j");
    assert_eq!(reader.hash(), first, "shortcuts of the page are inactive");
    reader.js("document.querySelector('.pn [rel=next]').click()");
    reader.settles(|| reader.hash() != first, true);
    has_entry(&reader, true);
    reader.press("Escape");
    reader.gone("[role=dialog]");
    has_entry(&reader, false);
    assert_ne!(reader.hash(), first);
    reader.press("Escape");
    in_the_list(&reader);
}

#[test]
fn reload_closes_overlays() {
    let reader = open(demo());
    reader.press("Shift+?");
    reader.see("[role=dialog] .keys");
    has_entry(&reader, true);
    reader.reload();
    reader.see(".row__a");
    has_entry(&reader, false);
    reader.forward();
    has_entry(&reader, false);
    assert!(!reader.has("[role=dialog]"));
}

#[test]
fn sheet_opened_from_sheet_replaces_it() {
    let reader = open_on_phone(demo());
    open_menu(&reader);
    reader.see("[role=dialog]");
    has_entry(&reader, true);
    reader.press("Escape");
    reader.gone("[role=dialog]");
    has_entry(&reader, false);
    // Immediately, while the browser is still navigating back.
    open_menu(&reader);
    reader.see("[role=dialog]");
    has_entry(&reader, true);
    reader.js(
        "for (const name of ['pointerdown', 'click'])
             document.querySelector('.sheet').dispatchEvent(new PointerEvent(name, { bubbles: true, clientX: 5, clientY: 5 }));
         setTimeout(() => document.querySelector('.row__a').click(), 5);",
    );
    reader.gone("[role=dialog]");
    reader.settles(|| reader.hash().starts_with("#/a/"), true);
    has_entry(&reader, false);
    reader.back();
    in_the_list(&reader);
}
