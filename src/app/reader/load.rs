//! Loading of articles.

use crate::app::handle::{Archive, Shared};
use crate::app::hooks::use_effect_with;
use crate::archive::ArchiveError;
use crate::model::{Article, Document, Earlier, Id, Row};
use futures_util::future::try_join_all;
use std::cell::Cell;
use std::rc::Rc;
use yew::platform::spawn_local;
use yew::prelude::*;

/// Result of a request.
#[derive(Clone, PartialEq)]
pub enum Load<T> {
    Waiting,
    Ready(T),
    /// The archive does not hold it.
    Missing,
    /// The error and, if known, the article's row.
    Failed(ArchiveError, Option<Shared<Row>>),
}

/// Requested value.
pub struct Asked<T> {
    /// Last result; it stays until the next one arrives.
    pub load: Load<T>,
    pub busy: bool,
    pub retry: Callback<()>,
}

#[hook]
pub fn use_article(archive: &Archive, id: Id) -> Asked<Shared<Article>> {
    use_asked((archive.clone(), id), |(archive, id)| async move { article(&archive, id).await })
}

/// Loads the text of an earlier version, if one is given.
#[hook]
pub fn use_version(archive: &Archive, version: Option<Shared<Earlier>>) -> Asked<Option<Shared<Document>>> {
    use_asked((archive.clone(), version), |(archive, version)| async move {
        let Some(version) = version else { return Load::Ready(None) };
        match archive.earlier(&version).await {
            Ok(body) => Load::Ready(Some(Shared::new(body))),
            Err(error) => Load::Failed(error, None),
        }
    })
}

/// Loads related articles, if an id is given.
#[hook]
pub fn use_related(archive: &Archive, id: Option<Id>) -> Asked<Vec<Shared<Article>>> {
    use_asked((archive.clone(), id), |(archive, id)| async move {
        let Some(id) = id else { return Load::Ready(Vec::new()) };
        match related(&archive, id).await {
            Ok(related) => Load::Ready(related),
            Err(error) => Load::Failed(error, None),
        }
    })
}

async fn related(archive: &Archive, id: Id) -> Result<Vec<Shared<Article>>, ArchiveError> {
    let Some(ordinal) = archive.locate(id).await? else { return Ok(Vec::new()) };
    // The visible article has priority.
    archive.store().idle().await;
    let related = archive.related(ordinal).await?;
    let articles = try_join_all(related.into_iter().map(|ordinal| archive.article(ordinal))).await?;
    Ok(articles.into_iter().map(Shared::from).collect())
}

async fn article(archive: &Archive, id: Id) -> Load<Shared<Article>> {
    let ordinal = match archive.locate(id).await {
        Ok(Some(ordinal)) => ordinal,
        Ok(None) => return Load::Missing,
        Err(error) => return Load::Failed(error, None),
    };
    match archive.article(ordinal).await {
        Ok(article) => Load::Ready(article.into()),
        Err(error) => Load::Failed(error, row(archive, ordinal).await),
    }
}

async fn row(archive: &Archive, ordinal: u32) -> Option<Shared<Row>> {
    let (page, at) = crate::archive::Archive::<crate::app::net::HttpStore>::page_of(ordinal);
    let page = archive.page(page).await.ok()?;
    page.rows.get(at).cloned().map(Shared::new)
}

/// Loads when `key` changes, and drops results of older keys.
#[hook]
fn use_asked<K, T, F>(key: K, ask: impl Fn(K) -> F + 'static) -> Asked<T>
where
    K: Clone + PartialEq + 'static,
    T: Clone + PartialEq + 'static,
    F: Future<Output = Load<T>> + 'static,
{
    let attempt = use_state(|| 0_u32);
    let key = (key, *attempt);
    let answer = use_state(|| (None, Load::Waiting));
    {
        let answer = answer.setter();
        use_effect_with(key.clone(), move |key| {
            let key = key.clone();
            let wanted = Rc::new(Cell::new(true));
            let still = wanted.clone();
            let answering = ask(key.0.clone());
            spawn_local(async move {
                let load = answering.await;
                if still.get() {
                    answer.set((Some(key), load));
                }
            });
            move || wanted.set(false)
        });
    }
    let (answered, load) = &*answer;
    let busy = answered.as_ref() != Some(&key);
    let load = load.clone();
    Asked { load, busy, retry: Callback::from(move |()| attempt.set(*attempt + 1)) }
}
