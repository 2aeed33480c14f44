//! Keyboard listener, and execution of commands.

use crate::app::services::{WindowLayout, dom, use_effect_with};
use crate::app::state::commands::command_for_key;
use crate::app::state::{Command, CommandRunner};
use crate::model::Id;
use crate::user_data::ArticleFlag;
use crate::view_model::RouteAction;
use gloo::events::{EventListener, EventListenerOptions};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::*;

/// State and callbacks of the commands.
pub struct CommandContext {
    pub navigate: Callback<RouteAction>,
    pub replace: Callback<RouteAction>,
    pub on_type: Callback<bool>,
    pub on_filters: Callback<bool>,
    pub on_shortcuts: Callback<bool>,
    pub on_density: Callback<()>,
    /// Open state of type panel, filters and shortcuts.
    pub panels: (bool, bool, bool),
    /// Set if keys that type a letter are commands.
    pub single_keys: bool,
    /// Action for what precedes the open page: the previous article or day.
    pub previous: Option<RouteAction>,
    pub next: Option<RouteAction>,
    /// Action for the front page of the article's day.
    pub front_page: Option<RouteAction>,
    pub current: Option<Id>,
    /// Set if the article fills a wide window.
    pub is_full_window: bool,
    pub layout: WindowLayout,
    /// Set if an article or page covers the list.
    pub is_list_covered: bool,
    pub on_user_data: Callback<()>,
    pub toggle_flag: Callback<(Id, ArticleFlag)>,
}

/// Listens to the keyboard, and returns a runner for commands from elsewhere.
#[hook]
pub fn use_keyboard(keys: CommandContext) -> CommandRunner {
    let current = use_memo((), |()| RefCell::new(None::<Rc<CommandContext>>));
    *current.borrow_mut() = Some(Rc::new(keys));
    {
        let current = current.clone();
        use_effect_with((), move |()| {
            let options = EventListenerOptions::enable_prevent_default();
            let listener = dom::document().map(|document| {
                EventListener::new_with_options(&document, "keydown", options, move |event| {
                    let Some(event) = event.dyn_ref::<KeyboardEvent>() else { return };
                    let keys = current.borrow().clone();
                    if keys.is_some_and(|keys| keys.on_keydown(event)) {
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
    CommandRunner((*run).clone())
}

impl CommandContext {
    /// Handles a key. Returns true if it was a command.
    fn on_keydown(&self, event: &KeyboardEvent) -> bool {
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
        match command_for_key(&key, self.single_keys) {
            Some(Command::Back) if typing && !self.has_panel() => {
                blur();
                true
            }
            // Enter activates the focused control, but on a row of a wide screen it opens the article in the
            // full window.
            Some(Command::Open)
                if key == "Enter"
                    && is_control_focused()
                    && !(is_row_focused() && self.layout == WindowLayout::Wide) =>
            {
                false
            }
            Some(act) => self.run(act),
            None => false,
        }
    }

    /// Runs a command. Returns true if it did something.
    fn run(&self, act: Command) -> bool {
        let (show_type, show_filters, show_keys) = self.panels;
        match act {
            Command::Search => {
                if self.is_list_covered {
                    self.navigate.emit(RouteAction::Close);
                }
                dom::focus(".find__i");
            }
            Command::UserData => self.on_user_data.emit(()),
            Command::Shortcuts => self.on_shortcuts.emit(!show_keys),
            Command::TypePanel => self.on_type.emit(!show_type),
            Command::ShowPage(page) => self.navigate.emit(RouteAction::OpenPage(page)),
            Command::Density => self.on_density.emit(()),
            Command::Filters if self.layout == WindowLayout::Wide => dom::focus(".rail button"),
            Command::Filters => self.on_filters.emit(!show_filters),
            Command::Next => return self.step(self.next.as_ref(), 1),
            Command::Previous => return self.step(self.previous.as_ref(), -1),
            Command::Open => return self.toggle_full_window(),
            Command::FrontPage => {
                let Some(front) = &self.front_page else { return false };
                self.navigate.emit(front.clone());
            }
            Command::ToggleFlag(mark) => return self.toggle_flag(mark),
            Command::Back => return self.go_back(),
            Command::Click(selector) => return click(selector),
        }
        true
    }

    fn has_panel(&self) -> bool {
        let (show_type, show_filters, show_keys) = self.panels;
        show_type || show_filters || show_keys
    }

    fn go_back(&self) -> bool {
        if self.has_panel() {
            self.on_type.emit(false);
            self.on_filters.emit(false);
            self.on_shortcuts.emit(false);
        } else if self.is_full_window && self.layout == WindowLayout::Wide {
            self.navigate.emit(RouteAction::SetFullWindow(false));
        } else if self.is_list_covered {
            self.navigate.emit(RouteAction::Close);
        } else {
            return false;
        }
        true
    }

    /// Goes to a neighbour of the open article or, in the list, to a neighbouring row.
    fn step(&self, to: Option<&RouteAction>, by: i32) -> bool {
        if self.layout == WindowLayout::Wide || self.is_list_covered {
            let Some(to) = to else { return false };
            self.replace.emit(to.clone());
            return true;
        }
        move_row_focus(by)
    }

    /// Toggles a flag of the open article or, in the list, of the focused row.
    fn toggle_flag(&self, mark: ArticleFlag) -> bool {
        if self.layout == WindowLayout::Wide || self.is_list_covered {
            let Some(id) = self.current else { return false };
            self.toggle_flag.emit((id, mark));
            return true;
        }
        let button = format!(".row:has(.row__a:focus) [data-mark=\"{}\"]", mark.name());
        click(&button)
    }

    fn toggle_full_window(&self) -> bool {
        if self.layout != WindowLayout::Wide {
            return is_row_focused() && click(".row__a:focus");
        }
        if let Some(id) = self.current {
            if is_row_focused() {
                click(".row__a:focus");
            } else {
                self.replace.emit(RouteAction::Open(id));
            }
            self.navigate.emit(RouteAction::SetFullWindow(!self.is_full_window));
        }
        self.current.is_some()
    }
}

fn is_control_focused() -> bool {
    dom::active_element().is_some_and(|element| matches!(element.tag_name().as_str(), "A" | "BUTTON"))
}

fn is_row_focused() -> bool {
    dom::active_element().is_some_and(|element| element.class_list().contains("row__a"))
}

/// Moves the focus by rows.
pub fn move_row_focus(by: i32) -> bool {
    let focused = dom::active_element().and_then(|element| element.closest("[data-row]").ok().flatten());
    let at = focused.and_then(|row| row.get_attribute("data-row")?.parse::<i32>().ok());
    let selector = match at {
        Some(at) => format!("[data-row=\"{}\"] .row__a", at + by),
        None => ".row__a".to_owned(),
    };
    dom::element(&selector).and_then(|row| dom::focus_node(row.into())).is_some()
}

fn blur() {
    if let Some(element) = dom::active_element().and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
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
