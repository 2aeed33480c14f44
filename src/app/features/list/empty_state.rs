//! Empty state of the list.

use super::query_relaxation::QueryRelaxationsProps;
use crate::app::state::{LibraryView, SearchState};
use crate::app::ui::icon::{IconKind, icon};
use crate::app::ui::lazy_view::optional_reader;
use crate::app::ui::result_summary::result_summary;
use yew::prelude::*;

/// Says that nothing matches, or that a search failed, and offers what would help. An archive without articles says
/// the way to fill it.
pub fn empty_state(view: &LibraryView) -> Html {
    let (found, texts) = (&view.results, view.ui.library());
    if let Some(search) = &found.search {
        if !search.is_done {
            return Html::default();
        }
        if search.failure.is_some() || search.cached.is_some() {
            return inconclusive(view, search);
        }
    }
    let empty = found.query_text.trim().is_empty();
    let filtered = found.query.has_terms() && found.query.filters().next().is_some();
    let without_filters =
        || view.navigation.search_on_click(found.query.remove_filters(&found.query_text, |_, _| true));
    html! {
        <div class="blank">
            <span class="blank__i">{ icon(IconKind::Page) }</span>
            <p class="blank__h">{ if empty { texts.empty } else { texts.no_matches } }</p>
            <p class="blank__p">{ if empty { texts.empty_hint } else { texts.no_matches_hint } }</p>
            if !empty {
                <div class="blank__b">
                    { optional_reader(QueryRelaxationsProps {}) }
                    if filtered {
                        <button class="btn" onclick={without_filters()}>{ texts.drop_filters }</button>
                    }
                    <button class="btn" onclick={view.navigation.search_on_click(String::new())}>{ texts.show_all }</button>
                </div>
            }
        </div>
    }
}

/// Says what was not searched, and offers to try again.
fn inconclusive(view: &LibraryView, search: &SearchState) -> Html {
    let texts = view.ui.library();
    let hint = match search.cached {
        Some(cached) => texts.none_cached_hint((view.archive.count() - cached).into()),
        None => texts.search_failed_hint.to_owned(),
    };
    html! {
        <div class="blank">
            <span class="blank__i">{ icon(IconKind::Offline) }</span>
            <p class="blank__h">{ result_summary(&view.results, view.ui) }</p>
            <p class="blank__p">{ hint }</p>
            <div class="blank__b">
                <button class="btn" onclick={search.on_retry()}>{ texts.search_again }</button>
                <button class="btn" onclick={view.navigation.search_on_click(String::new())}>{ texts.show_all }</button>
            </div>
        </div>
    }
}
