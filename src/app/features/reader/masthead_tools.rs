//! Article tools in the masthead, for the reading pane.

use super::toolbar::{ToolbarProps, type_button};
use crate::app::i18n::Locale;
use crate::app::services::dom;
use crate::app::state::Panels;
use crate::app::ui::icon::{IconKind, icon};
use crate::view_model::RouteAction;
use yew::prelude::*;

/// Element id of the slot that the open article fills with its tools.
const TOOLS_ID: &str = "reader-tools";

/// Renders the tools above the reading pane, followed by the button of the `menu`.
pub fn reader_tools(panels: &Panels, navigate: &Callback<RouteAction>, ui: Locale, menu: Html) -> Html {
    let texts = ui.reader();
    let expand = navigate.reform(|_: MouseEvent| RouteAction::SetFullWindow(true));
    html! {
        <div class="bar" role="toolbar" translate="no" aria-label={texts.tools}>
            <button type="button" class="ib" aria-label={texts.expand} title={texts.expand} onclick={expand}>
                { icon(IconKind::Expand) }
            </button>
            <span class="bar__sp" />
            <div class="bar__a" id={TOOLS_ID} />
            { type_button(panels, ui) }
            { menu }
        </div>
    }
}

/// Tools of the open article, rendered into the masthead.
#[component]
pub fn MastheadTools(tools: &ToolbarProps) -> Html {
    let place = use_state_eq(|| None);
    {
        let place = place.setter();
        // The masthead may render after the article.
        use_effect(move || place.set(dom::element_by_id(TOOLS_ID)));
    }
    let Some(place) = (*place).clone() else { return Html::default() };
    yew::create_portal(html! { <>{ tools.match_bar() }{ tools.tools() }</> }, place)
}
