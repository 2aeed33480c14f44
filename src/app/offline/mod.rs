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

use super::handle::{Archive, Shared};
use crate::app::hooks::use_effect_with;
use crate::view::{Change, Device, Wish};
use machine::Machine;
use std::cell::RefCell;
use std::ops::Deref;
use std::rc::Rc;
use yew::platform::spawn_local;
use yew::prelude::*;

/// What is known of the device, and what can be done about it.
#[derive(Clone)]
pub struct Handle {
    known: UseReducerHandle<Known>,
    machine: Rc<RefCell<Option<Rc<Machine>>>>,
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
    fn with(&self, act: impl FnOnce(&Rc<Machine>)) {
        if let Some(machine) = &*self.machine.borrow() {
            act(machine);
        }
    }

    /// Looks whether the host is there and has a newer site.
    pub fn check(&self) {
        self.with(Machine::check_soon);
    }

    /// Goes on with the newer site.
    pub fn take(&self) {
        self.with(Machine::take);
    }

    /// Offers the newer site at another time.
    pub fn later(&self) {
        self.known.dispatch(Change::Offer(None));
    }

    /// Keeps the whole archive, or does so later, or no more.
    pub fn wish(&self, wish: Wish) {
        self.with(|machine| machine.wish(wish));
    }
}

/// The device; it is left alone until the archive is `open`.
#[hook]
pub fn use_device(open: bool) -> Handle {
    let known = use_reducer_eq(Known::default);
    let machine = use_mut_ref(|| None::<Rc<Machine>>);
    {
        let (machine, dispatcher) = (machine.clone(), known.dispatcher());
        use_effect_with(open, move |&open| {
            if open && machine.borrow().is_none() {
                let started = Machine::start(move |change| dispatcher.dispatch(change));
                *machine.borrow_mut() = Some(started);
            }
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
