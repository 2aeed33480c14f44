//! Offline controller: downloads, host checks, updates.

use super::worker::{Answer, ask, cached_paths, container, register, within};
use super::{Machine, Tell};
use crate::app::dom;
use crate::view::{Change, Keeping, Trouble, Update, Wish};
use gloo::events::EventListener;
use gloo::timers::future::TimeoutFuture;
use js_sys::{Date, Reflect};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    PerformanceEntry, RequestCache, RequestInit, ServiceWorker, ServiceWorkerRegistration, StorageEstimate,
};
use yew::platform::spawn_local;

/// The first list loads before the service worker.
const FIRST_MS: u32 = 1_500;
/// Interval between checks for an update while the page is used.
const CHECK_MS: f64 = 15.0 * 60_000.0;
/// Interval between checks while the host is unreachable.
const AWAY_MS: u32 = 20_000;
/// Timeout after which the host counts as unreachable.
const PATIENCE_MS: u32 = 10_000;

/// State of the controller; its listeners live as long as the page.
struct Works {
    tell: Tell,
    registration: RefCell<Option<ServiceWorkerRegistration>>,
    keeping: Cell<Keeping>,
    is_away: Cell<bool>,
    /// Set while a download loop is running.
    runs: Cell<bool>,
    /// Set while a check is running; `checked` is the time of the last one.
    checks: Cell<bool>,
    checked: Cell<f64>,
    /// Reason for a pending takeover by a new worker.
    taking: Cell<Taking>,
}

#[derive(Clone, Copy, PartialEq)]
enum Taking {
    No,
    /// It serves the same site: the page stays.
    Same,
    /// It serves a newer site: the page reloads.
    Newer,
}

/// Starts the controller; `tell` receives the events. Does nothing without service workers.
pub fn start(tell: Tell) -> Box<dyn Machine> {
    let works = Rc::new(Works {
        tell,
        registration: RefCell::default(),
        keeping: Cell::default(),
        is_away: Cell::new(false),
        runs: Cell::new(false),
        checks: Cell::new(false),
        checked: Cell::new(0.0),
        taking: Cell::new(Taking::No),
    });
    let starting = works.clone();
    spawn_local(async move {
        // Without a worker the page still works online.
        let _ = starting.begin().await;
    });
    Box::new(works)
}

impl Machine for Rc<Works> {
    fn check(&self) {
        self.check_soon();
    }

    fn take(&self) {
        let Some((_, waiting)) = self.workers() else { return dom::reload() };
        self.taking.set(Taking::Newer);
        spawn_local(async move {
            let _ = ask(&waiting, "take", ("", "")).await;
        });
    }

    fn wish(&self, wish: Wish) {
        let works = self.clone();
        spawn_local(async move {
            if let Err(trouble) = works.try_wish(wish).await {
                (works.tell)(Change::Stopped(trouble));
            }
        });
    }
}

impl Works {
    async fn begin(self: &Rc<Self>) -> Result<(), JsValue> {
        let Some(container) = container() else { return Ok(()) };
        let is_first = container.controller().is_none();
        if is_first {
            TimeoutFuture::new(FIRST_MS).await;
        }
        let registration = register(&container).await?;
        *self.registration.borrow_mut() = Some(registration.clone());
        self.listen(&container, &registration, !is_first);
        JsFuture::from(container.ready()?).await?;
        let active = registration.active().ok_or("no worker")?;
        if is_first {
            ask(&active, "read", ("paths", &read_so_far())).await?;
        }
        self.look(&ask(&active, "state", ("", "")).await?);
        self.look_around().await;
        Ok(())
    }

    fn listen(
        self: &Rc<Self>,
        container: &web_sys::ServiceWorkerContainer,
        registration: &ServiceWorkerRegistration,
        mut controlled: bool,
    ) {
        let machine = self.clone();
        let taken = EventListener::new(container, "controllerchange", move |_| {
            match machine.taking.replace(Taking::No) {
                Taking::Newer => dom::reload(),
                Taking::No if controlled => (machine.tell)(Change::Offer(Some(Update::Elsewhere))),
                _ => {}
            }
            controlled = true;
        });
        let machine = self.clone();
        let found = EventListener::new(registration, "updatefound", move |_| machine.watch());
        taken.forget();
        found.forget();
        let Some(window) = dom::window() else { return };
        for (event, target) in [
            ("online", window.clone().unchecked_into::<web_sys::EventTarget>()),
            ("offline", window.clone().unchecked_into()),
            ("visibilitychange", dom::document().map_or(window.into(), |document| document.into())),
        ] {
            let machine = self.clone();
            EventListener::new(&target, event, move |_| {
                let due = Date::now() - machine.checked.get() > CHECK_MS;
                if event != "visibilitychange" || machine.is_away.get() || due {
                    machine.check_soon();
                }
            })
            .forget();
        }
    }

    /// Waits for the installing worker.
    fn watch(self: &Rc<Self>) {
        let installing = self.registration.borrow().as_ref().and_then(|it| it.installing());
        let Some(worker) = installing else { return };
        let machine = self.clone();
        let target = worker.clone();
        EventListener::new(&target, "statechange", move |_| {
            if worker.state() == web_sys::ServiceWorkerState::Installed {
                machine.offer_soon();
            }
        })
        .forget();
    }

    // --- host checks ---

    /// Checks the host for reachability and updates.
    fn check_soon(self: &Rc<Self>) {
        let machine = self.clone();
        spawn_local(async move { machine.look_around().await });
    }

    async fn look_around(self: &Rc<Self>) {
        let Some(registration) = self.registration.borrow().clone() else { return };
        if self.checks.replace(true) {
            return;
        }
        self.checked.set(Date::now());
        let reached = match registration.update() {
            // The host may be reachable although the worker's file is gone.
            Ok(updating) => within(PATIENCE_MS, updating).await.is_ok() || reached().await,
            Err(_) => reached().await,
        };
        if reached {
            self.back(&registration);
        } else {
            self.leave(&registration).await;
        }
        self.checks.set(false);
    }

    fn back(self: &Rc<Self>, registration: &ServiceWorkerRegistration) {
        if self.is_away.replace(false) {
            (self.tell)(Change::Away(None));
        }
        if registration.waiting().is_some() {
            self.offer_soon();
        }
        self.keep_on();
    }

    async fn leave(self: &Rc<Self>, registration: &ServiceWorkerRegistration) {
        let Some(active) = registration.active() else { return };
        let Ok(kept) = cached_paths(&active).await else { return };
        let was_away = self.is_away.replace(true);
        (self.tell)(Change::Away(Some(Rc::new(kept))));
        if !was_away {
            let machine = self.clone();
            spawn_local(async move {
                while machine.is_away.get() {
                    TimeoutFuture::new(AWAY_MS).await;
                    let hidden = dom::document().is_some_and(|document| document.hidden());
                    if machine.is_away.get() && !hidden {
                        machine.look_around().await;
                    }
                }
            });
        }
    }

    // --- updates ---

    fn offer_soon(self: &Rc<Self>) {
        let machine = self.clone();
        spawn_local(async move {
            // An interrupted offer is repeated at the next check.
            let _ = machine.offer().await;
        });
    }

    /// Offers the waiting worker after it has downloaded what the reader keeps offline.
    async fn offer(self: &Rc<Self>) -> Result<(), JsValue> {
        let Some((active, waiting)) = self.workers() else { return Ok(()) };
        let old = ask(&active, "state", ("", "")).await?;
        let new = ask(&waiting, "state", ("", "")).await?;
        if old.text("version") == new.text("version") {
            self.taking.set(Taking::Same);
            return ask(&waiting, "take", ("", "")).await.map(drop);
        }
        let mut left = new.number("left").unwrap_or_default();
        while wish_of(&new) == Wish::All && left > 0.0 {
            let answer = ask(&waiting, "keep", ("", "")).await?;
            match answer.text("error").as_deref() {
                // On a full device the update is offered anyway, so that the site does not stay outdated.
                Some("QuotaExceededError") => break,
                Some(_) => return Ok(()),
                None => left = answer.number("left").unwrap_or_default(),
            }
            if answer.text("wish").as_deref() != Some("on") {
                break;
            }
        }
        let count = |answer: &Answer| answer.number("articles").unwrap_or_default();
        let more = (count(&new) - count(&old)).max(0.0) as u32;
        (self.tell)(Change::Offer(Some(Update::Ready(more))));
        Ok(())
    }

    fn workers(&self) -> Option<(ServiceWorker, ServiceWorker)> {
        let registration = self.registration.borrow();
        let registration = registration.as_ref()?;
        Some((registration.active()?, registration.waiting()?))
    }

    // --- download of the whole archive ---

    async fn try_wish(self: &Rc<Self>, wish: Wish) -> Result<(), Trouble> {
        let Some(active) = self.registration.borrow().as_ref().and_then(|it| it.active()) else {
            return Ok(());
        };
        if wish == Wish::All
            && let Some(room) = room().await
            && !self.keeping.get().fits(room)
        {
            return Err(Trouble::Room(room));
        }
        let asked = match wish {
            Wish::All => ask(&active, "wish", ("wish", "on")).await,
            Wish::Paused => ask(&active, "wish", ("wish", "paused")).await,
            Wish::Read => ask(&active, "drop", ("", "")).await,
        };
        let asked = asked.map_err(|_| Trouble::Network)?;
        if asked.text("error").is_some() {
            // Not even the setting could be stored.
            return Err(Trouble::Room(room().await.unwrap_or_default()));
        }
        self.look(&asked);
        self.keep_on();
        Ok(())
    }

    /// Reads the state reported by a worker.
    fn look(&self, state: &Answer) {
        if state.text("error").is_some() {
            return;
        }
        let bytes = |name| state.number(name).filter(|bytes| *bytes >= 0.0).map(|bytes| bytes as u64);
        let keeping = Keeping {
            wish: wish_of(state),
            core: bytes("core").unwrap_or_default(),
            files: bytes("files").unwrap_or_default(),
            left: bytes("left"),
            trouble: None,
        };
        self.keeping.set(keeping);
        (self.tell)(Change::Keeping(keeping));
    }

    /// Resumes the download if the whole archive is wanted.
    fn keep_on(self: &Rc<Self>) {
        let wanted = self.keeping.get().wish == Wish::All && self.keeping.get().left != Some(0);
        if !wanted || self.runs.replace(true) {
            return;
        }
        let machine = self.clone();
        spawn_local(async move {
            if let Err(trouble) = machine.keep().await {
                (machine.tell)(Change::Stopped(trouble));
                if trouble == Trouble::Network {
                    machine.check_soon();
                }
            }
            machine.runs.set(false);
        });
    }

    async fn keep(&self) -> Result<(), Trouble> {
        while self.keeping.get().wish == Wish::All {
            let active = self.registration.borrow().as_ref().and_then(|it| it.active());
            let active = active.ok_or(Trouble::Network)?;
            let answer = ask(&active, "keep", ("", "")).await.map_err(|_| Trouble::Network)?;
            let left = answer.number("left").map(|left| left as u64);
            match (answer.text("error").as_deref(), left) {
                (Some("QuotaExceededError"), _) => {
                    return Err(Trouble::Room(room().await.unwrap_or_default()));
                }
                (None, Some(left)) => {
                    self.keeping.set(Keeping { left: Some(left), ..self.keeping.get() });
                    (self.tell)(Change::Left(left));
                    // Another tab may have paused the download.
                    if left == 0 || answer.text("wish").as_deref() != Some("on") {
                        return Ok(());
                    }
                }
                _ => return Err(Trouble::Network),
            }
        }
        Ok(())
    }
}

fn wish_of(state: &Answer) -> Wish {
    match state.text("wish").as_deref() {
        Some("on") => Wish::All,
        Some("paused") => Wish::Paused,
        _ => Wish::Read,
    }
}

/// Returns true if the host answers at all.
async fn reached() -> bool {
    let options = RequestInit::new();
    options.set_cache(RequestCache::NoStore);
    options.set_method("HEAD");
    let Some(window) = dom::window() else { return true };
    within(PATIENCE_MS, window.fetch_with_str_and_init("./sw.js", &options)).await.is_ok()
}

/// Returns the available bytes, if known, and asks the browser for persistent storage.
async fn room() -> Option<u64> {
    let storage = dom::window()?.navigator().storage();
    if !storage.is_object() {
        return None;
    }
    // A browser that refuses may evict the cache later without notice.
    if let Ok(asking) = storage.persist() {
        let _ = within(PATIENCE_MS, asking).await;
    }
    let estimate: StorageEstimate =
        within(PATIENCE_MS, storage.estimate().ok()?).await.ok()?.unchecked_into();
    Some((estimate.get_quota()? - estimate.get_usage()?).max(0.0) as u64)
}

/// Returns the files that the page has fetched, one a line, relative to the page.
fn read_so_far() -> String {
    let base = dom::document().and_then(|document| document.base_uri().ok().flatten()).unwrap_or_default();
    let home = base.split(['#', '?']).next().unwrap_or_default();
    let home = &home[..home.rfind('/').map_or(0, |at| at + 1)];
    let entries = dom::window().and_then(|window| window.performance());
    let entries = entries.map(|performance| performance.get_entries_by_type("resource"));
    let names = entries.iter().flat_map(|entries| entries.iter());
    let names = names.filter_map(|entry| {
        let name = Reflect::get(&entry.unchecked_into::<PerformanceEntry>(), &"name".into()).ok()?;
        Some(name.as_string()?.strip_prefix(home)?.to_owned())
    });
    names.collect::<Vec<_>>().join("\n")
}
