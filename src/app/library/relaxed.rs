//! What a query without results would find with one condition less.

use super::Scene;
use crate::app::handle::{Archive, Shared};
use crate::app::i18n::{fill, number};
use crate::archive::Facets;
use crate::search::{Plan, Query, Scan};
use crate::view::{Flags, Sieve, Sort, select};
use yew::platform::spawn_local;
use yew::prelude::*;

/// See [`Relaxed`].
#[derive(Properties, PartialEq)]
pub struct RelaxedProps {
    /// What was asked for and not found.
    pub scene: Scene,
}

/// A query with one condition less, what it lacks, and how many articles it has.
type Relaxation = (String, String, usize);

/// So many conditions are tried.
const TRIED: usize = 5;

/// The ways on that find something, those with most conditions left in the order of the query.
#[component]
pub fn Relaxed(props: &RelaxedProps) -> Html {
    let Scene { archive, found, ui, .. } = &props.scene;
    let relaxed = use_state(|| (AttrValue::default(), Vec::<Relaxation>::new()));
    {
        let (relaxed, facets) = (relaxed.setter(), (found.facets.clone(), found.flags.clone()));
        use_effect_with((archive.clone(), found.text.clone()), move |(archive, text)| {
            let (archive, text) = (archive.clone(), text.clone());
            spawn_local(async move {
                let found = relaxations(&archive, &facets, &text).await;
                relaxed.set((text, found));
            });
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
    (facets, flags): &(Shared<Facets>, Shared<Flags>),
    text: &str,
) -> Vec<Relaxation> {
    let query = Query::parse(text);
    let mut found = Vec::new();
    let in_memory = archive.manifest().tables.is_none();
    if archive.index().is_none() && !in_memory || query.tokens.len() < 2 {
        return found;
    }
    for token in query.tokens.iter().take(TRIED) {
        let rest = query.drop_token(text, &token.at);
        let less = Query::parse(&rest);
        let hits = match less.has_terms() {
            false => None,
            true if in_memory => {
                let scan = Scan::new(&less, vec![true; archive.count() as usize]);
                scan.work(&**archive, |_| true).await;
                Some(scan.hits(archive.count()))
            }
            true => {
                // Nothing new is fetched: these lists are those of the query itself.
                let plan = Plan::new(&less);
                let lists: Vec<_> =
                    archive.postings(plan.units()).await.into_iter().map(Result::ok).collect();
                if !plan.is_covered() || !plan.is_narrowed_by(&lists) {
                    continue;
                }
                Some(plan.hits(&lists, archive.count()))
            }
        };
        let sieve = Sieve::new(&less, archive.manifest(), facets, flags);
        let total = select(&sieve, hits.as_deref(), Sort::Newest, archive.manifest(), facets).total;
        if total > 0 {
            found.push((rest, text[token.at.clone()].to_owned(), total));
        }
    }
    found
}
