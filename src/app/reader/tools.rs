//! The tools that every layout has.

use crate::app::components::icon::{Icon, Shape};
use crate::app::i18n::Ui;
use crate::model::Url;
use yew::prelude::*;

/// See [`TypeButton`].
#[derive(Properties, PartialEq)]
pub struct TypeButtonProps {
    /// Whether the panel is open.
    pub show: bool,
    /// Opens or closes it.
    pub on: Callback<bool>,
    /// The language of the interface.
    pub ui: Ui,
}

/// The button of the type panel.
#[component]
pub fn TypeButton(props: &TypeButtonProps) -> Html {
    let label = props.ui.reader().type_panel;
    let show = props.show;
    let onclick = props.on.reform(move |_: MouseEvent| !show);
    html! {
        <button type="button" class="ib ib--type" aria-label={label} title={label}
            aria-expanded={show.to_string()} {onclick}>
            <Icon shape={Shape::Type} />
        </button>
    }
}

/// See [`Original`].
#[derive(Properties, PartialEq)]
pub struct OriginalProps {
    /// Its address.
    pub url: Option<Url>,
    /// The language of the interface.
    pub ui: Ui,
}

/// The link to the original page, if there is one.
#[component]
pub fn Original(props: &OriginalProps) -> Html {
    let label = props.ui.reader().original;
    html! {
        if let Some(url) = &props.url {
            <a class="ib" href={url.as_str().to_owned()} target="_blank" rel="noopener noreferrer nofollow"
                aria-label={label} title={label}>
                <Icon shape={Shape::External} />
            </a>
        }
    }
}
