//! Shared state of the library: query, results, layout and callbacks.

use super::search::SearchState;
use crate::app::i18n::Locale;
use crate::app::services::WindowLayout;
use crate::app::services::rc_eq::{ArchiveHandle, RcEq};
use crate::app::state::user_data::UserDataHandle;
use crate::archive::Facets;
use crate::model::Id;
use crate::search::{Query, ResultList, SortOrder, StatusBitmap};
use crate::user_data::ArticleFlag;
use crate::view_model::{RouteAction, RouteState};
use yew::prelude::*;

/// Query, results and facet data of the library.
#[derive(Clone, PartialEq)]
pub struct SearchResults {
    pub query_text: AttrValue,
    pub query: RcEq<Query>,
    pub selection: RcEq<ResultList>,
    pub search: Option<SearchState>,
    pub sort: SortOrder,
    pub facets: RcEq<Facets>,
    /// Flags of the articles.
    pub flags: RcEq<StatusBitmap>,
    /// Count for each of [`Status::ALL`](crate::search::Status::ALL).
    pub statuses: [u32; 4],
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

/// Shared state and callbacks of the library's parts.
#[derive(Clone, PartialEq)]
pub struct LibraryContext {
    pub archive: ArchiveHandle,
    pub results: SearchResults,
    /// Mask of the cached articles, if only those are available.
    pub offline_articles: Option<RcEq<Vec<bool>>>,
    pub layout: WindowLayout,
    pub ui: Locale,
    /// Applies an action as a new history entry.
    pub navigate: Callback<RouteAction>,
    /// Applies an action to the current history entry.
    pub replace: Callback<RouteAction>,
    pub keeper: UserDataHandle,
    pub toggle_flag: Callback<(Id, ArticleFlag)>,
}

impl LibraryContext {
    /// Click handler that searches for `query`.
    pub fn search_on_click(&self, query: String) -> Callback<MouseEvent> {
        self.navigate.reform(move |_: MouseEvent| RouteAction::Search(query.clone()))
    }
}
