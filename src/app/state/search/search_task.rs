//! Execution of a search; see [`use_search`](crate::app::state::use_search).

use crate::app::services::cached_files;
use crate::app::services::rc_eq::RcEq;
use crate::app::state::{SearchRequest, SearchState};
use crate::search::{FetchFailure, Hit, Matcher, Plan, Scan, ScanProgress};
use crate::text::fold;
use futures_util::future::{Either, join, select};
use gloo::timers::future::TimeoutFuture;
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::pin::pin;
use std::rc::{Rc, Weak};
use yew::platform::spawn_local;
use yew::prelude::*;

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
    let run = SearchTask::new(job.clone());
    job.token.retain(run.clone());
    run.start(pause);
}

/// SearchState in progress.
struct SearchTask {
    request: Rc<SearchRequest>,
    plan: Plan,
    matcher: Matcher,
    /// Whether postings are fetched; texts are scanned where not, and where they fail.
    is_indexed: bool,
    retry: Callback<()>,
    report_verification: Callback<(u32, bool)>,
    postings: Cell<PostingsState>,
    texts: RefCell<Option<ScannedTexts>>,
    state: RefCell<TaskState>,
    /// Set while a publication is scheduled.
    is_publish_scheduled: Cell<bool>,
}

/// The state of the postings.
#[derive(Clone, Copy, PartialEq)]
enum PostingsState {
    Pending,
    All,
    /// Those that came bound the hits.
    Some,
    /// Those that came, if any, do not.
    None,
}

/// ScannedTexts that are scanned: all, or those that are cached.
#[derive(Clone)]
struct ScannedTexts {
    scan: Rc<Scan>,
    /// How many there are.
    among: u32,
}

#[derive(Default)]
struct TaskState {
    /// The hits that postings tell.
    hits: Vec<Hit>,
    /// Results of verification by ordinal.
    verified: HashMap<u32, bool>,
    scanned: u32,
    /// Whether a piece of the texts could not be fetched.
    failed: bool,
    /// Tasks that prepare a scan or work on it.
    scanning: usize,
}

impl SearchTask {
    fn new(job: Rc<SearchRequest>) -> Rc<SearchTask> {
        let plan = Plan::new(&job.query);
        let is_indexed = job.archive.index().is_some() && plan.is_covered() && job.offline_articles.is_none();
        let run = Rc::new_cyclic(|run: &Weak<SearchTask>| SearchTask {
            plan,
            matcher: Matcher::new(&job.query),
            request: job,
            is_indexed,
            retry: {
                let run = run.clone();
                Callback::from(move |()| run.upgrade().iter().for_each(SearchTask::retry))
            },
            report_verification: {
                let run = run.clone();
                Callback::from(move |(ordinal, matches)| {
                    run.upgrade().iter().for_each(|run| run.record_verification(ordinal, matches))
                })
            },
            postings: Cell::new(if is_indexed { PostingsState::Pending } else { PostingsState::None }),
            texts: RefCell::default(),
            state: RefCell::default(),
            is_publish_scheduled: Cell::new(false),
        });
        if !is_indexed {
            *run.texts.borrow_mut() = Some(run.texts_among(run.request.offline_articles.clone()));
        }
        run
    }

    /// A scan of all texts, or of those that are `cached`.
    fn texts_among(&self, cached: Option<RcEq<Vec<bool>>>) -> ScannedTexts {
        let SearchRequest { archive, query, passing, .. } = &*self.request;
        let all = || vec![true; archive.count() as usize];
        let scan = Scan::new(query, passing.clone().unwrap_or_else(all));
        match cached {
            Some(cached) => ScannedTexts {
                among: cached.iter().filter(|&&cached| cached).count() as u32,
                scan: Rc::new(scan.restrict_to(cached.into_rc())),
            },
            None => ScannedTexts { scan: Rc::new(scan), among: archive.count() },
        }
    }

    fn start(self: &Rc<Self>, pause: u32) {
        let is_local = self.request.archive.manifest().file_index.is_none();
        let pause = if is_local { 0 } else { pause };
        if self.is_indexed {
            self.postings.set(PostingsState::Pending);
            let run = self.clone();
            spawn_local(async move {
                run.pause(pause).await;
                run.query_index().await;
                run.publish();
            });
        }
        if let Some(texts) = self.texts.borrow().clone() {
            self.scan(&texts, if is_local { 1 } else { WORKERS }, pause);
        }
    }

    async fn pause(&self, ms: u32) {
        if ms > 0 {
            TimeoutFuture::new(ms).await;
        }
    }

    fn scan(self: &Rc<Self>, texts: &ScannedTexts, workers: usize, pause: u32) {
        self.state.borrow_mut().scanning += workers;
        for _ in 0..workers {
            let (run, scan) = (self.clone(), texts.scan.clone());
            spawn_local(async move {
                run.pause(pause).await;
                if run.is_active(&scan) {
                    scan.run(&*run.request.archive, |step| run.on_scan_progress(&scan, step)).await;
                }
                run.state.borrow_mut().scanning -= 1;
                run.publish();
            });
        }
    }

    /// Whether the results of `scan` are still wanted.
    fn is_active(&self, scan: &Rc<Scan>) -> bool {
        let is_current = self.texts.borrow().as_ref().is_some_and(|texts| Rc::ptr_eq(&texts.scan, scan));
        self.request.token.is_active() && is_current
    }

    /// Asks the index, and looks at what it leaves open if that is little.
    async fn query_index(self: &Rc<Self>) {
        if !self.request.token.is_active() {
            return;
        }
        // The texts of the first rows will be wanted as soon as it is known which.
        let archive = self.request.archive.clone();
        spawn_local(async move { archive.prefetch_pack_table().await });
        let archive = &self.request.archive;
        let fetching = join(archive.postings(self.plan.index_terms()), archive.facets());
        let failure = pin!(archive.store().next_failure());
        let (lists, facets) = match select(pin!(fetching), failure).await {
            Either::Left((fetched, _)) => fetched,
            // Cached texts are scanned while the request is repeated.
            Either::Right(((), fetching)) => {
                self.fall_back();
                fetching.await
            }
        };
        let is_whole = lists.iter().all(Result::is_ok);
        let lists: Vec<_> = lists.into_iter().map(Result::ok).collect();
        if !self.plan.has_usable_postings(&lists) {
            self.postings.set(PostingsState::None);
            return self.fall_back();
        }
        // Without them every article counts as usual.
        let facets = facets.unwrap_or_default();
        let hits = self.plan.hits(&lists, archive.count(), &facets.lengths);
        let open: Vec<u32> = hits.iter().filter(|hit| !hit.verified).map(|hit| hit.ordinal).collect();
        self.state.borrow_mut().hits = hits;
        self.postings.set(if is_whole { PostingsState::All } else { PostingsState::Some });
        self.texts.borrow_mut().take_if(|texts| !self.is_useful(texts.among));
        if !is_whole {
            self.fall_back();
        }
        if open.len() > MAX_BACKGROUND_VERIFICATIONS {
            return;
        }
        // The rows are there meanwhile.
        let run = self.clone();
        spawn_local(async move {
            for ordinal in open {
                if let Ok(article) = run.request.archive.article(ordinal).await
                    && run.request.token.is_active()
                {
                    run.record_verification(ordinal, run.matcher.is_match(&fold(&article.text())));
                }
            }
        });
    }

    /// Scans the texts that are cached, unless that is under way.
    fn fall_back(self: &Rc<Self>) {
        let mut found = self.state.borrow_mut();
        if found.scanning > 0 || self.texts.borrow().is_some() {
            return;
        }
        found.scanning += 1;
        let run = self.clone();
        spawn_local(async move {
            let files = cached_files().await;
            let cached = run.request.archive.articles_cached_by(&|path| files.contains(path)).await;
            run.state.borrow_mut().scanning -= 1;
            let texts = run.texts_among(Some(RcEq::new(cached)));
            if run.is_useful(texts.among) {
                *run.texts.borrow_mut() = Some(texts.clone());
                run.state.borrow_mut().scanned = 0;
                run.scan(&texts, WORKERS, 0);
            }
            run.publish();
        });
    }

    /// Whether a scan of so many texts says more than the postings do.
    fn is_useful(&self, among: u32) -> bool {
        match self.postings.get() {
            PostingsState::All => false,
            PostingsState::Some => among == self.request.archive.count(),
            PostingsState::Pending | PostingsState::None => among > 0,
        }
    }

    fn record_verification(self: &Rc<Self>, ordinal: u32, matches: bool) {
        if self.state.borrow_mut().verified.insert(ordinal, matches) != Some(matches) {
            self.schedule_publish();
        }
    }

    fn on_scan_progress(self: &Rc<Self>, scan: &Rc<Scan>, step: ScanProgress) -> bool {
        let is_active = self.is_active(scan);
        if is_active {
            let mut found = self.state.borrow_mut();
            found.scanned += step.scanned;
            found.failed |= step.error.is_some();
            drop(found);
            self.schedule_publish();
        }
        is_active
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

    fn publish(self: &Rc<Self>) {
        self.is_publish_scheduled.set(false);
        if !self.request.token.is_active() {
            return;
        }
        let (found, postings, count) =
            (self.state.borrow(), self.postings.get(), self.request.archive.count());
        let texts = self.texts.borrow().clone();
        let done =
            postings == PostingsState::All || postings != PostingsState::Pending && found.scanning == 0;
        let mut hits = match &texts {
            Some(texts) => texts.scan.hits(count),
            None => found.hits.clone(),
        };
        hits.retain_mut(|hit| {
            let verified = if hit.verified { None } else { found.verified.get(&hit.ordinal) };
            hit.verified |= verified.is_some();
            verified != Some(&false)
        });
        let among = texts.as_ref().map_or(count, |texts| texts.among);
        let exact = hits.iter().all(|hit| hit.verified);
        let failure = match (&texts, postings) {
            (_, PostingsState::Pending | PostingsState::All) => None,
            // Their texts have decided what the missing postings would.
            (None, PostingsState::Some) if exact => None,
            (Some(_), _) if found.failed => Some(FetchFailure::Texts),
            (Some(_), _) if among == count => None,
            // The reader has no network and knows; unless there is nothing to search at all.
            (Some(_), _) if !self.is_indexed && among > 0 => None,
            (None, PostingsState::Some) => Some(FetchFailure::Postings),
            _ if self.request.archive.index().is_none() => Some(FetchFailure::Texts),
            _ => Some(FetchFailure::Index),
        };
        let search = SearchState {
            is_exact: exact,
            hits: RcEq::new(hits),
            scanned: texts.is_some().then_some(found.scanned),
            searchable: among,
            cached: (among > 0 && among < count).then_some(among),
            is_done: done,
            failure: failure.filter(|_| done),
            retry: self.retry.clone(),
            report_verification: self.report_verification.clone(),
        };
        drop(found);
        (self.request.publish)(search);
    }

    /// Fetches again what failed, and looks whether the host is there.
    fn retry(self: &Rc<Self>) {
        if let Some(texts) = &*self.texts.borrow() {
            texts.scan.retry();
        }
        self.state.borrow_mut().failed = false;
        self.request.check_host.emit(());
        self.start(0);
        self.publish();
    }
}
