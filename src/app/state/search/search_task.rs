//! Execution of a search; see [`use_search`](crate::app::state::use_search).

use super::SearchTask;
use crate::app::services::cached_files;
use crate::app::services::rc_eq::{ArchiveHandle, RcEq};
use crate::app::state::{SearchRequest, SearchState, TaskHandle};
use crate::search::{Searcher, Verified};
use futures_util::future::{Either, LocalBoxFuture, select};
use gloo::timers::future::TimeoutFuture;
use std::cell::Cell;
use std::pin::pin;
use std::rc::{Rc, Weak};
use yew::platform::spawn_local;

/// Maximum number of concurrent requests.
const WORKERS: usize = 6;
/// Debounce of typing before a search makes requests.
const DEBOUNCE_MS: u32 = 120;
/// Interval between two published states.
const PUBLISH_INTERVAL_MS: u32 = 120;
/// Maximum number of unverified hits that are verified in the background, to make the total exact.
const MAX_BACKGROUND_VERIFICATIONS: usize = 12;

pub fn start_search(job: Rc<SearchRequest>) {
    let pause = if job.is_typing { DEBOUNCE_MS } else { 0 };
    let run = ActiveSearch::new(job.clone());
    job.token.retain(run.clone());
    run.start(pause);
}

/// Search in progress.
struct ActiveSearch {
    request: Rc<SearchRequest>,
    searcher: Searcher<ArchiveHandle>,
    handle: TaskHandle,
    /// True if postings are being fetched.
    fetching: Cell<bool>,
    /// Tasks that prepare a scan or work on it.
    scanning: Cell<usize>,
    /// True while a publication is scheduled.
    is_publish_scheduled: Cell<bool>,
}

impl ActiveSearch {
    fn new(job: Rc<SearchRequest>) -> Rc<ActiveSearch> {
        let searcher = Searcher::new(job.archive.clone(), &job.query).with_preferred(job.passing.clone());
        let searcher = match &job.offline_articles {
            Some(offline_articles) => searcher.among(offline_articles.clone().into_rc()),
            None => searcher,
        };
        if !searcher.is_indexed() && !searcher.has_scan() {
            searcher.begin_scan(None);
        }
        let query = searcher.query().clone();
        Rc::new_cyclic(|run: &Weak<ActiveSearch>| ActiveSearch {
            request: job,
            searcher,
            handle: TaskHandle::new(run.clone(), Rc::new(move |text| query.find(text))),
            fetching: Cell::new(false),
            scanning: Cell::new(0),
            is_publish_scheduled: Cell::new(false),
        })
    }

    fn start(self: &Rc<Self>, pause: u32) {
        let is_local = self.request.archive.manifest().file_index.is_none();
        let pause = if is_local { 0 } else { pause };
        if self.searcher.is_indexed() {
            self.fetching.set(true);
            let run = self.clone();
            spawn_local(async move {
                run.pause(pause).await;
                if run.request.token.is_active() {
                    run.query_index().await;
                }
                run.fetching.set(false);
                run.publish();
            });
        }
        if self.searcher.has_scan() {
            self.scan(if is_local { 1 } else { WORKERS }, pause);
        }
    }

    async fn pause(&self, ms: u32) {
        if ms > 0 {
            TimeoutFuture::new(ms).await;
        }
    }

    fn scan(self: &Rc<Self>, workers: usize, pause: u32) {
        self.scanning.set(self.scanning.get() + workers);
        for _ in 0..workers {
            let run = self.clone();
            spawn_local(async move {
                run.pause(pause).await;
                let report = || {
                    run.schedule_publish();
                    run.request.token.is_active()
                };
                if run.request.token.is_active() {
                    run.searcher.scan(report).await;
                }
                run.scanning.set(run.scanning.get() - 1);
                run.publish();
            });
        }
    }

    /// Asks the index, and verifies what it leaves open if that is little.
    async fn query_index(self: &Rc<Self>) {
        // The texts of the first rows will be wanted as soon as it is known which.
        let archive = self.request.archive.clone();
        spawn_local(async move { archive.prefetch_pack_table().await });
        let failure = pin!(self.request.archive.store().next_failure());
        let is_complete = match select(pin!(self.searcher.fetch_postings()), failure).await {
            Either::Left((is_complete, _)) => is_complete,
            // Cached texts are scanned while the request is repeated.
            Either::Right(((), fetching)) => {
                self.fall_back();
                fetching.await
            }
        };
        if !is_complete {
            self.fall_back();
        }
        let open = self.searcher.unverified();
        if self.searcher.has_scan() || open.len() > MAX_BACKGROUND_VERIFICATIONS {
            return;
        }
        // The rows are there meanwhile.
        let run = self.clone();
        spawn_local(async move {
            for ordinal in open {
                // A text that does not come leaves its hit open.
                if run.request.token.is_active() && run.searcher.check(ordinal).await.is_ok() {
                    run.schedule_publish();
                }
            }
        });
    }

    /// Scans the texts that are cached, unless that is under way.
    fn fall_back(self: &Rc<Self>) {
        if self.scanning.get() > 0 || self.searcher.has_scan() {
            return;
        }
        self.scanning.set(1);
        let run = self.clone();
        spawn_local(async move {
            let files = cached_files().await;
            let cached = run.request.archive.articles_cached_by(&|path| files.contains(path)).await;
            run.scanning.set(run.scanning.get() - 1);
            if run.searcher.begin_scan(Some(Rc::new(cached))) {
                run.scan(WORKERS, 0);
            }
            run.publish();
        });
    }

    fn schedule_publish(self: &Rc<Self>) {
        if !self.is_publish_scheduled.replace(true) {
            let run = self.clone();
            spawn_local(async move {
                TimeoutFuture::new(PUBLISH_INTERVAL_MS).await;
                run.publish();
            });
        }
    }

    fn publish(&self) {
        self.is_publish_scheduled.set(false);
        if !self.request.token.is_active() {
            return;
        }
        let results = self.searcher.results();
        let is_indexed = self.searcher.is_indexed() && self.searcher.index_error().is_none();
        let done = !self.fetching.get() && (is_indexed || self.scanning.get() == 0);
        (self.request.publish)(SearchState {
            is_exact: results.exact,
            hits: RcEq::new(results.hits),
            scanned: results.scanned,
            searchable: results.searched,
            cached: results.cached,
            is_done: done,
            failure: results.failure.filter(|_| done),
            task: Some(self.handle.clone()),
        });
    }
}

impl SearchTask for ActiveSearch {
    fn retry(self: Rc<Self>) {
        self.searcher.retry_scan();
        self.request.check_host.emit(());
        self.start(0);
        self.publish();
    }

    fn verify(self: Rc<Self>, ordinal: u32, snippet_len: usize) -> LocalBoxFuture<'static, Option<Verified>> {
        Box::pin(async move {
            let is_news = self.searcher.is_unverified(ordinal);
            let verified = self.searcher.verify(ordinal, snippet_len).await.ok()?;
            if is_news {
                self.schedule_publish();
            }
            Some(verified)
        })
    }
}
