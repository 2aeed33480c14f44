//! The histogram of articles over time, and the range chosen in it.

use super::{Found, Scene};
use crate::app::dom;
use crate::app::hooks::{Layout, use_effect_with};
use crate::app::i18n::{Ui, fill};
use crate::archive::Manifest;
use crate::model::Date;
use crate::search::{Filter, Period};
use crate::view::{Action, Bars};
use std::ops::Range;
use web_sys::Element;
use yew::prelude::*;

/// See [`Timeline`].
#[derive(Properties, PartialEq)]
pub struct TimelineProps {
    /// What is counted.
    pub scene: Scene,
}

/// With fewer filled months a histogram says nothing.
const FEWEST_MONTHS: usize = 3;

/// Whether the archive is spread over enough months for a histogram.
pub fn has_timeline(manifest: &Manifest) -> bool {
    manifest.months.counts.iter().filter(|&&count| count > 0).count() >= FEWEST_MONTHS
}

/// The range that the query's `after:` and `before:` name.
pub fn range_of(found: &Found) -> Option<(Option<Period>, Option<Period>)> {
    let (mut from, mut to) = (None, None);
    for (filter, without) in found.query.filters() {
        match filter {
            Filter::After(period) if !without => from = Some(*period),
            Filter::Before(period) if !without => to = Some(*period),
            _ => {}
        }
    }
    (from.is_some() || to.is_some()).then_some((from, to))
}

/// The query without that range.
pub fn without_range(found: &Found) -> String {
    found.query.drop_filters(&found.text, |filter| matches!(filter, Filter::Before(_) | Filter::After(_)))
}

/// The range in words, both ends included.
pub fn written_range(found: &Found, manifest: &Manifest, ui: Ui) -> String {
    let dates = ui.dates();
    let (from, to) = range_of(found).unwrap_or_default();
    let first = Date::of_month_index(manifest.months.first);
    let last_month = Date::of_month_index(manifest.months.first + manifest.months.counts.len() as i32 - 1);
    let from = from.map_or(first, Period::start);
    let to = to.map_or(Date { day: last_month.days_in_month(), ..last_month }, |to| {
        Date::from_days(to.start().to_days() - 1)
    });
    let whole_months = from.day == 1 && to.day == to.days_in_month();
    let written = |date: Date| if whole_months { dates.month_and_year(date) } else { dates.day(date) };
    if whole_months && from.month_index() == to.month_index() {
        return written(from);
    }
    format!("{} — {}", written(from), written(to))
}

/// The bars that a range covers.
fn brushed(bars: &Bars, range: Option<(Option<Period>, Option<Period>)>) -> Option<Range<usize>> {
    let (from, to) = range?;
    let count = bars.counts.len();
    let bar = |month: i32| ((month - bars.first).div_euclid(bars.step)).clamp(0, count as i32) as usize;
    let start = from.map_or(0, |from| bar(from.start().month_index()));
    // A range that ends inside a month has a part of that month's bar.
    let end = to.map_or(count, |to| bar(Date::from_days(to.start().to_days() - 1).month_index()) + 1);
    Some(start.min(count.saturating_sub(1))..end.clamp(start + 1, count.max(start + 1)))
}

/// A histogram: a bar a month, or more where there are many. Dragging over it, dragging a grip, clicking a
/// bar or the arrow keys on a grip choose a range.
#[component]
pub fn Timeline(props: &TimelineProps) -> Html {
    let Scene { archive, found, layout, ui, navigate, .. } = &props.scene;
    let (manifest, texts) = (archive.manifest(), ui.library());
    let most = if *layout == Layout::Phone { 72 } else { 120 };
    let bars = Bars::of(manifest.months.first, &found.selection.counts.months, most);
    let count = bars.counts.len();
    let searching = found.search.is_some();
    let dragged = use_state_eq(|| None::<(usize, usize)>);
    let area = use_node_ref();
    let settled = brushed(&bars, range_of(found));
    let shown = dragged.map_or(settled.clone(), |(a, b)| Some(a.min(b)..a.max(b) + 1));

    let choose = {
        let (bars, found, navigate) = (bars.clone(), found.clone(), navigate.clone());
        move |range: Range<usize>| {
            let bound = |at| Period::of_month_index(bars.start(at));
            let mut query = without_range(&found);
            if range.start > 0 {
                query = Filter::After(bound(range.start)).add_to(&query);
            }
            if range.end < bars.counts.len() {
                query = Filter::Before(bound(range.end)).add_to(&query);
            }
            navigate.emit(Action::Search(query));
        }
    };
    let bar_at = {
        let area = area.clone();
        move |event: &PointerEvent| -> Option<usize> {
            let rect = area.cast::<Element>()?.get_bounding_client_rect();
            let share = (f64::from(event.client_x()) - rect.left()) / rect.width();
            Some(((share * count as f64) as usize).min(count.checked_sub(1)?))
        }
    };
    let onpointerdown = {
        let (dragged, bar_at, shown, area) = (dragged.clone(), bar_at.clone(), shown.clone(), area.clone());
        Callback::from(move |event: PointerEvent| {
            let Some(at) = bar_at(&event).filter(|_| event.button() == 0) else { return };
            let grip =
                event.target_dyn_into::<Element>().and_then(|target| target.get_attribute("data-grip"));
            // A grip that is dragged leaves the other end where it is.
            let anchor = match (grip.as_deref(), &shown) {
                (Some("from"), Some(range)) => range.end - 1,
                (Some("to"), Some(range)) => range.start,
                _ => at,
            };
            if let Some(area) = area.cast::<Element>() {
                // Without capture a drag that leaves the strip only ends early.
                let _ = area.set_pointer_capture(event.pointer_id());
            }
            dragged.set(Some((anchor, at)));
        })
    };
    let onpointermove = {
        let (dragged, bar_at) = (dragged.clone(), bar_at);
        Callback::from(move |event: PointerEvent| {
            if let (Some((anchor, _)), Some(at)) = (*dragged, bar_at(&event)) {
                dragged.set(Some((anchor, at)));
            }
        })
    };
    let onpointerup = {
        let (dragged, choose) = (dragged.clone(), choose.clone());
        Callback::from(move |_: PointerEvent| {
            if let Some((a, b)) = *dragged {
                dragged.set(None);
                choose(a.min(b)..a.max(b) + 1);
            }
        })
    };
    let onpointercancel = {
        let dragged = dragged.clone();
        Callback::from(move |_: PointerEvent| dragged.set(None))
    };
    let key = |from_end: bool| {
        let (choose, bars) = (choose.clone(), bars.clone());
        let range = settled.clone().unwrap_or(0..count);
        Callback::from(move |event: KeyboardEvent| {
            let year = (12 / bars.step).max(1) as isize;
            let step = if event.shift_key() { year } else { 1 };
            let moved = |at: usize, low: usize, high: usize| match event.key().as_str() {
                "ArrowLeft" | "ArrowDown" => Some(at.saturating_add_signed(-step).max(low)),
                "ArrowRight" | "ArrowUp" => Some(at.saturating_add_signed(step).min(high)),
                "Home" => Some(low),
                "End" => Some(high),
                _ => None,
            };
            let range = if from_end {
                moved(range.end, range.start + 1, count).map(|end| range.start..end)
            } else {
                moved(range.start, 0, range.end - 1).map(|start| start..range.end)
            };
            if let Some(range) = range {
                event.prevent_default();
                choose(range);
            }
        })
    };

    // Heights and positions go through the style object: the page's policy ignores style attributes.
    {
        let highest = bars.counts.iter().copied().max().unwrap_or(0).max(1);
        let scale = move |count: u32| {
            let share = f64::from(count) / f64::from(highest);
            if searching { share.sqrt() } else { share }
        };
        let heights: Vec<f64> = bars.counts.iter().map(|&count| scale(count)).collect();
        let ends = shown.clone().map(|range| {
            (range.start as f64 / count as f64 * 100.0, 100.0 - range.end as f64 / count as f64 * 100.0)
        });
        use_effect_with((area.clone(), heights, ends), |(area, heights, ends)| {
            let Some(area) = area.cast::<Element>() else { return };
            let Ok(bars) = area.query_selector_all(".bars > i") else { return };
            for (at, height) in heights.iter().enumerate() {
                let bar =
                    bars.get(at as u32).and_then(|bar| wasm_bindgen::JsCast::dyn_into::<Element>(bar).ok());
                if let Some(bar) = bar {
                    dom::set_number(&bar, "--h", *height, "");
                }
            }
            let (a, b) = ends.unwrap_or((0.0, 0.0));
            dom::set_number(&area, "--a", a, "%");
            dom::set_number(&area, "--b", b, "%");
        });
    }
    let bar_class = |at: usize, articles: u32| {
        let on = shown.as_ref().is_some_and(|range| range.contains(&at));
        let hit = searching && articles > 0;
        classes!(on.then_some("on"), hit.then_some("hit"), (articles == 0).then_some("none"))
    };
    let month = |at: usize| Date::of_month_index(bars.start(at));
    let dates = ui.dates();
    let grip = |name: &'static str, label: &'static str, at: usize, value: usize| {
        html! {
            <button role="slider" data-grip={name} aria-label={label} aria-valuemin="0" aria-valuemax={count.to_string()}
                aria-valuenow={at.to_string()} aria-valuetext={dates.month_and_year(month(value))}
                onkeydown={key(name == "to")} />
        }
    };
    let range = shown.clone().unwrap_or(0..count);
    let label = fill(
        texts.bars,
        &[&dates.month_and_year(month(0)), &dates.month_and_year(month(count.saturating_sub(1)))],
    );
    html! {
        <div class={classes!("time__g", shown.is_some().then_some("is-brushed"))} ref={area}
            {onpointerdown} {onpointermove} {onpointerup} {onpointercancel}>
            <span class="brush-bg" />
            <div class="bars" role="img" aria-label={label}>
                { for bars.counts.iter().enumerate().map(|(at, &articles)| html! { <i class={bar_class(at, articles)} /> }) }
            </div>
            { axis(&bars, *layout, *ui) }
            <div class="brush">
                { grip("from", texts.from, range.start, range.start) }
                { grip("to", texts.to, range.end, range.end - 1) }
            </div>
        </div>
    }
}

/// The years under the bars, as many as have room.
pub fn axis(bars: &Bars, layout: Layout, ui: Ui) -> Html {
    let count = bars.counts.len();
    let room = if layout == Layout::Phone { 7 } else { 12 };
    let starts = |at: usize| {
        let (here, before) = (Date::of_month_index(bars.start(at)), Date::of_month_index(bars.start(at) - 1));
        (here.year != before.year).then_some(here.year)
    };
    let years = (0..count).filter_map(starts).count();
    let every = years.div_ceil(room).max(1) as i32;
    let first_tick = (0..count).find(|&at| starts(at).is_some()).unwrap_or(count);
    // The first month is named when it does not run into the first year.
    let first_fits = first_tick * (if layout == Layout::Phone { 350 } else { 632 }) / count.max(1) >= 80;
    let today = Date::from_days((js_sys::Date::now() / 86_400_000.0) as i64).month_index();
    let is_today = |at: usize| (bars.start(at)..bars.start(at + 1)).contains(&today);
    let tick = |at: usize| {
        let (class, label) = match starts(at) {
            _ if at + 1 == count && is_today(at) => (Some("today"), Some(ui.library().today.to_owned())),
            Some(year) if year % every == 0 && at + every.min(3) as usize <= count => {
                (Some("y"), Some(year.to_string()))
            }
            Some(_) => (Some("y"), None),
            None if at == 0 && first_fits => {
                (None, Some(ui.dates().month_and_year(Date::of_month_index(bars.start(0)))))
            }
            None => (None, None),
        };
        html! { <i class={classes!(class)}>if let Some(label) = label { <span>{ label }</span> }</i> }
    };
    html! { <div class="axis" aria-hidden="true">{ for (0..count).map(tick) }</div> }
}
