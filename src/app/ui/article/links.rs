//! Clicks on links inside an article.

use crate::app::services::dom;
use crate::app::services::rc_eq::ArchiveHandle;
use crate::app::ui::article_link::is_plain_click;
use crate::model::{Id, Url};
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, MouseEvent};
use yew::Callback;
use yew::platform::spawn_local;

/// Handles a click in an article: an anchor scrolls, a link to an archived article opens it. Other links, and
/// clicks for a new tab or window, are left to the browser.
pub fn handle_link_click(event: &MouseEvent, archive: &ArchiveHandle, open: &Callback<Id>) {
    if !is_plain_click(event) || event.default_prevented() {
        return;
    }
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let link = target.and_then(|target| target.closest("a[href]").ok().flatten());
    let Some(href) = link.and_then(|link| link.get_attribute("href")) else { return };
    if let Some(id) = href.strip_prefix('#') {
        // The fragment holds the app's state, so an anchor must not change it.
        event.prevent_default();
        scroll_to(id);
        return;
    }
    let Some(url) = Url::parse(&href).filter(|url| url.host().is_some()) else { return };
    let id = Id::from_url(&url);
    let locating = archive.locate(id);
    // Usually the answer is cached, and the browser follows the link itself.
    match pin!(locating).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(Ok(Some(_))) => {
            event.prevent_default();
            open.emit(id);
        }
        Poll::Ready(_) => {}
        Poll::Pending => {
            event.prevent_default();
            let (archive, open) = (archive.clone(), open.clone());
            spawn_local(async move {
                match archive.locate(id).await {
                    Ok(Some(_)) => open.emit(id),
                    _ => open_in_new_tab(&url),
                }
            });
        }
    }
}

/// Scrolls to an anchor of the article.
fn scroll_to(id: &str) {
    let place = dom::document().and_then(|document| document.get_element_by_id(id));
    if let Some(place) = place.and_then(|place| place.dyn_into::<HtmlElement>().ok()) {
        place.scroll_into_view();
        // Keyboard navigation continues there.
        let _ = place.focus();
    }
}

/// Opens a page in a new tab, as its link would.
fn open_in_new_tab(url: &Url) {
    if let Some(window) = dom::window() {
        let _ = window.open_with_url_and_target_and_features(url.as_str(), "_blank", "noopener,noreferrer");
    }
}
