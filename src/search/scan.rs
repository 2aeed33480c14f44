//! Search without an index: every article is held against the query, page by page.

use super::matcher::Matcher;
use super::plan::{Hit, Plan};
use super::query::Query;
use crate::archive::{Archive, ArchiveError, Length, Lengths, PAGE, Postings, Store, Weight, weigh_unit};
use crate::model::Article;
use crate::order;
use crate::text::fold;
use std::cell::RefCell;
use std::collections::{BTreeMap, VecDeque};
use std::rc::Rc;

/// What a search asks of an archive.
#[allow(async_fn_in_trait)] // As with `Store`, these futures stay where they are made.
pub trait Texts {
    /// Hands over the articles of catalogue page `page` whose ordinals are `wanted`.
    async fn articles_of_page(
        &self,
        page: u32,
        wanted: &dyn Fn(u32) -> bool,
        take: &mut dyn FnMut(u32, &Rc<Article>),
    ) -> Result<(), ArchiveError>;
}

impl<S: Store> Texts for Archive<S> {
    async fn articles_of_page(
        &self,
        page: u32,
        wanted: &dyn Fn(u32) -> bool,
        take: &mut dyn FnMut(u32, &Rc<Article>),
    ) -> Result<(), ArchiveError> {
        Archive::articles_of_page(self, page, wanted, take).await
    }
}

/// What a piece of work brought.
#[derive(Debug)]
pub struct Step {
    /// How many articles were looked at.
    pub scanned: u32,
    /// Why a page could not be looked at; it stays to do, see [`Scan::retry`].
    pub failed: Option<ArchiveError>,
}

/// A search under way. Several workers may run [`work`](Scan::work) on one scan at a time.
pub struct Scan {
    matcher: Matcher,
    plan: Plan,
    preferred: Vec<bool>,
    /// The articles that can be had, when those are not all.
    within: Option<Rc<Vec<bool>>>,
    /// What an index would hold of each unit of the plan, as far as texts have been looked at.
    lists: RefCell<Vec<Lists>>,
    /// The lengths of their articles.
    lengths: RefCell<Lengths>,
    /// The articles that match, as far as texts have been looked at.
    matched: RefCell<Vec<u32>>,
    to_do: RefCell<VecDeque<Piece>>,
    failed: RefCell<Vec<Piece>>,
}

/// The lists of a unit: one, or one for each of the words that it is the beginning of.
type Lists = BTreeMap<String, Vec<(u32, Weight)>>;

/// The preferred articles of a page, or the others.
#[derive(Clone, Copy)]
struct Piece {
    page: u32,
    preferred: bool,
}

impl Scan {
    /// A scan of the articles that are `preferred` and then of the others, newest first.
    ///
    /// The others matter to the counts beside filters that are not chosen, and to how rare a word is.
    pub fn new(query: &Query, preferred: Vec<bool>) -> Scan {
        let pages: Vec<&[bool]> = preferred.chunks(PAGE as usize).collect();
        let pieces = [true, false].into_iter().flat_map(|preferred| {
            let pages = pages.iter().enumerate().rev().filter(move |(_, page)| page.contains(&preferred));
            pages.map(move |(page, _)| Piece { page: page as u32, preferred })
        });
        let to_do = RefCell::new(pieces.collect());
        let plan = Plan::new(query);
        Scan {
            matcher: Matcher::new(query),
            lists: RefCell::new(vec![Lists::new(); plan.units().len()]),
            lengths: RefCell::default(),
            plan,
            preferred,
            within: None,
            matched: RefCell::default(),
            to_do,
            failed: RefCell::default(),
        }
    }

    /// Looks at no others than these.
    pub fn within(self, kept: Rc<Vec<bool>>) -> Scan {
        Scan { within: Some(kept), ..self }
    }

    /// Takes pieces until none is left, reporting each; stops when `report` says `false`.
    pub async fn work(&self, texts: &impl Texts, mut report: impl FnMut(Step) -> bool) {
        loop {
            let Some(piece) = self.to_do.borrow_mut().pop_front() else { return };
            let (mut scanned, mut matched) = (0, Vec::new());
            let mut lists = vec![Lists::new(); self.plan.units().len()];
            let can_be_had =
                |at: usize| self.within.as_ref().is_none_or(|within| within.get(at) == Some(&true));
            let wanted = |ordinal: u32| {
                let at = ordinal as usize;
                self.preferred.get(at) == Some(&piece.preferred) && can_be_had(at)
            };
            let mut take = |ordinal: u32, article: &Rc<Article>| {
                scanned += 1;
                let folded = fold(&article.text());
                self.lengths.borrow_mut().set(ordinal, Length::of(folded.len()));
                for (lists, unit) in lists.iter_mut().zip(self.plan.units()) {
                    weigh_unit(&folded, unit, |word, weight| match lists.get_mut(word) {
                        Some(list) => list.push((ordinal, weight)),
                        None => drop(lists.insert(word.to_owned(), vec![(ordinal, weight)])),
                    });
                }
                if self.matcher.matches(&folded) {
                    matched.push(ordinal);
                }
            };
            let outcome = texts.articles_of_page(piece.page, &wanted, &mut take).await;
            let step = match outcome {
                Ok(()) => {
                    let mut all = self.lists.borrow_mut();
                    for (all, lists) in all.iter_mut().zip(lists) {
                        lists.into_iter().for_each(|(word, list)| all.entry(word).or_default().extend(list));
                    }
                    self.matched.borrow_mut().extend(matched);
                    Step { scanned, failed: None }
                }
                // Half a page would be counted twice when it is tried again.
                Err(error) => {
                    self.failed.borrow_mut().push(piece);
                    Step { scanned: 0, failed: Some(error) }
                }
            };
            if !report(step) {
                return;
            }
        }
    }

    /// What has been found among the `count` articles of the archive, in their order.
    pub fn hits(&self, count: u32) -> Vec<Hit> {
        let list = |lists: &mut Lists| {
            let lists = lists.values_mut().map(|entries| {
                order::sort(entries);
                Postings::of(entries.iter().copied())
            });
            Some(Rc::new(Postings::any_of(count, lists)))
        };
        let lists: Vec<_> = self.lists.borrow_mut().iter_mut().map(list).collect();
        let mut matched = self.matched.borrow_mut();
        order::sort(&mut matched);
        let mut matched = matched.iter().copied().peekable();
        let mut hits = self.plan.hits(&lists, count, &self.lengths.borrow());
        hits.retain_mut(|hit| {
            hit.sure = true;
            while matched.next_if(|&ordinal| ordinal < hit.ordinal).is_some() {}
            matched.next_if_eq(&hit.ordinal).is_some()
        });
        hits
    }

    /// Puts what failed back to do.
    pub fn retry(&self) {
        self.to_do.borrow_mut().extend(self.failed.borrow_mut().drain(..));
    }
}
