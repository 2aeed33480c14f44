//! State stored in entries of the browser's history.

use crate::app::services::dom;
use crate::view_model::RouteState;
use js_sys::{Object, Reflect};
use wasm_bindgen::JsValue;

/// Scroll position of a list: the article of the first visible row and its offset.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ScrollPosition {
    pub id: String,
    /// Pixels from the top of the viewport to the row; negative for a clipped row.
    pub offset: f64,
}

/// State of a history entry.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct HistoryEntry {
    pub scroll: Option<ScrollPosition>,
    /// Set if the previous entry is the list or page from which this one was opened.
    pub is_from_list: bool,
    /// Set for the entry of an overlay, which has the address of the page below.
    pub is_overlay: bool,
}

impl HistoryEntry {
    pub fn current() -> HistoryEntry {
        let stored =
            dom::window().and_then(|window| window.history().ok()?.state().ok()).unwrap_or(JsValue::NULL);
        let get = |name: &str| Reflect::get(&stored, &name.into()).ok();
        let flag = |name: &str| get(name).is_some_and(|flag| flag.is_truthy());
        let id = get("id").and_then(|id| id.as_string());
        let offset = get("offset").and_then(|offset| offset.as_f64());
        HistoryEntry {
            scroll: id.zip(offset).map(|(id, offset)| ScrollPosition { id, offset }),
            is_from_list: flag("fromList"),
            is_overlay: flag("over"),
        }
    }

    fn to_js(&self) -> JsValue {
        let stored = Object::new();
        let set = |name: &str, value: JsValue| Reflect::set(&stored, &name.into(), &value);
        // Setting properties of a fresh object cannot fail.
        if let Some(place) = &self.scroll {
            let _ = set("id", place.id.as_str().into());
            let _ = set("offset", place.offset.into());
        }
        let _ = set("fromList", self.is_from_list.into());
        let _ = set("over", self.is_overlay.into());
        stored.into()
    }

    /// Writes the entry. Browsers refuse this after some hundred changes in a few seconds, some of them
    /// silently; the old address then stays.
    pub fn write(&self, state: &RouteState, push: bool) {
        let Some(history) = dom::window().and_then(|window| window.history().ok()) else { return };
        let url = state.to_fragment();
        let _ = if push {
            history.push_state_with_url(&self.to_js(), "", Some(&url))
        } else {
            history.replace_state_with_url(&self.to_js(), "", Some(&url))
        };
    }
}
