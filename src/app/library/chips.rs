//! The conditions of the query as chips; a tap on one removes it.

use super::Found;
use crate::app::components::icon::{Icon, Shape};
use crate::app::handle::Archive;
use crate::app::i18n::{Ui, fill};
use crate::archive::Manifest;
use crate::search::{Filter, TokenKind};
use crate::view::Action;
use yew::prelude::*;

/// See [`Chips`].
#[derive(Properties, PartialEq)]
pub struct ChipsProps {
    /// The archive.
    pub archive: Archive,
    /// What was found.
    pub found: Found,
    /// The language of the interface.
    pub ui: Ui,
    /// Does something.
    pub navigate: Callback<Action>,
}

/// How many conditions a query has.
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
            };
            if *without { fill(texts.without, &[&name]) } else { name }
        }
    }
}

/// A chip for each condition.
#[component]
pub fn Chips(props: &ChipsProps) -> Html {
    let texts = props.ui.library();
    let tokens = props.found.query.tokens.iter().filter(|token| is_condition(&token.kind));
    tokens
        .map(|token| {
            let text = label(&token.kind, props.archive.manifest(), props.ui);
            let without = props.found.query.drop_token(&props.found.text, &token.at);
            let remove = props.navigate.reform(move |_: MouseEvent| Action::Search(without.clone()));
            html! {
                <button class="chip" aria-label={fill(texts.remove, &[&text])} onclick={remove}>
                    { text.clone() }<Icon shape={Shape::Close} small=true />
                </button>
            }
        })
        .collect()
}
