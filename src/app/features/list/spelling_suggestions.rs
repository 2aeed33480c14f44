//! Suggestions for a word that finds nothing.

use crate::app::lazy::ChunksContext;
use crate::app::services::{use_async, use_shared};
use crate::app::state::{lazy_suggest_spellings, use_library_view};
use yew::prelude::*;

/// Asks whether a similar word of the archive is meant.
#[component]
pub fn SpellingSuggestions() -> Html {
    let (view, chunks) = (use_library_view(), use_shared::<ChunksContext>());
    let (Some(view), Some(chunks)) = (view, chunks) else { return Html::default() };
    let key = (view.archive.clone(), view.results.query_text.clone());
    let suggestions = use_async(key, move |(archive, text)| async move {
        lazy_suggest_spellings(&chunks, archive, text.to_string()).await.unwrap_or_default()
    });
    let texts = view.ui.library();
    let ways = suggestions.iter().flatten().map(|suggestion| {
        let onclick = view.navigation.search_on_click(suggestion.query.clone());
        html! { <button class="btn" {onclick}>{ texts.did_you_mean(&suggestion.word) }</button> }
    });
    html! { <>{ for ways }</> }
}
