//! Query relaxation: results of a query without one of its conditions.

use crate::app::lazy::ChunksContext;
use crate::app::services::rc_eq::{ArchiveHandle, RcEq};
use crate::app::services::use_effect_with;
use crate::app::state::CountRequest;
use crate::app::state::library::LibraryContext;
use crate::archive::Facets;
use crate::search::{Query, StatusBitmap};
use yew::platform::spawn_local;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct QueryRelaxationsProps {
    pub scene: LibraryContext,
}

/// Relaxed query, the dropped condition and the number of results.
type Relaxation = (String, String, usize);

/// Maximum number of conditions tried.
const MAX_RELAXATIONS: usize = 5;

/// Relaxed queries with results, in the order of the conditions.
#[component]
pub fn QueryRelaxations(props: &QueryRelaxationsProps) -> Html {
    let LibraryContext { archive, results: found, ui, .. } = &props.scene;
    let relaxed = use_state(|| (AttrValue::default(), Vec::<Relaxation>::new()));
    let parts = use_context::<ChunksContext>();
    {
        let (relaxed, facets) = (relaxed.setter(), (found.facets.clone(), found.flags.clone()));
        use_effect_with((archive.clone(), found.query_text.clone()), move |(archive, text)| {
            let (archive, text) = (archive.clone(), text.clone());
            if let Some(parts) = parts {
                spawn_local(async move {
                    let found = find_relaxations(&archive, &facets, &text, &parts).await;
                    relaxed.set((text, found));
                });
            }
        });
    }
    let texts = ui.library();
    let ways = relaxed.1.iter().filter(|_| relaxed.0 == found.query_text).map(|(query, dropped, count)| {
        let label = texts.relaxed(dropped, *count as u64);
        html! { <button class="btn" onclick={props.scene.search_on_click(query.clone())}>{ label }</button> }
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
        if let Some(total) = parts.count_hits(asked).await.filter(|&total| total > 0) {
            found.push((rest, text[token.span.clone()].to_owned(), total));
        }
    }
    found
}
