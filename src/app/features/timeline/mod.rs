//! Histogram of articles over time, and the range chosen in it.

pub mod calendar;
pub mod granularity;
pub mod range;
pub mod range_selection;

pub use range::format_date_range;

use self::granularity::{TimelineFocus, granularity_picker};
use self::range_selection::use_range_selection;
use crate::app::services::{WindowLayout, dom, use_effect_with, use_shared};
use crate::app::state::{LibraryView, use_library_view};
use crate::app::ui::render_axis;
use crate::model::Date;
use crate::search::{Histogram, MonthBins, Period};
use crate::view_model::RangeEnd;
use std::ops::Range;
use web_sys::Element;
use yew::prelude::*;

/// Histogram with a bar per month, or fewer bars for long spans, or the chosen granularity. A drag, a grip, a
/// click on a bar or arrow keys choose a range.
#[component]
pub fn Timeline() -> Html {
    let (view, layout) = (use_library_view(), use_shared().unwrap_or(WindowLayout::Phone));
    let Some(view) = view else { return Html::default() };
    let LibraryView { results: found, ui, .. } = &view;
    let (texts, dates) = (ui.timeline(), ui.dates());
    let granularity = use_state_eq(|| None::<TimelineFocus>);
    let bars = histogram(&view, &granularity, layout);
    let count = bars.counts.len();
    let (area, strip) = (use_node_ref(), use_node_ref());
    let selection = use_range_selection(&view, &bars, &area);
    use_bar_heights(&area, &strip, &bars.counts, selection.displayed.clone());
    let is_search = found.search.is_some() && found.has_counts();
    let bar_class = |at: usize, articles: u32| {
        let is_selected = selection.displayed.as_ref().is_some_and(|range| range.contains(&at));
        let is_hit = is_search && articles > 0;
        classes!(is_selected.then_some("on"), is_hit.then_some("hit"), (articles == 0).then_some("none"))
    };
    let period_text = |at: usize| bars.period(at).map(|period| dates.period(period)).unwrap_or_default();
    let grip = |end: RangeEnd, label: &'static str, at: usize, value: usize| {
        let name = if end == RangeEnd::From { "from" } else { "to" };
        html! {
            <button role="slider" data-grip={name} aria-label={label} aria-valuemin="0" aria-valuemax={count.to_string()}
                aria-valuenow={at.to_string()} aria-valuetext={period_text(value)}
                onkeydown={selection.on_key_down(end)} />
        }
    };
    let range = selection.displayed.clone().unwrap_or(0..count);
    let label = texts.bars(&period_text(0), &period_text(count.saturating_sub(1)));
    let focus = focused_days(&view, &bars, granularity.is_some());
    html! {
        <>
        { granularity_picker(&bars, &focus, granularity, *ui) }
        <div class={classes!("time__g", selection.displayed.is_some().then_some("is-brushed"))} ref={area}
            onpointerdown={selection.on_pointer_down()} onpointermove={selection.on_pointer_move()}
            onpointerup={selection.on_pointer_up()} onpointercancel={selection.on_pointer_cancel()}>
            <span class="brush-bg" />
            <div class="bars" ref={strip} role="img" aria-label={label}>
                { for bars.counts.iter().enumerate().map(|(at, &articles)| html! { <i class={bar_class(at, articles)} /> }) }
            </div>
            { render_axis(&bars, layout, *ui) }
            <div class="brush">
                { grip(RangeEnd::From, texts.range_start, range.start, range.start) }
                { grip(RangeEnd::To, texts.range_end, range.end, range.end.saturating_sub(1)) }
            </div>
        </div>
        </>
    }
}

/// Returns the bars of the chosen granularity, else those of all months.
fn histogram(view: &LibraryView, granularity: &Option<TimelineFocus>, layout: WindowLayout) -> Histogram {
    let counts = &view.results.selection.counts;
    let max_bars = if layout == WindowLayout::Phone { 72 } else { 120 };
    match granularity {
        Some((unit, focus)) => {
            Histogram::new(*unit, &counts.days, days_of_archive(view), focus.clone(), max_bars)
        }
        None => {
            let first = view.archive.manifest().months.first;
            Histogram::from(&MonthBins::from_months(first, &counts.months, max_bars))
        }
    }
}

fn days_of_archive(view: &LibraryView) -> Range<i64> {
    let mut days = view.facets.days.iter().map(|(date, _)| date.to_days());
    let first = days.next().unwrap_or_default();
    first..days.next_back().unwrap_or(first) + 1
}

/// Returns the focus of another granularity: the chosen range, else the visible one; for the whole span, its newest
/// part.
fn focused_days(view: &LibraryView, bars: &Histogram, has_granularity: bool) -> Range<i64> {
    let days = &view.results.selection.counts.days;
    let (from, to) = view.results.query.date_range().unwrap_or_default();
    match (from.map(Period::start), to.map(Period::start)) {
        (Some(from), to) => from.to_days()..to.map_or_else(|| days_of_archive(view).end, Date::to_days),
        (None, Some(to)) => to.to_days() - 1..to.to_days(),
        _ if has_granularity => bars.span(),
        _ => days.first().zip(days.last()).map_or_else(|| bars.span(), |(first, last)| first.0..last.0 + 1),
    }
}

/// Sets the heights of the bars and the ends of the selected range. The content security policy blocks style attributes,
/// so they are set through the style objects.
#[hook]
fn use_bar_heights(area: &NodeRef, strip: &NodeRef, counts: &[u32], shown: Option<Range<usize>>) {
    let highest = counts.iter().copied().max().unwrap_or(0).max(1);
    // The square root keeps small counts visible next to a peak.
    let scale = |count: u32| (f64::from(count) / f64::from(highest)).sqrt();
    let heights: Vec<f64> = counts.iter().map(|&count| scale(count)).collect();
    let percent = |at: usize| at as f64 / counts.len() as f64 * 100.0;
    let ends = shown.map(|range| (percent(range.start), 100.0 - percent(range.end)));
    use_effect_with((area.clone(), strip.clone(), heights, ends), |(area, strip, heights, ends)| {
        let (Some(area), Some(strip)) = (area.cast::<Element>(), strip.cast::<Element>()) else { return };
        let bars = strip.children();
        for (at, height) in heights.iter().enumerate() {
            if let Some(bar) = bars.item(at as u32) {
                dom::set_number(&bar, "--h", *height, "");
            }
        }
        let (a, b) = ends.unwrap_or((0.0, 0.0));
        dom::set_number(&area, "--a", a, "%");
        dom::set_number(&area, "--b", b, "%");
    });
}
