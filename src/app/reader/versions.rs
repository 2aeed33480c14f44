//! Reading of an earlier version.

use super::load::{Load, use_version};
use crate::app::handle::{Archive, Shared};
use crate::app::i18n::{Ui, fill};
use crate::model::{Article, Document, Earlier, Id};
use yew::prelude::*;

/// Selected version.
pub struct Shown {
    /// Article of the selected version, or the newest.
    pub article: Option<Shared<Article>>,
    pub choose: Callback<usize>,
    /// Set if the diff is shown instead of the text.
    pub compares: bool,
    compare: Callback<bool>,
    newest: Callback<()>,
    version: Option<Shared<Earlier>>,
    failed: Option<AttrValue>,
    retry: Callback<()>,
}

/// Selects a version of the article `newest`. A new article starts at its newest version.
#[hook]
pub fn use_shown(archive: &Archive, newest: Option<Shared<Article>>) -> Shown {
    let chosen = use_state_eq(|| None::<(Id, usize)>);
    let comparing = use_state_eq(|| None::<(Id, usize)>);
    let version = use_memo((newest.clone(), *chosen), |(newest, chosen)| {
        let (article, (id, at)) = newest.as_ref().zip(*chosen)?;
        article.earlier.get(at).filter(|_| article.id == id).cloned().map(Shared::new)
    });
    let version = Option::clone(&version);
    let asked = use_version(archive, version.clone());
    let body = match &asked.load {
        Load::Ready(body) if !asked.busy => body.clone(),
        _ => None,
    };
    let article = use_memo((newest.clone(), version.clone(), body), |(newest, version, body)| {
        match (newest, version, body) {
            (Some(newest), Some(version), Some(body)) => Some(Shared::new(earlier(newest, version, body))),
            _ => newest.clone(),
        }
    });
    let failed = match &asked.load {
        Load::Failed(error, _) if version.is_some() => Some(error.to_string().into()),
        _ => None,
    };
    // The diff needs the old text.
    let compares = comparing.is_some()
        && *comparing == *chosen
        && version.is_some()
        && matches!(&asked.load, Load::Ready(Some(_)))
        && !asked.busy;
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
    Shown {
        article: Option::clone(&article),
        choose,
        compares,
        compare,
        newest,
        version,
        failed,
        retry: asked.retry,
    }
}

/// Returns the article of a version.
fn earlier(newest: &Article, version: &Earlier, body: &Document) -> Article {
    Article {
        title: version.title.clone(),
        time: version.time,
        body: body.clone(),
        dateline: None,
        ..newest.clone()
    }
}

impl Shown {
    /// Notice above an earlier version.
    pub fn notice(&self, ui: Ui) -> Html {
        let Some(version) = &self.version else { return Html::default() };
        let texts = ui.reader();
        let text = match version.time {
            Some(time) => fill(texts.old_version, &[&ui.dates().full(time)]),
            None => texts.old_undated.to_owned(),
        };
        html! {
            <div class="older" role="status" lang={ui.tag()}>
                <p>{ text }</p>
                if let Some(reason) = &self.failed {
                    <p>{ texts.failed }<small>{ reason }</small></p>
                    <button type="button" class="link" onclick={self.retry.reform(|_: MouseEvent| ())}>
                        { texts.retry }
                    </button>
                }
                if self.failed.is_none() {
                    <button type="button" class="link" onclick={self.compare.reform({
                        let on = !self.compares;
                        move |_: MouseEvent| on
                    })}>
                        { if self.compares { ui.tools().changes.hide } else { ui.tools().changes.show } }
                    </button>
                }
                <button type="button" class="link" onclick={self.newest.reform(|_: MouseEvent| ())}>
                    { texts.newest }
                </button>
            </div>
        }
    }
}
