//! User data edits and the stored form of records.

use super::records::{Highlight, Millis, Position, Saved};
use crate::model::Id;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// Kind of a user data record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Time at which an article was starred, by article id.
    Stars,
    /// Time at which an article was read, by article id.
    Reads,
    /// Reading position of an article, by article id.
    Positions,
    /// Saved searches, by query.
    Searches,
    /// Annotations, by their own keys.
    Highlights,
}

/// Edit of one record: the new value, or `None` to delete the record.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// Star.
    Star(Id, Option<Millis>),
    /// Read mark.
    Read(Id, Option<Millis>),
    /// Reading position.
    Position(Id, Option<Position>),
    /// Saved search.
    Search(String, Option<Saved>),
    /// Annotation.
    Highlight(String, Option<Highlight>),
}

/// Stored value of a record.
#[derive(Clone, Debug, PartialEq)]
pub enum Stored {
    /// Time in milliseconds since 1970.
    Number(f64),
    /// JSON text.
    Text(String),
}

/// Start of the year 10000, in milliseconds since 1970; later clock values are rejected.
const LATEST: f64 = 253_402_300_800_000.0;

impl Kind {
    /// All kinds.
    pub const ALL: [Kind; 5] = [Kind::Stars, Kind::Reads, Kind::Positions, Kind::Searches, Kind::Highlights];

    /// Returns the name used in databases and exported files.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Stars => "stars",
            Kind::Reads => "reads",
            Kind::Positions => "positions",
            Kind::Searches => "searches",
            Kind::Highlights => "highlights",
        }
    }

    /// Returns the kind with this name.
    pub fn from_name(name: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

impl Change {
    /// Returns the kind of the record.
    pub fn kind(&self) -> Kind {
        match self {
            Change::Star(..) => Kind::Stars,
            Change::Read(..) => Kind::Reads,
            Change::Position(..) => Kind::Positions,
            Change::Search(..) => Kind::Searches,
            Change::Highlight(..) => Kind::Highlights,
        }
    }

    /// Returns the key of the record.
    pub fn key(&self) -> String {
        match self {
            Change::Star(id, _) | Change::Read(id, _) | Change::Position(id, _) => id.to_string(),
            Change::Search(key, _) | Change::Highlight(key, _) => key.clone(),
        }
    }

    /// Returns the stored value; `None` for a deletion.
    pub fn value(&self) -> Option<Stored> {
        fn text(value: &impl Serialize) -> Option<Stored> {
            // Serializing strings and numbers cannot fail.
            serde_json::to_string(value).ok().map(Stored::Text)
        }
        match self {
            Change::Star(_, time) | Change::Read(_, time) => time.map(|time| Stored::Number(time as f64)),
            Change::Position(_, position) => text(position.as_ref()?),
            Change::Search(_, saved) => text(saved.as_ref()?),
            Change::Highlight(_, highlight) => text(highlight.as_ref()?),
        }
    }

    /// Parses a stored record; `None` if key or value is invalid.
    pub fn read(kind: Kind, key: &str, value: Option<&Stored>) -> Option<Change> {
        /// Parses the value if present; the outer `None` is a parse error.
        fn json<T: DeserializeOwned>(value: Option<&Stored>) -> Option<Option<T>> {
            match value {
                None => Some(None),
                Some(Stored::Text(text)) => crate::json::from_str(text).ok().map(Some),
                Some(Stored::Number(_)) => None,
            }
        }
        let time = || match value {
            None => Some(None),
            // The value is whole and in range, so the cast is exact.
            Some(Stored::Number(time)) if (0.0..LATEST).contains(time) => Some(Some(*time as Millis)),
            Some(_) => None,
        };
        Some(match kind {
            Kind::Stars => Change::Star(key.parse().ok()?, time()?),
            Kind::Reads => Change::Read(key.parse().ok()?, time()?),
            Kind::Positions => Change::Position(key.parse().ok()?, json(value)?),
            Kind::Searches => Change::Search(key.to_owned(), json(value)?),
            Kind::Highlights => Change::Highlight(key.to_owned(), json(value)?),
        })
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use proptest::prelude::*;

    fn id() -> impl Strategy<Value = Id> {
        "[a-f]{1,2}".prop_map(|path| Id::of_path(&path))
    }

    fn time() -> impl Strategy<Value = Millis> {
        0..LATEST as Millis
    }

    fn position() -> impl Strategy<Value = Position> {
        (any::<u32>(), any::<u32>(), ".*", ".*", 0..=1000u16, time()).prop_map(
            |(line, at, before, words, share, time)| Position { line, at, before, words, share, time },
        )
    }

    fn saved() -> impl Strategy<Value = Saved> {
        (time(), "[a-z]*", any::<u32>(), any::<u32>()).prop_map(|(time, build, count, fresh)| Saved {
            time,
            build,
            count,
            fresh,
        })
    }

    fn highlight() -> impl Strategy<Value = Highlight> {
        (id(), ".*", ".*", ".*", ".*", any::<u32>(), ".*", time()).prop_map(
            |(article, title, quote, before, after, at, note, time)| Highlight {
                article,
                title,
                quote,
                before,
                after,
                at,
                note,
                time,
            },
        )
    }

    pub(in crate::keep) fn change() -> impl Strategy<Value = Change> {
        use proptest::option::of;
        prop_oneof![
            (id(), of(time())).prop_map(|(id, time)| Change::Star(id, time)),
            (id(), of(time())).prop_map(|(id, time)| Change::Read(id, time)),
            (id(), of(position())).prop_map(|(id, position)| Change::Position(id, position)),
            ("[a-c船]{1,2}", of(saved())).prop_map(|(query, saved)| Change::Search(query, saved)),
            ("[a-c]{1,2}", of(highlight())).prop_map(|(key, highlight)| Change::Highlight(key, highlight)),
        ]
    }

    proptest! {
        #[test]
        fn stored_records_round_trip(change in change()) {
            let value = change.value();
            prop_assert_eq!(Change::read(change.kind(), &change.key(), value.as_ref()), Some(change));
        }

        #[test]
        fn arbitrary_stored_values_do_not_panic(kind in 0..5usize, key in ".*", text in ".*", number: f64) {
            let kind = Kind::ALL[kind];
            Change::read(kind, &key, Some(&Stored::Text(text)));
            Change::read(kind, &key, Some(&Stored::Number(number)));
        }
    }

    #[test]
    fn values_of_another_kind_are_rejected() {
        let id = Id::of_path("a").to_string();
        let number = |number| Some(Stored::Number(number));
        assert_eq!(Change::read(Kind::Stars, &id, number(f64::NAN).as_ref()), None);
        assert_eq!(Change::read(Kind::Stars, &id, number(-1.0).as_ref()), None);
        assert_eq!(Change::read(Kind::Stars, "not an id", number(1.0).as_ref()), None);
        assert_eq!(Change::read(Kind::Searches, "a", number(1.0).as_ref()), None);
        assert_eq!(Change::read(Kind::Reads, &id, Some(&Stored::Text("1".into()))), None);
    }

    #[test]
    fn kind_names_round_trip() {
        assert!(Kind::ALL.into_iter().all(|kind| Kind::from_name(kind.name()) == Some(kind)));
    }
}
