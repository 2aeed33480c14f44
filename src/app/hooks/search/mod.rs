//! Running search: results are published as they arrive, and results of older queries are dropped.
//!
//! With an index, all candidates are there at once and in order. Verification removes rows but never reorders
//! them. Without an index every text is scanned.

mod run;
mod total;

pub use run::start;
pub use total::{Asked, total};

use super::use_effect_with;
use crate::app::handle::{Archive, Shared};
use crate::app::offline;
use crate::app::parts::Parts;
use crate::search::{FetchFailure, Hit, Query, TokenKind};
use crate::view::Sieve;
use std::any::Any;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use yew::platform::spawn_local;
use yew::prelude::*;

/// State of a search.
#[derive(Clone, PartialEq)]
pub struct Search {
    pub hits: Shared<Vec<Hit>>,
    /// Set if every hit is verified.
    pub exact: bool,
    /// Number of scanned articles, if the search is a scan.
    pub scanned: Option<u32>,
    /// How many articles are searched.
    pub among: u32,
    /// The same where that is a part of the archive, the articles that are cached.
    pub cached: Option<u32>,
    /// Whether nothing more is to come, but for what failed.
    pub done: bool,
    /// What could not be fetched.
    pub failure: Option<FetchFailure>,
    /// Fetches it again.
    pub retry: Callback<()>,
    /// Reports the verification of a hit: its ordinal and the result.
    pub judge: Callback<(u32, bool)>,
}

/// Request for a search.
pub struct Job {
    pub archive: Archive,
    /// The query, which has terms.
    pub query: Rc<Query>,
    /// Mask of the articles that pass the filters, if known; these are scanned first.
    pub passing: Option<Vec<bool>>,
    /// Mask of the cached articles, if only those are available.
    pub kept: Option<Shared<Vec<bool>>>,
    /// Set if the index is used.
    pub indexed: bool,
    /// Set while the query is being typed.
    pub typed: bool,
    /// Cancelled when another query is shown.
    pub life: Rc<Life>,
    /// Looks whether the host can be reached.
    pub check_host: Callback<()>,
    /// Shows what is known of it.
    pub show: Box<dyn Fn(Search)>,
}

/// Cancellation token of a search.
pub struct Life {
    goes_on: Cell<bool>,
    search: RefCell<Option<Rc<dyn Any>>>,
}

impl Life {
    pub fn goes_on(&self) -> bool {
        self.goes_on.get()
    }

    /// Retains a search, so that it can retry and accept verifications after its workers have ended.
    fn hold(&self, search: Rc<dyn Any>) {
        *self.search.borrow_mut() = Some(search);
    }

    fn end(&self) {
        self.goes_on.set(false);
        self.search.take();
    }
}

/// Searches for the terms of `query`, among the `kept` articles if only those are available. Returns `None`
/// for a query without terms. The filters at the start determine the scan order; changed filters do not
/// restart the search.
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
    // The initial query of a page is not being typed.
    let typed = use_mut_ref(bool::default);
    let parts = use_context::<Parts>();
    let device = use_context::<offline::Handle>();
    // The index is asked at once; texts are looked at in the order that the filters say.
    let indexed = archive.index().is_some() && kept.is_none();
    let ready = sieve.is_some() || indexed;
    {
        let (archive, query, shown) = (archive.clone(), query.clone(), shown.setter());
        let (sieve, kept) = (sieve.cloned(), kept.cloned());
        let terms = terms.clone();
        use_effect_with((Shared::from(terms.clone()), archive.clone(), ready, kept.clone()), move |_| {
            let life = Rc::new(Life { goes_on: Cell::new(has_terms && ready), search: RefCell::default() });
            if let Some(parts) = parts.filter(|_| life.goes_on()) {
                let job = Job {
                    archive,
                    query,
                    passing: sieve.map(|sieve| sieve.passing()),
                    kept,
                    indexed,
                    typed: *typed.borrow(),
                    life: life.clone(),
                    check_host: Callback::from(move |()| device.iter().for_each(offline::Handle::check)),
                    show: Box::new(move |search| shown.set(Some((terms.clone(), search)))),
                };
                spawn_local(begin(parts, Rc::new(job)));
            }
            *typed.borrow_mut() = true;
            move || life.end()
        });
    }
    let current = shown.as_ref().filter(|(of, _)| *of == terms).map(|(_, search)| search.clone());
    has_terms.then(|| current.unwrap_or_else(|| Search::begun(indexed, archive.count())))
}

impl Search {
    /// Whether it has ended without a hit, and without having searched all articles.
    pub fn is_inconclusive(&self) -> bool {
        self.done && self.hits.is_empty() && (self.failure.is_some() || self.cached.is_some())
    }

    fn begun(indexed: bool, among: u32) -> Search {
        Search {
            hits: Shared::new(Vec::new()),
            exact: true,
            scanned: (!indexed).then_some(0),
            among,
            cached: None,
            done: false,
            failure: None,
            retry: Callback::noop(),
            judge: Callback::noop(),
        }
    }
}

/// Starts the search as soon as its code is loaded.
async fn begin(parts: Parts, job: Rc<Job>) {
    let soon = parts.soon().await;
    if !job.life.goes_on() {
        return;
    }
    if let Some(soon) = soon {
        return (soon.search)(job);
    }
    let begun = Search::begun(job.indexed, job.archive.count());
    let (again, goes_on) = (job.clone(), begun.clone());
    let retry = Callback::from(move |()| {
        (again.show)(goes_on.clone());
        spawn_local(begin(parts.clone(), again.clone()));
    });
    (job.show)(Search { done: true, failure: Some(FetchFailure::Code), retry, ..begun });
}
