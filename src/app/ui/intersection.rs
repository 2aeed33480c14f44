//! Observer of elements that come near the viewport.

use crate::app::services::dom;
use js_sys::Array;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, IntersectionObserver, IntersectionObserverEntry, IntersectionObserverInit};

/// Margin around the viewport: about one screen.
const ROOT_MARGIN: &str = "800px 0px";

/// Calls back when an element comes near the viewport.
pub struct ViewportObserver {
    observer: Option<IntersectionObserver>,
    /// The observer's callback, which must live as long.
    _callback: Closure<dyn FnMut(Array)>,
}

impl ViewportObserver {
    /// Calls `near` when `place` comes near the viewport.
    pub fn new(place: &Element, near: impl Fn() + 'static) -> ViewportObserver {
        let seen = Closure::<dyn FnMut(Array)>::new(move |entries: Array| {
            let entries = entries.iter().map(|entry| entry.unchecked_into::<IntersectionObserverEntry>());
            if entries.into_iter().any(|entry| entry.is_intersecting()) {
                near();
            }
        });
        let options = IntersectionObserverInit::new();
        options.set_root_margin(ROOT_MARGIN);
        // The reading pane scrolls itself; a margin around the window would have no effect there.
        options.set_root(dom::reading_pane(place).as_ref());
        let callback = seen.as_ref().unchecked_ref();
        let observer = IntersectionObserver::new_with_options(callback, &options).ok();
        if let Some(observer) = &observer {
            observer.observe(place);
        }
        ViewportObserver { observer, _callback: seen }
    }
}

impl Drop for ViewportObserver {
    fn drop(&mut self) {
        if let Some(observer) = &self.observer {
            observer.disconnect();
        }
    }
}
