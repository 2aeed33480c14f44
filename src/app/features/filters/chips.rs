//! Conditions of the query as chips; a tap removes one.

use crate::app::i18n::Locale;
use crate::app::state::{LibraryView, QueryFns, SearchResults};
use crate::app::ui::condition_label::condition_label;
use crate::app::ui::icon::{IconKind, small_icon};
use crate::archive::Manifest;
use crate::search::QueryTokenKind;
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

/// Returns the name of a saved search: its terms and conditions in words, or as typed while they cannot be read.
pub fn search_name(query_text: &str, fns: Option<QueryFns>, manifest: &Manifest, ui: Locale) -> String {
    let Some(fns) = fns else { return query_text.to_owned() };
    let query = (fns.parse)(query_text);
    let kinds = || query.tokens.iter().map(|token| &token.kind);
    // Only a plain conjunction has a name; the order of other queries matters.
    if !kinds().any(is_condition) || kinds().any(|kind| matches!(kind, QueryTokenKind::Or)) {
        return query_text.to_owned();
    }
    let names = query.tokens.iter().map(|token| match &token.kind {
        QueryTokenKind::Term(term) if !is_condition(&token.kind) => term.text.clone(),
        _ => condition_label(token, query_text, manifest, ui),
    });
    names.collect::<Vec<_>>().join(" · ")
}

pub fn filter_chips(view: &LibraryView) -> Html {
    let found = &view.results;
    let tokens = found.query.tokens.iter().filter(|token| is_condition(&token.kind));
    tokens
        .map(|token| {
            let text = condition_label(token, &found.query_text, view.archive.manifest(), view.ui);
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
