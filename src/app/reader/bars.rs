//! The bars of an article that is read on its own: above it, and on a phone under the thumb.

use super::find::{Find, Step};
use super::find_bar::FindBar;
use super::progress::Progress;
use super::tools::{Original, TypeButton};
use crate::app::components::icon::{Icon, Shape};
use crate::app::i18n::Ui;
use crate::model::Url;
use yew::prelude::*;

/// See [`Rbar`].
#[derive(Properties, PartialEq)]
pub struct RbarProps {
    /// The title, shown while the heading is out of sight.
    pub title: AttrValue,
    /// The language of the title.
    pub lang: AttrValue,
    /// The address of the original.
    pub url: Option<Url>,
    /// Which match is shown.
    pub find: Find,
    /// Goes to another.
    pub step: Callback<Step>,
    /// Whether the type panel is open.
    pub show_type: bool,
    /// Opens or closes it.
    pub on_type: Callback<bool>,
    /// Leaves the article.
    pub back: Callback<()>,
    /// The language of the interface.
    pub ui: Ui,
}

/// The bar above an article that has the window to itself.
#[component]
pub fn Rbar(props: &RbarProps) -> Html {
    let texts = props.ui.reader();
    let back = props.back.reform(|_: MouseEvent| ());
    html! {
        <header class="rbar">
            <div class="rbar__l">
                <button type="button" class="back" onclick={back}>
                    <Icon shape={Shape::Back} />{ texts.library }
                </button>
                <span class="rbar__sep" />
                <span class="rbar__c" lang={&props.lang} aria-hidden="true">{ &props.title }</span>
            </div>
            <div class="rbar__r" role="toolbar" aria-label={texts.tools}>
                <FindBar find={props.find} step={props.step.clone()} ui={props.ui} />
                <Original url={props.url.clone()} ui={props.ui} />
                <span class="rbar__sep" />
                <TypeButton show={props.show_type} on={props.on_type.clone()} ui={props.ui} />
            </div>
            <Progress title={&props.title} />
        </header>
    }
}

/// See [`ThumbBar`].
#[derive(Properties, PartialEq)]
pub struct ThumbBarProps {
    /// The address of the original.
    pub url: Option<Url>,
    /// Which match is shown.
    pub find: Find,
    /// Goes to another.
    pub step: Callback<Step>,
    /// Whether the type panel is open.
    pub show_type: bool,
    /// Opens or closes it.
    pub on_type: Callback<bool>,
    /// Leaves the article.
    pub back: Callback<()>,
    /// The language of the interface.
    pub ui: Ui,
}

/// The bar at the lower edge of a phone.
#[component]
pub fn ThumbBar(props: &ThumbBarProps) -> Html {
    let texts = props.ui.reader();
    let back = props.back.reform(|_: MouseEvent| ());
    html! {
        <div class="tool" role="toolbar" aria-label={texts.tools}>
            <button type="button" class="ib" aria-label={texts.library} onclick={back}>
                <Icon shape={Shape::Back} />
            </button>
            <FindBar find={props.find} step={props.step.clone()} ui={props.ui} />
            <TypeButton show={props.show_type} on={props.on_type.clone()} ui={props.ui} />
            <Original url={props.url.clone()} ui={props.ui} />
        </div>
    }
}
