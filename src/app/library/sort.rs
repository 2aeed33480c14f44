//! Sort menu.

use super::Scene;
use crate::view::{Action, Sort};
use yew::prelude::*;

/// Three orders for a query with terms; otherwise a toggle between newest and oldest.
pub fn order(scene: &Scene) -> Html {
    let (found, texts) = (&scene.found, scene.ui.library());
    let order = |sort: Sort| scene.navigate.reform(move |_: MouseEvent| Action::Order(sort));
    if !found.query.has_terms() {
        let (text, other) = match found.sort {
            Sort::Oldest => (texts.oldest_first, Sort::Newest),
            _ => (texts.newest_first, Sort::Oldest),
        };
        return html! { <button class="link" onclick={order(other)}>{ text }</button> };
    }
    let orders = [Sort::Relevance, Sort::Newest, Sort::Oldest].into_iter().zip(texts.orders);
    html! {
        <div class="sort" role="radiogroup" aria-label={texts.order}>
            { for orders.map(|(sort, text)| html! {
                <button role="radio" aria-checked={(sort == found.sort).to_string()} onclick={order(sort)}>
                    { text }
                </button>
            }) }
        </div>
    }
}
