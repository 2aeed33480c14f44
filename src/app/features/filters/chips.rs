//! Conditions of the query as chips; a tap removes one.

use crate::app::i18n::Locale;
use crate::app::state::{LibraryView, SearchResults};
use crate::app::ui::icon::{IconKind, small_icon};
use crate::archive::Manifest;
use crate::search::{Filter, Query, QueryToken, QueryTokenKind};
use yew::prelude::*;

/// Number of conditions of a query.
pub fn condition_count(found: &SearchResults) -> usize {
    found.query.tokens.iter().filter(|token| is_condition(&token.kind)).count()
}

fn is_condition(kind: &QueryTokenKind) -> bool {
    match kind {
        QueryTokenKind::Filter(..) => true,
        QueryTokenKind::Term(term) => term.negated || term.in_title,
        QueryTokenKind::Or => false,
    }
}

/// Label of a condition of the query `text`. A condition on titles stays as typed.
fn chip_label(token: &QueryToken, text: &str, manifest: &Manifest, ui: Locale) -> String {
    let texts = ui.library();
    let dates = ui.dates();
    match &token.kind {
        QueryTokenKind::Term(term) if term.negated => texts.excluded(&term.text),
        QueryTokenKind::Term(_) => text[token.span.clone()].to_owned(),
        QueryTokenKind::Or => String::new(),
        QueryTokenKind::Filter(filter, without) => {
            let name = match filter {
                Filter::Source(key) => manifest.source_name(key).to_owned(),
                Filter::Lang(lang) => ui.lang_name(*lang).to_owned(),
                Filter::Before(period) => texts.until(&dates.period(*period)),
                Filter::After(period) => texts.since(&dates.period(*period)),
                Filter::Date(Some(period)) => dates.period(*period),
                Filter::Date(None) => texts.undated.to_owned(),
                Filter::Is(status) => ui.user_data().status_name(*status).to_owned(),
            };
            if *without { texts.excluded(&name) } else { name }
        }
    }
}

/// Returns the name of a saved search: its terms and conditions in words.
pub fn search_name(query_text: &str, manifest: &Manifest, ui: Locale) -> String {
    let query = Query::parse(query_text);
    let kinds = || query.tokens.iter().map(|token| &token.kind);
    // Only a plain conjunction has a name; the order of other queries matters.
    if !kinds().any(is_condition) || kinds().any(|kind| matches!(kind, QueryTokenKind::Or)) {
        return query_text.to_owned();
    }
    let names = query.tokens.iter().map(|token| match &token.kind {
        QueryTokenKind::Term(term) if !is_condition(&token.kind) => term.text.clone(),
        _ => chip_label(token, query_text, manifest, ui),
    });
    names.collect::<Vec<_>>().join(" · ")
}

pub fn filter_chips(view: &LibraryView) -> Html {
    let found = &view.results;
    let tokens = found.query.tokens.iter().filter(|token| is_condition(&token.kind));
    tokens
        .map(|token| {
            let text = chip_label(token, &found.query_text, view.archive.manifest(), view.ui);
            let remove =
                view.navigation.search_on_click(found.query.remove_token(&found.query_text, &token.span));
            html! {
                <button class="chip" aria-label={view.ui.library().remove(&text)} onclick={remove}>
                    { text }{ small_icon(IconKind::Close) }
                </button>
            }
        })
        .collect()
}
