//! User data edits and the stored form of records.

use super::{Annotation, Millis, ReadingPosition, SavedSearch, label_name};
use crate::model::Id;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// Kind of a user data record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RecordKind {
    /// Time at which an article was starred, by article id.
    Stars,
    /// Time at which an article was read, by article id.
    Reads,
    /// Reading position of an article, by article id.
    Positions,
    /// Saved searches, by query.
    Searches,
    /// Annotations, by their own keys.
    Annotations,
    /// Time at which an article was labelled, by article id and label.
    Labels,
}

/// Edit of one record: the new value, or `None` to delete the record.
#[derive(Clone, Debug, PartialEq)]
pub enum UserDataEdit {
    /// Star.
    Star(Id, Option<Millis>),
    /// Read mark.
    Read(Id, Option<Millis>),
    /// Reading position.
    Position(Id, Option<ReadingPosition>),
    /// Saved search.
    Search(String, Option<SavedSearch>),
    /// Annotation.
    Annotation(String, Option<Annotation>),
    /// Label of an article.
    Label(Id, String, Option<Millis>),
}

/// Stored value of a record.
#[derive(Clone, Debug, PartialEq)]
pub enum StoredValue {
    /// Time in milliseconds since 1970.
    Number(f64),
    /// JSON text.
    Text(String),
}

/// Start of the year 10000, in milliseconds since 1970; later clock values are rejected.
const MAX_TIME_MS: f64 = 253_402_300_800_000.0;

impl RecordKind {
    /// Kinds that have an object store of their own.
    pub const WITH_STORE: [RecordKind; 5] = [
        RecordKind::Stars,
        RecordKind::Reads,
        RecordKind::Positions,
        RecordKind::Searches,
        RecordKind::Annotations,
    ];

    /// All kinds.
    pub const ALL: [RecordKind; 6] = [
        RecordKind::Stars,
        RecordKind::Reads,
        RecordKind::Positions,
        RecordKind::Searches,
        RecordKind::Annotations,
        RecordKind::Labels,
    ];

    /// Returns the name used in databases and exported files.
    pub fn name(self) -> &'static str {
        match self {
            RecordKind::Stars => "stars",
            RecordKind::Reads => "reads",
            RecordKind::Positions => "positions",
            RecordKind::Searches => "searches",
            RecordKind::Annotations => "highlights",
            RecordKind::Labels => "labels",
        }
    }

    /// Returns the object store of the database. Labels share the store of annotations and are told from them by their
    /// values: a store of their own would need a new version of the database, which tabs of earlier releases could not
    /// write. Those releases leave labels in place.
    pub fn store(self) -> &'static str {
        match self {
            RecordKind::Labels => RecordKind::Annotations.name(),
            kind => kind.name(),
        }
    }

    /// Returns the kind of a record with this value in the store of this kind.
    pub fn of_stored(self, value: Option<&StoredValue>) -> RecordKind {
        match (self, value) {
            (RecordKind::Annotations, Some(StoredValue::Number(_))) => RecordKind::Labels,
            (kind, _) => kind,
        }
    }

    /// Returns the kind with this name.
    pub fn from_name(name: &str) -> Option<RecordKind> {
        RecordKind::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

impl UserDataEdit {
    /// Returns the kind of the record.
    pub fn kind(&self) -> RecordKind {
        match self {
            UserDataEdit::Star(..) => RecordKind::Stars,
            UserDataEdit::Read(..) => RecordKind::Reads,
            UserDataEdit::Position(..) => RecordKind::Positions,
            UserDataEdit::Search(..) => RecordKind::Searches,
            UserDataEdit::Annotation(..) => RecordKind::Annotations,
            UserDataEdit::Label(..) => RecordKind::Labels,
        }
    }

    /// Returns the key of the record.
    pub fn key(&self) -> String {
        match self {
            UserDataEdit::Star(id, _) | UserDataEdit::Read(id, _) | UserDataEdit::Position(id, _) => {
                id.to_string()
            }
            UserDataEdit::Search(key, _) | UserDataEdit::Annotation(key, _) => key.clone(),
            UserDataEdit::Label(id, label, _) => format!("{id} {label}"),
        }
    }

    /// Returns the stored value; `None` for a deletion.
    pub fn to_stored(&self) -> Option<StoredValue> {
        fn text(value: &impl Serialize) -> Option<StoredValue> {
            // Serializing strings and numbers cannot fail.
            serde_json::to_string(value).ok().map(StoredValue::Text)
        }
        match self {
            UserDataEdit::Star(_, time) | UserDataEdit::Read(_, time) | UserDataEdit::Label(_, _, time) => {
                time.map(|time| StoredValue::Number(time as f64))
            }
            UserDataEdit::Position(_, position) => text(position.as_ref()?),
            UserDataEdit::Search(_, saved) => text(saved.as_ref()?),
            UserDataEdit::Annotation(_, highlight) => text(highlight.as_ref()?),
        }
    }

    /// Parses a stored record; `None` if key or value is invalid.
    pub fn from_stored(kind: RecordKind, key: &str, value: Option<&StoredValue>) -> Option<UserDataEdit> {
        /// Parses the value if present; the outer `None` is a parse error.
        fn json<T: DeserializeOwned>(value: Option<&StoredValue>) -> Option<Option<T>> {
            match value {
                None => Some(None),
                Some(StoredValue::Text(text)) => crate::json_de::from_str(text).ok().map(Some),
                Some(StoredValue::Number(_)) => None,
            }
        }
        let time = || match value {
            None => Some(None),
            // The value is whole and in range, so the cast is exact.
            Some(StoredValue::Number(time)) if (0.0..MAX_TIME_MS).contains(time) => {
                Some(Some(*time as Millis))
            }
            Some(_) => None,
        };
        Some(match kind {
            RecordKind::Stars => UserDataEdit::Star(key.parse().ok()?, time()?),
            RecordKind::Reads => UserDataEdit::Read(key.parse().ok()?, time()?),
            RecordKind::Positions => UserDataEdit::Position(key.parse().ok()?, json(value)?),
            RecordKind::Searches => UserDataEdit::Search(key.to_owned(), json(value)?),
            RecordKind::Annotations => UserDataEdit::Annotation(key.to_owned(), json(value)?),
            RecordKind::Labels => {
                let (id, label) = key.split_once(' ')?;
                let label = label_name(label).filter(|name| name == label)?;
                UserDataEdit::Label(id.parse().ok()?, label, time()?)
            }
        })
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use proptest::prelude::*;

    fn id() -> impl Strategy<Value = Id> {
        "[a-f]{1,2}".prop_map(|path| Id::from_path(&path))
    }

    fn time() -> impl Strategy<Value = Millis> {
        0..MAX_TIME_MS as Millis
    }

    fn position() -> impl Strategy<Value = ReadingPosition> {
        (any::<u32>(), any::<u32>(), ".*", ".*", 0..=1000u16, time()).prop_map(
            |(line, at, before, words, share, time)| ReadingPosition {
                line,
                char_offset: at,
                prefix: before,
                suffix: words,
                progress: share,
                time,
            },
        )
    }

    fn saved() -> impl Strategy<Value = SavedSearch> {
        (time(), "[a-z]*", any::<u32>(), any::<u32>()).prop_map(|(time, build, count, fresh)| SavedSearch {
            time,
            build,
            count,
            unseen: fresh,
        })
    }

    fn highlight() -> impl Strategy<Value = Annotation> {
        (id(), ".*", ".*", ".*", ".*", any::<u32>(), ".*", time()).prop_map(
            |(article, title, quote, before, after, at, note, time)| Annotation {
                article,
                title,
                quote,
                prefix: before,
                suffix: after,
                start_byte: at,
                note,
                time,
            },
        )
    }

    pub(in crate::user_data) fn change() -> impl Strategy<Value = UserDataEdit> {
        use proptest::option::of;
        prop_oneof![
            (id(), of(time())).prop_map(|(id, time)| UserDataEdit::Star(id, time)),
            (id(), of(time())).prop_map(|(id, time)| UserDataEdit::Read(id, time)),
            (id(), of(position())).prop_map(|(id, position)| UserDataEdit::Position(id, position)),
            ("[a-c船]{1,2}", of(saved())).prop_map(|(query, saved)| UserDataEdit::Search(query, saved)),
            ("[a-c]{1,2}", of(highlight()))
                .prop_map(|(key, highlight)| UserDataEdit::Annotation(key, highlight)),
            (id(), "[a-b]( 标签)?", of(time()))
                .prop_map(|(id, label, time)| UserDataEdit::Label(id, label, time)),
        ]
    }

    proptest! {
        #[test]
        fn stored_records_round_trip(change in change()) {
            let value = change.to_stored();
            prop_assert_eq!(UserDataEdit::from_stored(change.kind(), &change.key(), value.as_ref()), Some(change));
        }

        #[test]
        fn arbitrary_stored_values_do_not_panic(kind in 0..6usize, key in ".*", text in ".*", number: f64) {
            let kind = RecordKind::ALL[kind];
            UserDataEdit::from_stored(kind, &key, Some(&StoredValue::Text(text)));
            UserDataEdit::from_stored(kind, &key, Some(&StoredValue::Number(number)));
        }
    }

    proptest! {
        #[test]
        fn kind_of_a_stored_record_is_known(change in change()) {
            let store = RecordKind::WITH_STORE.into_iter().find(|kind| kind.name() == change.kind().store());
            if let Some(value) = change.to_stored() {
                prop_assert_eq!(store.unwrap().of_stored(Some(&value)), change.kind());
            }
        }
    }

    #[test]
    fn values_of_another_kind_are_rejected() {
        let id = Id::from_path("a").to_string();
        let number = |number| Some(StoredValue::Number(number));
        assert_eq!(UserDataEdit::from_stored(RecordKind::Stars, &id, number(f64::NAN).as_ref()), None);
        assert_eq!(UserDataEdit::from_stored(RecordKind::Stars, &id, number(-1.0).as_ref()), None);
        assert_eq!(UserDataEdit::from_stored(RecordKind::Stars, "not an id", number(1.0).as_ref()), None);
        assert_eq!(UserDataEdit::from_stored(RecordKind::Searches, "a", number(1.0).as_ref()), None);
        assert_eq!(
            UserDataEdit::from_stored(RecordKind::Reads, &id, Some(&StoredValue::Text("1".into()))),
            None
        );
    }

    #[test]
    fn kind_names_round_trip() {
        assert!(RecordKind::ALL.into_iter().all(|kind| RecordKind::from_name(kind.name()) == Some(kind)));
    }
}
