//! Filters on a narrow screen.

use super::Scene;
use super::facets::Facets;
use super::timebar::result_line;
use super::timeline::{Timeline, range_of, written_range};
use crate::app::components::icon::{Shape, icon};
use crate::app::components::sheet::Sheet;
use crate::app::hooks::Layout;
use crate::app::i18n::{fill, number};
use crate::view::has_timeline;
use yew::prelude::*;

/// Renders a sheet with timeline and facets; its button shows the number of results.
pub fn filter_sheet(scene: &Scene, close: Callback<()>) -> Html {
    let Scene { archive, found, ui, .. } = scene;
    let (manifest, texts) = (archive.manifest(), ui.library());
    let clear = scene.on_search(found.query.drop_filters(&found.text, |_| true));
    let closed = close.reform(|_: MouseEvent| ());
    let shown = match found.has_counts() {
        true => fill(texts.show, &[&number(found.selection.ordinals.len() as u64)]),
        false => texts.close.to_owned(),
    };
    let line = match range_of(found) {
        Some(_) => written_range(found, manifest, *ui),
        None => result_line(found, *ui),
    };
    html! {
        <Sheet label={texts.filters} {close}>
            <div class="sheet__h">
                <h2>{ texts.filters }</h2>
                <button class="ib" aria-label={texts.close} onclick={closed.clone()}>{ icon(Shape::Close) }</button>
            </div>
            <div class="sheet__b">
                if has_timeline(manifest) {
                    <div class="scaled">
                        <p class="time__r">{ line }</p>
                        <Timeline scene={Scene { layout: Layout::Phone, ..scene.clone() }} />
                    </div>
                }
                <Facets scene={scene.clone()} sheet=true />
            </div>
            <div class="sheet__f">
                <button class="btn" onclick={clear}>{ texts.clear }</button>
                <button class="btn btn--ink" onclick={closed}>{ shown }</button>
            </div>
        </Sheet>
    }
}
