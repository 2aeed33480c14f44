//! Names of the conditions of a query.

use crate::app::i18n::Locale;
use crate::archive::Manifest;
use crate::search::{Filter, QueryToken, QueryTokenKind};

/// Label of a condition of the query `text`. A condition on titles stays as typed.
pub fn condition_label(token: &QueryToken, text: &str, manifest: &Manifest, ui: Locale) -> String {
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
                Filter::Author(name) => name.clone(),
                Filter::Tag(name) => ["#", name].concat(),
                Filter::Date(None) => texts.undated.to_owned(),
                Filter::Label(label) => label.clone(),
                Filter::Is(status) => ui.user_data().status_name(*status).to_owned(),
            };
            if *without { texts.excluded(&name) } else { name }
        }
    }
}
