//! Client of the service worker; its messages are defined in `site/worker.js`.

use crate::app::services::dom;
use futures_util::future::{Either, select};
use gloo::timers::future::TimeoutFuture;
use js_sys::{Array, Function, Object, Promise, Reflect};
use std::collections::HashSet;
use std::pin::pin;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    MessageChannel, MessageEvent, RegistrationOptions, ServiceWorker, ServiceWorkerContainer,
    ServiceWorkerRegistration, ServiceWorkerUpdateViaCache,
};

/// Path of the worker's script.
const WORKER_PATH: &str = "./sw.js";
/// Timeout for finding an existing registration.
const REGISTRATION_TIMEOUT_MS: u32 = 3_000;
/// Timeout for a reply; after it the browser has stopped the worker.
const REPLY_TIMEOUT_MS: u32 = 60_000;

/// Returns the container of service workers, if the browser has one and the page is cacheable.
pub fn container() -> Option<ServiceWorkerContainer> {
    let navigator = dom::window()?.navigator();
    let linked = dom::element("link[rel=manifest]").is_some();
    let there = Reflect::get(&navigator, &"serviceWorker".into()).is_ok_and(|there| there.is_object());
    (linked && there).then(|| navigator.service_worker())
}

/// Registers the worker. WebKit may block for long on requests of a previous page; the worker that controls
/// this page is then used.
pub async fn register(container: &ServiceWorkerContainer) -> Result<ServiceWorkerRegistration, JsValue> {
    let options = RegistrationOptions::new();
    options.set_update_via_cache(ServiceWorkerUpdateViaCache::None);
    // Called by name, since a trusted URL is no string.
    let register = js_method(container, "register")?;
    let registering = register.call2(container, &trusted_script_url(WORKER_PATH)?, &options)?;
    let registering: Promise = registering.unchecked_into();
    if container.controller().is_some()
        && with_timeout(REGISTRATION_TIMEOUT_MS, registering.clone()).await.is_err()
        && let Ok(ready) = JsFuture::from(container.ready()?).await?.dyn_into::<ServiceWorkerRegistration>()
        // Excludes the worker of a site in a parent directory.
        && dom::page_url().rsplit_once('/').is_some_and(|(folder, _)| ready.scope().trim_end_matches('/') == folder)
    {
        return Ok(ready);
    }
    JsFuture::from(registering).await?.dyn_into()
}

/// Converts `url` with the one trusted-types policy that the page allows.
fn trusted_script_url(url: &str) -> Result<JsValue, JsValue> {
    let types = Reflect::get(&js_sys::global(), &"trustedTypes".into())?;
    if !types.is_object() {
        return Ok(url.into());
    }
    let same = Closure::<dyn Fn(JsValue) -> JsValue>::new(|url| url).into_js_value();
    let rules = Object::new();
    Reflect::set(&rules, &"createScriptURL".into(), &same)?;
    let policy = js_method(&types, "createPolicy")?.call2(&types, &"sheaf".into(), &rules)?;
    js_method(&policy, "createScriptURL")?.call1(&policy, &url.into())
}

fn js_method(of: &JsValue, name: &str) -> Result<Function, JsValue> {
    Reflect::get(of, &name.into())?.dyn_into()
}

/// Reply of a worker.
pub struct WorkerReply(JsValue);

impl WorkerReply {
    pub fn number_field(&self, name: &str) -> Option<f64> {
        Reflect::get(&self.0, &name.into()).ok()?.as_f64()
    }

    pub fn text(&self, name: &str) -> Option<String> {
        Reflect::get(&self.0, &name.into()).ok()?.as_string()
    }
}

/// Sends a request to a worker, with a named argument if needed.
pub async fn send_request(
    worker: &ServiceWorker,
    what: &str,
    with: (&str, &str),
) -> Result<WorkerReply, JsValue> {
    let channel = MessageChannel::new()?;
    let message = Object::new();
    Reflect::set(&message, &"do".into(), &what.into())?;
    Reflect::set(&message, &with.0.into(), &with.1.into())?;
    let answering = Promise::new(&mut |answer, _| channel.port1().set_onmessage(Some(&answer)));
    worker.post_message_with_transferable(&message, &Array::of1(&channel.port2()))?;
    let answer = with_timeout(REPLY_TIMEOUT_MS, answering).await?;
    channel.port1().close();
    Ok(WorkerReply(answer.dyn_into::<MessageEvent>()?.data()))
}

/// Returns the files of the archive that `worker` has cached.
pub async fn cached_paths(worker: &ServiceWorker) -> Result<HashSet<String>, JsValue> {
    let answer = send_request(worker, "kept", ("", "")).await?;
    Ok(answer.text("paths").unwrap_or_default().lines().map(str::to_owned).collect())
}

/// Returns the files of the archive that the worker of this page has cached, whether or not the host answers.
pub async fn cached_files() -> HashSet<String> {
    match container().and_then(|container| container.controller()) {
        Some(worker) => cached_paths(&worker).await.unwrap_or_default(),
        None => HashSet::new(),
    }
}

/// Returns the value of a promise, or `None` after the timeout.
pub async fn with_timeout(ms: u32, promise: Promise) -> Result<JsValue, JsValue> {
    match select(pin!(JsFuture::from(promise)), TimeoutFuture::new(ms)).await {
        Either::Left((outcome, _)) => outcome,
        Either::Right(_) => Err("no answer".into()),
    }
}
