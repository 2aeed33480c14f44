//! What the browser's history remembers.

use crate::app::dom;
use crate::view::State;
use js_sys::{Object, Reflect};
use wasm_bindgen::JsValue;

/// Where a list stands: the first visible row's article, and how far its top is above the view's.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Place {
    /// The article's id.
    pub id: String,
    /// Pixels from the top of the view to the row's; negative when the row is cut.
    pub offset: f64,
}

/// What an entry of the history carries.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Entry {
    /// Where the list stood.
    pub place: Option<Place>,
    /// Whether the entry before this one is ours and shows what this was opened from: the list, or a page.
    pub from_list: bool,
    /// Whether the entry stands for what lies over the page, whose address it has.
    pub over: bool,
}

impl Entry {
    /// The entry that the browser is at.
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
        // Properties of an object that was just made can be set.
        if let Some(place) = &self.place {
            let _ = set("id", place.id.as_str().into());
            let _ = set("offset", place.offset.into());
        }
        let _ = set("fromList", self.from_list.into());
        let _ = set("over", self.over.into());
        stored.into()
    }

    /// Writes the entry into the history. A browser that refuses, as they do after hundreds of changes in a few
    /// seconds, keeps the old address, some without a word.
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
