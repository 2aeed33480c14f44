//! Query relaxation: results of a query without one of its conditions.

use super::Scene;
use crate::app::handle::{Archive, Shared};
use crate::app::hooks::{Asked, use_effect_with};
use crate::app::i18n::{fill, number};
use crate::app::parts::Parts;
use crate::archive::Facets;
use crate::search::Query;
use crate::view::Flags;
use yew::platform::spawn_local;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct RelaxedProps {
    pub scene: Scene,
}

/// Relaxed query, the dropped condition and the number of results.
type Relaxation = (String, String, usize);

/// Maximum number of conditions tried.
const TRIED: usize = 5;

/// Relaxed queries with results, in the order of the conditions.
#[component]
pub fn Relaxed(props: &RelaxedProps) -> Html {
    let Scene { archive, found, ui, .. } = &props.scene;
    let relaxed = use_state(|| (AttrValue::default(), Vec::<Relaxation>::new()));
    let parts = use_context::<Parts>();
    {
        let (relaxed, facets) = (relaxed.setter(), (found.facets.clone(), found.flags.clone()));
        use_effect_with((archive.clone(), found.text.clone()), move |(archive, text)| {
            let (archive, text) = (archive.clone(), text.clone());
            if let Some(parts) = parts {
                spawn_local(async move {
                    let found = relaxations(&archive, &facets, &text, &parts).await;
                    relaxed.set((text, found));
                });
            }
        });
    }
    let texts = ui.library();
    let ways = relaxed.1.iter().filter(|_| relaxed.0 == found.text).map(|(query, dropped, count)| {
        let label = fill(texts.relaxed, &[dropped, &number(*count as u64)]);
        html! { <button class="btn" onclick={props.scene.on_search(query.clone())}>{ label }</button> }
    });
    html! { <>{ for ways }</> }
}

async fn relaxations(
    archive: &Archive,
    known: &(Shared<Facets>, Shared<Flags>),
    text: &str,
    parts: &Parts,
) -> Vec<Relaxation> {
    let query = Query::parse(text);
    let mut found = Vec::new();
    if query.tokens.len() < 2 {
        return found;
    }
    // No new requests: the postings are those of the query itself.
    for token in query.tokens.iter().take(TRIED) {
        let rest = query.drop_token(text, &token.at);
        let asked = Asked { archive: archive.clone(), known: known.clone(), text: rest.clone() };
        if let Some(total) = parts.total(asked).await.filter(|&total| total > 0) {
            found.push((rest, text[token.at.clone()].to_owned(), total));
        }
    }
    found
}
