//! Flags of the articles by ordinal, for filters and counts.

use super::use_effect_with;
use crate::app::handle::{Archive, Shared};
use crate::app::keep::Keeper;
use crate::keep::Kept;
use crate::model::Id;
use crate::search::Status;
use crate::view::Flags;
use std::collections::HashMap;
use std::rc::Rc;
use yew::platform::spawn_local;
use yew::prelude::*;

/// Above this number of ids, fetching the whole id table is cheaper than single lookups.
const FEW: usize = 8;

/// Returns the current flags and those at the time when `query` was first shown. The latter keep rows in a
/// list of unread articles while they are read, until the query changes.
#[hook]
pub fn use_flags(archive: &Archive, keeper: &Keeper, query: &str) -> (Shared<Flags>, Shared<Flags>) {
    let places = use_mut_ref(HashMap::<Id, Option<u32>>::new);
    let located = use_state(|| 0_u32);
    let now = {
        let places = places.clone();
        use_memo((keeper.version(), *located), |_| flags(&keeper.kept(), &places.borrow(), archive.count()))
    };
    {
        let (keeper, archive, located) = (keeper.clone(), archive.clone(), located.clone());
        use_effect_with(keeper.version(), move |_| {
            let mut unknown: Vec<Id> = marks(&keeper.kept()).map(|(id, _)| id).collect();
            unknown.retain(|id| !places.borrow().contains_key(id));
            if unknown.is_empty() {
                return;
            }
            spawn_local(async move {
                let found = locate(&archive, &unknown).await;
                // A failed lookup is repeated after the next change of a flag.
                places.borrow_mut().extend(found);
                located.set(*located + 1);
            });
        });
    }
    let begun = use_memo((query.to_owned(), *located, keeper.epoch()), |_| now.clone());
    (now.into(), Shared::from(Rc::<Flags>::clone(&begun)))
}

fn marks(kept: &Kept) -> impl Iterator<Item = (Id, Status)> + '_ {
    let reads = kept.reads.keys().map(|&id| (id, Status::Read));
    let stars = kept.stars.keys().map(|&id| (id, Status::Starred));
    let notes = kept.highlights.values().map(|highlight| (highlight.article, Status::Noted));
    reads.chain(stars).chain(notes)
}

fn flags(kept: &Kept, places: &HashMap<Id, Option<u32>>, count: u32) -> Flags {
    let mut flags = Flags::new(count);
    for (id, status) in marks(kept) {
        if let Some(&Some(ordinal)) = places.get(&id) {
            flags.set(ordinal, status);
        }
    }
    flags
}

/// Locates articles. The ordinal is `None` for articles that are no longer in the archive.
pub async fn locate(archive: &Archive, wanted: &[Id]) -> Vec<(Id, Option<u32>)> {
    let mut found = Vec::new();
    if wanted.len() > FEW {
        if let Ok(all) = archive.ids().await {
            found.extend(wanted.iter().map(|&id| (id, None)));
            found.extend(all.into_iter().map(|(id, ordinal)| (id, Some(ordinal))));
        }
        return found;
    }
    for &id in wanted {
        if let Ok(ordinal) = archive.locate(id).await {
            found.push((id, ordinal));
        }
    }
    found
}
