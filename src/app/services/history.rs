//! State stored in entries of the browser's history.

use crate::app::js_objects::Fields;
use crate::app::services::dom;
use crate::view_model::RouteState;
use wasm_bindgen::JsCast;

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
        let stored = dom::window().and_then(|window| window.history().ok()?.state().ok());
        let Some(stored) = stored.and_then(|stored| stored.dyn_into::<Fields>().ok()) else {
            return HistoryEntry::default();
        };
        let scroll = stored.get("id").as_string().zip(stored.get("offset").as_f64());
        HistoryEntry {
            scroll: scroll.map(|(id, offset)| ScrollPosition { id, offset }),
            is_from_list: stored.get("fromList").is_truthy(),
            is_overlay: stored.get("over").is_truthy(),
        }
    }

    fn to_js(&self) -> Fields {
        let stored = Fields::new();
        if let Some(place) = &self.scroll {
            stored.set("id", place.id.as_str());
            stored.set("offset", place.offset);
        }
        stored.set("fromList", self.is_from_list);
        stored.set("over", self.is_overlay);
        stored
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
