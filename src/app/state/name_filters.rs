//! Filters by author and tag. Their table is loaded with the first query that has one.

use super::search::{SearchState, SearchTask, TaskHandle};
use crate::app::lazy::{ChunkKind, ChunksContext};
use crate::app::services::rc_eq::{ArchiveHandle, RcEq};
use crate::app::services::{use_async, use_shared};
use crate::archive::NameTables;
use crate::search::{FetchFailure, Query, TextMatches, Verified};
use futures_util::future::LocalBoxFuture;
use std::rc::Rc;
use yew::prelude::*;

/// Function that loads authors and tags.
pub type LoadNamesFn = fn(ArchiveHandle) -> LocalBoxFuture<'static, Option<RcEq<NameTables>>>;

/// Filters by author and tag of a query.
#[derive(Clone)]
pub enum NameFilters {
    /// The query has none.
    Unused,
    Loading,
    Ready(RcEq<NameTables>),
    /// The search that tries again.
    Failed(TaskHandle),
}

/// Loads authors and tags. Returns `None` on failure.
pub async fn load_names(archive: ArchiveHandle) -> Option<RcEq<NameTables>> {
    archive.names().await.ok().map(RcEq::from)
}

/// Returns the filters by author and tag of `query`.
#[hook]
pub fn use_name_filters(archive: &ArchiveHandle, query: &Query) -> NameFilters {
    let (chunks, attempt) = (use_shared::<ChunksContext>(), use_state(|| 0_u32));
    let is_used = query.has_name_filters();
    let loaded = use_async((archive.clone(), is_used, *attempt), move |(archive, is_used, _)| async move {
        let chunk = chunks.filter(|_| is_used)?.load(ChunkKind::Reader).await?;
        chunk.get::<LoadNamesFn>()?(archive).await
    });
    let retry = use_memo(*attempt, |&now| NamesRetry(Callback::from(move |()| attempt.set(now + 1))));
    match loaded {
        _ if !is_used => NameFilters::Unused,
        None => NameFilters::Loading,
        Some(Some(tables)) => NameFilters::Ready(tables),
        Some(None) => {
            let task: Rc<dyn SearchTask> = retry;
            NameFilters::Failed(TaskHandle::new(Rc::downgrade(&task), Rc::new(|_| TextMatches::new())))
        }
    }
}

impl NameFilters {
    /// Returns the tables, none if the query needs none; the outer `None` until they are loaded.
    pub fn tables(&self) -> Option<Option<RcEq<NameTables>>> {
        match self {
            NameFilters::Unused => Some(None),
            NameFilters::Ready(tables) => Some(Some(tables.clone())),
            NameFilters::Loading | NameFilters::Failed(_) => None,
        }
    }

    /// Returns the state of the `search` for the terms, which lasts until authors and tags are loaded.
    pub fn search_state(&self, search: Option<SearchState>, count: u32) -> Option<SearchState> {
        let initial = SearchState::initial(true, count);
        match self {
            NameFilters::Unused | NameFilters::Ready(_) => search,
            NameFilters::Loading => Some(SearchState { is_done: false, ..search.unwrap_or(initial) }),
            NameFilters::Failed(task) => Some(SearchState {
                is_done: true,
                failure: Some(FetchFailure::Names),
                task: Some(task.clone()),
                ..initial
            }),
        }
    }
}

/// Retries to load authors and tags.
struct NamesRetry(Callback<()>);

impl SearchTask for NamesRetry {
    fn retry(self: Rc<Self>) {
        self.0.emit(());
    }

    fn verify(self: Rc<Self>, _: u32, _: usize) -> LocalBoxFuture<'static, Option<Verified>> {
        Box::pin(async { None })
    }
}
