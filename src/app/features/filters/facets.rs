//! Facets: sources, languages and years, with counts.

use super::saved_searches;
use crate::app::i18n::format_number;
use crate::app::state::library::{LibraryContext, SearchResults};
use crate::app::ui::icon::{IconKind, small_icon};
use crate::archive::{time_value_count, years_with_articles};
use crate::model::{Date, Lang};
use crate::search::{Filter, Period, QueryTokenKind, Status};
use crate::user_data::RecordKind;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct FacetPanelProps {
    pub scene: LibraryContext,
    /// Set inside a sheet, where values are checkboxes.
    #[prop_or_default]
    pub in_sheet: bool,
}

/// Sources shown before "all" is chosen.
const VISIBLE_SOURCES: usize = 6;

/// Facets with more than one value.
#[component]
pub fn FacetPanel(props: &FacetPanelProps) -> Html {
    let LibraryContext { archive, results: found, ui, .. } = &props.scene;
    let (manifest, texts, counts) = (archive.manifest(), ui.library(), &found.selection.counts);
    let all_sources = use_state(bool::default);
    let value = |filter: Filter, label: String, count: u32| facet_value(props, filter, label, count);

    let chosen = |key: &str| is_chosen(found, &Filter::Source(key.to_owned()));
    let sources: Vec<Html> = manifest
        .sources
        .iter()
        .enumerate()
        .filter(|(at, source)| *all_sources || *at < VISIBLE_SOURCES || chosen(&source.key))
        .map(|(at, source)| {
            let count = counts.sources.get(at).copied().unwrap_or_default();
            value(Filter::Source(source.key.clone()), source.name.clone(), count)
        })
        .collect();
    let more = (manifest.sources.len() > VISIBLE_SOURCES).then(|| {
        let text = if *all_sources {
            texts.fewer.to_owned()
        } else {
            texts.all_sources(manifest.sources.len() as u64)
        };
        let toggle = {
            let all_sources = all_sources.clone();
            Callback::from(move |_: MouseEvent| all_sources.set(!*all_sources))
        };
        let class = if props.in_sheet { "opt" } else { "fv fv--more" };
        html! { <button {class} aria-expanded={all_sources.to_string()} onclick={toggle}>{ text }</button> }
    });
    let langs = manifest.langs.iter().map(|&(lang, _)| {
        let at = Lang::ALL.iter().position(|&known| known == lang).unwrap_or_default();
        value(
            Filter::Lang(lang),
            ui.lang_name(lang).to_owned(),
            counts.langs.get(at).copied().unwrap_or_default(),
        )
    });
    let undated =
        (manifest.undated > 0).then(|| value(Filter::Date(None), texts.undated.to_owned(), counts.undated));
    // A sheet has a calendar in place of the years.
    let years: Html = match props.in_sheet {
        true => Html::default(),
        false => years_with_articles(manifest).into_iter().map(|year| year_values(props, year)).collect(),
    };
    let has_dates = if props.in_sheet { undated.is_some() } else { time_value_count(manifest) > 1 };
    let group = |name: &str, shown: bool, values: Html| {
        html! { if shown { <section class="facet"><h2 class="facet__h">{ name.to_owned() }</h2>{ values }</section> } }
    };
    let saved = saved_searches::saved_search_values(&props.scene, props.in_sheet);
    html! {
        <>
            { group(ui.user_data().status, true, status_values(props)) }
            { group(ui.user_data().record_kind(RecordKind::Searches), saved.is_some(), saved.unwrap_or_default()) }
            { group(texts.source, manifest.sources.len() > 1, html! { <>{ for sources }{ more }</> }) }
            { group(texts.language, manifest.langs.len() > 1, langs.collect()) }
            { group(texts.year, has_dates, html! { <>{ years }{ undated }</> }) }
        </>
    }
}

/// Status values with "all" first; "noted" only if there are annotations.
fn status_values(props: &FacetPanelProps) -> Html {
    let LibraryContext { results: found, ui, .. } = &props.scene;
    let texts = ui.user_data();
    let all = found.statuses[0] + found.statuses[1];
    let is_status = |filter: &Filter| matches!(filter, Filter::Is(_));
    let any = found.query.filters().any(|(filter, _)| is_status(filter));
    let onclick = props.scene.search_on_click(found.query.remove_filters(&found.query_text, is_status));
    let values = Status::ALL.into_iter().zip(found.statuses);
    let values = values.filter(|(status, count)| {
        *count > 0 || *status != Status::Annotated || is_chosen(found, &Filter::Is(*status))
    });
    html! {
        <>
            { facet_option(props.in_sheet, !any, onclick, texts.all_statuses.to_owned(), (None, count_of(found, all))) }
            { for values.map(|(status, count)| facet_value(props, Filter::Is(status), texts.status_name(status).to_owned(), count)) }
        </>
    }
}

/// A year and, if it or one of its months is chosen, its months.
fn year_values(props: &FacetPanelProps, year: i32) -> Html {
    let LibraryContext { archive, results: found, ui, .. } = &props.scene;
    let manifest = archive.manifest();
    let in_year = |period: &Period| period.year == year;
    let chosen = found
        .query
        .filters()
        .any(|(filter, without)| matches!(filter, Filter::Date(Some(period)) if in_year(period)) && !without);
    let count_of = |month: i32| {
        let at = usize::try_from(month - manifest.months.first).ok();
        at.and_then(|at| found.selection.counts.months.get(at)).copied().unwrap_or_default()
    };
    let months = (0..12).map(|month| year * 12 + month);
    let total = months.clone().map(count_of).sum();
    let whole = Period { year, month: None, day: None };
    let months = months.filter(|&month| chosen && count_of(month) > 0).map(|month| {
        let label = ui.dates().month(Date::from_month_index(month));
        facet_value(props, Filter::Date(Some(Period::from_month_index(month))), label, count_of(month))
    });
    html! {
        <>
            { facet_value(props, Filter::Date(Some(whole)), year.to_string(), total) }
            if chosen {
                <div class="facet__2">{ for months }</div>
            }
        </>
    }
}

fn is_chosen(found: &SearchResults, filter: &Filter) -> bool {
    found.query.filters().any(|(chosen, without)| chosen == filter && !without)
}

/// Returns the query with `filter` added or removed. A month replaces its year.
fn toggle_filter(found: &SearchResults, filter: &Filter) -> String {
    let same =
        |kind: &QueryTokenKind| matches!(kind, QueryTokenKind::Filter(chosen, false) if chosen == filter);
    if let Some(token) = found.query.tokens.iter().find(|token| same(&token.kind)) {
        return found.query.remove_token(&found.query_text, &token.span);
    }
    let replaced = |other: &Filter| match (filter, other) {
        // Read and unread exclude each other.
        (Filter::Is(Status::Unread), Filter::Is(Status::Read)) => true,
        (Filter::Is(Status::Read), Filter::Is(Status::Unread)) => true,
        (Filter::Date(Some(new)), Filter::Date(Some(old))) => {
            new.year == old.year && new.month.is_some() != old.month.is_some()
        }
        _ => false,
    };
    filter.add_to(&found.query.remove_filters(&found.query_text, replaced))
}

fn facet_value(props: &FacetPanelProps, filter: Filter, label: String, count: u32) -> Html {
    let on = is_chosen(&props.scene.results, &filter);
    let onclick = props.scene.search_on_click(toggle_filter(&props.scene.results, &filter));
    let is_zero = count == 0 && props.scene.results.has_counts();
    let count = count_of(&props.scene.results, count);
    facet_option(props.in_sheet, on, onclick, label, (is_zero.then_some("is-zero"), count))
}

/// A count, unless the search failed.
fn count_of(found: &SearchResults, count: u32) -> Html {
    if found.has_counts() {
        html! { { format_number(count) } }
    } else {
        Html::default()
    }
}

/// Renders a facet value with its count.
pub fn facet_option(
    sheet: bool,
    on: bool,
    onclick: Callback<MouseEvent>,
    label: String,
    (class, count): (Option<&'static str>, Html),
) -> Html {
    if sheet {
        return html! {
            <button class="opt" role="checkbox" aria-checked={on.to_string()} {onclick}>
                <span class="opt__c">{ small_icon(IconKind::Check) }</span>
                { label }<span class="opt__n">{ count }</span>
            </button>
        };
    }
    let state = if on { Some("is-on") } else { class };
    html! {
        <button class={classes!("fv", state)} aria-pressed={on.to_string()} {onclick}>
            <span class="fv__l">{ label }</span><span class="fv__n">{ count }</span>
        </button>
    }
}
