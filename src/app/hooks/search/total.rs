//! Number of hits of a query, without showing them.

use crate::app::handle::{Archive, Shared};
use crate::archive::Facets;
use crate::search::{Plan, Query, Scan};
use crate::view::{Flags, Sieve, Sort, select};

/// Request for a count.
pub struct Asked {
    pub archive: Archive,
    /// Facet data and flags for the filters.
    pub known: (Shared<Facets>, Shared<Flags>),
    pub text: String,
}

/// Counts the hits of a query. Returns `None` if that needs a scan over the network.
pub async fn total(asked: Asked) -> Option<usize> {
    let Asked { archive, known: (facets, flags), text } = asked;
    let query = Query::parse(&text);
    let in_memory = archive.manifest().tables.is_none();
    let hits = match query.has_terms() {
        false => None,
        true if in_memory => {
            let scan = Scan::new(&query, vec![true; archive.count() as usize]);
            scan.work(&*archive, |_| true).await;
            Some(scan.hits(archive.count()))
        }
        true if archive.index().is_none() => return None,
        true => {
            let plan = Plan::new(&query);
            if !plan.is_covered() {
                return None;
            }
            let lists = archive.postings(plan.units()).await;
            // A bound is no count.
            let lists: Vec<_> = lists.into_iter().map(|list| list.ok().map(Some)).collect::<Option<_>>()?;
            Some(plan.hits(&lists, archive.count(), &facets.lengths))
        }
    };
    let sieve = Sieve::new(&query, archive.manifest(), &facets, &flags);
    Some(select(&sieve, hits.as_deref(), Sort::Newest, archive.manifest(), &facets).total)
}
