//! Code that reads queries and applies their filters. It is loaded after the list, which needs no query.

use crate::app::lazy::{ChunkKind, ChunksContext};
use crate::app::services::{use_effect_with, use_shared};
use crate::archive::{Facets, Manifest, NameTables};
use crate::search::{FilterMask, Query, StatusBitmap};
use yew::prelude::*;

/// Functions of the chunk that reads queries.
#[derive(Clone, Copy)]
pub struct QueryFns {
    pub parse: fn(&str) -> Query,
    pub filter: fn(&Query, &Manifest, &Facets, &StatusBitmap, Option<&NameTables>) -> FilterMask,
}

pub const QUERY_FNS: QueryFns = QueryFns { parse: Query::parse, filter: FilterMask::new };

/// Returns the functions; `None` until loaded. Only with a query the component is rendered again then.
#[hook]
pub fn use_query_fns(has_query: bool) -> Option<QueryFns> {
    let parts = use_shared::<ChunksContext>();
    let update = use_force_update();
    let fns = parts.as_ref().and_then(|parts| parts.loaded(ChunkKind::Reader)?.get::<QueryFns>());
    let is_awaited = fns.is_none() && has_query;
    use_effect_with(is_awaited, move |&is_awaited| {
        if let Some(parts) = parts.filter(|_| is_awaited) {
            parts.on_loaded(ChunkKind::Reader, move |_| update.force_update());
        }
    });
    fns
}
