//! What stands in the place of an article that cannot be shown.

use super::article::Kicker;
use crate::app::components::icon::{Icon, Shape};
use crate::app::dom;
use crate::app::handle::Shared;
use crate::app::i18n::Ui;
use crate::archive::ArchiveError;
use crate::model::Row;
use yew::prelude::*;

/// See [`Failed`].
#[derive(Properties, PartialEq)]
pub struct FailedProps {
    /// Why.
    pub error: ArchiveError,
    /// The article's row, if that is known.
    pub row: Option<Shared<Row>>,
    /// The name of its source.
    pub source: AttrValue,
    /// Whether it is being asked for again.
    pub busy: bool,
    /// Asks again.
    pub retry: Callback<()>,
    /// The language of the interface.
    pub ui: Ui,
}

/// An article whose text did not come: what is known of it, what happened, what can be done.
#[component]
pub fn Failed(props: &FailedProps) -> Html {
    let texts = props.ui.reader();
    // A file that is gone was replaced with the whole archive: only the page itself can find the new one.
    let gone = matches!(&props.error, ArchiveError::Store(error) if error.missing);
    let retry = {
        let retry = props.retry.clone();
        Callback::from(move |_: MouseEvent| if gone { reload() } else { retry.emit(()) })
    };
    let what = match &props.error {
        _ if gone => texts.failed_gone,
        ArchiveError::Store(_) => texts.failed_network,
        _ => texts.failed_damaged,
    };
    let row = props.row.as_ref();
    html! {
        <article class="art" id="read" tabindex="-1" aria-busy={props.busy.to_string()}>
            if let Some(row) = row {
                <Kicker source={&props.source} time={row.time} minutes={row.minutes()} ui={props.ui} />
                <h1 class="art__h" lang={row.lang.tag()}>{ &row.title }</h1>
            }
            <div class="fail" role="alert">
                <p><b>{ texts.failed }</b>{ what }{ row.map(|_| texts.failed_row) }</p>
                <p class="fail__b">
                    <button type="button" class="btn btn--ink" disabled={props.busy} onclick={retry}>
                        { if props.busy { texts.retrying } else { texts.retry } }
                    </button>
                </p>
                <p class="fail__d">{ props.error.to_string() }</p>
            </div>
            if let Some(row) = row.filter(|row| !row.excerpt.is_empty()) {
                <div class="prose prose--excerpt" lang={row.lang.tag()}><p>{ &row.excerpt }</p></div>
            }
        </article>
    }
}

fn reload() {
    if let Some(window) = dom::window() {
        // A page that cannot be loaded again stays as it is, which says enough.
        let _ = window.location().reload();
    }
}

/// See [`Missing`].
#[derive(Properties, PartialEq)]
pub struct MissingProps {
    /// Leaves the article.
    pub back: Callback<()>,
    /// The language of the interface.
    pub ui: Ui,
}

/// An article that the archive does not have.
#[component]
pub fn Missing(props: &MissingProps) -> Html {
    let texts = props.ui.reader();
    let back = props.back.reform(|_: MouseEvent| ());
    html! {
        <div class="blank" role="alert">
            <div class="blank__i"><Icon shape={Shape::Page} /></div>
            <h1 class="blank__h">{ texts.missing }</h1>
            <p class="blank__p">{ texts.missing_text }</p>
            <div class="blank__b">
                <button type="button" class="btn" onclick={back}>{ texts.leave }</button>
            </div>
        </div>
    }
}
