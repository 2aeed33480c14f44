//! Data of a front page: rows and related articles.

use crate::app::services::rc_eq::{ArchiveHandle, RcEq};
use crate::app::services::use_async;
use crate::app::state::{Catalogue, CatalogueRow};
use crate::archive::{ArchiveError, Facets};
use crate::view_model::FrontArticle;
use std::ops::Range;
use yew::prelude::*;

/// Returns the rows of a range once all are loaded.
pub fn loaded_rows(
    pages: &Catalogue,
    ordinals: Range<u32>,
) -> Result<Option<Vec<CatalogueRow>>, ArchiveError> {
    ordinals.map(|ordinal| pages.row(ordinal)).collect()
}

/// Combines the rows with the data of the layout.
pub fn front_articles(
    rows: &[CatalogueRow],
    first: u32,
    related: &[Vec<u32>],
    facets: &Facets,
) -> Vec<FrontArticle> {
    let story = |((row, ordinal), related): ((&CatalogueRow, u32), &Vec<u32>)| FrontArticle {
        ordinal,
        source: facets.column.get(ordinal).map_or(0, |(source, _)| source),
        length: row.reading_seconds(),
        related: related.clone(),
    };
    rows.iter().zip(first..).zip(related).map(story).collect()
}

/// Loads the related articles of each article of a range. A failed list is empty; the layout then falls back
/// to length.
#[hook]
pub fn use_related_lists(archive: &ArchiveHandle, ordinals: Range<u32>) -> Option<RcEq<Vec<Vec<u32>>>> {
    use_async((archive.clone(), ordinals), |(archive, ordinals)| async move {
        let mut lists = Vec::with_capacity(ordinals.len());
        for ordinal in ordinals {
            lists.push(archive.related(ordinal).await.unwrap_or_default());
        }
        RcEq::new(lists)
    })
}
