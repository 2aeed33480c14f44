//! Execution of a search; see [`use_search`](super::use_search).

use super::{Job, Search};
use crate::app::handle::Shared;
use crate::search::{Hit, Matcher, Plan, Scan, Step};
use crate::text::fold;
use futures_util::future::join;
use gloo::timers::future::TimeoutFuture;
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
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
    way: Way,
    among: u32,
    retry: Callback<()>,
    judge: Callback<(u32, bool)>,
    found: RefCell<Found>,
    /// Set while a publication is scheduled.
    showing: Cell<bool>,
}

enum Way {
    /// Index lookup; the matcher verifies the hits that the index cannot decide.
    Index(Plan, Matcher),
    /// Scan of every text.
    Texts(Scan),
}

#[derive(Default)]
struct Found {
    hits: Vec<Hit>,
    /// Results of verification by ordinal.
    judged: HashMap<u32, bool>,
    scanned: u32,
    failed: usize,
    busy: usize,
}

impl Run {
    fn new(job: Rc<Job>) -> Rc<Run> {
        let Job { archive, query, passing, kept, .. } = &*job;
        let plan = Plan::new(query);
        let among = kept.as_ref().map(|kept| kept.iter().filter(|&&kept| kept).count() as u32);
        let among = among.unwrap_or(archive.count());
        let way = if archive.index().is_some() && plan.is_covered() && kept.is_none() {
            Way::Index(plan, Matcher::new(query))
        } else {
            let all = || vec![true; archive.count() as usize];
            let scan = Scan::new(query, passing.clone().unwrap_or_else(all));
            Way::Texts(match kept {
                Some(kept) => scan.within(kept.clone().shared()),
                None => scan,
            })
        };
        Rc::new_cyclic(|run: &Weak<Run>| Run {
            job,
            way,
            among,
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
            found: RefCell::default(),
            showing: Cell::new(false),
        })
    }

    fn start(self: &Rc<Self>, pause: u32) {
        let local = self.job.archive.manifest().tables.is_none();
        let workers = if local || matches!(self.way, Way::Index(..)) { 1 } else { WORKERS };
        self.found.borrow_mut().busy = workers;
        for _ in 0..workers {
            let run = self.clone();
            spawn_local(async move {
                if !local && pause > 0 {
                    TimeoutFuture::new(pause).await;
                }
                if run.job.life.goes_on() {
                    match &run.way {
                        Way::Index(plan, matcher) => run.look_up(plan, matcher).await,
                        Way::Texts(scan) => scan.work(&*run.job.archive, |step| run.take(step)).await,
                    }
                }
                run.found.borrow_mut().busy -= 1;
                run.publish();
            });
        }
    }

    /// Queries the index and, if few hits are unverified, verifies them.
    async fn look_up(self: &Rc<Self>, plan: &Plan, matcher: &Matcher) {
        // The first rows need their texts as soon as the hits are known.
        let archive = self.job.archive.clone();
        spawn_local(async move { archive.expect_articles().await });
        let (lists, facets) = join(self.job.archive.postings(plan.units()), self.job.archive.facets()).await;
        // Without lengths every article counts as average.
        let facets = facets.unwrap_or_default();
        let failed = lists.iter().filter(|list| list.is_err()).count();
        let lists: Vec<_> = lists.into_iter().map(Result::ok).collect();
        let hits = if plan.is_narrowed_by(&lists) {
            plan.hits(&lists, self.job.archive.count(), &facets.lengths)
        } else {
            Vec::new()
        };
        let open: Vec<u32> = hits.iter().filter(|hit| !hit.sure).map(|hit| hit.ordinal).collect();
        let mut found = self.found.borrow_mut();
        (found.hits, found.failed) = (hits, failed);
        drop(found);
        if open.len() > LOOKED_AT {
            return;
        }
        // The rows are rendered meanwhile.
        let (run, matcher) = (self.clone(), matcher.clone());
        spawn_local(async move {
            for ordinal in open {
                if let Ok(article) = run.job.archive.article(ordinal).await
                    && run.job.life.goes_on()
                {
                    run.judge(ordinal, matcher.matches(&fold(&article.text())));
                }
            }
        });
    }

    fn judge(self: &Rc<Self>, ordinal: u32, matches: bool) {
        if self.found.borrow_mut().judged.insert(ordinal, matches) != Some(matches) {
            self.publish_soon();
        }
    }

    fn take(self: &Rc<Self>, step: Step) -> bool {
        let mut found = self.found.borrow_mut();
        found.scanned += step.scanned;
        found.failed += usize::from(step.failed.is_some());
        drop(found);
        self.publish_soon();
        self.job.life.goes_on()
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
        let found = self.found.borrow();
        let mut hits = match &self.way {
            Way::Index(..) => found.hits.clone(),
            Way::Texts(scan) => scan.hits(self.job.archive.count()),
        };
        hits.retain_mut(|hit| {
            let judged = if hit.sure { None } else { found.judged.get(&hit.ordinal) };
            hit.sure |= judged.is_some();
            judged != Some(&false)
        });
        let search = Search {
            exact: hits.iter().all(|hit| hit.sure),
            hits: Shared::new(hits),
            scanned: matches!(self.way, Way::Texts(_)).then_some(found.scanned),
            among: self.among,
            done: found.busy == 0,
            failed: found.failed,
            retry: self.retry.clone(),
            judge: self.judge.clone(),
        };
        drop(found);
        (self.job.show)(search);
    }

    fn retry(self: &Rc<Self>) {
        if let Way::Texts(scan) = &self.way {
            scan.retry();
        }
        self.found.borrow_mut().failed = 0;
        self.start(0);
    }
}
