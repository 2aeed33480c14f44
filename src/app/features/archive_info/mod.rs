//! Page about the archive: counts, sources, time span, and statistics of the input files.

use crate::app::i18n::{DateFormatter, Locale, format_byte_size, format_number};
use crate::app::services::rc_eq::ArchiveHandle;
use crate::app::services::{WindowLayout, use_shared};
use crate::app::state::{ArchiveContext, use_locale, use_navigation};
use crate::app::ui::article_link::route_href;
use crate::app::ui::page_layout::{page_layout, use_page};
use crate::app::ui::{SavedPageScroll, render_axis};
use crate::archive::{Facets, Manifest};
use crate::model::Date;
use crate::search::{Filter, Histogram, MonthBins, Period};
use crate::view_model::{
    RouteAction, RoutePage, counts_by_year, highest_bin, month_counts_by_source, svg_path,
};
use yew::prelude::*;

#[derive(Clone, Properties, PartialEq)]
pub struct AboutPageProps {
    pub scrolled: SavedPageScroll,
}

#[component]
pub fn AboutPage(props: &AboutPageProps) -> Html {
    let (context, ui, navigation) = (use_shared::<ArchiveContext>(), use_locale(), use_navigation());
    let layout = use_shared().unwrap_or(WindowLayout::Phone);
    let Some(ArchiveContext { archive, facets }) = context else { return Html::default() };
    let (manifest, texts) = (archive.manifest(), ui.about());
    let show_table = use_state_eq(bool::default);
    let by_source = use_memo((archive.clone(), facets.clone()), |(archive, facets)| {
        month_counts_by_source(archive.manifest(), facets)
    });
    use_page(RoutePage::About, texts.name, manifest.display_name(), true, &props.scrolled);
    let body = html! {
        <>
            <header class="front__n about__n">
                <p class="front__k">{ texts.name }</p>
                <h1 class="about__h">{ manifest.display_name().to_owned() }</h1>
                if !manifest.description.is_empty() {
                    <p class="about__d">{ manifest.description.clone() }</p>
                }
            </header>
            { facts(&archive, &facets, ui) }
            if !manifest.months.counts.is_empty() {
                { months(manifest, (layout, ui), *show_table, show_table.setter()) }
            }
            { sources(manifest, (layout, ui), &by_source) }
            { files(manifest, ui) }
        </>
    };
    page_layout(("about", ""), ui, &navigation.navigate, Html::default(), body)
}

fn facts(archive: &ArchiveHandle, facets: &Facets, ui: Locale) -> Html {
    let (manifest, texts, dates) = (archive.manifest(), ui.about(), ui.dates());
    let ends = facets.days.iter().next().zip(facets.days.iter().next_back());
    let range = ends.map(|((first, _), (last, _))| match first == last {
        true => dates.day(first),
        false => format!("{} – {}", dates.day(first), dates.day(last)),
    });
    let undated =
        (manifest.undated > 0).then(|| texts.undated(manifest.undated.into()).replace(' ', "\u{a0}"));
    let range = [range, undated].into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let langs = manifest
        .langs
        .iter()
        .map(|&(lang, count)| format!("{} {}", ui.lang_name(lang), format_number(count)));
    let langs = langs.collect::<Vec<_>>().join(" · ");
    let entry = archive.manifest_bytes();
    let size = match (&manifest.build_stats, &manifest.file_index) {
        (Some(built), _) => format_byte_size(entry + built.other_bytes, ui),
        (None, None) => format_byte_size(entry, ui),
        (None, Some(_)) => texts.size_entry(&format_byte_size(entry, ui)),
    };
    let fact = |name: &'static str, value: String| {
        html! { if !value.is_empty() { <div><dt>{ name }</dt><dd>{ value }</dd></div> } }
    };
    html! {
        <dl class="facts">
            { fact(texts.articles, format_number(manifest.count)) }
            { fact(texts.range, range) }
            { fact(texts.sources, format_number(manifest.sources.len() as u64)) }
            { fact(texts.languages, langs) }
            { fact(texts.size, size) }
            { fact(texts.zone, manifest.zone.0.clone()) }
            { fact(texts.format, manifest.format_version.to_string()) }
            { fact(texts.build, archive.build_id().to_owned()) }
            { fact(texts.licence, manifest.licence.clone()) }
        </dl>
    }
}

/// Plot, hidden from screen readers, which read the table instead.
fn render_plot(counts: &[u32], class: &'static str) -> Html {
    let view = format!("0 0 {} 100", counts.len() * 100);
    html! {
        <svg {class} viewBox={view} preserveAspectRatio="none" aria-hidden="true"><path d={svg_path(counts)} /></svg>
    }
}

fn bars_of(manifest: &Manifest, months: &[u32], layout: WindowLayout) -> MonthBins {
    MonthBins::from_months(
        manifest.months.first,
        months,
        if layout == WindowLayout::Phone { 72 } else { 160 },
    )
}

/// Formats the months of bin `at`: a year, a month, or the first and the last of several.
fn bin_label(bars: &MonthBins, at: usize, dates: DateFormatter) -> String {
    let first = Date::from_month_index(bars.start_month(at));
    let last = Date::from_month_index(bars.start_month(at + 1) - 1);
    match bars.months_per_bin {
        1 => dates.month_and_year(first),
        12 => dates.period(Period { year: first.year, month: None, day: None }),
        _ => format!("{} – {}", dates.month_and_year(first), dates.month_and_year(last)),
    }
}

fn months(
    manifest: &Manifest,
    (layout, ui): (WindowLayout, Locale),
    show: bool,
    set: UseStateSetter<bool>,
) -> Html {
    let (texts, dates) = (ui.about(), ui.dates());
    let bars = bars_of(manifest, &manifest.months.counts, layout);
    let most =
        highest_bin(&bars).map(|(at, count)| texts.maximum(count.into(), &bin_label(&bars, at, dates)));
    let heading = match bars.months_per_bin {
        1 => texts.by_month,
        3 => texts.by_quarter,
        12 => texts.by_year,
        _ => texts.by_period,
    };
    let month_names = (1..=12).map(|month| dates.month(Date { year: 2024, month, day: 1 }));
    let row = |(year, months, sum): &(i32, [u32; 12], u32)| {
        let shown = |count: u32| if count > 0 { format_number(count) } else { "–".to_owned() };
        html! {
            <tr>
                <th scope="row">{ dates.year(Date { year: *year, month: 1, day: 1 }) }</th>
                { for months.iter().map(|&count| html! { <td>{ shown(count) }</td> }) }
                <td><b>{ format_number(*sum) }</b></td>
            </tr>
        }
    };
    let onclick = Callback::from(move |_: MouseEvent| set.set(!show));
    html! {
        <section class="about__s">
            <h2 class="after__h about__sh">
                <span>{ heading }</span>
                <button type="button" class="link" aria-pressed={show.to_string()} {onclick}>{ texts.as_table }</button>
            </h2>
            <p class="about__m" aria-hidden="true">{ most }</p>
            { render_plot(&bars.counts, "plot") }
            { render_axis(&Histogram::from(&bars), layout, ui) }
            <div class={if show { "about__t" } else { "vh" }} tabindex={show.then_some("0")}>
                <table>
                    <caption class="vh">{ texts.by_month }</caption>
                    <thead><tr>
                        <th scope="col">{ texts.year }</th>
                        { for month_names.map(|name| html! { <th scope="col">{ name }</th> }) }
                        <th scope="col">{ texts.whole_year }</th>
                    </tr></thead>
                    <tbody>{ for counts_by_year(manifest.months.first, &manifest.months.counts).iter().map(row) }</tbody>
                </table>
            </div>
        </section>
    }
}

fn sources(manifest: &Manifest, (layout, ui): (WindowLayout, Locale), by_source: &[Vec<u32>]) -> Html {
    let (texts, dates) = (ui.about(), ui.dates());
    let row = |(source, months): (&crate::archive::Source, &Vec<u32>)| {
        let bars = bars_of(manifest, months, layout);
        let most = highest_bin(&bars)
            .filter(|&(_, count)| count > 0)
            .map(|(at, count)| texts.maximum(count.into(), &bin_label(&bars, at, dates)));
        let query = Filter::Source(source.key.clone()).add_to("");
        let href = route_href(RouteAction::Search(query));
        html! {
            <tr>
                <th scope="row"><a class="link" {href}>{ source.name.clone() }</a></th>
                <td>{ render_plot(&bars.counts, "plot plot--line") }<span class="vh">{ most }</span></td>
                <td>{ format_number(source.count) }</td>
            </tr>
        }
    };
    html! {
        <section class="about__s">
            <h2 class="after__h about__sh"><span>{ texts.by_source }</span><small>{ texts.separate_scales }</small></h2>
            <table class="about__src">
                <caption class="vh">{ texts.by_source }</caption>
                <thead class="vh"><tr>
                    <th scope="col">{ texts.sources }</th>
                    <th scope="col">{ texts.over_time }</th>
                    <th scope="col">{ texts.count }</th>
                </tr></thead>
                <tbody>{ for manifest.sources.iter().zip(by_source).map(row) }</tbody>
            </table>
        </section>
    }
}

/// Statistics of the input files; absent in archives of earlier versions.
fn files(manifest: &Manifest, ui: Locale) -> Html {
    let texts = ui.about();
    let Some(built) = &manifest.build_stats else { return Html::default() };
    let skipped: u32 = built.skipped.iter().map(|(_, count)| count).sum();
    let line = |name: &str, count: u32, class: Option<&'static str>| {
        html! { <tr {class}><th scope="row">{ name.to_owned() }</th><td>{ format_number(count) }</td></tr> }
    };
    html! {
        <section class="about__s">
            <h2 class="after__h">{ texts.files }</h2>
            <table class="about__f">
                <caption class="vh">{ texts.files }</caption>
                <tbody>
                    { line(texts.files_read, built.files, None) }
                    { line(texts.files_articles, manifest.count, None) }
                    { line(texts.files_versions, built.versions, None) }
                    { line(texts.files_skipped, skipped, None) }
                    { for built.skipped.iter().map(|(code, count)| line(texts.skip_reason(code), *count, Some("is-part"))) }
                </tbody>
            </table>
        </section>
    }
}
