//! Getting the article that somebody asks for.

use crate::app::handle::{Archive, Shared};
use crate::archive::ArchiveError;
use crate::model::{Article, Document, Earlier, Id, Row};
use std::cell::Cell;
use std::rc::Rc;
use yew::platform::spawn_local;
use yew::prelude::*;

/// What came of asking for something.
#[derive(Clone, PartialEq)]
pub enum Load<T> {
    /// Nothing yet.
    Waiting,
    /// It is here.
    Ready(T),
    /// The archive does not have it.
    Missing,
    /// It did not come: why, and the article's row if that is known.
    Failed(ArchiveError, Option<Shared<Row>>),
}

/// Something asked for.
pub struct Asked<T> {
    /// What came last; an earlier answer stays until the next is here.
    pub load: Load<T>,
    /// Whether an answer is still to come.
    pub busy: bool,
    /// Asks again.
    pub retry: Callback<()>,
}

/// The article with this id.
#[hook]
pub fn use_article(archive: &Archive, id: Id) -> Asked<Shared<Article>> {
    use_asked((archive.clone(), id), |(archive, id)| async move { article(&archive, id).await })
}

/// The text of an earlier version; nothing when none is asked for.
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

/// Asks when `key` changes, and drops answers to what is no longer asked.
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
