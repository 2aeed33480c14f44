//! All that is kept, in memory.

use super::change::{Change, Kind};
use super::records::{Highlight, Millis, Position, Saved};
use crate::model::Id;
use crate::order;
use std::collections::{BTreeMap, HashMap};

/// All that a reader keeps of one archive.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Kept {
    /// When each starred article was starred.
    pub stars: HashMap<Id, Millis>,
    /// When each read article was read.
    pub reads: HashMap<Id, Millis>,
    /// Where each article that was begun was left.
    pub positions: HashMap<Id, Position>,
    /// The saved searches by their text.
    pub searches: BTreeMap<String, Saved>,
    /// The passages that were marked, by their keys.
    pub highlights: BTreeMap<String, Highlight>,
}

impl Kept {
    /// Whether an article has a star.
    pub fn is_starred(&self, id: Id) -> bool {
        self.stars.contains_key(&id)
    }

    /// Whether an article was read.
    pub fn is_read(&self, id: Id) -> bool {
        self.reads.contains_key(&id)
    }

    /// How much of an article lies above where it was left, in thousandths; nothing when it was not begun.
    pub fn share(&self, id: Id) -> Option<u16> {
        self.positions.get(&id).map(|position| position.share)
    }

    /// How many records there are of a kind.
    pub fn count(&self, kind: Kind) -> usize {
        match kind {
            Kind::Stars => self.stars.len(),
            Kind::Reads => self.reads.len(),
            Kind::Positions => self.positions.len(),
            Kind::Searches => self.searches.len(),
            Kind::Highlights => self.highlights.len(),
        }
    }

    /// Whether there is nothing.
    pub fn is_empty(&self) -> bool {
        Kind::ALL.into_iter().all(|kind| self.count(kind) == 0)
    }

    /// Makes a change and hands back the one that undoes it.
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

    /// Every record, as the change that would make it; each kind in the order of its keys.
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

/// Puts or removes a value and hands back the one that was there.
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
        fn every_change_can_be_undone(
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
        fn records_make_the_same_again(changes in proptest::collection::vec(change(), 0..40)) {
            let mut kept = Kept::default();
            changes.into_iter().for_each(|change| drop(kept.apply(change)));
            let mut again = Kept::default();
            kept.records().into_iter().for_each(|change| drop(again.apply(change)));
            prop_assert_eq!(again, kept);
        }
    }
}
