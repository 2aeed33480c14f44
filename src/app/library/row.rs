//! Row of the list.

use crate::app::components::icon::{Shape, icon, small_icon};
use crate::app::handle::{Archive, Shared};
use crate::app::hooks::{RowAt, use_effect_with};
use crate::app::i18n::{Ui, fill};
use crate::app::script::Script;
use crate::keep::{Mark, Marked};
use crate::model::Id;
use crate::search::{Matcher, Query};
use crate::text::{Snippet, fold, snippet};
use std::cell::Cell;
use std::ops::Range;
use std::rc::Rc;
use yew::platform::spawn_local;
use yew::prelude::*;

/// Date display of a row.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// Time only, below a day heading.
    Clock,
    /// Day and time, below a month heading.
    Day,
    /// Full date, without a heading.
    Date,
}

#[derive(Properties, PartialEq)]
pub struct ListRowProps {
    pub archive: Archive,
    pub row: RowAt,
    pub ordinal: u32,
    pub query: Option<Shared<Query>>,
    /// Receives the result of verifying the article's text.
    pub judge: Option<Callback<(u32, bool)>>,
    pub also: AttrValue,
    pub when: When,
    /// Year that is left out of dates.
    pub this_year: i32,
    pub href: AttrValue,
    /// Set if the row is the list's tab stop.
    pub stop: bool,
    /// Compact row: one line of text, no picture.
    pub compact: bool,
    pub current: bool,
    /// Set if the article's text is available.
    pub stored: bool,
    pub ui: Ui,
    pub open: Callback<Id>,
    pub marked: Marked,
    pub mark: Callback<(Id, Mark)>,
}

/// About two lines of a snippet.
const SNIPPET: usize = 60;
/// Snippet of a compact row, short enough to keep the match visible.
const SHORT_SNIPPET: usize = 20;

/// Row with title, excerpt or snippet, source, time, minutes and, if archived, a picture.
#[component]
pub fn ListRow(props: &ListRowProps) -> Html {
    let (row, ui, texts) = (&props.row, props.ui, props.ui.library());
    let found = use_matches(props);
    let script = use_context::<Script>().unwrap_or_default();
    let dates = ui.dates();
    let onclick = {
        let (open, id) = (props.open.clone(), row.id);
        Callback::from(move |event: MouseEvent| {
            // A click for a new tab or window is left to the browser.
            if event.button() == 0
                && !(event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key())
            {
                event.prevent_default();
                open.emit(id);
            }
        })
    };
    let lang = script.tag(row.lang);
    let date = row.time.map(|time| time.date());
    let clock = row.time.map(|time| {
        let date = time.date();
        match props.when {
            When::Clock => dates.clock(time),
            When::Day => format!("{} {}", dates.month_and_day(date), dates.clock(time)),
            When::Date => dates.day(date),
        }
    });
    let clock_class = (props.when == When::Date).then_some("row__m--d");
    let (title, excerpt) = match &found {
        Some(found) if !found.snippet.text.is_empty() => {
            (&found.in_title[..], script.marked(&found.snippet.text, &found.snippet.marks, row.lang))
        }
        Some(found) => (&found.in_title[..], script.marked(&row.excerpt, &[], row.lang)),
        None => (&[][..], script.marked(&row.excerpt, &[], row.lang)),
    };
    let title = script.marked(&row.title, title, row.lang);
    let places = found.as_ref().map_or(0, |found| found.places);
    html! {
        <>
        <a class="row__a" href={props.href.clone()} tabindex={if props.stop { "0" } else { "-1" }}
            aria-current={props.current.then_some("true")} {onclick}>
            <div class="row__b">
                <h3 class="row__h" {lang}>{ title }</h3>
                <span class="vh">{ status(props.marked, ui) }</span>
                <p class="row__x" {lang}>{ excerpt }</p>
                <p class="row__m">
                    <span class="row__s">{ props.archive.manifest().source_name(&row.source).to_owned() }</span>
                    if let (Some(clock), Some(time)) = (clock, row.time) {
                        <time class={classes!(clock_class)} datetime={time.to_string()}>{ clock }</time>
                    }
                    <span class="row__min">{ fill(texts.minutes, &[&row.minutes().to_string()]) }</span>
                    if let Some(share) = props.marked.share.filter(|&share| share >= 10) {
                        <span class="row__g">{ fill(ui.keep().read_so_far, &[&(share / 10).to_string()]) }</span>
                    }
                    if places > 0 {
                        <span>{ fill(texts.places, &[&places.to_string()]) }</span>
                    }
                    if props.marked.starred {
                        { small_icon(Shape::Star) }
                    }
                    if !props.stored {
                        <span>{ ui.offline().row_not_kept }</span>
                    }
                    if !props.also.is_empty() {
                        <span>{ fill(texts.also, &[&props.also]) }</span>
                    }
                </p>
            </div>
            if let Some(picture) = row.picture.as_ref().filter(|_| !props.compact) {
                <span class="row__pic"><img src={picture.as_str().to_owned()} alt="" decoding="async" /></span>
            }
            if props.when == When::Date {
                <span class="row__d">
                    if let Some(date) = date {
                        { dates.month_and_day(date) }
                        if date.year != props.this_year { <small>{ dates.year(date) }</small> }
                    } else {
                        { texts.undated }
                    }
                </span>
            }
        </a>
        { buttons(props) }
        </>
    }
}

/// Status for screen readers, after the title.
fn status(marked: Marked, ui: Ui) -> String {
    let texts = ui.keep();
    let read = if marked.read { texts.read } else { texts.unread };
    match marked.starred {
        true => [read, texts.starred].join(ui.library().comma),
        false => read.to_owned(),
    }
}

/// Buttons of a row for the mouse; keys and swipes do the same.
fn buttons(props: &ListRowProps) -> Html {
    let (marked, texts) = (props.marked, props.ui.keep());
    let tabindex = if props.stop { "0" } else { "-1" };
    let button = |mark: Mark, shape: Shape, label: &'static str, pressed: Option<bool>| {
        let id = props.row.id;
        let onclick = props.mark.reform(move |_: MouseEvent| (id, mark));
        html! {
            <button type="button" class="ib" {tabindex} aria-label={label} title={label} data-mark={mark.name()}
                aria-pressed={pressed.map(|pressed| pressed.to_string())} {onclick}>
                { icon(shape) }
            </button>
        }
    };
    let (shape, label) =
        if marked.read { (Shape::Dot, texts.mark_unread) } else { (Shape::Check, texts.mark_read) };
    html! {
        <span class="row__act" translate="no">
            { button(Mark::Read, shape, label, None) }
            { button(Mark::Star, Shape::Star, texts.star, Some(marked.starred)) }
        </span>
    }
}

/// Matches of a search in an article.
#[derive(Clone, PartialEq)]
struct Matches {
    places: usize,
    /// Byte ranges in the title.
    in_title: Vec<Range<usize>>,
    snippet: Snippet,
}

/// Returns the matches once the article's text is loaded.
#[hook]
fn use_matches(props: &ListRowProps) -> Option<Matches> {
    let found = use_state(|| None);
    let setter = found.setter();
    let length = if props.compact { SHORT_SNIPPET } else { SNIPPET };
    let deps = (props.archive.clone(), props.ordinal, props.query.clone(), length);
    let judge = props.judge.clone();
    use_effect_with(deps, move |(archive, ordinal, query, length)| {
        let alive = Rc::new(Cell::new(true));
        if let Some(query) = query.clone() {
            let (archive, ordinal, length, alive) = (archive.clone(), *ordinal, *length, alive.clone());
            spawn_local(async move {
                // Without its text, a row keeps its excerpt; the reader reports the error.
                let Ok(article) = archive.article(ordinal).await else { return };
                let text = article.text();
                let matcher = Matcher::new(&query);
                let matches = matcher.find(&text);
                let title = article.title.len();
                let in_title =
                    matches.iter().map(|(range, _)| range.clone()).filter(|range| range.end <= title);
                if alive.get() {
                    let found = Matches {
                        places: matches.len(),
                        in_title: in_title.collect(),
                        snippet: snippet(&text, &matches, length),
                    };
                    setter.set(Some((query, found)));
                    if let Some(judge) = judge {
                        judge.emit((ordinal, matcher.matches(&fold(&text))));
                    }
                }
            });
        }
        move || alive.set(false)
    });
    let (query, found) = (*found).clone()?;
    (Some(query) == props.query).then_some(found)
}
