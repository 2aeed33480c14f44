//! Tools of an article in every layout.

use super::find::{Find, Step};
use super::{contents, share};
use crate::app::components::icon::{Shape, icon};
use crate::app::i18n::{Ui, fill};
use crate::model::Url;
use yew::prelude::*;

#[derive(Clone, PartialEq, Properties)]
pub struct Tools {
    pub url: Option<Url>,
    /// Set after the first article, when the available tools are known.
    pub known: bool,
    pub find: Find,
    pub step: Callback<Step>,
    pub has_contents: bool,
    pub open: Option<Side>,
    pub set_open: Callback<Option<Side>>,
    pub listening: bool,
    pub on_listen: Callback<bool>,
    pub starred: bool,
    pub star: Callback<MouseEvent>,
    pub ui: Ui,
}

/// Panels of the tools.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    Contents,
    Share,
}

/// Button of the type panel; `on` toggles it.
pub fn type_button(show: bool, on: &Callback<bool>, ui: Ui) -> Html {
    let label = ui.reader().type_panel;
    let onclick = on.reform(move |_: MouseEvent| !show);
    html! {
        <button type="button" class="ib ib--type" aria-label={label} title={label}
            aria-expanded={show.to_string()} data-opens="aa--type" {onclick}>
            { icon(Shape::Type) }
        </button>
    }
}

impl Tools {
    pub fn contents(&self) -> Html {
        html! {
            if self.has_contents {
                { self.side(Side::Contents, Shape::Contents, self.ui.tools().contents, contents::NAME) }
            }
        }
    }

    pub fn share(&self) -> Html {
        self.side(Side::Share, Shape::Share, self.ui.tools().share, share::NAME)
    }

    fn side(&self, side: Side, shape: Shape, label: &'static str, name: &'static str) -> Html {
        let is_open = self.open == Some(side);
        let onclick = self.set_open.reform(move |_: MouseEvent| (!is_open).then_some(side));
        html! {
            <button type="button" class="ib" aria-label={label} title={label} aria-expanded={is_open.to_string()}
                data-opens={name} {onclick}>
                { icon(shape) }
            </button>
        }
    }

    pub fn original(&self) -> Html {
        let label = self.ui.reader().original;
        html! {
            if let Some(url) = &self.url {
                <a class="ib ib--original" href={url.as_str().to_owned()} target="_blank" rel="noopener noreferrer nofollow"
                    data-command="original" aria-label={label} title={label}>
                    { icon(Shape::External) }
                </a>
            }
        }
    }

    pub fn listen(&self) -> Html {
        let (label, listening) = (self.ui.listen().listen, self.listening);
        let onclick = self.on_listen.reform(move |_: MouseEvent| !listening);
        html! {
            <button type="button" class="ib ib--listen" data-command="listen" aria-label={label} title={label}
                aria-expanded={listening.to_string()} {onclick}>{ icon(Shape::Listen) }</button>
        }
    }

    pub fn star(&self) -> Html {
        let label = self.ui.keep().star;
        html! {
            <button type="button" class="ib" aria-label={label} title={label} data-mark="star"
                aria-pressed={self.starred.to_string()} onclick={&self.star}>
                { icon(Shape::Star) }
            </button>
        }
    }

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
