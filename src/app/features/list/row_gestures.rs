//! Gestures on rows: a swipe to the right for a star, to the left for read or unread; a long press, the right mouse
//! button or the keyboard's menu key for a menu.

use super::scroll_anchor::row_number;
use crate::app::i18n::Locale;
use crate::app::services::{dom, use_effect_with};
use crate::app::state::row_menu::{Point, ROW_MENU};
use crate::app::ui::touch::SYSTEM_EDGE;
use crate::user_data::ArticleFlag;
use crate::view_model::{Swipe, SwipeSide};
use gloo::events::{EventListener, EventListenerOptions, EventListenerPhase};
use gloo::timers::callback::Timeout;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, EventTarget, MouseEvent, PointerEvent};
use yew::prelude::*;

/// Duration of a long press, as on phones.
const LONG_PRESS_MS: u32 = 500;

/// Finger on a row.
struct RowTouch {
    row: Element,
    start: Point,
    swipe: RefCell<Swipe>,
    long_press_timer: RefCell<Option<Timeout>>,
}

/// Gesture on a row.
#[derive(Clone, Copy)]
pub enum RowGesture {
    Toggle(ArticleFlag),
    /// Opens the row's menu at a point.
    Menu(Point),
}

/// Listens to touches on the rows of `list`; `done` receives the number of a row and the gesture.
#[hook]
pub(super) fn use_row_gestures(
    list: &NodeRef,
    is_empty: bool,
    ui: Locale,
    done: Callback<(usize, RowGesture)>,
) {
    let (list, latest) = (list.clone(), use_mut_ref(Callback::noop));
    *latest.borrow_mut() = done;
    use_effect_with((is_empty, ui), move |(_, ui)| {
        let touch = Rc::new(RowGestures {
            touch: RefCell::default(),
            is_long_press: Cell::new(false),
            menu_row: Cell::new(None),
            ui: *ui,
            done: latest,
        });
        let listeners = list.cast::<Element>().map(|list| touch.listen(&list));
        move || drop(listeners)
    });
}

struct RowGestures {
    touch: RefCell<Option<Rc<RowTouch>>>,
    /// Set after a long press: releasing is then not a tap.
    is_long_press: Cell<bool>,
    /// Row with an open menu. The browser's menu opens at the second right click.
    menu_row: Cell<Option<usize>>,
    ui: Locale,
    done: Rc<RefCell<Callback<(usize, RowGesture)>>>,
}

impl RowGestures {
    fn listen(self: &Rc<Self>, list: &Element) -> Vec<EventListener> {
        let on = |target: &EventTarget, name: &'static str, hear: fn(&Rc<RowGestures>, &Event)| {
            let touch = self.clone();
            let mut options = EventListenerOptions::enable_prevent_default();
            options.phase = EventListenerPhase::Capture;
            EventListener::new_with_options(target, name, options, move |event| hear(&touch, event))
        };
        // Yew delegates events to its root, so these listeners capture.
        let window = dom::window().map(|window| {
            let click = on(&window, "click", |touch, event| {
                if touch.is_long_press.take() {
                    event.prevent_default();
                    event.stop_propagation();
                }
            });
            // A new touch ends the long press, which may end without a click. The row may be covered by an
            // article by then.
            let down = on(&window, "pointerdown", |touch, _| {
                touch.is_long_press.set(false);
                if dom::elements(&format!(".{ROW_MENU}")).is_empty() {
                    touch.menu_row.set(None);
                }
            });
            let up = on(&window, "pointerup", |touch, event| touch.on_pointer_end(event));
            [click, down, up, on(&window, "pointercancel", |touch, event| touch.on_pointer_end(event))]
        });
        let mut listeners = vec![
            on(list, "pointerdown", |touch, event| touch.on_pointer_down(event).unwrap_or_default()),
            on(list, "pointermove", |touch, event| touch.on_pointer_move(event).unwrap_or_default()),
            on(list, "contextmenu", |touch, event| {
                if touch.touch.borrow().is_some() || touch.is_long_press.get() {
                    event.prevent_default();
                    touch.on_long_press();
                } else {
                    let _ = touch.on_context_menu(event);
                }
            }),
        ];
        listeners.extend(window.into_iter().flatten());
        listeners
    }

    fn on_pointer_down(self: &Rc<Self>, event: &Event) -> Option<()> {
        self.reset_row();
        let event = event.dyn_ref::<PointerEvent>().filter(|event| event.pointer_type() == "touch")?;
        let row = event.target()?.dyn_into::<Element>().ok()?.closest("li").ok()??;
        // A second finger or a touch at the edge is not a swipe.
        if !event.is_primary() || f64::from(event.client_x()) < SYSTEM_EDGE {
            return None;
        }
        let start = (event.client_x(), event.client_y());
        let swipe = Swipe::new(f64::from(start.0), f64::from(start.1));
        let touch = self.clone();
        let rest = Timeout::new(LONG_PRESS_MS, move || touch.on_long_press());
        let finger =
            RowTouch { row, start, swipe: RefCell::new(swipe), long_press_timer: RefCell::new(Some(rest)) };
        *self.touch.borrow_mut() = Some(Rc::new(finger));
        Some(())
    }

    fn on_pointer_move(&self, event: &Event) -> Option<()> {
        let finger = self.touch.borrow().clone()?;
        let event = event.dyn_ref::<PointerEvent>()?;
        let (x, y) = (f64::from(event.client_x()), f64::from(event.client_y()));
        let by = finger.swipe.borrow_mut().pointer_move(x, y);
        if !finger.swipe.borrow().is_undecided() {
            finger.long_press_timer.take();
        }
        let by = by?;
        let link = finger.row.first_element_child()?;
        dom::set_style(&link, "transform", &format!("translateX({}px)", by.round() as i32));
        let texts = self.ui.user_data();
        let has = |mark: &str| finger.row.class_list().contains(mark);
        let text = match by > 0.0 {
            true if has("is-starred") => texts.unstar,
            true => texts.star,
            false if has("is-read") => texts.mark_unread,
            false => texts.mark_read,
        };
        // Names are constants and well formed.
        let _ = finger.row.set_attribute("data-act", text);
        let _ = finger.row.class_list().toggle_with_force("is-swept-left", by < 0.0);
        let _ = finger
            .row
            .class_list()
            .toggle_with_force("is-enough", finger.swipe.borrow().pointer_up().is_some());
        Some(())
    }

    /// Handles the end of a touch.
    fn on_pointer_end(&self, event: &Event) {
        match event.dyn_ref::<PointerEvent>().filter(|event| event.is_primary()) {
            Some(event) if event.type_() == "pointerup" => self.finish_swipe(),
            Some(_) => self.reset_row(),
            None => {}
        }
    }

    fn finish_swipe(&self) {
        let finger = self.touch.borrow().clone();
        self.reset_row();
        let Some((finger, side)) = finger.and_then(|finger| {
            let side = finger.swipe.borrow().pointer_up()?;
            Some((finger, side))
        }) else {
            return;
        };
        let flag = if side == SwipeSide::Right { ArticleFlag::Star } else { ArticleFlag::Read };
        self.emit(&finger.row, RowGesture::Toggle(flag));
    }

    /// Ends the touch and moves the row back.
    fn reset_row(&self) {
        let Some(finger) = self.touch.take() else { return };
        finger.long_press_timer.take();
        if let Some(link) = finger.row.first_element_child() {
            dom::set_style(&link, "transform", "");
        }
        // Removing an absent attribute does nothing.
        let _ = finger.row.remove_attribute("data-act");
        let _ = finger.row.class_list().remove_2("is-swept-left", "is-enough");
    }

    fn on_long_press(&self) {
        let Some(finger) = self.touch.borrow().clone().filter(|finger| finger.swipe.borrow().is_undecided())
        else {
            return;
        };
        finger.swipe.borrow_mut().cancel();
        self.reset_row();
        // On a slow phone the article may be open before the tap ends.
        if finger.row.get_bounding_client_rect().height() == 0.0 {
            return;
        }
        self.is_long_press.set(true);
        self.emit(&finger.row, RowGesture::Menu(finger.start));
    }

    /// Handles the right mouse button and the keyboard's menu key. With Shift, and at the second click on a row, the
    /// browser's menu opens.
    fn on_context_menu(&self, event: &Event) -> Option<()> {
        let event = event.dyn_ref::<MouseEvent>().filter(|event| !event.shift_key())?;
        let row = event.target()?.dyn_into::<Element>().ok()?.closest("li.row").ok()??;
        let number = row_number(&row)?;
        if self.menu_row.take() == Some(number) {
            return None;
        }
        self.menu_row.set(Some(number));
        event.prevent_default();
        self.emit(&row, RowGesture::Menu((event.client_x(), event.client_y())));
        Some(())
    }

    fn emit(&self, row: &Element, gesture: RowGesture) {
        if let Some(number) = row_number(row) {
            let done = self.done.borrow().clone();
            done.emit((number, gesture));
        }
    }
}
