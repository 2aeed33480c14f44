//! The focus of what is opened over the page.

use super::{use_effect_with, use_overlay};
use crate::app::dom;
use gloo::events::{EventListener, EventListenerOptions};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlDialogElement, MouseEvent};
use yew::prelude::*;

/// Takes the focus to the element at `place` for as long as the component stands, then back to where it was, unless
/// it has gone elsewhere meanwhile.
#[hook]
pub fn use_focus(place: &NodeRef) {
    use_effect_with(place.clone(), move |place| {
        let visit = place.cast::<Element>().map(|own| {
            let visit = Visit::begin(own.clone());
            let _ = dom::focus_element(own);
            visit
        });
        move || visit.iter().for_each(Visit::end)
    });
}

/// Shows the dialog at `place` over all else, with the focus in it, for as long as the component stands. `close` is
/// called by the browser's way back, by a tap beside the dialog, and where the browser closes it by itself.
///
/// It stands where it is drawn: a part of the tree that is drawn elsewhere has Yew listen there forever.
#[hook]
pub fn use_modal(place: &NodeRef, close: &Callback<()>) {
    use_overlay(close);
    let current = use_mut_ref(Callback::noop);
    *current.borrow_mut() = close.clone();
    use_effect_with(place.clone(), move |place| {
        let shown = place.cast::<HtmlDialogElement>().map(|own| {
            let visit = Visit::begin(own.clone().into());
            // One that is in the page and closed can be shown.
            let _ = own.show_modal();
            let _ = dom::focus_element(own.clone().into());
            // A press in the dialog that ends beside it is no tap.
            let pressed_beside = Rc::new(Cell::new(false));
            let listeners = ["cancel", "close", "pointerdown", "click"].map(|name| {
                let (current, dialog, pressed_beside) =
                    (current.clone(), own.clone(), pressed_beside.clone());
                let options = EventListenerOptions::enable_prevent_default();
                EventListener::new_with_options(&own, name, options, move |event| {
                    // A field for files is cancelled too, and says so up to here.
                    let own = event.target().is_some_and(|target| &target == dialog.as_ref());
                    let leaves = match name {
                        "pointerdown" => {
                            pressed_beside.set(own && is_beside(event, &dialog));
                            false
                        }
                        "click" => own && pressed_beside.take() && is_beside(event, &dialog),
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
                visit.end();
            }
        }
    });
}

/// Gives the focus back to what had it in a page that was `covered` by another, or else to what `selector` finds, unless
/// it has gone elsewhere meanwhile.
#[hook]
pub fn use_covered(covered: bool, selector: &'static str) {
    let before = use_mut_ref(|| (false, None::<Element>));
    let uncovers = use_mut_ref(bool::default);
    {
        // While this is drawn it is still seen what has it; what is hidden loses it.
        let mut before = before.borrow_mut();
        if covered && !before.0 {
            before.1 = dom::focused().filter(|_| !is_lost());
        }
        before.0 = covered;
    }
    use_effect_with(covered, move |&covered| {
        let was_covered = std::mem::replace(&mut *uncovers.borrow_mut(), covered);
        if covered || !was_covered || !is_lost() {
            return;
        }
        let element = before.borrow_mut().1.take().filter(|element| element.is_connected());
        // Who has stepped on meanwhile is at another row.
        let is_row = element.as_ref().is_none_or(|element| element.class_list().contains("row__a"));
        let current = if is_row { dom::element(".row.is-current .row__a") } else { None };
        let _ = current.or(element).or_else(|| dom::element(selector)).and_then(dom::focus_element);
    });
}

/// Takes the focus that nothing has to the element that `selector` finds, whenever `what` it shows changes.
#[hook]
pub fn use_lost_focus<T: PartialEq + 'static>(selector: Option<&'static str>, what: T) {
    use_effect_with((selector, what), |(selector, _)| {
        if let Some(selector) = selector.filter(|_| is_lost()) {
            dom::focus(selector);
        }
    });
}

/// Whether nothing that is seen has the focus: what was just hidden keeps it until the browser draws.
fn is_lost() -> bool {
    let is_seen =
        |focused: Element| focused.tag_name() != "BODY" && focused.get_bounding_client_rect().width() > 0.0;
    !dom::focused().is_some_and(is_seen)
}

/// The focus in something that lies over the page.
struct Visit {
    own: Element,
    /// Where the focus was before, and before what that was in.
    before: Vec<Element>,
}

thread_local! {
    static VISITS: RefCell<Vec<(Element, Vec<Element>)>> = RefCell::default();
}

impl Visit {
    fn begin(own: Element) -> Visit {
        let mut before: Vec<Element> = dom::focused().into_iter().collect();
        VISITS.with_borrow_mut(|visits| {
            // What it was opened from may be closed before it.
            let holds = |outer: &Element| before.first().is_some_and(|focused| outer.contains(Some(focused)));
            let outer = visits.iter().rfind(|(outer, _)| holds(outer)).map(|(_, before)| before.clone());
            before.extend(outer.into_iter().flatten());
            visits.push((own.clone(), before.clone()));
        });
        Visit { own, before }
    }

    /// Gives the focus back, unless it has gone elsewhere than into what is closed.
    fn end(&self) {
        VISITS.with_borrow_mut(|visits| visits.retain(|(own, _)| own != &self.own));
        let lost = is_lost() || dom::focused().is_some_and(|focused| self.own.contains(Some(&focused)));
        let before = self.before.iter().find(|before| before.is_connected() && lost);
        // Where that cannot have it any more, the page keeps it.
        let _ = before.and_then(|before| dom::focus_node(before.clone().into()));
    }
}

/// Whether an event fell beside a dialog, on what lies behind it.
fn is_beside(event: &Event, dialog: &Element) -> bool {
    event.dyn_ref::<MouseEvent>().is_some_and(|event| {
        let (x, y) = (f64::from(event.client_x()), f64::from(event.client_y()));
        let area = dialog.get_bounding_client_rect();
        x < area.left() || x > area.right() || y < area.top() || y > area.bottom()
    })
}
