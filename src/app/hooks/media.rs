//! The width of the window, in the three kinds that the design knows.

use super::use_effect_with;
use crate::app::dom;
use gloo::events::EventListener;
use yew::prelude::*;

/// How the window is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// Below 720 px: one column.
    Phone,
    /// Up to 1119 px: the list, or the article.
    Tablet,
    /// From 1120 px: rail, list and article side by side.
    Wide,
}

const WIDE: &str = "(min-width: 1120px)";
const TABLET: &str = "(min-width: 720px)";

fn layout() -> Layout {
    match (dom::media(WIDE), dom::media(TABLET)) {
        (true, _) => Layout::Wide,
        (_, true) => Layout::Tablet,
        _ => Layout::Phone,
    }
}

/// Calls `changed` whenever the answer to a media query changes; dropping what it returns ends that.
pub fn media_listener<F: Fn() + 'static>(query: &str, changed: F) -> impl FnOnce() + use<F> {
    let list = dom::window().and_then(|window| window.match_media(query).ok().flatten());
    let listener = list.map(|list| EventListener::new(&list, "change", move |_| changed()));
    move || drop(listener)
}

/// Whether a media query holds, now and as it changes.
#[hook]
pub fn use_media(query: String) -> bool {
    let holds = use_state_eq(|| dom::media(&query));
    let setter = holds.setter();
    use_effect_with(query, move |query| {
        let asked = query.clone();
        let update = move || setter.set(dom::media(&asked));
        update();
        media_listener(query, update)
    });
    *holds
}

/// The layout of the window, now and as it changes.
#[hook]
pub fn use_layout() -> Layout {
    let current = use_state_eq(layout);
    let setter = current.setter();
    use_effect_with((), move |()| {
        let update = move || setter.set(layout());
        let ends = [WIDE, TABLET].map(|query| media_listener(query, update.clone()));
        move || ends.into_iter().for_each(|end| end())
    });
    *current
}
