//! Highlight of the spoken sentence, which is kept in view.

use crate::app::features::reader::text_geometry;
use crate::app::features::reader::text_geometry::LineText;
use crate::app::services::custom_highlight::{HighlightKind, paint};
use crate::app::services::dom;
use std::ops::Range;
use web_sys::DomRect;

/// Covered pixels at the upper and lower edge of the window.
const EDGE_INSETS: (f64, f64) = (64.0, 176.0);

/// Highlights the characters `range` of a line and returns their rectangle.
pub fn highlight_sentence((line, range): (usize, Range<usize>)) -> Option<DomRect> {
    clear_highlight();
    let element = text_geometry::line_element(line)?;
    let spoken = LineText::new(&element).range(range);
    let is_painted = spoken
        .as_ref()
        .is_some_and(|range| paint(HighlightKind::SpokenSentence, std::slice::from_ref(range)));
    if !is_painted {
        // Without the Custom Highlight API, the whole paragraph is highlighted.
        let _ = element.class_list().add_1("is-spoken");
    }
    Some(spoken.map_or_else(|| element.get_bounding_client_rect(), |range| range.get_bounding_client_rect()))
}

/// Returns the rectangle of the characters `range` of a line.
pub fn sentence_rect((line, range): (usize, Range<usize>)) -> Option<DomRect> {
    Some(LineText::new(&text_geometry::line_element(line)?).range(range)?.get_bounding_client_rect())
}

pub fn clear_highlight() {
    paint(HighlightKind::SpokenSentence, &[]);
    if let Some(old) = dom::element(".is-spoken") {
        let _ = old.class_list().remove_1("is-spoken");
    }
}

/// Returns true if a rectangle is visible between the covered edges.
pub fn is_in_view(place: &DomRect) -> bool {
    place.bottom() > EDGE_INSETS.0 && place.top() < window_height() - EDGE_INSETS.1
}

/// Scrolls a rectangle into view, unless it is fully visible.
pub fn scroll_into_view(place: &DomRect) {
    if place.top() >= EDGE_INSETS.0 && place.bottom() <= window_height() - EDGE_INSETS.1 {
        return;
    }
    // Without a window nothing is visible.
    let _ = text_geometry::scroll_by(place.top() - window_height() * 0.3);
}

/// Returns the first visible line of the article.
pub fn first_visible_line() -> usize {
    let lines = dom::elements("#read [data-line]");
    let seen = lines.iter().find(|line| line.get_bounding_client_rect().bottom() > EDGE_INSETS.0);
    seen.and_then(text_geometry::line_number).unwrap_or_default()
}

fn window_height() -> f64 {
    dom::window().and_then(|window| window.inner_height().ok()?.as_f64()).unwrap_or_default()
}
