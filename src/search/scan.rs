//! Search without an index: every article is held against the query, page by page.

use super::matcher::Matcher;
use super::query::Query;
use crate::archive::{Archive, ArchiveError, PAGE, Store};
use crate::model::Article;
use std::cell::RefCell;
use std::collections::VecDeque;
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

/// An article that matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit {
    /// The article.
    pub ordinal: u32,
    /// How well it matches; see [`Matcher::judge`].
    pub score: u32,
    /// In how many places.
    pub count: u32,
}

/// What a piece of work brought.
#[derive(Debug)]
pub struct Step {
    /// How many articles were looked at.
    pub scanned: u32,
    /// Those that match, newest first.
    pub hits: Vec<Hit>,
    /// Why the page could not be looked at; it stays to do, see [`Scan::retry`].
    pub failed: Option<ArchiveError>,
}

/// A search under way. Several workers may run [`work`](Scan::work) on one scan at a time.
pub struct Scan {
    matcher: Matcher,
    preferred: Vec<bool>,
    to_do: RefCell<VecDeque<Piece>>,
    failed: RefCell<Vec<Piece>>,
}

/// The preferred articles of a page, or the others.
#[derive(Clone, Copy)]
struct Piece {
    page: u32,
    preferred: bool,
}

impl Scan {
    /// A scan of the articles that are `preferred` and then, if `all`, of the others, newest first.
    ///
    /// The others matter to the counts beside filters that are not chosen.
    pub fn new(query: &Query, preferred: Vec<bool>, all: bool) -> Scan {
        let pages: Vec<&[bool]> = preferred.chunks(PAGE as usize).collect();
        let passes = [true, false].into_iter().filter(|&preferred| preferred || all);
        let pieces = passes.flat_map(|preferred| {
            let pages = pages.iter().enumerate().rev().filter(move |(_, page)| page.contains(&preferred));
            pages.map(move |(page, _)| Piece { page: page as u32, preferred })
        });
        let to_do = RefCell::new(pieces.collect());
        Scan { matcher: Matcher::new(query), to_do, failed: RefCell::default(), preferred }
    }

    /// Takes pieces until none is left, reporting each; stops when `report` says `false`.
    pub async fn work(&self, texts: &impl Texts, mut report: impl FnMut(Step) -> bool) {
        loop {
            let Some(piece) = self.to_do.borrow_mut().pop_front() else { return };
            let (mut scanned, mut hits) = (0, Vec::new());
            let wanted = |ordinal: u32| self.preferred.get(ordinal as usize) == Some(&piece.preferred);
            let mut take = |ordinal: u32, article: &Rc<Article>| {
                scanned += 1;
                if let Some(judged) = self.matcher.judge(&article.text()) {
                    hits.push(Hit { ordinal, score: judged.score, count: judged.count });
                }
            };
            let outcome = texts.articles_of_page(piece.page, &wanted, &mut take).await;
            let step = match outcome {
                Ok(()) => Step { scanned, hits, failed: None },
                // Half a page would be counted twice when it is tried again.
                Err(error) => {
                    self.failed.borrow_mut().push(piece);
                    Step { scanned: 0, hits: Vec::new(), failed: Some(error) }
                }
            };
            if !report(step) {
                return;
            }
        }
    }

    /// Puts what failed back to do.
    pub fn retry(&self) {
        self.to_do.borrow_mut().extend(self.failed.borrow_mut().drain(..));
    }
}
