//! A search under way: results as they come, late results of older queries dropped.
//!
//! With an index the articles that match, or may, are there at once, in their order; rows are taken out when
//! their text says that they do not match after all, and never change places. Without one every text is looked at.

use super::use_effect_with;
use crate::app::handle::{Archive, Shared};
use crate::search::{Hit, Matcher, Plan, Query, Scan, Step, TokenKind};
use crate::text::fold;
use crate::view::Sieve;
use gloo::timers::future::TimeoutFuture;
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::{Rc, Weak};
use yew::platform::spawn_local;
use yew::prelude::*;

/// What is known of a search.
#[derive(Clone, PartialEq)]
pub struct Search {
    /// The articles that match so far.
    pub hits: Shared<Vec<Hit>>,
    /// Whether all of them are known to match.
    pub exact: bool,
    /// How many articles were looked at, where all have to be.
    pub scanned: Option<u32>,
    /// How many articles can be found at all: fewer than there are when only kept ones can be had.
    pub among: u32,
    /// Whether nothing more is to come, but for what failed.
    pub done: bool,
    /// How many pieces could not be had.
    pub failed: usize,
    /// Asks for those again.
    pub retry: Callback<()>,
    /// Hears whether the text of an article matches.
    pub judge: Callback<(u32, bool)>,
}

/// Requests at a time.
const WORKERS: usize = 6;
/// How long to wait for the next letter before something has to be fetched for a search.
const PAUSE_MS: u32 = 120;
/// How often what came is shown.
const SHOW_MS: u32 = 120;
/// So many articles that may match are looked at without being on screen, to make the total exact.
const LOOKED_AT: usize = 12;

/// Searches for the terms of `query`, among the articles that are `kept` if only those can be had; nothing while it
/// has none. The filters decide, when the search begins,
/// which articles are looked at first; they do not start it anew.
#[hook]
pub fn use_search(
    archive: &Archive,
    query: &Rc<Query>,
    sieve: Option<&Rc<Sieve>>,
    kept: Option<&Shared<Vec<bool>>>,
) -> Option<Search> {
    let terms: Vec<_> = query
        .tokens
        .iter()
        .filter(|token| !matches!(token.kind, TokenKind::Filter(..)))
        .map(|token| token.kind.clone())
        .collect();
    let shown = use_state(|| None::<(Rc<Vec<TokenKind>>, Search)>);
    let terms = use_memo(terms, |terms| terms.clone());
    let has_terms = query.has_terms();
    // The query that a page opens with has nobody who still types it.
    let typed = use_mut_ref(bool::default);
    // The index is asked at once; texts are looked at in the order that the filters say.
    let indexed = archive.index().is_some() && kept.is_none();
    let ready = sieve.is_some() || indexed;
    {
        let (archive, query, shown) = (archive.clone(), query.clone(), shown.setter());
        let (sieve, kept) = (sieve.cloned(), kept.cloned());
        let terms = terms.clone();
        use_effect_with((Shared::from(terms.clone()), archive.clone(), ready, kept.clone()), move |_| {
            let run = (has_terms && ready).then(|| {
                let passing = sieve.map(|sieve| sieve.passing());
                let run = Run::new(archive, &query, passing, kept, move |search| {
                    shown.set(Some((terms.clone(), search)));
                });
                run.start(if *typed.borrow() { PAUSE_MS } else { 0 });
                run
            });
            *typed.borrow_mut() = true;
            move || run.iter().for_each(|run| run.alive.set(false))
        });
    }
    let current = shown.as_ref().filter(|(of, _)| *of == terms).map(|(_, search)| search.clone());
    has_terms.then(|| current.unwrap_or_else(|| Search::begun(indexed, archive.count())))
}

impl Search {
    fn begun(indexed: bool, among: u32) -> Search {
        Search {
            hits: Shared::new(Vec::new()),
            exact: true,
            scanned: (!indexed).then_some(0),
            among,
            done: false,
            failed: 0,
            retry: Callback::noop(),
            judge: Callback::noop(),
        }
    }
}

/// A search with what it needs.
struct Run {
    archive: Archive,
    way: Way,
    among: u32,
    /// Whether its query is still the one that is shown.
    alive: Cell<bool>,
    show: Box<dyn Fn(Search)>,
    retry: Callback<()>,
    judge: Callback<(u32, bool)>,
    found: RefCell<Found>,
    /// Whether what came will be shown in a moment.
    showing: Cell<bool>,
}

enum Way {
    /// By the index; the matcher decides what it leaves open.
    Index(Plan, Matcher),
    /// By looking at every text.
    Texts(Scan),
}

#[derive(Default)]
struct Found {
    hits: Vec<Hit>,
    /// What texts have decided.
    judged: HashMap<u32, bool>,
    scanned: u32,
    failed: usize,
    busy: usize,
}

impl Run {
    fn new(
        archive: Archive,
        query: &Query,
        passing: Option<Vec<bool>>,
        kept: Option<Shared<Vec<bool>>>,
        show: impl Fn(Search) + 'static,
    ) -> Rc<Run> {
        let plan = Plan::new(query);
        let among = kept.as_ref().map(|kept| kept.iter().filter(|&&kept| kept).count() as u32);
        let among = among.unwrap_or(archive.count());
        let way = if archive.index().is_some() && plan.is_covered() && kept.is_none() {
            Way::Index(plan, Matcher::new(query))
        } else {
            let all = || vec![true; archive.count() as usize];
            let scan = Scan::new(query, passing.unwrap_or_else(all));
            Way::Texts(match kept {
                Some(kept) => scan.within(kept.shared()),
                None => scan,
            })
        };
        Rc::new_cyclic(|run: &Weak<Run>| Run {
            archive,
            way,
            among,
            alive: Cell::new(true),
            show: Box::new(show),
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
        let local = self.archive.manifest().tables.is_none();
        let workers = if local || matches!(self.way, Way::Index(..)) { 1 } else { WORKERS };
        self.found.borrow_mut().busy = workers;
        for _ in 0..workers {
            let run = self.clone();
            spawn_local(async move {
                if !local && pause > 0 {
                    TimeoutFuture::new(pause).await;
                }
                if run.alive.get() {
                    match &run.way {
                        Way::Index(plan, matcher) => run.look_up(plan, matcher).await,
                        Way::Texts(scan) => scan.work(&*run.archive, |step| run.take(step)).await,
                    }
                }
                run.found.borrow_mut().busy -= 1;
                run.publish();
            });
        }
    }

    /// Asks the index, and looks at what it leaves open if that is little.
    async fn look_up(self: &Rc<Self>, plan: &Plan, matcher: &Matcher) {
        // The texts of the first rows will be wanted as soon as it is known which.
        let archive = self.archive.clone();
        spawn_local(async move { archive.expect_articles().await });
        let lists = self.archive.postings(plan.units()).await;
        let failed = lists.iter().filter(|list| list.is_err()).count();
        let lists: Vec<_> = lists.into_iter().map(Result::ok).collect();
        let hits =
            if plan.is_narrowed_by(&lists) { plan.hits(&lists, self.archive.count()) } else { Vec::new() };
        let open: Vec<u32> = hits.iter().filter(|hit| !hit.sure).map(|hit| hit.ordinal).collect();
        let mut found = self.found.borrow_mut();
        (found.hits, found.failed) = (hits, failed);
        drop(found);
        if open.len() > LOOKED_AT {
            return;
        }
        // The rows are there meanwhile.
        let (run, matcher) = (self.clone(), matcher.clone());
        spawn_local(async move {
            for ordinal in open {
                if let Ok(article) = run.archive.article(ordinal).await
                    && run.alive.get()
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
        self.alive.get()
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
        if !self.alive.get() {
            return;
        }
        let found = self.found.borrow();
        let mut hits = match &self.way {
            Way::Index(..) => found.hits.clone(),
            Way::Texts(scan) => scan.hits(self.archive.count()),
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
        (self.show)(search);
    }

    fn retry(self: &Rc<Self>) {
        if let Way::Texts(scan) = &self.way {
            scan.retry();
        }
        self.found.borrow_mut().failed = 0;
        self.start(0);
    }
}
