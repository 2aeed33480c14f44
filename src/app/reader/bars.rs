//! The bars of an article that is read on its own: above it, and on a phone under the thumb.

use super::progress::Progress;
use super::tools::{Tools, type_button};
use crate::app::components::icon::{Shape, icon};
use yew::prelude::*;

/// What both bars do besides what their tools do.
pub struct Bar<'a> {
    /// The tools of the article.
    pub tools: &'a Tools,
    /// Whether the type panel is open.
    pub show_type: bool,
    /// Opens or closes it.
    pub on_type: &'a Callback<bool>,
    /// Leaves the article.
    pub back: Callback<()>,
}

impl Bar<'_> {
    /// The bar above an article that has the window to itself; it shows the title, which is in the language
    /// `lang`, while the heading is out of sight.
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

    /// The bar at the lower edge of a phone.
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
