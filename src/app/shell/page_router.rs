//! Pages that cover the library.

use crate::app::features::annotations::AnnotationsPageProps;
use crate::app::features::archive_info::AboutPageProps;
use crate::app::features::front_page::FrontPageViewProps;
use crate::app::ui::SavedPageScroll;
use crate::app::ui::lazy_view::{Fallback, lazy_panel};
use crate::view_model::RoutePage;
use yew::prelude::*;

/// Renders the open page; `scrolled` is the position of the last one.
pub fn render_page(page: RoutePage, scrolled: SavedPageScroll) -> Html {
    match page {
        RoutePage::Front(period) => lazy_panel(FrontPageViewProps { period, scrolled }, Fallback::default()),
        RoutePage::About => lazy_panel(AboutPageProps { scrolled }, Fallback::default()),
        RoutePage::Annotations => lazy_panel(AnnotationsPageProps { scrolled }, Fallback::default()),
    }
}
