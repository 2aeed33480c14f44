//! Result bar below the masthead: count, order, timeline.

use super::library::{LibraryContext, SearchResults};
use crate::app::features::filters::chips::{condition_count, filter_chips};
use crate::app::features::list::list_menu::ListMenu;
use crate::app::features::list::sort_menu::sort_menu;
use crate::app::features::timeline::{Timeline, date_range, format_date_range, remove_date_range};
use crate::app::i18n::{Locale, fill, format_number};
use crate::app::services::WindowLayout;
use crate::archive::has_timeline;
use crate::search::FetchFailure;
use yew::prelude::*;

/// Result count as text.
pub fn result_summary(found: &SearchResults, ui: Locale) -> String {
    let texts = ui.library();
    let total = found.selection.total;
    let shown = format_number(total as u64);
    let Some(search) = &found.search else {
        return if total == 1 { texts.article.to_owned() } else { fill(texts.articles, &[&shown]) };
    };
    if !search.is_done {
        return match search.scanned {
            Some(scanned) if total > 0 => {
                fill(texts.searching, &[&shown, &format_number(scanned), &format_number(search.searchable)])
            }
            _ => texts.querying_index.to_owned(),
        };
    }
    // Where a part of the archive was searched, no number stands for all of it.
    match (search.cached, search.failure, total) {
        (Some(cached), _, 0) => fill(texts.none_cached, &[&format_number(cached)]),
        (Some(cached), _, _) => fill(texts.matching_cached, &[&format_number(cached), &shown]),
        (None, Some(failure), 0) => fill(texts.search_failed, &[failure_reason(failure, ui)]),
        (None, Some(FetchFailure::Postings), _) => fill(texts.at_most, &[&shown]),
        (None, Some(_), _) => fill(texts.at_least, &[&shown]),
        (None, None, _) if !search.is_exact => fill(texts.matching, &[&format!("≈ {shown}")]),
        (None, None, _) => fill(texts.matching, &[&shown]),
    }
}

/// Says what could not be fetched.
fn failure_reason(failure: FetchFailure, ui: Locale) -> &'static str {
    let texts = ui.library();
    match failure {
        FetchFailure::Code => texts.failed_code,
        FetchFailure::Index => texts.failed_index,
        FetchFailure::Postings => texts.failed_postings,
        FetchFailure::Texts => texts.failed_texts,
    }
}

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
pub fn result_bar(scene: &LibraryContext) -> Html {
    let LibraryContext { archive, results: found, layout, ui, .. } = scene;
    let (manifest, texts) = (archive.manifest(), ui.library());
    if manifest.count <= 1 && found.query_text.is_empty() {
        return html! { <section class="time time--none" /> };
    }
    let range = date_range(found);
    let written = range.is_some().then(|| format_date_range(found, manifest, *ui));
    let clear = scene.search_on_click(remove_date_range(found));
    let under_way = found.search.as_ref().filter(|search| !search.is_done);
    let has_chips = condition_count(found) > 0 && *layout != WindowLayout::Phone;
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
                    { sort_menu(scene) }
                    if !found.selection.ordinals.is_empty() {
                        <ListMenu scene={scene.clone()} />
                    }
                </span>
            </div>
            if has_timeline(manifest) {
                <Timeline scene={scene.clone()} />
            }
            if has_chips {
                <div class="filters">{ filter_chips(scene) }</div>
            }
            if let Some(search) = under_way {
                <progress class="load" max={search.searchable.to_string()}
                    value={search.scanned.map(|scanned| scanned.to_string())} aria-label={texts.search} />
            }
        </section>
    }
}
