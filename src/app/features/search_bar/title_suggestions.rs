//! Title suggestions below the search field while typing.
//!
//! A list by relevance starts with title matches and needs no suggestions; a list by date does.

use crate::app::services::dom;
use crate::app::state::library::{LibraryContext, SearchResults};
use crate::app::state::script_conversion::ScriptContext;
use crate::app::state::{Catalogue, CatalogueRow};
use crate::app::ui::article_link::on_plain_click;
use crate::search::SortOrder;
use crate::view_model::RouteAction;
use std::cmp::Reverse;
use yew::prelude::*;

/// Maximum number of suggestions.
const MAX_SUGGESTIONS: usize = 3;
/// Maximum number of articles fetched for suggestions; further ones appear only if cached.
const MAX_FETCHED: usize = 2;

#[derive(Properties, PartialEq)]
pub struct TitleSuggestionsProps {
    pub scene: LibraryContext,
    pub pages: Catalogue,
}

/// Titles with all terms, best first, each a link to its article. Empty for a list by relevance.
#[component]
pub fn TitleSuggestions(props: &TitleSuggestionsProps) -> Html {
    let LibraryContext { results: found, ui, navigate, .. } = &props.scene;
    let script = use_context::<ScriptContext>().unwrap_or_default();
    let ordinals = use_memo((found.selection.clone(), found.sort), |(selection, _)| {
        best_title_hits(props, &selection.ordinals)
    });
    let rows = ordinals.iter().enumerate().filter_map(|(at, &ordinal)| {
        if at < MAX_FETCHED {
            props.pages.request_row(ordinal, true).ok()?
        } else {
            props.pages.cached_row(ordinal)
        }
    });
    let task = found.search.as_ref().and_then(|search| search.task.clone());
    let title = |row: CatalogueRow| {
        let matches = task.as_ref().map(|task| task.find(&row.title)).unwrap_or_default();
        let marks: Vec<_> = matches.into_iter().map(|(range, _)| range).collect();
        let source = props.scene.archive.manifest().source_name(&row.source).to_owned();
        let onclick = {
            let (navigate, id) = (navigate.clone(), row.id);
            on_plain_click(move || {
                navigate.emit(RouteAction::Open(id));
                // Typing has ended.
                dom::focus("#list");
            })
        };
        html! {
            <li key={row.id.to_string()}>
                <a class="titles__a" href={found.article_url(row.id)} {onclick}>
                    <span class="titles__t" lang={script.tag(row.lang)}>{ script.marked(&row.title, &marks, row.lang) }</span>
                    <span class="titles__s">{ source }</span>
                </a>
            </li>
        }
    };
    let rows: Vec<Html> = rows.take(MAX_SUGGESTIONS).map(title).collect();
    if rows.is_empty() {
        return Html::default();
    }
    html! { <ul class="titles" aria-label={ui.library().titles} onkeydown={Callback::from(move_focus)}>{ rows }</ul> }
}

/// Returns title matches among the listed articles, best first, then newest first. Empty for a list by
/// relevance.
fn best_title_hits(props: &TitleSuggestionsProps, listed: &[u32]) -> Vec<u32> {
    let SearchResults { search, sort, .. } = &props.scene.results;
    let Some(search) = search.as_ref().filter(|_| *sort != SortOrder::Relevance) else { return Vec::new() };
    let mut hits: Vec<_> = search.hits.iter().filter(|hit| hit.in_title()).copied().collect();
    crate::small_sort::sort_by_key(&mut hits, |hit| Reverse((hit.score, hit.ordinal)));
    let shown = hits.iter().map(|hit| hit.ordinal).filter(|ordinal| listed.contains(ordinal));
    shown.take(MAX_SUGGESTIONS + MAX_FETCHED).collect()
}

/// Moves between suggestions, back to the field, and on to the list with the arrow keys.
fn move_focus(event: KeyboardEvent) {
    let step: isize = match event.key().as_str() {
        "ArrowDown" => 1,
        "ArrowUp" => -1,
        _ => return,
    };
    event.prevent_default();
    let titles = dom::elements(".titles__a");
    let now = titles.iter().position(|title| Some(title) == dom::active_element().as_ref());
    let next = now.and_then(|now| now.checked_add_signed(step));
    match next.and_then(|next| titles.get(next)) {
        Some(title) => drop(dom::focus_element(title.clone())),
        None => dom::focus(if step > 0 { ".row__a" } else { ".find__i" }),
    }
}
