//! Data of a front page: rows and related articles.

use crate::app::services::rc_eq::{ArchiveHandle, RcEq};
use crate::app::services::use_effect_with;
use crate::app::state::{Catalogue, CatalogueRow};
use crate::archive::{ArchiveError, Facets};
use crate::view_model::FrontArticle;
use std::cell::Cell;
use std::ops::Range;
use std::rc::Rc;
use yew::platform::spawn_local;
use yew::prelude::*;

/// Returns the rows of a range once all are loaded.
pub fn loaded_rows(
    pages: &Catalogue,
    ordinals: Range<u32>,
) -> Result<Option<Vec<CatalogueRow>>, ArchiveError> {
    let mut rows = Vec::with_capacity(ordinals.len());
    let mut waiting = false;
    // All are requested first, so that their pages load in parallel.
    for ordinal in ordinals {
        match pages.request_row(ordinal, false)? {
            Some(row) => rows.push(row),
            None => waiting = true,
        }
    }
    Ok((!waiting).then_some(rows))
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
    let lists = use_state(|| None);
    let key = (archive.clone(), ordinals.clone());
    {
        let lists = lists.setter();
        use_effect_with(key, move |(archive, ordinals)| {
            let wanted = Rc::new(Cell::new(true));
            let (archive, ordinals, still) = (archive.clone(), ordinals.clone(), wanted.clone());
            spawn_local(async move {
                let mut found = Vec::with_capacity(ordinals.len());
                for ordinal in ordinals.clone() {
                    found.push(archive.related(ordinal).await.unwrap_or_default());
                }
                if still.get() {
                    lists.set(Some((ordinals, RcEq::new(found))));
                }
            });
            move || wanted.set(false)
        });
    }
    lists.as_ref().filter(|(of, _)| *of == ordinals).map(|(_, lists)| lists.clone())
}
