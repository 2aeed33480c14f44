//! Query relaxation: results of a query without one of its conditions.

use crate::app::lazy::ChunksContext;
use crate::app::services::rc_eq::{ArchiveHandle, RcEq};
use crate::app::services::{use_async, use_shared};
use crate::app::state::{ArticleFlags, CountRequest, lazy_count_hits, use_library_view};
use crate::archive::Facets;
use crate::search::{Query, StatusBitmap};
use yew::prelude::*;

/// Relaxed query, the dropped condition and the number of results.
type Relaxation = (String, String, usize);

/// Maximum number of conditions tried.
const MAX_RELAXATIONS: usize = 5;

/// Relaxed queries with results, in the order of the conditions.
#[component]
pub fn QueryRelaxations() -> Html {
    let (view, flags, chunks) =
        (use_library_view(), use_shared::<ArticleFlags>(), use_shared::<ChunksContext>());
    let (Some(view), Some(flags), Some(chunks)) = (view, flags, chunks) else { return Html::default() };
    let filter_data = (view.facets.clone(), flags.bitmap.clone());
    let key = (view.archive.clone(), view.results.query_text.clone());
    let relaxed = use_async(key, move |(archive, text)| async move {
        find_relaxations(&archive, &filter_data, &text, &chunks).await
    });
    let ways = relaxed.iter().flatten().map(|(query, dropped, count)| {
        let label = view.ui.library().relaxed(dropped, *count as u64);
        html! { <button class="btn" onclick={view.navigation.search_on_click(query.clone())}>{ label }</button> }
    });
    html! { <>{ for ways }</> }
}

async fn find_relaxations(
    archive: &ArchiveHandle,
    known: &(RcEq<Facets>, RcEq<StatusBitmap>),
    text: &str,
    parts: &ChunksContext,
) -> Vec<Relaxation> {
    let query = Query::parse(text);
    let mut found = Vec::new();
    if query.tokens.len() < 2 {
        return found;
    }
    // No new requests: the postings are those of the query itself.
    for token in query.tokens.iter().take(MAX_RELAXATIONS) {
        let rest = query.remove_token(text, &token.span);
        let asked =
            CountRequest { archive: archive.clone(), filter_data: known.clone(), query: rest.clone() };
        if let Some(total) = lazy_count_hits(parts, asked).await.filter(|&total| total > 0) {
            found.push((rest, text[token.span.clone()].to_owned(), total));
        }
    }
    found
}
