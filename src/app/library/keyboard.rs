//! The keys that work everywhere but while typing.

use crate::app::dom;
use crate::app::hooks::Layout;
use crate::model::Id;
use crate::view::Action;
use gloo::events::{EventListener, EventListenerOptions};
use std::cell::RefCell;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

/// What the keys act on.
pub struct Keys {
    /// Does something.
    pub navigate: Callback<Action>,
    /// Does something in place.
    pub replace: Callback<Action>,
    /// Opens or closes the type panel.
    pub on_type: Callback<bool>,
    /// Opens or closes the sheet of filters.
    pub on_filters: Callback<bool>,
    /// Opens or closes the list of keys.
    pub on_keys: Callback<bool>,
    /// Whether each of these is open.
    pub panels: (bool, bool, bool),
    /// The article before the current one in the list.
    pub previous: Option<Id>,
    /// The one after it.
    pub next: Option<Id>,
    /// The one that is shown.
    pub current: Option<Id>,
    /// Whether it has the whole of a wide window.
    pub alone: bool,
    /// The layout of the window.
    pub layout: Layout,
    /// Whether an article covers the list.
    pub reading: bool,
}

/// Listens to the keys.
#[hook]
pub fn use_keyboard(keys: Keys) {
    let current = use_memo((), |()| RefCell::new(None::<Keys>));
    *current.borrow_mut() = Some(keys);
    use_effect_with((), move |()| {
        let options = EventListenerOptions::enable_prevent_default();
        let listener = dom::document().map(|document| {
            EventListener::new_with_options(&document, "keydown", options, move |event| {
                let Some(event) = event.dyn_ref::<KeyboardEvent>() else { return };
                if let Some(keys) = &*current.borrow()
                    && keys.press(event)
                {
                    event.prevent_default();
                }
            })
        });
        move || drop(listener)
    });
}

impl Keys {
    /// Does what a key asks; says whether it meant anything.
    fn press(&self, event: &KeyboardEvent) -> bool {
        let key = event.key();
        if key == "Escape" && !event.is_composing() {
            return self.escape(event);
        }
        let modified = event.ctrl_key() || event.meta_key() || event.alt_key();
        if modified || event.is_composing() || dom::is_typing(event.target()) {
            return false;
        }
        let (show_type, show_filters, show_keys) = self.panels;
        match key.as_str() {
            "/" => {
                if self.reading {
                    self.navigate.emit(Action::Close);
                }
                dom::focus(".find__i");
            }
            "?" => self.on_keys.emit(!show_keys),
            "a" => self.on_type.emit(!show_type),
            "f" if self.layout == Layout::Wide => dom::focus(".rail button"),
            "f" => self.on_filters.emit(!show_filters),
            "j" | "]" => return self.step(self.next, 1),
            "k" | "[" => return self.step(self.previous, -1),
            "o" | "Enter" => return self.open(&key),
            "v" => return click("[data-original]"),
            _ => return false,
        }
        true
    }

    fn escape(&self, event: &KeyboardEvent) -> bool {
        let (show_type, show_filters, show_keys) = self.panels;
        if show_type || show_filters || show_keys {
            self.on_type.emit(false);
            self.on_filters.emit(false);
            self.on_keys.emit(false);
        } else if dom::is_typing(event.target()) {
            blur();
        } else if self.alone && self.layout == Layout::Wide {
            self.navigate.emit(Action::Alone(false));
        } else if self.reading {
            self.navigate.emit(Action::Close);
        } else {
            return false;
        }
        true
    }

    /// To a neighbour of the article that is shown, or, where only the list is, to a neighbouring row.
    fn step(&self, to: Option<Id>, by: i32) -> bool {
        if self.layout == Layout::Wide || self.reading {
            let Some(id) = to else { return false };
            self.replace.emit(Action::Open(id));
            return true;
        }
        focus_row(by)
    }

    fn open(&self, key: &str) -> bool {
        let focused = dom::document().and_then(|document| document.active_element());
        let on_control =
            focused.as_ref().is_some_and(|element| matches!(element.tag_name().as_str(), "A" | "BUTTON"));
        let on_row = focused.is_some_and(|element| element.class_list().contains("row__a"));
        // A focused button or link keeps its Enter, but a row on a wide screen gives its article the window.
        if key == "Enter" && on_control && !(on_row && self.layout == Layout::Wide) {
            return false;
        }
        if self.layout != Layout::Wide {
            return on_row && click(".row__a:focus");
        }
        if let Some(id) = self.current {
            if on_row {
                click(".row__a:focus");
            } else {
                self.replace.emit(Action::Open(id));
            }
            self.navigate.emit(Action::Alone(!self.alone));
        }
        self.current.is_some()
    }
}

/// Moves the focus by rows.
pub fn focus_row(by: i32) -> bool {
    let Some(document) = dom::document() else { return false };
    let focused = document.active_element().and_then(|element| element.closest("[data-row]").ok().flatten());
    let at = focused.and_then(|row| row.get_attribute("data-row")?.parse::<i32>().ok());
    let selector = match at {
        Some(at) => format!("[data-row=\"{}\"] .row__a", at + by),
        None => ".row__a".to_owned(),
    };
    let row = document.query_selector(&selector).ok().flatten();
    let row = row.and_then(|row| row.dyn_into::<HtmlElement>().ok());
    row.is_some_and(|row| row.focus().is_ok())
}

fn blur() {
    let focused = dom::document().and_then(|document| document.active_element());
    if let Some(element) = focused.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        // An element that cannot be left keeps the focus.
        let _ = element.blur();
    }
}

fn click(selector: &str) -> bool {
    let element = dom::document().and_then(|document| document.query_selector(selector).ok().flatten());
    let element = element.and_then(|element: Element| element.dyn_into::<HtmlElement>().ok());
    element.is_some_and(|element| {
        element.click();
        true
    })
}
