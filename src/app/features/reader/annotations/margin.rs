//! Positions of the notes in the margin.

use super::displayed::DisplayedAnnotations;
use crate::app::features::reader::text_geometry;
use crate::app::services::{dom, use_effect_with};
use crate::app::ui::article::ARTICLE_ID;
use js_sys::Function;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Element;
use yew::prelude::*;

#[wasm_bindgen]
extern "C" {
    type ResizeObserver;
    #[wasm_bindgen(constructor, catch)]
    fn new(callback: &Function) -> Result<ResizeObserver, JsValue>;
    #[wasm_bindgen(method)]
    fn observe(this: &ResizeObserver, element: &Element);
    #[wasm_bindgen(method)]
    fn disconnect(this: &ResizeObserver);
}

/// Distance between two notes in pixels.
const NOTE_GAP: f64 = 12.0;

/// Keeps the notes in the margin level with the first lines of their annotations.
#[hook]
pub fn use_margin_notes(annotations: &DisplayedAnnotations, has_margin: bool) {
    use_effect_with((annotations.clone(), has_margin), |(annotations, has_margin)| {
        let article =
            dom::element_by_id(ARTICLE_ID).filter(|_| *has_margin && !annotations.slices.is_empty());
        let annotations = annotations.clone();
        let observer = article.and_then(|article| {
            // Images and fonts that load change the height, and move what is below.
            let place = Closure::<dyn Fn()>::new(move || place_notes(&annotations));
            let observer = ResizeObserver::new(place.as_ref().unchecked_ref()).ok()?;
            observer.observe(&article);
            Some((observer, place))
        });
        move || {
            if let Some((observer, _)) = &observer {
                observer.disconnect();
            }
        }
    });
}

/// Moves the notes, each below the one before.
fn place_notes(annotations: &DisplayedAnnotations) {
    let Some(article) = dom::element_by_id(ARTICLE_ID) else { return };
    let article_top = article.get_bounding_client_rect().top();
    let mut free = 0.0;
    for note in dom::elements("#read .note--beside") {
        let number = note.get_attribute("data-pen").and_then(|number| number.parse().ok());
        let slice = number.and_then(|number| annotations.first_slice(number));
        let level = slice.and_then(text_geometry::slice_rect).map_or(free, |rect| rect.top() - article_top);
        let top = if level > free { level } else { free };
        dom::set_number(&note, "top", top, "px");
        free = top + note.get_bounding_client_rect().height() + NOTE_GAP;
    }
}
