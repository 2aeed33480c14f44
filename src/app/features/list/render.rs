//! Rendering of the visible part of the list: day headings and rows.

use super::ListProps;
use crate::app::features::list::row::{DateDisplay, ListRow};
use crate::app::services::clock::today;
use crate::app::state::library::LibraryContext;
use crate::app::ui::article_link::{front_page_of, page_link};
use crate::archive::ArchiveError;
use crate::search::{DateGroup, DateGroups};
use crate::small_sort;
use crate::view_model::RouteAction;
use std::ops::Range;
use yew::prelude::*;

pub(super) fn render_groups(props: &ListProps, groups: &DateGroups, drawn: &Range<usize>) -> Html {
    let (Some(first), Some(last)) = (groups.group_of_row(drawn.start), groups.group_of_row(drawn.end - 1))
    else {
        return Html::default();
    };
    let when = if groups.monthly { DateDisplay::Day } else { DateDisplay::Time };
    groups.groups[first..=last]
        .iter()
        .enumerate()
        .map(|(at, group)| {
            let rows = group.rows.start.max(drawn.start)..group.rows.end.min(drawn.end);
            let head = render_day_heading(props, group, groups.monthly);
            html! {
                <section class={classes!("day", (first + at == 0).then_some("day--first"), head.is_today.then_some("is-today"))}
                    key={group.rows.start} data-start={group.rows.start.to_string()}
                    data-end={group.rows.end.to_string()}>
                    { head.html }
                    <div class="day__rows">
                        if at == 0 {
                            <div class="day__before" />
                        }
                        <ol class="rows">{ for rows.map(|row| render_row(props, row, when)) }</ol>
                        // Only the last rendered day has a spacer below; it is removed when other days follow.
                        if first + at == last {
                            <div class="day__after" />
                        }
                    </div>
                </section>
            }
        })
        .collect()
}

struct DayHeading {
    html: Html,
    is_today: bool,
}

fn render_day_heading(props: &ListProps, group: &DateGroup, monthly: bool) -> DayHeading {
    let (dates, texts) = (props.scene.ui.dates(), props.scene.ui.library());
    let count = match group.rows.len() {
        1 => texts.article.to_owned(),
        count => texts.articles(count as u64),
    };
    let Some(date) = group.date else {
        let html = html! {
            <h2 class="day__h" translate="no">
                <span class="day__m day__m--alone">{ texts.undated }</span>
                <span class="day__n">{ count }</span>
            </h2>
        };
        return DayHeading { html, is_today: false };
    };
    let today = !monthly && date == today();
    let (numeral, rest) = match monthly {
        true => (dates.month(date), dates.year(date)),
        false if today => (date.day.to_string(), format!("{} {}", texts.today, dates.weekday(date))),
        false => (date.day.to_string(), format!("{} {}", dates.month(date), dates.weekday(date))),
    };
    let (href, onclick) = page_link(&props.scene.navigate, front_page_of(date, monthly));
    let front = if monthly { props.scene.ui.front_page().monthly } else { props.scene.ui.front_page().name };
    let html = html! {
        <h2 class="day__h" translate="no">
            // The list is one stop of the Tab key, so this is none: a command leads here as well.
            <a class="day__a" {href} {onclick} tabindex="-1" title={front}>
                <span class={classes!("day__d", monthly.then_some("day__d--month"))}>{ numeral }</span>
                <span class="day__m">{ rest }</span>
                if !monthly && date.year != this_year() {
                    <span class="day__m">{ dates.year(date) }</span>
                }
            </a>
            <span class="day__n">{ count }</span>
        </h2>
    };
    DayHeading { html, is_today: today }
}

pub(super) fn render_row(props: &ListProps, at: usize, when: DateDisplay) -> Html {
    let LibraryContext { archive, results: found, ui, navigate, keeper, .. } = &props.scene;
    let ordinal = found.selection.ordinals[at];
    let starts = (*props.groups).as_ref().is_some_and(|groups| {
        groups.group_of_row(at).is_some_and(|group| groups.groups[group].rows.start == at)
    });
    let current = props.current == Some(ordinal);
    let first = starts.then_some("true");
    let row = match props.pages.request_row(ordinal, found.search.is_some()) {
        Ok(Some(row)) => row,
        Ok(None) => {
            return html! { <li class="row is-blank" key={ordinal} data-row={at.to_string()} data-first={first} /> };
        }
        Err(error) => {
            let retry = {
                let pages = props.pages.clone();
                Callback::from(move |_: MouseEvent| pages.retry())
            };
            let texts = ui.library();
            let is_away = matches!(error, ArchiveError::Store(error) if error.offline);
            let text = if is_away { ui.offline().rows_unavailable } else { texts.row_failed };
            return html! {
                <li class="row is-failed" key={ordinal} data-row={at.to_string()} data-first={first}>
                    <p class="row__f">{ text }<button class="link" onclick={retry}>{ texts.retry }</button></p>
                </li>
            };
        }
    };
    let task = found.search.as_ref().and_then(|search| search.task.clone());
    let marked = keeper.data().flag_state(row.id);
    let state_class = if marked.read { "is-read" } else { "is-unread" };
    let stop = if props.current.is_some() { current } else { at == 0 };
    html! {
        <li class={classes!("row", state_class, marked.starred.then_some("is-starred"), current.then_some("is-current"))} key={ordinal} data-row={at.to_string()} data-first={first}>
            <ListRow archive={archive.clone()} {ordinal} {task}
                other_sources={other_sources(&props.scene, ordinal)} date_display={when} this_year={this_year()} href={found.article_url(row.id)} is_tab_stop={stop} compact={props.compact}
                is_current={current} is_available={props.scene.offline_articles.as_ref().is_none_or(|kept| kept.get(ordinal as usize) == Some(&true))}
                ui={*ui} open={navigate.reform(RouteAction::Open)} flags={marked} toggle_flag={props.scene.toggle_flag.clone()} {row} />
        </li>
    }
}

/// Names of the other sources with the same text.
fn other_sources(scene: &LibraryContext, ordinal: u32) -> AttrValue {
    let LibraryContext { archive, results: found, .. } = scene;
    let group = found.facets.duplicates.iter().find(|group| group.contains(&ordinal));
    let source = |ordinal: u32| Some(found.facets.column.get(ordinal)?.0);
    let own = source(ordinal);
    let mut others: Vec<u16> = group
        .into_iter()
        .flatten()
        .filter_map(|&other| source(other))
        .filter(|other| Some(*other) != own)
        .collect();
    small_sort::sort(&mut others);
    others.dedup();
    let names = others.iter().filter_map(|&at| archive.manifest().sources.get(usize::from(at)));
    names
        .map(|source| source.name.as_str())
        .collect::<Vec<_>>()
        .join(scene.ui.library().list_separator)
        .into()
}

fn this_year() -> i32 {
    today().year
}
