//! The dock at the lower edge of a phone: search and filters where a thumb reaches them.

use super::Scene;
use super::chips::{chips, conditions};
use super::search_field::SearchField;
use crate::app::components::icon::{Shape, icon};
use crate::app::hooks::Pages;
use crate::view::has_facets;
use yew::prelude::*;

/// The dock; `on_filters` opens the sheet of filters.
pub fn dock(scene: &Scene, pages: &Pages, on_filters: &Callback<bool>) -> Html {
    let conditions = conditions(&scene.found);
    let filters = on_filters.reform(|_: MouseEvent| true);
    // What is written on the button is part of its name.
    let mut label = scene.ui.library().filters.to_owned();
    if conditions > 0 {
        label += " ";
        label += &conditions.to_string();
    }
    html! {
        <div class={if conditions > 0 { "dock has-chips" } else { "dock" }}>
            if conditions > 0 {
                <div class="dock__c">{ chips(scene) }</div>
            }
            <div class="dock__r">
                <SearchField scene={scene.clone()} pages={pages.clone()} />
                if has_facets(scene.archive.manifest()) {
                    <button class="ib ib--line" aria-label={label} onclick={filters}>
                        { icon(Shape::Filter) }
                        if conditions > 0 {
                            <span class="badge">{ conditions.to_string() }</span>
                        }
                    </button>
                }
            </div>
        </div>
    }
}
