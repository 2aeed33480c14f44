//! A sheet that comes up from the lower edge of a narrow screen.

use crate::app::dom;
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

/// A modal sheet: a tap outside or on the grab bar closes it, the focus stays inside and returns where it
/// was.
#[component]
pub fn Sheet(props: &SheetProps) -> Html {
    let close = {
        let close = props.close.clone();
        Callback::from(move |_: MouseEvent| close.emit(()))
    };
    use_effect_with((), |()| {
        let before = dom::document().and_then(|document| document.active_element());
        dom::focus(".sheet");
        move || {
            let before = before
                .and_then(|element| wasm_bindgen::JsCast::dyn_into::<web_sys::HtmlElement>(element).ok());
            if let Some(element) = before {
                // Where focus cannot return, the page keeps it.
                let _ = element.focus();
            }
        }
    });
    html! {
        <>
            <div class={classes!("scrim", props.clear.then_some("scrim--clear"))} onclick={close.clone()} />
            <section class="sheet" role="dialog" aria-modal="true" aria-label={&props.label} tabindex="-1">
                <button class="sheet__gb" aria-label={&props.label} tabindex="-1" onclick={close}>
                    <span class="sheet__g" />
                </button>
                { props.children.clone() }
            </section>
        </>
    }
}
