//! State stored in entries of the browser's history.

use crate::app::dom;
use crate::view::State;
use js_sys::{Object, Reflect};
use wasm_bindgen::JsValue;

/// Scroll position of a list: the article of the first visible row and its offset.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Place {
    pub id: String,
    /// Pixels from the top of the viewport to the row; negative for a clipped row.
    pub offset: f64,
}

/// State of a history entry.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Entry {
    pub place: Option<Place>,
    /// Set if the previous entry is the list or page from which this one was opened.
    pub from_list: bool,
    /// Set for the entry of an overlay, which has the address of the page below.
    pub over: bool,
}

impl Entry {
    pub fn current() -> Entry {
        let stored =
            dom::window().and_then(|window| window.history().ok()?.state().ok()).unwrap_or(JsValue::NULL);
        let get = |name: &str| Reflect::get(&stored, &name.into()).ok();
        let flag = |name: &str| get(name).is_some_and(|flag| flag.is_truthy());
        let id = get("id").and_then(|id| id.as_string());
        let offset = get("offset").and_then(|offset| offset.as_f64());
        Entry {
            place: id.zip(offset).map(|(id, offset)| Place { id, offset }),
            from_list: flag("fromList"),
            over: flag("over"),
        }
    }

    fn to_js(&self) -> JsValue {
        let stored = Object::new();
        let set = |name: &str, value: JsValue| Reflect::set(&stored, &name.into(), &value);
        // Setting properties of a fresh object cannot fail.
        if let Some(place) = &self.place {
            let _ = set("id", place.id.as_str().into());
            let _ = set("offset", place.offset.into());
        }
        let _ = set("fromList", self.from_list.into());
        let _ = set("over", self.over.into());
        stored.into()
    }

    /// Writes the entry. Browsers refuse this after some hundred changes in a few seconds, some of them
    /// silently; the old address then stays.
    pub fn write(&self, state: &State, push: bool) {
        let Some(history) = dom::window().and_then(|window| window.history().ok()) else { return };
        let url = state.to_url();
        let _ = if push {
            history.push_state_with_url(&self.to_js(), "", Some(&url))
        } else {
            history.replace_state_with_url(&self.to_js(), "", Some(&url))
        };
    }
}
