//! A sheet that comes up from the lower edge of a narrow screen.

use crate::app::dom;
use crate::app::hooks::{use_escape, use_modal};
use wasm_bindgen::JsCast;
use web_sys::{Element, Node};
use yew::prelude::*;

/// See [`Sheet`].
#[derive(Properties, PartialEq)]
pub struct SheetProps {
    /// What the sheet is, for those who do not see it.
    pub label: AttrValue,
    /// Called when it is to close.
    pub close: Callback<()>,
    /// Whether the page behind stays bright, for settings that change it.
    #[prop_or_default]
    pub clear: bool,
    /// What stands in it.
    pub children: Html,
}

/// A modal sheet: a tap outside or on the grab bar closes it, and so does Esc; the focus stays inside and returns where it
/// was.
#[component]
pub fn Sheet(props: &SheetProps) -> Html {
    let close = {
        let close = props.close.clone();
        Callback::from(move |_: MouseEvent| close.emit(()))
    };
    let place = use_node_ref();
    use_modal(&place, &props.close);
    use_escape(&props.close);
    let onkeydown = Callback::from(|event: KeyboardEvent| {
        if event.key() == "Tab" && turn(&event, ".sheet").is_some() {
            event.prevent_default();
        }
    });
    html! {
        <dialog ref={place} class={classes!("sheet", props.clear.then_some("sheet--clear"))} role="dialog" aria-modal="true"
            aria-label={&props.label} tabindex="-1" {onkeydown}>
            <button class="sheet__gb" aria-label={&props.label} tabindex="-1" onclick={close}>
                <span class="sheet__g" />
            </button>
            { props.children.clone() }
        </dialog>
    }
}

/// Moves the focus from one end of a dialog to the other, where the Tab key would leave it.
pub fn turn(event: &KeyboardEvent, dialog: &str) -> Option<()> {
    const STOPS: &str =
        ":is(a[href], button, input, select, textarea, [tabindex]):not([tabindex=\"-1\"], [disabled])";
    // Yew hears events at its root, so that is their current target.
    let sheet = event.target()?.dyn_into::<Element>().ok()?.closest(dialog).ok()??;
    let stops = sheet.query_selector_all(STOPS).ok()?;
    let (first, last) = (stops.item(0)?, stops.item(stops.length() - 1)?);
    let focused = dom::focused();
    let at = |end: &Node| focused.as_deref().is_some_and(|focused: &Node| focused == end);
    let to = match event.shift_key() {
        true if at(&first) || at(&sheet) => last,
        false if at(&last) => first,
        _ => return None,
    };
    dom::focus_node(to)
}
