//! Loading of articles.

use crate::app::services::rc_eq::{ArchiveHandle, RcEq};
use crate::app::services::use_task;
use crate::archive::ArchiveError;
use crate::model::{Article, Document, EarlierVersion, Id, Row};
use futures_util::future::try_join_all;
use yew::prelude::*;

/// Result of a request.
#[derive(Clone, PartialEq)]
pub enum LoadResult<T> {
    Waiting,
    Ready(T),
    /// The archive does not hold it.
    Missing,
    /// The error and, if known, the article's row.
    Failed(ArchiveError, Option<RcEq<Row>>),
}

/// Requested value.
pub struct Loadable<T> {
    /// Last result; it stays until the next one arrives.
    pub result: LoadResult<T>,
    pub is_loading: bool,
    pub retry: Callback<()>,
}

#[hook]
pub fn use_article(archive: &ArchiveHandle, id: Id) -> Loadable<RcEq<Article>> {
    use_loadable((archive.clone(), id), |(archive, id)| async move { load_article(&archive, id).await })
}

/// Loads the text of an earlier version, if one is given.
#[hook]
pub fn use_version_body(
    archive: &ArchiveHandle,
    version: Option<RcEq<EarlierVersion>>,
) -> Loadable<Option<RcEq<Document>>> {
    use_loadable((archive.clone(), version), |(archive, version)| async move {
        let Some(version) = version else { return LoadResult::Ready(None) };
        match archive.earlier_body(&version).await {
            Ok(body) => LoadResult::Ready(Some(RcEq::new(body))),
            Err(error) => LoadResult::Failed(error, None),
        }
    })
}

/// Loads related articles, if an id is given.
#[hook]
pub fn use_related(archive: &ArchiveHandle, id: Option<Id>) -> Loadable<Vec<RcEq<Article>>> {
    use_loadable((archive.clone(), id), |(archive, id)| async move {
        let Some(id) = id else { return LoadResult::Ready(Vec::new()) };
        match load_related(&archive, id).await {
            Ok(related) => LoadResult::Ready(related),
            Err(error) => LoadResult::Failed(error, None),
        }
    })
}

async fn load_related(archive: &ArchiveHandle, id: Id) -> Result<Vec<RcEq<Article>>, ArchiveError> {
    let Some(ordinal) = archive.locate(id).await? else { return Ok(Vec::new()) };
    // The visible article has priority.
    archive.store().wait_until_idle().await;
    let related = archive.related(ordinal).await?;
    let articles = try_join_all(related.into_iter().map(|ordinal| archive.article(ordinal))).await?;
    Ok(articles.into_iter().map(RcEq::from).collect())
}

async fn load_article(archive: &ArchiveHandle, id: Id) -> LoadResult<RcEq<Article>> {
    let ordinal = match archive.locate(id).await {
        Ok(Some(ordinal)) => ordinal,
        Ok(None) => return LoadResult::Missing,
        Err(error) => return LoadResult::Failed(error, None),
    };
    match archive.article(ordinal).await {
        Ok(article) => LoadResult::Ready(article.into()),
        Err(error) => LoadResult::Failed(error, load_row(archive, ordinal).await),
    }
}

async fn load_row(archive: &ArchiveHandle, ordinal: u32) -> Option<RcEq<Row>> {
    let (page, at) = crate::archive::Archive::<crate::app::services::http_store::HttpStore>::page_of(ordinal);
    let page = archive.page(page).await.ok()?;
    page.rows.get(at).cloned().map(RcEq::new)
}

/// Loads when `key` changes, and drops results of older keys.
#[hook]
fn use_loadable<K, T, F>(key: K, ask: impl Fn(K) -> F + 'static) -> Loadable<T>
where
    K: Clone + PartialEq + 'static,
    T: Clone + PartialEq + 'static,
    F: Future<Output = LoadResult<T>> + 'static,
{
    let attempt = use_state(|| 0_u32);
    let key = (key, *attempt);
    let answer = use_state(|| (None, LoadResult::Waiting));
    {
        let answer = answer.setter();
        use_task(key.clone(), move |key, token| async move {
            let result = ask(key.0.clone()).await;
            if token.is_active() {
                answer.set((Some(key), result));
            }
        });
    }
    let (answered, load) = &*answer;
    let busy = answered.as_ref() != Some(&key);
    let load = load.clone();
    Loadable { result: load, is_loading: busy, retry: Callback::from(move |()| attempt.set(*attempt + 1)) }
}
