//! The focus of what is opened over the page.

use super::use_effect_with;
use crate::app::dom;
use yew::prelude::*;

/// Takes the focus to what `selector` finds for as long as the component stands, then back to where it was.
#[hook]
pub fn use_focus(selector: &'static str) {
    use_effect_with((), move |()| {
        let before = dom::focused();
        dom::focus(selector);
        move || {
            // That may be gone by now; then the page keeps the focus.
            let _ = before.and_then(|before| dom::focus_node(before.into()));
        }
    });
}
