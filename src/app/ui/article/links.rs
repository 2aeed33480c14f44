//! Links inside an article.

use crate::app::services::dom;
use crate::app::services::rc_eq::{ArchiveHandle, RcEq};
use crate::app::services::use_task;
use crate::app::ui::article_link::is_plain_click;
use crate::model::{Article, Href, Id, Inline, Node, Url, walk_blocks};
use crate::small_sort;
use std::pin::pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, MouseEvent};
use yew::platform::spawn_local;
use yew::{Callback, hook, use_state};

/// Returns the addresses and ids of the articles of the archive to which `article` links, once they are located, in the
/// order of the addresses.
#[hook]
pub fn use_archived_links(archive: Option<ArchiveHandle>, article: &RcEq<Article>) -> Rc<Vec<(String, Id)>> {
    let links = use_state(Rc::<Vec<(String, Id)>>::default);
    let setter = links.setter();
    use_task((archive, article.clone()), move |(archive, article), token| async move {
        let Some(archive) = archive else { return };
        let mut located = Vec::new();
        for (address, id) in linked_addresses(&article) {
            if matches!(archive.locate(id).await, Ok(Some(_))) {
                located.push((address, id));
            }
        }
        // Without such links, the article is not rendered again.
        if token.is_active() && !located.is_empty() {
            setter.set(Rc::new(located));
        }
    });
    (*links).clone()
}

/// Returns the web addresses to which `article` links, in order, and the ids of articles at them.
fn linked_addresses(article: &Article) -> Vec<(String, Id)> {
    let mut links: Vec<(String, Id)> = Vec::new();
    walk_blocks(&article.body.blocks, &mut |node: Node| {
        if let Node::Inline(Inline::Link(Href::Url(url), _)) = node
            && url.host().is_some()
        {
            links.push((url.as_str().to_owned(), Id::from_url(url)));
        }
    });
    small_sort::sort(&mut links);
    links.dedup();
    links
}

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
    if let Some(place) = dom::element_by_id(id).and_then(|place| place.dyn_into::<HtmlElement>().ok()) {
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
