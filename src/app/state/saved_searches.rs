//! Saved searches: number of results, and of those added since the last visit.

use crate::app::lazy::ChunksContext;
use crate::app::services::rc_eq::{ArchiveHandle, RcEq};
use crate::app::services::{use_effect_with, use_shared};
use crate::app::state::library::{ArticleFlags, LibraryView};
use crate::app::state::user_data::{StorageBackend, UserDataHandle, now};
use crate::app::state::{CountRequest, lazy_count_hits};
use crate::archive::Facets;
use crate::search::StatusBitmap;
use crate::user_data::{SavedSearch, UserDataEdit};
use gloo::timers::future::TimeoutFuture;
use yew::platform::spawn_local;
use yew::prelude::*;

/// Delay that leaves the network to the first list.
const RECOUNT_DELAY_MS: u32 = 4000;

/// Counts the results of saved searches once per build of the archive, and clears the count of new results
/// for the open one.
#[hook]
pub fn use_saved_searches(
    archive: &ArchiveHandle,
    keeper: &UserDataHandle,
    known: Option<(RcEq<Facets>, RcEq<StatusBitmap>)>,
    query: &str,
) {
    let parts = use_shared::<ChunksContext>();
    {
        let (archive, keeper) = (archive.clone(), keeper.clone());
        let is_ready = known.is_some() && keeper.backend() != StorageBackend::Opening;
        use_effect_with((archive.clone(), is_ready), move |_| {
            let known = known.filter(|_| is_ready);
            if let Some((known, parts)) = known.zip(parts) {
                spawn_local(async move {
                    TimeoutFuture::new(RECOUNT_DELAY_MS).await;
                    recount(&archive, &keeper, &known, &parts).await;
                });
            }
        });
    }
    let (keeper, query) = (keeper.clone(), query.trim().to_owned());
    let has_new = keeper.data().searches.get(&query).is_some_and(|saved| saved.unseen > 0);
    use_effect_with((query, has_new), move |(query, has_new)| {
        let seen = keeper.data().searches.get(query).filter(|_| *has_new).cloned();
        if let Some(seen) = seen {
            keeper.apply(vec![UserDataEdit::Search(query.clone(), Some(SavedSearch { unseen: 0, ..seen }))]);
        }
    });
}

async fn recount(
    archive: &ArchiveHandle,
    keeper: &UserDataHandle,
    known: &(RcEq<Facets>, RcEq<StatusBitmap>),
    parts: &ChunksContext,
) {
    let build = archive.build_id();
    let older = |saved: &SavedSearch| saved.build != build;
    let searches = keeper.data().searches.clone();
    for (query, _) in searches.into_iter().filter(|(_, saved)| older(saved)) {
        let asked =
            CountRequest { archive: archive.clone(), filter_data: known.clone(), query: query.clone() };
        let Some(count) = lazy_count_hits(parts, asked).await else { continue };
        // Another tab may have removed or counted it meanwhile.
        let saved = keeper.data().searches.get(&query).filter(|saved| older(saved)).cloned();
        if let Some(saved) = saved {
            keeper.apply(vec![UserDataEdit::Search(query, Some(saved.with_count(count as u32, build)))]);
        }
    }
}

/// Saves the query of the list, or removes it.
pub fn toggle_saved_search(
    view: &LibraryView,
    user_data: &UserDataHandle,
    flags: &ArticleFlags,
    chunks: &ChunksContext,
) {
    let LibraryView { archive, facets, ui, results, .. } = view;
    let (query, texts) = (results.query_text.trim().to_owned(), ui.user_data());
    if user_data.data().searches.contains_key(&query) {
        user_data.apply_with_undo(texts.unsaved_toast, vec![UserDataEdit::Search(query, None)]);
        return;
    }
    let saved = SavedSearch { time: now(), build: String::new(), count: 0, unseen: 0 };
    let edit = UserDataEdit::Search(query.clone(), Some(saved.clone()));
    user_data.apply_with_undo(texts.saved_toast, vec![edit]);
    // The list may still be counting; this count matches that of the next visit.
    let (archive, user_data, chunks) = (archive.clone(), user_data.clone(), chunks.clone());
    let filter_data = (facets.clone(), flags.bitmap.clone());
    spawn_local(async move {
        // A failed count is repeated at the next visit.
        let request = CountRequest { archive: archive.clone(), filter_data, query: query.clone() };
        let Some(count) = lazy_count_hits(&chunks, request).await else { return };
        let is_kept = user_data.data().searches.contains_key(&query);
        if is_kept {
            let saved = saved.with_count(count as u32, archive.build_id());
            user_data.apply(vec![UserDataEdit::Search(query, Some(saved))]);
        }
    });
}
