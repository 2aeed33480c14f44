//! Pages that cover the library.

use crate::app::features::annotations::AnnotationsPageProps;
use crate::app::features::archive_info::AboutPageProps;
use crate::app::features::front_page::FrontPageViewProps;
use crate::app::lazy;
use crate::app::state::Catalogue;
use crate::app::state::library::LibraryContext;
use crate::app::state::script_conversion::ScriptContext;
use crate::app::ui::SavedPageScroll;
use crate::view_model::RoutePage;
use yew::prelude::*;

/// Renders the open page; `scrolled` is the position of the last one.
pub fn render_page(
    page: RoutePage,
    scene: &LibraryContext,
    pages: Catalogue,
    script: ScriptContext,
    scrolled: SavedPageScroll,
) -> Html {
    let LibraryContext { archive, results: found, layout, ui, navigate, replace, keeper, .. } = scene.clone();
    let facets = found.facets;
    match page {
        RoutePage::Front(period) => {
            let front = FrontPageViewProps {
                archive,
                period,
                facets,
                pages,
                script,
                ui,
                navigate,
                replace,
                scrolled,
            };
            lazy::lazy_panel(|rare| rare.front_page, front, ui)
        }
        RoutePage::About => {
            let about = AboutPageProps { archive, facets, layout, ui, navigate, scrolled };
            lazy::lazy_panel(|rare| rare.about, about, ui)
        }
        RoutePage::Annotations => {
            let passages = AnnotationsPageProps { archive, keeper, ui, navigate, scrolled };
            lazy::lazy_panel(|rare| rare.annotations, passages, ui)
        }
    }
}
