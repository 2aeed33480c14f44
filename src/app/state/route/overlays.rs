//! Overlays, such as sheets and pictures, which the browser's back button closes.

use super::state_from_address;
use crate::app::services::history::{current_entry, write_entry};
use crate::app::services::rc_eq::RcEq;
use crate::app::services::{dom, use_effect_with, use_shared};
use crate::view_model::{HistoryEntry, OverlayChange, OverlayNavigation, OverlayStack};
use gloo::timers::callback::Timeout;
use std::cell::RefCell;
use yew::prelude::*;

/// Open overlays; each is identified by the callback that closes it.
#[derive(Clone, Default, PartialEq)]
pub struct Overlays(RcEq<OverlayState>);

#[derive(Default)]
struct OverlayState {
    stack: RefCell<OverlayStack<Callback<()>>>,
    timer: RefCell<Option<Timeout>>,
}

impl Overlays {
    fn add(&self, close: Callback<()>) {
        self.stack().borrow_mut().add(close);
        self.sync_history();
    }

    fn remove(&self, close: &Callback<()>) {
        self.stack().borrow_mut().remove(close);
        self.sync_history();
    }

    fn stack(&self) -> &RefCell<OverlayStack<Callback<()>>> {
        &self.0.stack
    }

    /// Adds or removes the history entry of the overlays. Runs in the next task, when it is known what
    /// follows.
    pub(super) fn sync_history(&self) {
        let overlays = self.clone();
        let timer = Timeout::new(0, move || {
            let entry = current_entry();
            let due = overlays.stack().borrow().due_change(entry.is_overlay);
            match due {
                Some(OverlayChange::Push) => {
                    write_entry(&HistoryEntry { is_overlay: true, ..entry }, &state_from_address(), true);
                }
                Some(OverlayChange::Back) => overlays.go_back(1),
                None => {}
            }
        });
        *self.0.timer.borrow_mut() = Some(timer);
    }

    /// Navigates back by `entries`; the navigation is asynchronous.
    pub(super) fn go_back(&self, entries: i32) {
        let history = dom::window().and_then(|window| window.history().ok());
        let asked = history.is_some_and(|history| history.go_with_delta(-entries).is_ok());
        self.stack().borrow_mut().set_going_back(asked);
    }

    /// Returns true while a back navigation is in progress.
    pub(super) fn is_going_back(&self) -> bool {
        self.stack().borrow().is_going_back()
    }

    /// Ends the wait for a back navigation.
    pub(super) fn finish_going_back(&self) {
        self.stack().borrow_mut().set_going_back(false);
    }

    /// Handles a popstate event. Returns true if it concerned an overlay.
    pub(super) fn on_popstate(&self) -> bool {
        let navigation = self.stack().borrow_mut().on_popstate();
        match &navigation {
            OverlayNavigation::Closes(close) => close.emit(()),
            // A forward navigation to the entry of a closed overlay is undone.
            OverlayNavigation::Requested | OverlayNavigation::Other => self.sync_history(),
        }
        navigation != OverlayNavigation::Other
    }
}

/// Calls `close` at the browser's back button while the component is mounted.
#[hook]
pub fn use_overlay(close: &Callback<()>) {
    let overlays = use_shared::<Overlays>().unwrap_or_default();
    let current = use_mut_ref(Callback::noop);
    *current.borrow_mut() = close.clone();
    use_effect_with((), move |()| {
        let close = Callback::from(move |()| {
            let close: Callback<()> = current.borrow().clone();
            close.emit(());
        });
        overlays.add(close.clone());
        move || overlays.remove(&close)
    });
}
