//! Row of the list.

use super::row_gestures::RowGesture;
use crate::app::i18n::Locale;
use crate::app::services::clock::today;
use crate::app::services::{use_shared, use_task};
use crate::app::state::script_conversion::ScriptContext;
use crate::app::state::settings::use_settings;
use crate::app::state::{ArchiveContext, CatalogueRow, TaskHandle, use_locale, use_navigation};
use crate::app::ui::article_link::{ArticleLink, LinkTarget};
use crate::app::ui::icon::{IconKind, icon, small_icon};
use crate::app::ui::script_text::converted_marks;
use crate::search::Verified;
use crate::user_data::{ArticleFlag, FlagState};
use crate::view_model::RouteAction;
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

/// State of a row that changes while it is shown.
#[derive(Clone, Copy, PartialEq)]
pub struct RowStatus {
    pub flags: FlagState,
    /// Set if the article is open in the pane.
    pub is_current: bool,
    /// Set if the article's text is available.
    pub is_available: bool,
    /// Set if the row is the list's tab stop.
    pub is_tab_stop: bool,
}

/// Position of a row in the list, and of its article in the archive.
#[derive(Clone, Copy, PartialEq)]
pub struct RowPosition {
    pub number: usize,
    pub ordinal: u32,
}

#[derive(Properties, PartialEq)]
pub struct ListRowProps {
    pub row: CatalogueRow,
    pub position: RowPosition,
    /// The search that found it, which verifies it and says what to mark.
    pub task: Option<TaskHandle>,
    /// Other sources that have the same text.
    pub other_sources: AttrValue,
    pub date_display: DateDisplay,
    pub href: AttrValue,
    pub status: RowStatus,
    pub on_gesture: Callback<(usize, RowGesture)>,
}

/// About two lines of a snippet.
const SNIPPET_WIDTH: usize = 60;
/// Snippet of a compact row, short enough to keep the match visible.
const COMPACT_SNIPPET_WIDTH: usize = 20;

/// Row with title, excerpt or snippet, source, time, minutes and, if archived, a picture.
#[component]
pub fn ListRow(props: &ListRowProps) -> Html {
    let ListRowProps { row, status, .. } = props;
    let (ui, archive, navigation) = (use_locale(), use_shared::<ArchiveContext>(), use_navigation());
    let compact = use_settings().settings.compact;
    let found = use_verified(props, compact);
    let script = use_shared::<ScriptContext>().unwrap_or_default();
    let (texts, dates) = (ui.library(), ui.dates());
    let source = archive.as_ref().map(|context| context.manifest().source_name(&row.source).to_owned());
    let authors = row.authors.join(texts.list_separator);
    let to = {
        let (navigate, id) = (navigation.navigate, row.id);
        LinkTarget::new(props.href.clone(), move || navigate.emit(RouteAction::Open(id)))
    };
    let lang = script.tag(row.lang);
    let date = row.time.map(|time| time.date());
    let clock = row.time.map(|time| match props.date_display {
        DateDisplay::Time => (dates.hour_minute(time), None),
        DateDisplay::Day => (dates.month_and_day(time.date()), Some(dates.hour_minute(time))),
        DateDisplay::Date => (dates.day(time.date()), None),
    });
    let clock_class = (props.date_display == DateDisplay::Date).then_some("row__m--d");
    let (title, excerpt) = match &found {
        Some(found) if !found.snippet.text.is_empty() => (
            &found.in_title[..],
            converted_marks(&script, &found.snippet.text, &found.snippet.match_ranges, row.lang),
        ),
        Some(found) => (&found.in_title[..], converted_marks(&script, &row.excerpt, &[], row.lang)),
        None => (&[][..], converted_marks(&script, &row.excerpt, &[], row.lang)),
    };
    let title = converted_marks(&script, &row.title, title, row.lang);
    let places = found.as_ref().map_or(0, |found| found.count);
    html! {
        <>
        <ArticleLink class="row__a" {to} tabindex={if status.is_tab_stop { "0" } else { "-1" }} is_current={status.is_current}>
            <div class="row__b">
                <h3 class="row__h" {lang}>{ title }</h3>
                <span class="vh">{ status_text(status.flags, ui) }</span>
                <p class="row__x" {lang}>{ excerpt }</p>
                <p class="row__m">
                    <span class="row__s">{ source }</span>
                    if status.flags.starred {
                        { small_icon(IconKind::Star) }
                    }
                    if let (Some((date, hour)), Some(time)) = (clock, row.time) {
                        <time class={classes!(clock_class)} datetime={time.to_string()}>{ date }</time>
                        if let Some(hour) = hour {
                            <span class="row__c">{ hour }</span>
                        }
                    }
                    if !status.is_available {
                        <span>{ ui.offline().row_unavailable }</span>
                    }
                    if !authors.is_empty() {
                        <span class="row__w">{ authors }</span>
                    }
                    if places > 0 {
                        <span>{ texts.match_count(places as u64) }</span>
                    }
                    <span class="row__min">{ texts.minutes(row.reading_minutes().into()) }</span>
                    if let Some(share) = status.flags.progress.filter(|&share| share >= 10) {
                        <span class="row__g">{ ui.user_data().read_so_far((share / 10).into()) }</span>
                    }
                    if !props.other_sources.is_empty() {
                        <span class="row__o">{ texts.other_sources(&props.other_sources) }</span>
                    }
                </p>
            </div>
            if let Some(picture) = row.picture.as_ref().filter(|_| !compact) {
                <span class="row__pic"><img src={picture.as_str().to_owned()} alt="" decoding="async" /></span>
            }
            if props.date_display == DateDisplay::Date {
                <span class="row__d">
                    if let Some(date) = date {
                        { dates.month_and_day(date) }
                        if date.year != today().year { <small>{ dates.year(date) }</small> }
                    } else {
                        { texts.undated }
                    }
                </span>
            }
        </ArticleLink>
        { flag_buttons(props, ui) }
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
fn flag_buttons(props: &ListRowProps, ui: Locale) -> Html {
    let (status, texts) = (props.status, ui.user_data());
    let marked = status.flags;
    let tabindex = if status.is_tab_stop { "0" } else { "-1" };
    let button = |mark: ArticleFlag, shape: IconKind, label: &'static str, pressed: Option<bool>| {
        let number = props.position.number;
        let onclick = props.on_gesture.reform(move |_: MouseEvent| (number, RowGesture::Toggle(mark)));
        html! {
            <button type="button" class="ib" {tabindex} aria-label={label} title={label} data-mark={mark.name()}
                aria-pressed={pressed.map(|pressed| pressed.to_string())} {onclick}>
                { icon(shape) }
            </button>
        }
    };
    let more = ui.row_menu().more;
    let open_menu = {
        let number = props.position.number;
        props
            .on_gesture
            .reform(move |event: MouseEvent| (number, RowGesture::Menu((event.client_x(), event.client_y()))))
    };
    let (shape, label) =
        if marked.read { (IconKind::Dot, texts.mark_unread) } else { (IconKind::Check, texts.mark_read) };
    html! {
        <span class="row__act" translate="no">
            { button(ArticleFlag::Read, shape, label, None) }
            { button(ArticleFlag::Star, IconKind::Star, texts.star, Some(marked.starred)) }
            <button type="button" class="ib" {tabindex} aria-label={more} title={more} aria-haspopup="dialog" onclick={open_menu}>
                { icon(IconKind::More) }
            </button>
        </span>
    }
}

/// Returns the matches of the row that the search has verified; `None` until the text is loaded.
#[hook]
fn use_verified(props: &ListRowProps, compact: bool) -> Option<Verified> {
    let width = if compact { COMPACT_SNIPPET_WIDTH } else { SNIPPET_WIDTH };
    let verified = use_state(|| None::<(TaskHandle, Verified)>);
    let setter = verified.setter();
    let key = (props.task.clone(), props.position.ordinal, width);
    use_task(key, move |(handle, ordinal, width), token| async move {
        let Some((handle, task)) = handle.and_then(|handle| Some((handle.clone(), handle.get()?))) else {
            return;
        };
        // A row keeps its excerpt if its text fails to load; the reader reports the error.
        if let Some(verified) = task.verify(ordinal, width).await
            && token.is_active()
        {
            setter.set(Some((handle, verified)));
        }
    });
    let (handle, verified) = (*verified).clone()?;
    (Some(handle) == props.task).then_some(verified)
}
