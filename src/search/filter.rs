//! Evaluation of query filters.

use super::name_filter::set_name_bits;
use crate::archive::{DateIndex, Facets, Manifest, Name, NameTables};
use crate::model::{Date, Lang};
use crate::search::{Filter, Period, Query, Status};
use crate::text::fold;
use std::ops::Range;

/// Bit mask of passed filters for every article.
///
/// Each article has one bit per facet, so that the counts of a facet can ignore that facet's own filters.
pub struct FilterMask {
    bits: Vec<u8>,
}

pub(super) const DATE: u8 = 1;
pub(super) const SOURCE: u8 = 2;
pub(super) const LANG: u8 = 4;
pub(super) const STATUS: u8 = 8;
pub(super) const AUTHOR: u8 = 16;
pub(super) const TAG: u8 = 32;
pub(super) const LABEL: u8 = 64;
const ALL: u8 = DATE | SOURCE | LANG | STATUS | AUTHOR | TAG | LABEL;

/// Status bits of each article, by ordinal, and its labels. Articles past the end have none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StatusBitmap {
    flags: Vec<u8>,
    /// Labels of the reader in alphabetical order.
    labels: Vec<Name>,
}

const READ: u8 = 1;
const STARRED: u8 = 2;
const ANNOTATED: u8 = 4;

impl StatusBitmap {
    /// Creates the bitmap of an archive with `count` articles, without any status.
    pub fn new(count: u32) -> StatusBitmap {
        StatusBitmap { flags: vec![0; count as usize], labels: Vec::new() }
    }

    /// Sets a status. `Unread` is the absence of `Read`.
    pub fn set(&mut self, ordinal: u32, status: Status) {
        let flag = match status {
            Status::Unread => 0,
            Status::Read => READ,
            Status::Starred => STARRED,
            Status::Annotated => ANNOTATED,
        };
        if let Some(flags) = self.flags.get_mut(ordinal as usize) {
            *flags |= flag;
        }
    }

    /// Labels an article, once.
    pub fn set_label(&mut self, ordinal: u32, label: &str) {
        match self.labels.binary_search_by(|known| known.name.as_str().cmp(label)) {
            Ok(at) => self.labels[at].ordinals.push(ordinal),
            Err(at) => self.labels.insert(at, Name { name: label.to_owned(), ordinals: vec![ordinal] }),
        }
    }

    /// Returns the labels in alphabetical order, each with its articles in any order.
    pub fn labels(&self) -> &[Name] {
        &self.labels
    }

    /// Returns true if an article has the status.
    pub fn has(&self, ordinal: u32, status: Status) -> bool {
        let flags = self.flags.get(ordinal as usize).copied().unwrap_or_default();
        match status {
            Status::Unread => flags & READ == 0,
            Status::Read => flags & READ != 0,
            Status::Starred => flags & STARRED != 0,
            Status::Annotated => flags & ANNOTATED != 0,
        }
    }
}

impl FilterMask {
    /// Mask of a query without filters, which all articles pass.
    pub fn unfiltered(facets: &Facets) -> FilterMask {
        FilterMask { bits: vec![ALL; facets.column.values.len()] }
    }

    /// Evaluates the filters of `query` for an archive and its user data `flags`. `names` are needed if the query
    /// filters by author or tag.
    pub fn new(
        query: &Query,
        manifest: &Manifest,
        facets: &Facets,
        flags: &StatusBitmap,
        names: Option<&NameTables>,
    ) -> FilterMask {
        let Facets { days, column, .. } = facets;
        let mut bits = vec![0; column.values.len()];
        set_name_bits(&mut bits, query, names, &flags.labels);
        for range in date_ranges(query, days) {
            bits[range.start as usize..range.end as usize].iter_mut().for_each(|bit| *bit |= DATE);
        }
        let pairs: Vec<u8> = column.pairs.iter().map(|&pair| facet_mask(query, manifest, pair)).collect();
        for (bit, &value) in bits.iter_mut().zip(&column.values) {
            *bit |= pairs.get(usize::from(value)).copied().unwrap_or_default();
        }
        let wanted: Vec<(Status, bool)> = query
            .filters()
            .filter_map(|(filter, without)| match filter {
                Filter::Is(status) => Some((*status, !without)),
                _ => None,
            })
            .collect();
        for (bit, ordinal) in bits.iter_mut().zip(0..) {
            if wanted.iter().all(|&(status, wanted)| flags.has(ordinal, status) == wanted) {
                *bit |= STATUS;
            }
        }
        FilterMask { bits }
    }

    /// Returns for each article whether all filters pass.
    pub fn to_mask(&self) -> Vec<bool> {
        self.bits.iter().map(|&bits| bits == ALL).collect()
    }

    /// Returns true if an article passes all filters, ignoring those of facet `kind`.
    pub(super) fn passes_ignoring(&self, ordinal: u32, kind: u8) -> bool {
        self.bits.get(ordinal as usize).is_some_and(|&bits| bits | kind == ALL)
    }
}

fn facet_mask(query: &Query, manifest: &Manifest, (source, lang): (u16, Lang)) -> u8 {
    let source = manifest.sources.get(usize::from(source));
    let is_source = |wanted: &str| {
        let wanted = fold(wanted);
        let named = |source: &crate::archive::Source| {
            let mut keys = std::iter::once(&source.key).chain(&source.other_keys);
            keys.any(|key| fold(key) == wanted) || fold(&source.name).contains(&wanted)
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

/// Returns the ordinals that pass the date filters, as disjoint ranges.
fn date_ranges(query: &Query, days: &DateIndex) -> Vec<Range<u32>> {
    let (mut from, mut to) = (None::<Date>, None::<Date>);
    let mut periods: Vec<Option<Period>> = Vec::new();
    let mut refused: Vec<Range<u32>> = Vec::new();
    for (filter, without) in query.filters() {
        match (filter, without) {
            // `-before:` is equivalent to `after:`, and the other way round.
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
    let bounds = if bounded { days.ordinals_between(from, to) } else { 0..everything };
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

fn period_range(period: Option<Period>, days: &DateIndex) -> Range<u32> {
    period.map_or(0..days.undated(), |period| days.ordinals_between(Some(period.start()), Some(period.end())))
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
