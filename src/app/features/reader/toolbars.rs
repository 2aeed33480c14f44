//! Toolbars of an article outside the reading pane: at the top and, on a phone, at the bottom.

use super::progress::ReadingProgress;
use super::toolbar::ToolbarProps;
use crate::app::ui::icon::{IconKind, icon};
use yew::prelude::*;

/// Toolbars with the type panel and the back button.
pub struct ReaderToolbars<'a> {
    pub tools: &'a ToolbarProps,
    pub type_button: Html,
    pub back: Callback<()>,
}

impl ReaderToolbars<'_> {
    /// Toolbar above an article in the full window. It shows the title, in the language `lang`, while the
    /// heading is out of view.
    pub fn top_bar(&self, title: &AttrValue, lang: &'static str) -> Html {
        let texts = self.tools.ui.reader();
        let back = self.back.reform(|_: MouseEvent| ());
        html! {
            <header class="rbar">
                <div class="rbar__l">
                    <button type="button" class="back" onclick={back}>{ icon(IconKind::Back) }{ texts.library }</button>
                    <span class="rbar__sep" />
                    <span class="rbar__c" {lang} aria-hidden="true">{ title }</span>
                </div>
                <div class="rbar__r" role="toolbar" translate="no" aria-label={texts.tools}>
                    { self.tools.match_bar() }
                    { self.tools.tools() }
                    <span class="rbar__sep" />
                    { self.type_button.clone() }
                </div>
                <ReadingProgress {title} />
            </header>
        }
    }

    /// Toolbar at the bottom of a phone.
    pub fn bottom_bar(&self) -> Html {
        let texts = self.tools.ui.reader();
        let back = self.back.reform(|_: MouseEvent| ());
        html! {
            <div class={classes!("tool", (!self.tools.is_loaded).then_some("is-early"))} role="toolbar" translate="no" aria-label={texts.tools}>
                <button type="button" class="ib" aria-label={texts.library} onclick={back}>{ icon(IconKind::Back) }</button>
                { self.tools.match_bar() }
                { self.tools.tools() }
                { self.type_button.clone() }
            </div>
        }
    }
}
