//! Saved searches as facet values.

use super::chips::search_name;
use super::facets::FacetRenderer;
use crate::app::i18n::{Locale, format_number};
use crate::app::state::LibraryView;
use crate::small_sort;
use crate::user_data::{SavedSearch, UserData};
use yew::prelude::*;

/// Saved searches as facet values, those with new results first.
pub fn saved_search_values(facets: &FacetRenderer, user_data: &UserData) -> Option<Html> {
    let LibraryView { archive, results, navigation, ui, .. } = facets.view;
    let value = |(query, saved): (&String, &SavedSearch)| {
        let (on, to) = toggled_search(&results.query_text, query);
        let onclick = navigation.search_on_click(to);
        let name = search_name(query, facets.fns, archive.manifest(), *ui);
        facets.option(on, onclick, name, (None, count_badge(saved, *ui)))
    };
    let searches = sorted_searches(user_data);
    (!searches.is_empty()).then(|| searches.into_iter().map(value).collect())
}

/// Returns whether a saved search is the current one, and the query after a press: a second press clears the search.
pub fn toggled_search(current: &str, saved: &str) -> (bool, String) {
    let on = current.trim() == saved;
    (on, if on { String::new() } else { saved.to_owned() })
}

/// Returns the saved searches, those with new results first, then by age.
pub fn sorted_searches(user_data: &UserData) -> Vec<(&String, &SavedSearch)> {
    let mut searches: Vec<_> = user_data.searches.iter().collect();
    small_sort::sort_by_key(&mut searches, |(_, saved)| (saved.unseen == 0, std::cmp::Reverse(saved.time)));
    searches
}

/// Renders the number of new results or, without any, of all results.
pub fn count_badge(saved: &SavedSearch, ui: Locale) -> Html {
    match saved.unseen {
        0 if !saved.is_counted() => Html::default(),
        0 => html! { { format_number(saved.count) } },
        fresh => html! { <b>{ ui.user_data().unseen(fresh.into()) }</b> },
    }
}
