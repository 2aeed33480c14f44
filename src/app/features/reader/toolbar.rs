//! Tools of an article in every layout.

use super::match_navigation::{MatchCursor, MatchStep};
use super::{share, table_of_contents};
use crate::app::i18n::Locale;
use crate::app::ui::icon::{IconKind, icon};
use crate::model::Url;
use yew::prelude::*;

#[derive(Clone, PartialEq, Properties)]
pub struct ToolbarProps {
    pub url: Option<Url>,
    /// Set after the first article, when the available tools are known.
    pub is_loaded: bool,
    pub find: MatchCursor,
    pub step: Callback<MatchStep>,
    pub has_contents: bool,
    pub open_panel: Option<SidePanel>,
    pub set_open_panel: Callback<Option<SidePanel>>,
    pub is_listening: bool,
    pub on_listen: Callback<bool>,
    pub is_starred: bool,
    pub toggle_star: Callback<MouseEvent>,
    pub ui: Locale,
}

/// Panels of the tools.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SidePanel {
    Contents,
    Share,
}

/// Button of the type panel; `on` toggles it.
pub fn type_button(show: bool, on: &Callback<bool>, ui: Locale) -> Html {
    let label = ui.reader().type_panel;
    let onclick = on.reform(move |_: MouseEvent| !show);
    html! {
        <button type="button" class="ib ib--type" aria-label={label} title={label}
            aria-expanded={show.to_string()} data-opens="aa--type" {onclick}>
            { icon(IconKind::Type) }
        </button>
    }
}

impl ToolbarProps {
    pub fn contents_button(&self) -> Html {
        html! {
            if self.has_contents {
                { self.panel_button(SidePanel::Contents, IconKind::Contents, self.ui.tools().contents, table_of_contents::PANEL_NAME) }
            }
        }
    }

    pub fn share_button(&self) -> Html {
        self.panel_button(SidePanel::Share, IconKind::Share, self.ui.tools().share, share::PANEL_NAME)
    }

    fn panel_button(
        &self,
        side: SidePanel,
        shape: IconKind,
        label: &'static str,
        name: &'static str,
    ) -> Html {
        let is_open = self.open_panel == Some(side);
        let onclick = self.set_open_panel.reform(move |_: MouseEvent| (!is_open).then_some(side));
        html! {
            <button type="button" class="ib" aria-label={label} title={label} aria-expanded={is_open.to_string()}
                data-opens={name} {onclick}>
                { icon(shape) }
            </button>
        }
    }

    pub fn original_link(&self) -> Html {
        let label = self.ui.reader().original;
        html! {
            if let Some(url) = &self.url {
                <a class="ib ib--original" href={url.as_str().to_owned()} target="_blank" rel="noopener noreferrer nofollow"
                    data-command="original" aria-label={label} title={label}>
                    { icon(IconKind::External) }
                </a>
            }
        }
    }

    pub fn listen_button(&self) -> Html {
        let (label, listening) = (self.ui.listen().listen, self.is_listening);
        let onclick = self.on_listen.reform(move |_: MouseEvent| !listening);
        html! {
            <button type="button" class="ib ib--listen" data-command="listen" aria-label={label} title={label}
                aria-expanded={listening.to_string()} {onclick}>{ icon(IconKind::Listen) }</button>
        }
    }

    pub fn star_button(&self) -> Html {
        let label = self.ui.user_data().star;
        html! {
            <button type="button" class="ib" aria-label={label} title={label} data-mark="star"
                aria-pressed={self.is_starred.to_string()} onclick={&self.toggle_star}>
                { icon(IconKind::Star) }
            </button>
        }
    }

    pub fn match_bar(&self) -> Html {
        let MatchCursor { current: at, count, .. } = self.find;
        if count == 0 {
            return Html::default();
        }
        let texts = self.ui.reader();
        let shown = texts.matches(at as u64 + 1, count as u64);
        let up = self.step.reform(|_: MouseEvent| MatchStep::Previous);
        let down = self.step.reform(|_: MouseEvent| MatchStep::Next);
        let button = |label: &'static str,
                      command: &'static str,
                      shape: IconKind,
                      onclick: Callback<MouseEvent>| {
            html! {
                <button type="button" class="ib" data-command={command} aria-label={label} title={label} {onclick}>
                    { icon(shape) }
                </button>
            }
        };
        html! {
            <div class="fbar" role="group">
                { button(texts.match_up, "match-up", IconKind::Up, up) }
                <span class="fbar__n" aria-live="polite">{ shown }</span>
                { button(texts.match_down, "match-down", IconKind::Down, down) }
            </div>
        }
    }
}
