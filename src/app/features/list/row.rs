//! Row of the list.

use crate::app::i18n::Locale;
use crate::app::services::rc_eq::ArchiveHandle;
use crate::app::services::use_effect_with;
use crate::app::state::script_conversion::ScriptContext;
use crate::app::state::{CatalogueRow, TaskHandle};
use crate::app::ui::article_link::on_plain_click;
use crate::app::ui::icon::{IconKind, icon, small_icon};
use crate::model::Id;
use crate::search::Verified;
use crate::user_data::{ArticleFlag, FlagState};
use std::cell::Cell;
use std::rc::Rc;
use yew::platform::spawn_local;
use yew::prelude::*;

/// Date display of a row.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum DateDisplay {
    /// Time only, below a day heading.
    Time,
    /// Day and time, below a month heading.
    Day,
    /// Full date, without a heading.
    Date,
}

#[derive(Properties, PartialEq)]
pub struct ListRowProps {
    pub archive: ArchiveHandle,
    pub row: CatalogueRow,
    pub ordinal: u32,
    /// The search that found it, which verifies it and says what to mark.
    pub task: Option<TaskHandle>,
    /// Other sources that have the same text.
    pub other_sources: AttrValue,
    pub date_display: DateDisplay,
    /// Year that is left out of dates.
    pub this_year: i32,
    pub href: AttrValue,
    /// Set if the row is the list's tab stop.
    pub is_tab_stop: bool,
    /// Compact row: one line of text, no picture.
    pub compact: bool,
    pub is_current: bool,
    /// Set if the article's text is available.
    pub is_available: bool,
    pub ui: Locale,
    pub open: Callback<Id>,
    pub flags: FlagState,
    pub toggle_flag: Callback<(Id, ArticleFlag)>,
}

/// About two lines of a snippet.
const SNIPPET_WIDTH: usize = 60;
/// Snippet of a compact row, short enough to keep the match visible.
const COMPACT_SNIPPET_WIDTH: usize = 20;

/// Row with title, excerpt or snippet, source, time, minutes and, if archived, a picture.
#[component]
pub fn ListRow(props: &ListRowProps) -> Html {
    let (row, ui, texts) = (&props.row, props.ui, props.ui.library());
    let found = use_verified(props);
    let script = use_context::<ScriptContext>().unwrap_or_default();
    let dates = ui.dates();
    let onclick = {
        let (open, id) = (props.open.clone(), row.id);
        on_plain_click(move || open.emit(id))
    };
    let lang = script.tag(row.lang);
    let date = row.time.map(|time| time.date());
    let clock = row.time.map(|time| {
        let date = time.date();
        match props.date_display {
            DateDisplay::Time => dates.hour_minute(time),
            DateDisplay::Day => format!("{} {}", dates.month_and_day(date), dates.hour_minute(time)),
            DateDisplay::Date => dates.day(date),
        }
    });
    let clock_class = (props.date_display == DateDisplay::Date).then_some("row__m--d");
    let (title, excerpt) = match &found {
        Some(found) if !found.snippet.text.is_empty() => {
            (&found.in_title[..], script.marked(&found.snippet.text, &found.snippet.match_ranges, row.lang))
        }
        Some(found) => (&found.in_title[..], script.marked(&row.excerpt, &[], row.lang)),
        None => (&[][..], script.marked(&row.excerpt, &[], row.lang)),
    };
    let title = script.marked(&row.title, title, row.lang);
    let places = found.as_ref().map_or(0, |found| found.count);
    html! {
        <>
        <a class="row__a" href={props.href.clone()} tabindex={if props.is_tab_stop { "0" } else { "-1" }}
            aria-current={props.is_current.then_some("true")} {onclick}>
            <div class="row__b">
                <h3 class="row__h" {lang}>{ title }</h3>
                <span class="vh">{ status_text(props.flags, ui) }</span>
                <p class="row__x" {lang}>{ excerpt }</p>
                <p class="row__m">
                    <span class="row__s">{ props.archive.manifest().source_name(&row.source).to_owned() }</span>
                    if let (Some(clock), Some(time)) = (clock, row.time) {
                        <time class={classes!(clock_class)} datetime={time.to_string()}>{ clock }</time>
                    }
                    <span class="row__min">{ texts.minutes(row.reading_minutes().into()) }</span>
                    if let Some(share) = props.flags.progress.filter(|&share| share >= 10) {
                        <span class="row__g">{ ui.user_data().read_so_far((share / 10).into()) }</span>
                    }
                    if places > 0 {
                        <span>{ texts.match_count(places as u64) }</span>
                    }
                    if props.flags.starred {
                        { small_icon(IconKind::Star) }
                    }
                    if !props.is_available {
                        <span>{ ui.offline().row_unavailable }</span>
                    }
                    if !props.other_sources.is_empty() {
                        <span>{ texts.other_sources(&props.other_sources) }</span>
                    }
                </p>
            </div>
            if let Some(picture) = row.picture.as_ref().filter(|_| !props.compact) {
                <span class="row__pic"><img src={picture.as_str().to_owned()} alt="" decoding="async" /></span>
            }
            if props.date_display == DateDisplay::Date {
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
        { flag_buttons(props) }
        </>
    }
}

/// Status for screen readers, after the title.
fn status_text(marked: FlagState, ui: Locale) -> String {
    let texts = ui.user_data();
    let read = if marked.read { texts.read } else { texts.unread };
    match marked.starred {
        true => [read, texts.starred].join(ui.library().list_separator),
        false => read.to_owned(),
    }
}

/// Buttons of a row for the mouse; keys and swipes do the same.
fn flag_buttons(props: &ListRowProps) -> Html {
    let (marked, texts) = (props.flags, props.ui.user_data());
    let tabindex = if props.is_tab_stop { "0" } else { "-1" };
    let button = |mark: ArticleFlag, shape: IconKind, label: &'static str, pressed: Option<bool>| {
        let id = props.row.id;
        let onclick = props.toggle_flag.reform(move |_: MouseEvent| (id, mark));
        html! {
            <button type="button" class="ib" {tabindex} aria-label={label} title={label} data-mark={mark.name()}
                aria-pressed={pressed.map(|pressed| pressed.to_string())} {onclick}>
                { icon(shape) }
            </button>
        }
    };
    let (shape, label) =
        if marked.read { (IconKind::Dot, texts.mark_unread) } else { (IconKind::Check, texts.mark_read) };
    html! {
        <span class="row__act" translate="no">
            { button(ArticleFlag::Read, shape, label, None) }
            { button(ArticleFlag::Star, IconKind::Star, texts.star, Some(marked.starred)) }
        </span>
    }
}

/// Has the search verify the article, and returns the result once the text has come.
#[hook]
fn use_verified(props: &ListRowProps) -> Option<Verified> {
    let verified = use_state(|| None);
    let setter = verified.setter();
    let length = if props.compact { COMPACT_SNIPPET_WIDTH } else { SNIPPET_WIDTH };
    use_effect_with((props.task.clone(), props.ordinal, length), move |(handle, ordinal, length)| {
        let alive = Rc::new(Cell::new(true));
        if let Some((handle, task)) = handle.clone().and_then(|handle| Some((handle.clone(), handle.get()?)))
        {
            let verifying = task.verify(*ordinal, *length);
            let alive = alive.clone();
            spawn_local(async move {
                // A row whose text does not come keeps its excerpt; the reader says why when it is opened.
                if let Some(verified) = verifying.await
                    && alive.get()
                {
                    setter.set(Some((handle, verified)));
                }
            });
        }
        move || alive.set(false)
    });
    let (handle, verified) = (*verified).clone()?;
    (Some(handle) == props.task).then_some(verified)
}
