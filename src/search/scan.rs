//! Search without an index: scans every article, page by page.

use super::matcher::CompiledQuery;
use super::plan::{Hit, Plan};
use crate::archive::index::{FrequencyClass, LengthBucket, LengthTable, Postings, for_each_frequency};
use crate::archive::reader::Store;
use crate::archive::{Archive, ArchiveError, ROWS_PER_PAGE};
use crate::model::Article;
use crate::small_sort;
use crate::text::fold_article;
use std::cell::RefCell;
use std::collections::{BTreeMap, VecDeque};
use std::rc::Rc;

/// Progress of one work item.
#[derive(Debug)]
pub struct ScanProgress {
    /// Number of articles scanned.
    pub scanned: u32,
    /// Error of a page that could not be read; the page stays pending, see [`Scan::retry`].
    pub error: Option<ArchiveError>,
}

/// Running scan. Several workers may call [`work`](Scan::work) on one scan concurrently.
pub struct Scan {
    query: CompiledQuery,
    plan: Plan,
    preferred: Vec<bool>,
    /// Articles available offline; `None` if all are.
    allowed: Option<Rc<Vec<bool>>>,
    /// Postings computed so far, for each index term of the plan.
    postings: RefCell<Vec<PostingsByWord>>,
    /// Lengths of the scanned articles.
    lengths: RefCell<LengthTable>,
    /// Matching articles found so far.
    matched: RefCell<Vec<u32>>,
    pending: RefCell<VecDeque<PageTask>>,
    failed: RefCell<Vec<PageTask>>,
}

/// Postings of an index term: one list, or one list per word of a prefix.
type PostingsByWord = BTreeMap<String, Vec<(u32, FrequencyClass)>>;

/// Task: the preferred articles of a page, or its others.
#[derive(Clone, Copy)]
struct PageTask {
    page: u32,
    preferred: bool,
}

impl Scan {
    /// Creates a scan of the `preferred` articles, then of all others, newest first.
    ///
    /// The others matter to the counts of filters that are not chosen, and to the IDF of a word.
    pub fn new(query: &CompiledQuery, preferred: Vec<bool>) -> Scan {
        let pages: Vec<&[bool]> = preferred.chunks(ROWS_PER_PAGE as usize).collect();
        let pieces = [true, false].into_iter().flat_map(|preferred| {
            let pages = pages.iter().enumerate().rev().filter(move |(_, page)| page.contains(&preferred));
            pages.map(move |(page, _)| PageTask { page: page as u32, preferred })
        });
        let to_do = RefCell::new(pieces.collect());
        let plan = Plan::new(query);
        Scan {
            query: query.clone(),
            postings: RefCell::new(vec![PostingsByWord::new(); plan.index_terms().len()]),
            lengths: RefCell::default(),
            plan,
            preferred,
            allowed: None,
            matched: RefCell::default(),
            pending: to_do,
            failed: RefCell::default(),
        }
    }

    /// Restricts the scan to these articles.
    pub fn restrict_to(self, kept: Rc<Vec<bool>>) -> Scan {
        Scan { allowed: Some(kept), ..self }
    }

    /// Takes pieces until none is left, reporting each; stops when `report` says `false`.
    pub async fn work<S: Store>(&self, archive: &Archive<S>, mut report: impl FnMut(ScanProgress) -> bool) {
        loop {
            let Some(piece) = self.pending.borrow_mut().pop_front() else { return };
            let (mut scanned, mut matched) = (0, Vec::new());
            let code = archive.posting_code();
            let mut lists = vec![PostingsByWord::new(); self.plan.index_terms().len()];
            let can_be_had =
                |at: usize| self.allowed.as_ref().is_none_or(|within| within.get(at) == Some(&true));
            let wanted = |ordinal: u32| {
                let at = ordinal as usize;
                self.preferred.get(at) == Some(&piece.preferred) && can_be_had(at)
            };
            let take = |ordinal: u32, article: &Rc<Article>| {
                scanned += 1;
                let folded = fold_article(&article.text());
                self.lengths.borrow_mut().set(ordinal, LengthBucket::from_byte_len(folded.len()));
                for (lists, unit) in lists.iter_mut().zip(self.plan.index_terms()) {
                    for_each_frequency(&folded, unit, |word, frequency| {
                        let entry = (ordinal, frequency.in_code(code));
                        match lists.get_mut(word) {
                            Some(list) => list.push(entry),
                            None => drop(lists.insert(word.to_owned(), vec![entry])),
                        }
                    });
                }
                if self.query.is_match(&folded) {
                    matched.push(ordinal);
                }
            };
            let outcome = archive.articles_of_page(piece.page, wanted, take).await;
            let step = match outcome {
                Ok(()) => {
                    let mut all = self.postings.borrow_mut();
                    for (all, lists) in all.iter_mut().zip(lists) {
                        lists.into_iter().for_each(|(word, list)| all.entry(word).or_default().extend(list));
                    }
                    self.matched.borrow_mut().extend(matched);
                    ScanProgress { scanned, error: None }
                }
                // Discard the results of a failed page; a retry would count them twice.
                Err(error) => {
                    self.failed.borrow_mut().push(piece);
                    ScanProgress { scanned: 0, error: Some(error) }
                }
            };
            if !report(step) {
                return;
            }
        }
    }

    /// Returns the hits so far among `count` articles, in ordinal order.
    pub fn hits(&self, count: u32) -> Vec<Hit> {
        let list = |lists: &mut PostingsByWord| {
            let lists = lists.values_mut().map(|entries| {
                small_sort::sort(entries);
                Postings::from_indexed(entries.iter().copied())
            });
            Some(Rc::new(Postings::union(count, lists)))
        };
        let lists: Vec<_> = self.postings.borrow_mut().iter_mut().map(list).collect();
        let mut matched = self.matched.borrow_mut();
        small_sort::sort(&mut matched);
        let mut matched = matched.iter().copied().peekable();
        let mut hits = self.plan.hits(&lists, count, &self.lengths.borrow());
        hits.retain_mut(|hit| {
            hit.verified = true;
            while matched.next_if(|&ordinal| ordinal < hit.ordinal).is_some() {}
            matched.next_if_eq(&hit.ordinal).is_some()
        });
        hits
    }

    /// Requeues the failed tasks.
    pub fn retry(&self) {
        self.pending.borrow_mut().extend(self.failed.borrow_mut().drain(..));
    }
}
