//! Client of the service worker; its messages are defined in `site/worker.js`.

use crate::app::js_objects::Fields;
use crate::app::services::dom;
use futures_util::future::{Either, select};
use gloo::timers::future::TimeoutFuture;
use js_sys::{Array, Promise};
use std::collections::HashSet;
use std::pin::pin;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    MessageChannel, MessageEvent, RegistrationOptions, ServiceWorker, ServiceWorkerContainer,
    ServiceWorkerRegistration, ServiceWorkerUpdateViaCache,
};

#[wasm_bindgen]
extern "C" {
    type TrustedWindow;
    #[wasm_bindgen(method, getter, js_name = trustedTypes)]
    fn trusted_types(this: &TrustedWindow) -> Option<TrustedTypes>;

    type TrustedTypes;
    #[wasm_bindgen(method, catch, js_name = createPolicy)]
    fn create_policy(this: &TrustedTypes, name: &str, rules: &Fields) -> Result<TrustedPolicy, JsValue>;

    type TrustedPolicy;
    #[wasm_bindgen(method, catch, js_name = createScriptURL)]
    fn create_script_url(this: &TrustedPolicy, url: &str) -> Result<JsValue, JsValue>;

    type TrustedWorkerContainer;
    // The binding of web-sys takes a string only, and a trusted URL is none.
    #[wasm_bindgen(method, catch)]
    fn register(
        this: &TrustedWorkerContainer,
        url: &JsValue,
        options: &RegistrationOptions,
    ) -> Result<Promise, JsValue>;
}

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
    let container = navigator.service_worker();
    (linked && container.is_object()).then_some(container)
}

/// Registers the worker. WebKit may block for long on requests of a previous page; the worker that controls
/// this page is then used.
pub async fn register(container: &ServiceWorkerContainer) -> Result<ServiceWorkerRegistration, JsValue> {
    let options = RegistrationOptions::new();
    options.set_update_via_cache(ServiceWorkerUpdateViaCache::None);
    let container_of_trusted = container.unchecked_ref::<TrustedWorkerContainer>();
    let registering = container_of_trusted.register(&trusted_script_url(WORKER_PATH)?, &options)?;
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
    let window = dom::window().ok_or("no window")?;
    let Some(types) = window.unchecked_ref::<TrustedWindow>().trusted_types() else { return Ok(url.into()) };
    let rules = Fields::default();
    rules.set("createScriptURL", Closure::<dyn Fn(JsValue) -> JsValue>::new(|url| url).into_js_value());
    types.create_policy("sheaf", &rules)?.create_script_url(url)
}

/// Reply of a worker.
pub struct WorkerReply(Fields);

impl WorkerReply {
    pub fn number_field(&self, name: &str) -> Option<f64> {
        self.0.get(name).as_f64()
    }

    pub fn text(&self, name: &str) -> Option<String> {
        self.0.get(name).as_string()
    }
}

/// Sends a request to a worker, with a named argument if needed.
pub async fn send_request(
    worker: &ServiceWorker,
    what: &str,
    with: (&str, &str),
) -> Result<WorkerReply, JsValue> {
    let channel = MessageChannel::new()?;
    let message = Fields::default();
    message.set("do", what);
    message.set(with.0, with.1);
    let answering = Promise::new(&mut |answer, _| channel.port1().set_onmessage(Some(&answer)));
    worker.post_message_with_transferable(&message, &Array::of1(&channel.port2()))?;
    let answer = with_timeout(REPLY_TIMEOUT_MS, answering).await?;
    channel.port1().close();
    Ok(WorkerReply(answer.dyn_into::<MessageEvent>()?.data().dyn_into()?))
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
