//! Records that came along with an archive, offered to the reader once.

use super::{RecordKind, UserData, UserDataEdit};
use crate::model::Id;
use crate::small_sort;

/// Records of a file, and the names of those that were offered before.
pub struct OfferedStates {
    /// Records that were not offered before.
    new: Vec<UserDataEdit>,
    /// Names of all records offered so far, separated by spaces.
    names: String,
}

impl OfferedStates {
    /// Offers those of `records` that are not among the `stored` names.
    pub fn new(records: Vec<UserDataEdit>, stored: &str) -> OfferedStates {
        let mut known: Vec<&str> = stored.split(' ').collect();
        small_sort::sort(&mut known);
        let mut names = stored.to_owned();
        let is_new = |record: &UserDataEdit| {
            let name = record_name(record);
            let is_new = known.binary_search(&name.as_str()).is_err();
            if is_new {
                names.push(' ');
                names.push_str(&name);
            }
            is_new
        };
        let new = records.into_iter().filter(is_new).collect();
        OfferedStates { new, names }
    }

    /// Returns the edits that take the records over. Records that the reader has already, or newer, stay.
    pub fn edits(&self, data: &UserData) -> Vec<UserDataEdit> {
        data.edits_to_merge(self.new.clone())
    }

    /// Returns the names of all records offered so far, as they are stored.
    pub fn names(&self) -> &str {
        &self.names
    }
}

/// Returns the number of records of a kind among `edits`.
pub fn count_kind(edits: &[UserDataEdit], kind: RecordKind) -> u64 {
    edits.iter().filter(|edit| edit.kind() == kind).count() as u64
}

/// Returns a short name of a record, which depends on its kind and key.
fn record_name(record: &UserDataEdit) -> String {
    Id::from_path(&[record.kind().name(), &record.key()].join(" ")).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::user_data::record::tests::change;
    use proptest::prelude::*;

    #[test]
    fn removed_star_is_not_offered_again() {
        let [a, b] = ["a", "b"].map(Id::from_path);
        let mut data = UserData::default();
        let file = |ids: &[Id]| ids.iter().map(|id| UserDataEdit::Star(*id, Some(5))).collect::<Vec<_>>();
        let first = OfferedStates::new(file(&[a]), "");
        assert_eq!(data.apply_all(&first.edits(&data.clone())).len(), 1);
        data.apply(UserDataEdit::Star(a, None));
        // The file of a later build has one star more.
        let second = OfferedStates::new(file(&[a, b]), first.names());
        assert_eq!(second.edits(&data), file(&[b]));
        assert_eq!(count_kind(&second.edits(&data), RecordKind::Stars), 1);
        assert!(OfferedStates::new(file(&[a, b]), second.names()).edits(&data).is_empty());
    }

    proptest! {
        #[test]
        fn taking_over_twice_changes_nothing(changes in proptest::collection::vec(change(), 0..30)) {
            let (mut data, mut file) = (UserData::default(), UserData::default());
            file.apply_all(&changes);
            let records = || file.records();
            let offered = OfferedStates::new(records(), "");
            data.apply_all(&offered.edits(&UserData::default()));
            prop_assert_eq!(&data, &file);
            prop_assert!(OfferedStates::new(records(), "").edits(&data).is_empty());
            prop_assert!(OfferedStates::new(records(), offered.names()).edits(&UserData::default()).is_empty());
        }
    }
}
