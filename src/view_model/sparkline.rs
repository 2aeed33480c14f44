//! Sparklines: SVG paths of bars over time, and their counts.

use crate::archive::{Facets, Manifest};
use crate::search::MonthBins;
use std::fmt::Write as _;

/// Returns the number of articles per source and month, from the archive's first month to its last.
pub fn month_counts_by_source(manifest: &Manifest, facets: &Facets) -> Vec<Vec<u32>> {
    let mut counts = vec![vec![0; manifest.months.counts.len()]; manifest.sources.len()];
    for (date, ordinals) in facets.days.iter() {
        let Ok(month) = usize::try_from(date.month_index() - manifest.months.first) else { continue };
        for (source, _) in ordinals.filter_map(|ordinal| facets.column.get(ordinal)) {
            if let Some(count) = counts.get_mut(usize::from(source)).and_then(|months| months.get_mut(month))
            {
                *count += 1;
            }
        }
    }
    counts
}

/// Returns the bars as an SVG path in a box of 100 units per bar by 100 units. Empty bars are omitted; the
/// smallest bars have a visible minimum height.
pub fn svg_path(counts: &[u32]) -> String {
    let most = u64::from(counts.iter().copied().max().unwrap_or(0).max(1));
    let mut path = String::new();
    for (at, &count) in counts.iter().enumerate().filter(|(_, count)| **count > 0) {
        let height = (u64::from(count) * 100 / most).max(3);
        // Writing to a string cannot fail.
        let _ = write!(path, "M{} 100v-{height}h84v{height}z", at * 100 + 8);
    }
    path
}

/// Groups monthly counts by year: the year, its twelve months, and their sum.
pub fn counts_by_year(first_month: i32, months: &[u32]) -> Vec<(i32, [u32; 12], u32)> {
    let mut years: Vec<(i32, [u32; 12], u32)> = Vec::new();
    for (&count, month) in months.iter().zip(first_month..) {
        let year = month.div_euclid(12);
        if years.last().is_none_or(|(last, ..)| *last != year) {
            years.push((year, [0; 12], 0));
        }
        if let Some((_, months, sum)) = years.last_mut() {
            months[month.rem_euclid(12) as usize] = count;
            *sum += count;
        }
    }
    years.retain(|(.., sum)| *sum > 0);
    years
}

/// Returns the index and the count of the highest bar.
pub fn highest_bin(bars: &MonthBins) -> Option<(usize, u32)> {
    bars.counts.iter().copied().enumerate().max_by_key(|&(at, count)| (count, std::cmp::Reverse(at)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_form_one_path() {
        assert_eq!(svg_path(&[2, 0, 4]), "M8 100v-50h84v50zM208 100v-100h84v100z");
        assert_eq!(svg_path(&[1, 1000]), "M8 100v-3h84v3zM108 100v-100h84v100z");
        assert_eq!(svg_path(&[0]), "");
    }

    #[test]
    fn months_are_grouped_by_year() {
        let table = counts_by_year(2021 * 12 + 10, &[1, 2, 3]);
        assert_eq!(table.len(), 2);
        assert_eq!((table[0].0, table[0].1[10], table[0].1[11], table[0].2), (2021, 1, 2, 3));
        assert_eq!((table[1].0, table[1].1[0], table[1].2), (2022, 3, 3));
        assert_eq!(counts_by_year(0, &[0; 24]), []);
    }

    #[test]
    fn first_of_equal_bars_is_the_highest() {
        let bars = MonthBins { first_month: 0, months_per_bin: 1, counts: vec![1, 5, 5] };
        assert_eq!(highest_bin(&bars), Some((1, 5)));
    }
}
