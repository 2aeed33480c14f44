//! Fetching files of the archive over a network that may be slow, broken or hostile.
//!
//! A request is given up after ten seconds without a byte and made again twice, after growing pauses.

use crate::archive::{ENTRY, Store, StoreError};
use futures_util::FutureExt;
use futures_util::future::{LocalBoxFuture, WeakShared};
use gloo::timers::callback::Timeout;
use gloo::timers::future::TimeoutFuture;
use js_sys::{Array, Function, Map, Promise, Reflect, Uint8Array};
use std::cell::{Cell, RefCell};
use std::collections::{HashMap, HashSet, VecDeque};
use std::rc::Rc;
use std::task::{Poll, Waker};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortController, Blob, ReadableStream, ReadableStreamDefaultReader, RequestCache, RequestInit, Response,
};
use yew::Callback;

const PATIENCE_MS: u32 = 10_000;
const PAUSES_MS: [u32; 2] = [1_000, 4_000];
const GZIP: [u8; 2] = [0x1f, 0x8b];

const NOT_HERE: &str = "no network, and not kept on this device";
const DAMAGED_HERE: &str = "no network, and what this device keeps of it is damaged";
const TOO_LARGE: &str = "it is larger than any file of the archive";

/// How far the archive's first file has come: bytes so far, and in all where the host says so.
pub type Arrived = (usize, Option<usize>);

/// Requests at a time.
const REQUESTS: usize = 6;
/// How long nothing is asked for before what is wanted less has its turn.
const IDLE_MS: u32 = 100;

/// An archive on a static host, beside the page. A file that is asked for twice at a time is fetched once.
pub struct HttpStore {
    host: Rc<Host>,
    under_way: RefCell<HashMap<String, UnderWay>>,
}

type Outcome = Result<Rc<Vec<u8>>, StoreError>;
/// A request that goes on as long as somebody waits for it.
type UnderWay = WeakShared<LocalBoxFuture<'static, Outcome>>;

struct Host {
    arrived: Callback<Arrived>,
    missing: Callback<()>,
    failing: Callback<()>,
    /// The files that the device keeps, as long as the host cannot be reached.
    kept: RefCell<Option<Rc<HashSet<String>>>>,
    /// Set when the archive's first file was asked for already: a second time asks past the cache.
    opened: Cell<bool>,
    requests: Cell<usize>,
    /// Who waits for a request to end.
    waiting: RefCell<VecDeque<Waker>>,
    /// Failed attempts so far, and the tasks that wait for the next one.
    failures: Cell<u32>,
    failure_wakers: RefCell<Vec<Waker>>,
}

impl HttpStore {
    /// The archive beside the page; `arrived` hears how its first file comes in, `missing` when a file that the
    /// archive names is not there, as happens to an open tab when the site is deployed anew, and `failing` when
    /// nothing answers.
    pub fn new(arrived: Callback<Arrived>, missing: Callback<()>, failing: Callback<()>) -> HttpStore {
        let (opened, requests, waiting) = (Cell::new(false), Cell::new(0), RefCell::default());
        let kept = RefCell::default();
        let (failures, failure_wakers) = (Cell::new(0), RefCell::default());
        let host = Rc::new(Host {
            arrived,
            missing,
            failing,
            kept,
            opened,
            requests,
            waiting,
            failures,
            failure_wakers,
        });
        HttpStore { host, under_way: RefCell::default() }
    }

    /// Waits until nothing is asked for, for what can come after all else: as long as something is, and then until
    /// nothing has been for a moment.
    pub async fn idle(&self) {
        let mut rested = if self.host.requests.get() == 0 { 2 } else { 0 };
        while rested < 2 {
            TimeoutFuture::new(IDLE_MS).await;
            rested = if self.host.requests.get() == 0 { rested + 1 } else { 0 };
        }
    }

    /// Resolves when the next attempt to fetch a file fails, before it is repeated.
    pub async fn next_failure(&self) {
        let before = self.host.failures.get();
        std::future::poll_fn(|context| {
            if self.host.failures.get() != before {
                return Poll::Ready(());
            }
            let mut wakers = self.host.failure_wakers.borrow_mut();
            if !wakers.iter().any(|waker| waker.will_wake(context.waker())) {
                wakers.push(context.waker().clone());
            }
            Poll::Pending
        })
        .await;
    }

    /// Says that the host cannot be reached, and which files the device keeps; or that it can.
    pub fn set_kept(&self, kept: Option<Rc<HashSet<String>>>) {
        *self.host.kept.borrow_mut() = kept;
    }
}

impl Store for HttpStore {
    async fn read(&self, path: &str, limit: usize) -> Result<Vec<u8>, StoreError> {
        let known = self.under_way.borrow().get(path).and_then(WeakShared::upgrade);
        let under_way = known.unwrap_or_else(|| {
            let (host, owned) = (self.host.clone(), path.to_owned());
            let future = async move { host.read(&owned, limit, false).await.map(Rc::new) };
            let under_way = future.boxed_local().shared();
            // It has not been asked yet, so it is not over.
            self.under_way.borrow_mut().extend(under_way.downgrade().map(|weak| (path.to_owned(), weak)));
            under_way
        });
        let outcome = under_way.await;
        self.under_way.borrow_mut().remove(path);
        outcome.map(Rc::unwrap_or_clone)
    }

    async fn read_anew(&self, path: &str, limit: usize) -> Result<Vec<u8>, StoreError> {
        self.host.read(path, limit, true).await
    }

    fn keeps(&self, path: &str) -> bool {
        self.host.kept.borrow().as_ref().is_some_and(|kept| kept.contains(path))
    }
}

impl Host {
    /// Waits until another request may be made.
    async fn turn(&self) -> Turn<'_> {
        std::future::poll_fn(|context| {
            if self.requests.get() < REQUESTS {
                self.requests.set(self.requests.get() + 1);
                return Poll::Ready(Turn(self));
            }
            self.waiting.borrow_mut().push_back(context.waker().clone());
            Poll::Pending
        })
        .await
    }

    /// Reads a file, again after a pause when that fails; `anew` past the browser's cache and what the device keeps.
    async fn read(&self, path: &str, limit: usize, anew: bool) -> Result<Vec<u8>, StoreError> {
        let entry = path == ENTRY;
        let silent = Callback::noop();
        let arrived = if entry { &self.arrived } else { &silent };
        let mut failures = 0;
        loop {
            // A first file is kept with the page, if anything is.
            let is_kept = |kept: &Rc<HashSet<String>>| kept.contains(path);
            let is_away = self.kept.borrow().as_ref().is_some_and(|kept| !entry && (anew || !is_kept(kept)));
            if is_away {
                let reason = if anew { DAMAGED_HERE } else { NOT_HERE }.to_owned();
                return Err(StoreError {
                    path: path.to_owned(),
                    reason,
                    away: true,
                    ..StoreError::default()
                });
            }
            let cache = match (entry, self.opened.replace(self.opened.get() || entry)) {
                (true, true) => RequestCache::Reload,
                (true, false) => RequestCache::NoCache,
                _ if anew || failures > 0 => RequestCache::Reload,
                _ => RequestCache::Default,
            };
            let turn = self.turn().await;
            let fetched = fetch(path, limit, cache, arrived).await;
            drop(turn);
            match fetched {
                Ok(bytes) => return Ok(bytes),
                Err(failure) => {
                    self.failures.set(self.failures.get().wrapping_add(1));
                    let wakers = std::mem::take(&mut *self.failure_wakers.borrow_mut());
                    wakers.into_iter().for_each(Waker::wake);
                    if failure.missing && !entry {
                        self.missing.emit(());
                    } else if !failure.missing {
                        self.failing.emit(());
                    }
                    let pause = PAUSES_MS.get(failures).filter(|_| !failure.missing);
                    let Some(&pause) = pause else { return Err(failure) };
                    TimeoutFuture::new(pause).await;
                    failures += 1;
                }
            }
        }
    }
}

/// The right to make a request; given back also by a request that nobody waits for any more.
struct Turn<'a>(&'a Host);

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        self.0.requests.set(self.0.requests.get() - 1);
        // Whoever was first may have left: all look again.
        let waiting = std::mem::take(&mut *self.0.waiting.borrow_mut());
        waiting.into_iter().for_each(Waker::wake);
    }
}

/// Fetches once and decompresses.
async fn fetch(
    path: &str,
    limit: usize,
    cache: RequestCache,
    arrived: &Callback<Arrived>,
) -> Result<Vec<u8>, StoreError> {
    let failure = |reason: String| StoreError { path: path.to_owned(), reason, ..StoreError::default() };
    let (bytes, status) = transfer(path, limit, cache, arrived).await.map_err(|error| {
        let reason = explain(&error);
        StoreError { broken: reason == TOO_LARGE, ..failure(reason) }
    })?;
    if !(200..300).contains(&status) {
        let missing = matches!(status, 404 | 410);
        return Err(StoreError { missing, ..failure(format!("HTTP {status}")) });
    }
    if !bytes.starts_with(&GZIP) {
        return Ok(bytes);
    }
    // A broken stream may be a file cut short on the way: worth another try like any other failure.
    let plain = inflate(&bytes, limit).await;
    plain.map_err(|error| StoreError { broken: true, ..failure(explain(&error)) })
}

/// The address of a file's bytes when the page carries its files in elements of its own, as one that was built with
/// `--single-file` does.
fn carried(path: &str) -> Option<String> {
    let element = super::dom::document()?.get_element_by_id(&format!("file:{path}"))?;
    Some("data:;base64,".to_owned() + &element.text_content()?)
}

/// The answer to a request that the page's first script has made, and what gives it up. It is handed out once.
fn begun(path: &str) -> Option<(Promise, AbortController)> {
    let begun: Map = Reflect::get(&js_sys::global(), &"sheafBegun".into()).ok()?.dyn_into().ok()?;
    let request = begun.get(&path.into());
    begun.delete(&path.into());
    let part = |name: &str| Reflect::get(&request, &name.into()).ok();
    Some((part("answer")?.dyn_into().ok()?, part("control")?.dyn_into().ok()?))
}

async fn transfer(
    path: &str,
    limit: usize,
    cache: RequestCache,
    arrived: &Callback<Arrived>,
) -> Result<(Vec<u8>, u16), JsValue> {
    let begun = if cache == RequestCache::Reload { None } else { begun(path) };
    let (begun, abort) = match begun {
        Some((answer, abort)) => (Some(answer), abort),
        None => (None, AbortController::new()?),
    };
    let wait = || {
        let abort = abort.clone();
        Timeout::new(PATIENCE_MS, move || abort.abort())
    };
    let mut timer = wait();
    let options = RequestInit::new();
    options.set_cache(cache);
    options.set_signal(Some(&abort.signal()));
    let window = web_sys::window().ok_or("no window")?;
    let carried = carried(path);
    let address = carried.as_deref().unwrap_or(path);
    let answer = begun.unwrap_or_else(|| window.fetch_with_str_and_init(address, &options));
    let response: Response = JsFuture::from(answer).await?.dyn_into()?;
    let total = response.headers().get("content-length")?.and_then(|length| length.parse::<u32>().ok());
    let mut bytes = Vec::new();
    if let Some(body) = response.body() {
        let whole = drain(&body, limit, &mut bytes, |size| {
            drop(std::mem::replace(&mut timer, wait()));
            arrived.emit((size, total.map(|total| total as usize)));
        });
        if let Err(error) = whole.await {
            abort.abort();
            return Err(error);
        }
    }
    drop(timer);
    // WebKit takes a connection that closes too early for the end.
    let is_short = total.is_some_and(|total| bytes.len() < total as usize);
    if is_short && response.headers().get("content-encoding")?.is_none() {
        return Err("the answer was cut short".into());
    }
    Ok((bytes, response.status()))
}

/// Reads a stream to its end, which comes before it has more than `limit` bytes.
async fn drain(
    stream: &ReadableStream,
    limit: usize,
    bytes: &mut Vec<u8>,
    mut arrived: impl FnMut(usize),
) -> Result<(), JsValue> {
    let reader: ReadableStreamDefaultReader = stream.get_reader().dyn_into()?;
    loop {
        let part = JsFuture::from(reader.read()).await?;
        if Reflect::get(&part, &"done".into())?.is_truthy() {
            return Ok(());
        }
        let part: Uint8Array = Reflect::get(&part, &"value".into())?.dyn_into()?;
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
    // web-sys knows no DecompressionStream yet.
    let class: Function = Reflect::get(&js_sys::global(), &"DecompressionStream".into())?.dyn_into()?;
    let gunzip = Reflect::construct(&class, &Array::of1(&"gzip".into()))?;
    let mut bytes = Vec::new();
    drain(&blob.stream().pipe_through(gunzip.unchecked_ref()), limit, &mut bytes, |_| ()).await?;
    Ok(bytes)
}

fn explain(error: &JsValue) -> String {
    let name = Reflect::get(error, &"name".into()).ok().and_then(|name| name.as_string());
    if name.as_deref() == Some("AbortError") {
        return "no answer for 10 seconds".to_owned();
    }
    let message = Reflect::get(error, &"message".into()).ok().and_then(|message| message.as_string());
    message.or_else(|| error.as_string()).unwrap_or_else(|| "the request failed".to_owned())
}
