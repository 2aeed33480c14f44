//! User data in memory.

use super::{Annotation, Labels, Millis, ReadingPosition, RecordKind, SavedSearch, UserDataEdit};
use crate::model::Id;
use crate::small_sort;
use std::collections::{BTreeMap, HashMap};

/// User data of one archive.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct UserData {
    /// Time of each star.
    pub stars: HashMap<Id, Millis>,
    /// Time of each read mark.
    pub reads: HashMap<Id, Millis>,
    /// Reading position of each article that was started.
    pub positions: HashMap<Id, ReadingPosition>,
    /// Saved searches by query.
    pub searches: BTreeMap<String, SavedSearch>,
    /// Annotations by key.
    pub annotations: BTreeMap<String, Annotation>,
    /// Labels of the articles.
    pub labels: Labels,
}

impl UserData {
    /// Returns true if the article is starred.
    pub fn is_starred(&self, id: Id) -> bool {
        self.stars.contains_key(&id)
    }

    /// Returns true if the article is marked as read.
    pub fn is_read(&self, id: Id) -> bool {
        self.reads.contains_key(&id)
    }

    /// Returns the reading progress in thousandths; `None` without a reading position.
    pub fn progress(&self, id: Id) -> Option<u16> {
        self.positions.get(&id).map(|position| position.progress)
    }

    /// Returns the number of records of a kind.
    pub fn count(&self, kind: RecordKind) -> usize {
        match kind {
            RecordKind::Stars => self.stars.len(),
            RecordKind::Reads => self.reads.len(),
            RecordKind::Positions => self.positions.len(),
            RecordKind::Searches => self.searches.len(),
            RecordKind::Annotations => self.annotations.len(),
            RecordKind::Labels => self.labels.count(),
        }
    }

    /// Returns true if there are no records.
    pub fn is_empty(&self) -> bool {
        RecordKind::ALL.into_iter().all(|kind| self.count(kind) == 0)
    }

    /// Applies an edit and returns its inverse.
    pub fn apply(&mut self, change: UserDataEdit) -> UserDataEdit {
        match change {
            UserDataEdit::Star(id, time) => UserDataEdit::Star(id, replace(&mut self.stars, id, time)),
            UserDataEdit::Read(id, time) => UserDataEdit::Read(id, replace(&mut self.reads, id, time)),
            UserDataEdit::Position(id, position) => {
                UserDataEdit::Position(id, replace(&mut self.positions, id, position))
            }
            UserDataEdit::Search(query, saved) => {
                let before = match saved {
                    Some(saved) => self.searches.insert(query.clone(), saved),
                    None => self.searches.remove(&query),
                };
                UserDataEdit::Search(query, before)
            }
            UserDataEdit::Annotation(key, highlight) => {
                let before = match highlight {
                    Some(highlight) => self.annotations.insert(key.clone(), highlight),
                    None => self.annotations.remove(&key),
                };
                UserDataEdit::Annotation(key, before)
            }
            UserDataEdit::Label(id, name, time) => {
                let before = self.labels.set(id, &name, time);
                UserDataEdit::Label(id, name, before)
            }
        }
    }

    /// Applies edits in order and returns those that undo them.
    pub fn apply_all(&mut self, edits: &[UserDataEdit]) -> Vec<UserDataEdit> {
        let mut undo: Vec<UserDataEdit> = edits.iter().map(|edit| self.apply(edit.clone())).collect();
        undo.reverse();
        undo
    }

    /// Returns all records as the edits that recreate them, each kind sorted by key.
    pub fn records(&self) -> Vec<UserDataEdit> {
        fn sorted<V: Clone>(
            records: &HashMap<Id, V>,
            change: impl Fn(Id, Option<V>) -> UserDataEdit,
        ) -> Vec<UserDataEdit> {
            let mut records: Vec<_> = records.iter().collect();
            small_sort::sort_by_key(&mut records, |(id, _)| **id);
            records.into_iter().map(|(&id, value)| change(id, Some(value.clone()))).collect()
        }
        let mut all = sorted(&self.stars, UserDataEdit::Star);
        all.extend(sorted(&self.reads, UserDataEdit::Read));
        all.extend(sorted(&self.positions, UserDataEdit::Position));
        let searches = self.searches.iter();
        all.extend(searches.map(|(query, saved)| UserDataEdit::Search(query.clone(), Some(saved.clone()))));
        let highlights = self.annotations.iter();
        all.extend(highlights.map(|(key, one)| UserDataEdit::Annotation(key.clone(), Some(one.clone()))));
        let labels = self.labels.iter();
        all.extend(
            labels.map(|label| UserDataEdit::Label(label.article, label.name.clone(), Some(label.time))),
        );
        all
    }
}

/// Inserts or removes a value and returns the previous one.
fn replace<V>(records: &mut HashMap<Id, V>, id: Id, value: Option<V>) -> Option<V> {
    match value {
        Some(value) => records.insert(id, value),
        None => records.remove(&id),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::user_data::record::tests::change;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_edit_can_be_undone(
            before in proptest::collection::vec(change(), 0..20),
            done in proptest::collection::vec(change(), 0..20),
        ) {
            let mut data = UserData::default();
            data.apply_all(&before);
            let old = data.clone();
            let undo = data.apply_all(&done);
            let new = data.clone();
            let redo = data.apply_all(&undo);
            prop_assert_eq!(&data, &old);
            data.apply_all(&redo);
            prop_assert_eq!(data, new);
        }

        #[test]
        fn records_recreate_the_user_data(changes in proptest::collection::vec(change(), 0..40)) {
            let (mut data, mut again) = (UserData::default(), UserData::default());
            data.apply_all(&changes);
            again.apply_all(&data.records());
            prop_assert_eq!(again, data);
        }
    }
}
