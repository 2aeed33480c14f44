//! Highlights of the open article: painted ranges, so that highlighting never lays out a paragraph again, or elements in
//! browsers without the Custom Highlight API.

use super::text_geometry;
use crate::app::services::custom_highlight::{self, HighlightKind};
use crate::app::services::{ChildListObserver, dom, use_effect_with};
use crate::app::state::script_conversion::DisplayedArticle;
use crate::app::ui::article::ARTICLE_ID;
use crate::reading::LineSlice;
use std::rc::Rc;
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
        let article = dom::element_by_id(ARTICLE_ID).filter(|_| !slices.is_empty() && !has_marks());
        let observer = article.map(|article| {
            let slices = slices.clone();
            let paint = move || {
                custom_highlight::paint(kind, &text_geometry::slice_ranges(&slices));
            };
            paint();
            // Links get other nodes once their articles are located.
            ChildListObserver::new(&article, paint)
        });
        move || {
            drop(observer);
            custom_highlight::paint(kind, &[]);
        }
    });
}
