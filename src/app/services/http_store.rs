//! HTTP client for archive files, robust against slow, broken and hostile networks.
//!
//! A request times out after ten seconds without data. It is retried twice, with growing delays.

use crate::app::js_objects::Fields;
use crate::app::services::dom;
use crate::archive::reader::{Store, is_compressed};
use crate::archive::{MANIFEST_FILE, StoreError, StoreErrorKind};
use futures_util::FutureExt;
use futures_util::future::{LocalBoxFuture, WeakShared};
use gloo::timers::callback::Timeout;
use gloo::timers::future::TimeoutFuture;
use js_sys::{Array, IteratorNext, Map, Promise, Uint8Array};
use std::cell::{Cell, RefCell};
use std::collections::{HashMap, HashSet, VecDeque};
use std::rc::Rc;
use std::task::{Poll, Waker};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortController, Blob, ReadableStream, ReadableStreamDefaultReader, RequestCache, RequestInit, Response,
};
use yew::Callback;

#[wasm_bindgen]
extern "C" {
    type DecompressionStream;
    // web-sys lists the class as unstable.
    #[wasm_bindgen(constructor, catch)]
    fn new(format: &str) -> Result<DecompressionStream, JsValue>;
}

const IDLE_TIMEOUT_MS: u32 = 10_000;
const RETRY_DELAYS_MS: [u32; 2] = [1_000, 4_000];

const OFFLINE_NOT_CACHED: &str = "no network, and not kept on this device";
const OFFLINE_CACHE_DAMAGED: &str = "no network, and what this device keeps of it is damaged";
const TOO_LARGE: &str = "it is larger than any file of the archive";

/// Progress of the manifest: bytes received, and the total if the host reports it.
pub type BytesReceived = (usize, Option<usize>);

/// Maximum number of concurrent requests.
const MAX_CONCURRENT_REQUESTS: usize = 6;
/// Interval without requests before low-priority requests start.
const QUIET_INTERVAL_MS: u32 = 100;

/// Archive on a static host at the page's address. Concurrent reads of one file share a request.
pub struct HttpStore {
    client: Rc<HttpClient>,
    inflight: RefCell<HashMap<String, InflightRequest>>,
}

type FetchOutcome = Result<Rc<Vec<u8>>, StoreError>;
/// In-flight request, cancelled when the last reader drops it.
type InflightRequest = WeakShared<LocalBoxFuture<'static, FetchOutcome>>;

struct HttpClient {
    on_progress: Callback<BytesReceived>,
    on_missing: Callback<()>,
    on_unreachable: Callback<()>,
    /// Cached files, while the host is unreachable.
    offline_files: RefCell<Option<Rc<HashSet<String>>>>,
    /// Set after the first request for the manifest: later ones bypass the cache.
    is_manifest_requested: Cell<bool>,
    active_requests: Cell<usize>,
    /// Tasks waiting for a request to end.
    permit_waiters: RefCell<VecDeque<Waker>>,
    /// Failed attempts so far, and the tasks that wait for the next one.
    failures: Cell<u32>,
    failure_wakers: RefCell<Vec<Waker>>,
}

impl HttpStore {
    /// Opens the archive at the page's address. `arrived` receives the progress of the manifest. `missing` is
    /// called when a file of the archive is gone, as after a new deployment. `failing` is called when the
    /// host does not answer.
    pub fn new(arrived: Callback<BytesReceived>, missing: Callback<()>, failing: Callback<()>) -> HttpStore {
        let (opened, requests, waiting) = (Cell::new(false), Cell::new(0), RefCell::default());
        let kept = RefCell::default();
        let (failures, failure_wakers) = (Cell::new(0), RefCell::default());
        let host = Rc::new(HttpClient {
            on_progress: arrived,
            on_missing: missing,
            on_unreachable: failing,
            offline_files: kept,
            is_manifest_requested: opened,
            active_requests: requests,
            permit_waiters: waiting,
            failures,
            failure_wakers,
        });
        HttpStore { client: host, inflight: RefCell::default() }
    }

    /// Waits until no request has been in flight for a moment; for requests of low priority.
    pub async fn wait_until_idle(&self) {
        let mut rested = if self.client.active_requests.get() == 0 { 2 } else { 0 };
        while rested < 2 {
            TimeoutFuture::new(QUIET_INTERVAL_MS).await;
            rested = if self.client.active_requests.get() == 0 { rested + 1 } else { 0 };
        }
    }

    /// Resolves when the next attempt to fetch a file fails, before it is repeated.
    pub async fn next_failure(&self) {
        let before = self.client.failures.get();
        std::future::poll_fn(|context| {
            if self.client.failures.get() != before {
                return Poll::Ready(());
            }
            let mut wakers = self.client.failure_wakers.borrow_mut();
            if !wakers.iter().any(|waker| waker.will_wake(context.waker())) {
                wakers.push(context.waker().clone());
            }
            Poll::Pending
        })
        .await;
    }

    /// Says that the host cannot be reached, and which files the device keeps; or that it can.
    pub fn set_offline_files(&self, kept: Option<Rc<HashSet<String>>>) {
        *self.client.offline_files.borrow_mut() = kept;
    }
}

impl Store for HttpStore {
    async fn read(&self, path: &str, limit: usize) -> Result<Vec<u8>, StoreError> {
        let known = self.inflight.borrow().get(path).and_then(WeakShared::upgrade);
        let under_way = known.unwrap_or_else(|| {
            let (host, owned) = (self.client.clone(), path.to_owned());
            let future = async move { host.read(&owned, limit, false).await.map(Rc::new) };
            let under_way = future.boxed_local().shared();
            // The future is not polled yet, so it is not complete.
            self.inflight.borrow_mut().extend(under_way.downgrade().map(|weak| (path.to_owned(), weak)));
            under_way
        });
        let outcome = under_way.await;
        self.inflight.borrow_mut().remove(path);
        outcome.map(Rc::unwrap_or_clone)
    }

    async fn read_uncached(&self, path: &str, limit: usize) -> Result<Vec<u8>, StoreError> {
        self.client.read(path, limit, true).await
    }

    fn is_cached(&self, path: &str) -> bool {
        self.client.offline_files.borrow().as_ref().is_some_and(|kept| kept.contains(path))
    }

    async fn pause(&self) {
        TimeoutFuture::new(0).await;
    }
}

impl HttpClient {
    /// Waits for a permit to make a request.
    async fn acquire_permit(&self) -> RequestPermit<'_> {
        std::future::poll_fn(|context| {
            if self.active_requests.get() < MAX_CONCURRENT_REQUESTS {
                self.active_requests.set(self.active_requests.get() + 1);
                return Poll::Ready(RequestPermit(self));
            }
            self.permit_waiters.borrow_mut().push_back(context.waker().clone());
            Poll::Pending
        })
        .await
    }

    /// Reads a file with retries; the flag skips the caches of browser and device.
    async fn read(&self, path: &str, limit: usize, anew: bool) -> Result<Vec<u8>, StoreError> {
        let entry = path == MANIFEST_FILE;
        let silent = Callback::noop();
        let arrived = if entry { &self.on_progress } else { &silent };
        let mut failures = 0;
        loop {
            // The manifest is cached with the page, if anything is.
            let is_kept = |kept: &Rc<HashSet<String>>| kept.contains(path);
            let is_away =
                self.offline_files.borrow().as_ref().is_some_and(|kept| !entry && (anew || !is_kept(kept)));
            if is_away {
                let reason = if anew { OFFLINE_CACHE_DAMAGED } else { OFFLINE_NOT_CACHED };
                return Err(StoreError::new(path, StoreErrorKind::Offline, reason));
            }
            let cache = match (
                entry,
                self.is_manifest_requested.replace(self.is_manifest_requested.get() || entry),
            ) {
                (true, true) => RequestCache::Reload,
                (true, false) => RequestCache::NoCache,
                _ if anew || failures > 0 => RequestCache::Reload,
                _ => RequestCache::Default,
            };
            let turn = self.acquire_permit().await;
            let fetched = fetch(path, limit, cache, arrived).await;
            drop(turn);
            match fetched {
                Ok(bytes) => return Ok(bytes),
                Err(failure) => {
                    self.failures.set(self.failures.get().wrapping_add(1));
                    let wakers = std::mem::take(&mut *self.failure_wakers.borrow_mut());
                    wakers.into_iter().for_each(Waker::wake);
                    let is_missing = failure.kind == StoreErrorKind::Missing;
                    if is_missing && !entry {
                        self.on_missing.emit(());
                    } else if !is_missing {
                        self.on_unreachable.emit(());
                    }
                    let pause = RETRY_DELAYS_MS.get(failures).filter(|_| !is_missing);
                    let Some(&pause) = pause else { return Err(failure) };
                    TimeoutFuture::new(pause).await;
                    failures += 1;
                }
            }
        }
    }
}

/// Permit of the request semaphore, released on drop, also by cancelled requests.
struct RequestPermit<'a>(&'a HttpClient);

impl Drop for RequestPermit<'_> {
    fn drop(&mut self) {
        self.0.active_requests.set(self.0.active_requests.get() - 1);
        // The first waiter may be cancelled, so all are woken.
        let waiting = std::mem::take(&mut *self.0.permit_waiters.borrow_mut());
        waiting.into_iter().for_each(Waker::wake);
    }
}

/// Fetches a file once and decompresses it.
async fn fetch(
    path: &str,
    limit: usize,
    cache: RequestCache,
    arrived: &Callback<BytesReceived>,
) -> Result<Vec<u8>, StoreError> {
    let failure = |kind: StoreErrorKind, reason: String| StoreError { path: path.to_owned(), reason, kind };
    let (bytes, status) = download(path, limit, cache, arrived).await.map_err(|error| {
        let reason = describe_error(&error);
        let is_corrupt = reason == TOO_LARGE;
        failure(if is_corrupt { StoreErrorKind::Corrupt } else { StoreErrorKind::Transient }, reason)
    })?;
    if !(200..300).contains(&status) {
        let is_missing = matches!(status, 404 | 410);
        let kind = if is_missing { StoreErrorKind::Missing } else { StoreErrorKind::Transient };
        return Err(failure(kind, format!("HTTP {status}")));
    }
    if !is_compressed(path, &bytes) {
        return Ok(bytes);
    }
    // A broken stream may be a truncated transfer, so it is retried.
    let plain = inflate(&bytes, limit).await;
    plain.map_err(|error| failure(StoreErrorKind::Corrupt, describe_error(&error)))
}

/// Returns the data URL of a file embedded in a page that was built with `--single-file`.
fn embedded_file(path: &str) -> Option<String> {
    let element = dom::element_by_id(&format!("file:{path}"))?;
    Some("data:;base64,".to_owned() + &element.text_content()?)
}

/// Takes the response and the abort controller of a request that `boot.js` has started.
fn prefetched_response(path: &str) -> Option<(Promise, AbortController)> {
    let prefetched: Map = dom::window()?.unchecked_ref::<Fields>().get("sheafBegun").dyn_into().ok()?;
    let request: Fields = prefetched.get(&path.into()).dyn_into().ok()?;
    prefetched.delete(&path.into());
    Some((request.get("answer").dyn_into().ok()?, request.get("control").dyn_into().ok()?))
}

async fn download(
    path: &str,
    limit: usize,
    cache: RequestCache,
    arrived: &Callback<BytesReceived>,
) -> Result<(Vec<u8>, u16), JsValue> {
    let prefetched = if cache == RequestCache::Reload { None } else { prefetched_response(path) };
    let (prefetched, abort) = match prefetched {
        Some((answer, abort)) => (Some(answer), abort),
        None => (None, AbortController::new()?),
    };
    let wait = || {
        let abort = abort.clone();
        Timeout::new(IDLE_TIMEOUT_MS, move || abort.abort())
    };
    let mut timer = wait();
    let options = RequestInit::new();
    options.set_cache(cache);
    options.set_signal(Some(&abort.signal()));
    let window = web_sys::window().ok_or("no window")?;
    let embedded = embedded_file(path);
    let address = embedded.as_deref().unwrap_or(path);
    let answer = prefetched.unwrap_or_else(|| window.fetch_with_str_and_init(address, &options));
    let response: Response = JsFuture::from(answer).await?.dyn_into()?;
    let total = response.headers().get("content-length")?.and_then(|length| length.parse::<u32>().ok());
    let mut bytes = Vec::new();
    if let Some(body) = response.body() {
        let whole = read_stream(&body, limit, &mut bytes, |size| {
            drop(std::mem::replace(&mut timer, wait()));
            arrived.emit((size, total.map(|total| total as usize)));
        });
        if let Err(error) = whole.await {
            abort.abort();
            return Err(error);
        }
    }
    drop(timer);
    // WebKit treats an early close of the connection as the end.
    let is_short = total.is_some_and(|total| bytes.len() < total as usize);
    if is_short && response.headers().get("content-encoding")?.is_none() {
        return Err("the answer was cut short".into());
    }
    Ok((bytes, response.status()))
}

/// Reads a stream to its end. Fails if it exceeds `limit` bytes.
async fn read_stream(
    stream: &ReadableStream,
    limit: usize,
    bytes: &mut Vec<u8>,
    mut arrived: impl FnMut(usize),
) -> Result<(), JsValue> {
    let reader: ReadableStreamDefaultReader = stream.get_reader().dyn_into()?;
    loop {
        let part: IteratorNext = JsFuture::from(reader.read()).await?.unchecked_into();
        if part.done() {
            return Ok(());
        }
        let part: Uint8Array = part.value().dyn_into()?;
        let start = bytes.len();
        if start + part.length() as usize > limit {
            let _ = reader.cancel();
            return Err(TOO_LARGE.into());
        }
        bytes.resize(start + part.length() as usize, 0);
        part.copy_to(&mut bytes[start..]);
        arrived(bytes.len());
    }
}

async fn inflate(packed: &[u8], limit: usize) -> Result<Vec<u8>, JsValue> {
    let blob = Blob::new_with_u8_array_sequence(&Array::of1(&Uint8Array::from(packed)))?;
    let gunzip = DecompressionStream::new("gzip")?;
    let mut bytes = Vec::new();
    read_stream(&blob.stream().pipe_through(gunzip.unchecked_ref()), limit, &mut bytes, |_| ()).await?;
    Ok(bytes)
}

fn describe_error(error: &JsValue) -> String {
    let fields = error.dyn_ref::<Fields>();
    let field = |name: &str| fields.and_then(|fields| fields.get(name).as_string());
    if field("name").as_deref() == Some("AbortError") {
        return "no answer for 10 seconds".to_owned();
    }
    let message = field("message");
    message.or_else(|| error.as_string()).unwrap_or_else(|| "the request failed".to_owned())
}
