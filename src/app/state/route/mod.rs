//! State of the tab in the address bar and the browser's history.
//!
//! Every history entry also stores the scroll position of its list as an article and an offset, not in
//! pixels: back, forward and reload find the same rows at the same height.

pub mod overlays;

pub use overlays::{Overlays, use_overlay};

use crate::app::services::history::{current_entry, write_entry};
use crate::app::services::{dom, use_effect_with};
use crate::view_model::{HistoryChange, HistoryEntry, RouteAction, RouteState, ScrollPosition};
use gloo::events::EventListener;
use gloo::timers::callback::Timeout;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use yew::prelude::*;

/// State of the tab and the callbacks that change it.
#[derive(Clone, PartialEq)]
pub struct Route {
    pub state: RouteState,
    /// Scroll position of the list when this history entry was left.
    pub scroll: Option<ScrollPosition>,
    /// Incremented at every back or forward navigation, when `place` is to be restored.
    pub traversals: u32,
    /// Applies an action as a new history entry.
    pub navigate: Callback<RouteAction>,
    /// Applies an action to the current entry, as for another letter of a query or a step to the next
    /// article.
    pub replace: Callback<RouteAction>,
    /// Stores the scroll position of the list.
    pub save_scroll: Callback<ScrollPosition>,
    pub overlays: Overlays,
}

/// Time after which a requested back navigation counts as failed.
const BACK_TIMEOUT_MS: u32 = 500;
/// Delay before a refused history write is retried, and the number of retries.
const WRITE_RETRY_MS: u32 = 1_000;
const MAX_WRITE_RETRIES: u32 = 30;

fn state_from_address() -> RouteState {
    let hash = dom::window().and_then(|window| window.location().hash().ok());
    RouteState::from_fragment(&hash.unwrap_or_default())
}

/// State behind the callbacks of a route. They outlive the render in which they were made, so they read the
/// current state here.
struct RouteStore {
    snapshot: UseStateSetter<RouteSnapshot>,
    state: RefCell<RouteState>,
    traversals: Cell<u32>,
    overlays: Overlays,
    /// Actions that arrived while the browser was navigating back.
    pending: RefCell<Vec<(RouteAction, bool)>>,
    /// Timeout of a back navigation.
    back_timeout: RefCell<Option<Timeout>>,
    /// History write that the browser refused.
    rejected: RefCell<Option<RejectedWrite>>,
}

/// Refused history write, to be retried.
struct RejectedWrite {
    entry: HistoryEntry,
    push: bool,
    retries: u32,
    _timer: Timeout,
}

/// Rendered state: route, scroll position of the list, count of back and forward navigations.
type RouteSnapshot = (RouteState, Option<ScrollPosition>, u32);

impl RouteStore {
    /// Handles a back or forward navigation.
    fn on_popstate(self: &Rc<Self>) {
        let (state, refused) = (state_from_address(), self.rejected.take());
        let over = self.overlays.on_popstate();
        // If only an overlay was closed, the rest stays as it is.
        if let Some(refused) = refused.filter(|_| over) {
            self.retry_history_write(refused.entry, refused.push, refused.retries);
        } else if !over || state != *self.state.borrow() {
            *self.state.borrow_mut() = state.clone();
            self.traversals.set(self.traversals.get() + 1);
            self.snapshot.set((state, current_entry().scroll, self.traversals.get()));
        }
        self.back_timeout.take();
        self.flush_pending();
    }

    fn dispatch(self: &Rc<Self>, action: RouteAction, push: bool) {
        if self.overlays.is_going_back() {
            // A write during a back navigation would land on an entry that is about to be left.
            return self.defer(action, push);
        }
        let change = HistoryChange::new(&self.state.borrow(), current_entry(), &action, push);
        match change {
            HistoryChange::None => {}
            HistoryChange::Back(entries) => self.overlays.go_back(entries),
            HistoryChange::BackFirst => {
                self.overlays.go_back(1);
                self.defer(action, push);
            }
            HistoryChange::Write { state, entry, push } => {
                let refused = self.rejected.take();
                write_entry(&entry, &state, push);
                *self.state.borrow_mut() = state.clone();
                self.retry_history_write(
                    entry.clone(),
                    push || refused.is_some_and(|refused| refused.push),
                    0,
                );
                self.overlays.sync_history();
                self.snapshot.set((state, entry.scroll, 0));
            }
        }
    }

    /// Checks that the address shows the state, and schedules another write if the browser refused it.
    fn retry_history_write(self: &Rc<Self>, entry: HistoryEntry, push: bool, tries: u32) {
        let state = self.state.borrow().clone();
        if tries >= MAX_WRITE_RETRIES
            || state_from_address() == RouteState::from_fragment(&state.to_fragment())
        {
            return;
        }
        let tab = self.clone();
        let timer = Timeout::new(WRITE_RETRY_MS, move || {
            let Some(RejectedWrite { entry, push, retries: tries, .. }) = tab.rejected.take() else { return };
            // The entry of an overlay must not be overwritten.
            if !tab.overlays.is_going_back() && !current_entry().is_overlay {
                write_entry(&entry, &tab.state.borrow(), push);
            }
            tab.retry_history_write(entry, push, tries + 1);
        });
        *self.rejected.borrow_mut() = Some(RejectedWrite { entry, push, retries: tries, _timer: timer });
    }

    /// Defers an action until the browser has navigated back.
    fn defer(self: &Rc<Self>, action: RouteAction, push: bool) {
        self.pending.borrow_mut().push((action, push));
        let tab = self.clone();
        *self.back_timeout.borrow_mut() = Some(Timeout::new(BACK_TIMEOUT_MS, move || tab.flush_pending()));
    }

    /// Applies the deferred actions.
    fn flush_pending(self: &Rc<Self>) {
        let next = self.pending.take();
        if !next.is_empty() {
            self.overlays.finish_going_back();
        }
        next.into_iter().for_each(|(action, push)| self.dispatch(action, push));
    }

    fn save_scroll(&self, place: ScrollPosition) {
        let entry = HistoryEntry { scroll: Some(place), ..current_entry() };
        write_entry(&entry, &self.state.borrow(), false);
    }
}

/// Stable callbacks of a route.
struct RouteCallbacks {
    store: Rc<RouteStore>,
    navigate: Callback<RouteAction>,
    replace: Callback<RouteAction>,
    save_scroll: Callback<ScrollPosition>,
}

impl RouteCallbacks {
    fn new(seen: UseStateSetter<RouteSnapshot>) -> RouteCallbacks {
        let tab = Rc::new(RouteStore {
            snapshot: seen,
            state: RefCell::new(state_from_address()),
            traversals: Cell::new(0),
            overlays: Overlays::default(),
            pending: RefCell::default(),
            back_timeout: RefCell::default(),
            rejected: RefCell::default(),
        });
        let (push, replace, stand) = (tab.clone(), tab.clone(), tab.clone());
        RouteCallbacks {
            store: tab,
            navigate: Callback::from(move |action| push.dispatch(action, true)),
            replace: Callback::from(move |action| replace.dispatch(action, false)),
            save_scroll: Callback::from(move |place| stand.save_scroll(place)),
        }
    }
}

#[hook]
pub fn use_route() -> Route {
    let seen = use_state_eq(|| (state_from_address(), current_entry().scroll, 0_u32));
    let ways = use_memo((), |()| RouteCallbacks::new(seen.setter()));
    {
        let tab = ways.store.clone();
        use_effect_with((), move |()| {
            if let Some(history) = dom::window().and_then(|window| window.history().ok()) {
                // The list restores its position itself: the browser does not know rows that are not rendered
                // yet.
                let _ = history.set_scroll_restoration(web_sys::ScrollRestoration::Manual);
            }
            // After a reload no overlay is open.
            tab.overlays.sync_history();
            let listener = dom::window()
                .map(|window| EventListener::new(&window, "popstate", move |_| tab.on_popstate()));
            move || drop(listener)
        });
    }
    let (state, place, returns) = (*seen).clone();
    let (navigate, replace, stand) = (ways.navigate.clone(), ways.replace.clone(), ways.save_scroll.clone());
    Route {
        state,
        scroll: place,
        traversals: returns,
        navigate,
        replace,
        save_scroll: stand,
        overlays: ways.store.overlays.clone(),
    }
}
