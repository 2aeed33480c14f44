//! The tools of an article that is read beside the list: they stand in the masthead above it.

use super::find::{Find, Step};
use super::find_bar::FindBar;
use super::tools::{Original, TypeButton};
use crate::app::components::icon::{Icon, Shape};
use crate::app::dom;
use crate::app::i18n::Ui;
use crate::model::Url;
use crate::view::Action;
use yew::prelude::*;

/// The element of [`ReaderTools`] that the open article fills with what concerns it alone.
const PLACE: &str = "reader-tools";

/// See [`ReaderTools`].
#[derive(Properties, PartialEq)]
pub struct ReaderToolsProps {
    /// Whether the type panel is open.
    pub show_type: bool,
    /// Opens or closes it.
    pub on_type: Callback<bool>,
    /// Changes what is on screen.
    pub navigate: Callback<Action>,
    /// The language of the interface.
    pub ui: Ui,
}

/// The tools in the masthead above the reading pane.
#[component]
pub fn ReaderTools(props: &ReaderToolsProps) -> Html {
    let texts = props.ui.reader();
    let expand = props.navigate.reform(|_: MouseEvent| Action::Alone(true));
    html! {
        <div class="bar" role="toolbar" aria-label={texts.tools}>
            <button type="button" class="ib" aria-label={texts.expand} title={texts.expand} onclick={expand}>
                <Icon shape={Shape::Expand} />
            </button>
            <span class="bar__sp" />
            <div class="bar__a" id={PLACE} />
            <TypeButton show={props.show_type} on={props.on_type.clone()} ui={props.ui} />
        </div>
    }
}

/// See [`InMasthead`].
#[derive(Properties, PartialEq)]
pub struct InMastheadProps {
    /// The address of the original.
    pub url: Option<Url>,
    /// Which match is shown.
    pub find: Find,
    /// Goes to another.
    pub step: Callback<Step>,
    /// The language of the interface.
    pub ui: Ui,
}

/// What an article in the reading pane puts into the masthead's tools: its matches and its original.
#[component]
pub fn InMasthead(props: &InMastheadProps) -> Html {
    let place = use_state_eq(|| None);
    {
        let place = place.setter();
        // The masthead may be drawn after the article.
        use_effect(move || place.set(dom::document().and_then(|document| document.get_element_by_id(PLACE))));
    }
    let Some(place) = (*place).clone() else { return Html::default() };
    let tools = html! {
        <>
            <FindBar find={props.find} step={&props.step} ui={props.ui} />
            <Original url={props.url.clone()} ui={props.ui} />
        </>
    };
    yew::create_portal(tools, place)
}
