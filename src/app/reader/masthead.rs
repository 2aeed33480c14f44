//! Article tools in the masthead, for the reading pane.

use super::tools::{Tools, type_button};
use crate::app::components::icon::{Shape, icon};
use crate::app::dom;
use crate::app::i18n::Ui;
use crate::view::Action;
use yew::prelude::*;

/// Element id of the slot that the open article fills with its tools.
const PLACE: &str = "reader-tools";

/// Renders the tools above the reading pane; `on_type` toggles the type panel.
pub fn reader_tools(show_type: bool, on_type: &Callback<bool>, navigate: &Callback<Action>, ui: Ui) -> Html {
    let texts = ui.reader();
    let expand = navigate.reform(|_: MouseEvent| Action::Alone(true));
    html! {
        <div class="bar" role="toolbar" translate="no" aria-label={texts.tools}>
            <button type="button" class="ib" aria-label={texts.expand} title={texts.expand} onclick={expand}>
                { icon(Shape::Expand) }
            </button>
            <span class="bar__sp" />
            <div class="bar__a" id={PLACE} />
            { type_button(show_type, on_type, ui) }
        </div>
    }
}

/// Tools of the open article, rendered into the masthead.
#[component]
pub fn InMasthead(tools: &Tools) -> Html {
    let place = use_state_eq(|| None);
    {
        let place = place.setter();
        // The masthead may render after the article.
        use_effect(move || place.set(dom::document().and_then(|document| document.get_element_by_id(PLACE))));
    }
    let Some(place) = (*place).clone() else { return Html::default() };
    yew::create_portal(
        html! { <>{ tools.find_bar() }{ tools.star() }{ tools.listen() }{ tools.contents() }{ tools.share() }{ tools.original() }</> },
        place,
    )
}
