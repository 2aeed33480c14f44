//! Catalogue rows, fetched on demand.

use crate::app::lazy::ChunksContext;
use crate::app::services::rc_eq::{ArchiveHandle, RcEq};
use crate::app::services::{use_async, use_shared};
use crate::app::state::lookup_fns;
use crate::archive::{ArchiveError, Facets, Page};
use crate::model::{Article, Row};
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::ops::Deref;
use std::rc::Rc;
use yew::platform::spawn_local;
use yew::prelude::*;

/// Loaded row and the page that holds it.
#[derive(Clone)]
pub struct CatalogueRow {
    page: Rc<Page>,
    index: usize,
}

impl Deref for CatalogueRow {
    type Target = Row;

    fn deref(&self) -> &Row {
        &self.page.rows[self.index]
    }
}

impl PartialEq for CatalogueRow {
    fn eq(&self, other: &CatalogueRow) -> bool {
        self.index == other.index && Rc::ptr_eq(&self.page, &other.page) || **self == **other
    }
}

/// Source of a row: a catalogue page or, for search results, the article itself.
#[derive(Clone, Copy, PartialEq)]
enum RowSource {
    Page(u32),
    Article(u32),
}

/// State of an unfinished request.
#[derive(Clone)]
enum RequestState {
    InFlight,
    Failed(ArchiveError),
}

/// Rows of an archive.
#[derive(Clone, PartialEq)]
pub struct Catalogue {
    archive: ArchiveHandle,
    chunks: Option<ChunksContext>,
    pending: RcEq<PendingRows>,
    /// Incremented with every change, so that dependents render again.
    version: u32,
}

/// State of the requests for rows.
struct PendingRows {
    /// Unfinished and failed requests; a handful at most.
    requests: RefCell<Vec<(RowSource, RequestState)>>,
    /// Rows made from articles, each as a page of one row.
    article_rows: RefCell<HashMap<u32, Rc<Page>>>,
    version: Cell<u32>,
    redraw: UseForceUpdateHandle,
}

/// Cache limit for rows made from articles; a row takes some hundred bytes.
const MAX_ARTICLE_ROWS: usize = 4000;

impl PendingRows {
    fn notify(&self) {
        self.version.set(self.version.get().wrapping_add(1));
        self.redraw.force_update();
    }

    fn insert_article(&self, ordinal: u32, article: &Article) {
        let mut found = self.article_rows.borrow_mut();
        if found.len() >= MAX_ARTICLE_ROWS {
            found.clear();
        }
        found.insert(ordinal, Rc::new(Page { rows: vec![Row::from_article(article)], packs: Vec::new() }));
    }
}

type HttpArchive = crate::archive::Archive<crate::app::services::http_store::HttpStore>;

impl Catalogue {
    /// Returns the row of an article if it is cached.
    pub fn cached_row(&self, ordinal: u32) -> Option<CatalogueRow> {
        let (index, at) = HttpArchive::page_of(ordinal);
        if let Some(page) = self.archive.cached_page(index) {
            return (at < page.rows.len()).then_some(CatalogueRow { page, index: at });
        }
        let page = self.pending.article_rows.borrow().get(&ordinal).cloned()?;
        Some(CatalogueRow { page, index: 0 })
    }

    /// Returns the row of an article; `None` if it is not loaded. Fails if its request has failed.
    pub fn row(&self, ordinal: u32) -> Result<Option<CatalogueRow>, ArchiveError> {
        if let Some(row) = self.cached_row(ordinal) {
            return Ok(Some(row));
        }
        let sources = [RowSource::Article(ordinal), RowSource::Page(HttpArchive::page_of(ordinal).0)];
        let requests = self.pending.requests.borrow();
        match requests.iter().find(|(source, _)| sources.contains(source)) {
            Some((_, RequestState::Failed(error))) => Err(error.clone()),
            _ => Ok(None),
        }
    }

    /// Requests the row of an article, unless it is loaded, loading or has failed. With `from_article`, the row is
    /// made from the article, whose text the snippet needs anyway; otherwise its catalogue page is fetched.
    fn request(&self, ordinal: u32, from_article: bool) {
        let source = match from_article {
            true => RowSource::Article(ordinal),
            false => RowSource::Page(HttpArchive::page_of(ordinal).0),
        };
        let is_requested = self.pending.requests.borrow().iter().any(|(other, _)| *other == source);
        if is_requested || self.cached_row(ordinal).is_some() {
            return;
        }
        self.pending.requests.borrow_mut().push((source, RequestState::InFlight));
        let catalogue = self.clone();
        spawn_local(async move {
            let outcome = match source {
                RowSource::Page(index) => catalogue.archive.page(index).await.map(drop),
                RowSource::Article(ordinal) => catalogue.load_article(ordinal).await,
            };
            let mut requests = catalogue.pending.requests.borrow_mut();
            requests.retain(|(other, _)| *other != source);
            if let Err(error) = outcome {
                requests.push((source, RequestState::Failed(error)));
            }
            drop(requests);
            catalogue.pending.notify();
        });
    }

    /// Makes the row of an article from its text.
    async fn load_article(&self, ordinal: u32) -> Result<(), ArchiveError> {
        let fns = match &self.chunks {
            Some(chunks) => lookup_fns(chunks).await,
            None => None,
        };
        // A search, whose code is in the same chunk, has found it.
        let not_found = || ArchiveError::NotFound(format!("article {ordinal}"));
        let article = (fns.ok_or_else(not_found)?.article)(self.archive.clone(), ordinal).await?;
        self.pending.insert_article(ordinal, &article);
        Ok(())
    }

    /// Clears failed requests, so that they are made again.
    pub fn retry(&self) {
        self.pending.requests.borrow_mut().retain(|(_, missing)| matches!(missing, RequestState::InFlight));
        self.pending.notify();
    }
}

#[hook]
pub fn use_catalogue(archive: &ArchiveHandle) -> Catalogue {
    let (redraw, chunks) = (use_force_update(), use_shared());
    let asked = use_memo(archive.clone(), |_| PendingRows {
        requests: RefCell::default(),
        article_rows: RefCell::default(),
        version: Cell::default(),
        redraw,
    });
    let version = asked.version.get();
    Catalogue { archive: archive.clone(), chunks, pending: asked.into(), version }
}

/// Requests the rows of articles after every render, since the cache may have evicted a row.
#[hook]
pub fn use_rows(catalogue: &Catalogue, ordinals: Vec<u32>, from_articles: bool) {
    let catalogue = catalogue.clone();
    use_effect(move || ordinals.iter().for_each(|&ordinal| catalogue.request(ordinal, from_articles)));
}

/// Loads the data of filters and counts.
#[hook]
pub fn use_facets(archive: &ArchiveHandle) -> Option<Result<RcEq<Facets>, ArchiveError>> {
    use_async(archive.clone(), |archive| async move { archive.facets().await.map(RcEq::from) })
}
