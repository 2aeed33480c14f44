//! Where one stands among the matches.

use super::find::{Find, Step};
use crate::app::components::icon::{Icon, Shape};
use crate::app::i18n::{Ui, fill};
use yew::prelude::*;

/// See [`FindBar`].
#[derive(Properties, PartialEq)]
pub struct FindBarProps {
    /// Which match is shown.
    pub find: Find,
    /// Goes to another.
    pub step: Callback<Step>,
    /// The language of the interface.
    pub ui: Ui,
}

/// The number of the match shown, and the way to the others. Nothing without matches.
#[component]
pub fn FindBar(props: &FindBarProps) -> Html {
    if props.find.count == 0 {
        return Html::default();
    }
    let texts = props.ui.reader();
    let shown = fill(texts.matches, &[&(props.find.at + 1).to_string(), &props.find.count.to_string()]);
    let up = props.step.reform(|_: MouseEvent| Step::Up);
    let down = props.step.reform(|_: MouseEvent| Step::Down);
    html! {
        <div class="fbar" role="group">
            <button type="button" class="ib" aria-label={texts.match_up} title={texts.match_up} onclick={up}>
                <Icon shape={Shape::Up} />
            </button>
            <span class="fbar__n" aria-live="polite">{ shown }</span>
            <button type="button" class="ib" aria-label={texts.match_down} title={texts.match_down} onclick={down}>
                <Icon shape={Shape::Down} />
            </button>
        </div>
    }
}
