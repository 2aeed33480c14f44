//! What is still to be had of an archive when a small table of it is damaged or gone: the rows say the same, in more
//! bytes.

use super::days::Days;
use super::error::ArchiveError;
use super::facets::{Column, Facets};
use super::file_path;
use super::page::PAGE;
use super::reader::Archive;
use super::store::Store;
use crate::model::Id;

impl ArchiveError {
    /// Whether asking once more gives nothing else, as long as the archive stays what it is.
    pub(super) fn is_lasting(&self) -> bool {
        match self {
            ArchiveError::Store(error) => error.missing || error.away || error.broken,
            ArchiveError::Damaged { .. } => true,
            ArchiveError::Version(_) | ArchiveError::NoArticle(_) => false,
        }
    }
}

impl<S: Store> Archive<S> {
    /// The ordinal of the article `id` by the rows, newest first; of those that the device `keeps` only, if nothing
    /// else can be had.
    pub(super) async fn locate_by_rows(&self, id: Id, keeps: bool) -> Option<u32> {
        let pages = &self.manifest().tables.as_ref()?.pages;
        for (index, name) in (0..self.count().div_ceil(PAGE)).zip(pages).rev() {
            if (!keeps || self.store().keeps(&file_path(name)))
                && let Ok(page) = self.page(index).await
                && let Some(at) = page.rows.iter().position(|row| row.id == id)
            {
                return Some(index * PAGE + at as u32);
            }
        }
        None
    }

    /// The facets by the rows of all pages. No row says which articles have the same body, and how long it is folded.
    pub(super) async fn facets_by_rows(&self) -> Result<Facets, ArchiveError> {
        let sources = &self.manifest().sources;
        let (mut dates, mut pairs) = (Vec::new(), Vec::new());
        for index in 0..self.count().div_ceil(PAGE) {
            for row in &self.page(index).await?.rows {
                let source = sources.iter().position(|source| source.key == row.source);
                let source = source.and_then(|at| u16::try_from(at).ok()).unwrap_or_default();
                dates.push(row.time.map(|time| time.date()));
                pairs.push((source, row.lang));
            }
        }
        Ok(Facets { days: Days::of(dates), column: Column::of(pairs), ..Facets::default() })
    }
}
