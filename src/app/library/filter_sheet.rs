//! The filters on a narrow screen.

use super::Found;
use super::facets::Facets;
use super::timebar::result_line;
use super::timeline::{Timeline, has_timeline, range_of, written_range};
use crate::app::components::icon::{Icon, Shape};
use crate::app::components::sheet::Sheet;
use crate::app::handle::Archive;
use crate::app::hooks::Layout;
use crate::app::i18n::{Ui, fill, number};
use crate::view::Action;
use yew::prelude::*;

/// See [`FilterSheet`].
#[derive(Properties, PartialEq)]
pub struct FilterSheetProps {
    /// The archive.
    pub archive: Archive,
    /// What was found.
    pub found: Found,
    /// The language of the interface.
    pub ui: Ui,
    /// Does something.
    pub navigate: Callback<Action>,
    /// Closes the sheet.
    pub close: Callback<()>,
}

/// A sheet with the timeline and the facets; its button says how many articles are left.
#[component]
pub fn FilterSheet(props: &FilterSheetProps) -> Html {
    let (found, ui, texts) = (&props.found, props.ui, props.ui.library());
    let manifest = props.archive.manifest();
    let words = found.query.drop_filters(&found.text, |_| true);
    let clear = props.navigate.reform(move |_: MouseEvent| Action::Search(words.clone()));
    let close = props.close.reform(|_: MouseEvent| ());
    let shown = fill(texts.show, &[&number(found.selection.ordinals.len() as u64)]);
    html! {
        <Sheet label={texts.filters} close={props.close.clone()}>
            <div class="sheet__h">
                <h2>{ texts.filters }</h2>
                <button class="ib" aria-label={texts.close} onclick={close.clone()}><Icon shape={Shape::Close} /></button>
            </div>
            <div class="sheet__b">
                if has_timeline(manifest) {
                    <p class="time__r">
                        if range_of(found).is_some() { { written_range(found, manifest, ui) } }
                        else { { result_line(found, ui, manifest.count) } }
                    </p>
                    <Timeline archive={props.archive.clone()} found={found.clone()} layout={Layout::Phone} {ui}
                        navigate={props.navigate.clone()} />
                }
                <Facets archive={props.archive.clone()} found={found.clone()} {ui} navigate={props.navigate.clone()}
                    sheet=true />
            </div>
            <div class="sheet__f">
                <button class="btn" onclick={clear}>{ texts.clear }</button>
                <button class="btn btn--ink" onclick={close}>{ shown }</button>
            </div>
        </Sheet>
    }
}
