//! Records of an article under an earlier id.

use super::{UserData, UserDataEdit};
use crate::model::Id;

impl UserData {
    /// Returns the edits that move the records of the `aliases` of an article to its `id`.
    ///
    /// Of several stars and read marks the one of `id` stays, of several reading positions the latest.
    pub fn move_records(&self, aliases: &[Id], id: Id) -> Vec<UserDataEdit> {
        let mut edits = Vec::new();
        let mut latest = self.positions.get(&id).map(|position| position.time);
        for alias in aliases {
            if let Some(&time) = self.stars.get(alias) {
                edits.extend((!self.is_starred(id)).then_some(UserDataEdit::Star(id, Some(time))));
                edits.push(UserDataEdit::Star(*alias, None));
            }
            if let Some(&time) = self.reads.get(alias) {
                edits.extend((!self.is_read(id)).then_some(UserDataEdit::Read(id, Some(time))));
                edits.push(UserDataEdit::Read(*alias, None));
            }
            if let Some(position) = self.positions.get(alias) {
                if latest.is_none_or(|time| time < position.time) {
                    latest = Some(position.time);
                    edits.push(UserDataEdit::Position(id, Some(position.clone())));
                }
                edits.push(UserDataEdit::Position(*alias, None));
            }
            for label in self.labels_of(*alias) {
                let edit = |id, time| UserDataEdit::Label(id, label.name.clone(), time);
                edits.extend((!self.has_label(id, &label.name)).then(|| edit(id, Some(label.time))));
                edits.push(edit(*alias, None));
            }
            for (key, annotation) in self.annotations.iter().filter(|(_, one)| one.article == *alias) {
                let mut moved = annotation.clone();
                moved.article = id;
                edits.push(UserDataEdit::Annotation(key.clone(), Some(moved)));
            }
        }
        edits
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::user_data::record::tests::change;
    use crate::user_data::{Annotation, ReadingPosition};
    use proptest::prelude::*;

    fn position(time: u64) -> ReadingPosition {
        ReadingPosition { line: 1, char_offset: 2, prefix: "a".into(), suffix: "b".into(), progress: 3, time }
    }

    #[test]
    fn records_of_aliases_move_to_the_article() {
        let [old, older, new] = ["old", "older", "new"].map(Id::from_path);
        let mut data = UserData::default();
        let note = |article| Annotation {
            article,
            title: String::new(),
            quote: "q".into(),
            prefix: String::new(),
            suffix: String::new(),
            start_byte: 0,
            note: "n".into(),
            time: 1,
        };
        for edit in [
            UserDataEdit::Star(old, Some(1)),
            UserDataEdit::Star(new, Some(2)),
            UserDataEdit::Read(older, Some(3)),
            UserDataEdit::Position(old, Some(position(9))),
            UserDataEdit::Position(older, Some(position(7))),
            UserDataEdit::Position(new, Some(position(5))),
            UserDataEdit::Annotation("k".into(), Some(note(old))),
            UserDataEdit::Annotation("l".into(), Some(note(new))),
            UserDataEdit::Label(old, "人物".into(), Some(4)),
            UserDataEdit::Label(old, "海".into(), Some(5)),
            UserDataEdit::Label(new, "海".into(), Some(6)),
        ] {
            data.apply(edit);
        }
        for edit in data.move_records(&[old, older], new) {
            data.apply(edit);
        }
        assert_eq!((data.stars.len(), data.stars[&new]), (1, 2));
        assert_eq!((data.reads.len(), data.reads[&new]), (1, 3));
        assert_eq!((data.positions.len(), data.positions[&new].time), (1, 9));
        assert_eq!(data.annotations.values().filter(|one| one.article == new).count(), 2);
        assert_eq!((data.labels.count(), data.labels_of(new).count()), (2, 2));
        assert_eq!((data.labels.time(new, "人物"), data.labels.time(new, "海")), (Some(4), Some(6)));
        assert!(data.move_records(&[old, older], new).is_empty());
    }

    proptest! {
        #[test]
        fn moving_leaves_no_record_of_an_alias(changes in proptest::collection::vec(change(), 0..30)) {
            let mut data = UserData::default();
            changes.into_iter().for_each(|change| drop(data.apply(change)));
            let notes = data.annotations.len();
            let (aliases, id) = (["a", "b"].map(Id::from_path), Id::from_path("c"));
            let starred = aliases.iter().chain([&id]).any(|&id| data.is_starred(id));
            data.move_records(&aliases, id).into_iter().for_each(|edit| drop(data.apply(edit)));
            prop_assert_eq!(data.is_starred(id), starred);
            prop_assert_eq!(data.annotations.len(), notes);
            prop_assert!(data.move_records(&aliases, id).is_empty());
        }
    }
}
