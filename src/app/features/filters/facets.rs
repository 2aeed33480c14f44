//! Facets: sources, languages and years, with counts.

use super::name_facets::NameFacetsProps;
use super::saved_searches::saved_search_values;
use crate::app::i18n::format_number;
use crate::app::services::{dom, use_shared};
use crate::app::state::{
    ArticleFlags, Command, FocusTarget, LibraryView, QueryFns, SearchResults, use_command_context,
    use_commands, use_library_view, use_query_fns, use_user_data,
};
use crate::app::ui::icon::{IconKind, small_icon};
use crate::app::ui::lazy_view::optional_reader;
use crate::archive::{time_value_count, years_with_articles};
use crate::model::{Date, Lang};
use crate::search::{Filter, Period, Status};
use crate::user_data::RecordKind;
use yew::prelude::*;

#[derive(Clone, Copy, Properties, PartialEq)]
pub struct FacetPanelProps {
    /// Set inside a sheet, where values are checkboxes.
    #[prop_or_default]
    pub in_sheet: bool,
}

/// Sources shown before "all" is chosen.
const VISIBLE_SOURCES: usize = 6;

/// Facets with more than one value.
#[component]
pub fn FacetPanel(props: &FacetPanelProps) -> Html {
    let all_sources = use_state(bool::default);
    let (container, commands) = (use_node_ref(), use_command_context());
    {
        let container = container.clone();
        use_commands(&commands, move |command| {
            command == Command::Focus(FocusTarget::Facets) && dom::focus_first_button(&container).is_some()
        });
    }
    let Some(view) = use_library_view() else { return Html::default() };
    let LibraryView { archive, results: found, ui, .. } = &view;
    let (manifest, texts, counts) = (archive.manifest(), ui.library(), &found.selection.counts);
    let facets = FacetRenderer { view: &view, fns: None, in_sheet: props.in_sheet };
    let value = |filter: Filter, label: String, count: u32| facets.value(filter, label, count);

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
        false => years_with_articles(manifest).into_iter().map(|year| facets.year(year)).collect(),
    };
    let (below_calendar, beside_years) = if props.in_sheet { (undated, None) } else { (None, undated) };
    let has_years = !props.in_sheet && time_value_count(manifest) > 1;
    html! {
        <div class="facets" ref={container}>
            { below_calendar }
            // Above the list there are tabs for the same.
            if !props.in_sheet {
                <UserDataFacets />
            }
            { group(texts.source, manifest.sources.len() > 1, html! { <>{ for sources }{ more }</> }) }
            { optional_reader(NameFacetsProps { in_sheet: props.in_sheet }) }
            { group(texts.language, manifest.langs.len() > 1, langs.collect()) }
            { group(texts.year, has_years, html! { <>{ years }{ beside_years }</> }) }
        </div>
    }
}

/// Facets of the user data: status and saved searches. They are rendered again with every star.
#[component]
fn UserDataFacets() -> Html {
    let (view, user_data, flags) = (use_library_view(), use_user_data(), use_shared::<ArticleFlags>());
    // The code is loaded before the saved searches.
    let fns = use_query_fns(false);
    let (Some(view), Some(user_data), Some(flags)) = (view, user_data, flags) else { return Html::default() };
    let facets = FacetRenderer { view: &view, fns, in_sheet: false };
    let texts = view.ui.user_data();
    let saved = saved_search_values(&facets, &user_data.data());
    html! {
        <>
            { group(texts.status, true, facets.statuses(flags.counts)) }
            { group(texts.record_kind(RecordKind::Searches), saved.is_some(), saved.unwrap_or_default()) }
        </>
    }
}

/// Renders a facet with its heading.
pub fn group(name: &str, shown: bool, values: Html) -> Html {
    html! { if shown { <section class="facet"><h2 class="facet__h">{ name.to_owned() }</h2>{ values }</section> } }
}

/// Renderer of facet values.
pub struct FacetRenderer<'a> {
    pub view: &'a LibraryView,
    /// Functions that read saved searches.
    pub fns: Option<QueryFns>,
    /// Set inside a sheet, where values are checkboxes.
    pub in_sheet: bool,
}

impl FacetRenderer<'_> {
    /// Status values with "all" first; "noted" only if there are annotations.
    fn statuses(&self, counts: [u32; 4]) -> Html {
        let LibraryView { results: found, navigation, ui, .. } = self.view;
        let texts = ui.user_data();
        let all = counts[0] + counts[1];
        let is_status = |filter: &Filter| matches!(filter, Filter::Is(_));
        let any = found.query.filters().any(|(filter, _)| is_status(filter));
        let onclick = navigation
            .search_on_click(found.query.remove_filters(&found.query_text, |filter, _| is_status(filter)));
        let values = Status::ALL.into_iter().zip(counts);
        let values = values.filter(|(status, count)| {
            *count > 0 || *status != Status::Annotated || is_chosen(found, &Filter::Is(*status))
        });
        html! {
            <>
                { self.option(!any, onclick, texts.all_statuses.to_owned(), (None, count_of(found, all))) }
                { for values.map(|(status, count)| self.value(Filter::Is(status), texts.status_name(status).to_owned(), count)) }
            </>
        }
    }

    /// A year and, if it or one of its months is chosen, its months.
    fn year(&self, year: i32) -> Html {
        let LibraryView { archive, results: found, ui, .. } = self.view;
        let manifest = archive.manifest();
        let in_year = |period: &Period| period.year == year;
        let chosen = found.query.filters().any(|(filter, without)| {
            matches!(filter, Filter::Date(Some(period)) if in_year(period)) && !without
        });
        let count_of = |month: i32| {
            let at = usize::try_from(month - manifest.months.first).ok();
            at.and_then(|at| found.selection.counts.months.get(at)).copied().unwrap_or_default()
        };
        let months = (0..12).map(|month| year * 12 + month);
        let total = months.clone().map(count_of).sum();
        let whole = Period { year, month: None, day: None };
        let months = months.filter(|&month| chosen && count_of(month) > 0).map(|month| {
            let label = ui.dates().month(Date::from_month_index(month));
            self.value(Filter::Date(Some(Period::from_month_index(month))), label, count_of(month))
        });
        html! {
            <>
                { self.value(Filter::Date(Some(whole)), year.to_string(), total) }
                if chosen {
                    <div class="facet__2">{ for months }</div>
                }
            </>
        }
    }

    /// Renders the value that `filter` chooses, with its count.
    pub fn value(&self, filter: Filter, label: String, count: u32) -> Html {
        let LibraryView { results: found, navigation, .. } = self.view;
        let on = is_chosen(found, &filter);
        let onclick = navigation.search_on_click(found.query.toggle_filter(&found.query_text, &filter));
        let is_zero = count == 0 && found.has_counts();
        let count = count_of(found, count);
        self.option(on, onclick, label, (is_zero.then_some("is-zero"), count))
    }

    /// Renders a facet value with its count.
    pub fn option(
        &self,
        on: bool,
        onclick: Callback<MouseEvent>,
        label: String,
        (class, count): (Option<&'static str>, Html),
    ) -> Html {
        if self.in_sheet {
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
}

/// Returns true if the query has this filter.
pub fn is_chosen(found: &SearchResults, filter: &Filter) -> bool {
    found.query.filters().any(|(chosen, without)| chosen == filter && !without)
}

/// A count, unless the search failed.
fn count_of(found: &SearchResults, count: u32) -> Html {
    if found.has_counts() {
        html! { { format_number(count) } }
    } else {
        Html::default()
    }
}
