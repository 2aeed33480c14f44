//! Offline controller: downloads, host checks, updates.

use super::{Dispatch, OfflineController};
use crate::app::services::dom;
use crate::app::services::service_worker::{
    WorkerReply, cached_paths, container, register, send_request, with_timeout,
};
use crate::view_model::{CachePolicy, DownloadError, DownloadProgress, OfflineEvent, SiteUpdate};
use gloo::events::EventListener;
use gloo::timers::future::TimeoutFuture;
use js_sys::Date;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    PerformanceEntry, RequestCache, RequestInit, ServiceWorker, ServiceWorkerRegistration, StorageEstimate,
};
use yew::platform::spawn_local;

/// The first list loads before the service worker.
const REGISTRATION_DELAY_MS: u32 = 1_500;
/// Interval between checks for an update while the page is used.
const UPDATE_CHECK_INTERVAL_MS: f64 = 15.0 * 60_000.0;
/// Interval between checks while the host is unreachable.
const OFFLINE_CHECK_INTERVAL_MS: u32 = 20_000;
/// Timeout after which the host counts as unreachable.
const HOST_TIMEOUT_MS: u32 = 10_000;

/// State of the controller; its listeners live as long as the page.
struct ControllerState {
    dispatch: Dispatch,
    registration: RefCell<Option<ServiceWorkerRegistration>>,
    progress: Cell<DownloadProgress>,
    is_offline: Cell<bool>,
    /// Set while a download loop is running.
    is_downloading: Cell<bool>,
    /// Set while a check is running.
    is_checking: Cell<bool>,
    /// Time of the last check, in milliseconds since 1970.
    last_check: Cell<f64>,
    /// Reason for a pending takeover by a new worker.
    takeover: Cell<TakeoverMode>,
}

#[derive(Clone, Copy, PartialEq)]
enum TakeoverMode {
    None,
    /// It serves the same site: the page stays.
    SameSite,
    /// It serves a newer site: the page reloads.
    NewerSite,
}

/// Starts the controller; `tell` receives the events. Does nothing without service workers.
pub fn start_controller(tell: Dispatch) -> Box<dyn OfflineController> {
    let controller = Rc::new(ControllerState {
        dispatch: tell,
        registration: RefCell::default(),
        progress: Cell::default(),
        is_offline: Cell::new(false),
        is_downloading: Cell::new(false),
        is_checking: Cell::new(false),
        last_check: Cell::new(0.0),
        takeover: Cell::new(TakeoverMode::None),
    });
    let starting = controller.clone();
    spawn_local(async move {
        // Without a worker the page still works online.
        let _ = starting.init().await;
    });
    Box::new(controller)
}

impl OfflineController for Rc<ControllerState> {
    fn request_check(&self) {
        self.schedule_check();
    }

    fn apply_update(&self) {
        let Some((_, waiting)) = self.workers() else { return dom::reload() };
        self.takeover.set(TakeoverMode::NewerSite);
        spawn_local(async move {
            let _ = send_request(&waiting, "take", ("", "")).await;
        });
    }

    fn set_cache_policy(&self, policy: CachePolicy) {
        let controller = self.clone();
        spawn_local(async move {
            if let Err(error) = controller.change_policy(policy).await {
                (controller.dispatch)(OfflineEvent::Failed(error));
            }
        });
    }
}

impl ControllerState {
    async fn init(self: &Rc<Self>) -> Result<(), JsValue> {
        let Some(container) = container() else { return Ok(()) };
        let is_first = container.controller().is_none();
        if is_first {
            TimeoutFuture::new(REGISTRATION_DELAY_MS).await;
        }
        let registration = register(&container).await?;
        *self.registration.borrow_mut() = Some(registration.clone());
        self.listen(&container, &registration, !is_first);
        JsFuture::from(container.ready()?).await?;
        let active = registration.active().ok_or("no worker")?;
        if is_first {
            send_request(&active, "read", ("paths", &fetched_paths())).await?;
        }
        self.read_worker_state(&send_request(&active, "state", ("", "")).await?);
        self.check_host().await;
        Ok(())
    }

    fn listen(
        self: &Rc<Self>,
        container: &web_sys::ServiceWorkerContainer,
        registration: &ServiceWorkerRegistration,
        mut controlled: bool,
    ) {
        let controller = self.clone();
        let taken = EventListener::new(container, "controllerchange", move |_| {
            match controller.takeover.replace(TakeoverMode::None) {
                TakeoverMode::NewerSite => dom::reload(),
                TakeoverMode::None if controlled => {
                    (controller.dispatch)(OfflineEvent::UpdateOffer(Some(SiteUpdate::ActiveInOtherTab)))
                }
                _ => {}
            }
            controlled = true;
        });
        let controller = self.clone();
        let found =
            EventListener::new(registration, "updatefound", move |_| controller.watch_installing_worker());
        taken.forget();
        found.forget();
        let Some(window) = dom::window() else { return };
        for (event, target) in [
            ("online", window.clone().unchecked_into::<web_sys::EventTarget>()),
            ("offline", window.clone().unchecked_into()),
            ("visibilitychange", dom::document().map_or(window.into(), |document| document.into())),
        ] {
            let controller = self.clone();
            EventListener::new(&target, event, move |_| {
                let due = Date::now() - controller.last_check.get() > UPDATE_CHECK_INTERVAL_MS;
                if event != "visibilitychange" || controller.is_offline.get() || due {
                    controller.schedule_check();
                }
            })
            .forget();
        }
    }

    /// Waits for the installing worker.
    fn watch_installing_worker(self: &Rc<Self>) {
        let installing = self.registration.borrow().as_ref().and_then(|it| it.installing());
        let Some(worker) = installing else { return };
        let controller = self.clone();
        let target = worker.clone();
        EventListener::new(&target, "statechange", move |_| {
            if worker.state() == web_sys::ServiceWorkerState::Installed {
                controller.schedule_offer();
            }
        })
        .forget();
    }

    // --- host checks ---

    /// Checks the host for reachability and updates.
    fn schedule_check(self: &Rc<Self>) {
        let controller = self.clone();
        spawn_local(async move { controller.check_host().await });
    }

    async fn check_host(self: &Rc<Self>) {
        let Some(registration) = self.registration.borrow().clone() else { return };
        if self.is_checking.replace(true) {
            return;
        }
        self.last_check.set(Date::now());
        let reached = match registration.update() {
            // The host may be reachable although the worker's file is gone.
            Ok(updating) => {
                with_timeout(HOST_TIMEOUT_MS, updating).await.is_ok() || is_host_reachable().await
            }
            Err(_) => is_host_reachable().await,
        };
        if reached {
            self.enter_online(&registration);
        } else {
            self.enter_offline(&registration).await;
        }
        self.is_checking.set(false);
    }

    fn enter_online(self: &Rc<Self>, registration: &ServiceWorkerRegistration) {
        if self.is_offline.replace(false) {
            (self.dispatch)(OfflineEvent::Connectivity(None));
        }
        if registration.waiting().is_some() {
            self.schedule_offer();
        }
        self.resume_download();
    }

    async fn enter_offline(self: &Rc<Self>, registration: &ServiceWorkerRegistration) {
        let Some(active) = registration.active() else { return };
        let Ok(kept) = cached_paths(&active).await else { return };
        let was_away = self.is_offline.replace(true);
        (self.dispatch)(OfflineEvent::Connectivity(Some(Rc::new(kept))));
        if !was_away {
            let controller = self.clone();
            spawn_local(async move {
                while controller.is_offline.get() {
                    TimeoutFuture::new(OFFLINE_CHECK_INTERVAL_MS).await;
                    let hidden = dom::document().is_some_and(|document| document.hidden());
                    if controller.is_offline.get() && !hidden {
                        controller.check_host().await;
                    }
                }
            });
        }
    }

    // --- updates ---

    fn schedule_offer(self: &Rc<Self>) {
        let controller = self.clone();
        spawn_local(async move {
            // An interrupted offer is repeated at the next check.
            let _ = controller.offer_update().await;
        });
    }

    /// Offers the waiting worker after it has downloaded what the reader keeps offline.
    async fn offer_update(self: &Rc<Self>) -> Result<(), JsValue> {
        let Some((active, waiting)) = self.workers() else { return Ok(()) };
        let old = send_request(&active, "state", ("", "")).await?;
        let new = send_request(&waiting, "state", ("", "")).await?;
        if old.text("version") == new.text("version") {
            self.takeover.set(TakeoverMode::SameSite);
            return send_request(&waiting, "take", ("", "")).await.map(drop);
        }
        let mut left = new.number_field("left").unwrap_or_default();
        while cache_policy(&new) == CachePolicy::WholeArchive && left > 0.0 {
            let answer = send_request(&waiting, "keep", ("", "")).await?;
            match answer.text("error").as_deref() {
                // On a full device the update is offered anyway, so that the site does not stay outdated.
                Some("QuotaExceededError") => break,
                Some(_) => return Ok(()),
                None => left = answer.number_field("left").unwrap_or_default(),
            }
            if answer.text("wish").as_deref() != Some("on") {
                break;
            }
        }
        let count = |answer: &WorkerReply| answer.number_field("articles").unwrap_or_default();
        let more = (count(&new) - count(&old)).max(0.0) as u32;
        (self.dispatch)(OfflineEvent::UpdateOffer(Some(SiteUpdate::Ready(more))));
        Ok(())
    }

    fn workers(&self) -> Option<(ServiceWorker, ServiceWorker)> {
        let registration = self.registration.borrow();
        let registration = registration.as_ref()?;
        Some((registration.active()?, registration.waiting()?))
    }

    // --- download of the whole archive ---

    async fn change_policy(self: &Rc<Self>, policy: CachePolicy) -> Result<(), DownloadError> {
        let Some(active) = self.registration.borrow().as_ref().and_then(|it| it.active()) else {
            return Ok(());
        };
        if policy == CachePolicy::WholeArchive
            && let Some(room) = available_bytes().await
            && !self.progress.get().fits_in(room)
        {
            return Err(DownloadError::QuotaExceeded(room));
        }
        let asked = match policy {
            CachePolicy::WholeArchive => send_request(&active, "wish", ("wish", "on")).await,
            CachePolicy::Paused => send_request(&active, "wish", ("wish", "paused")).await,
            CachePolicy::OnRead => send_request(&active, "drop", ("", "")).await,
        };
        let asked = asked.map_err(|_| DownloadError::Network)?;
        if asked.text("error").is_some() {
            // Not even the setting could be stored.
            return Err(DownloadError::QuotaExceeded(available_bytes().await.unwrap_or_default()));
        }
        self.read_worker_state(&asked);
        self.resume_download();
        Ok(())
    }

    /// Reads the state reported by a worker.
    fn read_worker_state(&self, state: &WorkerReply) {
        if state.text("error").is_some() {
            return;
        }
        let bytes = |name| state.number_field(name).filter(|bytes| *bytes >= 0.0).map(|bytes| bytes as u64);
        let keeping = DownloadProgress {
            policy: cache_policy(state),
            core_bytes: bytes("core").unwrap_or_default(),
            archive_bytes: bytes("files").unwrap_or_default(),
            remaining_bytes: bytes("left"),
            error: None,
        };
        self.progress.set(keeping);
        (self.dispatch)(OfflineEvent::Progress(keeping));
    }

    /// Resumes the download if the whole archive is wanted.
    fn resume_download(self: &Rc<Self>) {
        let wanted = self.progress.get().policy == CachePolicy::WholeArchive
            && self.progress.get().remaining_bytes != Some(0);
        if !wanted || self.is_downloading.replace(true) {
            return;
        }
        let controller = self.clone();
        spawn_local(async move {
            if let Err(error) = controller.download().await {
                (controller.dispatch)(OfflineEvent::Failed(error));
                if error == DownloadError::Network {
                    controller.schedule_check();
                }
            }
            controller.is_downloading.set(false);
        });
    }

    async fn download(&self) -> Result<(), DownloadError> {
        while self.progress.get().policy == CachePolicy::WholeArchive {
            let active = self.registration.borrow().as_ref().and_then(|it| it.active());
            let active = active.ok_or(DownloadError::Network)?;
            let answer = send_request(&active, "keep", ("", "")).await.map_err(|_| DownloadError::Network)?;
            let left = answer.number_field("left").map(|left| left as u64);
            match (answer.text("error").as_deref(), left) {
                (Some("QuotaExceededError"), _) => {
                    return Err(DownloadError::QuotaExceeded(available_bytes().await.unwrap_or_default()));
                }
                (None, Some(left)) => {
                    self.progress
                        .set(DownloadProgress { remaining_bytes: Some(left), ..self.progress.get() });
                    (self.dispatch)(OfflineEvent::Remaining(left));
                    // Another tab may have paused the download.
                    if left == 0 || answer.text("wish").as_deref() != Some("on") {
                        return Ok(());
                    }
                }
                _ => return Err(DownloadError::Network),
            }
        }
        Ok(())
    }
}

fn cache_policy(state: &WorkerReply) -> CachePolicy {
    match state.text("wish").as_deref() {
        Some("on") => CachePolicy::WholeArchive,
        Some("paused") => CachePolicy::Paused,
        _ => CachePolicy::OnRead,
    }
}

/// Returns true if the host answers at all.
async fn is_host_reachable() -> bool {
    let options = RequestInit::new();
    options.set_cache(RequestCache::NoStore);
    options.set_method("HEAD");
    let Some(window) = dom::window() else { return true };
    with_timeout(HOST_TIMEOUT_MS, window.fetch_with_str_and_init("./sw.js", &options)).await.is_ok()
}

/// Returns the available bytes, if known, and asks the browser for persistent storage.
async fn available_bytes() -> Option<u64> {
    let storage = dom::window()?.navigator().storage();
    if !storage.is_object() {
        return None;
    }
    // A browser that refuses may evict the cache later without notice.
    if let Ok(asking) = storage.persist() {
        let _ = with_timeout(HOST_TIMEOUT_MS, asking).await;
    }
    let estimate: StorageEstimate =
        with_timeout(HOST_TIMEOUT_MS, storage.estimate().ok()?).await.ok()?.unchecked_into();
    Some((estimate.get_quota()? - estimate.get_usage()?).max(0.0) as u64)
}

/// Returns the files that the page has fetched, one a line, relative to the page.
fn fetched_paths() -> String {
    let base = dom::document().and_then(|document| document.base_uri().ok().flatten()).unwrap_or_default();
    let home = base.split(['#', '?']).next().unwrap_or_default();
    let home = &home[..home.rfind('/').map_or(0, |at| at + 1)];
    let entries = dom::window().and_then(|window| window.performance());
    let entries = entries.map(|performance| performance.get_entries_by_type("resource"));
    let names = entries.iter().flat_map(|entries| entries.iter());
    let names = names.filter_map(|entry| {
        let name = entry.unchecked_into::<PerformanceEntry>().name();
        Some(name.strip_prefix(home)?.to_owned())
    });
    names.collect::<Vec<_>>().join("\n")
}
