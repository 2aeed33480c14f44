//! The focus of what is opened over the page.

use super::{use_effect_with, use_overlay};
use crate::app::dom;
use gloo::events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlDialogElement, MouseEvent};
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
        move || give_back(before, own.as_ref())
    });
}

/// Shows the dialog that `selector` finds over all else, with the focus in it, for as long as the component stands;
/// `close` is called by the browser's way back and wherever else the browser leaves it, and by a tap beside it.
///
/// It stands where it is drawn: a part of the tree that is drawn elsewhere has Yew listen there forever.
#[hook]
pub fn use_modal(selector: &'static str, close: &Callback<()>) {
    use_overlay(close);
    let current = use_mut_ref(Callback::noop);
    *current.borrow_mut() = close.clone();
    use_effect_with((), move |()| {
        let before = dom::focused();
        let own = dom::elements(selector).pop().and_then(|own| own.dyn_into::<HtmlDialogElement>().ok());
        let listeners = own.as_ref().map(|own| {
            // One that is in the page and closed can be shown.
            let _ = own.show_modal();
            let _ = dom::focus_element(own.clone().into());
            ["cancel", "close", "click"].map(|name| {
                let (current, dialog) = (current.clone(), own.clone());
                let options = EventListenerOptions::enable_prevent_default();
                EventListener::new_with_options(own, name, options, move |event| {
                    if name == "cancel" {
                        event.prevent_default();
                    }
                    if name != "click" || is_beside(event, &dialog) {
                        let close: Callback<()> = current.borrow().clone();
                        close.emit(());
                    }
                })
            })
        });
        move || {
            drop(listeners);
            if let Some(own) = &own {
                own.close();
            }
            give_back(before, own.as_deref().map(AsRef::as_ref));
        }
    });
}

/// Gives the focus back, unless it has gone elsewhere than into what is closed.
fn give_back(before: Option<Element>, closed: Option<&Element>) {
    let lost = dom::focused().is_none_or(|focused| {
        focused.tag_name() == "BODY" || closed.is_some_and(|closed| closed.contains(Some(&focused)))
    });
    // That may be gone by now; then the page keeps the focus.
    let _ = before.filter(|_| lost).and_then(|before| dom::focus_node(before.into()));
}

/// Whether a click fell on what lies behind a dialog, which is the dialog's own to the browser.
fn is_beside(event: &Event, dialog: &Element) -> bool {
    let own = event.target().is_some_and(|target| &target == dialog.as_ref());
    event.dyn_ref::<MouseEvent>().filter(|_| own).is_some_and(|click| {
        let (x, y) = (f64::from(click.client_x()), f64::from(click.client_y()));
        let area = dialog.get_bounding_client_rect();
        x < area.left() || x > area.right() || y < area.top() || y > area.bottom()
    })
}
