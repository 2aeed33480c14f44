//! State stored in entries of the browser's history.

use crate::app::js_objects::Fields;
use crate::app::services::dom;
use crate::view_model::{HistoryEntry, RouteState, ScrollPosition};
use wasm_bindgen::JsCast;

/// Returns the current entry.
pub fn current_entry() -> HistoryEntry {
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

fn to_fields(entry: &HistoryEntry) -> Fields {
    let stored = Fields::default();
    if let Some(place) = &entry.scroll {
        stored.set("id", place.id.as_str());
        stored.set("offset", place.offset);
    }
    stored.set("fromList", entry.is_from_list);
    stored.set("over", entry.is_overlay);
    stored
}

/// Writes an entry. Browsers refuse this after some hundred changes in a few seconds, some of them silently; the old
/// address then stays.
pub fn write_entry(entry: &HistoryEntry, state: &RouteState, push: bool) {
    let Some(history) = dom::window().and_then(|window| window.history().ok()) else { return };
    let (entry, url) = (to_fields(entry), state.to_fragment());
    let _ = if push {
        history.push_state_with_url(&entry, "", Some(&url))
    } else {
        history.replace_state_with_url(&entry, "", Some(&url))
    };
}
