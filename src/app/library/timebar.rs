//! The strip under the masthead: how many, in which order, over what time.

use super::Found;
use super::chips::{Chips, conditions};
use super::sort::Order;
use super::timeline::{Timeline, has_timeline, range_of};
use crate::app::handle::Archive;
use crate::app::hooks::Layout;
use crate::app::i18n::{Ui, fill, number};
use crate::search::Filter;
use crate::view::Action;
use yew::prelude::*;

/// See [`Timebar`].
#[derive(Properties, PartialEq)]
pub struct TimebarProps {
    /// The archive.
    pub archive: Archive,
    /// What was found.
    pub found: Found,
    /// The layout of the window.
    pub layout: Layout,
    /// The language of the interface.
    pub ui: Ui,
    /// Does something.
    pub navigate: Callback<Action>,
}

/// What was found, in words.
pub fn result_line(found: &Found, ui: Ui, count: u32) -> String {
    let texts = ui.library();
    let shown = number(found.selection.ordinals.len() as u64);
    match &found.search {
        Some(search) if !search.done => {
            fill(texts.searching, &[&shown, &number(search.scanned), &number(count)])
        }
        Some(_) => fill(texts.matching, &[&shown]),
        None if found.selection.ordinals.len() == 1 => texts.article.to_owned(),
        None => fill(texts.articles, &[&shown]),
    }
}

/// The strip. An archive of one article has none.
#[component]
pub fn Timebar(props: &TimebarProps) -> Html {
    let manifest = props.archive.manifest();
    let (found, ui, texts) = (&props.found, props.ui, props.ui.library());
    if manifest.count <= 1 && found.text.is_empty() {
        return html! { <section class="time time--none" /> };
    }
    let range = range_of(found);
    let written = range.is_some().then(|| super::timeline::written_range(found, manifest, ui));
    let cleared = found
        .query
        .drop_filters(&found.text, |filter| matches!(filter, Filter::Before(_) | Filter::After(_)));
    let clear = props.navigate.reform(move |_: MouseEvent| Action::Search(cleared.clone()));
    let failed = found.search.as_ref().filter(|search| search.failed > 0);
    let scanned = found.search.as_ref().filter(|search| !search.done).map(|search| search.scanned);
    let chips = conditions(found) > 0 && props.layout != Layout::Phone;
    html! {
        <section class={classes!("time", (!has_timeline(manifest)).then_some("time--bare"))} aria-label={texts.timeline}>
            <div class="time__h">
                if let Some(written) = written {
                    <span class="time__r">{ written }</span>
                }
                <span class="time__n" role="status" aria-live="polite">{ result_line(found, ui, manifest.count) }</span>
                if let Some(search) = failed {
                    <button class="link" onclick={search.retry.reform(|_: MouseEvent| ())}>
                        { fill(texts.search_failed, &[&search.failed.to_string()]) }{ " · " }{ texts.again }
                    </button>
                }
                <span class="time__e">
                    if range.is_some() {
                        <button class="link" onclick={clear}>{ texts.clear }</button>
                    }
                    <Order found={found.clone()} {ui} navigate={props.navigate.clone()} />
                </span>
            </div>
            if has_timeline(manifest) {
                <Timeline archive={props.archive.clone()} found={found.clone()} layout={props.layout} {ui}
                    navigate={props.navigate.clone()} />
            }
            if chips {
                <div class="filters">
                    <Chips archive={props.archive.clone()} found={found.clone()} {ui} navigate={props.navigate.clone()} />
                </div>
            }
            if let Some(scanned) = scanned {
                <progress class="load" max={manifest.count.to_string()} value={scanned.to_string()} aria-label={texts.search} />
            }
        </section>
    }
}
