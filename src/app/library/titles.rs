//! Titles that hold what is typed, beside the field, as long as somebody types.
//!
//! A list in order of relevance begins with them and needs no other; one in order of time does not.

use super::{Found, Scene};
use crate::app::dom;
use crate::app::hooks::{Pages, RowAt};
use crate::app::script::Script;
use crate::search::Matcher;
use crate::view::{Action, Sort};
use std::cmp::Reverse;
use yew::prelude::*;

/// So many are shown.
const SHOWN: usize = 3;
/// The texts of so many are fetched for it; others are shown when they are here anyway.
const FETCHED: usize = 2;

/// See [`Titles`].
#[derive(Properties, PartialEq)]
pub struct TitlesProps {
    /// What is searched.
    pub scene: Scene,
    /// The rows.
    pub pages: Pages,
}

/// Titles that hold all of what is typed, best first; each opens its article. Nothing while there is none, or the list
/// begins with them.
#[component]
pub fn Titles(props: &TitlesProps) -> Html {
    let Scene { found, ui, navigate, .. } = &props.scene;
    let script = use_context::<Script>().unwrap_or_default();
    let ordinals =
        use_memo((found.selection.clone(), found.sort), |(selection, _)| best(props, &selection.ordinals));
    let rows = ordinals.iter().enumerate().filter_map(|(at, &ordinal)| {
        if at < FETCHED { props.pages.row(ordinal, true).ok()? } else { props.pages.row_at_hand(ordinal) }
    });
    let matcher = Matcher::new(&found.query);
    let title = |row: RowAt| {
        let marks: Vec<_> = matcher.find(&row.title).into_iter().map(|(range, _)| range).collect();
        let source = props.scene.archive.manifest().source_name(&row.source).to_owned();
        let onclick = {
            let (navigate, id) = (navigate.clone(), row.id);
            Callback::from(move |event: MouseEvent| {
                event.prevent_default();
                navigate.emit(Action::Open(id));
                // Nobody types any more.
                dom::focus("#list");
            })
        };
        html! {
            <li key={row.id.to_string()}>
                <a class="titles__a" href={found.address(row.id)} {onclick}>
                    <span class="titles__t" lang={script.tag(row.lang)}>{ script.marked(&row.title, &marks, row.lang) }</span>
                    <span class="titles__s">{ source }</span>
                </a>
            </li>
        }
    };
    let rows: Vec<Html> = rows.take(SHOWN).map(title).collect();
    if rows.is_empty() {
        return Html::default();
    }
    html! { <ul class="titles" aria-label={ui.library().titles} onkeydown={Callback::from(walk)}>{ rows }</ul> }
}

/// The listed articles with all terms in the title, best first, newest first among equals; none of a list that begins
/// with them.
fn best(props: &TitlesProps, listed: &[u32]) -> Vec<u32> {
    let Found { search, sort, .. } = &props.scene.found;
    let Some(search) = search.as_ref().filter(|_| *sort != Sort::Relevance) else { return Vec::new() };
    let mut hits: Vec<_> = search.hits.iter().filter(|hit| hit.in_title()).copied().collect();
    crate::order::sort_by_key(&mut hits, |hit| Reverse((hit.score, hit.ordinal)));
    let shown = hits.iter().map(|hit| hit.ordinal).filter(|ordinal| listed.contains(ordinal));
    shown.take(SHOWN + FETCHED).collect()
}

/// The arrows go from title to title, back to the field, and on to the list.
fn walk(event: KeyboardEvent) {
    let step: isize = match event.key().as_str() {
        "ArrowDown" => 1,
        "ArrowUp" => -1,
        _ => return,
    };
    event.prevent_default();
    let titles = dom::elements(".titles__a");
    let now = titles.iter().position(|title| Some(title) == dom::focused().as_ref());
    let next = now.and_then(|now| now.checked_add_signed(step));
    match next.and_then(|next| titles.get(next)) {
        Some(title) => drop(dom::focus_element(title.clone())),
        None => dom::focus(if step > 0 { ".row__a" } else { ".find__i" }),
    }
}
