//! Hooks that move the list: scrolling, history, a new query, another current article.

use super::ListProps;
use super::scroll_anchor::{ListState, Viewport};
use crate::app::lazy::ChunksContext;
use crate::app::services::rc_eq::{ArchiveHandle, RcEq};
use crate::app::services::{dom, use_effect_with, use_shared, use_task};
use crate::app::state::{Catalogue, SearchResults, locate};
use crate::search::ResultList;
use crate::view_model::ScrollPosition;
use gloo::events::{EventListener, EventListenerOptions};
use gloo::timers::callback::Timeout;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};
use yew::prelude::*;

/// Pause after scrolling before the position is stored.
const SCROLL_REST_MS: u32 = 250;

/// Scrolls to the top for a new query or order, unless it came from the history.
#[hook]
pub(super) fn use_reset_scroll(
    props: &ListProps,
    results: &SearchResults,
    memory: &Rc<RefCell<ListState>>,
    view: &Viewport,
) {
    let (memory, view) = (memory.clone(), view.clone());
    let returns = props.traversals;
    use_effect_with((results.query_text.clone(), results.sort), move |_| {
        let mut memory = memory.borrow_mut();
        let before = memory.traversals.replace(returns);
        // The first list, or one restored from the history.
        if before.is_none_or(|before| returns > before) {
            return;
        }
        memory.anchor = None;
        memory.target = None;
        if view.visible().is_some_and(|(top, _)| top > 0.0) {
            view.scroll_to(0.0);
        }
    });
}

/// Restores the scroll position after a history navigation or a reload.
#[hook]
pub(super) fn use_restore_scroll(
    props: &ListProps,
    archive: &ArchiveHandle,
    memory: &Rc<RefCell<ListState>>,
) {
    let (memory, archive, place) = (memory.clone(), archive.clone(), props.scroll.clone());
    let (again, chunks) = (use_force_update(), use_shared::<ChunksContext>());
    use_task(props.traversals, move |_, token| async move {
        let Some(place) = place else { return };
        let Ok(id) = place.id.parse() else { return };
        let Some(chunks) = chunks else { return };
        if let Some(ordinal) = locate(&chunks, &archive, id).await
            && token.is_active()
        {
            memory.borrow_mut().target = Some((ordinal, place.offset));
            again.force_update();
        }
    });
}

/// Tracks scrolling and resizing, and stores the position when the list rests.
#[hook]
pub(super) fn use_scroll_tracking(
    props: &ListProps,
    is_empty: bool,
    catalogue: &Catalogue,
    memory: &Rc<RefCell<ListState>>,
    view: &Viewport,
    refresh: &Rc<dyn Fn()>,
) {
    let latest = use_mut_ref(|| None::<Rc<dyn Fn()>>);
    let note = {
        let (memory, catalogue, stand) = (memory.clone(), catalogue.clone(), props.save_scroll.clone());
        Rc::new(move || {
            let anchor = memory.borrow().anchor;
            if let Some((ordinal, offset)) = anchor
                && let Some(row) = catalogue.cached_row(ordinal)
            {
                stand.emit(ScrollPosition { id: row.id.to_string(), offset });
            }
        })
    };
    let active = props.is_active;
    let scrolled = {
        let (refresh, memory) = (refresh.clone(), memory.clone());
        Rc::new(move || {
            if active {
                refresh();
                let note = note.clone();
                memory.borrow_mut().rest_timer = Some(Timeout::new(SCROLL_REST_MS, move || note()));
            }
        })
    };
    *latest.borrow_mut() = Some(scrolled);
    let (wide, scroller, memory) = (view.is_wide, view.scroller.clone(), memory.clone());
    use_effect_with((wide, is_empty), move |_| {
        let follow = move || {
            let call = latest.borrow().clone();
            if let Some(call) = call {
                call();
            }
        };
        let window = dom::window();
        let target: Option<web_sys::EventTarget> =
            if wide { scroller.cast::<Element>().map(Into::into) } else { window.clone().map(Into::into) };
        let on_scroll = {
            let follow = follow.clone();
            target.map(|target| EventListener::new(&target, "scroll", move |_| follow()))
        };
        let on_resize = window.map(|window| {
            EventListener::new(&window, "resize", move |_| {
                // Lines wrap differently: all heights are estimates again, and the anchor stays.
                let mut kept = memory.borrow_mut();
                kept.reset_heights();
                kept.target = kept.target.or(kept.anchor);
                drop(kept);
                follow();
            })
        });
        move || drop((on_scroll, on_resize))
    });
}

/// Jumps to either end. The browser's smooth scrolling would be stopped by measured rows that shift the rows
/// below.
#[hook]
pub(super) fn use_home_end_keys(memory: &Rc<RefCell<ListState>>, view: &Viewport, active: bool) {
    let (memory, view) = (memory.clone(), view.clone());
    use_effect_with((view.is_wide, active), move |&(wide, active)| {
        let options = EventListenerOptions::enable_prevent_default();
        let document = dom::document().filter(|_| active);
        let listener = document.map(|document| {
            EventListener::new_with_options(&document, "keydown", options, move |event| {
                let Some(key) = event.dyn_ref::<KeyboardEvent>() else { return };
                let modified = key.ctrl_key() || key.meta_key() || key.alt_key() || key.shift_key();
                let to_end = match key.key().as_str() {
                    "Home" => false,
                    "End" => true,
                    _ => return,
                };
                let element = event.target().and_then(|target| target.dyn_into::<Element>().ok());
                let list = view.scroller.cast::<Element>();
                let is_within = list.is_some_and(|list| list.contains(element.as_deref()));
                let ours = is_within || !wide && element.as_ref().is_some_and(|e| e.tag_name() == "BODY");
                if modified || event.default_prevented() || !ours || dom::is_dialog_open() {
                    return;
                }
                event.prevent_default();
                // The focused row may not be rendered there.
                if wide {
                    dom::focus_ref(&view.scroller);
                }
                let mut memory = memory.borrow_mut();
                memory.anchor = None;
                memory.target = None;
                view.scroll_to_end(to_end);
            })
        });
        move || drop(listener)
    });
}

/// Scrolls the row of the current article into view when it changes.
#[hook]
pub(super) fn use_scroll_current_into_view(
    props: &ListProps,
    selection: &RcEq<ResultList>,
    memory: &Rc<RefCell<ListState>>,
    view: &Viewport,
) {
    let (memory, view, selection) = (memory.clone(), view.clone(), selection.clone());
    use_effect_with((props.current, props.is_active), move |(current, active)| {
        // At the start the position from the history takes precedence.
        let at_start = !std::mem::replace(&mut memory.borrow_mut().has_located_current, true);
        // When rows are stepped through by keyboard, the focus follows.
        if let Some(current) = view.current_link().filter(|_| view.focused_link().is_some()) {
            // A row that is hidden does not take the focus.
            let _ = dom::focus_element(current);
        }
        let row =
            current.and_then(|current| selection.ordinals.iter().position(|&ordinal| ordinal == current));
        let (Some(row), Some((top, height)), true) = (row, view.visible(), *active) else { return };
        let mut memory = memory.borrow_mut();
        if memory.target.is_some() {
            return;
        }
        let (start, end) = (memory.heights.top(row), memory.heights.top(row + 1));
        let offset = match () {
            () if start >= top && end <= top + height => return,
            () if start < top || at_start => 0.0,
            () => height - (end - start),
        };
        memory.target = selection.ordinals.get(row).map(|&ordinal| (ordinal, offset));
        view.scroll_to(start - offset);
    });
}
