//! Keyboard listener, which runs the commands of keys.

use crate::app::services::{dom, use_effect_with};
use crate::app::state::commands::command_for_key;
use crate::app::state::{Command, Commands};
use gloo::events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::*;

/// Listens to the keyboard. Without `single_keys`, only keys that type nothing are commands.
#[hook]
pub fn use_keyboard(commands: &Commands, single_keys: bool) {
    use_effect_with((commands.clone(), single_keys), |(commands, single_keys)| {
        let options = EventListenerOptions::enable_prevent_default();
        let (commands, single_keys) = (commands.clone(), *single_keys);
        let listener = dom::document().map(|document| {
            EventListener::new_with_options(&document, "keydown", options, move |event| {
                let Some(event) = event.dyn_ref::<KeyboardEvent>() else { return };
                if on_keydown(event, &commands, single_keys) {
                    event.prevent_default();
                }
            })
        });
        move || drop(listener)
    });
}

/// Handles a key. Returns true if it was a command.
fn on_keydown(event: &KeyboardEvent, commands: &Commands, single_keys: bool) -> bool {
    let modified = event.ctrl_key() || event.meta_key() || event.alt_key();
    let key = event.key();
    let typing = dom::is_typing(event.target());
    // A sheet that handled the key has prevented its default.
    if event.default_prevented() || event.is_composing() || key != "Escape" && (modified || typing) {
        return false;
    }
    // While a sheet is open, keys belong to it.
    if dom::is_dialog_open() {
        return false;
    }
    match command_for_key(&key, single_keys) {
        Some(Command::Back) if typing => commands.run(Command::ClosePanels) || blur(),
        // Enter activates the focused control.
        Some(Command::Open) if key == "Enter" && is_control_focused() => false,
        Some(command) => commands.run(command),
        None => false,
    }
}

fn is_control_focused() -> bool {
    dom::active_element().is_some_and(|element| matches!(element.tag_name().as_str(), "A" | "BUTTON"))
}

fn blur() -> bool {
    let element = dom::active_element().and_then(|element| element.dyn_into::<HtmlElement>().ok());
    // If blurring fails, the element keeps the focus.
    element.map(|element| element.blur()).is_some()
}
