//! Catalogue rows, fetched on demand.

use crate::app::handle::{Archive, Shared};
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
pub struct RowAt {
    page: Rc<Page>,
    at: usize,
}

impl Deref for RowAt {
    type Target = Row;

    fn deref(&self) -> &Row {
        &self.page.rows[self.at]
    }
}

impl PartialEq for RowAt {
    fn eq(&self, other: &RowAt) -> bool {
        self.at == other.at && Rc::ptr_eq(&self.page, &other.page) || **self == **other
    }
}

/// Source of a row: a catalogue page or, for search results, the article itself.
#[derive(Clone, Copy, PartialEq)]
enum Origin {
    Page(u32),
    Article(u32),
}

/// State of an unfinished request.
#[derive(Clone)]
enum Missing {
    Asked,
    Failed(ArchiveError),
}

/// Rows of an archive.
#[derive(Clone, PartialEq)]
pub struct Pages {
    archive: Archive,
    asked: Shared<Asked>,
    /// Incremented with every change, so that dependents render again.
    version: u32,
}

/// State of the requests for rows.
struct Asked {
    /// Unfinished and failed requests; a handful at most.
    missing: RefCell<Vec<(Origin, Missing)>>,
    /// Rows made from articles, each as a page of one row.
    found: RefCell<HashMap<u32, Rc<Page>>>,
    version: Cell<u32>,
    redraw: UseForceUpdateHandle,
}

/// Cache limit for rows made from articles; a row takes some hundred bytes.
const FOUND_KEPT: usize = 4000;

impl Asked {
    fn changed(&self) {
        self.version.set(self.version.get().wrapping_add(1));
        self.redraw.force_update();
    }

    fn keep(&self, ordinal: u32, article: &Article) {
        let mut found = self.found.borrow_mut();
        if found.len() >= FOUND_KEPT {
            found.clear();
        }
        found.insert(ordinal, Rc::new(Page { rows: vec![Row::of(article)], packs: Vec::new() }));
    }
}

type Reader = crate::archive::Archive<crate::app::net::HttpStore>;

impl Pages {
    /// Returns the row of an article if it is cached.
    pub fn row_at_hand(&self, ordinal: u32) -> Option<RowAt> {
        let (index, at) = Reader::page_of(ordinal);
        if let Some(page) = self.archive.page_at_hand(index) {
            return (at < page.rows.len()).then_some(RowAt { page, at });
        }
        let page = self.asked.found.borrow().get(&ordinal).cloned()?;
        Some(RowAt { page, at: 0 })
    }

    /// Returns the row of an article and requests it if needed; `Ok(None)` while the request is in flight.
    /// With `found`, the row is made from the article, whose text the snippet needs anyway; otherwise its
    /// catalogue page is fetched.
    pub fn row(&self, ordinal: u32, found: bool) -> Result<Option<RowAt>, ArchiveError> {
        if let Some(row) = self.row_at_hand(ordinal) {
            return Ok(Some(row));
        }
        let origin = if found { Origin::Article(ordinal) } else { Origin::Page(Reader::page_of(ordinal).0) };
        match self.asked.missing.borrow().iter().find(|(missing, _)| *missing == origin) {
            Some((_, Missing::Asked)) => return Ok(None),
            Some((_, Missing::Failed(error))) => return Err(error.clone()),
            None => {}
        }
        self.asked.missing.borrow_mut().push((origin, Missing::Asked));
        let pages = self.clone();
        spawn_local(async move {
            let outcome = match origin {
                Origin::Page(index) => pages.archive.page(index).await.map(drop),
                Origin::Article(ordinal) => {
                    let article = pages.archive.article(ordinal).await;
                    article.map(|article| pages.asked.keep(ordinal, &article))
                }
            };
            let mut missing = pages.asked.missing.borrow_mut();
            missing.retain(|(missing, _)| *missing != origin);
            if let Err(error) = outcome {
                missing.push((origin, Missing::Failed(error)));
            }
            drop(missing);
            pages.asked.changed();
        });
        Ok(None)
    }

    /// Returns true if a request is in flight.
    pub fn is_waiting(&self) -> bool {
        self.asked.missing.borrow().iter().any(|(_, missing)| matches!(missing, Missing::Asked))
    }

    /// Clears failed requests, so that they are made again.
    pub fn retry(&self) {
        self.asked.missing.borrow_mut().retain(|(_, missing)| matches!(missing, Missing::Asked));
        self.asked.changed();
    }
}

#[hook]
pub fn use_pages(archive: &Archive) -> Pages {
    let redraw = use_force_update();
    let asked = use_memo(archive.clone(), |_| Asked {
        missing: RefCell::default(),
        found: RefCell::default(),
        version: Cell::default(),
        redraw,
    });
    let version = asked.version.get();
    Pages { archive: archive.clone(), asked: asked.into(), version }
}
