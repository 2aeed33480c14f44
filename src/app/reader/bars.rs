//! Toolbars of an article outside the reading pane: at the top and, on a phone, at the bottom.

use super::progress::Progress;
use super::tools::{Tools, type_button};
use crate::app::components::icon::{Shape, icon};
use yew::prelude::*;

/// Toolbars with the type panel and the back button.
pub struct Bar<'a> {
    pub tools: &'a Tools,
    pub show_type: bool,
    pub on_type: &'a Callback<bool>,
    pub back: Callback<()>,
}

impl Bar<'_> {
    /// Toolbar above an article in the full window. It shows the title, in the language `lang`, while the
    /// heading is out of view.
    pub fn above(&self, title: &AttrValue, lang: &'static str) -> Html {
        let texts = self.tools.ui.reader();
        let back = self.back.reform(|_: MouseEvent| ());
        html! {
            <header class="rbar">
                <div class="rbar__l">
                    <button type="button" class="back" onclick={back}>{ icon(Shape::Back) }{ texts.library }</button>
                    <span class="rbar__sep" />
                    <span class="rbar__c" {lang} aria-hidden="true">{ title }</span>
                </div>
                <div class="rbar__r" role="toolbar" translate="no" aria-label={texts.tools}>
                    { self.tools.find_bar() }
                    { self.tools.star() }
                    { self.tools.contents() }
                    { self.tools.share() }
                { self.tools.listen() }
                    { self.tools.original() }
                    <span class="rbar__sep" />
                    { type_button(self.show_type, self.on_type, self.tools.ui) }
                </div>
                <Progress {title} />
            </header>
        }
    }

    /// Toolbar at the bottom of a phone.
    pub fn under_thumb(&self) -> Html {
        let texts = self.tools.ui.reader();
        let back = self.back.reform(|_: MouseEvent| ());
        html! {
            <div class={classes!("tool", (!self.tools.known).then_some("is-early"))} role="toolbar" translate="no" aria-label={texts.tools}>
                <button type="button" class="ib" aria-label={texts.library} onclick={back}>{ icon(Shape::Back) }</button>
                { self.tools.find_bar() }
                { self.tools.star() }
                { self.tools.contents() }
                { self.tools.listen() }
                { type_button(self.show_type, self.on_type, self.tools.ui) }
                { self.tools.share() }
                { self.tools.original() }
            </div>
        }
    }
}
