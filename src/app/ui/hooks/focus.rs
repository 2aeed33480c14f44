//! Focus management of overlays.

use crate::app::services::{dom, use_effect_with};
use crate::app::state::{Command, Commands, FocusTarget, use_overlay};
use gloo::events::{EventListener, EventListenerOptions};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlDialogElement, MouseEvent};
use yew::prelude::*;

/// Moves the focus to the element at `place` while the component is mounted. On unmount the focus returns,
/// unless it has moved elsewhere.
#[hook]
pub fn use_focus(place: &NodeRef) {
    use_effect_with(place.clone(), move |place| {
        let visit = place.cast::<Element>().map(|own| {
            let visit = FocusScope::new(own.clone());
            let _ = dom::focus_element(own);
            visit
        });
        move || visit.iter().for_each(FocusScope::restore)
    });
}

/// Shows the dialog at `place` modally, with the focus in it, while the component is mounted. `close` is
/// called by the browser's back button, by a tap on the backdrop, and when the browser closes the dialog.
///
/// The dialog is rendered in place: for a portal, Yew would keep its listeners on the portal's host forever.
#[hook]
pub fn use_modal(place: &NodeRef, close: &Callback<()>) {
    use_overlay(close);
    let current = use_mut_ref(Callback::noop);
    *current.borrow_mut() = close.clone();
    use_effect_with(place.clone(), move |place| {
        let shown = place.cast::<HtmlDialogElement>().map(|own| {
            let visit = FocusScope::new(own.clone().into());
            // A closed dialog that is in the document can be shown.
            let _ = own.show_modal();
            let _ = dom::focus_element(own.clone().into());
            // A press inside the dialog that ends on the backdrop is not a tap.
            let pressed_beside = Rc::new(Cell::new(false));
            let listeners = ["cancel", "close", "pointerdown", "click"].map(|name| {
                let (current, dialog, pressed_beside) =
                    (current.clone(), own.clone(), pressed_beside.clone());
                let options = EventListenerOptions::enable_prevent_default();
                EventListener::new_with_options(&own, name, options, move |event| {
                    // The cancel event of a file input bubbles up to here.
                    let own = event.target().is_some_and(|target| &target == dialog.as_ref());
                    let leaves = match name {
                        "pointerdown" => {
                            pressed_beside.set(own && is_outside(event, &dialog));
                            false
                        }
                        "click" => own && pressed_beside.take() && is_outside(event, &dialog),
                        _ => own,
                    };
                    if leaves {
                        if name == "cancel" {
                            event.prevent_default();
                        }
                        let close: Callback<()> = current.borrow().clone();
                        close.emit(());
                    }
                })
            });
            (own, visit, listeners)
        });
        move || {
            if let Some((own, visit, listeners)) = shown {
                drop(listeners);
                own.close();
                visit.restore();
            }
        }
    });
}

/// Restores the focus of the list that was `covered` by an article or page, unless the focus has moved elsewhere.
#[hook]
pub fn use_restore_focus(covered: bool, commands: &Commands) {
    let before = use_mut_ref(|| (false, None::<Element>));
    let uncovers = use_mut_ref(bool::default);
    {
        // Read during render: a hidden element loses the focus afterwards.
        let mut before = before.borrow_mut();
        if covered && !before.0 {
            before.1 = dom::active_element().filter(|_| !dom::is_focus_lost());
        }
        before.0 = covered;
    }
    let commands = commands.clone();
    use_effect_with(covered, move |&covered| {
        let was_covered = std::mem::replace(&mut *uncovers.borrow_mut(), covered);
        if covered || !was_covered || !dom::is_focus_lost() {
            return;
        }
        let element = before.borrow_mut().1.take().filter(|element| element.is_connected());
        // An element that cannot take the focus any more is replaced by the list.
        let _ = element.and_then(dom::focus_element);
        // After stepping through articles, another row is current.
        commands.run(Command::Focus(FocusTarget::CurrentRow));
    });
}

/// Moves the focus to the element with an id when `what` changes and nothing visible is focused.
#[hook]
pub fn use_focus_fallback<T: PartialEq + 'static>(id: Option<&'static str>, what: T) {
    use_effect_with((id, what), |(id, _)| {
        if let Some(id) = id.filter(|_| dom::is_focus_lost()) {
            dom::focus_id(id);
        }
    });
}

/// Focuses the element at `place` on mount, if no visible element is focused.
#[hook]
pub fn use_focus_if_lost(place: &NodeRef) {
    use_effect_with(place.clone(), |place| {
        if dom::is_focus_lost() {
            dom::focus_ref(place);
        }
    });
}

/// Focus scope of an overlay.
struct FocusScope {
    element: Element,
    /// Elements focused before this scope and before the scopes around it.
    return_to: Vec<Element>,
}

thread_local! {
    static FOCUS_SCOPES: RefCell<Vec<(Element, Vec<Element>)>> = RefCell::default();
}

impl FocusScope {
    fn new(own: Element) -> FocusScope {
        let mut before: Vec<Element> = dom::active_element().into_iter().collect();
        FOCUS_SCOPES.with_borrow_mut(|visits| {
            // The overlay from which this one was opened may close first.
            let holds = |outer: &Element| before.first().is_some_and(|focused| outer.contains(Some(focused)));
            let outer = visits.iter().rfind(|(outer, _)| holds(outer)).map(|(_, before)| before.clone());
            before.extend(outer.into_iter().flatten());
            visits.push((own.clone(), before.clone()));
        });
        FocusScope { element: own, return_to: before }
    }

    /// Restores the focus, unless it has moved outside the closed overlay.
    fn restore(&self) {
        FOCUS_SCOPES.with_borrow_mut(|visits| visits.retain(|(own, _)| own != &self.element));
        let lost = dom::is_focus_lost()
            || dom::active_element().is_some_and(|focused| self.element.contains(Some(&focused)));
        let before = self.return_to.iter().find(|before| before.is_connected() && lost);
        // If that element cannot take the focus, the page keeps it.
        let _ = before.and_then(|before| dom::focus_element(before.clone()));
    }
}

/// Returns true if an event fell outside a dialog, on its backdrop.
fn is_outside(event: &Event, dialog: &Element) -> bool {
    event.dyn_ref::<MouseEvent>().is_some_and(|event| {
        let (x, y) = (f64::from(event.client_x()), f64::from(event.client_y()));
        let area = dialog.get_bounding_client_rect();
        x < area.left() || x > area.right() || y < area.top() || y > area.bottom()
    })
}
