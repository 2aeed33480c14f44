//! The fold tables, which come after the app has begun.

use crate::app::lazy::ChunksContext;
use crate::app::services::use_effect_with;
use yew::prelude::*;

/// Returns the function that folds names of sources by the tables, once it has come. Only a query with a filter waits
/// for it.
#[hook]
pub fn use_fold(query: &str) -> Option<fn(&str) -> String> {
    let parts = use_context::<ChunksContext>();
    let update = use_force_update();
    let fold = parts.as_ref().and_then(|parts| Some(parts.soon_if_here()?.fold));
    let is_awaited = fold.is_none() && query.contains([':', '：']);
    use_effect_with(is_awaited, move |&is_awaited| {
        if let Some(parts) = parts.filter(|_| is_awaited) {
            parts.on_reader_loaded(move |_| update.force_update());
        }
    });
    fold
}
