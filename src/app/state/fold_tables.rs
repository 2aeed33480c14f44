//! The fold tables, which are loaded after the list.

use crate::app::lazy::{ChunkKind, ChunksContext};
use crate::app::services::{use_effect_with, use_shared};
use yew::prelude::*;

/// Function that folds a text with these tables.
pub type FoldFn = fn(&str) -> String;

/// Returns the function that folds the names of sources; `None` until loaded. Only a query with a filter waits for it.
#[hook]
pub fn use_fold(query: &str) -> Option<FoldFn> {
    let parts = use_shared::<ChunksContext>();
    let update = use_force_update();
    let fold = parts.as_ref().and_then(|parts| parts.loaded(ChunkKind::Reader)?.get::<FoldFn>());
    let is_awaited = fold.is_none() && query.contains([':', '：']);
    use_effect_with(is_awaited, move |&is_awaited| {
        if let Some(parts) = parts.filter(|_| is_awaited) {
            parts.on_loaded(ChunkKind::Reader, move |_| update.force_update());
        }
    });
    fold
}
