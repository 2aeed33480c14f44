//! Hook for the Escape key.

use crate::app::services::{dom, use_effect_with};
use gloo::events::{EventListener, EventListenerOptions, EventListenerPhase};
use wasm_bindgen::JsCast;
use yew::prelude::*;

/// Calls `close` at the Escape key, wherever the focus is, while the component is mounted. The key does
/// nothing else then.
#[hook]
pub fn use_escape(close: &Callback<()>) {
    use_effect_with(close.clone(), |close| {
        let close = close.clone();
        let mut options = EventListenerOptions::enable_prevent_default();
        options.phase = EventListenerPhase::Capture;
        let listener = dom::window().map(|window| {
            EventListener::new_with_options(&window, "keydown", options, move |event| {
                let escape = |key: &KeyboardEvent| key.key() == "Escape" && !key.is_composing();
                if event.dyn_ref::<KeyboardEvent>().is_some_and(escape) {
                    event.prevent_default();
                    close.emit(());
                }
            })
        });
        move || drop(listener)
    });
}
