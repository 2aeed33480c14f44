//! Saved searches: number of results, and of those added since the last visit.

use super::Scene;
use super::facets::choice;
use crate::app::handle::{Archive, Shared};
use crate::app::hooks::{Asked, use_effect_with};
use crate::app::i18n::{Ui, fill, number};
use crate::app::keep::{Keeper, Place, now};
use crate::app::parts::Parts;
use crate::archive::Facets;
use crate::keep::{Change, Saved};
use crate::order;
use crate::view::Flags;
use gloo::timers::future::TimeoutFuture;
use yew::platform::spawn_local;
use yew::prelude::*;

/// Delay that leaves the network to the first list.
const REST_MS: u32 = 4000;

/// Counts the results of saved searches once per build of the archive, and clears the count of new results
/// for the open one.
#[hook]
pub fn use_saved(
    archive: &Archive,
    keeper: &Keeper,
    known: Option<(Shared<Facets>, Shared<Flags>)>,
    query: &str,
) {
    let parts = use_context::<Parts>();
    {
        let (archive, keeper) = (archive.clone(), keeper.clone());
        let is_ready = known.is_some() && keeper.place() != Place::Opening;
        use_effect_with((archive.clone(), is_ready), move |_| {
            let known = known.filter(|_| is_ready);
            if let Some((known, parts)) = known.zip(parts) {
                spawn_local(async move {
                    TimeoutFuture::new(REST_MS).await;
                    look(&archive, &keeper, &known, &parts).await;
                });
            }
        });
    }
    let (keeper, query) = (keeper.clone(), query.trim().to_owned());
    let has_new = keeper.kept().searches.get(&query).is_some_and(|saved| saved.fresh > 0);
    use_effect_with((query, has_new), move |(query, has_new)| {
        let seen = keeper.kept().searches.get(query).filter(|_| *has_new).cloned();
        if let Some(seen) = seen {
            keeper.change(vec![Change::Search(query.clone(), Some(Saved { fresh: 0, ..seen }))]);
        }
    });
}

async fn look(archive: &Archive, keeper: &Keeper, known: &(Shared<Facets>, Shared<Flags>), parts: &Parts) {
    let build = archive.build();
    let older = |saved: &Saved| saved.build != build;
    let searches = keeper.kept().searches.clone();
    for (query, _) in searches.into_iter().filter(|(_, saved)| older(saved)) {
        let asked = Asked { archive: archive.clone(), known: known.clone(), text: query.clone() };
        let Some(count) = parts.total(asked).await else { continue };
        // Another tab may have removed or counted it meanwhile.
        let saved = keeper.kept().searches.get(&query).filter(|saved| older(saved)).cloned();
        if let Some(saved) = saved {
            keeper.change(vec![Change::Search(query, Some(saved.counted(count as u32, build)))]);
        }
    }
}

/// Saves the query of the list, or removes it.
pub fn toggle(scene: &Scene, parts: Option<Parts>) {
    let Scene { archive, keeper, ui, found, .. } = scene;
    let (query, texts) = (found.text.trim().to_owned(), ui.keep());
    if keeper.kept().searches.contains_key(&query) {
        keeper.act(texts.did_unsave, vec![Change::Search(query, None)]);
        return;
    }
    let saved = Saved { time: now(), build: String::new(), count: 0, fresh: 0 };
    keeper.act(texts.did_save, vec![Change::Search(query.clone(), Some(saved.clone()))]);
    // The list may still be counting; this count matches that of the next visit.
    let (archive, keeper) = (archive.clone(), keeper.clone());
    let known = (found.facets.clone(), found.flags.clone());
    spawn_local(async move {
        // A failed count is repeated at the next visit.
        let Some(parts) = parts else { return };
        let asked = Asked { archive: archive.clone(), known, text: query.clone() };
        let Some(count) = parts.total(asked).await else { return };
        let is_kept = keeper.kept().searches.contains_key(&query);
        if is_kept {
            keeper.change(vec![Change::Search(query, Some(saved.counted(count as u32, archive.build())))]);
        }
    });
}

/// Saved searches as facet values, those with new results first.
pub fn values(scene: &Scene, sheet: bool) -> Option<Html> {
    let kept = scene.keeper.kept();
    let mut searches: Vec<_> = kept.searches.iter().collect();
    order::sort_by_key(&mut searches, |(_, saved)| (saved.fresh == 0, std::cmp::Reverse(saved.time)));
    let value = |(query, saved): (&String, &Saved)| {
        let on = scene.found.text.trim() == query;
        // A second press clears the search.
        let to = if on { String::new() } else { query.clone() };
        choice(sheet, on, scene.on_search(to), query.clone(), (None, count(saved, scene.ui)))
    };
    (!searches.is_empty()).then(|| searches.into_iter().map(value).collect())
}

fn count(saved: &Saved, ui: Ui) -> Html {
    match saved.fresh {
        0 if !saved.is_counted() => Html::default(),
        0 => html! { { number(saved.count) } },
        fresh => html! { <b>{ fill(ui.keep().fresh, &[&number(fresh)]) }</b> },
    }
}
