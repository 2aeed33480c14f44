//! User data in memory.

use super::change::{Change, Kind};
use super::records::{Highlight, Millis, Position, Saved};
use crate::model::Id;
use crate::order;
use std::collections::{BTreeMap, HashMap};

/// User data of one archive.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Kept {
    /// Time of each star.
    pub stars: HashMap<Id, Millis>,
    /// Time of each read mark.
    pub reads: HashMap<Id, Millis>,
    /// Reading position of each article that was started.
    pub positions: HashMap<Id, Position>,
    /// Saved searches by query.
    pub searches: BTreeMap<String, Saved>,
    /// Annotations by key.
    pub highlights: BTreeMap<String, Highlight>,
}

impl Kept {
    /// Returns true if the article is starred.
    pub fn is_starred(&self, id: Id) -> bool {
        self.stars.contains_key(&id)
    }

    /// Returns true if the article is marked as read.
    pub fn is_read(&self, id: Id) -> bool {
        self.reads.contains_key(&id)
    }

    /// Returns the reading progress in thousandths; `None` without a reading position.
    pub fn share(&self, id: Id) -> Option<u16> {
        self.positions.get(&id).map(|position| position.share)
    }

    /// Returns the number of records of a kind.
    pub fn count(&self, kind: Kind) -> usize {
        match kind {
            Kind::Stars => self.stars.len(),
            Kind::Reads => self.reads.len(),
            Kind::Positions => self.positions.len(),
            Kind::Searches => self.searches.len(),
            Kind::Highlights => self.highlights.len(),
        }
    }

    /// Returns true if there are no records.
    pub fn is_empty(&self) -> bool {
        Kind::ALL.into_iter().all(|kind| self.count(kind) == 0)
    }

    /// Applies an edit and returns its inverse.
    pub fn apply(&mut self, change: Change) -> Change {
        match change {
            Change::Star(id, time) => Change::Star(id, put(&mut self.stars, id, time)),
            Change::Read(id, time) => Change::Read(id, put(&mut self.reads, id, time)),
            Change::Position(id, position) => Change::Position(id, put(&mut self.positions, id, position)),
            Change::Search(query, saved) => {
                let before = match saved {
                    Some(saved) => self.searches.insert(query.clone(), saved),
                    None => self.searches.remove(&query),
                };
                Change::Search(query, before)
            }
            Change::Highlight(key, highlight) => {
                let before = match highlight {
                    Some(highlight) => self.highlights.insert(key.clone(), highlight),
                    None => self.highlights.remove(&key),
                };
                Change::Highlight(key, before)
            }
        }
    }

    /// Returns all records as the edits that recreate them, each kind sorted by key.
    pub fn records(&self) -> Vec<Change> {
        fn sorted<V: Clone>(
            records: &HashMap<Id, V>,
            change: impl Fn(Id, Option<V>) -> Change,
        ) -> Vec<Change> {
            let mut records: Vec<_> = records.iter().collect();
            order::sort_by_key(&mut records, |(id, _)| **id);
            records.into_iter().map(|(&id, value)| change(id, Some(value.clone()))).collect()
        }
        let mut all = sorted(&self.stars, Change::Star);
        all.extend(sorted(&self.reads, Change::Read));
        all.extend(sorted(&self.positions, Change::Position));
        let searches = self.searches.iter();
        all.extend(searches.map(|(query, saved)| Change::Search(query.clone(), Some(saved.clone()))));
        let highlights = self.highlights.iter();
        all.extend(highlights.map(|(key, one)| Change::Highlight(key.clone(), Some(one.clone()))));
        all
    }
}

/// Inserts or removes a value and returns the previous one.
fn put<V>(records: &mut HashMap<Id, V>, id: Id, value: Option<V>) -> Option<V> {
    match value {
        Some(value) => records.insert(id, value),
        None => records.remove(&id),
    }
}

#[cfg(test)]
mod tests {
    use super::super::change::tests::change;
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_edit_can_be_undone(
            before in proptest::collection::vec(change(), 0..20),
            done in proptest::collection::vec(change(), 0..20),
        ) {
            let mut kept = Kept::default();
            before.into_iter().for_each(|change| drop(kept.apply(change)));
            let old = kept.clone();
            let mut undo: Vec<Change> = done.into_iter().map(|change| kept.apply(change)).collect();
            undo.reverse();
            undo.into_iter().for_each(|change| drop(kept.apply(change)));
            prop_assert_eq!(kept, old);
        }

        #[test]
        fn records_recreate_the_user_data(changes in proptest::collection::vec(change(), 0..40)) {
            let mut kept = Kept::default();
            changes.into_iter().for_each(|change| drop(kept.apply(change)));
            let mut again = Kept::default();
            kept.records().into_iter().for_each(|change| drop(again.apply(change)));
            prop_assert_eq!(again, kept);
        }
    }
}
