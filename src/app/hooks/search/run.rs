//! Execution of a search; see [`use_search`](super::use_search).

use super::{Job, Search};
use crate::app::handle::Shared;
use crate::app::offline::cached_files;
use crate::search::{FetchFailure, Hit, Matcher, Plan, Scan, Step};
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
const PAUSE_MS: u32 = 120;
/// Interval between two published states.
const SHOW_MS: u32 = 120;
/// Maximum number of unverified hits that are verified in the background, to make the total exact.
const LOOKED_AT: usize = 12;

pub fn start(job: Rc<Job>) {
    let pause = if job.typed { PAUSE_MS } else { 0 };
    let run = Run::new(job.clone());
    job.life.hold(run.clone());
    run.start(pause);
}

/// Search in progress.
struct Run {
    job: Rc<Job>,
    plan: Plan,
    matcher: Matcher,
    /// Whether postings are fetched; texts are scanned where not, and where they fail.
    is_indexed: bool,
    retry: Callback<()>,
    judge: Callback<(u32, bool)>,
    postings: Cell<Fetched>,
    texts: RefCell<Option<Texts>>,
    found: RefCell<Found>,
    /// Set while a publication is scheduled.
    showing: Cell<bool>,
}

/// The state of the postings.
#[derive(Clone, Copy, PartialEq)]
enum Fetched {
    Pending,
    All,
    /// Those that came bound the hits.
    Some,
    /// Those that came, if any, do not.
    None,
}

/// Texts that are scanned: all, or those that are cached.
#[derive(Clone)]
struct Texts {
    scan: Rc<Scan>,
    /// How many there are.
    among: u32,
}

#[derive(Default)]
struct Found {
    /// The hits that postings tell.
    hits: Vec<Hit>,
    /// Results of verification by ordinal.
    judged: HashMap<u32, bool>,
    scanned: u32,
    /// Whether a piece of the texts could not be fetched.
    failed: bool,
    /// Tasks that prepare a scan or work on it.
    scanning: usize,
}

impl Run {
    fn new(job: Rc<Job>) -> Rc<Run> {
        let plan = Plan::new(&job.query);
        let is_indexed = job.archive.index().is_some() && plan.is_covered() && job.kept.is_none();
        let run = Rc::new_cyclic(|run: &Weak<Run>| Run {
            plan,
            matcher: Matcher::new(&job.query),
            job,
            is_indexed,
            retry: {
                let run = run.clone();
                Callback::from(move |()| run.upgrade().iter().for_each(Run::retry))
            },
            judge: {
                let run = run.clone();
                Callback::from(move |(ordinal, matches)| {
                    run.upgrade().iter().for_each(|run| run.judge(ordinal, matches))
                })
            },
            postings: Cell::new(if is_indexed { Fetched::Pending } else { Fetched::None }),
            texts: RefCell::default(),
            found: RefCell::default(),
            showing: Cell::new(false),
        });
        if !is_indexed {
            *run.texts.borrow_mut() = Some(run.texts_among(run.job.kept.clone()));
        }
        run
    }

    /// A scan of all texts, or of those that are `cached`.
    fn texts_among(&self, cached: Option<Shared<Vec<bool>>>) -> Texts {
        let Job { archive, query, passing, .. } = &*self.job;
        let all = || vec![true; archive.count() as usize];
        let scan = Scan::new(query, passing.clone().unwrap_or_else(all));
        match cached {
            Some(cached) => Texts {
                among: cached.iter().filter(|&&cached| cached).count() as u32,
                scan: Rc::new(scan.within(cached.shared())),
            },
            None => Texts { scan: Rc::new(scan), among: archive.count() },
        }
    }

    fn start(self: &Rc<Self>, pause: u32) {
        let is_local = self.job.archive.manifest().tables.is_none();
        let pause = if is_local { 0 } else { pause };
        if self.is_indexed {
            self.postings.set(Fetched::Pending);
            let run = self.clone();
            spawn_local(async move {
                run.pause(pause).await;
                run.look_up().await;
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

    fn scan(self: &Rc<Self>, texts: &Texts, workers: usize, pause: u32) {
        self.found.borrow_mut().scanning += workers;
        for _ in 0..workers {
            let (run, scan) = (self.clone(), texts.scan.clone());
            spawn_local(async move {
                run.pause(pause).await;
                if run.goes_on(&scan) {
                    scan.work(&*run.job.archive, |step| run.take(&scan, step)).await;
                }
                run.found.borrow_mut().scanning -= 1;
                run.publish();
            });
        }
    }

    /// Whether the results of `scan` are still wanted.
    fn goes_on(&self, scan: &Rc<Scan>) -> bool {
        let is_current = self.texts.borrow().as_ref().is_some_and(|texts| Rc::ptr_eq(&texts.scan, scan));
        self.job.life.goes_on() && is_current
    }

    /// Asks the index, and looks at what it leaves open if that is little.
    async fn look_up(self: &Rc<Self>) {
        if !self.job.life.goes_on() {
            return;
        }
        // The texts of the first rows will be wanted as soon as it is known which.
        let archive = self.job.archive.clone();
        spawn_local(async move { archive.expect_articles().await });
        let archive = &self.job.archive;
        let fetching = join(archive.postings(self.plan.units()), archive.facets());
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
        if !self.plan.is_narrowed_by(&lists) {
            self.postings.set(Fetched::None);
            return self.fall_back();
        }
        // Without them every article counts as usual.
        let facets = facets.unwrap_or_default();
        let hits = self.plan.hits(&lists, archive.count(), &facets.lengths);
        let open: Vec<u32> = hits.iter().filter(|hit| !hit.sure).map(|hit| hit.ordinal).collect();
        self.found.borrow_mut().hits = hits;
        self.postings.set(if is_whole { Fetched::All } else { Fetched::Some });
        self.texts.borrow_mut().take_if(|texts| !self.is_useful(texts.among));
        if !is_whole {
            self.fall_back();
        }
        if open.len() > LOOKED_AT {
            return;
        }
        // The rows are there meanwhile.
        let run = self.clone();
        spawn_local(async move {
            for ordinal in open {
                if let Ok(article) = run.job.archive.article(ordinal).await
                    && run.job.life.goes_on()
                {
                    run.judge(ordinal, run.matcher.matches(&fold(&article.text())));
                }
            }
        });
    }

    /// Scans the texts that are cached, unless that is under way.
    fn fall_back(self: &Rc<Self>) {
        let mut found = self.found.borrow_mut();
        if found.scanning > 0 || self.texts.borrow().is_some() {
            return;
        }
        found.scanning += 1;
        let run = self.clone();
        spawn_local(async move {
            let files = cached_files().await;
            let cached = run.job.archive.cached_articles(&|path| files.contains(path)).await;
            run.found.borrow_mut().scanning -= 1;
            let texts = run.texts_among(Some(Shared::new(cached)));
            if run.is_useful(texts.among) {
                *run.texts.borrow_mut() = Some(texts.clone());
                run.found.borrow_mut().scanned = 0;
                run.scan(&texts, WORKERS, 0);
            }
            run.publish();
        });
    }

    /// Whether a scan of so many texts says more than the postings do.
    fn is_useful(&self, among: u32) -> bool {
        match self.postings.get() {
            Fetched::All => false,
            Fetched::Some => among == self.job.archive.count(),
            Fetched::Pending | Fetched::None => among > 0,
        }
    }

    fn judge(self: &Rc<Self>, ordinal: u32, matches: bool) {
        if self.found.borrow_mut().judged.insert(ordinal, matches) != Some(matches) {
            self.publish_soon();
        }
    }

    fn take(self: &Rc<Self>, scan: &Rc<Scan>, step: Step) -> bool {
        let goes_on = self.goes_on(scan);
        if goes_on {
            let mut found = self.found.borrow_mut();
            found.scanned += step.scanned;
            found.failed |= step.failed.is_some();
            drop(found);
            self.publish_soon();
        }
        goes_on
    }

    fn publish_soon(self: &Rc<Self>) {
        if !self.showing.replace(true) {
            let run = self.clone();
            spawn_local(async move {
                TimeoutFuture::new(SHOW_MS).await;
                run.publish();
            });
        }
    }

    fn publish(self: &Rc<Self>) {
        self.showing.set(false);
        if !self.job.life.goes_on() {
            return;
        }
        let (found, postings, count) = (self.found.borrow(), self.postings.get(), self.job.archive.count());
        let texts = self.texts.borrow().clone();
        let done = postings == Fetched::All || postings != Fetched::Pending && found.scanning == 0;
        let mut hits = match &texts {
            Some(texts) => texts.scan.hits(count),
            None => found.hits.clone(),
        };
        hits.retain_mut(|hit| {
            let judged = if hit.sure { None } else { found.judged.get(&hit.ordinal) };
            hit.sure |= judged.is_some();
            judged != Some(&false)
        });
        let among = texts.as_ref().map_or(count, |texts| texts.among);
        let exact = hits.iter().all(|hit| hit.sure);
        let failure = match (&texts, postings) {
            (_, Fetched::Pending | Fetched::All) => None,
            // Their texts have decided what the missing postings would.
            (None, Fetched::Some) if exact => None,
            (Some(_), _) if found.failed => Some(FetchFailure::Texts),
            (Some(_), _) if among == count => None,
            // The reader has no network and knows; unless there is nothing to search at all.
            (Some(_), _) if !self.is_indexed && among > 0 => None,
            (None, Fetched::Some) => Some(FetchFailure::Postings),
            _ if self.job.archive.index().is_none() => Some(FetchFailure::Texts),
            _ => Some(FetchFailure::Index),
        };
        let search = Search {
            exact,
            hits: Shared::new(hits),
            scanned: texts.is_some().then_some(found.scanned),
            among,
            cached: (among > 0 && among < count).then_some(among),
            done,
            failure: failure.filter(|_| done),
            retry: self.retry.clone(),
            judge: self.judge.clone(),
        };
        drop(found);
        (self.job.show)(search);
    }

    /// Fetches again what failed, and looks whether the host is there.
    fn retry(self: &Rc<Self>) {
        if let Some(texts) = &*self.texts.borrow() {
            texts.scan.retry();
        }
        self.found.borrow_mut().failed = false;
        self.job.check_host.emit(());
        self.start(0);
        self.publish();
    }
}
