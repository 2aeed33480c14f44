//! The order of the list.

use super::Found;
use crate::app::i18n::Ui;
use crate::view::{Action, Sort};
use yew::prelude::*;

/// See [`Order`].
#[derive(Properties, PartialEq)]
pub struct OrderProps {
    /// What was found.
    pub found: Found,
    /// The language of the interface.
    pub ui: Ui,
    /// Does something.
    pub navigate: Callback<Action>,
}

/// With words to match, three orders to choose from; without, the two directions of time in one link.
#[component]
pub fn Order(props: &OrderProps) -> Html {
    let texts = props.ui.library();
    let order = |sort: Sort| props.navigate.reform(move |_: MouseEvent| Action::Order(sort));
    if !props.found.query.has_terms() {
        let (text, other) = match props.found.sort {
            Sort::Oldest => (texts.oldest_first, Sort::Newest),
            _ => (texts.newest_first, Sort::Oldest),
        };
        return html! { <button class="link" onclick={order(other)}>{ text }</button> };
    }
    let orders = [Sort::Relevance, Sort::Newest, Sort::Oldest].into_iter().zip(texts.orders);
    html! {
        <div class="sort" role="radiogroup" aria-label={texts.order}>
            { for orders.map(|(sort, text)| html! {
                <button role="radio" aria-checked={(sort == props.found.sort).to_string()} onclick={order(sort)}>
                    { text }
                </button>
            }) }
        </div>
    }
}
