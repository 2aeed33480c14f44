//! The state of the tab in the address bar and the browser's history.
//!
//! Every entry of the history also remembers where its list stood, as an article and an offset, never as a
//! pixel count: back, forward and reload find the same rows at the same height.

use super::use_effect_with;
use crate::app::dom;
use crate::view::{Action, State};
use gloo::events::EventListener;
use js_sys::{Object, Reflect};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::JsValue;
use yew::prelude::*;

/// Where a list stands: the first visible row's article, and how far its top is above the view's.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Place {
    /// The article's id.
    pub id: String,
    /// Pixels from the top of the view to the row's; negative when the row is cut.
    pub offset: f64,
}

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
}

/// What an entry of the history carries.
#[derive(Clone, Debug, Default, PartialEq)]
struct Entry {
    place: Option<Place>,
    /// Whether the entry before this one is ours and shows what this was opened from: the list, or a page.
    from_list: bool,
}

impl Entry {
    fn current() -> Entry {
        let stored =
            dom::window().and_then(|window| window.history().ok()?.state().ok()).unwrap_or(JsValue::NULL);
        let get = |name: &str| Reflect::get(&stored, &name.into()).ok();
        let id = get("id").and_then(|id| id.as_string());
        let offset = get("offset").and_then(|offset| offset.as_f64());
        Entry {
            place: id.zip(offset).map(|(id, offset)| Place { id, offset }),
            from_list: get("fromList").is_some_and(|flag| flag.is_truthy()),
        }
    }

    fn to_js(&self) -> JsValue {
        let stored = Object::new();
        let set = |name: &str, value: JsValue| Reflect::set(&stored, &name.into(), &value);
        // Properties of an object that was just made can be set.
        if let Some(place) = &self.place {
            let _ = set("id", place.id.as_str().into());
            let _ = set("offset", place.offset.into());
        }
        let _ = set("fromList", self.from_list.into());
        stored.into()
    }

    /// Writes the entry into the history. A browser that refuses, as some do after hundreds of changes in
    /// a minute, keeps the old address and loses nothing else.
    fn write(&self, state: &State, push: bool) {
        let Some(history) = dom::window().and_then(|window| window.history().ok()) else { return };
        let url = state.to_url();
        let _ = if push {
            history.push_state_with_url(&self.to_js(), "", Some(&url))
        } else {
            history.replace_state_with_url(&self.to_js(), "", Some(&url))
        };
    }
}

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
}

/// What is on screen: the state, where its list stood, and how often the browser went back or forward.
type Seen = (State, Option<Place>, u32);

impl Tab {
    /// The browser went to another entry.
    fn returned(&self) {
        let state = address();
        *self.state.borrow_mut() = state.clone();
        self.returns.set(self.returns.get() + 1);
        self.seen.set((state, Entry::current().place, self.returns.get()));
    }

    fn go(&self, action: Action, push: bool) {
        let old = self.state.borrow().clone();
        let new = old.apply(action.clone());
        if new == old {
            return;
        }
        let entry = Entry::current();
        if action == Action::Close && entry.from_list {
            if let Some(history) = dom::window().and_then(|window| window.history().ok()) {
                let _ = history.back();
            }
            return;
        }
        let same_list = (&new.query, new.sort) == (&old.query, old.sort);
        let opens = new.article.is_some() && old.article.is_none() || new.page.is_some();
        let next = Entry {
            place: entry.place.filter(|_| same_list),
            from_list: if push { opens } else { entry.from_list },
        };
        next.write(&new, push);
        *self.state.borrow_mut() = new.clone();
        self.seen.set((new, next.place, 0));
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
        let tab = Rc::new(Tab { seen, state: RefCell::new(address()), returns: Cell::new(0) });
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
            let listener =
                dom::window().map(|window| EventListener::new(&window, "popstate", move |_| tab.returned()));
            move || drop(listener)
        });
    }
    let (state, place, returns) = (*seen).clone();
    let (navigate, replace, stand) = (ways.navigate.clone(), ways.replace.clone(), ways.stand.clone());
    Route { state, place, returns, navigate, replace, stand }
}
