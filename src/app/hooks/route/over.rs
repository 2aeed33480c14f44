//! What lies over the page, a sheet or a picture: the browser's way back closes it.
//!
//! As long as something does, the history has one entry more, with the address of the page.

use super::entry::Entry;
use super::{address, use_effect_with};
use crate::app::dom;
use gloo::timers::callback::Timeout;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use yew::prelude::*;

/// What lies over the page, the topmost last.
#[derive(Clone, Default)]
pub struct Overlays(Rc<Inner>);

#[derive(Default)]
struct Inner {
    open: RefCell<Vec<Rc<dyn Fn()>>>,
    /// Whether the browser has been asked to go back and is not there yet.
    leaving: Cell<bool>,
    timer: RefCell<Option<Timeout>>,
}

impl PartialEq for Overlays {
    fn eq(&self, other: &Overlays) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Overlays {
    fn add(&self, close: Rc<dyn Fn()>) {
        self.0.open.borrow_mut().push(close);
        self.settle();
    }

    fn remove(&self, close: &Rc<dyn Fn()>) {
        self.0.open.borrow_mut().retain(|other| !Rc::ptr_eq(other, close));
        self.settle();
    }

    /// Gives the history its further entry, or takes it away, once it is known what comes after what was closed or
    /// gone to.
    pub(super) fn settle(&self) {
        let overlays = self.clone();
        let timer = Timeout::new(0, move || {
            let (entry, any) = (Entry::current(), !overlays.0.open.borrow().is_empty());
            match (any, entry.over) {
                // It settles again when it is there.
                _ if overlays.are_leaving() => {}
                (true, false) => Entry { over: true, ..entry }.write(&address(), true),
                (false, true) => overlays.leave(1),
                _ => {}
            }
        });
        *self.0.timer.borrow_mut() = Some(timer);
    }

    /// Has the browser go back so many entries, which takes it a moment.
    pub(super) fn leave(&self, entries: i32) {
        let history = dom::window().and_then(|window| window.history().ok());
        let asked = history.is_some_and(|history| history.go_with_delta(-entries).is_ok());
        self.0.leaving.set(asked);
    }

    /// Whether the browser is on its way back.
    pub(super) fn are_leaving(&self) -> bool {
        self.0.leaving.get()
    }

    /// It has arrived by now.
    pub(super) fn have_left(&self) {
        self.0.leaving.set(false);
    }

    /// The browser has gone to another entry: whether that was for the sake of what lies, or lay, over the page.
    pub(super) fn returned(&self) -> bool {
        if self.0.leaving.take() {
            self.settle();
            return true;
        }
        let top = self.0.open.borrow().last().cloned();
        match &top {
            Some(close) => close(),
            // Forward to the entry of something that is closed: it is left again.
            None => self.settle(),
        }
        top.is_some()
    }
}

/// Has the browser's way back call `close` as long as the component stands.
#[hook]
pub fn use_overlay(close: &Callback<()>) {
    let overlays = use_context::<Overlays>().unwrap_or_default();
    let current = use_mut_ref(Callback::noop);
    *current.borrow_mut() = close.clone();
    use_effect_with((), move |()| {
        let close: Rc<dyn Fn()> = Rc::new(move || {
            let close: Callback<()> = current.borrow().clone();
            close.emit(());
        });
        overlays.add(close.clone());
        move || overlays.remove(&close)
    });
}
