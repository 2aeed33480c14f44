//! The site without a network: what is kept on the device, what is said about it, and newer sites.
//!
//! The worker does the keeping (`site/worker.js`); [`worker`] talks with it, [`machine`] decides when, and the
//! parts of the page see a [`Handle`].

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

/// What goes on beside the page.
pub trait Machine {
    /// Looks whether the host is there and has a newer site.
    fn check(&self);
    /// Goes on with the newer site.
    fn take(&self);
    /// Keeps the whole archive, or does so later, or no more.
    fn wish(&self, wish: Wish);
}

/// Hears what changes.
pub type Tell = Box<dyn Fn(Change)>;

/// What is known of the device, and what can be done about it.
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
    /// Looks whether the host is there and has a newer site.
    pub fn check(&self) {
        self.machine.borrow().iter().for_each(|machine| machine.check());
    }

    /// Goes on with the newer site, or loads the page anew where none waits.
    pub fn take(&self) {
        match &*self.machine.borrow() {
            Some(machine) => machine.take(),
            None => dom::reload(),
        }
    }

    /// Offers the newer site at another time.
    pub fn later(&self) {
        self.known.dispatch(Change::Offer(None));
    }

    /// Keeps the whole archive, or does so later, or no more.
    pub fn wish(&self, wish: Wish) {
        self.machine.borrow().iter().for_each(|machine| machine.wish(wish));
    }
}

/// The device; it is left alone until the archive is `open`.
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
            // The list comes first, and asks for what is soon.
            parts.with_soon(move |soon| {
                let tell = Box::new(move |change| dispatcher.dispatch(change));
                machine.borrow_mut().get_or_insert_with(|| (soon.machine)(tell));
            });
        });
    }
    Handle { known, machine }
}

/// Which articles are kept, as long as only those can be had. `again` is called when all can be had again.
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
