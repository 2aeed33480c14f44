//! Result list and facet counts over the whole archive.

use super::filter::{DATE, LANG, SOURCE, STATUS};
use super::sort_order::SortOrder;
use super::{FilterMask, StatusBitmap};
use crate::archive::{Facets, Manifest};
use crate::model::{Date, Lang};
use crate::search::{Hit, Status};
use std::ops::Range;

/// Results of a query with facet counts.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ResultList {
    /// Ordinals of the rows in list order. Articles with identical bodies share the row of the first.
    pub ordinals: Vec<u32>,
    /// Number of matching articles.
    pub total: usize,
    /// Counts per facet value.
    pub counts: FacetCounts,
}

/// Number of results that each facet value would give.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FacetCounts {
    /// Counts per source of the manifest.
    pub sources: Vec<u32>,
    /// Counts per language of [`Lang::ALL`].
    pub langs: Vec<u32>,
    /// Counts per month, from the archive's first to its last.
    pub months: Vec<u32>,
    /// Counts per non-empty day, in days since 1970-01-01.
    pub days: Vec<(i64, u32)>,
    /// Number of undated results.
    pub undated: u32,
}

/// Sorts and counts the results. `hits` are the articles that match the terms, `None` for a query without
/// terms.
pub fn select_results(
    sieve: &FilterMask,
    hits: Option<&[Hit]>,
    sort: SortOrder,
    manifest: &Manifest,
    facets: &Facets,
) -> ResultList {
    let Facets { days, column, duplicates: same, .. } = facets;
    let mut counts = FacetCounts {
        sources: vec![0; manifest.sources.len()],
        langs: vec![0; Lang::ALL.len()],
        months: vec![0; manifest.months.counts.len()],
        days: Vec::new(),
        undated: 0,
    };
    // Ordinal and score packed into one number, so that a single sort routine serves all orders.
    let mut found: Vec<u64> = match hits {
        None => (0..manifest.count).map(|ordinal| pack(ordinal, 0)).collect(),
        Some(hits) => hits.iter().map(|hit| pack(hit.ordinal, hit.score)).collect(),
    };
    found.sort_unstable();
    let mut day_ranges = days.iter();
    let mut day: Option<(Date, Range<u32>)> = None;
    let mut picked = Vec::new();
    for entry in found {
        let ordinal = high_half(entry);
        while ordinal >= days.undated() && day.as_ref().is_none_or(|(_, range)| range.end <= ordinal) {
            match day_ranges.next() {
                Some(next) => day = Some(next),
                None => break,
            }
        }
        if sieve.passes_ignoring(ordinal, 0) {
            picked.push(entry);
        }
        if sieve.passes_ignoring(ordinal, DATE) {
            let date = day.as_ref().filter(|_| ordinal >= days.undated()).map(|(date, _)| *date);
            let month =
                date.and_then(|date| usize::try_from(date.month_index() - manifest.months.first).ok());
            match date.zip(month.and_then(|month| counts.months.get_mut(month))) {
                Some((date, count)) => {
                    *count += 1;
                    match counts.days.last_mut().filter(|(last, _)| *last == date.to_days()) {
                        Some((_, count)) => *count += 1,
                        None => counts.days.push((date.to_days(), 1)),
                    }
                }
                None => counts.undated += 1,
            }
        }
        let Some((source, lang)) = column.get(ordinal) else { continue };
        if sieve.passes_ignoring(ordinal, SOURCE)
            && let Some(count) = counts.sources.get_mut(usize::from(source))
        {
            *count += 1;
        }
        if sieve.passes_ignoring(ordinal, LANG)
            && let Some(at) = Lang::ALL.iter().position(|&known| known == lang)
        {
            counts.langs[at] += 1;
        }
    }
    let total = picked.len();
    let mut ordinals = sort_results(picked, sort, days.undated());
    dedup_identical_bodies(&mut ordinals, same);
    ResultList { ordinals, total, counts }
}

/// Returns the number of results for each of [`Status::ALL`], among the articles that pass all other filters.
pub fn status_counts(sieve: &FilterMask, hits: Option<&[Hit]>, flags: &StatusBitmap, count: u32) -> [u32; 4] {
    let mut counts = [0; 4];
    let mut add = |ordinal: u32| {
        if sieve.passes_ignoring(ordinal, STATUS) {
            for (count, status) in counts.iter_mut().zip(Status::ALL) {
                *count += u32::from(flags.has(ordinal, status));
            }
        }
    };
    match hits {
        None => (0..count).for_each(add),
        Some(hits) => hits.iter().for_each(|hit| add(hit.ordinal)),
    }
    counts
}

/// Keeps the first listed article of each group with identical bodies.
fn dedup_identical_bodies(ordinals: &mut Vec<u32>, same: &[Vec<u32>]) {
    let mut group_of: Vec<u64> = same
        .iter()
        .zip(0..)
        .flat_map(|(group, number)| group.iter().map(move |&at| pack(at, number)))
        .collect();
    if group_of.is_empty() {
        return;
    }
    group_of.sort_unstable();
    let mut shown = vec![false; same.len()];
    ordinals.retain(|&ordinal| {
        let at = group_of.partition_point(|&entry| high_half(entry) < ordinal);
        match group_of.get(at).filter(|&&entry| high_half(entry) == ordinal) {
            Some(&entry) => !std::mem::replace(&mut shown[entry as u32 as usize], true),
            None => true,
        }
    });
}

fn pack(first: u32, second: u32) -> u64 {
    u64::from(first) << 32 | u64::from(second)
}

fn high_half(pair: u64) -> u32 {
    (pair >> 32) as u32
}

/// Sorts ascending pairs of ordinal and score into list order. Undated articles come last in both date
/// orders.
fn sort_results(picked: Vec<u64>, sort: SortOrder, undated: u32) -> Vec<u32> {
    let ordinals = |picked: &[u64]| picked.iter().map(|&entry| high_half(entry)).collect::<Vec<u32>>();
    match sort {
        SortOrder::Oldest => {
            let mut ordinals = ordinals(&picked);
            let without_date = ordinals.partition_point(|&ordinal| ordinal < undated);
            ordinals.rotate_left(without_date);
            ordinals
        }
        SortOrder::Newest => {
            let mut ordinals = ordinals(&picked);
            ordinals.reverse();
            ordinals
        }
        SortOrder::Relevance => {
            let mut scored: Vec<u64> = picked.iter().map(|entry| entry.rotate_left(32)).collect();
            scored.sort_unstable();
            scored.iter().rev().map(|&entry| entry as u32).collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::archive::{DateIndex, FORMAT_VERSION, FacetColumn, Months, Source};
    use crate::model::ZoneLabel;
    use crate::search::Query;
    use crate::search::{NameKind, name_counts};

    /// Nine articles: two undated, then one per month from October 2023; sources and languages alternate.
    fn archive() -> (Manifest, Facets) {
        let dates: Vec<Option<Date>> = (0..9u8)
            .map(|n| n.checked_sub(2).map(|n| Date::from_month_index(2023 * 12 + 9 + i32::from(n))))
            .collect();
        let column = FacetColumn::from_pairs(
            (0..9u16).map(|n| (n % 2, if n % 3 == 0 { Lang::En } else { Lang::ZhHans })),
        );
        let source = |key: &str, name: &str, count| Source {
            key: key.into(),
            name: name.into(),
            count,
            other_keys: Vec::new(),
            title_suffixes: Vec::new(),
        };
        let manifest = Manifest {
            format_version: FORMAT_VERSION,
            title: String::new(),
            description: String::new(),
            lang: None,
            zone: ZoneLabel("UTC".into()),
            images: Default::default(),
            licence: String::new(),
            build_stats: None,
            count: 9,
            undated: 2,
            sources: vec![source("a.example", "潮声周刊", 5), source("b.example", "北岸日報", 4)],
            langs: vec![(Lang::ZhHans, 6), (Lang::En, 3)],
            months: Months::from_dates(dates.iter().copied().flatten()),
            duplicates: Vec::new(),
            related: Vec::new(),
            file_index: None,
            articles: Vec::new(),
            has_names: false,
        };
        (manifest, Facets { days: DateIndex::from_dates(dates), column, ..Facets::default() })
    }

    fn ordinals(query: &str, sort: SortOrder) -> Vec<u32> {
        let (manifest, facets) = archive();
        let sieve = FilterMask::new(&Query::parse(query), &manifest, &facets, &StatusBitmap::default(), None);
        select_results(&sieve, None, sort, &manifest, &facets).ordinals
    }

    #[test]
    fn undated_articles_are_listed_last() {
        assert_eq!(ordinals("", SortOrder::Newest), [8, 7, 6, 5, 4, 3, 2, 1, 0]);
        assert_eq!(ordinals("", SortOrder::Oldest), [2, 3, 4, 5, 6, 7, 8, 0, 1]);
    }

    #[test]
    fn combined_filters_select_articles() {
        for (query, expected) in [
            ("source:a.example", &[8, 6, 4, 2, 0][..]),
            ("source:北岸日报", &[7, 5, 3, 1]),
            ("-source:a.example", &[7, 5, 3, 1]),
            ("source:a.example source:b.example lang:en", &[6, 3, 0]),
            ("lang:ja", &[]),
            ("after:2024-02", &[8, 7, 6]),
            ("before:2023-12", &[3, 2]),
            ("after:2023-11 before:2024", &[4, 3]),
            ("date:2023-10 date:2024-04", &[8, 2]),
            ("date:2023", &[4, 3, 2]),
            ("date:none", &[1, 0]),
            ("-date:2023", &[8, 7, 6, 5, 1, 0]),
            ("date:2023 -date:2023-11", &[4, 2]),
        ] {
            assert_eq!(ordinals(query, SortOrder::Newest), expected, "{query}");
        }
    }

    #[test]
    fn status_filters_select_and_count() {
        let (manifest, facets) = archive();
        let mut flags = StatusBitmap::new(9);
        for (ordinal, status) in
            [(8, Status::Read), (7, Status::Starred), (8, Status::Starred), (2, Status::Read)]
        {
            flags.set(ordinal, status);
        }
        for (query, expected) in [
            ("is:read", &[8, 2][..]),
            ("is:starred", &[8, 7]),
            ("is:starred is:unread", &[7]),
            ("is:starred -is:read", &[7]),
            ("is:read is:unread", &[]),
            ("is:unread date:none", &[1, 0]),
            ("is:noted", &[]),
        ] {
            let sieve = FilterMask::new(&Query::parse(query), &manifest, &facets, &flags, None);
            assert_eq!(
                select_results(&sieve, None, SortOrder::Newest, &manifest, &facets).ordinals,
                expected,
                "{query}"
            );
        }
        let sieve =
            FilterMask::new(&Query::parse("is:read source:a.example"), &manifest, &facets, &flags, None);
        assert_eq!(status_counts(&sieve, None, &flags, 9), [3, 2, 1, 0]);
    }

    #[test]
    fn label_filters_select_and_count() {
        let (manifest, facets) = archive();
        let mut flags = StatusBitmap::new(9);
        for (ordinal, label) in [(8, "海"), (7, "海"), (7, "人 物"), (2, "Sea")] {
            flags.set_label(ordinal, label);
        }
        for (query, expected) in [
            ("label:海", &[8, 7][..]),
            ("label:sea label:\"人 物\"", &[7, 2]),
            ("label:海 -我的标签:人物", &[8]),
            ("我的標籤：sea", &[2]),
            ("标签：海 -tag:人物", &[8]),
            ("label:人", &[]),
            ("-label:海 -tag:sea date:none", &[1, 0]),
        ] {
            let sieve = FilterMask::new(&Query::parse(query), &manifest, &facets, &flags, None);
            let found = select_results(&sieve, None, SortOrder::Newest, &manifest, &facets);
            assert_eq!(found.ordinals, expected, "{query}");
        }
        let sieve = FilterMask::new(&Query::parse("label:海"), &manifest, &facets, &flags, None);
        let names: Vec<&str> = flags.labels().iter().map(|label| label.name.as_str()).collect();
        assert_eq!(names, ["Sea", "人 物", "海"]);
        assert_eq!(name_counts(&sieve, None, flags.labels(), NameKind::Label, 9), [1, 1, 2]);
    }

    #[test]
    fn facet_counts_ignore_their_own_filters() {
        let (manifest, facets) = archive();
        let sieve = FilterMask::new(
            &Query::parse("source:a.example date:2023"),
            &manifest,
            &facets,
            &StatusBitmap::default(),
            None,
        );
        let counts = select_results(&sieve, None, SortOrder::Newest, &manifest, &facets).counts;
        assert_eq!(counts.sources, [2, 1]);
        assert_eq!(counts.months, [1, 0, 1, 0, 1, 0, 1]);
        assert_eq!(counts.undated, 1);
        assert_eq!(counts.langs[..3], [2, 0, 0]);
    }

    #[test]
    fn identical_bodies_share_one_row() {
        let (manifest, mut facets) = archive();
        facets.duplicates = vec![vec![1, 4, 8], vec![2, 3]];
        let sieve = FilterMask::new(
            &Query::parse("date:2023 date:none"),
            &manifest,
            &facets,
            &StatusBitmap::default(),
            None,
        );
        let selection = select_results(&sieve, None, SortOrder::Newest, &manifest, &facets);
        assert_eq!((selection.ordinals.as_slice(), selection.total), (&[4, 3, 0][..], 5));
    }

    #[test]
    fn hits_sort_by_score_then_time() {
        let (manifest, facets) = archive();
        let sieve = FilterMask::new(&Query::parse("x"), &manifest, &facets, &StatusBitmap::default(), None);
        let hit = |ordinal, score| Hit { ordinal, score, verified: true };
        let hits = [hit(7, 1), hit(3, 2), hit(5, 1), hit(0, 1)];
        let selection = select_results(&sieve, Some(&hits), SortOrder::Relevance, &manifest, &facets);
        assert_eq!(selection.ordinals, [3, 7, 5, 0]);
    }
}
