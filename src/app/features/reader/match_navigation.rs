//! Match navigation in the open article.

use super::highlights::{has_marks, use_highlights};
use super::text_geometry;
use crate::app::services::custom_highlight::HighlightKind;
use crate::app::services::dom::elements;
use crate::app::services::rc_eq::RcEq;
use crate::app::services::{dom, use_effect_with};
use crate::app::state::script_conversion::DisplayedArticle;
use crate::reading::{LineSlice, line_slices};
use crate::search::{CompiledQuery, Query, TextMatches};
use std::rc::Rc;
use yew::prelude::*;

/// Position in the matches.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub struct MatchCursor {
    pub current: usize,
    pub count: usize,
    /// Set if the page is to scroll to the match.
    should_scroll: bool,
}

/// Position in the matches, and the callback that moves it.
#[derive(Clone, PartialEq)]
pub struct MatchBar {
    pub cursor: MatchCursor,
    pub step: Callback<MatchStep>,
}

/// Action on [`MatchCursor`].
pub enum MatchStep {
    /// New matches: first match to show, and their number.
    Reset(usize, usize),
    Next,
    Previous,
}

impl Reducible for MatchCursor {
    type Action = MatchStep;

    fn reduce(self: Rc<MatchCursor>, step: MatchStep) -> Rc<MatchCursor> {
        let count = self.count;
        match step {
            MatchStep::Reset(at, count) => Rc::new(MatchCursor { current: at, count, should_scroll: false }),
            _ if count == 0 => self,
            MatchStep::Next => {
                Rc::new(MatchCursor { current: (self.current + 1) % count, count, should_scroll: true })
            }
            MatchStep::Previous => Rc::new(MatchCursor {
                current: (self.current + count - 1) % count,
                count,
                should_scroll: true,
            }),
        }
    }
}

/// Returns the matches of `query` in the displayed article.
#[hook]
pub fn use_matches(reading: &Option<DisplayedArticle>, query: &AttrValue) -> Rc<TextMatches> {
    let compiled = use_memo(query.clone(), |query| {
        let query = Query::parse(query);
        query.has_terms().then(|| CompiledQuery::new(&query))
    });
    use_memo((reading.clone(), RcEq::from(compiled)), |(reading, compiled)| {
        let (Some(reading), Some(compiled)) = (reading, &**compiled) else { return TextMatches::new() };
        reading.matches(compiled)
    })
}

/// Navigates the matches. A newly opened article starts at its top or at the first match of its body, once it is drawn.
#[hook]
pub fn use_match_navigation(
    reading: &Option<DisplayedArticle>,
    found: &Rc<TextMatches>,
    is_drawn: bool,
) -> MatchBar {
    let title = reading.as_ref().map_or(0, |reading| reading.article.title.len());
    // A converted article is the same article.
    let article = reading.as_ref().map(|reading| reading.original.clone());
    let drawn = reading.clone().filter(|_| is_drawn);
    let slices = use_memo((reading.clone(), found.clone()), |(reading, found)| {
        let Some(reading) = reading.as_ref().filter(|_| !found.is_empty()) else { return Vec::new() };
        let ranges: Vec<_> = found.iter().map(|(range, _)| range.clone()).collect();
        line_slices(&reading.article.lines(), &ranges)
    });
    use_highlights(HighlightKind::Match, &drawn, &slices);
    let find = use_reducer_eq(MatchCursor::default);
    let current = use_memo((slices.clone(), find.current), |(slices, current)| {
        slices.iter().filter(|slice| slice.index == *current).cloned().collect()
    });
    use_highlights(HighlightKind::CurrentMatch, &drawn, &current);
    let dispatch = find.dispatcher();
    {
        let dispatch = dispatch.clone();
        use_effect_with((article.clone(), found.clone()), move |(_, found)| {
            let first = found.iter().position(|(range, _)| range.start > title).unwrap_or(0);
            dispatch.dispatch(MatchStep::Reset(first, found.len()));
        });
    }
    {
        let first = found.iter().position(|(range, _)| range.start > title);
        let is_at_top = first.is_none() || !is_drawn;
        use_effect_with(article.clone(), move |article| {
            if article.is_some() && is_at_top {
                scroll_to_top();
            }
        });
        let slices = slices.clone();
        use_effect_with(article.filter(|_| is_drawn), move |article| {
            if let Some(first) = first.filter(|_| article.is_some()) {
                scroll_to_match(&slices, first);
            }
        });
    }
    use_effect_with((*find, slices, reading.clone(), is_drawn), |(find, slices, ..)| {
        if has_marks() {
            mark_current(find.current);
        }
        if find.should_scroll {
            scroll_to_match(slices, find.current);
        }
    });
    MatchBar { cursor: *find, step: Callback::from(move |step| dispatch.dispatch(step)) }
}

/// Marks the elements of the current match.
fn mark_current(current: usize) {
    for old in elements("mark.is-now") {
        let _ = old.class_list().remove_1("is-now");
    }
    // Several elements if the match crosses formatting boundaries.
    for piece in elements(&format!("#read mark[data-n=\"{current}\"]")) {
        let _ = piece.class_list().add_1("is-now");
    }
}

fn scroll_to_match(slices: &[LineSlice], at: usize) {
    // A match without text on the page cannot be shown.
    let _ = slices.iter().find(|slice| slice.index == at).and_then(text_geometry::scroll_to_slice);
}

fn scroll_to_top() {
    if let Some(pane) = text_geometry::pane() {
        pane.set_scroll_top(0);
    } else if let Some(window) = dom::window() {
        window.scroll_to_with_x_and_y(0.0, 0.0);
    }
}
