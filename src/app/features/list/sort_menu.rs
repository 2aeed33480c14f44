//! Sort menu.

use crate::app::state::LibraryView;
use crate::search::SortOrder;
use crate::view_model::RouteAction;
use yew::prelude::*;

/// Three orders for a query with terms; otherwise a toggle between newest and oldest.
pub fn sort_menu(view: &LibraryView) -> Html {
    let (found, texts) = (&view.results, view.ui.library());
    let order =
        |sort: SortOrder| view.navigation.navigate.reform(move |_: MouseEvent| RouteAction::SetSort(sort));
    if !found.query.has_terms() {
        let (text, other) = match found.sort {
            SortOrder::Oldest => (texts.oldest_first, SortOrder::Newest),
            _ => (texts.newest_first, SortOrder::Oldest),
        };
        return html! { <button class="link" onclick={order(other)}>{ text }</button> };
    }
    let orders = [SortOrder::Relevance, SortOrder::Newest, SortOrder::Oldest];
    html! {
        <div class="sort" role="radiogroup" aria-label={texts.order}>
            { for orders.into_iter().map(|sort| html! {
                <button role="radio" aria-checked={(sort == found.sort).to_string()} onclick={order(sort)}>
                    { texts.order_name(sort) }
                </button>
            }) }
        </div>
    }
}
