//! Text of the date range of a query.

use crate::app::i18n::Locale;
use crate::app::state::SearchResults;
use crate::archive::Manifest;
use crate::model::Date;
use crate::search::Period;

/// Formats the range with both ends included.
pub fn format_date_range(found: &SearchResults, manifest: &Manifest, ui: Locale) -> String {
    let dates = ui.dates();
    let (from, to) = found.query.date_range().unwrap_or_default();
    let first = Date::from_month_index(manifest.months.first);
    let last_month = Date::from_month_index(manifest.months.first + manifest.months.counts.len() as i32 - 1);
    let from = from.map_or(first, Period::start);
    let to = to.map_or(Date { day: last_month.days_in_month(), ..last_month }, |to| {
        Date::from_days(to.start().to_days() - 1)
    });
    let whole_months = from.day == 1 && to.day == to.days_in_month();
    let whole_years = whole_months && (from.month, to.month) == (1, 12);
    let written = |date: Date| {
        dates.period(Period {
            year: date.year,
            month: (!whole_years).then_some(date.month),
            day: (!whole_months).then_some(date.day),
        })
    };
    let (from, to) = (written(from), written(to));
    if from == to { from } else { format!("{from} – {to}") }
}
