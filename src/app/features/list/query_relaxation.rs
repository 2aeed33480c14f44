//! Query relaxation: results of a query without one of its conditions, or with any of its words.

use super::spelling_suggestions::SpellingSuggestions;
use crate::app::lazy::ChunksContext;
use crate::app::services::rc_eq::{ArchiveHandle, RcEq};
use crate::app::services::{use_async, use_shared};
use crate::app::state::{ArticleFlags, CountRequest, lazy_count_hits, use_library_view};
use crate::app::ui::condition_label::condition_label;
use crate::archive::Facets;
use crate::search::{Query, QueryToken, QueryTokenKind, StatusBitmap};
use yew::prelude::*;

/// Relaxed query and its number of results.
#[derive(Clone)]
struct Relaxation {
    query: String,
    /// The dropped condition; `None` for any of the words.
    dropped: Option<QueryToken>,
    count: usize,
}

/// Maximum number of conditions tried.
const MAX_RELAXATIONS: usize = 5;

#[derive(Clone, Properties, PartialEq)]
pub struct QueryRelaxationsProps {}

/// Similar words, then relaxed queries with results in the order of the conditions.
#[component]
pub fn QueryRelaxations(_: &QueryRelaxationsProps) -> Html {
    let (view, flags, chunks) =
        (use_library_view(), use_shared::<ArticleFlags>(), use_shared::<ChunksContext>());
    let (Some(view), Some(flags), Some(chunks)) = (view, flags, chunks) else { return Html::default() };
    let filter_data = (view.facets.clone(), flags.bitmap.clone());
    let key = (view.archive.clone(), view.results.query_text.clone());
    let query = view.results.query.clone();
    let relaxed = use_async(key, move |(archive, text)| async move {
        find_relaxations(&archive, &filter_data, &text, &query, &chunks).await
    });
    let (texts, found) = (view.ui.library(), &view.results);
    let ways = relaxed.iter().flatten().map(|Relaxation { query, dropped, count }| {
        let label = match dropped {
            Some(token) => {
                let name = match &token.kind {
                    QueryTokenKind::Term(term) if !term.negated => found.query_text[token.span.clone()].to_owned(),
                    _ => condition_label(token, &found.query_text, view.archive.manifest(), view.ui),
                };
                texts.relaxed(&name, *count as u64)
            }
            None => {
                let (_, words) = Query::parse(query).split_filters(query);
                texts.any_word(&words, *count as u64)
            }
        };
        html! { <button class="btn" onclick={view.navigation.search_on_click(query.clone())}>{ label }</button> }
    });
    html! { <><SpellingSuggestions />{ for ways }</> }
}

async fn find_relaxations(
    archive: &ArchiveHandle,
    known: &(RcEq<Facets>, RcEq<StatusBitmap>),
    text: &str,
    query: &Query,
    parts: &ChunksContext,
) -> Vec<Relaxation> {
    let mut found = Vec::new();
    if query.tokens.len() < 2 {
        return found;
    }
    let conditions = query.tokens.iter().filter(|token| token.kind != QueryTokenKind::Or);
    let mut relaxed: Vec<(String, Option<QueryToken>)> = conditions
        .take(MAX_RELAXATIONS)
        .map(|token| (query.remove_token(text, &token.span), Some(token.clone())))
        .collect();
    relaxed.extend(query.with_any_word(text).map(|query| (query, None)));
    // No new requests: the postings are those of the query itself.
    for (query, dropped) in relaxed {
        let asked =
            CountRequest { archive: archive.clone(), filter_data: known.clone(), query: query.clone() };
        if let Some(count) = lazy_count_hits(parts, asked).await.filter(|&count| count > 0) {
            found.push(Relaxation { query, dropped, count });
        }
    }
    found
}
