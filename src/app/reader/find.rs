//! Match navigation in the open article.

use super::lines;
use crate::app::dom::{self, elements};
use crate::app::hooks::use_effect_with;
use crate::app::script::Reading;
use crate::search::{Found, Matcher, Query};
use std::rc::Rc;
use web_sys::Element;
use yew::prelude::*;

/// Position in the matches.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub struct Find {
    pub at: usize,
    pub count: usize,
    /// Set if the page is to scroll to the match.
    go: bool,
}

/// Action on [`Find`].
pub enum Step {
    /// New matches: first match to show, and their number.
    Begin(usize, usize),
    Down,
    Up,
}

impl Reducible for Find {
    type Action = Step;

    fn reduce(self: Rc<Find>, step: Step) -> Rc<Find> {
        let count = self.count;
        match step {
            Step::Begin(at, count) => Rc::new(Find { at, count, go: false }),
            _ if count == 0 => self,
            Step::Down => Rc::new(Find { at: (self.at + 1) % count, count, go: true }),
            Step::Up => Rc::new(Find { at: (self.at + count - 1) % count, count, go: true }),
        }
    }
}

/// Returns the matches of `query` in the displayed article.
#[hook]
pub fn use_found(reading: &Option<Reading>, query: &AttrValue) -> Rc<Found> {
    use_memo((reading.clone(), query.clone()), |(reading, query)| {
        let Some(reading) = reading else { return Found::new() };
        let query = Query::parse(query);
        if !query.has_terms() {
            return Found::new();
        }
        reading.found(&Matcher::new(&query))
    })
}

/// Navigates the matches. A newly opened article starts at its top or at the first match of its body.
#[hook]
pub fn use_find(reading: &Option<Reading>, found: &Rc<Found>) -> (Find, Callback<Step>) {
    let title = reading.as_ref().map_or(0, |reading| reading.article.title.len());
    // A converted article is the same article.
    let article = reading.as_ref().map(|reading| reading.original.clone());
    let find = use_reducer_eq(Find::default);
    let dispatch = find.dispatcher();
    {
        let dispatch = dispatch.clone();
        use_effect_with((article.clone(), found.clone()), move |(_, found)| {
            let first = found.iter().position(|(range, _)| range.start > title).unwrap_or(0);
            dispatch.dispatch(Step::Begin(first, found.len()));
        });
    }
    {
        let found = found.clone();
        use_effect_with(article.clone(), move |article| {
            if article.is_none() {
                return;
            }
            match found.iter().position(|(range, _)| range.start > title) {
                Some(first) => show(first),
                None => to_top(),
            }
        });
    }
    use_effect_with((*find, found.clone(), reading.clone()), |(find, ..)| {
        mark(*find);
        if find.go {
            show(find.at);
        }
    });
    (*find, Callback::from(move |step| dispatch.dispatch(step)))
}

/// Highlights the current match.
fn mark(find: Find) {
    for old in elements("mark.is-now") {
        let _ = old.class_list().remove_1("is-now");
    }
    if find.count > 0 {
        for piece in pieces(find.at) {
            let _ = piece.class_list().add_1("is-now");
        }
    }
}

fn show(at: usize) {
    if let Some(piece) = pieces(at).first() {
        dom::to_middle(piece);
    }
}

fn to_top() {
    if let Some(pane) = lines::pane() {
        pane.set_scroll_top(0);
    } else if let Some(window) = dom::window() {
        window.scroll_to_with_x_and_y(0.0, 0.0);
    }
}

/// Returns the elements of a match: several if it crosses formatting boundaries.
fn pieces(at: usize) -> Vec<Element> {
    elements(&format!("#read mark[data-n=\"{at}\"]"))
}
