//! Results of the query: filters, search, order, counts.

use super::library::{ArticleFlags, SearchResults};
use super::offline::use_offline_articles;
use super::route::Route;
use super::search::{SearchState, use_search};
use super::user_data::UserDataHandle;
use super::{Catalogue, use_article_flags, use_name_filters, use_query_fns, use_saved_searches};
use crate::app::services::rc_eq::{ArchiveHandle, RcEq};
use crate::archive::Facets;
use crate::search::{DateGroups, FilterMask, ResultList, SortOrder, select_results, status_counts};
use std::rc::Rc;
use yew::prelude::*;

/// Returns the results of the route's query. There are none until `facets` are loaded.
#[hook]
pub fn use_results(
    archive: &ArchiveHandle,
    facets: Option<&RcEq<Facets>>,
    route: &Route,
    catalogue: &Catalogue,
    user_data: &UserDataHandle,
) -> (SearchResults, ArticleFlags) {
    let (flags, initial_flags) = use_article_flags(archive, user_data, &route.state.query);
    // A list without a flag filter does not depend on flags.
    let filter_flags = route.state.query.contains([':', '：']).then(|| initial_flags.clone());
    let has_query = !route.state.query.trim().is_empty();
    let fns = use_query_fns(has_query).filter(|_| has_query);
    // A query is read once the code for it is loaded; until then its search is under way.
    let is_unread = fns.is_none() && has_query;
    let query = use_memo((route.state.query.clone(), is_unread), |(query, _)| {
        fns.map(|fns| (fns.parse)(query)).unwrap_or_default()
    });
    let name_filters = use_name_filters(archive, &query);
    let filtered = use_memo(
        (RcEq::from(query.clone()), facets.cloned(), filter_flags, is_unread, name_filters.tables()),
        |(query, facets, .., names)| {
            let mask = facets.as_ref().zip(names.as_ref()).map(|(facets, names)| match fns {
                Some(fns) => {
                    (fns.filter)(query, archive.manifest(), facets, &initial_flags, names.as_deref())
                }
                None => FilterMask::unfiltered(facets),
            });
            (query.clone(), mask.map(Rc::new))
        },
    );
    let mask = &filtered.1;
    let offline_articles = {
        let catalogue = catalogue.clone();
        use_offline_articles(archive, move || catalogue.retry())
    };
    let search = use_search(archive, &query, is_unread, mask.as_ref(), offline_articles.as_ref());
    let search = name_filters.search_state(search, archive.count());
    // Without an index, relevance is unknown until every text is scanned.
    let is_ranked = archive.manifest().file_index.is_none() || archive.index().is_some();
    let usual = if is_ranked { SortOrder::Relevance } else { SortOrder::Newest };
    let sort = route.state.effective_sort(usual, query.has_terms());
    // An inconclusive search has an empty list and keeps the counts of the filters.
    let inconclusive = search.as_ref().is_some_and(SearchState::is_inconclusive);
    let hits = search.as_ref().filter(|_| !inconclusive).map(|search| search.hits.clone());
    let deps = (RcEq::from(filtered.clone()), hits.clone(), sort, inconclusive);
    let listed = use_memo(deps, |(filtered, hits, sort, inconclusive)| {
        let (Some(mask), Some(facets)) = (&filtered.1, facets) else { return Default::default() };
        let hits = hits.as_ref().map(|hits| hits.as_slice());
        let mut selection = select_results(mask, hits, *sort, archive.manifest(), facets);
        if *inconclusive {
            selection = ResultList { ordinals: Vec::new(), total: 0, ..selection };
        }
        let groups =
            (*sort != SortOrder::Relevance).then(|| DateGroups::new(&selection.ordinals, &facets.days));
        (RcEq::new(selection), RcEq::new(groups))
    });
    let counts = use_memo((RcEq::from(filtered.clone()), hits, flags.clone()), |(filtered, hits, flags)| {
        let hits = hits.as_ref().map(|hits| hits.as_slice());
        filtered.1.as_ref().map_or([0; 4], |mask| status_counts(mask, hits, flags, archive.count()))
    });
    let filter_data = facets.map(|facets| (facets.clone(), flags.clone()));
    use_saved_searches(archive, user_data, filter_data, &route.state.query);
    let (selection, groups) = (*listed).clone();
    let results = SearchResults {
        query_text: route.state.query.clone().into(),
        query: query.clone().into(),
        mask: mask.clone().map(RcEq::from),
        is_unread,
        selection,
        groups,
        search,
        sort,
        offline_articles,
    };
    (results, ArticleFlags { bitmap: flags, counts: *counts })
}
