//! The state of the tab in the address bar and the browser's history.
//!
//! Every entry of the history also remembers where its list stood, as an article and an offset, never as a
//! pixel count: back, forward and reload find the same rows at the same height.

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

/// The state of the tab and how to change it.
#[derive(Clone, PartialEq)]
pub struct Route {
    /// What somebody is looking at.
    pub state: State,
    /// Where the list of this entry of the history stood, if it was left before.
    pub place: Option<Place>,
    /// Grows when the browser went back or forward, that is when `place` is to be found again.
    pub returns: u32,
    /// Does something, as a new entry of the history.
    pub navigate: Callback<Action>,
    /// Does something in place of the current entry: another letter of a query, a step to the next article.
    pub replace: Callback<Action>,
    /// Notes where the list stands.
    pub stand: Callback<Place>,
    /// What lies over the page.
    pub overlays: Overlays,
}

/// A browser that has not gone back by then does not.
const ON_ITS_WAY_MS: u32 = 500;
/// After so long a browser that has refused an address is given it again, so many times.
const REFUSED_MS: u32 = 1_000;
const TRIES: u32 = 30;

fn address() -> State {
    let hash = dom::window().and_then(|window| window.location().hash().ok());
    State::from_url(&hash.unwrap_or_default())
}

/// What the callbacks of a route share. They outlive the render they were made in, so they ask here for what
/// is current.
struct Tab {
    seen: UseStateSetter<Seen>,
    state: RefCell<State>,
    returns: Cell<u32>,
    overlays: Overlays,
    /// What was asked for while the browser was on its way back.
    next: RefCell<Vec<(Action, bool)>>,
    /// Ends the waiting for a browser that does not go back.
    patience: RefCell<Option<Timeout>>,
    /// What the browser has refused to write.
    refused: RefCell<Option<Refused>>,
}

/// An entry of the history that is written again.
struct Refused {
    entry: Entry,
    push: bool,
    tries: u32,
    _timer: Timeout,
}

/// What is on screen: the state, where its list stood, and how often the browser went back or forward.
type Seen = (State, Option<Place>, u32);

impl Tab {
    /// The browser went to another entry.
    fn returned(self: &Rc<Self>) {
        let (state, refused) = (address(), self.refused.take());
        let over = self.overlays.returned();
        // Where only what lay over the page is gone, everything else is as it was.
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
            // What is written while the browser is on its way would be left again.
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
            // The page's own entry is the one to be replaced.
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
        // What is gone to from something over the page takes the place of its entry.
        let (push, refused) = (push && !entry.over, self.refused.take());
        next.write(&new, push);
        *self.state.borrow_mut() = new.clone();
        self.insist(next.clone(), push || refused.is_some_and(|refused| refused.push), 0);
        self.overlays.settle();
        self.seen.set((new, next.place, 0));
    }

    /// Sees that the address is that of the state: writes the entry again later where the browser has refused it.
    fn insist(self: &Rc<Self>, entry: Entry, push: bool, tries: u32) {
        let state = self.state.borrow().clone();
        if tries >= TRIES || address() == State::from_url(&state.to_url()) {
            return;
        }
        let tab = self.clone();
        let timer = Timeout::new(REFUSED_MS, move || {
            let Some(Refused { entry, push, tries, .. }) = tab.refused.take() else { return };
            // The entry of what lies over the page is none of its own.
            if !tab.overlays.are_leaving() && !Entry::current().over {
                entry.write(&tab.state.borrow(), push);
            }
            tab.insist(entry, push, tries + 1);
        });
        *self.refused.borrow_mut() = Some(Refused { entry, push, tries, _timer: timer });
    }

    /// Does something as soon as the browser has gone back.
    fn wait(self: &Rc<Self>, action: Action, push: bool) {
        self.next.borrow_mut().push((action, push));
        let tab = self.clone();
        *self.patience.borrow_mut() = Some(Timeout::new(ON_ITS_WAY_MS, move || tab.go_on()));
    }

    /// Does what was asked for while the browser was on its way back.
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

/// The ways to change a route, which stay the same.
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

/// The route of the tab.
#[hook]
pub fn use_route() -> Route {
    let seen = use_state_eq(|| (address(), Entry::current().place, 0_u32));
    let ways = use_memo((), |()| Ways::new(seen.setter()));
    {
        let tab = ways.tab.clone();
        use_effect_with((), move |()| {
            if let Some(history) = dom::window().and_then(|window| window.history().ok()) {
                // The list is put where it was by us, which knows rows that are not drawn yet.
                let _ = history.set_scroll_restoration(web_sys::ScrollRestoration::Manual);
            }
            // A page that was loaded anew has nothing over it any more.
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
