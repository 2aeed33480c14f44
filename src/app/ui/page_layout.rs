//! Layout of pages: back button and document title.

use crate::app::i18n::Locale;
use crate::app::services::{dom, use_effect_with};
use crate::app::ui::icon::{IconKind, icon};
use crate::view_model::{RouteAction, RoutePage};
use gloo::events::EventListener;
use std::cell::RefCell;
use std::rc::Rc;
use yew::prelude::*;

/// Element id of the content of a page.
const PAGE_ID: &str = "page";

/// Moves the focus to the page, from an element that disappears.
pub fn focus_page() {
    dom::focus_id(PAGE_ID);
}

/// Scroll position of the last page, for the return from an article.
pub type SavedPageScroll = Rc<RefCell<Option<(RoutePage, f64)>>>;

/// The frame: a bar with the way back and `tools`, then the page. Pages of one kind that differ in `key` share no nodes.
pub fn page_layout(
    (class, key): (&'static str, &str),
    ui: Locale,
    navigate: &Callback<RouteAction>,
    tools: Html,
    body: Html,
) -> Html {
    let back = navigate.reform(|_: MouseEvent| RouteAction::Close);
    html! {
        <div class="page">
            <header class="rbar">
                <div class="rbar__l">
                    <button type="button" class="back" onclick={back}>{ icon(IconKind::Back) }{ ui.reader().library }</button>
                </div>
                <div class="rbar__r">{ tools }</div>
            </header>
            <main key={key} class={classes!("page__b", class)} id={PAGE_ID} tabindex="-1">{ body }</main>
        </div>
    }
}

/// Sets the document title, and scrolls to the top or to the position left for an article. `here` is set when
/// the content is loaded.
#[hook]
pub fn use_page(page: RoutePage, title: &str, archive: &str, here: bool, scrolled: &SavedPageScroll) {
    let title = format!("{title} — {archive}");
    use_effect_with((title, archive.to_owned()), |(title, archive)| {
        let archive = archive.clone();
        if let Some(document) = dom::document() {
            document.set_title(title);
        }
        move || {
            if let Some(document) = dom::document() {
                document.set_title(&archive);
            }
        }
    });
    let scrolled = scrolled.clone();
    use_effect_with((page, here), move |&(page, here)| {
        if let Some(window) = dom::window().filter(|_| here) {
            let left = scrolled.borrow().filter(|(of, _)| *of == page).map(|(_, top)| top);
            window.scroll_to_with_x_and_y(0.0, left.unwrap_or(0.0));
            dom::focus_id(PAGE_ID);
        }
        // Recorded while scrolling: on unmount there is nothing left to measure.
        let listener = dom::window().filter(|_| here).map(|window| {
            EventListener::new(&window.clone(), "scroll", move |_| {
                *scrolled.borrow_mut() = window.scroll_y().ok().map(|top| (page, top));
            })
        });
        move || drop(listener)
    });
}
