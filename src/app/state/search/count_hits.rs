//! Number of hits of a query, without showing them.

use crate::app::lazy::{ChunkKind, ChunksContext};
use crate::app::services::rc_eq::{ArchiveHandle, RcEq};
use crate::archive::Facets;
use crate::search::{FilterMask, Query, Searcher, SortOrder, StatusBitmap, select_results};
use futures_util::future::LocalBoxFuture;

/// Request for a count.
pub struct CountRequest {
    pub archive: ArchiveHandle,
    /// Facet data and flags for the filters.
    pub filter_data: (RcEq<Facets>, RcEq<StatusBitmap>),
    pub query: String,
}

/// Function of the chunk that searches.
pub type CountHitsFn = fn(CountRequest) -> LocalBoxFuture<'static, Option<usize>>;

/// Counts the hits of a query once the chunk that searches is loaded.
pub async fn lazy_count_hits(chunks: &ChunksContext, request: CountRequest) -> Option<usize> {
    let count = chunks.load(ChunkKind::Reader).await?.get::<CountHitsFn>()?;
    count(request).await
}

/// Counts the hits of a query. Returns `None` if that needs a scan over the network.
pub async fn count_hits(asked: CountRequest) -> Option<usize> {
    let CountRequest { archive, filter_data: (facets, flags), query: text } = asked;
    let query = Query::parse(&text);
    let searcher = Searcher::new(archive.clone(), &query);
    let in_memory = archive.manifest().file_index.is_none();
    let hits = match query.has_terms() {
        false => None,
        true if in_memory => Some(searcher.search().await.ok()?.hits),
        // A bound is no count.
        true if searcher.is_indexed() && searcher.fetch_postings().await => Some(searcher.results().hits),
        true => return None,
    };
    let names = match query.has_name_filters() {
        true => Some(archive.names().await.ok()?),
        false => None,
    };
    let sieve = FilterMask::new(&query, archive.manifest(), &facets, &flags, names.as_deref());
    Some(select_results(&sieve, hits.as_deref(), SortOrder::Newest, archive.manifest(), &facets).total)
}
