//! Swipe gestures on a page that covers the list: sideways to the neighbours, down at the top to leave.
//!
//! The page follows the finger and shows at its edge what happens on release. Elements that scroll sideways,
//! a second finger, a zoomed page and a selection are left to the browser.

use crate::app::services::{dom, use_effect_with};
use crate::app::state::{Command, use_command_context, use_locale};
use crate::app::ui::icon::{IconKind, icon};
use crate::app::ui::touch::SYSTEM_EDGE;
use gloo::events::EventListener;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Element, TouchEvent};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct GesturesProps {
    /// Presence of a previous and of a next article.
    pub neighbours: [bool; 2],
}

/// Direction of a swipe.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum SwipeDirection {
    Next,
    Previous,
    Close,
}

/// Finger on the page.
#[derive(Clone)]
struct SwipeTouch {
    page: Element,
    start: (f64, f64),
    /// Set if the page was scrolled to its top.
    at_top: bool,
    /// Set after the minimum distance.
    direction: Option<SwipeDirection>,
    /// Set if releasing triggers the gesture.
    is_past_threshold: bool,
}

/// Minimum distance in pixels before a direction is determined.
const MIN_DISTANCE: f64 = 12.0;
/// Distances in pixels, sideways and down, that trigger a gesture.
const SWIPE_THRESHOLD: f64 = 88.0;
const PULL_THRESHOLD: f64 = 104.0;
/// Elements with gestures of their own.
const EXCLUDED: &str = "[role=dialog], [role=slider], input, textarea";

/// Listens to swipes and shows the label at the edge of the page.
#[component]
pub fn Gestures(props: &GesturesProps) -> Html {
    let (ui, commands) = (use_locale(), use_command_context());
    let shown = use_state_eq(|| None::<(SwipeDirection, bool)>);
    let neighbours = use_mut_ref(|| props.neighbours);
    *neighbours.borrow_mut() = props.neighbours;
    {
        let shown = shown.setter();
        use_effect_with((), move |()| {
            let finger = Rc::new(RefCell::new(None::<SwipeTouch>));
            let last = finger.clone();
            let names = ["touchstart", "touchmove", "touchend", "touchcancel"];
            let listeners = dom::document().map(|document| {
                names.map(|name| {
                    let (finger, shown, commands) = (finger.clone(), shown.clone(), commands.clone());
                    let neighbours = neighbours.clone();
                    EventListener::new(&document, name, move |event| {
                        let Some(event) = event.dyn_ref::<TouchEvent>() else { return };
                        let before = finger.take();
                        let next = match name {
                            "touchstart" => touch_start(event),
                            "touchmove" => before
                                .clone()
                                .and_then(|finger| touch_move(finger, event, *neighbours.borrow())),
                            _ => None,
                        };
                        let direction = next.as_ref().and_then(|next| next.direction);
                        shown.set(direction.zip(next.as_ref().map(|next| next.is_past_threshold)));
                        if let Some(before) = before.as_ref().filter(|_| direction.is_none()) {
                            set_page_offset(&before.page, (0.0, 0.0));
                        }
                        *finger.borrow_mut() = next;
                        let done = before.filter(|done| name == "touchend" && done.is_past_threshold);
                        if let Some(direction) = done.and_then(|done| done.direction) {
                            commands.run(match direction {
                                SwipeDirection::Next => Command::Next,
                                SwipeDirection::Previous => Command::Previous,
                                SwipeDirection::Close => Command::Back,
                            });
                        }
                    })
                })
            });
            move || {
                if let Some(finger) = last.take() {
                    set_page_offset(&finger.page, (0.0, 0.0));
                }
                drop(listeners);
            }
        });
    }
    let texts = ui.commands();
    let Some((way, far)) = *shown else { return Html::default() };
    let (class, text, shape) = match way {
        SwipeDirection::Next => ("swipe--next", texts.swipe_next, IconKind::Forward),
        SwipeDirection::Previous => ("swipe--previous", texts.swipe_previous, IconKind::Back),
        SwipeDirection::Close => ("swipe--out", texts.pull_release, IconKind::Down),
    };
    html! {
        <div class={classes!("swipe", class, far.then_some("is-far"))} aria-hidden="true">{ icon(shape) }<span>{ text }</span></div>
    }
}

fn touch_point(event: &TouchEvent) -> Option<(f64, f64)> {
    let touches = event.touches();
    let touch = touches.get(0).filter(|_| touches.length() == 1)?;
    Some((f64::from(touch.client_x()), f64::from(touch.client_y())))
}

fn touch_start(event: &TouchEvent) -> Option<SwipeTouch> {
    let start = touch_point(event)?;
    let window = dom::window()?;
    let width = window.inner_width().ok()?.as_f64()?;
    let target = event.target()?.dyn_into::<Element>().ok()?;
    let page = target.closest("main").ok()??;
    let taken = target.closest(EXCLUDED).ok()?.is_some() || scrolls_sideways(&target, &page);
    let selects = window.get_selection().ok().flatten().is_some_and(|selection| !selection.is_collapsed());
    let zoomed = window.visual_viewport().is_some_and(|view| view.scale() > 1.01);
    if taken || selects || zoomed || start.0 < SYSTEM_EDGE || start.0 > width - SYSTEM_EDGE {
        return None;
    }
    let at_top = window.scroll_y().ok()? <= 0.0;
    Some(SwipeTouch { page, start, at_top, direction: None, is_past_threshold: false })
}

/// Returns true if an element between `target` and the page scrolls sideways.
fn scrolls_sideways(target: &Element, page: &Element) -> bool {
    let mut at = Some(target.clone());
    while let Some(element) = at.filter(|element| element != page) {
        if element.scroll_width() > element.client_width() + 1 && scrolls_overflow(&element) {
            return true;
        }
        at = element.parent_element();
    }
    false
}

fn scrolls_overflow(element: &Element) -> bool {
    let style = dom::window().and_then(|window| window.get_computed_style(element).ok().flatten());
    let overflow = style.and_then(|style| style.get_property_value("overflow-x").ok());
    matches!(overflow.as_deref(), Some("auto" | "scroll"))
}

/// Returns the gesture after a move, or `None` if it has no direction.
fn touch_move(finger: SwipeTouch, event: &TouchEvent, [previous, next]: [bool; 2]) -> Option<SwipeTouch> {
    let (x, y) = touch_point(event)?;
    let (dx, dy) = (x - finger.start.0, y - finger.start.1);
    if finger.direction.is_none() && dx.abs().max(dy.abs()) < MIN_DISTANCE {
        return Some(finger);
    }
    let way = match finger.direction {
        Some(SwipeDirection::Close) => SwipeDirection::Close,
        // A finger that turns round takes the page with it.
        Some(_) if dx < 0.0 => SwipeDirection::Next,
        Some(_) => SwipeDirection::Previous,
        None if dx.abs() > 1.5 * dy.abs() => {
            if dx < 0.0 {
                SwipeDirection::Next
            } else {
                SwipeDirection::Previous
            }
        }
        None if finger.at_top && dy > 1.5 * dx.abs() => SwipeDirection::Close,
        None => return None,
    };
    let (there, shift, far) = match way {
        SwipeDirection::Next => (next, (dx, 0.0), -dx > SWIPE_THRESHOLD),
        SwipeDirection::Previous => (previous, (dx, 0.0), dx > SWIPE_THRESHOLD),
        SwipeDirection::Close => (true, (0.0, dy.max(0.0)), dy > PULL_THRESHOLD),
    };
    // Without a neighbour the page moves only a little.
    let give = if there { 0.6 } else { 0.15 };
    set_page_offset(&finger.page, (shift.0 * give, shift.1 * give));
    Some(SwipeTouch { direction: Some(way), is_past_threshold: far && there, ..finger })
}

fn set_page_offset(page: &Element, (x, y): (f64, f64)) {
    dom::set_number(page, "--swipe-x", x, "px");
    dom::set_number(page, "--swipe-y", y, "px");
    // The class name is a constant and well formed.
    let _ = page.class_list().toggle_with_force("is-drawn", x != 0.0 || y != 0.0);
}
