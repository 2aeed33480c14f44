//! Conditions of the query as chips; a tap removes one.

use super::{Found, Scene};
use crate::app::components::icon::{Shape, small_icon};
use crate::app::i18n::{Ui, fill};
use crate::archive::Manifest;
use crate::search::{Filter, Status, TokenKind};
use yew::prelude::*;

/// Number of conditions of a query.
pub fn conditions(found: &Found) -> usize {
    found.query.tokens.iter().filter(|token| is_condition(&token.kind)).count()
}

fn is_condition(kind: &TokenKind) -> bool {
    match kind {
        TokenKind::Filter(..) => true,
        TokenKind::Term(term) => term.without || term.in_title,
        TokenKind::Or => false,
    }
}

fn label(kind: &TokenKind, manifest: &Manifest, ui: Ui) -> String {
    let texts = ui.library();
    let dates = ui.dates();
    match kind {
        TokenKind::Term(term) if term.without => fill(texts.without, &[&term.text]),
        TokenKind::Term(term) => format!("title:{}", term.text),
        TokenKind::Or => String::new(),
        TokenKind::Filter(filter, without) => {
            let name = match filter {
                Filter::Source(key) => manifest.source_name(key).to_owned(),
                Filter::Lang(lang) => ui.lang_name(*lang).to_owned(),
                Filter::Before(period) => fill(texts.until, &[&dates.period(*period)]),
                Filter::After(period) => fill(texts.since, &[&dates.period(*period)]),
                Filter::Date(Some(period)) => dates.period(*period),
                Filter::Date(None) => texts.undated.to_owned(),
                Filter::Is(status) => {
                    let at = Status::ALL.iter().position(|one| one == status).unwrap_or_default();
                    ui.keep().statuses[at].to_owned()
                }
            };
            if *without { fill(texts.without, &[&name]) } else { name }
        }
    }
}

pub fn chips(scene: &Scene) -> Html {
    let found = &scene.found;
    let tokens = found.query.tokens.iter().filter(|token| is_condition(&token.kind));
    tokens
        .map(|token| {
            let text = label(&token.kind, scene.archive.manifest(), scene.ui);
            let remove = scene.on_search(found.query.drop_token(&found.text, &token.at));
            html! {
                <button class="chip" aria-label={fill(scene.ui.library().remove, &[&text])} onclick={remove}>
                    { text }{ small_icon(Shape::Close) }
                </button>
            }
        })
        .collect()
}
