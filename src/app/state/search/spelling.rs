//! Spelling suggestions, by the chunk that searches.

use crate::app::lazy::{ChunkKind, ChunksContext};
use crate::app::services::rc_eq::ArchiveHandle;
use crate::search::{SpellingSuggestion, spelling_suggestions};
use futures_util::future::LocalBoxFuture;

/// Function of the chunk that searches.
pub type SuggestSpellingsFn = fn(ArchiveHandle, String) -> LocalBoxFuture<'static, Vec<SpellingSuggestion>>;

/// Returns suggestions for a query once the chunk that searches is loaded.
pub async fn lazy_suggest_spellings(
    chunks: &ChunksContext,
    archive: ArchiveHandle,
    query: String,
) -> Option<Vec<SpellingSuggestion>> {
    let suggest = chunks.load(ChunkKind::Reader).await?.get::<SuggestSpellingsFn>()?;
    Some(suggest(archive, query).await)
}

/// Returns suggestions for a query; none if the lexicon cannot be fetched.
pub async fn suggest_spellings(archive: ArchiveHandle, query: String) -> Vec<SpellingSuggestion> {
    spelling_suggestions(&archive, &query).await.unwrap_or_default()
}
