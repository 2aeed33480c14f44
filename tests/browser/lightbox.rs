//! Lightbox.

use crate::archives::specimen;
use crate::driver::Feature;
use crate::visit::{Reader, open, open_on_phone};
use serde_json::json;

const MANUAL: &str = "一页纸上能放下多少东西";

/// Opens the article with pictures and its first picture in the lightbox.
fn close_up(reader: &Reader) {
    reader.read(MANUAL);
    reader.until(
        "the picture is shown",
        "return document.querySelector('#read .fig__p')?.classList.contains('is-shown')",
    );
    reader.js("document.querySelector('#read .fig__z').scrollIntoView({ block: 'center' })");
    reader.click("#read .fig__z");
    reader.see(".lens");
}

fn scale(reader: &Reader) -> f64 {
    reader.number(
        "const style = document.querySelector('.lens img').style; return Number(style.getPropertyValue('--s') || 1)",
    )
}

#[test]
fn lightbox_by_keyboard_zooms_and_restores_focus() {
    let reader = open(specimen());
    reader.read(MANUAL);
    reader.see("#read .fig__z");
    assert_eq!(reader.attribute("#read .fig__z", "aria-label").as_deref(), Some("放大图片：河对岸的几层山"));
    reader.js("document.querySelector('#read .fig__z').focus()");
    reader.press("Enter");
    reader.see(".lens img");
    assert_eq!(reader.attribute(".lens", "aria-modal").as_deref(), Some("true"));
    let proportions =
        "const { width, height, naturalWidth, naturalHeight } = document.querySelector('.lens img');
         return Math.abs(width / height - naturalWidth / naturalHeight) < 0.02";
    assert_eq!(reader.js(proportions), json!(true), "the image keeps its proportions");
    reader.shows(".lens__c", "排字房窗外的山");
    let article = reader.hash();
    reader.press("+");
    reader.press("+");
    reader.settles(|| scale(&reader), 2.25);
    let left = || reader.number("return document.querySelector('.lens img').getBoundingClientRect().left");
    let before = left();
    reader.press("ArrowRight");
    reader.settles(|| left() < before, true);
    reader.press("-");
    reader.settles(|| scale(&reader), 1.5);
    reader.press("j");
    assert_eq!(reader.hash(), article, "shortcuts of the page behind are inactive");
    for _ in 0..4 {
        reader.press("Tab");
        assert_eq!(reader.js("return !!document.activeElement.closest('.lens')"), json!(true));
    }
    reader.press("Escape");
    reader.gone(".lens");
    assert_eq!(reader.focused(), "放大图片：河对岸的几层山");
    assert_eq!(reader.hash(), article, "one Escape closes one overlay");
}

#[test]
fn lightbox_by_touch_zooms_and_closes() {
    let reader = open_on_phone(specimen());
    if !reader.can(Feature::Touch) {
        return;
    }
    close_up(&reader);
    let (x, y) = (195.0, 420.0);
    reader.tap_twice((x, y));
    reader.settles(|| scale(&reader), 2.5);
    reader.tap_twice((x, y));
    reader.settles(|| scale(&reader), 1.0);
    reader.fingers(&[&[(x - 40.0, y), (x - 80.0, y)], &[(x + 40.0, y), (x + 80.0, y)]]);
    reader.settles(|| scale(&reader) > 1.8, true);
    reader.click(".lens [aria-label='缩小']");
    reader.click(".lens [aria-label='缩小']");
    reader.settles(|| scale(&reader), 1.0);
    // A short pull springs back, a long one closes.
    reader.fingers(&[&[(x, y), (x, y + 40.0)]]);
    reader.settles(|| reader.count(".lens"), 1);
    reader.fingers(&[&[(x, y), (x, y + 90.0), (x, y + 180.0)]]);
    reader.gone(".lens");
    reader.article(MANUAL);
}

#[test]
fn image_load_shifts_no_layout() {
    let reader = open_on_phone(specimen());
    if !reader.can(Feature::LayoutShift) {
        return;
    }
    reader.js("window.shift = 0;
         new PerformanceObserver(list => list.getEntries().forEach(one => { if (!one.hadRecentInput) shift += one.value; }))
             .observe({ type: 'layout-shift', buffered: true });");
    reader.read(MANUAL);
    for n in 0..2 {
        reader.js(&format!("document.querySelectorAll('#read .fig')[{n}].scrollIntoView()"));
        reader.until(
            "the picture is shown",
            &format!("return document.querySelectorAll('#read .fig__p')[{n}].classList.contains('is-shown')"),
        );
    }
    assert_eq!(reader.rests(|| reader.js("return shift")), json!(0));
}
