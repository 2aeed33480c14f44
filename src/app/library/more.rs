//! Menu of the whole list.

use super::commands::{Act, Run};
use super::{Scene, saved};
use crate::app::components::icon::{Shape, icon};
use crate::app::components::sheet::Sheet;
use crate::app::i18n::{fill, number};
use crate::app::keep::now;
use crate::app::parts::Parts;
use crate::keep::Change;
use crate::model::Id;
use crate::order;
use crate::view::Page;
use std::collections::HashMap;
use yew::platform::spawn_local;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct MoreProps {
    pub scene: Scene,
}

/// Action on every article of the list.
#[derive(Clone, Copy, PartialEq, Eq)]
enum All {
    Read,
    Unread,
    Star,
    Unstar,
}

const ALL: [(All, Shape); 4] = [
    (All::Read, Shape::Check),
    (All::Unread, Shape::Dot),
    (All::Star, Shape::Star),
    (All::Unstar, Shape::Minus),
];

#[component]
pub fn More(props: &MoreProps) -> Html {
    let Scene { ui, found, .. } = &props.scene;
    let texts = ui.keep();
    let shown = use_state(bool::default);
    let failed = use_state(bool::default);
    let close = {
        let (shown, failed) = (shown.setter(), failed.setter());
        Callback::from(move |()| {
            shown.set(false);
            failed.set(false);
        })
    };
    let toggle = {
        let shown = shown.clone();
        Callback::from(move |_: MouseEvent| shown.set(!*shown))
    };
    let items = ALL.iter().zip(texts.all).map(|(&(all, shape), label)| {
        let (scene, close, failed) = (props.scene.clone(), close.clone(), failed.setter());
        let onclick = Callback::from(move |_: MouseEvent| {
            let (scene, close, failed) = (scene.clone(), close.clone(), failed.clone());
            spawn_local(async move {
                match ids(&scene).await {
                    Some(ids) => {
                        close.emit(());
                        mark(&scene, all, ids);
                    }
                    None => failed.set(true),
                }
            });
        });
        html! { <button type="button" class="opt" {onclick}>{ icon(shape) }{ label }</button> }
    });
    let run = use_context::<Run>();
    let parts = use_context::<Parts>();
    let then = |act: Act| {
        let (run, close) = (run.clone(), close.clone());
        Callback::from(move |_: MouseEvent| {
            close.emit(());
            if let Some(Run(run)) = &run {
                run.emit(act);
            }
        })
    };
    let query = found.text.trim();
    let has_query = !query.is_empty();
    let is_saved = props.scene.keeper.kept().searches.contains_key(query);
    let save_label = if is_saved { texts.unsave } else { texts.save };
    let save = {
        let (scene, close, parts) = (props.scene.clone(), close.clone(), parts.clone());
        Callback::from(move |_: MouseEvent| {
            close.emit(());
            saved::toggle(&scene, parts.clone());
        })
    };
    let label = fill(texts.this_list, &[&number(found.selection.total as u64)]);
    html! {
        <>
            <button type="button" class="link time__more" aria-haspopup="dialog" aria-expanded={shown.to_string()}
                onclick={toggle}>{ texts.more }</button>
            if *shown {
                <Sheet label={label.clone()} close={close.clone()}>
                    <div class="sheet__h">
                        <h2>{ label }</h2>
                        <button class="ib" aria-label={texts.dismiss} onclick={close.reform(|_: MouseEvent| ())}>
                            { icon(Shape::Close) }
                        </button>
                    </div>
                    <div class="sheet__b sheet__b--last">
                        if *failed {
                            <p class="sheet__p" role="alert">{ ui.library().no_network }</p>
                        }
                        if has_query {
                            <button type="button" class="opt" onclick={save}>{ icon(Shape::Search) }{ save_label }</button>
                        }
                        { for items }
                        <button type="button" class="opt" onclick={then(Act::Show(Page::Passages))}>
                            { icon(Shape::Pencil) }{ ui.pencil().name }
                        </button>
                        <button type="button" class="opt" onclick={then(Act::Data)}>{ icon(Shape::Page) }{ texts.data }</button>
                    </div>
                </Sheet>
            }
        </>
    }
}

/// Returns the ids of the list, including duplicates that share a row. Returns `None` if the id table fails
/// to load.
async fn ids(scene: &Scene) -> Option<Vec<Id>> {
    let Scene { archive, found, .. } = scene;
    let by_ordinal: HashMap<u32, Id> =
        archive.ids().await.ok()?.into_iter().map(|(id, ordinal)| (ordinal, id)).collect();
    let mut listed = found.selection.ordinals.clone();
    order::sort(&mut listed);
    let is_listed = |ordinal: &u32| listed.binary_search(ordinal).is_ok();
    let shared = found.facets.same.iter().filter(|group| group.iter().any(is_listed));
    let mut ordinals: Vec<u32> = listed.iter().chain(shared.flatten()).copied().collect();
    order::sort(&mut ordinals);
    ordinals.dedup();
    Some(ordinals.iter().filter_map(|ordinal| by_ordinal.get(ordinal).copied()).collect())
}

/// Sets flags that are not set yet, with one undo.
fn mark(scene: &Scene, all: All, ids: Vec<Id>) {
    let Scene { keeper, ui, .. } = scene;
    let time = now();
    let changes: Vec<Change> = {
        let kept = keeper.kept();
        let change = |id: Id| match all {
            All::Read => (!kept.is_read(id)).then_some(Change::Read(id, Some(time))),
            All::Unread => kept.is_read(id).then_some(Change::Read(id, None)),
            All::Star => (!kept.is_starred(id)).then_some(Change::Star(id, Some(time))),
            All::Unstar => kept.is_starred(id).then_some(Change::Star(id, None)),
        };
        ids.into_iter().filter_map(change).collect()
    };
    let at = ALL.iter().position(|(one, _)| *one == all).unwrap_or_default();
    keeper.act(fill(ui.keep().did_all[at], &[&number(changes.len() as u64)]), changes);
    keeper.renew();
}
