//! Catalogue rows, fetched on demand.

use crate::app::services::rc_eq::{ArchiveHandle, RcEq};
use crate::archive::{ArchiveError, Page};
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

    /// Returns the row of an article and requests it if needed; `Ok(None)` while the request is in flight.
    /// With `found`, the row is made from the article, whose text the snippet needs anyway; otherwise its
    /// catalogue page is fetched.
    pub fn request_row(&self, ordinal: u32, found: bool) -> Result<Option<CatalogueRow>, ArchiveError> {
        if let Some(row) = self.cached_row(ordinal) {
            return Ok(Some(row));
        }
        let origin = if found {
            RowSource::Article(ordinal)
        } else {
            RowSource::Page(HttpArchive::page_of(ordinal).0)
        };
        match self.pending.requests.borrow().iter().find(|(missing, _)| *missing == origin) {
            Some((_, RequestState::InFlight)) => return Ok(None),
            Some((_, RequestState::Failed(error))) => return Err(error.clone()),
            None => {}
        }
        self.pending.requests.borrow_mut().push((origin, RequestState::InFlight));
        let pages = self.clone();
        spawn_local(async move {
            let outcome = match origin {
                RowSource::Page(index) => pages.archive.page(index).await.map(drop),
                RowSource::Article(ordinal) => {
                    let article = pages.archive.article(ordinal).await;
                    article.map(|article| pages.pending.insert_article(ordinal, &article))
                }
            };
            let mut missing = pages.pending.requests.borrow_mut();
            missing.retain(|(missing, _)| *missing != origin);
            if let Err(error) = outcome {
                missing.push((origin, RequestState::Failed(error)));
            }
            drop(missing);
            pages.pending.notify();
        });
        Ok(None)
    }

    /// Returns true if a request is in flight.
    pub fn is_loading(&self) -> bool {
        self.pending.requests.borrow().iter().any(|(_, missing)| matches!(missing, RequestState::InFlight))
    }

    /// Clears failed requests, so that they are made again.
    pub fn retry(&self) {
        self.pending.requests.borrow_mut().retain(|(_, missing)| matches!(missing, RequestState::InFlight));
        self.pending.notify();
    }
}

#[hook]
pub fn use_catalogue(archive: &ArchiveHandle) -> Catalogue {
    let redraw = use_force_update();
    let asked = use_memo(archive.clone(), |_| PendingRows {
        requests: RefCell::default(),
        article_rows: RefCell::default(),
        version: Cell::default(),
        redraw,
    });
    let version = asked.version.get();
    Catalogue { archive: archive.clone(), pending: asked.into(), version }
}
