//! Result bar below the masthead: count, order, timeline.

use super::chips::{chips, conditions};
use super::more::More;
use super::sort::order;
use super::timeline::{Timeline, range_of, without_range, written_range};
use super::{Found, Scene};
use crate::app::hooks::Layout;
use crate::app::i18n::{Ui, fill, number};
use crate::view::has_timeline;
use yew::prelude::*;

/// Result count as text.
pub fn result_line(found: &Found, ui: Ui) -> String {
    let texts = ui.library();
    let total = found.selection.total;
    let shown = number(total as u64);
    match &found.search {
        Some(search) if !search.done => match search.scanned {
            Some(scanned) => fill(texts.searching, &[&shown, &number(scanned), &number(search.among)]),
            None => texts.looking.to_owned(),
        },
        Some(search) if !search.exact => fill(texts.matching, &[&format!("≈ {shown}")]),
        Some(_) => fill(texts.matching, &[&shown]),
        None if total == 1 => texts.article.to_owned(),
        None => fill(texts.articles, &[&shown]),
    }
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
    let failed = found.search.as_ref().filter(|search| search.failed > 0);
    let under_way = found.search.as_ref().filter(|search| !search.done);
    let has_chips = conditions(found) > 0 && *layout != Layout::Phone;
    html! {
        <section class={classes!("time", if has_timeline(manifest) { "scaled" } else { "time--bare" })} aria-label={texts.timeline}>
            <div class="time__h">
                if let Some(written) = written {
                    <span class="time__r">{ written }</span>
                }
                <span class="time__n" role="status" aria-live="polite">{ result_line(found, *ui) }</span>
                if let Some(search) = failed {
                    <button class="link" onclick={search.retry.reform(|_: MouseEvent| ())}>
                        { fill(texts.search_failed, &[&search.failed.to_string()]) }{ " · " }{ texts.again }
                    </button>
                }
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
