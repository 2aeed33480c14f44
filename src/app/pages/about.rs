//! Page about the archive: counts, sources, time span, and statistics of the input files.

use super::frame::{Scrolled, frame, use_page};
use crate::app::handle::{Archive, Shared};
use crate::app::hooks::Layout;
use crate::app::i18n::{Ui, bytes, fill, number};
use crate::app::library::axis;
use crate::archive::{Facets, Manifest, SKIPPED};
use crate::model::Date;
use crate::search::Filter;
use crate::view::{Action, Bars, Histogram, Page, State, highest, months_by_source, outline, years};
use yew::prelude::*;

#[derive(Clone, Properties, PartialEq)]
pub struct AboutPageProps {
    pub archive: Archive,
    pub facets: Shared<Facets>,
    pub layout: Layout,
    pub ui: Ui,
    pub navigate: Callback<Action>,
    pub scrolled: Scrolled,
}

#[component]
pub fn AboutPage(props: &AboutPageProps) -> Html {
    let AboutPageProps { archive, ui, .. } = props;
    let (manifest, texts) = (archive.manifest(), ui.about());
    let show_table = use_state_eq(bool::default);
    let by_source = use_memo((archive.clone(), props.facets.clone()), |(archive, facets)| {
        months_by_source(archive.manifest(), facets)
    });
    use_page(Page::About, texts.name, manifest.name(), true, &props.scrolled);
    let body = html! {
        <>
            <header class="front__n about__n">
                <p class="front__k">{ texts.name }</p>
                <h1 class="about__h">{ manifest.name().to_owned() }</h1>
                if !manifest.description.is_empty() {
                    <p class="about__d">{ manifest.description.clone() }</p>
                }
            </header>
            { facts(props) }
            if !manifest.months.counts.is_empty() {
                { months(props, *show_table, show_table.setter()) }
            }
            { sources(props, &by_source) }
            { files(manifest, *ui) }
        </>
    };
    frame(("about", ""), *ui, &props.navigate, Html::default(), body)
}

fn facts(props: &AboutPageProps) -> Html {
    let AboutPageProps { archive, facets, ui, .. } = props;
    let (manifest, texts, dates) = (archive.manifest(), ui.about(), ui.dates());
    let ends = facets.days.iter().next().zip(facets.days.iter().next_back());
    let range = ends.map(|((first, _), (last, _))| match first == last {
        true => dates.day(first),
        false => format!("{} — {}", dates.day(first), dates.day(last)),
    });
    let undated = (manifest.undated > 0).then(|| fill(texts.undated, &[&number(manifest.undated)]));
    let range = [range, undated].into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let langs =
        manifest.langs.iter().map(|&(lang, count)| format!("{} {}", ui.lang_name(lang), number(count)));
    let langs = langs.collect::<Vec<_>>().join(" · ");
    let entry = archive.entry_bytes();
    let size = match (&manifest.built, &manifest.tables) {
        (Some(built), _) => bytes(entry + built.beside, *ui),
        (None, None) => bytes(entry, *ui),
        (None, Some(_)) => fill(texts.size_entry, &[&bytes(entry, *ui)]),
    };
    let fact = |name: &'static str, value: String| {
        html! { if !value.is_empty() { <div><dt>{ name }</dt><dd>{ value }</dd></div> } }
    };
    html! {
        <dl class="facts">
            { fact(texts.articles, number(manifest.count)) }
            { fact(texts.range, range) }
            { fact(texts.sources, number(manifest.sources.len() as u64)) }
            { fact(texts.languages, langs) }
            { fact(texts.size, size) }
            { fact(texts.zone, manifest.zone.0.clone()) }
            { fact(texts.format, manifest.sheaf.to_string()) }
            { fact(texts.build, archive.build().to_owned()) }
            { fact(texts.licence, manifest.licence.clone()) }
        </dl>
    }
}

/// Plot, hidden from screen readers, which read the table instead.
fn plot(counts: &[u32], class: &'static str) -> Html {
    let view = format!("0 0 {} 100", counts.len() * 100);
    html! {
        <svg {class} viewBox={view} preserveAspectRatio="none" aria-hidden="true"><path d={outline(counts)} /></svg>
    }
}

fn bars_of(manifest: &Manifest, months: &[u32], layout: Layout) -> Bars {
    Bars::of(manifest.months.first, months, if layout == Layout::Phone { 72 } else { 160 })
}

fn months(props: &AboutPageProps, show: bool, set: UseStateSetter<bool>) -> Html {
    let AboutPageProps { archive, layout, ui, .. } = props;
    let (manifest, texts, dates) = (archive.manifest(), ui.about(), ui.dates());
    let bars = bars_of(manifest, &manifest.months.counts, *layout);
    let most = highest(&bars).map(|(at, count)| {
        let month = Date::of_month_index(bars.start(at));
        let when = if bars.step == 12 { dates.year(month) } else { dates.month_and_year(month) };
        fill(texts.most, &[&number(count), &when])
    });
    let month_names = (1..=12).map(|month| dates.month(Date { year: 2024, month, day: 1 }));
    let row = |(year, months, sum): &(i32, [u32; 12], u32)| {
        let shown = |count: u32| if count > 0 { number(count) } else { "–".to_owned() };
        html! {
            <tr>
                <th scope="row">{ dates.year(Date { year: *year, month: 1, day: 1 }) }</th>
                { for months.iter().map(|&count| html! { <td>{ shown(count) }</td> }) }
                <td><b>{ number(*sum) }</b></td>
            </tr>
        }
    };
    let onclick = Callback::from(move |_: MouseEvent| set.set(!show));
    html! {
        <section class="about__s">
            <h2 class="after__h about__sh">
                <span>{ texts.by_month }</span>
                <button type="button" class="link" aria-pressed={show.to_string()} {onclick}>{ texts.as_table }</button>
            </h2>
            <p class="about__m" aria-hidden="true">{ most }</p>
            { plot(&bars.counts, "plot") }
            { axis(&Histogram::from(&bars), *layout, *ui) }
            <div class={if show { "about__t" } else { "vh" }} tabindex={show.then_some("0")}>
                <table>
                    <caption class="vh">{ texts.by_month }</caption>
                    <thead><tr>
                        <th scope="col">{ texts.year }</th>
                        { for month_names.map(|name| html! { <th scope="col">{ name }</th> }) }
                        <th scope="col">{ texts.whole_year }</th>
                    </tr></thead>
                    <tbody>{ for years(manifest.months.first, &manifest.months.counts).iter().map(row) }</tbody>
                </table>
            </div>
        </section>
    }
}

fn sources(props: &AboutPageProps, by_source: &[Vec<u32>]) -> Html {
    let AboutPageProps { archive, layout, ui, .. } = props;
    let (manifest, texts, dates) = (archive.manifest(), ui.about(), ui.dates());
    let row = |(source, months): (&crate::archive::Source, &Vec<u32>)| {
        let bars = bars_of(manifest, months, *layout);
        let most = highest(&bars).filter(|&(_, count)| count > 0).map(|(at, count)| {
            fill(texts.most, &[&number(count), &dates.month_and_year(Date::of_month_index(bars.start(at)))])
        });
        let query = Filter::Source(source.key.clone()).add_to("");
        let href = State::default().apply(Action::Search(query)).to_url();
        html! {
            <tr>
                <th scope="row"><a class="link" {href}>{ source.name.clone() }</a></th>
                <td>{ plot(&bars.counts, "plot plot--line") }<span class="vh">{ most }</span></td>
                <td>{ number(source.count) }</td>
            </tr>
        }
    };
    html! {
        <section class="about__s">
            <h2 class="after__h about__sh"><span>{ texts.by_source }</span><small>{ texts.own_scale }</small></h2>
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
fn files(manifest: &Manifest, ui: Ui) -> Html {
    let texts = ui.about();
    let Some(built) = &manifest.built else { return Html::default() };
    let skipped: u32 = built.skipped.iter().map(|(_, count)| count).sum();
    let line = |name: &str, count: u32, class: Option<&'static str>| {
        html! { <tr {class}><th scope="row">{ name.to_owned() }</th><td>{ number(count) }</td></tr> }
    };
    let reason = |code: &str| {
        let at = SKIPPED.iter().position(|known| *known == code);
        at.and_then(|at| texts.reasons.get(at)).copied().unwrap_or(texts.other_reason)
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
                    { for built.skipped.iter().map(|(code, count)| line(reason(code), *count, Some("is-part"))) }
                </tbody>
            </table>
        </section>
    }
}
