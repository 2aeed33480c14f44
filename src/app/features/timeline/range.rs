//! Date range of a query.

use crate::app::i18n::Locale;
use crate::app::state::SearchResults;
use crate::archive::Manifest;
use crate::model::Date;
use crate::search::{Filter, Period};

/// Returns the range given by `after:` and `before:`, or by a single `date:`.
pub fn date_range(found: &SearchResults) -> Option<(Option<Period>, Option<Period>)> {
    let (mut from, mut to, mut dates) = (None, None, Vec::new());
    for (filter, without) in found.query.filters() {
        match filter {
            Filter::After(period) if !without => from = Some(*period),
            Filter::Before(period) if !without => to = Some(*period),
            Filter::Date(Some(period)) if !without => dates.push(*period),
            _ => {}
        }
    }
    match (from, to, dates.as_slice()) {
        (None, None, [date]) => Some((Some(*date), Some(date.next()))),
        (None, None, _) => None,
        _ => Some((from, to)),
    }
}

/// Returns the query without the filters of its date range. Excluded dates stay.
pub fn remove_date_range(found: &SearchResults) -> String {
    found.query.remove_filters(&found.query_text, |filter, without| match filter {
        Filter::Before(_) | Filter::After(_) => true,
        Filter::Date(Some(_)) => !without,
        _ => false,
    })
}

/// Formats the range with both ends included.
pub fn format_date_range(found: &SearchResults, manifest: &Manifest, ui: Locale) -> String {
    let dates = ui.dates();
    let (from, to) = date_range(found).unwrap_or_default();
    let first = Date::from_month_index(manifest.months.first);
    let last_month = Date::from_month_index(manifest.months.first + manifest.months.counts.len() as i32 - 1);
    let from = from.map_or(first, Period::start);
    let to = to.map_or(Date { day: last_month.days_in_month(), ..last_month }, |to| {
        Date::from_days(to.start().to_days() - 1)
    });
    let whole_months = from.day == 1 && to.day == to.days_in_month();
    let written = |date: Date| if whole_months { dates.month_and_year(date) } else { dates.day(date) };
    if from == to || whole_months && from.month_index() == to.month_index() {
        return written(from);
    }
    format!("{} — {}", written(from), written(to))
}
