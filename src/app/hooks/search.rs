//! A search under way: results as they come, late results of older queries dropped.

use crate::app::handle::{Archive, Shared};
use crate::search::{Hit, Query, Scan, Step};
use crate::view::Sieve;
use gloo::timers::future::TimeoutFuture;
use std::cell::RefCell;
use std::rc::Rc;
use yew::platform::spawn_local;
use yew::prelude::*;

/// What is known of a search.
#[derive(Clone, PartialEq)]
pub struct Search {
    /// The articles that match so far.
    pub hits: Shared<Vec<Hit>>,
    /// How many articles were looked at.
    pub scanned: u32,
    /// Whether all were, but for those that failed.
    pub done: bool,
    /// How many pages could not be looked at.
    pub failed: usize,
    /// Looks at those again.
    pub retry: Callback<()>,
}

/// Requests at a time.
const WORKERS: usize = 6;
/// How long to wait for the next letter before an archive that must be fetched is searched.
const PAUSE_MS: u32 = 200;
/// How often what came is shown.
const SHOW_MS: f64 = 120.0;

/// Searches for the terms of `query`; nothing while it has none. The filters decide, when the search begins,
/// which articles are looked at first; they do not start it anew.
#[hook]
pub fn use_search(archive: &Archive, query: &Rc<Query>, sieve: Option<&Rc<Sieve>>) -> Option<Search> {
    let terms: Vec<_> = query
        .tokens
        .iter()
        .filter(|token| !matches!(token.kind, crate::search::TokenKind::Filter(..)))
        .map(|token| token.kind.clone())
        .collect();
    let shown = use_state(|| None::<(Rc<Vec<crate::search::TokenKind>>, Search)>);
    let terms = use_memo(terms, |terms| terms.clone());
    let has_terms = query.has_terms();
    let ready = sieve.is_some();
    {
        let (archive, query, shown) = (archive.clone(), query.clone(), shown.setter());
        let sieve = sieve.cloned();
        let terms = terms.clone();
        use_effect_with((Shared::from(terms.clone()), archive.clone(), ready), move |_| {
            let alive = Rc::new(RefCell::new(true));
            if let (true, Some(sieve)) = (has_terms, sieve) {
                let run = Run::new(archive, &query, &sieve, alive.clone(), move |search| {
                    shown.set(Some((terms.clone(), search)));
                });
                run.start();
            }
            move || *alive.borrow_mut() = false
        });
    }
    let current = shown.as_ref().filter(|(of, _)| *of == terms).map(|(_, search)| search.clone());
    has_terms.then(|| current.unwrap_or_else(Search::begun))
}

impl Search {
    fn begun() -> Search {
        Search { hits: Shared::new(Vec::new()), scanned: 0, done: false, failed: 0, retry: Callback::noop() }
    }
}

/// A scan with the workers on it.
struct Run {
    archive: Archive,
    scan: Scan,
    alive: Rc<RefCell<bool>>,
    show: Box<dyn Fn(Search)>,
    found: RefCell<Found>,
}

#[derive(Default)]
struct Found {
    hits: Vec<Hit>,
    scanned: u32,
    failed: usize,
    busy: usize,
    shown_at: f64,
}

impl Run {
    fn new(
        archive: Archive,
        query: &Query,
        sieve: &Sieve,
        alive: Rc<RefCell<bool>>,
        show: impl Fn(Search) + 'static,
    ) -> Rc<Run> {
        let scan = Scan::new(query, sieve.passing(), true);
        Rc::new(Run { archive, scan, alive, show: Box::new(show), found: RefCell::default() })
    }

    fn start(self: Rc<Self>) {
        let local = self.archive.manifest().tables.is_none();
        self.found.borrow_mut().busy = if local { 1 } else { WORKERS };
        for _ in 0..if local { 1 } else { WORKERS } {
            let run = self.clone();
            spawn_local(async move {
                if !local {
                    TimeoutFuture::new(PAUSE_MS).await;
                }
                if *run.alive.borrow() {
                    run.scan.work(&*run.archive, |step| run.take(step)).await;
                }
                run.found.borrow_mut().busy -= 1;
                run.clone().publish(true);
            });
        }
    }

    fn take(self: &Rc<Self>, step: Step) -> bool {
        let mut found = self.found.borrow_mut();
        found.hits.extend(step.hits);
        found.scanned += step.scanned;
        found.failed += usize::from(step.failed.is_some());
        drop(found);
        self.clone().publish(false);
        *self.alive.borrow()
    }

    fn publish(self: Rc<Self>, at_once: bool) {
        if !*self.alive.borrow() {
            return;
        }
        let mut found = self.found.borrow_mut();
        let now = js_sys::Date::now();
        if !at_once && now - found.shown_at < SHOW_MS {
            return;
        }
        found.shown_at = now;
        let search = Search {
            hits: Shared::new(found.hits.clone()),
            scanned: found.scanned,
            done: found.busy == 0,
            failed: found.failed,
            retry: {
                let run = self.clone();
                Callback::from(move |()| {
                    run.scan.retry();
                    run.found.borrow_mut().failed = 0;
                    run.clone().start();
                })
            },
        };
        drop(found);
        (self.show)(search);
    }
}
