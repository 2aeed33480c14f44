//! Filters by author and tag, and the counts of their values.

use super::filter::{AUTHOR, TAG};
use super::{Filter, FilterMask, Hit, Query};
use crate::archive::{Name, NameKind, NameTables};
use crate::text::fold;

/// Bits of the passed filters by author and tag, for every article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameMask(pub(super) Vec<u8>);

impl NameKind {
    pub(super) fn bit(self) -> u8 {
        match self {
            NameKind::Author => AUTHOR,
            NameKind::Tag => TAG,
        }
    }

    /// Returns the filter of this kind that asks for `name`.
    pub fn filter(self, name: String) -> Filter {
        match self {
            NameKind::Author => Filter::Author(name),
            NameKind::Tag => Filter::Tag(name),
        }
    }

    /// Returns the name that a filter of this kind asks for.
    pub fn wanted(self, filter: &Filter) -> Option<&str> {
        match (self, filter) {
            (NameKind::Author, Filter::Author(name)) | (NameKind::Tag, Filter::Tag(name)) => Some(name),
            _ => None,
        }
    }
}

impl Query {
    /// Returns true if the query filters by author or tag.
    pub fn has_name_filters(&self) -> bool {
        self.filters().any(|(filter, _)| matches!(filter, Filter::Author(_) | Filter::Tag(_)))
    }
}

impl NameMask {
    /// Evaluates the filters of `query` by author and tag for an archive of `count` articles. One of several names of a
    /// kind suffices.
    pub fn new(query: &Query, tables: &NameTables, count: u32) -> NameMask {
        let mut bits = vec![0; count as usize];
        for kind in [NameKind::Author, NameKind::Tag] {
            let bit = kind.bit();
            let wanted = |negated: bool| {
                query.filters().filter_map(move |(filter, without)| {
                    (without == negated).then(|| kind.wanted(filter)).flatten()
                })
            };
            if wanted(false).next().is_none() {
                bits.iter_mut().for_each(|bits| *bits |= bit);
            }
            let names = tables.names(kind);
            for ordinal in wanted(false).flat_map(|name| matching_ordinals(names, kind, name)) {
                bits[ordinal as usize] |= bit;
            }
            for ordinal in wanted(true).flat_map(|name| matching_ordinals(names, kind, name)) {
                bits[ordinal as usize] &= !bit;
            }
        }
        NameMask(bits)
    }
}

/// Returns the articles of the names that `wanted` selects: those that fold to it or are tags below it, or else authors
/// that contain it.
fn matching_ordinals<'a>(names: &'a [Name], kind: NameKind, wanted: &str) -> Vec<u32> {
    let wanted = fold(wanted);
    // A hashtag is a tag.
    let wanted = wanted.strip_prefix('#').filter(|rest| !rest.is_empty()).unwrap_or(&wanted);
    let folded: Vec<(String, &'a Name)> = names.iter().map(|name| (fold(&name.name), name)).collect();
    let select = |is_match: &dyn Fn(&str) -> bool| -> Vec<u32> {
        let matching = folded.iter().filter(|(folded, _)| is_match(folded));
        matching.flat_map(|(_, name)| name.ordinals.iter().copied()).collect()
    };
    match kind {
        NameKind::Tag => select(&|name| {
            name.strip_prefix(wanted).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        }),
        NameKind::Author => match select(&|name| name == wanted) {
            exact if exact.is_empty() => select(&|name| name.contains(wanted)),
            exact => exact,
        },
    }
}

/// Returns for each name of a kind the number of results among the articles that pass all filters but those of the
/// kind.
pub fn name_counts(
    mask: &FilterMask,
    hits: Option<&[Hit]>,
    tables: &NameTables,
    kind: NameKind,
    count: u32,
) -> Vec<u32> {
    let mut counted = vec![false; count as usize];
    let mut add = |ordinal: u32| counted[ordinal as usize] = mask.passes_ignoring(ordinal, kind.bit());
    match hits {
        None => (0..count).for_each(add),
        Some(hits) => hits.iter().for_each(|hit| add(hit.ordinal)),
    }
    let is_counted = |ordinal: &&u32| counted[**ordinal as usize];
    let names = tables.names(kind).iter();
    names.map(|name| name.ordinals.iter().filter(is_counted).count() as u32).collect()
}
