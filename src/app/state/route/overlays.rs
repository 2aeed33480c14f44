//! Overlays, such as sheets and pictures, which the browser's back button closes.
//!
//! While an overlay is open, the history has one additional entry with the address of the page.

use super::state_from_address;
use crate::app::services::history::HistoryEntry;
use crate::app::services::{dom, use_effect_with, use_shared};
use gloo::timers::callback::Timeout;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use yew::prelude::*;

/// Open overlays, the topmost last.
#[derive(Clone, Default)]
pub struct Overlays(Rc<OverlayStack>);

#[derive(Default)]
struct OverlayStack {
    close_callbacks: RefCell<Vec<Rc<dyn Fn()>>>,
    /// Set while a requested back navigation is in progress.
    is_going_back: Cell<bool>,
    timer: RefCell<Option<Timeout>>,
}

impl PartialEq for Overlays {
    fn eq(&self, other: &Overlays) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Overlays {
    fn add(&self, close: Rc<dyn Fn()>) {
        self.0.close_callbacks.borrow_mut().push(close);
        self.sync_history();
    }

    fn remove(&self, close: &Rc<dyn Fn()>) {
        self.0.close_callbacks.borrow_mut().retain(|other| !Rc::ptr_eq(other, close));
        self.sync_history();
    }

    /// Adds or removes the history entry of the overlays. Runs in the next task, when it is known what
    /// follows.
    pub(super) fn sync_history(&self) {
        let overlays = self.clone();
        let timer = Timeout::new(0, move || {
            let (entry, any) = (HistoryEntry::current(), !overlays.0.close_callbacks.borrow().is_empty());
            match (any, entry.is_overlay) {
                // It runs again after the navigation.
                _ if overlays.is_going_back() => {}
                (true, false) => {
                    HistoryEntry { is_overlay: true, ..entry }.write(&state_from_address(), true)
                }
                (false, true) => overlays.go_back(1),
                _ => {}
            }
        });
        *self.0.timer.borrow_mut() = Some(timer);
    }

    /// Navigates back by `entries`; the navigation is asynchronous.
    pub(super) fn go_back(&self, entries: i32) {
        let history = dom::window().and_then(|window| window.history().ok());
        let asked = history.is_some_and(|history| history.go_with_delta(-entries).is_ok());
        self.0.is_going_back.set(asked);
    }

    /// Returns true while a back navigation is in progress.
    pub(super) fn is_going_back(&self) -> bool {
        self.0.is_going_back.get()
    }

    /// Ends the wait for a back navigation.
    pub(super) fn finish_going_back(&self) {
        self.0.is_going_back.set(false);
    }

    /// Handles a popstate event. Returns true if it concerned an overlay.
    pub(super) fn on_popstate(&self) -> bool {
        if self.0.is_going_back.take() {
            self.sync_history();
            return true;
        }
        let top = self.0.close_callbacks.borrow().last().cloned();
        match &top {
            Some(close) => close(),
            // A forward navigation to the entry of a closed overlay is undone.
            None => self.sync_history(),
        }
        top.is_some()
    }
}

/// Calls `close` at the browser's back button while the component is mounted.
#[hook]
pub fn use_overlay(close: &Callback<()>) {
    let overlays = use_shared::<Overlays>().unwrap_or_default();
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
