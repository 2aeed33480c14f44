//! The sentence that is being said, marked on the page and kept in view.

use super::super::lines::Text;
use crate::app::dom;
use js_sys::{Array, Function, Reflect};
use std::ops::Range;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{DomRect, Element};

/// The name of the mark in the style sheets.
const MARK: &str = "spoken";
/// What covers the upper and the lower edge of the window, in pixels.
const COVERED: (f64, f64) = (64.0, 176.0);

/// Marks the characters `range` of the line with this number, and says where that is on the page.
pub fn mark((line, range): (usize, Range<usize>)) -> Option<DomRect> {
    unmark();
    let element = element(line)?;
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
    Some(Text::of(&element(line)?).range(range)?.get_bounding_client_rect())
}

/// Takes the mark away.
pub fn unmark() {
    if let Some(registry) = registry() {
        // What is not there need not be removed.
        let _ = method(&registry, "delete").and_then(|delete| delete.call1(&registry, &MARK.into()));
    }
    let old = dom::document().and_then(|document| document.query_selector(".is-spoken").ok().flatten());
    if let Some(old) = old {
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
    let by = place.top() - height() * 0.3;
    let pane = dom::document().and_then(|document| document.query_selector("#pane #read").ok().flatten());
    if let Some(pane) = pane.and_then(|read| read.closest("#pane").ok().flatten()) {
        pane.set_scroll_top(pane.scroll_top() + by as i32);
    } else if let Some(window) = dom::window() {
        window.scroll_by_with_x_and_y(0.0, by);
    }
}

/// The first line of the article that is in view below the bar; the title when that is.
pub fn first_in_view() -> usize {
    let lines = dom::document().and_then(|document| document.query_selector_all("#read [data-line]").ok());
    let Some(lines) = lines else { return 0 };
    let lines = (0..lines.length()).filter_map(|at| lines.get(at)?.dyn_into::<Element>().ok());
    let mut seen = lines.filter(|line| line.get_bounding_client_rect().bottom() > COVERED.0);
    let number = seen.next().and_then(|line| line.get_attribute("data-line")?.parse().ok());
    number.unwrap_or_default()
}

fn height() -> f64 {
    dom::window().and_then(|window| window.inner_height().ok()?.as_f64()).unwrap_or_default()
}

fn element(line: usize) -> Option<Element> {
    dom::document()?.query_selector(&format!("#read [data-line=\"{line}\"]")).ok()?
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
