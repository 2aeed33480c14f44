//! Filters and counts over the whole archive.

use super::state::Sort;
use crate::archive::{Column, Days, Manifest};
use crate::model::{Date, Lang};
use crate::search::{Filter, Hit, Period, Query};
use std::ops::Range;

/// What the filters of a query let through, article by article.
///
/// Each article has a bit for each kind of condition, so that the count beside a value can leave out the
/// conditions of its own kind.
pub struct Sieve {
    bits: Vec<u8>,
}

const DATE: u8 = 1;
const SOURCE: u8 = 2;
const LANG: u8 = 4;
const ALL: u8 = DATE | SOURCE | LANG;

/// What a query selects: the list, and the counts beside it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Selection {
    /// The articles in the order of the list, as ordinals.
    pub ordinals: Vec<u32>,
    /// Counts beside the values of each facet.
    pub counts: Counts,
}

/// How many articles each value of a facet would give.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Counts {
    /// For each source of the manifest.
    pub sources: Vec<u32>,
    /// For each of [`Lang::ALL`].
    pub langs: Vec<u32>,
    /// For each month from the archive's first to its last.
    pub months: Vec<u32>,
    /// Without a date.
    pub undated: u32,
}

impl Sieve {
    /// The sieve of `query` for an archive.
    pub fn new(query: &Query, manifest: &Manifest, days: &Days, column: &Column) -> Sieve {
        let mut bits = vec![0; column.values.len()];
        for range in dates(query, days) {
            bits[range.start as usize..range.end as usize].iter_mut().for_each(|bit| *bit |= DATE);
        }
        let pairs: Vec<u8> = column.pairs.iter().map(|&pair| pair_bits(query, manifest, pair)).collect();
        for (bit, &value) in bits.iter_mut().zip(&column.values) {
            *bit |= pairs.get(usize::from(value)).copied().unwrap_or_default();
        }
        Sieve { bits }
    }

    /// Whether each article passes all conditions.
    pub fn passing(&self) -> Vec<bool> {
        self.bits.iter().map(|&bits| bits == ALL).collect()
    }

    fn passes_but(&self, ordinal: u32, kind: u8) -> bool {
        self.bits.get(ordinal as usize).is_some_and(|&bits| bits | kind == ALL)
    }
}

fn pair_bits(query: &Query, manifest: &Manifest, (source, lang): (u16, Lang)) -> u8 {
    let source = manifest.sources.get(usize::from(source));
    let is_source = |wanted: &str| {
        let wanted = crate::text::fold(wanted);
        let named = |source: &crate::archive::Source| {
            crate::text::fold(&source.key) == wanted || crate::text::fold(&source.name).contains(&wanted)
        };
        source.is_some_and(named)
    };
    let (mut any_source, mut source_asked, mut any_lang, mut lang_asked, mut refused) =
        (false, false, false, false, 0);
    for (filter, without) in query.filters() {
        match (filter, without) {
            (Filter::Source(wanted), false) => {
                source_asked = true;
                any_source |= is_source(wanted);
            }
            (Filter::Source(wanted), true) if is_source(wanted) => refused |= SOURCE,
            (Filter::Lang(wanted), false) => {
                lang_asked = true;
                any_lang |= *wanted == lang;
            }
            (Filter::Lang(wanted), true) if *wanted == lang => refused |= LANG,
            _ => {}
        }
    }
    let source = if any_source || !source_asked { SOURCE } else { 0 };
    let lang = if any_lang || !lang_asked { LANG } else { 0 };
    (source | lang) & !refused
}

/// The ordinals that the dates of `query` allow, as disjoint ranges.
fn dates(query: &Query, days: &Days) -> Vec<Range<u32>> {
    let (mut from, mut to) = (None::<Date>, None::<Date>);
    let mut periods: Vec<Option<Period>> = Vec::new();
    let mut refused: Vec<Range<u32>> = Vec::new();
    for (filter, without) in query.filters() {
        match (filter, without) {
            // Not before a day is from that day on, and the other way round.
            (Filter::After(period), false) | (Filter::Before(period), true) => {
                from = from.max(Some(period.start()))
            }
            (Filter::Before(period), false) | (Filter::After(period), true) => {
                to = Some(to.map_or(period.start(), |to| to.min(period.start())));
            }
            (Filter::Date(period), false) => periods.push(*period),
            (Filter::Date(period), true) => refused.push(period_range(*period, days)),
            _ => {}
        }
    }
    let everything = days.iter().next_back().map_or(days.undated(), |(_, range)| range.end);
    let bounded = from.is_some() || to.is_some();
    let bounds = if bounded { days.between(from, to) } else { 0..everything };
    let mut ranges: Vec<Range<u32>> = if periods.is_empty() {
        vec![bounds]
    } else {
        let within = |range: Range<u32>| range.start.max(bounds.start)..range.end.min(bounds.end);
        periods.iter().map(|&period| within(period_range(period, days))).collect()
    };
    ranges = ranges
        .into_iter()
        .flat_map(|range| subtract(range, &refused))
        .filter(|range| !range.is_empty())
        .collect();
    ranges
}

fn period_range(period: Option<Period>, days: &Days) -> Range<u32> {
    period.map_or(0..days.undated(), |period| days.between(Some(period.start()), Some(period.end())))
}

fn subtract(range: Range<u32>, refused: &[Range<u32>]) -> Vec<Range<u32>> {
    refused.iter().fold(vec![range], |pieces, refused| {
        let cut = |piece: Range<u32>| {
            [
                piece.start..piece.end.min(refused.start.max(piece.start)),
                piece.start.max(refused.end.min(piece.end))..piece.end,
            ]
        };
        pieces.into_iter().flat_map(cut).filter(|piece| !piece.is_empty()).collect()
    })
}

/// Sorts and counts. `hits` are the articles that hold the query's words, or nothing when it has none.
pub fn select(
    sieve: &Sieve,
    hits: Option<&[Hit]>,
    sort: Sort,
    manifest: &Manifest,
    days: &Days,
    column: &Column,
) -> Selection {
    let mut counts = Counts {
        sources: vec![0; manifest.sources.len()],
        langs: vec![0; Lang::ALL.len()],
        months: vec![0; manifest.months.counts.len()],
        undated: 0,
    };
    // An ordinal and its score in one number: everything here is then sorted by one routine.
    let mut found: Vec<u64> = match hits {
        None => (0..manifest.count).map(|ordinal| pair(ordinal, 0)).collect(),
        Some(hits) => hits.iter().map(|hit| pair(hit.ordinal, hit.score)).collect(),
    };
    found.sort_unstable();
    let mut day_ranges = days.iter();
    let mut day: Option<(Date, Range<u32>)> = None;
    let mut picked = Vec::new();
    for entry in found {
        let ordinal = first_of(entry);
        while ordinal >= days.undated() && day.as_ref().is_none_or(|(_, range)| range.end <= ordinal) {
            match day_ranges.next() {
                Some(next) => day = Some(next),
                None => break,
            }
        }
        if sieve.passes_but(ordinal, 0) {
            picked.push(entry);
        }
        if sieve.passes_but(ordinal, DATE) {
            let month = day.as_ref().filter(|_| ordinal >= days.undated());
            let month =
                month.and_then(|(date, _)| usize::try_from(date.month_index() - manifest.months.first).ok());
            match month.and_then(|month| counts.months.get_mut(month)) {
                Some(count) => *count += 1,
                None => counts.undated += 1,
            }
        }
        let Some((source, lang)) = column.get(ordinal) else { continue };
        if sieve.passes_but(ordinal, SOURCE)
            && let Some(count) = counts.sources.get_mut(usize::from(source))
        {
            *count += 1;
        }
        if sieve.passes_but(ordinal, LANG)
            && let Some(at) = Lang::ALL.iter().position(|&known| known == lang)
        {
            counts.langs[at] += 1;
        }
    }
    Selection { ordinals: order(picked, sort, days.undated()), counts }
}

fn pair(first: u32, second: u32) -> u64 {
    u64::from(first) << 32 | u64::from(second)
}

fn first_of(pair: u64) -> u32 {
    (pair >> 32) as u32
}

/// Puts pairs of ordinal and score, ascending, into the order of the list. Undated articles come last in
/// both directions of time.
fn order(picked: Vec<u64>, sort: Sort, undated: u32) -> Vec<u32> {
    let ordinals = |picked: &[u64]| picked.iter().map(|&entry| first_of(entry)).collect::<Vec<u32>>();
    match sort {
        Sort::Oldest => {
            let mut ordinals = ordinals(&picked);
            let without_date = ordinals.partition_point(|&ordinal| ordinal < undated);
            ordinals.rotate_left(without_date);
            ordinals
        }
        Sort::Newest => {
            let mut ordinals = ordinals(&picked);
            ordinals.reverse();
            ordinals
        }
        Sort::Relevance => {
            let mut scored: Vec<u64> = picked.iter().map(|entry| entry.rotate_left(32)).collect();
            scored.sort_unstable();
            scored.iter().rev().map(|&entry| entry as u32).collect()
        }
    }
}

/// The bars of a histogram over time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bars {
    /// The month index at which the first bar begins.
    pub first: i32,
    /// What a bar stands for.
    pub unit: Unit,
    /// How many articles each bar has.
    pub counts: Vec<u32>,
}

/// What a bar stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// A month.
    Month,
    /// Three months.
    Quarter,
    /// A year.
    Year,
}

impl Unit {
    /// How many months it has.
    pub fn months(self) -> i32 {
        match self {
            Unit::Month => 1,
            Unit::Quarter => 3,
            Unit::Year => 12,
        }
    }
}

impl Bars {
    /// Adds months up to bars so that there are at most `most`, or one a year.
    pub fn of(first_month: i32, months: &[u32], most: usize) -> Bars {
        let last = first_month + months.len() as i32;
        let bars = |unit: Unit| {
            let first = first_month.div_euclid(unit.months());
            (first, (last - 1).div_euclid(unit.months()) - first + 1)
        };
        let fits = |unit: &Unit| bars(*unit).1 <= most as i32;
        let unit = [Unit::Month, Unit::Quarter].into_iter().find(fits).unwrap_or(Unit::Year);
        let (first, number) = bars(unit);
        let mut counts = vec![0; number.max(0) as usize];
        for (at, count) in months.iter().enumerate() {
            counts[((first_month + at as i32).div_euclid(unit.months()) - first) as usize] += count;
        }
        Bars { first: first * unit.months(), unit, counts }
    }

    /// The month index at which bar `at` begins; `at` may be one past the last.
    pub fn start(&self, at: usize) -> i32 {
        self.first + at as i32 * self.unit.months()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::archive::{Months, Source, VERSION};
    use crate::model::Zone;

    /// Nine articles: two undated, then one a month from October 2023; sources and languages alternate.
    fn archive() -> (Manifest, Days, Column) {
        let dates: Vec<Option<Date>> = (0..9u8)
            .map(|n| n.checked_sub(2).map(|n| Date::of_month_index(2023 * 12 + 9 + i32::from(n))))
            .collect();
        let column = Column::of((0..9u16).map(|n| (n % 2, if n % 3 == 0 { Lang::En } else { Lang::ZhHans })));
        let source = |key: &str, name: &str, count| Source { key: key.into(), name: name.into(), count };
        let manifest = Manifest {
            sheaf: VERSION,
            title: String::new(),
            description: String::new(),
            lang: None,
            zone: Zone("UTC".into()),
            images: Default::default(),
            count: 9,
            undated: 2,
            sources: vec![source("a.example", "潮声周刊", 5), source("b.example", "北岸日報", 4)],
            langs: vec![(Lang::ZhHans, 6), (Lang::En, 3)],
            months: Months::of(dates.iter().copied().flatten()),
            tables: None,
            articles: Vec::new(),
        };
        (manifest, Days::of(dates), column)
    }

    fn ordinals(query: &str, sort: Sort) -> Vec<u32> {
        let (manifest, days, column) = archive();
        let sieve = Sieve::new(&Query::parse(query), &manifest, &days, &column);
        select(&sieve, None, sort, &manifest, &days, &column).ordinals
    }

    #[test]
    fn undated_articles_come_last() {
        assert_eq!(ordinals("", Sort::Newest), [8, 7, 6, 5, 4, 3, 2, 1, 0]);
        assert_eq!(ordinals("", Sort::Oldest), [2, 3, 4, 5, 6, 7, 8, 0, 1]);
    }

    #[test]
    fn filters_combine() {
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
            assert_eq!(ordinals(query, Sort::Newest), expected, "{query}");
        }
    }

    #[test]
    fn counts_leave_out_their_own_kind() {
        let (manifest, days, column) = archive();
        let sieve = Sieve::new(&Query::parse("source:a.example date:2023"), &manifest, &days, &column);
        let counts = select(&sieve, None, Sort::Newest, &manifest, &days, &column).counts;
        assert_eq!(counts.sources, [2, 1]);
        assert_eq!(counts.months, [1, 0, 1, 0, 1, 0, 1]);
        assert_eq!(counts.undated, 1);
        assert_eq!(counts.langs[..3], [2, 0, 0]);
    }

    #[test]
    fn hits_are_sorted_by_score_and_time() {
        let (manifest, days, column) = archive();
        let sieve = Sieve::new(&Query::parse("x"), &manifest, &days, &column);
        let hit = |ordinal, score| Hit { ordinal, score, count: 1 };
        let hits = [hit(7, 1), hit(3, 2), hit(5, 1), hit(0, 1)];
        let selection = select(&sieve, Some(&hits), Sort::Relevance, &manifest, &days, &column);
        assert_eq!(selection.ordinals, [3, 7, 5, 0]);
    }

    #[test]
    fn bars_fit() {
        let bars = Bars::of(2023 * 12 + 9, &[1; 7], 10);
        assert_eq!((bars.unit, bars.counts.len()), (Unit::Month, 7));
        let bars = Bars::of(2023 * 12 + 10, &[1; 7], 3);
        assert_eq!((bars.unit, bars.first, bars.counts), (Unit::Quarter, 2023 * 12 + 9, vec![2, 3, 2]));
        let bars = Bars::of(2009 * 12, &[1; 36], 2);
        assert_eq!((bars.unit, bars.counts), (Unit::Year, vec![12, 12, 12]));
    }
}
