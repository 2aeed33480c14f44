//! Links that open something in the app. Clicks with a modifier key or another button are left to the browser.

use crate::model::{Date, Id};
use crate::search::Period;
use crate::view_model::{RouteAction, RoutePage, RouteState};
use web_sys::MouseEvent;
use yew::Callback;

/// Returns true for a click of the main button without modifier keys.
pub fn is_plain_click(event: &MouseEvent) -> bool {
    let has_modifier = event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key();
    event.button() == 0 && !has_modifier
}

/// Returns a click handler that calls `then` on a plain click.
pub fn on_plain_click(then: impl Fn() + 'static) -> Callback<MouseEvent> {
    Callback::from(move |event: MouseEvent| {
        if is_plain_click(&event) {
            event.prevent_default();
            then();
        }
    })
}

/// Returns a click handler that applies `action`.
pub fn navigate_on_click(navigate: &Callback<RouteAction>, action: RouteAction) -> Callback<MouseEvent> {
    let navigate = navigate.clone();
    on_plain_click(move || navigate.emit(action.clone()))
}

/// Returns a click handler that opens an article.
pub fn open_on_click(navigate: &Callback<RouteAction>, id: Id) -> Callback<MouseEvent> {
    navigate_on_click(navigate, RouteAction::Open(id))
}

/// Returns address and click handler of a link to a page.
pub fn page_link(navigate: &Callback<RouteAction>, page: RoutePage) -> (String, Callback<MouseEvent>) {
    let action = RouteAction::OpenPage(page);
    (RouteState::default().apply(action.clone()).to_fragment(), navigate_on_click(navigate, action))
}

/// Returns the front page of the day or month of a date.
pub fn front_page_of(date: Date, monthly: bool) -> RoutePage {
    RoutePage::Front(Period { year: date.year, month: Some(date.month), day: (!monthly).then_some(date.day) })
}
