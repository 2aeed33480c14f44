//! What fingers do on a page that covers the list: sideways to the neighbours, down from the top to leave it.
//!
//! The page follows the finger and says at its edge what letting go would do. A finger on something that
//! scrolls sideways by itself, a second finger, a page that is zoomed or a selection are left to the browser.

use super::commands::{Act, Run};
use crate::app::components::icon::{Shape, icon};
use crate::app::dom;
use crate::app::hooks::use_effect_with;
use crate::app::i18n::Ui;
use gloo::events::EventListener;
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Element, TouchEvent};
use yew::prelude::*;

/// See [`Gestures`].
#[derive(Properties, PartialEq)]
pub struct GesturesProps {
    /// Runs what a gesture asks for.
    pub run: Run,
    /// Whether there is something before and after what is shown.
    pub neighbours: [bool; 2],
    /// The language of the interface.
    pub ui: Ui,
}

/// Where a finger is going.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Next,
    Previous,
    Out,
}

/// A finger on the page.
#[derive(Clone, Copy)]
struct Finger {
    start: (f64, f64),
    /// Whether the page stood at its top.
    at_top: bool,
    /// Known once the finger has moved far enough to tell.
    way: Option<Way>,
    /// Whether letting go now does it.
    far: bool,
}

/// A finger that moved less does not say where it goes.
const TELLS: f64 = 12.0;
/// So far a page is drawn aside, and down, until letting go does something.
const ASIDE: f64 = 88.0;
const DOWN: f64 = 104.0;
/// So near to the edges, in pixels, the system has gestures of its own.
pub const EDGE: f64 = 24.0;
/// What is covered by other gestures.
const OTHERS: &str = "[role=dialog], [role=slider], .tool, .rbar, input, textarea";

/// The gestures, and the word at the edge of a page that is drawn aside.
#[component]
pub fn Gestures(props: &GesturesProps) -> Html {
    let shown = use_state_eq(|| None::<(Way, bool)>);
    let neighbours = use_mut_ref(|| props.neighbours);
    *neighbours.borrow_mut() = props.neighbours;
    {
        let (shown, Run(run)) = (shown.setter(), props.run.clone());
        use_effect_with((), move |()| {
            let finger = Rc::new(Cell::new(None::<Finger>));
            let names = ["touchstart", "touchmove", "touchend", "touchcancel"];
            let listeners = dom::document().map(|document| {
                names.map(|name| {
                    let (finger, shown, run) = (finger.clone(), shown.clone(), run.clone());
                    let neighbours = neighbours.clone();
                    EventListener::new(&document, name, move |event| {
                        let Some(event) = event.dyn_ref::<TouchEvent>() else { return };
                        let next = match name {
                            "touchstart" => begin(event),
                            "touchmove" => {
                                finger.get().and_then(|finger| follow(finger, event, *neighbours.borrow()))
                            }
                            _ => None,
                        };
                        let done = finger.replace(next).filter(|done| name == "touchend" && done.far);
                        shown.set(next.and_then(|finger| Some((finger.way?, finger.far))));
                        if next.is_none_or(|finger| finger.way.is_none()) {
                            draw((0.0, 0.0));
                        }
                        if let Some(way) = done.and_then(|done| done.way) {
                            run.emit(match way {
                                Way::Next => Act::Next,
                                Way::Previous => Act::Previous,
                                Way::Out => Act::Back,
                            });
                        }
                    })
                })
            });
            move || {
                draw((0.0, 0.0));
                drop(listeners);
            }
        });
    }
    let texts = props.ui.commands();
    let Some((way, far)) = *shown else { return Html::default() };
    let (class, text, shape) = match way {
        Way::Next => ("swipe--next", texts.let_go[0], Shape::Forward),
        Way::Previous => ("swipe--previous", texts.let_go[1], Shape::Back),
        Way::Out => ("swipe--out", texts.let_go_close, Shape::Down),
    };
    html! {
        <div class={classes!("swipe", class, far.then_some("is-far"))} aria-hidden="true">{ icon(shape) }<span>{ text }</span></div>
    }
}

fn place(event: &TouchEvent) -> Option<(f64, f64)> {
    let touches = event.touches();
    let touch = touches.get(0).filter(|_| touches.length() == 1)?;
    Some((f64::from(touch.client_x()), f64::from(touch.client_y())))
}

fn begin(event: &TouchEvent) -> Option<Finger> {
    let start = place(event)?;
    let window = dom::window()?;
    let width = window.inner_width().ok()?.as_f64()?;
    let target = event.target()?.dyn_into::<Element>().ok()?;
    let on_page = target.closest(".reader > main, .page > main").ok()??;
    let taken = target.closest(OTHERS).ok()?.is_some() || scrolls_sideways(&target, &on_page);
    let selects = window.get_selection().ok().flatten().is_some_and(|selection| !selection.is_collapsed());
    let zoomed = window.visual_viewport().is_some_and(|view| view.scale() > 1.01);
    if taken || selects || zoomed || start.0 < EDGE || start.0 > width - EDGE {
        return None;
    }
    let at_top = window.scroll_y().ok()? <= 0.0;
    Some(Finger { start, at_top, way: None, far: false })
}

/// Whether something between `target` and the page around it scrolls sideways.
fn scrolls_sideways(target: &Element, page: &Element) -> bool {
    let mut at = Some(target.clone());
    while let Some(element) = at.filter(|element| element != page) {
        if element.scroll_width() > element.client_width() + 1 && overflows(&element) {
            return true;
        }
        at = element.parent_element();
    }
    false
}

fn overflows(element: &Element) -> bool {
    let style = dom::window().and_then(|window| window.get_computed_style(element).ok().flatten());
    let overflow = style.and_then(|style| style.get_property_value("overflow-x").ok());
    matches!(overflow.as_deref(), Some("auto" | "scroll"))
}

/// The finger after it moved; nothing once it goes where no gesture leads.
fn follow(finger: Finger, event: &TouchEvent, [previous, next]: [bool; 2]) -> Option<Finger> {
    let (x, y) = place(event)?;
    let (dx, dy) = (x - finger.start.0, y - finger.start.1);
    if finger.way.is_none() && dx.abs().max(dy.abs()) < TELLS {
        return Some(finger);
    }
    let way = match finger.way {
        Some(Way::Out) => Way::Out,
        // A finger that turns round on the way takes the page with it.
        Some(_) if dx < 0.0 => Way::Next,
        Some(_) => Way::Previous,
        None if dx.abs() > 1.5 * dy.abs() => {
            if dx < 0.0 {
                Way::Next
            } else {
                Way::Previous
            }
        }
        None if finger.at_top && dy > 1.5 * dx.abs() => Way::Out,
        None => return None,
    };
    let (there, shift, far) = match way {
        Way::Next => (next, (dx, 0.0), -dx > ASIDE),
        Way::Previous => (previous, (dx, 0.0), dx > ASIDE),
        Way::Out => (true, (0.0, dy.max(0.0)), dy > DOWN),
    };
    // Where there is nothing to go to, the page gives a little and no more.
    let give = if there { 0.6 } else { 0.15 };
    draw((shift.0 * give, shift.1 * give));
    Some(Finger { way: Some(way), far: far && there, ..finger })
}

fn draw((x, y): (f64, f64)) {
    if let Some(page) = dom::element(".reader > main, .page > main") {
        dom::set_number(&page, "--swipe-x", x, "px");
        dom::set_number(&page, "--swipe-y", y, "px");
        let _ = page.class_list().toggle_with_force("is-drawn", x != 0.0 || y != 0.0);
    }
}
