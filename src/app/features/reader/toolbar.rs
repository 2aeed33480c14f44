//! Tools of an article in every layout.

use super::match_navigation::{MatchBar, MatchCursor, MatchStep};
use super::{share, table_of_contents};
use crate::app::i18n::Locale;
use crate::app::state::{PanelKind, Panels};
use crate::app::ui::icon::{IconKind, icon};
use crate::model::Url;
use web_sys::HtmlElement;
use yew::prelude::*;

#[derive(Clone, PartialEq, Properties)]
pub struct ToolbarProps {
    pub original: OriginalLink,
    /// Set after the first article, when the available tools are known.
    pub is_loaded: bool,
    pub matches: MatchBar,
    pub panels: SidePanels,
    pub speech: SpeechButton,
    pub is_starred: bool,
    pub toggle_star: Callback<MouseEvent>,
    pub ui: Locale,
}

/// Link to the page from which the article was taken.
#[derive(Clone, PartialEq)]
pub struct OriginalLink {
    pub url: Option<Url>,
    pub link: NodeRef,
}

impl OriginalLink {
    /// Opens the page as a click on the link would. Returns false without a link.
    pub fn open(&self) -> bool {
        self.link.cast::<HtmlElement>().map(|link| link.click()).is_some()
    }
}

/// Panels of the tools.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SidePanel {
    Contents,
    Share,
}

/// The open panel of the tools, and the callback that changes it.
#[derive(Clone, PartialEq)]
pub struct SidePanels {
    pub has_contents: bool,
    pub open: Option<SidePanel>,
    pub set: Callback<Option<SidePanel>>,
}

impl SidePanels {
    pub fn toggle(&self, panel: SidePanel) {
        self.set.emit((self.open != Some(panel)).then_some(panel));
    }
}

/// Button that reads the article aloud.
#[derive(Clone, PartialEq)]
pub struct SpeechButton {
    pub is_on: bool,
    pub set: Callback<bool>,
    pub button: NodeRef,
}

/// Button of the type panel.
pub fn type_button(panels: &Panels, ui: Locale) -> Html {
    let (label, is_open) = (ui.reader().type_panel, panels.is_open(PanelKind::Type));
    let onclick = panels.on_toggle(PanelKind::Type);
    html! {
        <button type="button" class="ib ib--type" aria-label={label} title={label}
            aria-expanded={is_open.to_string()} data-opens="aa--type" {onclick}>
            { icon(IconKind::Type) }
        </button>
    }
}

impl ToolbarProps {
    /// Tools with one order and one place in every layout. A tool that does not apply is dimmed.
    pub fn tools(&self) -> Html {
        html! {
            <>
                { self.star_button() }
                { self.listen_button() }
                { self.contents_button() }
                { self.share_button() }
                { self.original_link() }
            </>
        }
    }

    fn contents_button(&self) -> Html {
        let label = self.ui.tools().contents;
        let name = table_of_contents::PANEL_NAME;
        self.panel_button(SidePanel::Contents, IconKind::Contents, label, name, self.panels.has_contents)
    }

    fn share_button(&self) -> Html {
        self.panel_button(SidePanel::Share, IconKind::Share, self.ui.tools().share, share::PANEL_NAME, true)
    }

    fn panel_button(
        &self,
        side: SidePanel,
        shape: IconKind,
        label: &'static str,
        name: &'static str,
        is_enabled: bool,
    ) -> Html {
        let is_open = self.panels.open == Some(side);
        let panels = self.panels.clone();
        let onclick = Callback::from(move |_: MouseEvent| {
            if is_enabled {
                panels.toggle(side);
            }
        });
        html! {
            <button type="button" class="ib" aria-label={label} title={label} aria-expanded={is_open.to_string()}
                aria-disabled={(!is_enabled).then_some("true")} data-opens={name} {onclick}>
                { icon(shape) }
            </button>
        }
    }

    fn original_link(&self) -> Html {
        let label = self.ui.reader().original;
        match &self.original.url {
            Some(url) => html! {
                <a ref={self.original.link.clone()} class="ib ib--original" href={url.as_str().to_owned()} target="_blank" rel="noopener noreferrer nofollow"
                    data-command="original" aria-label={label} title={label}>
                    { icon(IconKind::External) }
                </a>
            },
            None => html! {
                <span class="ib ib--original" role="link" aria-disabled="true" aria-label={label} title={label}>
                    { icon(IconKind::External) }
                </span>
            },
        }
    }

    fn listen_button(&self) -> Html {
        let (label, listening) = (self.ui.listen().listen, self.speech.is_on);
        let onclick = self.speech.set.reform(move |_: MouseEvent| !listening);
        html! {
            <button ref={self.speech.button.clone()} type="button" class="ib ib--listen" data-command="listen" aria-label={label} title={label}
                aria-expanded={listening.to_string()} {onclick}>{ icon(IconKind::Listen) }</button>
        }
    }

    fn star_button(&self) -> Html {
        let label = self.ui.user_data().star;
        html! {
            <button type="button" class="ib" aria-label={label} title={label} data-mark="star"
                aria-pressed={self.is_starred.to_string()} onclick={&self.toggle_star}>
                { icon(IconKind::Star) }
            </button>
        }
    }

    pub fn match_bar(&self) -> Html {
        let MatchCursor { current: at, count, .. } = self.matches.cursor;
        if count == 0 {
            return Html::default();
        }
        let texts = self.ui.reader();
        let shown = texts.matches(at as u64 + 1, count as u64);
        let up = self.matches.step.reform(|_: MouseEvent| MatchStep::Previous);
        let down = self.matches.step.reform(|_: MouseEvent| MatchStep::Next);
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
