//! Spelling suggestions and offered terms, by the chunk that searches.

use crate::app::lazy::{ChunkKind, ChunksContext};
use crate::app::services::rc_eq::ArchiveHandle;
use crate::search::{Query, SpellingSuggestion, TermOffer, spelling_suggestions, term_offers};
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

/// Function of the chunk that searches.
pub type OfferTermsFn = fn(ArchiveHandle, String) -> LocalBoxFuture<'static, Vec<TermOffer>>;

/// Returns the terms for a query once the chunk that searches is loaded.
pub async fn lazy_offer_terms(
    chunks: &ChunksContext,
    archive: ArchiveHandle,
    query: String,
) -> Option<Vec<TermOffer>> {
    let offer = chunks.load(ChunkKind::Reader).await?.get::<OfferTermsFn>()?;
    Some(offer(archive, query).await)
}

/// Returns the terms for a query; none if the list cannot be fetched.
pub async fn offer_terms(archive: ArchiveHandle, query: String) -> Vec<TermOffer> {
    term_offers(&archive, &Query::parse(&query)).await.unwrap_or_default()
}
