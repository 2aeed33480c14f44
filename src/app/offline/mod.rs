//! Offline use: cached articles, notices, updates.
//!
//! The service worker (`site/worker.js`) caches files; [`worker`] is its client, [`machine`] the controller,
//! and components use a [`Handle`].

mod keep;
mod machine;
mod notice;
mod worker;

pub use keep::Keep;
pub use notice::notice;
pub use worker::cached_files;

use super::handle::{Archive, Shared};
use super::parts::Parts;
use crate::app::dom;
use crate::app::hooks::use_effect_with;
use crate::view::{Change, Device, Wish};
pub use machine::start;
use std::cell::RefCell;
use std::ops::Deref;
use std::rc::Rc;
use yew::platform::spawn_local;
use yew::prelude::*;

/// Offline controller.
pub trait Machine {
    /// Checks the host for reachability and updates.
    fn check(&self);
    /// Applies the update.
    fn take(&self);
    /// Sets the cache policy: download everything, pause, or only what is read.
    fn wish(&self, wish: Wish);
}

/// Receives the events of the controller.
pub type Tell = Box<dyn Fn(Change)>;

/// Context with the offline state and its actions.
#[derive(Clone)]
pub struct Handle {
    known: UseReducerHandle<Known>,
    machine: Rc<RefCell<Option<Box<dyn Machine>>>>,
}

#[derive(Default, PartialEq)]
struct Known(Device);

impl Reducible for Known {
    type Action = Change;

    fn reduce(self: Rc<Self>, change: Change) -> Rc<Known> {
        Rc::new(Known(self.0.after(change)))
    }
}

impl PartialEq for Handle {
    fn eq(&self, other: &Handle) -> bool {
        self.known == other.known
    }
}

impl Deref for Handle {
    type Target = Device;

    fn deref(&self) -> &Device {
        &self.known.0
    }
}

impl Handle {
    pub fn check(&self) {
        self.machine.borrow().iter().for_each(|machine| machine.check());
    }

    /// Applies the update, or reloads the page if none is waiting.
    pub fn take(&self) {
        match &*self.machine.borrow() {
            Some(machine) => machine.take(),
            None => dom::reload(),
        }
    }

    /// Postpones the update.
    pub fn later(&self) {
        self.known.dispatch(Change::Offer(None));
    }

    pub fn wish(&self, wish: Wish) {
        self.machine.borrow().iter().for_each(|machine| machine.wish(wish));
    }
}

/// Creates the context; the controller starts when the archive is `open`.
#[hook]
pub fn use_device(open: bool, parts: &Parts) -> Handle {
    let known = use_reducer_eq(Known::default);
    let machine = use_mut_ref(|| None::<Box<dyn Machine>>);
    {
        let (machine, dispatcher, parts) = (machine.clone(), known.dispatcher(), parts.clone());
        use_effect_with(open, move |&open| {
            if !open || machine.borrow().is_some() {
                return;
            }
            // The list loads first, and requests the chunk of the controller.
            parts.with_soon(move |soon| {
                let tell = Box::new(move |change| dispatcher.dispatch(change));
                machine.borrow_mut().get_or_insert_with(|| (soon.machine)(tell));
            });
        });
    }
    Handle { known, machine }
}

/// Returns the mask of cached articles while only those are available; `again` is called when the host is
/// back.
#[hook]
pub fn use_kept(archive: &Archive, again: impl Fn() + 'static) -> Option<Shared<Vec<bool>>> {
    let away = use_context::<Handle>().and_then(|handle| handle.away.clone());
    let kept = use_state(|| None);
    {
        let kept = kept.setter();
        use_effect_with((archive.clone(), away), move |(archive, away)| {
            archive.store().set_kept(away.clone());
            let archive = archive.clone();
            if away.is_some() {
                spawn_local(async move { kept.set(Some(Shared::new(archive.kept().await))) });
            } else {
                kept.set(None);
                again();
            }
        });
    }
    (*kept).clone()
}
