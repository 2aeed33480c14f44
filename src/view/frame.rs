//! Which parts of the frame an archive has something for.

use crate::archive::Manifest;
use crate::model::Date;

/// With fewer filled months a histogram says nothing.
const FEWEST_MONTHS: usize = 3;

/// Whether the archive is spread over enough months for a histogram.
pub fn has_timeline(manifest: &Manifest) -> bool {
    manifest.months.counts.iter().filter(|&&count| count > 0).count() >= FEWEST_MONTHS
}

/// The years that have articles, newest first.
pub fn filled_years(manifest: &Manifest) -> Vec<i32> {
    let first = manifest.months.first;
    let filled = manifest.months.counts.iter().enumerate().filter(|(_, count)| **count > 0);
    let mut years: Vec<i32> = filled.map(|(at, _)| Date::of_month_index(first + at as i32).year).collect();
    years.dedup();
    years.reverse();
    years
}

/// How many values the facet of time has.
pub fn time_values(manifest: &Manifest) -> usize {
    filled_years(manifest).len() + usize::from(manifest.undated > 0)
}

/// Whether a facet has two values, so that there is something to choose.
pub fn has_facets(manifest: &Manifest) -> bool {
    manifest.sources.len() > 1 || manifest.langs.len() > 1 || time_values(manifest) > 1
}

/// Whether a nameplate has Latin letters: Chinese may be spaced there, but those fall apart.
pub fn is_latin(name: &str) -> bool {
    name.contains(|c: char| c.is_ascii_alphabetic())
}
