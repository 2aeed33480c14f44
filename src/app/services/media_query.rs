//! Width classes of the window.

use super::use_effect_with;
use crate::app::services::dom;
use gloo::events::EventListener;
use yew::prelude::*;

/// Width class of the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WindowLayout {
    /// Below 720 px: one column.
    Phone,
    /// 720 to 1119 px: the list or the article.
    Tablet,
    /// From 1120 px: filters, list and article side by side.
    Wide,
}

const WIDE_QUERY: &str = "(min-width: 1120px)";
const TABLET_QUERY: &str = "(min-width: 720px)";

fn window_layout() -> WindowLayout {
    match (dom::matches_media(WIDE_QUERY), dom::matches_media(TABLET_QUERY)) {
        (true, _) => WindowLayout::Wide,
        (_, true) => WindowLayout::Tablet,
        _ => WindowLayout::Phone,
    }
}

/// Calls `changed` when the result of a media query changes. Calling the returned function removes the
/// listener.
pub fn media_listener<F: Fn() + 'static>(query: &str, changed: F) -> impl FnOnce() + use<F> {
    let list = dom::window().and_then(|window| window.match_media(query).ok().flatten());
    let listener = list.map(|list| EventListener::new(&list, "change", move |_| changed()));
    move || drop(listener)
}

/// Returns the current result of a media query and follows its changes.
#[hook]
pub fn use_media(query: String) -> bool {
    let holds = use_state_eq(|| dom::matches_media(&query));
    let setter = holds.setter();
    use_effect_with(query, move |query| {
        let asked = query.clone();
        let update = move || setter.set(dom::matches_media(&asked));
        update();
        media_listener(query, update)
    });
    *holds
}

/// Returns the current width class and follows its changes.
#[hook]
pub fn use_layout() -> WindowLayout {
    let current = use_state_eq(window_layout);
    let setter = current.setter();
    use_effect_with((), move |()| {
        let update = move || setter.set(window_layout());
        let ends = [WIDE_QUERY, TABLET_QUERY].map(|query| media_listener(query, update.clone()));
        move || ends.into_iter().for_each(|end| end())
    });
    *current
}
