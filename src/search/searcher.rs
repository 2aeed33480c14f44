//! The search procedure: plan, fetch postings, rank, verify, cut snippets; texts are scanned where postings are missing.
//!
//! The app, the command line, the tests and the benchmarks run it alike and differ in scheduling alone. All methods
//! take `&self`: several tasks may work on one search at a time.

use super::failure::FetchFailure;
use super::matcher::{CompiledQuery, Verified};
use super::plan::{Hit, Plan};
use super::query::Query;
use super::scan::Scan;
use crate::archive::reader::Store;
use crate::archive::{Archive, ArchiveError};
use crate::text::fold_article;
use futures_util::future::join;
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::ops::Deref;
use std::rc::Rc;

/// A search of an archive, which `A` points to.
pub struct Searcher<A> {
    archive: A,
    query: CompiledQuery,
    plan: Plan,
    preferred: Option<Vec<bool>>,
    is_indexed: bool,
    postings: RefCell<PostingsState>,
    verified: RefCell<HashMap<u32, bool>>,
    texts: RefCell<Option<Rc<TextScan>>>,
    /// Ordinal of the article whose address the query is.
    address_ordinal: Cell<Option<u32>>,
}

/// Score of the article whose address the query is; greater than every other.
const ADDRESS_SCORE: u32 = u32::MAX >> 1;

/// The state of the postings.
enum PostingsState {
    /// They have not been fetched yet, or are fetched again.
    Pending,
    /// All came, and give these hits.
    Complete(Vec<Hit>),
    /// Some are missing; the others bound the hits.
    Partial(Vec<Hit>, ArchiveError),
    /// Too few came to bound the hits.
    Missing(ArchiveError),
}

/// A scan under way.
struct TextScan {
    scan: Scan,
    /// The number of articles whose texts it reads.
    count: u32,
    scanned: Cell<u32>,
    failed: RefCell<Option<ArchiveError>>,
}

/// The state of a search.
#[derive(Clone, Debug, PartialEq)]
pub struct SearchOutcome {
    /// The hits so far, in the order of the archive. Those that are known not to match are left out.
    pub hits: Vec<Hit>,
    /// True if every hit is known to match.
    pub exact: bool,
    /// The number of texts that have been scanned, where texts are scanned.
    pub scanned: Option<u32>,
    /// The number of articles that are searched.
    pub searched: u32,
    /// The same where that is a part of the archive, the articles that are cached.
    pub cached: Option<u32>,
    /// Missing part, if the results lack one.
    pub failure: Option<FetchFailure>,
}

impl<S: Store, A: Deref<Target = Archive<S>>> Searcher<A> {
    /// A search for the terms of `query`. Filters are applied to its results, by `view::select`.
    pub fn new(archive: A, query: &Query) -> Searcher<A> {
        let query = CompiledQuery::new(query);
        let plan = Plan::new(&query);
        let is_indexed = archive.index().is_some() && plan.is_covered();
        Searcher {
            archive,
            query,
            plan,
            preferred: None,
            is_indexed,
            postings: RefCell::new(PostingsState::Pending),
            verified: RefCell::default(),
            texts: RefCell::default(),
            address_ordinal: Cell::new(None),
        }
    }

    /// Scans the texts of `preferred` articles first.
    pub fn with_preferred(self, preferred: Option<Vec<bool>>) -> Searcher<A> {
        Searcher { preferred, ..self }
    }

    /// Searches `cached` articles alone, by their texts.
    pub fn among(self, cached: Rc<Vec<bool>>) -> Searcher<A> {
        let searcher = Searcher { is_indexed: false, ..self };
        searcher.begin_scan(Some(cached));
        searcher
    }

    /// The archive.
    pub fn archive(&self) -> &A {
        &self.archive
    }

    /// The query.
    pub fn query(&self) -> &CompiledQuery {
        &self.query
    }

    /// Returns true if an index covers the query; if not, only texts can be scanned.
    pub fn is_indexed(&self) -> bool {
        self.is_indexed
    }

    /// Finds all hits: by the index, or by the texts where there is none or it fails. A failure of the index is no
    /// error, see [`index_error`](Searcher::index_error).
    pub async fn search(&self) -> Result<SearchOutcome, ArchiveError> {
        if !self.is_indexed || !self.fetch_postings().await {
            self.begin_scan(None);
            self.scan(|| true).await;
        }
        let failed = self.texts.borrow().as_ref().and_then(|texts| texts.failed.borrow().clone());
        failed.map_or_else(|| Ok(self.results()), Err)
    }

    /// Locates the article whose address the query is. If the lookup fails, only the words of the address are searched.
    async fn locate_address(&self) {
        if let Some(id) = self.query.address() {
            self.address_ordinal.set(self.archive.locate(id).await.ok().flatten());
        }
    }

    /// Fetches the postings of the query and ranks the hits. Returns whether all postings came.
    pub async fn fetch_postings(&self) -> bool {
        *self.postings.borrow_mut() = PostingsState::Pending;
        self.locate_address().await;
        let archive = &*self.archive;
        let (lists, facets) = join(archive.postings(self.plan.index_terms()), archive.facets()).await;
        let error = lists.iter().find_map(|list| list.as_ref().err().cloned());
        let lists: Vec<_> = lists.into_iter().map(Result::ok).collect();
        // Without lengths every article counts as one of usual length.
        let lengths = facets.map(|facets| facets.lengths.clone()).unwrap_or_default();
        let hits = || self.plan.hits(&lists, archive.count(), &lengths);
        let fetched = match error {
            None => PostingsState::Complete(hits()),
            Some(error) if self.plan.has_usable_postings(&lists) => PostingsState::Partial(hits(), error),
            Some(error) => PostingsState::Missing(error),
        };
        let is_complete = matches!(fetched, PostingsState::Complete(_));
        *self.postings.borrow_mut() = fetched;
        let mut texts = self.texts.borrow_mut();
        texts.take_if(|texts| !self.needs_texts(texts.count));
        is_complete
    }

    /// Why postings are missing, if any are.
    pub fn index_error(&self) -> Option<ArchiveError> {
        match &*self.postings.borrow() {
            PostingsState::Partial(_, error) | PostingsState::Missing(error) => Some(error.clone()),
            PostingsState::Pending | PostingsState::Complete(_) => None,
        }
    }

    /// Prepares a scan of all texts, or of those that are `cached`. Returns whether they say more than the postings do.
    pub fn begin_scan(&self, cached: Option<Rc<Vec<bool>>>) -> bool {
        let all = self.archive.count();
        let count = |cached: &Rc<Vec<bool>>| cached.iter().filter(|&&cached| cached).count() as u32;
        let count = cached.as_ref().map_or(all, count);
        let is_needed = !self.is_indexed || self.needs_texts(count);
        if is_needed {
            let preferred = self.preferred.clone().unwrap_or_else(|| vec![true; all as usize]);
            let scan = Scan::new(&self.query, preferred);
            let scan = match cached {
                Some(cached) => scan.restrict_to(cached),
                None => scan,
            };
            let texts = TextScan { scan, count, scanned: Cell::new(0), failed: RefCell::default() };
            *self.texts.borrow_mut() = Some(Rc::new(texts));
        }
        is_needed
    }

    /// Returns true if a scan is prepared, under way or done.
    pub fn has_scan(&self) -> bool {
        self.texts.borrow().is_some()
    }

    /// Returns true if the texts of `count` articles say more than the postings do.
    fn needs_texts(&self, count: u32) -> bool {
        match &*self.postings.borrow() {
            PostingsState::Complete(_) => false,
            PostingsState::Partial(..) => count == self.archive.count(),
            PostingsState::Pending | PostingsState::Missing(_) => count > 0,
        }
    }

    /// Scans texts until none is left, the postings make them needless, or `report`, which is called after each step,
    /// returns `false`. Several workers may do so at a time.
    pub async fn scan(&self, report: impl Fn() -> bool) {
        let Some(texts) = self.texts.borrow().clone() else { return };
        self.locate_address().await;
        let take = |step: super::scan::ScanProgress| {
            texts.scanned.set(texts.scanned.get() + step.scanned);
            if step.error.is_some() {
                *texts.failed.borrow_mut() = step.error;
            }
            let is_current = self.texts.borrow().as_ref().is_some_and(|now| Rc::ptr_eq(now, &texts));
            report() && is_current
        };
        texts.scan.work(&*self.archive, take).await;
    }

    /// Puts the texts that could not be fetched back to be scanned.
    pub fn retry_scan(&self) {
        if let Some(texts) = &*self.texts.borrow() {
            texts.failed.take();
            texts.scan.retry();
        }
    }

    /// The hits that their texts have to decide.
    pub fn unverified(&self) -> Vec<u32> {
        let hits = self.results().hits;
        hits.iter().filter(|hit| !hit.verified).map(|hit| hit.ordinal).collect()
    }

    /// Returns true if the text of `ordinal` has to decide a hit, and has not yet.
    pub fn is_unverified(&self, ordinal: u32) -> bool {
        let is_open = match &*self.postings.borrow() {
            PostingsState::Complete(hits) | PostingsState::Partial(hits, _) => {
                let at = hits.binary_search_by_key(&ordinal, |hit| hit.ordinal);
                at.is_ok_and(|at| !hits[at].verified)
            }
            PostingsState::Pending | PostingsState::Missing(_) => false,
        };
        is_open && !self.verified.borrow().contains_key(&ordinal)
    }

    /// Checks the hit `ordinal` against its text.
    pub async fn check(&self, ordinal: u32) -> Result<bool, ArchiveError> {
        let text = self.archive.article(ordinal).await?.text();
        let is_match = self.query.is_match(&fold_article(&text));
        self.verified.borrow_mut().insert(ordinal, is_match);
        Ok(is_match)
    }

    /// Checks the hit `ordinal` against its text, and cuts a snippet of about `snippet_len` Chinese characters.
    pub async fn verify(&self, ordinal: u32, snippet_len: usize) -> Result<Verified, ArchiveError> {
        let text = self.archive.article(ordinal).await?.text();
        let verified = self.query.verify(&text, snippet_len);
        self.verified.borrow_mut().insert(ordinal, verified.is_match);
        Ok(verified)
    }

    /// The results so far.
    pub fn results(&self) -> SearchOutcome {
        let all = self.archive.count();
        let (postings, texts) = (self.postings.borrow(), self.texts.borrow());
        let mut hits = match (&*texts, &*postings) {
            (Some(texts), _) => texts.scan.hits(all),
            (None, PostingsState::Complete(hits) | PostingsState::Partial(hits, _)) => hits.clone(),
            (None, PostingsState::Pending | PostingsState::Missing(_)) => Vec::new(),
        };
        let verified = self.verified.borrow();
        hits.retain_mut(|hit| {
            let is_match = if hit.verified { None } else { verified.get(&hit.ordinal) };
            hit.verified |= is_match.is_some();
            is_match != Some(&false)
        });
        if let Some(ordinal) = self.address_ordinal.get() {
            let hit = Hit { ordinal, score: ADDRESS_SCORE, verified: true };
            match hits.binary_search_by_key(&ordinal, |hit| hit.ordinal) {
                Ok(at) => hits[at] = hit,
                Err(at) => hits.insert(at, hit),
            }
        }
        let exact = hits.iter().all(|hit| hit.verified);
        let searched = texts.as_ref().map_or(all, |texts| texts.count);
        let failure = match (&*texts, &*postings) {
            (_, PostingsState::Complete(_)) => None,
            (Some(texts), _) if texts.failed.borrow().is_some() => Some(FetchFailure::Texts),
            (Some(_), _) if searched == all => None,
            // A search among cached texts has no other sources; unless there are none.
            (Some(_), _) if !self.is_indexed && searched > 0 => None,
            // Texts have decided what the missing postings would.
            (None, PostingsState::Partial(..)) if exact => None,
            (None, PostingsState::Partial(..)) => Some(FetchFailure::Postings),
            (None, PostingsState::Pending) => None,
            _ if self.archive.index().is_none() => Some(FetchFailure::Texts),
            _ => Some(FetchFailure::Index),
        };
        SearchOutcome {
            hits,
            exact,
            scanned: texts.as_ref().map(|texts| texts.scanned.get()),
            searched,
            cached: (searched > 0 && searched < all).then_some(searched),
            failure,
        }
    }
}
