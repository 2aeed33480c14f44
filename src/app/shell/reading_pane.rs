//! The open article.

use crate::app::features::reader::{ReaderLayout, ReaderProps};
use crate::app::services::WindowLayout;
use crate::app::state::{CurrentArticle, LibraryView, Route};
use crate::app::ui::lazy_view::lazy_reader;
use yew::prelude::*;

/// Renders the reader, if an article is shown.
pub fn reader(
    route: &Route,
    current: &CurrentArticle,
    view: &LibraryView,
    layout: WindowLayout,
) -> Option<Html> {
    let layout = match layout {
        WindowLayout::Phone => ReaderLayout::Phone,
        WindowLayout::Wide if !route.state.full_window => ReaderLayout::Pane,
        _ => ReaderLayout::FullWindow,
    };
    Some(lazy_reader(ReaderProps {
        id: current.shown?,
        query: view.results.query_text.clone(),
        previous: current.previous.as_deref().cloned(),
        next: current.next.as_deref().cloned(),
        layout,
        is_opened_by_user: route.state.article.is_some(),
    }))
}
