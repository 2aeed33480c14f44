//! Talking with the worker that keeps the site; what it can be asked for stands in `site/worker.js`.

use crate::app::dom;
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

/// The worker's file beside the page.
const WORKER: &str = "./sw.js";
/// How long a browser takes to find a worker registered that is there.
const BUSY_MS: u32 = 3_000;
/// An answer that has not come by then does not come: the browser has ended the worker.
const PATIENCE_MS: u32 = 60_000;

/// Where workers are had, if the browser has them here and the page is one that is kept.
pub fn container() -> Option<ServiceWorkerContainer> {
    let navigator = dom::window()?.navigator();
    let linked = dom::element("link[rel=manifest]").is_some();
    let there = Reflect::get(&navigator, &"serviceWorker".into()).is_ok_and(|there| there.is_object());
    (linked && there).then(|| navigator.service_worker())
}

/// Registers the worker, or finds it registered. WebKit may be busy for long with what a page that was left has asked of
/// it; the worker that serves this page is there all the same.
pub async fn register(container: &ServiceWorkerContainer) -> Result<ServiceWorkerRegistration, JsValue> {
    let options = RegistrationOptions::new();
    options.set_update_via_cache(ServiceWorkerUpdateViaCache::None);
    // By its name, since an address that is trusted is no text any more.
    let register = function(container, "register")?;
    let registering = register.call2(container, &trusted(WORKER)?, &options)?;
    let registering: Promise = registering.unchecked_into();
    if container.controller().is_some()
        && within(BUSY_MS, registering.clone()).await.is_err()
        && let Ok(ready) = JsFuture::from(container.ready()?).await?.dyn_into::<ServiceWorkerRegistration>()
        // Not the worker of a site that lies in a folder above.
        && dom::site().rsplit_once('/').is_some_and(|(folder, _)| ready.scope().trim_end_matches('/') == folder)
    {
        return Ok(ready);
    }
    JsFuture::from(registering).await?.dyn_into()
}

/// `url` as the page's policy wants the address of a script, by the one policy of trusted types that it allows.
fn trusted(url: &str) -> Result<JsValue, JsValue> {
    let types = Reflect::get(&js_sys::global(), &"trustedTypes".into())?;
    if !types.is_object() {
        return Ok(url.into());
    }
    let same = Closure::<dyn Fn(JsValue) -> JsValue>::new(|url| url).into_js_value();
    let rules = Object::new();
    Reflect::set(&rules, &"createScriptURL".into(), &same)?;
    let policy = function(&types, "createPolicy")?.call2(&types, &"sheaf".into(), &rules)?;
    function(&policy, "createScriptURL")?.call1(&policy, &url.into())
}

fn function(of: &JsValue, name: &str) -> Result<Function, JsValue> {
    Reflect::get(of, &name.into())?.dyn_into()
}

/// What a worker has answered.
pub struct Answer(JsValue);

impl Answer {
    /// A number in it.
    pub fn number(&self, name: &str) -> Option<f64> {
        Reflect::get(&self.0, &name.into()).ok()?.as_f64()
    }

    /// A text in it.
    pub fn text(&self, name: &str) -> Option<String> {
        Reflect::get(&self.0, &name.into()).ok()?.as_string()
    }
}

/// Asks a worker for something, with a value under a name if it needs one.
pub async fn ask(worker: &ServiceWorker, what: &str, with: (&str, &str)) -> Result<Answer, JsValue> {
    let channel = MessageChannel::new()?;
    let message = Object::new();
    Reflect::set(&message, &"do".into(), &what.into())?;
    Reflect::set(&message, &with.0.into(), &with.1.into())?;
    let answering = Promise::new(&mut |answer, _| channel.port1().set_onmessage(Some(&answer)));
    worker.post_message_with_transferable(&message, &Array::of1(&channel.port2()))?;
    let answer = within(PATIENCE_MS, answering).await?;
    channel.port1().close();
    Ok(Answer(answer.dyn_into::<MessageEvent>()?.data()))
}

/// Returns the files of the archive that `worker` has cached.
pub async fn cached_paths(worker: &ServiceWorker) -> Result<HashSet<String>, JsValue> {
    let answer = ask(worker, "kept", ("", "")).await?;
    Ok(answer.text("paths").unwrap_or_default().lines().map(str::to_owned).collect())
}

/// Returns the files of the archive that the worker of this page has cached, whether or not the host answers.
pub async fn cached_files() -> HashSet<String> {
    match container().and_then(|container| container.controller()) {
        Some(worker) => cached_paths(&worker).await.unwrap_or_default(),
        None => HashSet::new(),
    }
}

/// What a promise brings, if it does so in time.
pub async fn within(ms: u32, promise: Promise) -> Result<JsValue, JsValue> {
    match select(pin!(JsFuture::from(promise)), TimeoutFuture::new(ms)).await {
        Either::Left((outcome, _)) => outcome,
        Either::Right(_) => Err("no answer".into()),
    }
}
