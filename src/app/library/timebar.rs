//! Result bar below the masthead: count, order, timeline.

use super::chips::{chips, conditions};
use super::more::More;
use super::sort::order;
use super::timeline::{Timeline, range_of, without_range, written_range};
use super::{Found, Scene};
use crate::app::hooks::Layout;
use crate::app::i18n::{Ui, fill, number};
use crate::search::FetchFailure;
use crate::view::has_timeline;
use yew::prelude::*;

/// Result count as text.
pub fn result_line(found: &Found, ui: Ui) -> String {
    let texts = ui.library();
    let total = found.selection.total;
    let shown = number(total as u64);
    let Some(search) = &found.search else {
        return if total == 1 { texts.article.to_owned() } else { fill(texts.articles, &[&shown]) };
    };
    if !search.done {
        return match search.scanned {
            Some(scanned) if total > 0 => {
                fill(texts.searching, &[&shown, &number(scanned), &number(search.among)])
            }
            _ => texts.looking.to_owned(),
        };
    }
    // Where a part of the archive was searched, no number stands for all of it.
    match (search.cached, search.failure, total) {
        (Some(cached), _, 0) => fill(texts.none_cached, &[&number(cached)]),
        (Some(cached), _, _) => fill(texts.matching_cached, &[&number(cached), &shown]),
        (None, Some(failure), 0) => fill(texts.search_failed, &[failure_reason(failure, ui)]),
        (None, Some(FetchFailure::Postings), _) => fill(texts.at_most, &[&shown]),
        (None, Some(_), _) => fill(texts.at_least, &[&shown]),
        (None, None, _) if !search.exact => fill(texts.matching, &[&format!("≈ {shown}")]),
        (None, None, _) => fill(texts.matching, &[&shown]),
    }
}

/// Says what could not be fetched.
fn failure_reason(failure: FetchFailure, ui: Ui) -> &'static str {
    let texts = ui.library();
    match failure {
        FetchFailure::Code => texts.failed_code,
        FetchFailure::Index => texts.failed_index,
        FetchFailure::Postings => texts.failed_postings,
        FetchFailure::Texts => texts.failed_texts,
    }
}

/// The button that fetches again what failed, after what that is unless the line before has said it.
fn retry(found: &Found, ui: Ui) -> Html {
    let failed = found.search.as_ref().and_then(|search| Some((search, search.failure?)));
    let Some((search, failure)) = failed else { return Html::default() };
    let is_said = search.cached.is_none() && found.selection.total == 0;
    let again = ui.library().search_again;
    let label = match is_said {
        true => again.to_owned(),
        false => [failure_reason(failure, ui), again].join(" · "),
    };
    html! { <button class="link" onclick={search.retry.reform(|_: MouseEvent| ())}>{ label }</button> }
}

/// Renders the bar, which an archive of one article does not have.
pub fn timebar(scene: &Scene) -> Html {
    let Scene { archive, found, layout, ui, .. } = scene;
    let (manifest, texts) = (archive.manifest(), ui.library());
    if manifest.count <= 1 && found.text.is_empty() {
        return html! { <section class="time time--none" /> };
    }
    let range = range_of(found);
    let written = range.is_some().then(|| written_range(found, manifest, *ui));
    let clear = scene.on_search(without_range(found));
    let under_way = found.search.as_ref().filter(|search| !search.done);
    let has_chips = conditions(found) > 0 && *layout != Layout::Phone;
    html! {
        <section class={classes!("time", if has_timeline(manifest) { "scaled" } else { "time--bare" })} aria-label={texts.timeline}>
            <div class="time__h">
                if let Some(written) = written {
                    <span class="time__r">{ written }</span>
                }
                <span class="time__n" role="status" aria-live="polite">{ result_line(found, *ui) }</span>
                { retry(found, *ui) }
                <span class="time__e">
                    if range.is_some() {
                        <button class="link" onclick={clear}>{ texts.clear }</button>
                    }
                    { order(scene) }
                    if !found.selection.ordinals.is_empty() {
                        <More scene={scene.clone()} />
                    }
                </span>
            </div>
            if has_timeline(manifest) {
                <Timeline scene={scene.clone()} />
            }
            if has_chips {
                <div class="filters">{ chips(scene) }</div>
            }
            if let Some(search) = under_way {
                <progress class="load" max={search.among.to_string()}
                    value={search.scanned.map(|scanned| scanned.to_string())} aria-label={texts.search} />
            }
        </section>
    }
}
