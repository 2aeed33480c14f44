//! Rows of the catalogue, fetched as they come into view.

use crate::app::handle::{Archive, Shared};
use crate::archive::{ArchiveError, Page};
use crate::model::Row;
use std::cell::RefCell;
use std::collections::HashMap;
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
    missing: Shared<RefCell<HashMap<u32, Missing>>>,
    /// Grows with each page that comes, so that what shows rows is drawn again.
    version: u32,
    came: Callback<()>,
}

impl Pages {
    /// The row of an article. `Ok(None)` means that it was asked for and is on its way.
    pub fn row(&self, ordinal: u32) -> Result<Option<RowAt>, ArchiveError> {
        type Reader = crate::archive::Archive<crate::app::net::HttpStore>;
        let (index, at) = Reader::page_of(ordinal);
        if let Some(page) = self.archive.page_at_hand(index) {
            return Ok((at < page.rows.len()).then_some(RowAt { page, at }));
        }
        match self.missing.borrow().get(&index) {
            Some(Missing::Asked) => return Ok(None),
            Some(Missing::Failed(error)) => return Err(error.clone()),
            None => {}
        }
        self.missing.borrow_mut().insert(index, Missing::Asked);
        let pages = self.clone();
        spawn_local(async move {
            let outcome = pages.archive.page(index).await;
            let mut missing = pages.missing.borrow_mut();
            match outcome {
                Ok(_) => missing.remove(&index),
                Err(error) => missing.insert(index, Missing::Failed(error)),
            };
            drop(missing);
            pages.came.emit(());
        });
        Ok(None)
    }

    /// Forgets failures, so that the pages are asked for again.
    pub fn retry(&self) {
        self.missing.borrow_mut().retain(|_, missing| matches!(missing, Missing::Asked));
        self.came.emit(());
    }
}

/// The rows of `archive`.
#[hook]
pub fn use_pages(archive: &Archive) -> Pages {
    let missing = use_memo(archive.clone(), |_| RefCell::default());
    let version = use_reducer(Version::default);
    let came = {
        let dispatcher = version.dispatcher();
        use_callback((), move |(), ()| dispatcher.dispatch(()))
    };
    Pages { archive: archive.clone(), missing: missing.into(), version: version.0, came }
}

#[derive(Default)]
struct Version(u32);

impl Reducible for Version {
    type Action = ();

    fn reduce(self: Rc<Self>, (): ()) -> Rc<Self> {
        Rc::new(Version(self.0.wrapping_add(1)))
    }
}
