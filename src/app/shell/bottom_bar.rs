//! Bottom bar of a phone with search and filters, in reach of the thumb.

use crate::app::features::filters::chips::{condition_count, filter_chips};
use crate::app::features::search_bar::SearchField;
use crate::app::state::{LibraryView, PanelKind, Panels};
use crate::app::ui::icon::{IconKind, icon};
use crate::archive::has_facets;
use yew::prelude::*;

pub fn bottom_bar(view: &LibraryView, panels: &Panels) -> Html {
    let conditions = condition_count(&view.results);
    let filters = panels.on_toggle(PanelKind::Filters);
    // The accessible name contains the visible text of the button.
    let mut label = view.ui.library().filters.to_owned();
    if conditions > 0 {
        label += " ";
        label += &conditions.to_string();
    }
    html! {
        <div class={if conditions > 0 { "dock has-chips" } else { "dock" }}>
            if conditions > 0 {
                <div class="dock__c">{ filter_chips(view) }</div>
            }
            <div class="dock__r">
                <SearchField />
                if has_facets(view.archive.manifest()) {
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
