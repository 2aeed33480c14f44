//! Bottom bar of a phone with search and filters, in reach of the thumb.

use crate::app::features::filters::chips::{condition_count, filter_chips};
use crate::app::features::search_bar::SearchField;
use crate::app::state::Catalogue;
use crate::app::state::library::LibraryContext;
use crate::app::ui::icon::{IconKind, icon};
use crate::archive::has_facets;
use yew::prelude::*;

/// Renders the bar; `on_filters` opens the filter sheet.
pub fn bottom_bar(scene: &LibraryContext, pages: &Catalogue, on_filters: &Callback<bool>) -> Html {
    let conditions = condition_count(&scene.results);
    let filters = on_filters.reform(|_: MouseEvent| true);
    // The accessible name contains the visible text of the button.
    let mut label = scene.ui.library().filters.to_owned();
    if conditions > 0 {
        label += " ";
        label += &conditions.to_string();
    }
    html! {
        <div class={if conditions > 0 { "dock has-chips" } else { "dock" }}>
            if conditions > 0 {
                <div class="dock__c">{ filter_chips(scene) }</div>
            }
            <div class="dock__r">
                <SearchField scene={scene.clone()} pages={pages.clone()} />
                if has_facets(scene.archive.manifest()) {
                    <button class="ib ib--line" aria-label={label} onclick={filters}>
                        { icon(IconKind::Filter) }
                        if conditions > 0 {
                            <span class="badge">{ conditions.to_string() }</span>
                        }
                    </button>
                }
            </div>
        </div>
    }
}
