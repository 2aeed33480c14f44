//! Pages that cover the library.

use super::LibraryContext;
use crate::app::hooks::Catalogue;
use crate::app::pages::SavedPageScroll;
use crate::app::pages::about::AboutPageProps;
use crate::app::pages::front::FrontPageViewProps;
use crate::app::pages::passages::AnnotationsPageProps;
use crate::app::parts;
use crate::app::script::ScriptContext;
use crate::view_model::RoutePage;
use yew::prelude::*;

/// Renders the open page; `scrolled` is the position of the last one.
pub fn render_page(page: RoutePage, scene: &LibraryContext, pages: Catalogue, script: ScriptContext, scrolled: SavedPageScroll) -> Html {
    let LibraryContext { archive, results: found, layout, ui, navigate, replace, keeper, .. } = scene.clone();
    let facets = found.facets;
    match page {
        RoutePage::Front(period) => {
            let front =
                FrontPageViewProps { archive, period, facets, pages, script, ui, navigate, replace, scrolled };
            parts::lazy_panel(|rare| rare.front_page, front, ui)
        }
        RoutePage::About => {
            let about = AboutPageProps { archive, facets, layout, ui, navigate, scrolled };
            parts::lazy_panel(|rare| rare.about, about, ui)
        }
        RoutePage::Annotations => {
            let passages = AnnotationsPageProps { archive, keeper, ui, navigate, scrolled };
            parts::lazy_panel(|rare| rare.annotations, passages, ui)
        }
    }
}
