//! Flags of the articles by ordinal, for filters and counts.

use crate::app::lazy::ChunksContext;
use crate::app::services::rc_eq::{ArchiveHandle, RcEq};
use crate::app::services::{use_effect_with, use_shared};
use crate::app::state::article_lookup::lookup_fns;
use crate::app::state::user_data::UserDataHandle;
use crate::model::Id;
use crate::search::{Status, StatusBitmap};
use crate::user_data::UserData;
use std::collections::HashMap;
use std::rc::Rc;
use yew::platform::spawn_local;
use yew::prelude::*;

/// Returns the current flags and those at the time when `query` was first shown. The latter keep rows in a
/// list of unread articles while they are read, until the query changes.
#[hook]
pub fn use_article_flags(
    archive: &ArchiveHandle,
    keeper: &UserDataHandle,
    query: &str,
) -> (RcEq<StatusBitmap>, RcEq<StatusBitmap>) {
    let places = use_mut_ref(HashMap::<Id, Option<u32>>::new);
    let chunks = use_shared::<ChunksContext>();
    let located = use_state(|| 0_u32);
    let now = {
        let places = places.clone();
        use_memo((keeper.version(), *located), |_| {
            status_bitmap(&keeper.data(), &places.borrow(), archive.count())
        })
    };
    {
        let (keeper, archive, located) = (keeper.clone(), archive.clone(), located.clone());
        use_effect_with(keeper.version(), move |_| {
            let mut unknown: Vec<Id> = flagged_articles(&keeper.data()).map(|(id, _)| id).collect();
            unknown.extend(keeper.data().labels.iter().map(|label| label.article));
            unknown.retain(|id| !places.borrow().contains_key(id));
            let Some(chunks) = chunks.filter(|_| !unknown.is_empty()) else { return };
            spawn_local(async move {
                let Some(fns) = lookup_fns(&chunks).await else { return };
                let found = (fns.locate_all)(archive, unknown).await;
                // A failed lookup is repeated after the next change of a flag.
                places.borrow_mut().extend(found);
                located.set(*located + 1);
            });
        });
    }
    let initial = use_memo((query.to_owned(), *located, keeper.epoch()), |_| now.clone());
    (now.into(), RcEq::from(Rc::<StatusBitmap>::clone(&initial)))
}

fn flagged_articles(kept: &UserData) -> impl Iterator<Item = (Id, Status)> + '_ {
    let reads = kept.reads.keys().map(|&id| (id, Status::Read));
    let stars = kept.stars.keys().map(|&id| (id, Status::Starred));
    let notes = kept.annotations.values().map(|highlight| (highlight.article, Status::Annotated));
    reads.chain(stars).chain(notes)
}

fn status_bitmap(kept: &UserData, places: &HashMap<Id, Option<u32>>, count: u32) -> StatusBitmap {
    let mut flags = StatusBitmap::new(count);
    for (id, status) in flagged_articles(kept) {
        if let Some(&Some(ordinal)) = places.get(&id) {
            flags.set(ordinal, status);
        }
    }
    for label in kept.labels.iter() {
        if let Some(&Some(ordinal)) = places.get(&label.article) {
            flags.set_label(ordinal, &label.name);
        }
    }
    flags
}
