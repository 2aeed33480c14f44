//! Running search: results are published as they arrive, and results of older queries are dropped.
//!
//! With an index, all candidates are there at once and in order. Verification removes rows but never reorders
//! them. Without an index every text is scanned.

pub mod count_hits;
pub mod search_task;
pub mod spelling;

pub use count_hits::{CountHitsFn, CountRequest, count_hits, lazy_count_hits};
pub use search_task::start_search;
pub use spelling::{
    OfferTermsFn, SuggestSpellingsFn, lazy_offer_terms, lazy_suggest_spellings, offer_terms,
    suggest_spellings,
};

use crate::app::lazy::{ChunkKind, ChunksContext};
use crate::app::services::rc_eq::{ArchiveHandle, RcEq};
use crate::app::services::{use_effect_with, use_shared};
use crate::app::state::offline;
use crate::search::{FetchFailure, FilterMask, Hit, Query, QueryTokenKind, TextMatches, Verified};
use futures_util::future::LocalBoxFuture;
use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};
use yew::platform::spawn_local;
use yew::prelude::*;

/// State of a search.
#[derive(Clone, PartialEq)]
pub struct SearchState {
    pub hits: RcEq<Vec<Hit>>,
    /// Set if every hit is verified.
    pub is_exact: bool,
    /// Number of scanned articles, if the search is a scan.
    pub scanned: Option<u32>,
    /// Number of articles that are searched.
    pub searchable: u32,
    /// The same where that is a part of the archive, the articles that are cached.
    pub cached: Option<u32>,
    /// True if nothing is pending except failed requests.
    pub is_done: bool,
    /// Part that could not be fetched.
    pub failure: Option<FetchFailure>,
    /// The search itself, once its code is here.
    pub task: Option<TaskHandle>,
}

/// A search that is under way, as what shows its results sees it. Its code comes with the part of the app that
/// searches.
pub trait SearchTask {
    /// Fetches again what failed.
    fn retry(self: Rc<Self>);
    /// Checks a hit against its text, which the results then know, and cuts a snippet. `None` where the text cannot be
    /// fetched, or the search has ended.
    fn verify(self: Rc<Self>, ordinal: u32, snippet_len: usize) -> LocalBoxFuture<'static, Option<Verified>>;
}

/// A handle of a search, which ends with its query. Handles of the same search are equal.
#[derive(Clone)]
pub struct TaskHandle {
    task: Weak<dyn SearchTask>,
    /// Finds the query in a text, also after the search has ended: its results may still be on screen.
    find: Rc<dyn Fn(&str) -> TextMatches>,
}

impl PartialEq for TaskHandle {
    fn eq(&self, other: &TaskHandle) -> bool {
        self.task.ptr_eq(&other.task)
    }
}

impl TaskHandle {
    /// A handle of `task`, whose query `find` finds.
    pub fn new(task: Weak<dyn SearchTask>, find: Rc<dyn Fn(&str) -> TextMatches>) -> TaskHandle {
        TaskHandle { task, find }
    }

    /// Finds the query in a text.
    pub fn find(&self, text: &str) -> TextMatches {
        (self.find)(text)
    }

    /// The search, unless it has ended.
    pub fn get(&self) -> Option<Rc<dyn SearchTask>> {
        self.task.upgrade()
    }
}

/// Request for a search.
pub struct SearchRequest {
    pub archive: ArchiveHandle,
    /// The query, which has terms unless it is unread.
    pub query: Rc<Query>,
    /// Mask of the articles that pass the filters, if known; these are scanned first.
    pub passing: Option<Vec<bool>>,
    /// Mask of the cached articles, if only those are available.
    pub offline_articles: Option<RcEq<Vec<bool>>>,
    /// Set if the index is used.
    pub use_index: bool,
    /// Set while the query is being typed.
    pub is_typing: bool,
    /// Cancelled when another query is shown.
    pub token: Rc<CancelToken>,
    /// Looks whether the host can be reached.
    pub check_host: Callback<()>,
    /// Shows what is known of it.
    pub publish: Box<dyn Fn(SearchState)>,
}

/// Function of the chunk that searches.
pub type StartSearchFn = fn(Rc<SearchRequest>);

/// Cancellation token of a search.
pub struct CancelToken {
    active: Cell<bool>,
    task: RefCell<Option<Rc<dyn SearchTask>>>,
}

impl CancelToken {
    pub fn is_active(&self) -> bool {
        self.active.get()
    }

    /// Keeps a search at hand: it may be asked for what failed, or hear of a text, when it has found all.
    fn retain(&self, search: Rc<dyn SearchTask>) {
        *self.task.borrow_mut() = Some(search);
    }

    fn cancel(&self) {
        self.active.set(false);
        self.task.take();
    }
}

/// Searches for the terms of `query`, among the `kept` articles if only those are available. Returns `None`
/// for a query without terms. One that `is_unread`, since the code for it is not loaded, has a search under way. The filters at the start determine the scan order; changed filters do not
/// restart the search.
#[hook]
pub fn use_search(
    archive: &ArchiveHandle,
    query: &Rc<Query>,
    is_unread: bool,
    sieve: Option<&Rc<FilterMask>>,
    kept: Option<&RcEq<Vec<bool>>>,
) -> Option<SearchState> {
    let terms: Vec<_> = query
        .tokens
        .iter()
        .filter(|token| !matches!(token.kind, QueryTokenKind::Filter(..)))
        .map(|token| token.kind.clone())
        .collect();
    let shown = use_state(|| None::<(Rc<Vec<QueryTokenKind>>, SearchState)>);
    let terms = use_memo(terms, |terms| terms.clone());
    let has_terms = is_unread || query.has_terms();
    // The initial query of a page is not being typed.
    let typed = use_mut_ref(bool::default);
    let parts = use_shared::<ChunksContext>();
    let device = use_shared::<offline::OfflineContext>();
    // The index is asked at once; texts are looked at in the order that the filters say.
    let indexed = archive.index().is_some() && kept.is_none();
    let ready = sieve.is_some() || indexed;
    {
        let (archive, query, shown) = (archive.clone(), query.clone(), shown.setter());
        let (sieve, kept) = (sieve.cloned(), kept.cloned());
        let terms = terms.clone();
        let key = (RcEq::from(terms.clone()), archive.clone(), ready, kept.clone(), is_unread);
        use_effect_with(key, move |_| {
            let life =
                Rc::new(CancelToken { active: Cell::new(has_terms && ready), task: RefCell::default() });
            if let Some(parts) = parts.filter(|_| life.is_active()) {
                let job = SearchRequest {
                    archive,
                    query,
                    passing: sieve.map(|sieve| sieve.to_mask()),
                    offline_articles: kept,
                    use_index: indexed,
                    is_typing: *typed.borrow(),
                    token: life.clone(),
                    check_host: Callback::from(move |()| {
                        device.iter().for_each(offline::OfflineContext::request_check)
                    }),
                    publish: Box::new(move |search| shown.set(Some((terms.clone(), search)))),
                };
                spawn_local(start_when_loaded(parts, Rc::new(job)));
            }
            *typed.borrow_mut() = !is_unread;
            move || life.cancel()
        });
    }
    let current = shown.as_ref().filter(|(of, _)| *of == terms).map(|(_, search)| search.clone());
    has_terms.then(|| current.unwrap_or_else(|| SearchState::initial(indexed, archive.count())))
}

impl SearchState {
    /// Returns a click handler that fetches again what failed.
    pub fn on_retry(&self) -> Callback<MouseEvent> {
        let task = self.task.clone();
        Callback::from(move |_: MouseEvent| {
            if let Some(task) = task.as_ref().and_then(TaskHandle::get) {
                task.retry();
            }
        })
    }

    /// Returns true if the search ended without a hit and without reaching all articles.
    pub fn is_inconclusive(&self) -> bool {
        self.is_done && self.hits.is_empty() && (self.failure.is_some() || self.cached.is_some())
    }

    /// Returns the state of a search that has just begun.
    pub fn initial(indexed: bool, among: u32) -> SearchState {
        SearchState {
            hits: RcEq::new(Vec::new()),
            is_exact: true,
            scanned: (!indexed).then_some(0),
            searchable: among,
            cached: None,
            is_done: false,
            failure: None,
            task: None,
        }
    }
}

/// Starts the search as soon as its code is loaded.
async fn start_when_loaded(parts: ChunksContext, job: Rc<SearchRequest>) {
    let start = parts.load(ChunkKind::Reader).await.and_then(|chunk| chunk.get::<StartSearchFn>());
    if !job.token.is_active() {
        return;
    }
    if let Some(start) = start {
        // An unread query has no terms: it is searched for when it has been read.
        if job.query.has_terms() {
            start(job);
        }
        return;
    }
    let initial = SearchState::initial(job.use_index, job.archive.count());
    let waiting: Rc<dyn SearchTask> = Rc::new(WithoutCode { parts, job: job.clone() });
    let task = Some(TaskHandle::new(Rc::downgrade(&waiting), Rc::new(|_| TextMatches::new())));
    job.token.retain(waiting);
    (job.publish)(SearchState { is_done: true, failure: Some(FetchFailure::Code), task, ..initial });
}

/// A search whose code did not come.
struct WithoutCode {
    parts: ChunksContext,
    job: Rc<SearchRequest>,
}

impl SearchTask for WithoutCode {
    fn retry(self: Rc<Self>) {
        (self.job.publish)(SearchState::initial(self.job.use_index, self.job.archive.count()));
        spawn_local(start_when_loaded(self.parts.clone(), self.job.clone()));
    }

    fn verify(self: Rc<Self>, _: u32, _: usize) -> LocalBoxFuture<'static, Option<Verified>> {
        Box::pin(async { None })
    }
}
