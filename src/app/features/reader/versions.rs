//! Reading of an earlier version.

use super::use_article::{LoadResult, use_version_body};
use crate::app::i18n::Locale;
use crate::app::services::rc_eq::{ArchiveHandle, RcEq};
use crate::model::{Article, Document, EarlierVersion, Id};
use yew::prelude::*;

/// Selected version.
pub struct VersionSelection {
    /// Article of the selected version, or the newest.
    pub article: Option<RcEq<Article>>,
    pub select: Callback<usize>,
    /// Set if the diff is shown instead of the text.
    pub is_comparing: bool,
    set_comparing: Callback<bool>,
    select_newest: Callback<()>,
    version: Option<RcEq<EarlierVersion>>,
    error: Option<AttrValue>,
    retry: Callback<()>,
}

/// Selects a version of the article `newest`. A new article starts at its newest version.
#[hook]
pub fn use_version_selection(archive: &ArchiveHandle, newest: Option<RcEq<Article>>) -> VersionSelection {
    let chosen = use_state_eq(|| None::<(Id, usize)>);
    let comparing = use_state_eq(|| None::<(Id, usize)>);
    let version = use_memo((newest.clone(), *chosen), |(newest, chosen)| {
        let (article, (id, at)) = newest.as_ref().zip(*chosen)?;
        article.earlier_versions.get(at).filter(|_| article.id == id).cloned().map(RcEq::new)
    });
    let version = Option::clone(&version);
    let asked = use_version_body(archive, version.clone());
    let body = match &asked.result {
        LoadResult::Ready(body) if !asked.is_loading => body.clone(),
        _ => None,
    };
    let article = use_memo((newest.clone(), version.clone(), body), |(newest, version, body)| {
        match (newest, version, body) {
            (Some(newest), Some(version), Some(body)) => {
                Some(RcEq::new(article_of_version(newest, version, body)))
            }
            _ => newest.clone(),
        }
    });
    let failed = match &asked.result {
        LoadResult::Failed(error, _) if version.is_some() => Some(error.to_string().into()),
        _ => None,
    };
    // The diff needs the old text.
    let compares = comparing.is_some()
        && *comparing == *chosen
        && version.is_some()
        && matches!(&asked.result, LoadResult::Ready(Some(_)))
        && !asked.is_loading;
    let compare = {
        let (comparing, chosen) = (comparing.setter(), *chosen);
        Callback::from(move |on: bool| comparing.set(chosen.filter(|_| on)))
    };
    let id = newest.map(|article| article.id);
    let setter = chosen.setter();
    let choose = {
        let setter = setter.clone();
        Callback::from(move |at| setter.set(id.map(|id| (id, at))))
    };
    let newest = Callback::from(move |()| setter.set(None));
    VersionSelection {
        article: Option::clone(&article),
        select: choose,
        is_comparing: compares,
        set_comparing: compare,
        select_newest: newest,
        version,
        error: failed,
        retry: asked.retry,
    }
}

/// Returns the article of a version.
fn article_of_version(newest: &Article, version: &EarlierVersion, body: &Document) -> Article {
    Article {
        title: version.title.clone(),
        time: version.time,
        body: body.clone(),
        dateline: None,
        ..newest.clone()
    }
}

impl VersionSelection {
    /// Notice above an earlier version.
    pub fn notice(&self, ui: Locale) -> Html {
        let Some(version) = &self.version else { return Html::default() };
        let texts = ui.reader();
        let text = match version.time {
            Some(time) => texts.old_version(&ui.dates().date_time(time)),
            None => texts.old_version_undated.to_owned(),
        };
        html! {
            <div class="older" role="status" lang={ui.tag()}>
                <p>{ text }</p>
                if let Some(reason) = &self.error {
                    <p>{ texts.failed }<small>{ reason }</small></p>
                    <button type="button" class="link" onclick={self.retry.reform(|_: MouseEvent| ())}>
                        { texts.retry }
                    </button>
                }
                if self.error.is_none() {
                    <button type="button" class="link" onclick={self.set_comparing.reform({
                        let on = !self.is_comparing;
                        move |_: MouseEvent| on
                    })}>
                        { if self.is_comparing { ui.tools().diff.hide } else { ui.tools().diff.show } }
                    </button>
                }
                <button type="button" class="link" onclick={self.select_newest.reform(|_: MouseEvent| ())}>
                    { texts.newest }
                </button>
            </div>
        }
    }
}
