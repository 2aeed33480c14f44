//! Pages that cover the library.

use super::Scene;
use crate::app::hooks::Pages;
use crate::app::pages::Scrolled;
use crate::app::pages::about::AboutPageProps;
use crate::app::pages::front::FrontPageProps;
use crate::app::pages::passages::PassagesPageProps;
use crate::app::parts;
use crate::app::script::Script;
use crate::view::Page;
use yew::prelude::*;

/// Renders the open page; `scrolled` is the position of the last one.
pub fn page(page: Page, scene: &Scene, pages: Pages, script: Script, scrolled: Scrolled) -> Html {
    let Scene { archive, found, layout, ui, navigate, replace, keeper, .. } = scene.clone();
    let facets = found.facets;
    match page {
        Page::Front(period) => {
            let front =
                FrontPageProps { archive, period, facets, pages, script, ui, navigate, replace, scrolled };
            parts::rare(|rare| rare.front, front, ui)
        }
        Page::About => {
            let about = AboutPageProps { archive, facets, layout, ui, navigate, scrolled };
            parts::rare(|rare| rare.about, about, ui)
        }
        Page::Passages => {
            let passages = PassagesPageProps { archive, keeper, ui, navigate, scrolled };
            parts::rare(|rare| rare.passages, passages, ui)
        }
    }
}
