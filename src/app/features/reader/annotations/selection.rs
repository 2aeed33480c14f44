//! Selection in the article, and the position of the annotation toolbar.

use super::displayed::DisplayedAnnotations;
use crate::app::features::reader::text_geometry::{self, LineText};
use crate::app::services::rc_eq::RcEq;
use crate::app::services::{dom, use_effect_with};
use crate::app::ui::article::ARTICLE_ID;
use crate::model::{Article, clamp};
use crate::reading::LineSlice;
use gloo::events::EventListener;
use gloo::timers::callback::Timeout;
use std::cell::RefCell;
use std::ops::Range;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{DomRect, Element};
use yew::prelude::*;

/// Delay after a selection change before the toolbar appears.
const SELECTION_DELAY_MS: u32 = 200;
/// Height of the toolbar, and its distance from text and edges, in pixels.
const BAR_HEIGHT: f64 = 44.0;
const BAR_GAP: f64 = 8.0;

/// Subject of the toolbar.
#[derive(Clone, Default, PartialEq)]
pub enum SelectionState {
    #[default]
    Nothing,
    /// Byte range of the displayed text.
    Words(Range<usize>),
    Annotation(String),
}

/// Selection event.
pub enum SelectionAction {
    /// The text selection changed.
    Select(Option<Range<usize>>),
    /// An annotation, or something else, was pressed.
    Press(Option<String>),
}

impl Reducible for SelectionState {
    type Action = SelectionAction;

    fn reduce(self: Rc<SelectionState>, pick: SelectionAction) -> Rc<SelectionState> {
        match pick {
            // A press on an annotation ends a selection, but not the reverse.
            SelectionAction::Select(None) if matches!(*self, SelectionState::Annotation(_)) => self,
            SelectionAction::Select(None) | SelectionAction::Press(None) => Rc::default(),
            SelectionAction::Select(Some(words)) => Rc::new(SelectionState::Words(words)),
            SelectionAction::Press(Some(key)) => Rc::new(SelectionState::Annotation(key)),
        }
    }
}

/// Tracks the selection and the pressed annotation.
#[hook]
pub fn use_selection(
    article: &RcEq<Article>,
    annotations: &DisplayedAnnotations,
    pick: UseReducerDispatcher<SelectionState>,
    bar: &NodeRef,
) {
    let bar = bar.clone();
    {
        let pick = pick.clone();
        use_effect_with(article.clone(), move |article| {
            let (article, timer) = (article.clone(), Rc::new(RefCell::new(None)));
            pick.dispatch(SelectionAction::Press(None));
            let look = move || {
                let words = text_geometry::selected_range().map(|(start, end)| {
                    let lines = article.lines();
                    start.to_byte_offset(&lines)..end.to_byte_offset(&lines)
                });
                pick.dispatch(SelectionAction::Select(words.filter(|words| !words.is_empty())));
            };
            let look = Rc::new(look);
            let listener = dom::document().map(|document| {
                EventListener::new(&document, "selectionchange", move |_| {
                    let look = look.clone();
                    *timer.borrow_mut() = Some(Timeout::new(SELECTION_DELAY_MS, move || look()));
                })
            });
            move || drop(listener)
        });
    }
    use_effect_with(annotations.clone(), move |annotations| {
        let annotations = annotations.clone();
        let pointed = annotations.clone();
        let listeners = dom::document().map(|document| {
            let click = EventListener::new(&document, "click", move |event| {
                let Some(target) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) else {
                    return;
                };
                let on_bar = bar.cast::<Element>().is_some_and(|bar| bar.contains(Some(&target)));
                if on_bar || text_geometry::selected_range().is_some() {
                    return;
                }
                let note = closest_in_article(&target, ".note[data-pen]");
                let number = match &note {
                    Some(note) => note.get_attribute("data-pen").and_then(|number| number.parse().ok()),
                    None => annotation_at(&annotations, event),
                };
                let passage = number.and_then(|number| annotations.anchored.get(number));
                pick.dispatch(SelectionAction::Press(passage.map(|passage| passage.key.clone())));
                if note.is_some_and(|note| note.tag_name() == "BUTTON") {
                    let bar = bar.clone();
                    Timeout::new(0, move || {
                        // Without a bar there is nothing to focus.
                        let _ = dom::focus_first_button(&bar);
                    })
                    .forget();
                }
            });
            // Painted text has no element with a cursor of its own.
            let hover = (!pointed.slices.is_empty()).then(|| {
                EventListener::new(&document, "mousemove", move |event| {
                    if let Some(article) = dom::element_by_id(ARTICLE_ID) {
                        let is_on = annotation_at(&pointed, event).is_some();
                        // A valid class name is always accepted.
                        let _ = article.class_list().toggle_with_force("is-on-pen", is_on);
                    }
                })
            });
            (click, hover)
        });
        move || drop(listeners)
    });
}

/// Returns the nearest element around `target` that matches, inside the article.
fn closest_in_article(target: &Element, selector: &str) -> Option<Element> {
    let article = dom::element_by_id(ARTICLE_ID).filter(|article| article.contains(Some(target)));
    article.and_then(|_| target.closest(selector).ok()?)
}

/// Returns the annotation under the pointer; none on a link.
fn annotation_at(annotations: &DisplayedAnnotations, event: &Event) -> Option<usize> {
    let target: Element = event.target()?.dyn_into().ok()?;
    let line = closest_in_article(&target, "[data-line]")
        .filter(|_| target.closest("a").ok().flatten().is_none())?;
    let number = text_geometry::line_number(&line)?;
    let here: Vec<_> = annotations.slices.iter().filter(|slice| slice.line == number).collect();
    if here.is_empty() {
        return None;
    }
    let text = LineText::new(&line);
    let pointer = event.dyn_ref::<MouseEvent>()?;
    let (x, y) = (f64::from(pointer.client_x()), f64::from(pointer.client_y()));
    let is_inside =
        |rect: &DomRect| rect.left() <= x && x <= rect.right() && rect.top() <= y && y <= rect.bottom();
    let is_hit = |range: web_sys::Range| {
        let Some(boxes) = range.get_client_rects() else { return false };
        (0..boxes.length()).filter_map(|at| boxes.get(at)).any(|rect| is_inside(&rect))
    };
    let hit = here.into_iter().find(|slice| text.slice_ranges(slice).into_iter().any(is_hit));
    hit.map(|slice| slice.index)
}

/// Keeps the toolbar at its subject while scrolling. On a phone it covers the article's toolbar instead.
#[hook]
pub fn use_bar_position(bar: &NodeRef, picked: &SelectionState, annotations: &DisplayedAnnotations) {
    let bar = bar.clone();
    use_effect_with((picked.clone(), annotations.clone()), move |(picked, annotations)| {
        let slice = match picked {
            SelectionState::Annotation(key) => {
                annotations.number(key).and_then(|number| annotations.first_slice(number)).cloned()
            }
            _ => None,
        };
        let place = Rc::new(move || {
            // Without text there is no position.
            let _ = position_bar(&bar, slice.as_ref());
        });
        place();
        let window = dom::window().filter(|_| *picked != SelectionState::Nothing);
        let listeners = window.map(|window| {
            let options = gloo::events::EventListenerOptions::run_in_capture_phase();
            let (scrolled, resized) = (place.clone(), place.clone());
            (
                EventListener::new_with_options(&window, "scroll", options, move |_| scrolled()),
                EventListener::new(&window, "resize", move |_| resized()),
            )
        });
        move || drop(listeners)
    });
}

fn position_bar(bar: &NodeRef, annotation: Option<&LineSlice>) -> Option<()> {
    let bar = bar.cast::<Element>()?;
    if dom::matches_media("(max-width: 719px)") {
        // It covers the article's toolbar.
        ["left", "top"].into_iter().for_each(|side| dom::set_style(&bar, side, ""));
        return None;
    }
    let window = dom::window()?;
    let size = |value: Result<wasm_bindgen::JsValue, _>| value.ok()?.as_f64();
    let (width, height) = (size(window.inner_width())?, size(window.inner_height())?);
    let words: DomRect = match annotation {
        Some(slice) => text_geometry::slice_rect(slice)?,
        None => window.get_selection().ok()??.get_range_at(0).ok()?.get_bounding_client_rect(),
    };
    // The system's touch handles stand above the text.
    let above = words.top() - BAR_HEIGHT - BAR_GAP;
    let below = words.bottom() + BAR_GAP * if dom::matches_media("(pointer: coarse)") { 3.0 } else { 1.0 };
    let takes_above = !dom::matches_media("(pointer: coarse)") && above > 64.0 || below + BAR_HEIGHT > height;
    let wide = bar.get_bounding_client_rect().width();
    let left = clamp(
        words.left() + words.width() / 2.0 - wide / 2.0,
        BAR_GAP,
        (width - wide - BAR_GAP).max(BAR_GAP),
    );
    dom::set_number(&bar, "left", left, "px");
    dom::set_number(&bar, "top", if takes_above { above.max(BAR_GAP) } else { below }, "px");
    Some(())
}

pub fn clear_selection() {
    let selection = dom::window().and_then(|window| window.get_selection().ok().flatten());
    if let Some(selection) = selection {
        // An empty selection needs no clearing.
        let _ = selection.remove_all_ranges();
    }
}
