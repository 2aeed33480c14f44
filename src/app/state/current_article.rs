//! The open article and its neighbours in the list.

use super::library::SearchResults;
use super::{Catalogue, CatalogueRow, locate, use_rows};
use crate::app::lazy::ChunksContext;
use crate::app::services::rc_eq::ArchiveHandle;
use crate::app::services::{WindowLayout, use_async, use_shared};
use crate::model::Id;
use yew::prelude::*;

/// The open article and its neighbours.
pub struct CurrentArticle {
    /// The article that the reader shows.
    pub shown: Option<Id>,
    pub ordinal: Option<u32>,
    /// The same on a wide screen, where a pane shows the article next to the list.
    pub pane_ordinal: Option<u32>,
    pub previous: Option<CatalogueRow>,
    pub next: Option<CatalogueRow>,
}

/// Returns the current article: the `opened` one or, on a wide screen, the first of the list.
#[hook]
pub fn use_current_article(
    archive: &ArchiveHandle,
    catalogue: &Catalogue,
    opened: Option<Id>,
    results: &SearchResults,
    layout: WindowLayout,
) -> CurrentArticle {
    let is_wide = layout == WindowLayout::Wide;
    let ordinals = &results.selection.ordinals;
    let located = use_located(archive, opened);
    let first = ordinals.first().copied().filter(|_| is_wide && opened.is_none());
    let current = located.or(first);
    let position = current.and_then(|current| ordinals.iter().position(|&ordinal| ordinal == current));
    let neighbour = |step: isize| -> Option<u32> {
        // An article outside the list is followed by the list's first.
        let at = match position {
            Some(at) => at.checked_add_signed(step)?,
            None => usize::try_from(step).ok().filter(|_| current.is_some())? - 1,
        };
        ordinals.get(at).copied()
    };
    let (previous, next) = (neighbour(-1), neighbour(1));
    let wanted = [first, previous, next].into_iter().flatten().collect();
    use_rows(catalogue, wanted, results.query.has_terms());
    let row = |ordinal: Option<u32>| catalogue.row(ordinal?).ok()?;
    let id = opened.or_else(|| Some(row(first)?.id));
    let last_shown = use_mut_ref(|| None::<Id>);
    if id.is_some() {
        *last_shown.borrow_mut() = id;
    }
    // The pane keeps its article while the first row of another list is loading.
    let shown = if is_wide { *last_shown.borrow() } else { id };
    CurrentArticle {
        shown,
        ordinal: current,
        pane_ordinal: current.filter(|_| is_wide),
        previous: row(previous),
        next: row(next),
    }
}

/// Locates the article of the address.
#[hook]
fn use_located(archive: &ArchiveHandle, id: Option<Id>) -> Option<u32> {
    let chunks = use_shared::<ChunksContext>();
    let located = use_async((archive.clone(), id), |(archive, id)| async move {
        // The reader reports errors; the list has no current row then.
        locate(&chunks?, &archive, id?).await
    });
    located.flatten()
}
