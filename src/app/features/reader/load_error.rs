//! Error views instead of an article.

use crate::app::i18n::Locale;
use crate::app::state::script_conversion::ScriptContext;
use crate::app::ui::icon::{IconKind, icon};
use crate::app::ui::kicker;
use crate::archive::{ArchiveError, StoreErrorKind};
use crate::model::Row;
use yew::prelude::*;

/// Article whose text failed to load.
pub struct LoadErrorView<'a> {
    pub error: &'a ArchiveError,
    pub row: Option<&'a Row>,
    pub source: &'a str,
    pub is_retrying: bool,
    pub retry: &'a Callback<()>,
    pub script: &'a ScriptContext,
    pub reload: &'a Callback<()>,
    pub ui: Locale,
}

/// Renders the known metadata, the error and a retry button.
pub fn load_error(failed: LoadErrorView) -> Html {
    let LoadErrorView { error, row, source, is_retrying: busy, retry, reload, script, ui } = failed;
    let texts = ui.reader();
    // A missing file was replaced with the whole archive, which only a reload finds.
    let is_missing = error.is_store_error(StoreErrorKind::Missing);
    let act = if is_missing { reload } else { retry };
    let retry = act.reform(|_: MouseEvent| ());
    let what = match error {
        _ if is_missing => texts.failed_missing,
        _ if error.is_store_error(StoreErrorKind::Offline) => ui.offline().article_unavailable,
        _ if error.is_store_error(StoreErrorKind::Transient) => texts.failed_network,
        _ => texts.failed_damaged,
    };
    html! {
        <article class="art" id="read" tabindex="-1" aria-busy={busy.to_string()}>
            if let Some(row) = row {
                { kicker((source, &row.authors), row.time, row.reading_minutes(), ui) }
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

/// View for an article that the archive does not hold; `back` leaves it.
pub fn missing_article(back: &Callback<()>, ui: Locale) -> Html {
    let texts = ui.reader();
    let back = back.reform(|_: MouseEvent| ());
    html! {
        <div class="blank" role="alert">
            <div class="blank__i">{ icon(IconKind::Page) }</div>
            <h1 class="blank__h">{ texts.missing }</h1>
            <p class="blank__p">{ texts.missing_text }</p>
            <div class="blank__b">
                <button type="button" class="btn" onclick={back}>{ texts.back_to_list }</button>
            </div>
        </div>
    }
}
