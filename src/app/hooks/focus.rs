//! The focus of what is opened over the page.

use super::use_effect_with;
use crate::app::dom;
use yew::prelude::*;

/// Takes the focus to the last that `selector` finds for as long as the component stands, then back to where it was,
/// unless it has gone elsewhere meanwhile.
#[hook]
pub fn use_focus(selector: &'static str) {
    use_effect_with((), move |()| {
        let before = dom::focused();
        // What it takes the place of may still be there.
        let own = dom::elements(selector).pop();
        let _ = own.clone().and_then(dom::focus_element);
        move || {
            let lost = dom::focused().is_none_or(|focused| {
                focused.tag_name() == "BODY" || own.is_some_and(|own| own.contains(Some(&focused)))
            });
            // That may be gone by now; then the page keeps the focus.
            let _ = before.filter(|_| lost).and_then(|before| dom::focus_node(before.into()));
        }
    });
}
