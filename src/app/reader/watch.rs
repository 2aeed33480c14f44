//! Waiting until something comes into view.

use js_sys::Array;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, IntersectionObserver, IntersectionObserverEntry, IntersectionObserverInit};

/// How far outside the view counts as near: about a screen ahead.
const AHEAD: &str = "800px 0px";

/// Waits until an element comes near the view.
pub struct Watch {
    observer: Option<IntersectionObserver>,
    /// Called by the observer, so it lives as long.
    _seen: Closure<dyn FnMut(Array)>,
}

impl Watch {
    /// Calls `near` when `place` comes near the view.
    pub fn new(place: &Element, near: impl Fn() + 'static) -> Watch {
        let seen = Closure::<dyn FnMut(Array)>::new(move |entries: Array| {
            let entries = entries.iter().map(|entry| entry.unchecked_into::<IntersectionObserverEntry>());
            if entries.into_iter().any(|entry| entry.is_intersecting()) {
                near();
            }
        });
        let options = IntersectionObserverInit::new();
        options.set_root_margin(AHEAD);
        // In the reading pane it is the pane that scrolls, and a margin around the window would do nothing.
        options.set_root(place.closest("#pane").ok().flatten().as_ref());
        let callback = seen.as_ref().unchecked_ref();
        let observer = IntersectionObserver::new_with_options(callback, &options).ok();
        if let Some(observer) = &observer {
            observer.observe(place);
        }
        Watch { observer, _seen: seen }
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        if let Some(observer) = &self.observer {
            observer.disconnect();
        }
    }
}
