//! Result bar below the masthead: count, order, timeline.

use crate::app::features::filters::chips::{condition_count, filter_chips};
use crate::app::features::filters::list_tabs::ListTabs;
use crate::app::features::list::sort_menu::sort_menu;
use crate::app::features::timeline::{Timeline, format_date_range};
use crate::app::i18n::Locale;
use crate::app::services::WindowLayout;
use crate::app::state::{LibraryView, SearchResults};
use crate::app::ui::result_summary::{failure_reason, result_summary};
use crate::archive::has_timeline;
use yew::prelude::*;

/// The button that fetches again what failed, after what that is unless the line before has said it.
fn retry(found: &SearchResults, ui: Locale) -> Html {
    let failed = found.search.as_ref().and_then(|search| Some((search, search.failure?)));
    let Some((search, failure)) = failed else { return Html::default() };
    let is_said = search.cached.is_none() && found.selection.total == 0;
    let again = ui.library().search_again;
    let label = match is_said {
        true => again.to_owned(),
        false => [failure_reason(failure, ui), again].join(" · "),
    };
    html! { <button class="link" onclick={search.on_retry()}>{ label }</button> }
}

/// Renders the bar, which an archive of one article does not have.
pub fn result_bar(view: &LibraryView, layout: WindowLayout) -> Html {
    let LibraryView { archive, results: found, navigation, ui, .. } = view;
    let (manifest, texts) = (archive.manifest(), ui.library());
    if manifest.count <= 1 && found.query_text.is_empty() {
        return html! { <section class="time time--none" /> };
    }
    let range = found.query.date_range();
    let written = range.is_some().then(|| format_date_range(found, manifest, *ui));
    let clear = navigation.search_on_click(found.query.remove_date_range(&found.query_text));
    let under_way = found.search.as_ref().filter(|search| !search.is_done);
    let has_chips = condition_count(found) > 0 && layout != WindowLayout::Phone;
    html! {
        <section class={classes!("time", if has_timeline(manifest) { "scaled" } else { "time--bare" })} aria-label={texts.timeline}>
            <div class="time__h">
                if let Some(written) = written {
                    <span class="time__r">{ written }</span>
                }
                <span class="time__n" role="status" aria-live="polite">{ result_summary(found, *ui) }</span>
                { retry(found, *ui) }
                <span class="time__e">
                    if range.is_some() {
                        <button class="link" onclick={clear}>{ texts.clear }</button>
                    }
                    { sort_menu(view) }
                </span>
            </div>
            if has_timeline(manifest) {
                <Timeline />
            }
            if layout != WindowLayout::Wide {
                <ListTabs />
            }
            if has_chips {
                <div class="filters">{ filter_chips(view) }</div>
            }
            if let Some(search) = under_way {
                <progress class="load" max={search.searchable.to_string()}
                    value={search.scanned.map(|scanned| scanned.to_string())} aria-label={texts.search} />
            }
        </section>
    }
}
