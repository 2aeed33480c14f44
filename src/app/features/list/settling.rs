//! Settling the list before it is painted.

use super::scroll_anchor::Viewport;
use crate::app::services::{ChildListObserver, use_effect_with};
use std::rc::Rc;
use web_sys::Element;
use yew::prelude::*;

/// Calls `settle` whenever rows were added or removed, before the browser paints. Effects are too late on a busy
/// machine: after 16 ms of rendering Yew runs them in a later task, and the spacers would be those of other rows.
#[hook]
pub(super) fn use_settling(view: &Viewport, is_empty: bool, settle: Rc<dyn Fn()>) {
    let latest = use_mut_ref(|| None::<Rc<dyn Fn()>>);
    *latest.borrow_mut() = Some(settle);
    let rows = view.inner.clone();
    use_effect_with(is_empty, move |_| {
        let observer = rows.cast::<Element>().map(|rows| {
            ChildListObserver::new(&rows, move || {
                let settle = latest.borrow().clone();
                settle.iter().for_each(|settle| settle());
            })
        });
        move || drop(observer)
    });
}
