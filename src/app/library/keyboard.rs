//! Keyboard listener, and execution of commands.

use super::commands::{Act, Run, command_of};
use crate::app::dom;
use crate::app::hooks::{Layout, use_effect_with};
use crate::keep::Mark;
use crate::model::Id;
use crate::view::Action;
use gloo::events::{EventListener, EventListenerOptions};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::*;

/// State and callbacks of the commands.
pub struct Keys {
    pub navigate: Callback<Action>,
    pub replace: Callback<Action>,
    pub on_type: Callback<bool>,
    pub on_filters: Callback<bool>,
    pub on_keys: Callback<bool>,
    pub on_density: Callback<()>,
    /// Open state of type panel, filters and shortcuts.
    pub panels: (bool, bool, bool),
    /// Set if keys that type a letter are commands.
    pub single: bool,
    /// Action for what precedes the open page: the previous article or day.
    pub previous: Option<Action>,
    pub next: Option<Action>,
    /// Action for the front page of the article's day.
    pub front: Option<Action>,
    pub current: Option<Id>,
    /// Set if the article fills a wide window.
    pub alone: bool,
    pub layout: Layout,
    /// Set if an article or page covers the list.
    pub reading: bool,
    pub on_data: Callback<()>,
    pub mark: Callback<(Id, Mark)>,
}

/// Listens to the keyboard, and returns a runner for commands from elsewhere.
#[hook]
pub fn use_keyboard(keys: Keys) -> Run {
    let current = use_memo((), |()| RefCell::new(None::<Rc<Keys>>));
    *current.borrow_mut() = Some(Rc::new(keys));
    {
        let current = current.clone();
        use_effect_with((), move |()| {
            let options = EventListenerOptions::enable_prevent_default();
            let listener = dom::document().map(|document| {
                EventListener::new_with_options(&document, "keydown", options, move |event| {
                    let Some(event) = event.dyn_ref::<KeyboardEvent>() else { return };
                    let keys = current.borrow().clone();
                    if keys.is_some_and(|keys| keys.press(event)) {
                        event.prevent_default();
                    }
                })
            });
            move || drop(listener)
        });
    }
    let run = use_memo((), |()| {
        Callback::from(move |act| {
            // A command may render, so the reference is released before it runs.
            let keys = current.borrow().clone();
            if let Some(keys) = keys {
                keys.run(act);
            }
        })
    });
    Run((*run).clone())
}

impl Keys {
    /// Handles a key. Returns true if it was a command.
    fn press(&self, event: &KeyboardEvent) -> bool {
        let modified = event.ctrl_key() || event.meta_key() || event.alt_key();
        let key = event.key();
        let typing = dom::is_typing(event.target());
        // A sheet that handled the key has prevented its default.
        if event.default_prevented() || event.is_composing() || key != "Escape" && (modified || typing) {
            return false;
        }
        // While a sheet is open, keys belong to it.
        if dom::element("dialog[open]").is_some() {
            return false;
        }
        match command_of(&key, self.single) {
            Some(Act::Back) if typing && !self.has_panel() => {
                blur();
                true
            }
            // Enter activates the focused control, but on a row of a wide screen it opens the article in the
            // full window.
            Some(Act::Open)
                if key == "Enter" && on_control() && !(on_row() && self.layout == Layout::Wide) =>
            {
                false
            }
            Some(act) => self.run(act),
            None => false,
        }
    }

    /// Runs a command. Returns true if it did something.
    fn run(&self, act: Act) -> bool {
        let (show_type, show_filters, show_keys) = self.panels;
        match act {
            Act::Search => {
                if self.reading {
                    self.navigate.emit(Action::Close);
                }
                dom::focus(".find__i");
            }
            Act::Data => self.on_data.emit(()),
            Act::Keys => self.on_keys.emit(!show_keys),
            Act::Type => self.on_type.emit(!show_type),
            Act::Show(page) => self.navigate.emit(Action::Show(page)),
            Act::Density => self.on_density.emit(()),
            Act::Filters if self.layout == Layout::Wide => dom::focus(".rail button"),
            Act::Filters => self.on_filters.emit(!show_filters),
            Act::Next => return self.step(self.next.as_ref(), 1),
            Act::Previous => return self.step(self.previous.as_ref(), -1),
            Act::Open => return self.open(),
            Act::Front => {
                let Some(front) = &self.front else { return false };
                self.navigate.emit(front.clone());
            }
            Act::Mark(mark) => return self.mark(mark),
            Act::Back => return self.back(),
            Act::Press(selector) => return click(selector),
        }
        true
    }

    fn has_panel(&self) -> bool {
        let (show_type, show_filters, show_keys) = self.panels;
        show_type || show_filters || show_keys
    }

    fn back(&self) -> bool {
        if self.has_panel() {
            self.on_type.emit(false);
            self.on_filters.emit(false);
            self.on_keys.emit(false);
        } else if self.alone && self.layout == Layout::Wide {
            self.navigate.emit(Action::Alone(false));
        } else if self.reading {
            self.navigate.emit(Action::Close);
        } else {
            return false;
        }
        true
    }

    /// Goes to a neighbour of the open article or, in the list, to a neighbouring row.
    fn step(&self, to: Option<&Action>, by: i32) -> bool {
        if self.layout == Layout::Wide || self.reading {
            let Some(to) = to else { return false };
            self.replace.emit(to.clone());
            return true;
        }
        focus_row(by)
    }

    /// Toggles a flag of the open article or, in the list, of the focused row.
    fn mark(&self, mark: Mark) -> bool {
        if self.layout == Layout::Wide || self.reading {
            let Some(id) = self.current else { return false };
            self.mark.emit((id, mark));
            return true;
        }
        let button = format!(".row:has(.row__a:focus) [data-mark=\"{}\"]", mark.name());
        click(&button)
    }

    fn open(&self) -> bool {
        if self.layout != Layout::Wide {
            return on_row() && click(".row__a:focus");
        }
        if let Some(id) = self.current {
            if on_row() {
                click(".row__a:focus");
            } else {
                self.replace.emit(Action::Open(id));
            }
            self.navigate.emit(Action::Alone(!self.alone));
        }
        self.current.is_some()
    }
}

fn on_control() -> bool {
    dom::focused().is_some_and(|element| matches!(element.tag_name().as_str(), "A" | "BUTTON"))
}

fn on_row() -> bool {
    dom::focused().is_some_and(|element| element.class_list().contains("row__a"))
}

/// Moves the focus by rows.
pub fn focus_row(by: i32) -> bool {
    let focused = dom::focused().and_then(|element| element.closest("[data-row]").ok().flatten());
    let at = focused.and_then(|row| row.get_attribute("data-row")?.parse::<i32>().ok());
    let selector = match at {
        Some(at) => format!("[data-row=\"{}\"] .row__a", at + by),
        None => ".row__a".to_owned(),
    };
    dom::element(&selector).and_then(|row| dom::focus_node(row.into())).is_some()
}

fn blur() {
    if let Some(element) = dom::focused().and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        // If blurring fails, the element keeps the focus.
        let _ = element.blur();
    }
}

fn click(selector: &str) -> bool {
    let element = dom::element(selector).and_then(|element| element.dyn_into::<HtmlElement>().ok());
    element.is_some_and(|element| {
        element.click();
        true
    })
}
