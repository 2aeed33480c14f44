//! Number of hits of a query, without showing them.

use crate::app::services::rc_eq::{ArchiveHandle, RcEq};
use crate::archive::Facets;
use crate::search::{FilterMask, Plan, Query, Scan, StatusBitmap, select_results};
use crate::view_model::SortOrder;

/// Request for a count.
pub struct CountRequest {
    pub archive: ArchiveHandle,
    /// Facet data and flags for the filters.
    pub filter_data: (RcEq<Facets>, RcEq<StatusBitmap>),
    pub query: String,
}

/// Counts the hits of a query. Returns `None` if that needs a scan over the network.
pub async fn count_hits(asked: CountRequest) -> Option<usize> {
    let CountRequest { archive, filter_data: (facets, flags), query: text } = asked;
    let query = Query::parse(&text);
    let in_memory = archive.manifest().file_index.is_none();
    let hits = match query.has_terms() {
        false => None,
        true if in_memory => {
            let scan = Scan::new(&query, vec![true; archive.count() as usize]);
            scan.run(&*archive, |_| true).await;
            Some(scan.hits(archive.count()))
        }
        true if archive.index().is_none() => return None,
        true => {
            let plan = Plan::new(&query);
            if !plan.is_covered() {
                return None;
            }
            let lists = archive.postings(plan.index_terms()).await;
            // A bound is no count.
            let lists: Vec<_> = lists.into_iter().map(|list| list.ok().map(Some)).collect::<Option<_>>()?;
            Some(plan.hits(&lists, archive.count(), &facets.lengths))
        }
    };
    let sieve = FilterMask::new(&query, archive.manifest(), &facets, &flags);
    Some(select_results(&sieve, hits.as_deref(), SortOrder::Newest, archive.manifest(), &facets).total)
}
