//! Rendering of the visible part of the list: day headings and rows.

use super::ListProps;
use crate::app::i18n::{fill, number};
use crate::app::library::Scene;
use crate::app::library::row::{ListRow, When};
use crate::app::library::today;
use crate::app::pages::front::{page_of, to_page};
use crate::archive::ArchiveError;
use crate::order;
use crate::view::{Action, Group, Groups};
use std::ops::Range;
use yew::prelude::*;

pub(super) fn draw_groups(props: &ListProps, groups: &Groups, drawn: &Range<usize>) -> Html {
    let (Some(first), Some(last)) = (groups.at(drawn.start), groups.at(drawn.end - 1)) else {
        return Html::default();
    };
    let when = if groups.monthly { When::Day } else { When::Clock };
    groups.groups[first..=last]
        .iter()
        .enumerate()
        .map(|(at, group)| {
            let rows = group.rows.start.max(drawn.start)..group.rows.end.min(drawn.end);
            let head = draw_head(props, group, groups.monthly);
            html! {
                <section class={classes!("day", (first + at == 0).then_some("day--first"), head.today.then_some("is-today"))}
                    key={group.rows.start} data-start={group.rows.start.to_string()}
                    data-end={group.rows.end.to_string()}>
                    { head.html }
                    <div class="day__rows">
                        if at == 0 {
                            <div class="day__before" />
                        }
                        <ol class="rows">{ for rows.map(|row| draw_row(props, row, when)) }</ol>
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

struct Head {
    html: Html,
    today: bool,
}

fn draw_head(props: &ListProps, group: &Group, monthly: bool) -> Head {
    let (dates, texts) = (props.scene.ui.dates(), props.scene.ui.library());
    let count = match group.rows.len() {
        1 => texts.article.to_owned(),
        count => fill(texts.articles, &[&number(count as u64)]),
    };
    let Some(date) = group.date else {
        let html = html! {
            <h2 class="day__h" translate="no">
                <span class="day__m day__m--alone">{ texts.undated }</span>
                <span class="day__n">{ count }</span>
            </h2>
        };
        return Head { html, today: false };
    };
    let today = !monthly && date == today();
    let (numeral, rest) = match monthly {
        true => (dates.month(date), dates.year(date)),
        false if today => (date.day.to_string(), format!("{} {}", texts.today, dates.weekday(date))),
        false => (date.day.to_string(), format!("{} {}", dates.month(date), dates.weekday(date))),
    };
    let (href, onclick) = to_page(&props.scene.navigate, page_of(date, monthly));
    let front = if monthly { props.scene.ui.front().monthly } else { props.scene.ui.front().name };
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
    Head { html, today }
}

pub(super) fn draw_row(props: &ListProps, at: usize, when: When) -> Html {
    let Scene { archive, found, ui, navigate, keeper, .. } = &props.scene;
    let ordinal = found.selection.ordinals[at];
    let starts = (*props.groups)
        .as_ref()
        .is_some_and(|groups| groups.at(at).is_some_and(|group| groups.groups[group].rows.start == at));
    let current = props.current == Some(ordinal);
    let first = starts.then_some("true");
    let row = match props.pages.row(ordinal, found.search.is_some()) {
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
            let is_away = matches!(error, ArchiveError::Store(error) if error.away);
            let text = if is_away { ui.offline().rows_not_kept } else { texts.row_failed };
            return html! {
                <li class="row is-failed" key={ordinal} data-row={at.to_string()} data-first={first}>
                    <p class="row__f">{ text }<button class="link" onclick={retry}>{ texts.again }</button></p>
                </li>
            };
        }
    };
    let judge = found.search.as_ref().map(|search| search.judge.clone());
    let marked = keeper.kept().marked(row.id);
    let state_class = if marked.read { "is-read" } else { "is-unread" };
    let stop = if props.current.is_some() { current } else { at == 0 };
    html! {
        <li class={classes!("row", state_class, marked.starred.then_some("is-starred"), current.then_some("is-current"))} key={ordinal} data-row={at.to_string()} data-first={first}>
            <ListRow archive={archive.clone()} {ordinal} query={found.search.is_some().then(|| found.query.clone())}
                {judge} also={also(&props.scene, ordinal)} {when} this_year={this_year()} href={found.address(row.id)} {stop} compact={props.compact}
                {current} stored={props.scene.kept.as_ref().is_none_or(|kept| kept.get(ordinal as usize) == Some(&true))}
                ui={*ui} open={navigate.reform(Action::Open)} {marked} mark={props.scene.mark.clone()} {row} />
        </li>
    }
}

/// Names of the other sources with the same text.
fn also(scene: &Scene, ordinal: u32) -> AttrValue {
    let Scene { archive, found, .. } = scene;
    let group = found.facets.same.iter().find(|group| group.contains(&ordinal));
    let source = |ordinal: u32| Some(found.facets.column.get(ordinal)?.0);
    let own = source(ordinal);
    let mut others: Vec<u16> = group
        .into_iter()
        .flatten()
        .filter_map(|&other| source(other))
        .filter(|other| Some(*other) != own)
        .collect();
    order::sort(&mut others);
    others.dedup();
    let names = others.iter().filter_map(|&at| archive.manifest().sources.get(usize::from(at)));
    names.map(|source| source.name.as_str()).collect::<Vec<_>>().join(scene.ui.library().comma).into()
}

fn this_year() -> i32 {
    today().year
}
