//! Rows of the catalogue, fetched as they come into view.

use crate::app::handle::{Archive, Shared};
use crate::archive::{ArchiveError, Page};
use crate::model::Row;
use std::cell::{Cell, RefCell};
use std::ops::Deref;
use std::rc::Rc;
use yew::platform::spawn_local;
use yew::prelude::*;

/// A row that is here, and the page that holds it.
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

/// Why a page is not here yet.
#[derive(Clone)]
enum Missing {
    Asked,
    Failed(ArchiveError),
}

/// The rows of an archive.
#[derive(Clone, PartialEq)]
pub struct Pages {
    archive: Archive,
    asked: Shared<Asked>,
    /// Grows with each page that comes, so that what shows rows is drawn again.
    version: u32,
}

/// What was asked for and is not here.
struct Asked {
    /// The pages: never more than a few.
    missing: RefCell<Vec<(u32, Missing)>>,
    version: Cell<u32>,
    redraw: UseForceUpdateHandle,
}

impl Asked {
    fn changed(&self) {
        self.version.set(self.version.get().wrapping_add(1));
        self.redraw.force_update();
    }
}

impl Pages {
    /// The row of an article. `Ok(None)` means that it was asked for and is on its way.
    pub fn row(&self, ordinal: u32) -> Result<Option<RowAt>, ArchiveError> {
        type Reader = crate::archive::Archive<crate::app::net::HttpStore>;
        let (index, at) = Reader::page_of(ordinal);
        if let Some(page) = self.archive.page_at_hand(index) {
            return Ok((at < page.rows.len()).then_some(RowAt { page, at }));
        }
        match self.asked.missing.borrow().iter().find(|(missing, _)| *missing == index) {
            Some((_, Missing::Asked)) => return Ok(None),
            Some((_, Missing::Failed(error))) => return Err(error.clone()),
            None => {}
        }
        self.asked.missing.borrow_mut().push((index, Missing::Asked));
        let pages = self.clone();
        spawn_local(async move {
            let outcome = pages.archive.page(index).await;
            let mut missing = pages.asked.missing.borrow_mut();
            missing.retain(|(missing, _)| *missing != index);
            if let Err(error) = outcome {
                missing.push((index, Missing::Failed(error)));
            }
            drop(missing);
            pages.asked.changed();
        });
        Ok(None)
    }

    /// Forgets failures, so that the pages are asked for again.
    pub fn retry(&self) {
        self.asked.missing.borrow_mut().retain(|(_, missing)| matches!(missing, Missing::Asked));
        self.asked.changed();
    }
}

/// The rows of `archive`.
#[hook]
pub fn use_pages(archive: &Archive) -> Pages {
    let redraw = use_force_update();
    let asked = use_memo(archive.clone(), |_| Asked {
        missing: RefCell::default(),
        version: Cell::default(),
        redraw,
    });
    let version = asked.version.get();
    Pages { archive: archive.clone(), asked: asked.into(), version }
}
