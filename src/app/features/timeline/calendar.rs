//! Calendar that chooses a year, a month or a day.

use crate::app::i18n::{Locale, format_number};
use crate::app::state::{LibraryView, Navigation, use_library_view};
use crate::app::ui::hooks::use_focus_fallback;
use crate::archive::years_with_articles;
use crate::model::Date;
use crate::search::{CalendarCell, CalendarPage, Filter, Period};
use crate::view_model::RouteAction;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

/// Element id of the button that names the page of the calendar.
const CURRENT_PAGE_ID: &str = "calendar-page";

/// Cells with the numbers of articles: years, then the months of the chosen year, then the days of the chosen month.
/// The page follows the range of the query. A pressed cell is released to the period around it. Below the years are
/// the months of the latest year with articles.
#[component]
pub fn Calendar() -> Html {
    let view = use_library_view();
    // Other results replace or disable the focused cell.
    use_focus_fallback(Some(CURRENT_PAGE_ID), view.clone());
    let Some(view) = view else { return Html::default() };
    let LibraryView { archive, results: found, navigation, ui, .. } = &view;
    let Navigation { navigate, replace } = navigation;
    let (texts, dates) = (ui.timeline(), ui.dates());
    let (from, to) = found.query.date_range().unwrap_or_default();
    let page = CalendarPage::of_range(from, to);
    let chosen = |period: Period| {
        from.map(Period::start) == Some(period.start()) && to.map(Period::start) == Some(period.end())
    };
    let choose = {
        let base = found.query.remove_date_range(&found.query_text);
        // The way to a day is one step of the history.
        let act = if from.is_some() || to.is_some() { replace.clone() } else { navigate.clone() };
        move |period: Option<Period>| {
            let query = match period {
                Some(period) => Filter::Date(Some(period)).add_to(&base),
                None => base.clone(),
            };
            act.reform(move |_: MouseEvent| RouteAction::Search(query.clone()))
        }
    };
    let mut years = years_with_articles(archive.manifest());
    years.reverse();
    let parents = page.parents();
    let crumb = |period: Option<Period>, name: String| {
        let id = (parents.last().copied() == period).then_some(CURRENT_PAGE_ID);
        let pressed = match period {
            Some(period) => chosen(period),
            None => parents.is_empty(),
        };
        html! { <button {id} type="button" class="cal__c" aria-pressed={pressed.to_string()} onclick={choose(period)}>{ name }</button> }
    };
    let cell = |cell: CalendarCell| {
        let CalendarCell { period, count } = cell;
        let pressed = chosen(period);
        let label = match (period.month, period.day) {
            (_, Some(day)) => day.to_string(),
            (Some(_), None) => dates.month(period.start()),
            (None, None) => period.year.to_string(),
        };
        let name = texts.calendar_cell(&dates.period(period), &ui.library().articles(count.into()));
        // A pressed day is released to its month; a month or a year opens its own page.
        let target = if pressed { parents.last().copied() } else { Some(period) };
        html! {
            <button key={name.clone()} type="button" class="cal__d" aria-pressed={pressed.to_string()}
                disabled={count == 0 && !pressed} onclick={choose(target)}>
                <span class="vh">{ name }</span>
                <b aria-hidden="true">{ label }</b>
                <small aria-hidden="true">{ if count > 0 { format_number(count) } else { String::new() } }</small>
            </button>
        }
    };
    let cells_of = |page: CalendarPage| page.cells(&found.selection.counts.days, &years);
    let grid = |label: String, cells: Vec<CalendarCell>| {
        html! {
            <div class="cal__g" role="group" aria-label={label} onkeydown={arrow_keys(4)}>{ for cells.into_iter().map(cell) }</div>
        }
    };
    let cells = cells_of(page);
    let grids = match page {
        CalendarPage::Days(year, month) => {
            let first = Date { year, month, day: 1 };
            let blanks = first.weekday();
            html! {
                <div class="cal__g cal__g--days" role="group" aria-label={dates.month_and_year(first)} onkeydown={arrow_keys(7)}>
                    { for weekday_names(*ui).into_iter().map(|name| html! { <i aria-hidden="true">{ name }</i> }) }
                    { for (0..blanks).map(|_| html! { <span /> }) }
                    { for cells.into_iter().map(cell) }
                </div>
            }
        }
        CalendarPage::Months(_) => grid(texts.calendar.to_owned(), cells),
        CalendarPage::Years => {
            let latest = cells.iter().rev().find(|cell| cell.count > 0).map(|cell| cell.period);
            html! {
                <>
                    { grid(texts.calendar.to_owned(), cells) }
                    if let Some(year) = latest {
                        <p class="cal__y" aria-hidden="true">{ dates.period(year) }</p>
                        { grid(dates.period(year), cells_of(CalendarPage::Months(year.year))) }
                    }
                </>
            }
        }
    };
    html! {
        <div class="cal">
            <div class="cal__h">
                { crumb(None, texts.all_dates.to_owned()) }
                { for parents.iter().map(|&period| crumb(Some(period), match period.month {
                    Some(_) => dates.month(period.start()),
                    None => dates.period(period),
                })) }
            </div>
            { grids }
        </div>
    }
}

/// Short names of the days of the week, from Monday on.
fn weekday_names(ui: Locale) -> Vec<String> {
    // 1 January 2024 was a Monday.
    (1..=7).map(|day| ui.dates().weekday(Date { year: 2024, month: 1, day })).collect()
}

/// Moves the focus among the cells of a grid with `columns` columns.
fn arrow_keys(columns: i32) -> Callback<KeyboardEvent> {
    Callback::from(move |event: KeyboardEvent| {
        let step = match event.key().as_str() {
            "ArrowLeft" => -1,
            "ArrowRight" => 1,
            "ArrowUp" => -columns,
            "ArrowDown" => columns,
            _ => return,
        };
        if move_focus(&event, step).is_some() {
            event.prevent_default();
        }
    })
}

/// Moves the focus `step` children on; skips cells without articles.
fn move_focus(event: &KeyboardEvent, step: i32) -> Option<()> {
    let cell = event.target()?.dyn_into::<Element>().ok()?;
    let cells = cell.parent_element()?.children();
    let at = (0..cells.length()).find(|&at| cells.item(at).as_ref() == Some(&cell))?;
    let mut at = at as i32 + step;
    while let Some(next) = u32::try_from(at).ok().and_then(|at| cells.item(at)) {
        if next.matches("button:enabled").unwrap_or_default() {
            let next = next.dyn_into::<HtmlElement>().ok()?;
            return next.focus().ok();
        }
        at += step;
    }
    None
}
