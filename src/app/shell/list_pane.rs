//! The list with its notices and the tools at its end.

use crate::app::features::export::ExportButton;
use crate::app::features::list::List;
use crate::app::features::offline::offline_notice;
use crate::app::features::print::PrintButton;
use crate::app::state::offline::OfflineContext;
use crate::app::state::states_offer::pending_states;
use crate::app::state::{CurrentArticle, LibraryView, Route};
use crate::app::ui::lazy_view::{Fallback, lazy_panel};
use yew::prelude::*;

/// Renders the list, which `is_active` unless an article or page covers it.
pub fn list_pane(
    view: &LibraryView,
    route: &Route,
    current: &CurrentArticle,
    device: Option<&OfflineContext>,
    is_active: bool,
) -> Html {
    let cached = view.results.offline_articles.as_ref().map(|cached| cached.as_slice());
    let notice = device.map(|device| offline_notice(device, cached, view.ui)).unwrap_or_default();
    let offer = pending_states().map(|offer| lazy_panel(offer, Fallback::default()));
    let notice = html! { <>{ notice }{ offer.unwrap_or_default() }</> };
    let footer = html! { <><ExportButton /><PrintButton /></> };
    html! {
        <List current={current.pane_ordinal} {is_active} scroll={route.scroll.clone()}
            traversals={route.traversals} save_scroll={route.save_scroll.clone()} {notice} {footer} />
    }
}
