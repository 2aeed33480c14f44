//! Observer of added and removed elements.

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, MutationObserver, MutationObserverInit};

/// Observes the elements inside another one, until it is dropped.
pub struct ChildListObserver {
    observer: Option<MutationObserver>,
    _changed: Closure<dyn Fn()>,
}

impl ChildListObserver {
    /// Calls `changed` whenever elements inside `root` were added or removed, before the browser paints.
    pub fn new(root: &Element, changed: impl Fn() + 'static) -> ChildListObserver {
        let changed = Closure::<dyn Fn()>::new(changed);
        let observer = MutationObserver::new(changed.as_ref().unchecked_ref()).ok();
        if let Some(observer) = &observer {
            let options = MutationObserverInit::new();
            options.set_child_list(true);
            options.set_subtree(true);
            // An element and these options are always accepted.
            let _ = observer.observe_with_options(root, &options);
        }
        ChildListObserver { observer, _changed: changed }
    }
}

impl Drop for ChildListObserver {
    fn drop(&mut self) {
        self.observer.iter().for_each(MutationObserver::disconnect);
    }
}
