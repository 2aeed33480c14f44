//! Swipe gestures on a page that covers the list: sideways to the neighbours, down at the top to leave.
//!
//! The page follows the finger and shows at its edge what happens on release. Elements that scroll sideways,
//! a second finger, a zoomed page and a selection are left to the browser.

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

#[derive(Properties, PartialEq)]
pub struct GesturesProps {
    pub run: Run,
    /// Presence of a previous and of a next article.
    pub neighbours: [bool; 2],
    pub ui: Ui,
}

/// Direction of a swipe.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Next,
    Previous,
    Out,
}

/// Finger on the page.
#[derive(Clone, Copy)]
struct Finger {
    start: (f64, f64),
    /// Set if the page was scrolled to its top.
    at_top: bool,
    /// Set after the minimum distance.
    way: Option<Way>,
    /// Set if releasing triggers the gesture.
    far: bool,
}

/// Minimum distance in pixels before a direction is determined.
const TELLS: f64 = 12.0;
/// Distances in pixels, sideways and down, that trigger a gesture.
const ASIDE: f64 = 88.0;
const DOWN: f64 = 104.0;
/// Width in pixels of the edges that belong to system gestures.
pub const EDGE: f64 = 24.0;
/// Elements with gestures of their own.
const OTHERS: &str = "[role=dialog], [role=slider], .tool, .rbar, input, textarea";

/// Listens to swipes and shows the label at the edge of the page.
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

/// Returns true if an element between `target` and the page scrolls sideways.
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

/// Returns the gesture after a move, or `None` if it has no direction.
fn follow(finger: Finger, event: &TouchEvent, [previous, next]: [bool; 2]) -> Option<Finger> {
    let (x, y) = place(event)?;
    let (dx, dy) = (x - finger.start.0, y - finger.start.1);
    if finger.way.is_none() && dx.abs().max(dy.abs()) < TELLS {
        return Some(finger);
    }
    let way = match finger.way {
        Some(Way::Out) => Way::Out,
        // A finger that turns round takes the page with it.
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
    // Without a neighbour the page moves only a little.
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
