//! Filters on a narrow screen.

use crate::app::features::filters::facets::FacetPanel;
use crate::app::features::timeline::calendar::Calendar;
use crate::app::features::timeline::format_date_range;
use crate::app::state::LibraryView;
use crate::app::ui::dialog::Sheet;
use crate::app::ui::icon::{IconKind, icon};
use crate::app::ui::result_summary::result_summary;
use crate::archive::has_timeline;
use yew::prelude::*;

/// Renders a sheet with calendar and facets; its button shows the number of results.
pub fn filter_sheet(view: &LibraryView, close: Callback<()>) -> Html {
    let LibraryView { archive, results: found, ui, .. } = view;
    let (manifest, texts) = (archive.manifest(), ui.library());
    let clear = view.navigation.search_on_click(found.query.remove_filters(&found.query_text, |_, _| true));
    let closed = close.reform(|_: MouseEvent| ());
    let shown = match found.has_counts() {
        true => texts.show(found.selection.ordinals.len() as u64),
        false => texts.close.to_owned(),
    };
    let line = match found.query.date_range() {
        Some(_) => format_date_range(found, manifest, *ui),
        None => result_summary(found, *ui),
    };
    html! {
        <Sheet label={texts.filters} {close}>
            <div class="sheet__h">
                <h2>{ texts.filters }</h2>
                <button class="ib" aria-label={texts.close} onclick={closed.clone()}>{ icon(IconKind::Close) }</button>
            </div>
            <div class="sheet__b">
                if has_timeline(manifest) {
                    <p class="time__r">{ line }</p>
                    <Calendar />
                }
                <FacetPanel in_sheet=true />
            </div>
            <div class="sheet__f">
                <button class="btn" onclick={clear}>{ texts.clear }</button>
                <button class="btn btn--ink" onclick={closed}>{ shown }</button>
            </div>
        </Sheet>
    }
}
