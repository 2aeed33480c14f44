//! Front page of a day: its articles by source, the most important first, and the same day in other years.

pub mod data;
use self::data::{front_articles, loaded_rows, use_related_lists};
use crate::app::i18n::{Locale, format_number};
use crate::app::services::rc_eq::ArchiveHandle;
use crate::app::services::{use_effect_with, use_shared};
use crate::app::state::script_conversion::ScriptContext;
use crate::app::state::{
    ArchiveContext, Catalogue, CatalogueRow, Navigation, use_locale, use_navigation, use_rows,
};
use crate::app::ui::article_link::{ArticleLink, LinkTarget};
use crate::app::ui::icon::{IconKind, icon, small_icon};
use crate::app::ui::page_layout::{page_layout, use_page};
use crate::app::ui::title_text::title_text;
use crate::app::ui::{SavedPageScroll, ViewportObserver};
use crate::archive::{Facets, ROWS_PER_PAGE};
use crate::search::{Filter, Period};
use crate::small_sort;
use crate::view_model::{FrontPageLayout, PeriodNeighbours, RouteAction, RoutePage};
use std::ops::Range;
use web_sys::Element;
use yew::prelude::*;

#[derive(Clone, Properties, PartialEq)]
pub struct FrontPageViewProps {
    pub period: Period,
    pub scrolled: SavedPageScroll,
}

/// A month with more articles lists its days instead.
const MAX_LISTED_ARTICLES: usize = 200;
/// Titles shown per year.
const TITLES_PER_YEAR: usize = 3;

/// Front page of a day or a month.
#[component]
pub fn FrontPageView(props: &FrontPageViewProps) -> Html {
    let (context, catalogue) = (use_shared::<ArchiveContext>(), use_shared::<Catalogue>());
    let (ui, navigation) = (use_locale(), use_navigation());
    let script = use_shared::<ScriptContext>().unwrap_or_default();
    let (Some(ArchiveContext { archive, facets }), Some(catalogue)) = (context, catalogue) else {
        return Html::default();
    };
    let period = &props.period;
    let around =
        use_memo((facets.clone(), *period), |(facets, period)| PeriodNeighbours::new(*period, &facets.days));
    let by_days = period.day.is_none() && around.ordinals.len() > MAX_LISTED_ARTICLES;
    let wanted = if by_days { 0..0 } else { around.ordinals.clone() };
    let related = use_related_lists(&archive, wanted.clone());
    use_rows(&catalogue, wanted.clone().collect(), false);
    let rows = loaded_rows(&catalogue, wanted.clone());
    let here = matches!((&rows, &related), (Ok(Some(_)), Some(_)));
    let name = heading_text(*period, ui);
    let page = FrontPage {
        archive: &archive,
        period: *period,
        facets: &facets,
        script: &script,
        ui,
        navigation: &navigation,
    };
    use_page(RoutePage::Front(*period), &name, archive.manifest().display_name(), here, &props.scrolled);
    let body = match (&rows, &related) {
        _ if around.ordinals.is_empty() => page.empty_day(),
        (Err(_), _) => page.load_error(&catalogue),
        (Ok(Some(rows)), Some(related)) => {
            let front = FrontPageLayout::new(&front_articles(rows, wanted.start, related, &facets));
            html! { <>{ page.leads(&front, rows, wanted.start) }{ page.sections(&front, rows, wanted.start) }</> }
        }
        _ => html! { <div class="front__wait" /> },
    };
    let tools = page.neighbour_links(&around);
    let content = html! {
        <>
            { page.nameplate(&around) }
            { body }
            if by_days || period.day.is_none() && around.days.len() > 1 {
                { page.days(&around) }
            }
            if !around.other_years.is_empty() {
                <OtherYears period={*period} years={around.other_years.clone()} />
            }
        </>
    };
    page_layout(("front", &name), ui, &navigation.navigate, tools, content)
}

fn heading_text(period: Period, ui: Locale) -> String {
    ui.dates().period(period)
}

/// Renderer of a front page's parts.
struct FrontPage<'a> {
    archive: &'a ArchiveHandle,
    period: Period,
    facets: &'a Facets,
    script: &'a ScriptContext,
    ui: Locale,
    navigation: &'a Navigation,
}

impl FrontPage<'_> {
    fn nameplate(&self, around: &PeriodNeighbours) -> Html {
        let FrontPage { archive, period, facets, ui, .. } = self;
        let (dates, texts) = (ui.dates(), ui.front_page());
        let date = period.start();
        let count = around.ordinals.len();
        let articles = (count > 0).then(|| ui.library().articles(count as u64));
        let mut sources: Vec<u16> =
            around.ordinals.clone().filter_map(|ordinal| Some(facets.column.get(ordinal)?.0)).collect();
        small_sort::sort(&mut sources);
        sources.dedup();
        let sources = (sources.len() > 1).then(|| texts.sources(sources.len() as u64));
        let line = [articles, sources].into_iter().flatten().collect::<Vec<_>>().join(" · ");
        let today = period.day.is_some() && date == crate::app::services::clock::today();
        let (numeral, first, second) = match period.day {
            Some(day) => (day.to_string(), dates.month_and_year(date), dates.weekday(date)),
            None => (dates.month(date), dates.year(date), String::new()),
        };
        let kind = if period.day.is_some() { texts.name } else { texts.monthly };
        html! {
            <header class="front__n">
                <p class="front__k"><b>{ archive.manifest().display_name().to_owned() }</b>{ kind }</p>
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

    fn neighbour_links(&self, around: &PeriodNeighbours) -> Html {
        let texts = self.ui.front_page();
        let link = |period: Option<Period>, label: &'static str, shape: IconKind, next: bool| {
            let period = period?;
            let to = LinkTarget::page(&self.navigation.replace, RoutePage::Front(period));
            let dates = self.ui.dates();
            let date = match (period.day, period.year == self.period.year) {
                (Some(_), true) => dates.month_and_day(period.start()),
                _ => dates.period(period),
            };
            let label = format!("{label} {}", dates.period(period));
            Some(html! {
                <ArticleLink class="front__to" {to} rel={if next { "next" } else { "prev" }}>
                    if !next { { icon(shape) } }<span class="vh">{ label }</span><span aria-hidden="true">{ date }</span>if next { { icon(shape) } }
                </ArticleLink>
            })
        };
        let [previous, next] = around.adjacent;
        html! {
            <nav class="front__nav" aria-label={texts.neighbours}>
                { link(previous, texts.previous, IconKind::Back, false) }
                { link(next, texts.next, IconKind::Forward, true) }
            </nav>
        }
    }

    /// Target of a link to an article, opened in the list of its day.
    fn article_in_day(&self, row: &CatalogueRow) -> LinkTarget {
        let action = RouteAction::OpenIn(Filter::Date(Some(self.period)).add_to(""), row.id);
        LinkTarget::route(&self.navigation.navigate, action)
    }

    fn leads(&self, front: &FrontPageLayout, rows: &[CatalogueRow], first: u32) -> Html {
        let lead = |(at, ordinal): (usize, &u32)| {
            let row = rows.get((ordinal - first) as usize)?;
            let to = self.article_in_day(row);
            let lang = self.script.tag(row.lang);
            Some(html! {
                <article class={if at == 0 { "lead1" } else { "lead2" }}>
                    <ArticleLink {to}>
                        if let Some(picture) = row.picture.as_ref().filter(|_| at == 0) {
                            <img class="lead1__p" src={picture.as_str().to_owned()} alt="" decoding="async" />
                        }
                        <h2 {lang}>{ title_text(self.script, &row.title, row.lang) }</h2>
                        <p class="lead__x" {lang}>{ self.script.text(&row.excerpt, row.lang) }</p>
                        { self.meta(row, true) }
                    </ArticleLink>
                </article>
            })
        };
        let drawn = front.leads.iter().enumerate().filter_map(lead);
        html! { <div class={classes!("front__top", (front.leads.len() == 1).then_some("is-single"))}>{ for drawn }</div> }
    }

    /// Source, time and minutes below a title.
    fn meta(&self, row: &CatalogueRow, source: bool) -> Html {
        let dates = self.ui.dates();
        let time = row.time.map(|time| match self.period.day {
            Some(_) => dates.hour_minute(time),
            None => dates.month_and_day(time.date()),
        });
        html! {
            <p class="front__t">
                if source { <b>{ self.archive.manifest().source_name(&row.source).to_owned() }</b> }
                if let (Some(text), Some(time)) = (time, row.time) { <time datetime={time.to_string()}>{ text }</time> }
                <span>{ self.ui.library().minutes(row.reading_minutes().into()) }</span>
            </p>
        }
    }

    fn sections(&self, front: &FrontPageLayout, rows: &[CatalogueRow], first: u32) -> Html {
        let sources = &self.archive.manifest().sources;
        let section = |(source, ordinals): &(u16, Vec<u32>)| {
            let name =
                sources.get(usize::from(*source)).map(|source| source.name.clone()).unwrap_or_default();
            let rows = ordinals.iter().filter_map(|ordinal| rows.get((ordinal - first) as usize)).enumerate();
            html! {
                <section class="front__s">
                    <h2 class="front__sh"><span>{ name }</span><span>{ format_number(ordinals.len() as u64) }</span></h2>
                    <ol>{ for rows.map(|(at, row)| self.article_item(row, at == 0)) }</ol>
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
    fn article_item(&self, row: &CatalogueRow, says_more: bool) -> Html {
        let to = self.article_in_day(row);
        let lang = self.script.tag(row.lang);
        html! {
            <li>
                <ArticleLink {to}>
                    <h3 {lang}>{ title_text(self.script, &row.title, row.lang) }</h3>
                    if says_more && !row.excerpt.is_empty() {
                        <p class="front__x" {lang}>{ self.script.text(&row.excerpt, row.lang) }</p>
                    }
                    { self.meta(row, false) }
                </ArticleLink>
            </li>
        }
    }

    fn days(&self, around: &PeriodNeighbours) -> Html {
        let most = around.days.iter().map(|(_, range)| range.len()).max().unwrap_or(0).max(1);
        let day = |(period, range): &(Period, Range<u32>)| {
            let to = LinkTarget::page(&self.navigation.navigate, RoutePage::Front(*period));
            let date = period.start();
            let width = (range.len() * 100).div_ceil(most);
            html! {
                <li>
                    <ArticleLink class="front__day" {to}>
                        <b>{ date.day }</b><span>{ self.ui.dates().weekday(date) }</span>
                        <svg viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true"><rect width={width.to_string()} height="4" /></svg>
                        <span>{ format_number(range.len() as u64) }</span>
                    </ArticleLink>
                </li>
            }
        };
        html! {
            <section class="front__more">
                <h2 class="after__h">{ self.ui.front_page().days }</h2>
                <ol class="front__days">{ for around.days.iter().map(day) }</ol>
            </section>
        }
    }

    fn empty_day(&self) -> Html {
        let texts = self.ui.front_page();
        html! {
            <div class="blank">
                <span class="blank__i">{ icon(IconKind::Page) }</span>
                <p class="blank__h">{ texts.empty }</p>
                <p class="blank__p">{ texts.empty_hint }</p>
            </div>
        }
    }

    fn load_error(&self, catalogue: &Catalogue) -> Html {
        let catalogue = catalogue.clone();
        let again = Callback::from(move |_: MouseEvent| catalogue.retry());
        html! {
            <div class="blank">
                <p class="blank__h">{ self.ui.front_page().failed }</p>
                <div class="blank__b"><button class="btn btn--ink" onclick={again}>{ self.ui.library().retry }</button></div>
            </div>
        }
    }
}

#[derive(Properties, PartialEq)]
struct OtherYearsProps {
    period: Period,
    years: Vec<(Period, Range<u32>)>,
}

/// The same day in other years. Titles are requested when the section comes near the viewport.
#[component]
fn OtherYears(props: &OtherYearsProps) -> Html {
    let (ui, navigation, catalogue) = (use_locale(), use_navigation(), use_shared::<Catalogue>());
    let script = use_shared::<ScriptContext>().unwrap_or_default();
    let Some(catalogue) = catalogue else { return Html::default() };
    let near = use_state_eq(|| None::<Period>);
    let place = use_node_ref();
    {
        let near = near.setter();
        use_effect_with((place.clone(), props.period), move |(place, period)| {
            let period = *period;
            let watch = place
                .cast::<Element>()
                .map(|place| ViewportObserver::new(&place, move || near.set(Some(period))));
            move || drop(watch)
        });
    }
    let is_near = *near == Some(props.period);
    let wanted = props.years.iter().filter(|_| is_near).flat_map(|(_, range)| first_page(range)).collect();
    use_rows(&catalogue, wanted, false);
    let texts = ui.front_page();
    let year = |(period, range): &(Period, Range<u32>)| {
        let to = LinkTarget::page(&navigation.navigate, RoutePage::Front(*period));
        let titles = if is_near { longest_articles(&catalogue, range) } else { Vec::new() };
        html! {
            <li>
                <ArticleLink class="front__y" {to}>
                    <span class="front__yn">{ ui.dates().year(period.start()) }</span>
                    <span class="front__yt">
                        { for titles.iter().map(|row| html! {
                            <span lang={script.tag(row.lang)}>{ title_text(&script, &row.title, row.lang) }</span>
                        }) }
                    </span>
                    <span class="front__yc">{ format_number(range.len() as u64) }{ small_icon(IconKind::Forward) }</span>
                </ArticleLink>
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

/// Returns the first ordinals of a range, at most one page of rows.
fn first_page(range: &Range<u32>) -> Range<u32> {
    range.start..range.end.min(range.start + ROWS_PER_PAGE)
}

/// Returns the longest articles of a range, at most of its first page; empty until loaded.
fn longest_articles(pages: &Catalogue, range: &Range<u32>) -> Vec<CatalogueRow> {
    let Ok(Some(mut rows)) = loaded_rows(pages, first_page(range)) else { return Vec::new() };
    small_sort::sort_by_key(&mut rows, |row| std::cmp::Reverse(row.reading_seconds()));
    rows.truncate(TITLES_PER_YEAR);
    rows
}
