//! Front page of a day: its articles by source, the most important first, and the same day in other years.

use super::frame::{Scrolled, frame, use_page};
use super::stories::{rows, stories, use_related};
use crate::app::components::icon::{Shape, icon, small_icon};
use crate::app::handle::{Archive, Shared};
use crate::app::hooks::{Pages, RowAt, use_effect_with};
use crate::app::i18n::{Ui, fill, number};
use crate::app::reader::Watch;
use crate::app::script::Script;
use crate::archive::Facets;
use crate::model::Date;
use crate::order;
use crate::search::{Filter, Period};
use crate::view::{Action, Around, Front, Page, State};
use std::ops::Range;
use web_sys::Element;
use yew::prelude::*;

#[derive(Clone, Properties, PartialEq)]
pub struct FrontPageProps {
    pub archive: Archive,
    pub period: Period,
    pub facets: Shared<Facets>,
    pub pages: Pages,
    pub script: Script,
    pub ui: Ui,
    pub navigate: Callback<Action>,
    pub replace: Callback<Action>,
    pub scrolled: Scrolled,
}

/// A month with more articles lists its days instead.
const MOST: usize = 200;
/// Titles shown per year.
const TITLES: usize = 3;

/// Front page of a day or a month.
#[component]
pub fn FrontPage(props: &FrontPageProps) -> Html {
    let FrontPageProps { archive, period, facets, ui, .. } = props;
    let around = use_memo((facets.clone(), *period), |(facets, period)| Around::of(*period, &facets.days));
    let by_days = period.day.is_none() && around.own.len() > MOST;
    let wanted = if by_days { 0..0 } else { around.own.clone() };
    let related = use_related(archive, wanted.clone());
    let rows = rows(&props.pages, wanted.clone());
    let here = matches!((&rows, &related), (Ok(Some(_)), Some(_)));
    let name = heading_text(*period, *ui);
    use_page(Page::Front(*period), &name, archive.manifest().name(), here, &props.scrolled);
    let body = match (&rows, &related) {
        _ if around.own.is_empty() => empty(props),
        (Err(_), _) => failed(props),
        (Ok(Some(rows)), Some(related)) => {
            let front = Front::of(&stories(rows, wanted.start, related, facets));
            html! { <>{ leads(props, &front, rows, wanted.start) }{ sections(props, &front, rows, wanted.start) }</> }
        }
        _ => html! { <div class="front__wait" /> },
    };
    let tools = neighbours(props, &around);
    let page = html! {
        <>
            { nameplate(props, &around) }
            { body }
            if by_days || period.day.is_none() && around.days.len() > 1 {
                { days(props, &around) }
            }
            if !around.other_years.is_empty() {
                <OtherYears archive={archive.clone()} period={*period} years={around.other_years.clone()}
                    pages={props.pages.clone()} ui={*ui} navigate={props.navigate.clone()} />
            }
        </>
    };
    frame(("front", &name), *ui, &props.navigate, tools, page)
}

fn heading_text(period: Period, ui: Ui) -> String {
    ui.dates().period(period)
}

/// Returns address and click handler of a link to a page.
pub fn to_page(navigate: &Callback<Action>, page: Page) -> (String, Callback<MouseEvent>) {
    let href = State::default().apply(Action::Show(page)).to_url();
    (href, plain_click(navigate, Action::Show(page)))
}

/// Handles a plain click; one for a new tab or window is left to the browser.
fn plain_click(navigate: &Callback<Action>, action: Action) -> Callback<MouseEvent> {
    let navigate = navigate.clone();
    Callback::from(move |event: MouseEvent| {
        let held = event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key();
        if event.button() == 0 && !held {
            event.prevent_default();
            navigate.emit(action.clone());
        }
    })
}

fn nameplate(props: &FrontPageProps, around: &Around) -> Html {
    let FrontPageProps { archive, period, facets, ui, .. } = props;
    let (dates, texts) = (ui.dates(), ui.front());
    let date = period.start();
    let count = around.own.len();
    let articles = match count {
        0 => None,
        1 => Some(ui.library().article.to_owned()),
        count => Some(fill(ui.library().articles, &[&number(count as u64)])),
    };
    let mut sources: Vec<u16> =
        around.own.clone().filter_map(|ordinal| Some(facets.column.get(ordinal)?.0)).collect();
    order::sort(&mut sources);
    sources.dedup();
    let sources = (sources.len() > 1).then(|| fill(texts.sources, &[&number(sources.len() as u64)]));
    let line = [articles, sources].into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let today = period.day.is_some() && date == crate::app::library::today();
    let (numeral, first, second) = match period.day {
        Some(day) => (day.to_string(), dates.month_and_year(date), dates.weekday(date)),
        None => (dates.month(date), dates.year(date), String::new()),
    };
    let kind = if period.day.is_some() { texts.name } else { texts.monthly };
    html! {
        <header class="front__n">
            <p class="front__k"><b>{ archive.manifest().name().to_owned() }</b>{ kind }</p>
            <h1 class={classes!("front__h", today.then_some("is-today"))} aria-label={heading_text(*period, *ui)}>
                <span class={classes!("front__d", period.day.is_none().then_some("front__d--month"))}>{ numeral }</span>
                <span class="front__m">
                    <span>{ first }</span>
                    if !second.is_empty() { <span>{ second }</span> }
                </span>
            </h1>
            <p class="front__c">{ line }</p>
        </header>
    }
}

fn neighbours(props: &FrontPageProps, around: &Around) -> Html {
    let texts = props.ui.front();
    let link = |period: Option<Period>, label: &'static str, shape: Shape, next: bool| {
        let period = period?;
        let (href, onclick) = to_page(&props.replace, Page::Front(period));
        let dates = props.ui.dates();
        let date = match (period.day, period.year == props.period.year) {
            (Some(_), true) => dates.month_and_day(period.start()),
            _ => dates.period(period),
        };
        let label = format!("{label} {}", dates.period(period));
        Some(html! {
            <a class="front__to" {href} {onclick} aria-label={label} rel={if next { "next" } else { "prev" }}>
                if !next { { icon(shape) } }<span>{ date }</span>if next { { icon(shape) } }
            </a>
        })
    };
    let [previous, next] = around.neighbours;
    html! {
        <nav class="front__nav" aria-label={texts.neighbours}>
            { link(previous, texts.previous, Shape::Back, false) }
            { link(next, texts.next, Shape::Forward, true) }
        </nav>
    }
}

/// Returns address and click handler of an article, opened in the list of its day.
fn open(props: &FrontPageProps, row: &RowAt) -> (String, Callback<MouseEvent>) {
    let action = Action::OpenIn(Filter::Date(Some(props.period)).add_to(""), row.id);
    let href = State::default().apply(action.clone()).to_url();
    (href, plain_click(&props.navigate, action))
}

fn leads(props: &FrontPageProps, front: &Front, rows: &[RowAt], first: u32) -> Html {
    let lead = |(at, ordinal): (usize, &u32)| {
        let row = rows.get((ordinal - first) as usize)?;
        let (href, onclick) = open(props, row);
        let lang = props.script.tag(row.lang);
        Some(html! {
            <article class={if at == 0 { "lead1" } else { "lead2" }}>
                <a {href} {onclick}>
                    if let Some(picture) = row.picture.as_ref().filter(|_| at == 0) {
                        <img class="lead1__p" src={picture.as_str().to_owned()} alt="" decoding="async" />
                    }
                    <h2 {lang}>{ props.script.text(&row.title, row.lang) }</h2>
                    <p class="lead__x" {lang}>{ props.script.text(&row.excerpt, row.lang) }</p>
                    { meta(props, row, true) }
                </a>
            </article>
        })
    };
    let drawn = front.leads.iter().enumerate().filter_map(lead);
    html! { <div class={classes!("front__top", (front.leads.len() == 1).then_some("is-single"))}>{ for drawn }</div> }
}

/// Source, time and minutes below a title.
fn meta(props: &FrontPageProps, row: &RowAt, source: bool) -> Html {
    let dates = props.ui.dates();
    let time = row.time.map(|time| match props.period.day {
        Some(_) => dates.clock(time),
        None => dates.month_and_day(time.date()),
    });
    html! {
        <p class="front__t">
            if source { <b>{ props.archive.manifest().source_name(&row.source).to_owned() }</b> }
            if let (Some(text), Some(time)) = (time, row.time) { <time datetime={time.to_string()}>{ text }</time> }
            <span>{ fill(props.ui.library().minutes, &[&row.minutes().to_string()]) }</span>
        </p>
    }
}

fn sections(props: &FrontPageProps, front: &Front, rows: &[RowAt], first: u32) -> Html {
    let sources = &props.archive.manifest().sources;
    let section = |(source, ordinals): &(u16, Vec<u32>)| {
        let name = sources.get(usize::from(*source)).map(|source| source.name.clone()).unwrap_or_default();
        let rows = ordinals.iter().filter_map(|ordinal| rows.get((ordinal - first) as usize)).enumerate();
        html! {
            <section class="front__s">
                <h2 class="front__sh"><span>{ name }</span><span>{ number(ordinals.len() as u64) }</span></h2>
                <ol>{ for rows.map(|(at, row)| item(props, row, at == 0)) }</ol>
            </section>
        }
    };
    // Few articles in many columns would leave most columns empty.
    let count: usize = front.sections.iter().map(|(_, section)| section.len()).sum();
    let few = match count {
        1 => Some("is-one"),
        2 => Some("is-two"),
        _ => None,
    };
    html! {
        if !front.sections.is_empty() {
            <div class={classes!("front__cols", few)}>{ for front.sections.iter().map(section) }</div>
        }
    }
}

/// Title; the first of a source also has its excerpt.
fn item(props: &FrontPageProps, row: &RowAt, says_more: bool) -> Html {
    let (href, onclick) = open(props, row);
    let lang = props.script.tag(row.lang);
    html! {
        <li>
            <a {href} {onclick}>
                <h3 {lang}>{ props.script.text(&row.title, row.lang) }</h3>
                if says_more && !row.excerpt.is_empty() {
                    <p class="front__x" {lang}>{ props.script.text(&row.excerpt, row.lang) }</p>
                }
                { meta(props, row, false) }
            </a>
        </li>
    }
}

fn days(props: &FrontPageProps, around: &Around) -> Html {
    let most = around.days.iter().map(|(_, range)| range.len()).max().unwrap_or(0).max(1);
    let day = |(period, range): &(Period, Range<u32>)| {
        let (href, onclick) = to_page(&props.navigate, Page::Front(*period));
        let date = period.start();
        let width = (range.len() * 100).div_ceil(most);
        html! {
            <li>
                <a class="front__day" {href} {onclick}>
                    <b>{ date.day }</b><span>{ props.ui.dates().weekday(date) }</span>
                    <svg viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true"><rect width={width.to_string()} height="4" /></svg>
                    <span>{ number(range.len() as u64) }</span>
                </a>
            </li>
        }
    };
    html! {
        <section class="front__more">
            <h2 class="after__h">{ props.ui.front().days }</h2>
            <ol class="front__days">{ for around.days.iter().map(day) }</ol>
        </section>
    }
}

fn empty(props: &FrontPageProps) -> Html {
    let texts = props.ui.front();
    html! {
        <div class="blank">
            <span class="blank__i">{ icon(Shape::Page) }</span>
            <p class="blank__h">{ texts.empty }</p>
            <p class="blank__p">{ texts.empty_hint }</p>
        </div>
    }
}

fn failed(props: &FrontPageProps) -> Html {
    let pages = props.pages.clone();
    let again = Callback::from(move |_: MouseEvent| pages.retry());
    html! {
        <div class="blank">
            <p class="blank__h">{ props.ui.front().failed }</p>
            <div class="blank__b"><button class="btn btn--ink" onclick={again}>{ props.ui.library().again }</button></div>
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct OtherYearsProps {
    archive: Archive,
    period: Period,
    years: Vec<(Period, Range<u32>)>,
    pages: Pages,
    ui: Ui,
    navigate: Callback<Action>,
}

/// The same day in other years. Titles are requested when the section comes near the viewport.
#[component]
fn OtherYears(props: &OtherYearsProps) -> Html {
    let script = use_context::<Script>().unwrap_or_default();
    let near = use_state_eq(|| None::<Period>);
    let place = use_node_ref();
    {
        let near = near.setter();
        use_effect_with((place.clone(), props.period), move |(place, period)| {
            let period = *period;
            let watch =
                place.cast::<Element>().map(|place| Watch::new(&place, move || near.set(Some(period))));
            move || drop(watch)
        });
    }
    let is_near = *near == Some(props.period);
    let texts = props.ui.front();
    let year = |(period, range): &(Period, Range<u32>)| {
        let (href, onclick) = to_page(&props.navigate, Page::Front(*period));
        let titles = if is_near { longest(&props.pages, range) } else { Vec::new() };
        html! {
            <li>
                <a class="front__y" {href} {onclick}>
                    <span class="front__yn">{ props.ui.dates().year(period.start()) }</span>
                    <span class="front__yt">
                        { for titles.iter().map(|row| html! {
                            <span lang={script.tag(row.lang)}>{ script.text(&row.title, row.lang) }</span>
                        }) }
                    </span>
                    <span class="front__yc">{ number(range.len() as u64) }{ small_icon(Shape::Forward) }</span>
                </a>
            </li>
        }
    };
    let name = if props.period.day.is_some() { texts.other_years } else { texts.other_months };
    html! {
        <section class="front__more" ref={place}>
            <h2 class="after__h">{ name }</h2>
            <ol>{ for props.years.iter().map(year) }</ol>
        </section>
    }
}

/// Returns the longest articles of a range, at most of its first page; empty until loaded.
fn longest(pages: &Pages, range: &Range<u32>) -> Vec<RowAt> {
    let some = range.start..range.end.min(range.start + crate::archive::PAGE);
    let Ok(Some(mut rows)) = rows(pages, some) else { return Vec::new() };
    order::sort_by_key(&mut rows, |row| std::cmp::Reverse(row.seconds()));
    rows.truncate(TITLES);
    rows
}

/// Returns the front page of the day or month of a date.
pub fn page_of(date: Date, monthly: bool) -> Page {
    Page::Front(Period { year: date.year, month: Some(date.month), day: (!monthly).then_some(date.day) })
}
