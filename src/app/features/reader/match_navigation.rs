//! Match navigation in the open article.

use super::text_geometry;
use crate::app::services::dom::elements;
use crate::app::services::rc_eq::RcEq;
use crate::app::services::{dom, use_effect_with};
use crate::app::state::script_conversion::DisplayedArticle;
use crate::search::{CompiledQuery, Query, TextMatches};
use std::rc::Rc;
use web_sys::Element;
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

/// Navigates the matches. A newly opened article starts at its top or at the first match of its body.
#[hook]
pub fn use_match_navigation(reading: &Option<DisplayedArticle>, found: &Rc<TextMatches>) -> MatchBar {
    let title = reading.as_ref().map_or(0, |reading| reading.article.title.len());
    // A converted article is the same article.
    let article = reading.as_ref().map(|reading| reading.original.clone());
    let find = use_reducer_eq(MatchCursor::default);
    let dispatch = find.dispatcher();
    {
        let dispatch = dispatch.clone();
        use_effect_with((article.clone(), found.clone()), move |(_, found)| {
            let first = found.iter().position(|(range, _)| range.start > title).unwrap_or(0);
            dispatch.dispatch(MatchStep::Reset(first, found.len()));
        });
    }
    {
        let found = found.clone();
        use_effect_with(article.clone(), move |article| {
            if article.is_none() {
                return;
            }
            match found.iter().position(|(range, _)| range.start > title) {
                Some(first) => scroll_to_match(first),
                None => scroll_to_top(),
            }
        });
    }
    use_effect_with((*find, found.clone(), reading.clone()), |(find, ..)| {
        highlight_current(*find);
        if find.should_scroll {
            scroll_to_match(find.current);
        }
    });
    MatchBar { cursor: *find, step: Callback::from(move |step| dispatch.dispatch(step)) }
}

/// Highlights the current match.
fn highlight_current(find: MatchCursor) {
    for old in elements("mark.is-now") {
        let _ = old.class_list().remove_1("is-now");
    }
    if find.count > 0 {
        for piece in match_elements(find.current) {
            let _ = piece.class_list().add_1("is-now");
        }
    }
}

fn scroll_to_match(at: usize) {
    if let Some(piece) = match_elements(at).first() {
        dom::scroll_to_center(piece);
    }
}

fn scroll_to_top() {
    if let Some(pane) = text_geometry::pane() {
        pane.set_scroll_top(0);
    } else if let Some(window) = dom::window() {
        window.scroll_to_with_x_and_y(0.0, 0.0);
    }
}

/// Returns the elements of a match: several if it crosses formatting boundaries.
fn match_elements(at: usize) -> Vec<Element> {
    elements(&format!("#read mark[data-n=\"{at}\"]"))
}
