//! Histogram of articles over time, and the range chosen in it.

pub mod calendar;
pub mod granularity;
pub mod range;

pub use range::format_date_range;

use self::granularity::{TimelineFocus, granularity_picker};
use crate::app::services::{WindowLayout, dom, use_effect_with, use_shared};
use crate::app::state::{LibraryView, use_library_view};
use crate::app::ui::render_axis;
use crate::model::Date;
use crate::search::{Histogram, MonthBins, Period};
use crate::view_model::{RangeDrag, RangeEnd, RouteAction, select_range, step_range};
use std::ops::Range;
use web_sys::Element;
use yew::prelude::*;

/// Histogram with a bar per month, or fewer bars for long spans, or the chosen granularity. A drag, a grip, a
/// click on a bar or arrow keys choose a range.
#[component]
pub fn Timeline() -> Html {
    let (view, layout) = (use_library_view(), use_shared().unwrap_or(WindowLayout::Phone));
    let Some(view) = view else { return Html::default() };
    let LibraryView { archive, facets, results: found, navigation, ui } = &view;
    let (manifest, texts) = (archive.manifest(), ui.timeline());
    let most = if layout == WindowLayout::Phone { 72 } else { 120 };
    let look = use_state_eq(|| None::<TimelineFocus>);
    let counts = &found.selection.counts;
    let mut days = facets.days.iter().map(|(date, _)| date.to_days());
    let first = days.next().unwrap_or_default();
    let span = first..days.next_back().unwrap_or(first) + 1;
    let bars = match &*look {
        Some((unit, focus)) => Histogram::new(*unit, &counts.days, span.clone(), focus.clone(), most),
        None => Histogram::from(&MonthBins::from_months(manifest.months.first, &counts.months, most)),
    };
    let count = bars.counts.len();
    let chosen = found.query.date_range();
    let (from, to) = chosen.unwrap_or_default();
    let ends = [from, to].map(|end| end.map(Period::start));
    let searching = found.search.is_some() && found.has_counts();
    let dragged = use_state_eq(|| None::<RangeDrag>);
    let (area, strip) = (use_node_ref(), use_node_ref());
    let settled = chosen.and_then(|_| bars.bins_between(ends[0], ends[1]));
    let shown = dragged.as_ref().map_or(settled.clone(), |drag| Some(drag.range()));

    let choose = {
        let (bars, found, navigate) = (bars.clone(), found.clone(), navigation.navigate.clone());
        move |range: Range<usize>, moves: [bool; 2]| {
            let query = select_range(&found.query, &found.query_text, &bars, &range, moves);
            navigate.emit(RouteAction::Search(query));
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
            let target = event.target_dyn_into::<Element>();
            let grip = target.and_then(|target| match target.get_attribute("data-grip")?.as_str() {
                "from" => Some(RangeEnd::From),
                _ => Some(RangeEnd::To),
            });
            if let Some(area) = area.cast::<Element>() {
                // Without pointer capture the drag ends at the edge of the strip.
                let _ = area.set_pointer_capture(event.pointer_id());
            }
            dragged.set(Some(RangeDrag::new(at, grip, shown.as_ref())));
        })
    };
    let onpointermove = {
        let (dragged, bar_at) = (dragged.clone(), bar_at);
        Callback::from(move |event: PointerEvent| {
            if let (Some(drag), Some(at)) = (*dragged, bar_at(&event)) {
                dragged.set(Some(drag.to(at)));
            }
        })
    };
    let onpointerup = {
        let (dragged, choose) = (dragged.clone(), choose.clone());
        Callback::from(move |_: PointerEvent| {
            if let Some(drag) = *dragged {
                dragged.set(None);
                choose(drag.range(), drag.moves);
            }
        })
    };
    let onpointercancel = {
        let dragged = dragged.clone();
        Callback::from(move |_: PointerEvent| dragged.set(None))
    };
    let key = |end: RangeEnd| {
        let (choose, bars) = (choose.clone(), bars.clone());
        let range = settled.clone().unwrap_or(0..count);
        Callback::from(move |event: KeyboardEvent| {
            if let Some(range) = step_range(&bars, &range, end, &event.key(), event.shift_key()) {
                event.prevent_default();
                choose(range, [end == RangeEnd::From, end == RangeEnd::To]);
            }
        })
    };

    use_bar_heights(&area, &strip, &bars.counts, shown.clone());
    let bar_class = |at: usize, articles: u32| {
        let on = shown.as_ref().is_some_and(|range| range.contains(&at));
        let hit = searching && articles > 0;
        classes!(on.then_some("on"), hit.then_some("hit"), (articles == 0).then_some("none"))
    };
    let dates = ui.dates();
    let written = |at: usize| bars.period(at).map(|period| dates.period(period)).unwrap_or_default();
    let grip = |end: RangeEnd, label: &'static str, at: usize, value: usize| {
        let name = if end == RangeEnd::From { "from" } else { "to" };
        html! {
            <button role="slider" data-grip={name} aria-label={label} aria-valuemin="0" aria-valuemax={count.to_string()}
                aria-valuenow={at.to_string()} aria-valuetext={written(value)}
                onkeydown={key(end)} />
        }
    };
    let range = shown.clone().unwrap_or(0..count);
    let label = texts.bars(&written(0), &written(count.saturating_sub(1)));
    // Focus on the chosen range, else on the visible one; for the whole span, on its newest part.
    let found_days = counts.days.first().zip(counts.days.last()).map(|(first, last)| first.0..last.0 + 1);
    let focus = match (ends, &*look) {
        ([Some(from), to], _) => from.to_days()..to.map_or(span.end, Date::to_days),
        ([None, Some(to)], _) => to.to_days() - 1..to.to_days(),
        (_, None) => found_days.unwrap_or_else(|| bars.span()),
        _ => bars.span(),
    };
    html! {
        <>
        { granularity_picker(&bars, &focus, look, *ui) }
        <div class={classes!("time__g", shown.is_some().then_some("is-brushed"))} ref={area}
            {onpointerdown} {onpointermove} {onpointerup} {onpointercancel}>
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
