//! Recent searches of this device below an empty search field, and the query operators.

use crate::app::services::{dom, local_storage};
use crate::app::state::{SearchResults, settings, use_locale};
use yew::prelude::*;

const RECENT_KEY: &str = "sheaf.recent";
/// Maximum number of stored searches.
const MAX_RECENT: usize = 6;

/// Loads the recent searches, newest first, one a line; queries have no line breaks.
fn load_recent() -> Vec<String> {
    let kept = local_storage::load(RECENT_KEY).unwrap_or_default();
    kept.lines().filter(|line| !line.is_empty()).take(MAX_RECENT).map(str::to_owned).collect()
}

/// Adds the search of `results`. Skips queries without terms and prefixes of the new query. Does nothing without
/// persistence.
pub fn add_recent(results: &SearchResults) {
    let query = results.query_text.trim();
    if !results.query.has_terms() || settings::is_persistence_off() {
        return;
    }
    let mut kept = load_recent();
    kept.retain(|other| !query.starts_with(other.as_str()));
    kept.insert(0, query.replace('\n', " "));
    kept.truncate(MAX_RECENT);
    local_storage::store(RECENT_KEY, &kept.join("\n"));
}

#[derive(Properties, PartialEq)]
pub struct RecentSearchesProps {
    pub search: Callback<String>,
    /// Writes the beginning of a query into the field.
    pub write: Callback<&'static str>,
    /// The search field.
    pub field: NodeRef,
}

#[component]
pub fn RecentSearches(props: &RecentSearchesProps) -> Html {
    let texts = use_locale().library();
    let kept = use_state(load_recent);
    let clear = {
        let (kept, field) = (kept.clone(), props.field.clone());
        Callback::from(move |_: MouseEvent| {
            local_storage::remove(RECENT_KEY);
            kept.set(Vec::new());
            dom::focus_ref(&field);
        })
    };
    let searches = kept.iter().map(|query| {
        let onclick = {
            let (search, query) = (props.search.clone(), query.clone());
            Callback::from(move |_: MouseEvent| search.emit(query.clone()))
        };
        html! { <li><button type="button" class="recent__q" {onclick}>{ query }</button></li> }
    });
    let operators = [
        ("\"…\"", "\"", texts.phrase_operator),
        ("-…", "-", texts.excluded_operator),
        (texts.title_prefix, texts.title_prefix, texts.title_operator),
        ("after:2023-10", "after:2023-10", texts.after_operator),
    ];
    let operators = operators.into_iter().map(|(operator, written, meaning)| {
        let onclick = props.write.reform(move |_: MouseEvent| written);
        html! { <button type="button" {onclick}><code>{ operator }</code>{ " " }{ meaning }</button> }
    });
    html! {
        <div class="recent">
            if !kept.is_empty() {
                <div class="recent__h">
                    <h2>{ texts.recent }</h2>
                    <button type="button" class="link" onclick={clear}>{ texts.clear }</button>
                </div>
                <ul>{ for searches }</ul>
            }
            <p class="recent__o">
                { for operators }
                <span><code>{ "… OR …" }</code>{ " " }{ texts.either_operator }</span>
            </p>
        </div>
    }
}
