//! Lookup of single articles, by id or by ordinal. Its code is loaded after the list, whose pages need none.

use crate::app::lazy::{ChunkKind, ChunksContext};
use crate::app::services::rc_eq::ArchiveHandle;
use crate::archive::ArchiveError;
use crate::model::{Article, Id};
use futures_util::future::LocalBoxFuture;
use std::rc::Rc;

/// Above this number of ids, fetching the whole id table is cheaper than single lookups.
const MAX_SINGLE_LOOKUPS: usize = 8;

/// Function that does a lookup in an archive.
type LookupFn<Wanted, Found> = fn(ArchiveHandle, Wanted) -> LocalBoxFuture<'static, Found>;

/// Functions of the chunk that looks articles up.
#[derive(Clone, Copy)]
pub struct LookupFns {
    locate: LookupFn<Id, Option<u32>>,
    pub locate_all: LookupFn<Vec<Id>, Vec<(Id, Option<u32>)>>,
    pub article: LookupFn<u32, Result<Rc<Article>, ArchiveError>>,
    /// Returns for each article if the device has it cached, while offline.
    pub cached_articles: fn(ArchiveHandle) -> LocalBoxFuture<'static, Vec<bool>>,
}

pub const LOOKUP_FNS: LookupFns = LookupFns {
    locate: |archive, id| Box::pin(async move { archive.locate(id).await.ok().flatten() }),
    locate_all: |archive, ids| Box::pin(async move { locate_all(&archive, &ids).await }),
    article: |archive, ordinal| Box::pin(async move { archive.article(ordinal).await }),
    cached_articles: |archive| Box::pin(async move { archive.cached_articles().await }),
};

/// Returns the functions as soon as they are loaded; `None` if they fail to load.
pub async fn lookup_fns(chunks: &ChunksContext) -> Option<LookupFns> {
    chunks.load(ChunkKind::Reader).await?.get::<LookupFns>()
}

/// Returns the ordinal of an article; `None` if it is missing or cannot be located now.
pub async fn locate(chunks: &ChunksContext, archive: &ArchiveHandle, id: Id) -> Option<u32> {
    match archive.known_ordinal(id) {
        Some(ordinal) => Some(ordinal),
        None => (lookup_fns(chunks).await?.locate)(archive.clone(), id).await,
    }
}

/// Locates articles. The ordinal is `None` for articles that are no longer in the archive.
pub async fn locate_all(archive: &ArchiveHandle, wanted: &[Id]) -> Vec<(Id, Option<u32>)> {
    let mut found = Vec::new();
    if wanted.len() > MAX_SINGLE_LOOKUPS {
        if let Ok(all) = archive.ids().await {
            found.extend(wanted.iter().map(|&id| (id, None)));
            found.extend(all.into_iter().map(|(id, ordinal)| (id, Some(ordinal))));
        }
        return found;
    }
    for &id in wanted {
        if let Ok(ordinal) = archive.locate(id).await {
            found.push((id, ordinal));
        }
    }
    found
}
