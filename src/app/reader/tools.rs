//! The tools that every layout has.

use super::find::{Find, Step};
use crate::app::components::icon::{Shape, icon};
use crate::app::i18n::{Ui, fill};
use crate::model::Url;
use yew::prelude::*;

/// What the tools of an article show and do.
#[derive(Clone, PartialEq, Properties)]
pub struct Tools {
    /// The address of the original.
    pub url: Option<Url>,
    /// Which match is shown.
    pub find: Find,
    /// Goes to another.
    pub step: Callback<Step>,
    /// The language of the interface.
    pub ui: Ui,
}

/// The button of the type panel, which `on` opens and closes.
pub fn type_button(show: bool, on: &Callback<bool>, ui: Ui) -> Html {
    let label = ui.reader().type_panel;
    let onclick = on.reform(move |_: MouseEvent| !show);
    html! {
        <button type="button" class="ib ib--type" aria-label={label} title={label}
            aria-expanded={show.to_string()} {onclick}>
            { icon(Shape::Type) }
        </button>
    }
}

impl Tools {
    /// The link to the original page, if there is one.
    pub fn original(&self) -> Html {
        let label = self.ui.reader().original;
        html! {
            if let Some(url) = &self.url {
                <a class="ib" href={url.as_str().to_owned()} target="_blank" rel="noopener noreferrer nofollow"
                    data-command="original" aria-label={label} title={label}>
                    { icon(Shape::External) }
                </a>
            }
        }
    }

    /// The number of the match shown, and the way to the others. Nothing without matches.
    pub fn find_bar(&self) -> Html {
        let Find { at, count, .. } = self.find;
        if count == 0 {
            return Html::default();
        }
        let texts = self.ui.reader();
        let shown = fill(texts.matches, &[&(at + 1).to_string(), &count.to_string()]);
        let up = self.step.reform(|_: MouseEvent| Step::Up);
        let down = self.step.reform(|_: MouseEvent| Step::Down);
        let button = |label: &'static str,
                      command: &'static str,
                      shape: Shape,
                      onclick: Callback<MouseEvent>| {
            html! {
                <button type="button" class="ib" data-command={command} aria-label={label} title={label} {onclick}>
                    { icon(shape) }
                </button>
            }
        };
        html! {
            <div class="fbar" role="group">
                { button(texts.match_up, "match-up", Shape::Up, up) }
                <span class="fbar__n" aria-live="polite">{ shown }</span>
                { button(texts.match_down, "match-down", Shape::Down, down) }
            </div>
        }
    }
}
