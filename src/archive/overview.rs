//! Traits of an archive that decide which controls the app shows.

use crate::archive::Manifest;
use crate::model::Date;

/// Minimum number of non-empty months for a histogram.
const MIN_TIMELINE_MONTHS: usize = 3;

/// Returns true if enough months have articles for a histogram.
pub fn has_timeline(manifest: &Manifest) -> bool {
    manifest.months.counts.iter().filter(|&&count| count > 0).count() >= MIN_TIMELINE_MONTHS
}

/// Returns the years that have articles, newest first.
pub fn years_with_articles(manifest: &Manifest) -> Vec<i32> {
    let first = manifest.months.first;
    let filled = manifest.months.counts.iter().enumerate().filter(|(_, count)| **count > 0);
    let mut years: Vec<i32> = filled.map(|(at, _)| Date::from_month_index(first + at as i32).year).collect();
    years.dedup();
    years.reverse();
    years
}

/// Returns the number of values of the date facet.
pub fn time_value_count(manifest: &Manifest) -> usize {
    years_with_articles(manifest).len() + usize::from(manifest.undated > 0)
}

/// Returns true if there are authors, tags, or two values of another facet to choose from.
pub fn has_facets(manifest: &Manifest) -> bool {
    manifest.has_names
        || manifest.sources.len() > 1
        || manifest.langs.len() > 1
        || time_value_count(manifest) > 1
}

/// Returns true if a masthead contains Latin letters: letter spacing suits Chinese but breaks up Latin words.
pub fn has_latin_letters(name: &str) -> bool {
    name.contains(|c: char| c.is_ascii_alphabetic())
}
