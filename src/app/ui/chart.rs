//! Axis of the timeline.

use crate::app::i18n::Locale;
use crate::app::services::WindowLayout;
use crate::app::services::clock::today;
use crate::model::Date;
use crate::search::{Granularity, Histogram};
use yew::prelude::*;

/// Labels years, or months of a daily histogram, as many as fit.
pub fn render_axis(histogram: &Histogram, layout: WindowLayout, ui: Locale) -> Html {
    let (count, dates) = (histogram.counts.len(), ui.dates());
    let room = if layout == WindowLayout::Phone { 7 } else { 12 };
    let daily = histogram.granularity == Some(Granularity::Day);
    // First bar of a year or of a month.
    let starts = |at: usize| {
        let here = *histogram.starts.get(at)?;
        let before = match at.checked_sub(1) {
            Some(before) => *histogram.starts.get(before)?,
            None => Date::from_days(here.to_days() - 1),
        };
        let is_new = here.year != before.year || daily && here.month != before.month;
        is_new.then_some(here)
    };
    let every = (0..count).filter_map(starts).count().div_ceil(room).max(1) as i32;
    let first_tick = (0..count).find(|&at| starts(at).is_some()).unwrap_or(count);
    // The first month is labelled if it does not overlap the first tick.
    let first_fits =
        first_tick * (if layout == WindowLayout::Phone { 350 } else { 632 }) / count.max(1) >= 80;
    let now = Some(today());
    let is_today =
        |at: usize| histogram.starts.get(at).copied() <= now && histogram.starts.get(at + 1).copied() > now;
    let tick = |at: usize| {
        let (class, label) = match starts(at) {
            _ if at + 1 == count && is_today(at) => (Some("today"), Some(ui.library().today.to_owned())),
            Some(date) if daily && (date.month == 1 || at == first_tick && !first_fits) => {
                (Some("y"), Some(dates.month_and_year(date)))
            }
            Some(date) if daily => (Some("y"), Some(dates.month(date))),
            Some(date) if date.year % every == 0 && at + every.min(3) as usize <= count => {
                (Some("y"), Some(dates.year(date)))
            }
            Some(_) => (Some("y"), None),
            None if at == 0 && first_fits => {
                (None, histogram.starts.first().map(|&date| dates.month_and_year(date)))
            }
            None => (None, None),
        };
        html! { <i class={classes!(class)}>if let Some(label) = label { <span>{ label }</span> }</i> }
    };
    html! { <div class="axis" aria-hidden="true">{ for (0..count).map(tick) }</div> }
}
