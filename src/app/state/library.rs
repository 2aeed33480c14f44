//! Contexts of the library, one per concern. A component is rendered again only when a context that it reads changes.

use super::search::SearchState;
use crate::app::i18n::Locale;
use crate::app::services::rc_eq::{ArchiveHandle, RcEq};
use crate::app::services::use_shared;
use crate::archive::{ArchiveError, Facets, Manifest};
use crate::model::Id;
use crate::search::{DateGroups, FilterMask, Query, ResultList, SortOrder, StatusBitmap};
use crate::small_sort;
use crate::view_model::{RouteAction, RouteState};
use std::collections::HashMap;
use yew::prelude::*;

/// The open archive with the data of its filters and counts. It never changes.
#[derive(Clone, PartialEq)]
pub struct ArchiveContext {
    pub archive: ArchiveHandle,
    pub facets: RcEq<Facets>,
}

impl ArchiveContext {
    pub fn manifest(&self) -> &Manifest {
        self.archive.manifest()
    }
}

/// Callbacks that change the route. They never change.
#[derive(Clone, Default, PartialEq)]
pub struct Navigation {
    /// Applies an action as a new history entry.
    pub navigate: Callback<RouteAction>,
    /// Applies an action to the current history entry.
    pub replace: Callback<RouteAction>,
}

impl Navigation {
    /// Click handler that searches for `query`.
    pub fn search_on_click(&self, query: String) -> Callback<MouseEvent> {
        self.navigate.reform(move |_: MouseEvent| RouteAction::Search(query.clone()))
    }
}

/// Query and results.
#[derive(Clone, PartialEq)]
pub struct SearchResults {
    pub query_text: AttrValue,
    pub query: RcEq<Query>,
    /// Mask of the filters; `None` until known.
    pub mask: Option<RcEq<FilterMask>>,
    /// Set until the code that reads queries is loaded; `query` is empty then.
    pub is_unread: bool,
    pub selection: RcEq<ResultList>,
    /// Day groups; `None` if the list is not sorted by date.
    pub groups: RcEq<Option<DateGroups>>,
    pub search: Option<SearchState>,
    pub sort: SortOrder,
    /// Mask of the cached articles, if only those are available.
    pub offline_articles: Option<RcEq<Vec<bool>>>,
}

impl SearchResults {
    /// Returns false if the search found nothing without reaching all articles.
    pub fn has_counts(&self) -> bool {
        !self.search.as_ref().is_some_and(SearchState::is_inconclusive)
    }

    /// The address of an article of the list.
    pub fn article_url(&self, id: Id) -> String {
        let state = RouteState {
            query: self.query_text.to_string(),
            sort: (self.sort == SortOrder::Oldest).then_some(SortOrder::Oldest),
            article: Some(id),
            ..RouteState::default()
        };
        state.to_fragment()
    }
}

/// Flags of the articles, as filters and counts see them.
#[derive(Clone, PartialEq)]
pub struct ArticleFlags {
    pub bitmap: RcEq<StatusBitmap>,
    /// Count for each of [`Status::ALL`](crate::search::Status::ALL) among the results.
    pub counts: [u32; 4],
}

/// The contexts that most parts of the library read: they change with the query and its results.
#[derive(Clone, PartialEq)]
pub struct LibraryView {
    pub archive: ArchiveHandle,
    pub facets: RcEq<Facets>,
    pub results: SearchResults,
    pub navigation: Navigation,
    pub ui: Locale,
}

impl LibraryView {
    /// Returns the ids of `listed` articles, including duplicates that share a row. Fails if the id table cannot be
    /// loaded.
    pub async fn article_ids(&self, mut listed: Vec<u32>) -> Result<Vec<Id>, ArchiveError> {
        let by_ordinal: HashMap<u32, Id> =
            self.archive.ids().await?.into_iter().map(|(id, ordinal)| (ordinal, id)).collect();
        small_sort::sort(&mut listed);
        let is_listed = |ordinal: &u32| listed.binary_search(ordinal).is_ok();
        let shared = self.facets.duplicates.iter().filter(|group| group.iter().any(is_listed));
        let mut ordinals: Vec<u32> = listed.iter().chain(shared.flatten()).copied().collect();
        small_sort::sort(&mut ordinals);
        ordinals.dedup();
        Ok(ordinals.iter().filter_map(|ordinal| by_ordinal.get(ordinal).copied()).collect())
    }
}

/// Returns the contexts of the library; `None` outside of it.
#[hook]
pub fn use_library_view() -> Option<LibraryView> {
    let (context, results) = (use_shared::<ArchiveContext>(), use_shared::<SearchResults>());
    let (navigation, ui) = (use_navigation(), use_locale());
    let ArchiveContext { archive, facets } = context?;
    Some(LibraryView { archive, facets, results: results?, navigation, ui })
}

#[hook]
pub fn use_navigation() -> Navigation {
    use_shared().unwrap_or_default()
}

/// Returns the language of the interface.
#[hook]
pub fn use_locale() -> Locale {
    use_shared().unwrap_or(Locale::En)
}
