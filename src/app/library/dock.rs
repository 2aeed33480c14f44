//! The dock at the lower edge of a phone: search and filters where a thumb reaches them.

use super::Found;
use super::chips::{Chips, conditions};
use super::search_field::SearchField;
use crate::app::components::icon::{Icon, Shape};
use crate::app::handle::Archive;
use crate::app::hooks::Layout;
use crate::app::i18n::Ui;
use crate::view::Action;
use yew::prelude::*;

/// See [`Dock`].
#[derive(Properties, PartialEq)]
pub struct DockProps {
    /// The archive.
    pub archive: Archive,
    /// What was found.
    pub found: Found,
    /// The language of the interface.
    pub ui: Ui,
    /// Whether there is nothing to filter by.
    pub bare: bool,
    /// Does something.
    pub navigate: Callback<Action>,
    /// Does something in place.
    pub replace: Callback<Action>,
    /// Opens the sheet of filters.
    pub on_filters: Callback<bool>,
}

/// The dock.
#[component]
pub fn Dock(props: &DockProps) -> Html {
    let conditions = conditions(&props.found);
    let filters = props.on_filters.reform(|_: MouseEvent| true);
    html! {
        <div class={classes!("dock", (conditions > 0).then_some("has-chips"))}>
            if conditions > 0 {
                <div class="dock__c">
                    <Chips archive={props.archive.clone()} found={props.found.clone()} ui={props.ui}
                        navigate={props.navigate.clone()} />
                </div>
            }
            <div class="dock__r">
                <SearchField found={props.found.clone()} ui={props.ui} layout={Layout::Phone}
                    navigate={props.navigate.clone()} replace={props.replace.clone()} />
                if !props.bare {
                    <button class="ib ib--line" aria-label={props.ui.library().filters} onclick={filters}>
                        <Icon shape={Shape::Filter} />
                        if conditions > 0 {
                            <span class="badge">{ conditions }</span>
                        }
                    </button>
                }
            </div>
        </div>
    }
}
