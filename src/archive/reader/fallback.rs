//! Fallbacks when a small table is damaged or missing: the catalogue pages contain the same data in more
//! bytes.

use super::Store;
use crate::archive::{
    Archive, ArchiveError, DateIndex, FacetColumn, Facets, ROWS_PER_PAGE, StoreErrorKind, file_path,
};
use crate::model::Id;

impl ArchiveError {
    /// Returns true if a retry cannot succeed while the archive stays unchanged.
    pub(super) fn is_permanent(&self) -> bool {
        match self {
            ArchiveError::Store(error) => error.kind != StoreErrorKind::Transient,
            ArchiveError::Damaged { .. } => true,
            ArchiveError::Version(_) | ArchiveError::NotFound(_) => false,
        }
    }
}

impl<S: Store> Archive<S> {
    /// Finds the ordinal of article `id` by scanning the pages, newest first. With `keeps`, while offline,
    /// scans only cached pages.
    pub(super) async fn locate_from_pages(&self, id: Id, keeps: bool) -> Option<u32> {
        let pages = &self.manifest().file_index.as_ref()?.pages;
        for (index, name) in (0..self.count().div_ceil(ROWS_PER_PAGE)).zip(pages).rev() {
            if (!keeps || self.store().is_cached(&file_path(name)))
                && let Ok(page) = self.page(index).await
                && let Some(at) = page.rows.iter().position(|row| row.id == id)
            {
                return Some(index * ROWS_PER_PAGE + at as u32);
            }
        }
        None
    }

    /// Rebuilds the facets from the rows of all pages. Rows do not contain the groups of identical bodies and
    /// the folded lengths.
    pub(super) async fn facets_from_pages(&self) -> Result<Facets, ArchiveError> {
        let sources = &self.manifest().sources;
        let (mut dates, mut pairs) = (Vec::new(), Vec::new());
        for index in 0..self.count().div_ceil(ROWS_PER_PAGE) {
            for row in &self.page(index).await?.rows {
                let source = sources.iter().position(|source| source.key == row.source);
                let source = source.and_then(|at| u16::try_from(at).ok()).unwrap_or_default();
                dates.push(row.time.map(|time| time.date()));
                pairs.push((source, row.lang));
            }
        }
        Ok(Facets {
            days: DateIndex::from_dates(dates),
            column: FacetColumn::from_pairs(pairs),
            ..Facets::default()
        })
    }
}
