//! What stands in the place of an article that cannot be shown.

use super::article::kicker;
use crate::app::components::icon::{Shape, icon};
use crate::app::i18n::Ui;
use crate::app::script::Script;
use crate::archive::ArchiveError;
use crate::model::Row;
use yew::prelude::*;

/// An article whose text did not come.
pub struct Failed<'a> {
    /// Why.
    pub error: &'a ArchiveError,
    /// The article's row, if that is known.
    pub row: Option<&'a Row>,
    /// The name of its source.
    pub source: &'a str,
    /// Whether it is being asked for again.
    pub busy: bool,
    /// Asks again.
    pub retry: &'a Callback<()>,
    /// The form that articles are shown in.
    pub script: &'a Script,
    /// Loads the site anew.
    pub reload: &'a Callback<()>,
    /// The language of the interface.
    pub ui: Ui,
}

/// Says what is known of the article, what happened, what can be done.
pub fn failed(failed: Failed) -> Html {
    let Failed { error, row, source, busy, retry, reload, script, ui } = failed;
    let texts = ui.reader();
    // A file that is gone was replaced with the whole archive: only the page itself can find the new one.
    let gone = matches!(error, ArchiveError::Store(error) if error.missing);
    let act = if gone { reload } else { retry };
    let retry = act.reform(|_: MouseEvent| ());
    let what = match error {
        _ if gone => texts.failed_gone,
        ArchiveError::Store(error) if error.away => ui.offline().not_kept,
        ArchiveError::Store(_) => texts.failed_network,
        _ => texts.failed_damaged,
    };
    html! {
        <article class="art" id="read" tabindex="-1" aria-busy={busy.to_string()}>
            if let Some(row) = row {
                { kicker(source, row.time, row.minutes(), ui) }
                <h1 class="art__h" lang={script.tag(row.lang)}>{ script.text(&row.title, row.lang) }</h1>
            }
            <div class="fail" role="alert">
                <p><b>{ texts.failed }</b>{ what }{ row.map(|_| texts.failed_row) }</p>
                <p class="fail__b">
                    <button type="button" class="btn btn--ink" disabled={busy} onclick={retry}>
                        { if busy { texts.retrying } else { texts.retry } }
                    </button>
                </p>
                <p class="fail__d">{ error.to_string() }</p>
            </div>
            if let Some(row) = row.filter(|row| !row.excerpt.is_empty()) {
                <div class="prose prose--excerpt" lang={script.tag(row.lang)}><p>{ script.text(&row.excerpt, row.lang) }</p></div>
            }
        </article>
    }
}

/// An article that the archive does not have; `back` leaves it.
pub fn missing(back: &Callback<()>, ui: Ui) -> Html {
    let texts = ui.reader();
    let back = back.reform(|_: MouseEvent| ());
    html! {
        <div class="blank" role="alert">
            <div class="blank__i">{ icon(Shape::Page) }</div>
            <h1 class="blank__h">{ texts.missing }</h1>
            <p class="blank__p">{ texts.missing_text }</p>
            <div class="blank__b">
                <button type="button" class="btn" onclick={back}>{ texts.leave }</button>
            </div>
        </div>
    }
}
