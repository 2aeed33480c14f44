//! Highlights of the open article: painted ranges, so that highlighting never lays out a paragraph again, or elements in
//! browsers without the Custom Highlight API.

use super::text_geometry;
use crate::app::services::custom_highlight::{self, HighlightKind};
use crate::app::services::use_effect_with;
use crate::app::state::script_conversion::DisplayedArticle;
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
        let ranges = if slices.is_empty() { Vec::new() } else { text_geometry::slice_ranges(slices) };
        custom_highlight::paint(kind, &ranges);
        move || {
            custom_highlight::paint(kind, &[]);
        }
    });
}
