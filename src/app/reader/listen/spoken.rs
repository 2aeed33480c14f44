//! The sentence that is being said, marked on the page and kept in view.

use super::super::lines::{self, Text};
use crate::app::dom;
use js_sys::{Array, Function, Reflect};
use std::ops::Range;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::DomRect;

/// The name of the mark in the style sheets.
const MARK: &str = "spoken";
/// What covers the upper and the lower edge of the window, in pixels.
const COVERED: (f64, f64) = (64.0, 176.0);

/// Marks the characters `range` of the line with this number, and says where that is on the page.
pub fn mark((line, range): (usize, Range<usize>)) -> Option<DomRect> {
    unmark();
    let element = lines::line(line)?;
    let spoken = Text::of(&element).range(range);
    let marked = spoken.as_ref().and_then(|range| highlight(range).ok());
    if marked.is_none() {
        // Without the browser's way of marking a part, the whole paragraph is marked.
        let _ = element.class_list().add_1("is-spoken");
    }
    Some(spoken.map_or_else(|| element.get_bounding_client_rect(), |range| range.get_bounding_client_rect()))
}

/// Where the characters `range` of the line with this number are on the page.
pub fn place((line, range): (usize, Range<usize>)) -> Option<DomRect> {
    Some(Text::of(&lines::line(line)?).range(range)?.get_bounding_client_rect())
}

/// Takes the mark away.
pub fn unmark() {
    if let Some(registry) = registry() {
        // What is not there need not be removed.
        let _ = method(&registry, "delete").and_then(|delete| delete.call1(&registry, &MARK.into()));
    }
    if let Some(old) = dom::element(".is-spoken") {
        let _ = old.class_list().remove_1("is-spoken");
    }
}

/// Whether a place of the page is in view, between what covers its edges.
pub fn is_in_view(place: &DomRect) -> bool {
    place.bottom() > COVERED.0 && place.top() < height() - COVERED.1
}

/// Scrolls, when a place of the page is not wholly in view, so that it is.
pub fn show(place: &DomRect) {
    if place.top() >= COVERED.0 && place.bottom() <= height() - COVERED.1 {
        return;
    }
    // A page without a window is not seen.
    let _ = lines::scroll_by(place.top() - height() * 0.3);
}

/// The first line of the article that is in view below the bar; the title when that is.
pub fn first_in_view() -> usize {
    let lines = dom::elements("#read [data-line]");
    let seen = lines.iter().find(|line| line.get_bounding_client_rect().bottom() > COVERED.0);
    seen.and_then(lines::number).unwrap_or_default()
}

fn height() -> f64 {
    dom::window().and_then(|window| window.inner_height().ok()?.as_f64()).unwrap_or_default()
}

/// What the page keeps marks in, where the browser has the Custom Highlight API.
fn registry() -> Option<JsValue> {
    let css = Reflect::get(&js_sys::global(), &"CSS".into()).ok()?;
    Reflect::get(&css, &"highlights".into()).ok().filter(JsValue::is_object)
}

fn method(object: &JsValue, name: &str) -> Result<Function, JsValue> {
    Reflect::get(object, &name.into())?.dyn_into()
}

fn highlight(range: &web_sys::Range) -> Result<(), JsValue> {
    let registry = registry().ok_or(JsValue::UNDEFINED)?;
    let class = method(&js_sys::global(), "Highlight")?;
    let mark = Reflect::construct(&class, &Array::of1(range))?;
    method(&registry, "set")?.call2(&registry, &MARK.into(), &mark).map(|_| ())
}
