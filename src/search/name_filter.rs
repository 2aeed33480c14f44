//! Filters by author, tag and label, and the counts of their values.

use super::filter::{AUTHOR, LABEL, TAG};
use super::{Filter, FilterMask, Hit, Query};
use crate::archive::{Name, NameTables};
use crate::text::fold;

/// Kind of names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameKind {
    /// Authors.
    Author,
    /// Tags of the publishers.
    Tag,
    /// Labels of the reader.
    Label,
}

impl NameKind {
    /// All kinds.
    pub const ALL: [NameKind; 3] = [NameKind::Author, NameKind::Tag, NameKind::Label];

    fn bit(self) -> u8 {
        match self {
            NameKind::Author => AUTHOR,
            NameKind::Tag => TAG,
            NameKind::Label => LABEL,
        }
    }

    /// Returns the names of this kind.
    pub fn names<'a>(self, tables: Option<&'a NameTables>, labels: &'a [Name]) -> &'a [Name] {
        match (self, tables) {
            (NameKind::Label, _) => labels,
            (NameKind::Author, Some(tables)) => &tables.authors,
            (NameKind::Tag, Some(tables)) => &tables.tags,
            (_, None) => &[],
        }
    }

    /// Returns the filter of this kind that asks for `name`.
    pub fn filter(self, name: String) -> Filter {
        match self {
            NameKind::Author => Filter::Author(name),
            NameKind::Tag => Filter::Tag(name),
            NameKind::Label => Filter::Label(name),
        }
    }

    /// Returns the name that a filter of this kind asks for.
    pub fn wanted(self, filter: &Filter) -> Option<&str> {
        match (self, filter) {
            (NameKind::Author, Filter::Author(name))
            | (NameKind::Tag, Filter::Tag(name))
            | (NameKind::Label, Filter::Label(name)) => Some(name),
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

/// Sets the bits of the articles that pass the filters by author, tag and label. One of several names of a kind suffices.
/// `tag:` finds labels of the reader as well. `tables` are `None` if no filter needs them.
pub(super) fn set_name_bits(bits: &mut [u8], query: &Query, tables: Option<&NameTables>, labels: &[Name]) {
    for kind in NameKind::ALL {
        let bit = kind.bit();
        let names = kind.names(tables, labels);
        let labels = if kind == NameKind::Tag { labels } else { &[] };
        let wanted = |negated: bool| {
            query.filters().filter_map(move |(filter, without)| {
                (without == negated).then(|| kind.wanted(filter)).flatten()
            })
        };
        let matching =
            |name| [names, labels].into_iter().flat_map(move |names| matching_ordinals(names, kind, name));
        if wanted(false).next().is_none() {
            bits.iter_mut().for_each(|bits| *bits |= bit);
        }
        for ordinal in wanted(false).flat_map(matching) {
            bits[ordinal as usize] |= bit;
        }
        for ordinal in wanted(true).flat_map(matching) {
            bits[ordinal as usize] &= !bit;
        }
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
        NameKind::Author => match select(&|name| name == wanted) {
            exact if exact.is_empty() => select(&|name| name.contains(wanted)),
            exact => exact,
        },
        NameKind::Tag | NameKind::Label => select(&|name| {
            name.strip_prefix(wanted).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        }),
    }
}

/// Returns for each name of a kind the number of results among the articles that pass all filters but those of the
/// kind.
pub fn name_counts(
    mask: &FilterMask,
    hits: Option<&[Hit]>,
    names: &[Name],
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
    names.iter().map(|name| name.ordinals.iter().filter(is_counted).count() as u32).collect()
}
