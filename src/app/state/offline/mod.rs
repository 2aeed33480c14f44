//! Offline use: cached articles, notices, updates.
//!
//! The service worker (`site/worker.js`) caches files; [`controller`] is its client, and components use an
//! [`OfflineContext`].

pub mod controller;

use crate::app::lazy::{ChunkKind, ChunksContext};
use crate::app::services::rc_eq::{ArchiveHandle, RcEq};
use crate::app::services::{dom, use_effect_with, use_shared};
use crate::app::state::lookup_fns;
use crate::view_model::{CachePolicy, OfflineEvent, OfflineState};
pub use controller::start_controller;
use std::cell::RefCell;
use std::ops::Deref;
use std::rc::Rc;
use yew::platform::spawn_local;
use yew::prelude::*;

/// Offline controller.
pub trait OfflineController {
    /// Checks the host for reachability and updates.
    fn request_check(&self);
    /// Applies the update.
    fn apply_update(&self);
    /// Sets the cache policy: download everything, pause, or only what is read.
    fn set_cache_policy(&self, wish: CachePolicy);
}

/// Receives the events of the controller.
pub type Dispatch = Box<dyn Fn(OfflineEvent)>;

/// Function of a chunk that starts the controller.
pub type StartControllerFn = fn(Dispatch) -> Box<dyn OfflineController>;

/// Context with the offline state and its actions.
#[derive(Clone)]
pub struct OfflineContext {
    state: UseReducerHandle<OfflineReducer>,
    controller: Rc<RefCell<Option<Box<dyn OfflineController>>>>,
}

#[derive(Default, PartialEq)]
struct OfflineReducer(OfflineState);

impl Reducible for OfflineReducer {
    type Action = OfflineEvent;

    fn reduce(self: Rc<Self>, change: OfflineEvent) -> Rc<OfflineReducer> {
        Rc::new(OfflineReducer(self.0.apply(change)))
    }
}

impl PartialEq for OfflineContext {
    fn eq(&self, other: &OfflineContext) -> bool {
        self.state == other.state
    }
}

impl Deref for OfflineContext {
    type Target = OfflineState;

    fn deref(&self) -> &OfflineState {
        &self.state.0
    }
}

impl OfflineContext {
    pub fn request_check(&self) {
        self.controller.borrow().iter().for_each(|machine| machine.request_check());
    }

    /// Applies the update, or reloads the page if none is waiting.
    pub fn apply_update(&self) {
        match &*self.controller.borrow() {
            Some(machine) => machine.apply_update(),
            None => dom::reload(),
        }
    }

    /// Postpones the update.
    pub fn postpone_update(&self) {
        self.state.dispatch(OfflineEvent::UpdateOffer(None));
    }

    pub fn set_cache_policy(&self, wish: CachePolicy) {
        self.controller.borrow().iter().for_each(|machine| machine.set_cache_policy(wish));
    }
}

/// Creates the context; the controller starts when the archive is `open`.
#[hook]
pub fn use_offline(open: bool, parts: &ChunksContext) -> OfflineContext {
    let known = use_reducer_eq(OfflineReducer::default);
    let machine = use_mut_ref(|| None::<Box<dyn OfflineController>>);
    {
        let (machine, dispatcher, parts) = (machine.clone(), known.dispatcher(), parts.clone());
        use_effect_with(open, move |&open| {
            if !open || machine.borrow().is_some() {
                return;
            }
            // The list loads first, and requests the chunk of the controller.
            parts.on_loaded(ChunkKind::Reader, move |chunk| {
                let tell = Box::new(move |change| dispatcher.dispatch(change));
                if let Some(start) = chunk.get::<StartControllerFn>() {
                    machine.borrow_mut().get_or_insert_with(|| start(tell));
                }
            });
        });
    }
    OfflineContext { state: known, controller: machine }
}

/// Returns the mask of cached articles while only those are available; `again` is called when the host is
/// back.
#[hook]
pub fn use_offline_articles(archive: &ArchiveHandle, again: impl Fn() + 'static) -> Option<RcEq<Vec<bool>>> {
    let away = use_shared::<OfflineContext>().and_then(|handle| handle.offline_files.clone());
    let chunks = use_shared::<ChunksContext>();
    let kept = use_state(|| None);
    {
        let kept = kept.setter();
        use_effect_with((archive.clone(), away), move |(archive, away)| {
            archive.store().set_offline_files(away.clone());
            let archive = archive.clone();
            if let Some(chunks) = chunks.filter(|_| away.is_some()) {
                spawn_local(async move {
                    // The controller, which says that the host is away, is in the same chunk.
                    let Some(fns) = lookup_fns(&chunks).await else { return };
                    kept.set(Some(RcEq::new((fns.cached_articles)(archive).await)));
                });
            } else {
                kept.set(None);
                again();
            }
        });
    }
    (*kept).clone()
}
