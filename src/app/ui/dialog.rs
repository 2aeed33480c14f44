//! Modal sheet at the lower edge of a narrow screen.

use crate::app::services::dom;
use crate::app::ui::hooks::{use_escape, use_modal};
use web_sys::{Element, Node};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct SheetProps {
    /// Accessible name.
    pub label: AttrValue,
    pub close: Callback<()>,
    /// Keeps the page behind undimmed, for settings that change the page.
    #[prop_or_default]
    pub keep_page_visible: bool,
    pub children: Html,
}

/// Modal sheet with a focus trap. A tap outside, the grab bar and Escape close it; closing restores the
/// focus.
#[component]
pub fn Sheet(props: &SheetProps) -> Html {
    let close = {
        let close = props.close.clone();
        Callback::from(move |_: MouseEvent| close.emit(()))
    };
    let place = use_node_ref();
    use_modal(&place, &props.close);
    use_escape(&props.close);
    let onkeydown = {
        let place = place.clone();
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Tab" && wrap_focus(&event, &place).is_some() {
                event.prevent_default();
            }
        })
    };
    html! {
        <dialog ref={place} class={classes!("sheet", props.keep_page_visible.then_some("sheet--clear"))} role="dialog" aria-modal="true"
            aria-label={&props.label} tabindex="-1" {onkeydown}>
            <button class="sheet__gb" aria-label={&props.label} tabindex="-1" onclick={close}>
                <span class="sheet__g" />
            </button>
            { props.children.clone() }
        </dialog>
    }
}

/// Wraps the focus from one end of a dialog to the other at the Tab key.
pub fn wrap_focus(event: &KeyboardEvent, dialog: &NodeRef) -> Option<()> {
    const STOPS: &str =
        ":is(a[href], button, input, select, textarea, [tabindex]):not([tabindex=\"-1\"], [disabled])";
    let dialog = dialog.cast::<Element>()?;
    let stops = dialog.query_selector_all(STOPS).ok()?;
    let (first, last) = (stops.item(0)?, stops.item(stops.length() - 1)?);
    let focused = dom::active_element();
    let at = |end: &Node| focused.as_deref().is_some_and(|focused: &Node| focused == end);
    let to = match event.shift_key() {
        true if at(&first) || at(&dialog) => last,
        false if at(&last) => first,
        _ => return None,
    };
    dom::focus_node(to)
}
