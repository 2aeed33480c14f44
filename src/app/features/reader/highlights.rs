//! Highlights of the open article: painted ranges, so that highlighting never lays out a paragraph again, or elements in
//! browsers without the Custom Highlight API.

use super::text_geometry;
use crate::app::services::custom_highlight::{self, HighlightKind};
use crate::app::services::{dom, use_effect_with};
use crate::app::state::script_conversion::DisplayedArticle;
use crate::app::ui::article::ARTICLE_ID;
use crate::reading::LineSlice;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{MutationObserver, MutationObserverInit};
use yew::prelude::*;

/// Returns true if matches and annotations are elements.
pub fn has_marks() -> bool {
    !custom_highlight::is_supported()
}

/// Paints slices of the displayed article, if the browser can.
#[hook]
pub fn use_highlights(kind: HighlightKind, reading: &Option<DisplayedArticle>, slices: &Rc<Vec<LineSlice>>) {
    // Another article has other nodes, even with the same slices.
    use_effect_with((reading.clone(), slices.clone()), move |(_, slices)| {
        let observer = (!slices.is_empty()).then(|| {
            let slices = slices.clone();
            let paint = move || {
                custom_highlight::paint(kind, &text_geometry::slice_ranges(&slices));
            };
            paint();
            // Links get other nodes once their articles are located.
            let changed = Closure::<dyn Fn()>::new(paint);
            let observer = MutationObserver::new(changed.as_ref().unchecked_ref()).ok();
            if let Some((observer, article)) = observer.as_ref().zip(dom::element_by_id(ARTICLE_ID)) {
                let options = MutationObserverInit::new();
                options.set_child_list(true);
                options.set_subtree(true);
                // Without the observer, those matches are painted with the next step.
                let _ = observer.observe_with_options(&article, &options);
            }
            (observer, changed)
        });
        move || {
            if let Some((Some(observer), _)) = &observer {
                observer.disconnect();
            }
            custom_highlight::paint(kind, &[]);
        }
    });
}
