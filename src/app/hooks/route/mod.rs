//! State of the tab in the address bar and the browser's history.
//!
//! Every history entry also stores the scroll position of its list as an article and an offset, not in
//! pixels: back, forward and reload find the same rows at the same height.

mod entry;
mod over;

pub use entry::Place;
pub use over::{Overlays, use_overlay};

use super::use_effect_with;
use crate::app::dom;
use crate::view::{Action, State};
use entry::Entry;
use gloo::events::EventListener;
use gloo::timers::callback::Timeout;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use yew::prelude::*;

/// State of the tab and the callbacks that change it.
#[derive(Clone, PartialEq)]
pub struct Route {
    pub state: State,
    /// Scroll position of the list when this history entry was left.
    pub place: Option<Place>,
    /// Incremented at every back or forward navigation, when `place` is to be restored.
    pub returns: u32,
    /// Applies an action as a new history entry.
    pub navigate: Callback<Action>,
    /// Applies an action to the current entry, as for another letter of a query or a step to the next
    /// article.
    pub replace: Callback<Action>,
    /// Stores the scroll position of the list.
    pub stand: Callback<Place>,
    pub overlays: Overlays,
}

/// Time after which a requested back navigation counts as failed.
const ON_ITS_WAY_MS: u32 = 500;
/// Delay before a refused history write is retried, and the number of retries.
const REFUSED_MS: u32 = 1_000;
const TRIES: u32 = 30;

fn address() -> State {
    let hash = dom::window().and_then(|window| window.location().hash().ok());
    State::from_url(&hash.unwrap_or_default())
}

/// State behind the callbacks of a route. They outlive the render in which they were made, so they read the
/// current state here.
struct Tab {
    seen: UseStateSetter<Seen>,
    state: RefCell<State>,
    returns: Cell<u32>,
    overlays: Overlays,
    /// Actions that arrived while the browser was navigating back.
    next: RefCell<Vec<(Action, bool)>>,
    /// Timeout of a back navigation.
    patience: RefCell<Option<Timeout>>,
    /// History write that the browser refused.
    refused: RefCell<Option<Refused>>,
}

/// Refused history write, to be retried.
struct Refused {
    entry: Entry,
    push: bool,
    tries: u32,
    _timer: Timeout,
}

/// Rendered state: route, scroll position of the list, count of back and forward navigations.
type Seen = (State, Option<Place>, u32);

impl Tab {
    /// Handles a back or forward navigation.
    fn returned(self: &Rc<Self>) {
        let (state, refused) = (address(), self.refused.take());
        let over = self.overlays.returned();
        // If only an overlay was closed, the rest stays as it is.
        if let Some(refused) = refused.filter(|_| over) {
            self.insist(refused.entry, refused.push, refused.tries);
        } else if !over || state != *self.state.borrow() {
            *self.state.borrow_mut() = state.clone();
            self.returns.set(self.returns.get() + 1);
            self.seen.set((state, Entry::current().place, self.returns.get()));
        }
        self.patience.take();
        self.go_on();
    }

    fn go(self: &Rc<Self>, action: Action, push: bool) {
        if self.overlays.are_leaving() {
            // A write during a back navigation would land on an entry that is about to be left.
            return self.wait(action, push);
        }
        let old = self.state.borrow().clone();
        let new = old.apply(action.clone());
        if new == old {
            return;
        }
        let entry = Entry::current();
        if action == Action::Close && entry.from_list {
            self.overlays.leave(if entry.over { 2 } else { 1 });
            return;
        }
        if entry.over && !push {
            // The entry below the overlay is the one to replace.
            self.overlays.leave(1);
            return self.wait(action, push);
        }
        let same_list = (&new.query, new.sort) == (&old.query, old.sort);
        let opens = new.article.is_some() && old.article.is_none() || new.page.is_some();
        let next = Entry {
            place: entry.place.filter(|_| same_list),
            from_list: if push { opens } else { entry.from_list },
            over: false,
        };
        // An action from an overlay replaces the overlay's entry.
        let (push, refused) = (push && !entry.over, self.refused.take());
        next.write(&new, push);
        *self.state.borrow_mut() = new.clone();
        self.insist(next.clone(), push || refused.is_some_and(|refused| refused.push), 0);
        self.overlays.settle();
        self.seen.set((new, next.place, 0));
    }

    /// Checks that the address shows the state, and schedules another write if the browser refused it.
    fn insist(self: &Rc<Self>, entry: Entry, push: bool, tries: u32) {
        let state = self.state.borrow().clone();
        if tries >= TRIES || address() == State::from_url(&state.to_url()) {
            return;
        }
        let tab = self.clone();
        let timer = Timeout::new(REFUSED_MS, move || {
            let Some(Refused { entry, push, tries, .. }) = tab.refused.take() else { return };
            // The entry of an overlay must not be overwritten.
            if !tab.overlays.are_leaving() && !Entry::current().over {
                entry.write(&tab.state.borrow(), push);
            }
            tab.insist(entry, push, tries + 1);
        });
        *self.refused.borrow_mut() = Some(Refused { entry, push, tries, _timer: timer });
    }

    /// Defers an action until the browser has navigated back.
    fn wait(self: &Rc<Self>, action: Action, push: bool) {
        self.next.borrow_mut().push((action, push));
        let tab = self.clone();
        *self.patience.borrow_mut() = Some(Timeout::new(ON_ITS_WAY_MS, move || tab.go_on()));
    }

    /// Applies the deferred actions.
    fn go_on(self: &Rc<Self>) {
        let next = self.next.take();
        if !next.is_empty() {
            self.overlays.have_left();
        }
        next.into_iter().for_each(|(action, push)| self.go(action, push));
    }

    fn stand(&self, place: Place) {
        let entry = Entry { place: Some(place), ..Entry::current() };
        entry.write(&self.state.borrow(), false);
    }
}

/// Stable callbacks of a route.
struct Ways {
    tab: Rc<Tab>,
    navigate: Callback<Action>,
    replace: Callback<Action>,
    stand: Callback<Place>,
}

impl Ways {
    fn new(seen: UseStateSetter<Seen>) -> Ways {
        let tab = Rc::new(Tab {
            seen,
            state: RefCell::new(address()),
            returns: Cell::new(0),
            overlays: Overlays::default(),
            next: RefCell::default(),
            patience: RefCell::default(),
            refused: RefCell::default(),
        });
        let (push, replace, stand) = (tab.clone(), tab.clone(), tab.clone());
        Ways {
            tab,
            navigate: Callback::from(move |action| push.go(action, true)),
            replace: Callback::from(move |action| replace.go(action, false)),
            stand: Callback::from(move |place| stand.stand(place)),
        }
    }
}

#[hook]
pub fn use_route() -> Route {
    let seen = use_state_eq(|| (address(), Entry::current().place, 0_u32));
    let ways = use_memo((), |()| Ways::new(seen.setter()));
    {
        let tab = ways.tab.clone();
        use_effect_with((), move |()| {
            if let Some(history) = dom::window().and_then(|window| window.history().ok()) {
                // The list restores its position itself: the browser does not know rows that are not rendered
                // yet.
                let _ = history.set_scroll_restoration(web_sys::ScrollRestoration::Manual);
            }
            // After a reload no overlay is open.
            tab.overlays.settle();
            let listener =
                dom::window().map(|window| EventListener::new(&window, "popstate", move |_| tab.returned()));
            move || drop(listener)
        });
    }
    let (state, place, returns) = (*seen).clone();
    let (navigate, replace, stand) = (ways.navigate.clone(), ways.replace.clone(), ways.stand.clone());
    Route { state, place, returns, navigate, replace, stand, overlays: ways.tab.overlays.clone() }
}
