//! Highlight of the spoken sentence, which is kept in view.

use super::super::lines::{self, Text};
use crate::app::dom;
use js_sys::{Array, Function, Reflect};
use std::ops::Range;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::DomRect;

/// Name of the highlight in the style sheets.
const MARK: &str = "spoken";
/// Covered pixels at the upper and lower edge of the window.
const COVERED: (f64, f64) = (64.0, 176.0);

/// Highlights the characters `range` of a line and returns their rectangle.
pub fn mark((line, range): (usize, Range<usize>)) -> Option<DomRect> {
    unmark();
    let element = lines::line(line)?;
    let spoken = Text::of(&element).range(range);
    let marked = spoken.as_ref().and_then(|range| highlight(range).ok());
    if marked.is_none() {
        // Without the Custom Highlight API, the whole paragraph is highlighted.
        let _ = element.class_list().add_1("is-spoken");
    }
    Some(spoken.map_or_else(|| element.get_bounding_client_rect(), |range| range.get_bounding_client_rect()))
}

/// Returns the rectangle of the characters `range` of a line.
pub fn place((line, range): (usize, Range<usize>)) -> Option<DomRect> {
    Some(Text::of(&lines::line(line)?).range(range)?.get_bounding_client_rect())
}

pub fn unmark() {
    if let Some(registry) = registry() {
        // Removing an absent highlight does nothing.
        let _ = method(&registry, "delete").and_then(|delete| delete.call1(&registry, &MARK.into()));
    }
    if let Some(old) = dom::element(".is-spoken") {
        let _ = old.class_list().remove_1("is-spoken");
    }
}

/// Returns true if a rectangle is visible between the covered edges.
pub fn is_in_view(place: &DomRect) -> bool {
    place.bottom() > COVERED.0 && place.top() < height() - COVERED.1
}

/// Scrolls a rectangle into view, unless it is fully visible.
pub fn show(place: &DomRect) {
    if place.top() >= COVERED.0 && place.bottom() <= height() - COVERED.1 {
        return;
    }
    // Without a window nothing is visible.
    let _ = lines::scroll_by(place.top() - height() * 0.3);
}

/// Returns the first visible line of the article.
pub fn first_in_view() -> usize {
    let lines = dom::elements("#read [data-line]");
    let seen = lines.iter().find(|line| line.get_bounding_client_rect().bottom() > COVERED.0);
    seen.and_then(lines::number).unwrap_or_default()
}

fn height() -> f64 {
    dom::window().and_then(|window| window.inner_height().ok()?.as_f64()).unwrap_or_default()
}

/// Registry of the Custom Highlight API, if supported.
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
