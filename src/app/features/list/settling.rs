//! Settling the list before it is painted.

use super::scroll_anchor::Viewport;
use crate::app::services::use_effect_with;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, MutationObserver, MutationObserverInit};
use yew::prelude::*;

/// Calls `settle` whenever rows were added or removed, before the browser paints. Effects are too late on a busy
/// machine: after 16 ms of rendering Yew runs them in a later task, and the spacers would be those of other rows.
#[hook]
pub(super) fn use_settling(view: &Viewport, is_empty: bool, settle: Rc<dyn Fn()>) {
    let latest = use_mut_ref(|| None::<Rc<dyn Fn()>>);
    *latest.borrow_mut() = Some(settle);
    let rows = view.inner.clone();
    use_effect_with(is_empty, move |_| {
        let changed = Closure::<dyn FnMut()>::new(move || {
            let settle = latest.borrow().clone();
            settle.iter().for_each(|settle| settle());
        });
        let observer = MutationObserver::new(changed.as_ref().unchecked_ref()).ok();
        if let (Some(observer), Some(rows)) = (&observer, rows.cast::<Element>()) {
            let options = MutationObserverInit::new();
            options.set_child_list(true);
            options.set_subtree(true);
            // An element and these options are always accepted.
            let _ = observer.observe_with_options(&rows, &options);
        }
        move || {
            observer.iter().for_each(MutationObserver::disconnect);
            drop(changed);
        }
    });
}
