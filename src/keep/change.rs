//! One record that changes, and the form in which a device stores it.

use super::records::{Highlight, Millis, Position, Saved};
use crate::model::Id;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// A kind of record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// When an article was starred, by its id.
    Stars,
    /// When an article was read, by its id.
    Reads,
    /// Where an article was left, by its id.
    Positions,
    /// Searches, by their text.
    Searches,
    /// Passages, each by a key of its own.
    Highlights,
}

/// A record that becomes this, or, with `None`, that goes.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// A star.
    Star(Id, Option<Millis>),
    /// A read mark.
    Read(Id, Option<Millis>),
    /// Where an article was left.
    Position(Id, Option<Position>),
    /// A saved search.
    Search(String, Option<Saved>),
    /// A passage.
    Highlight(String, Option<Highlight>),
}

/// A record's value as a device stores it.
#[derive(Clone, Debug, PartialEq)]
pub enum Stored {
    /// A time.
    Number(f64),
    /// JSON.
    Text(String),
}

/// Beyond the year 9999 no clock of a device is right.
const LATEST: f64 = 253_402_300_800_000.0;

impl Kind {
    /// Every kind.
    pub const ALL: [Kind; 5] = [Kind::Stars, Kind::Reads, Kind::Positions, Kind::Searches, Kind::Highlights];

    /// Its name on devices and in files.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Stars => "stars",
            Kind::Reads => "reads",
            Kind::Positions => "positions",
            Kind::Searches => "searches",
            Kind::Highlights => "highlights",
        }
    }

    /// The kind with this name.
    pub fn from_name(name: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

impl Change {
    /// The kind of its record.
    pub fn kind(&self) -> Kind {
        match self {
            Change::Star(..) => Kind::Stars,
            Change::Read(..) => Kind::Reads,
            Change::Position(..) => Kind::Positions,
            Change::Search(..) => Kind::Searches,
            Change::Highlight(..) => Kind::Highlights,
        }
    }

    /// The key of its record.
    pub fn key(&self) -> String {
        match self {
            Change::Star(id, _) | Change::Read(id, _) | Change::Position(id, _) => id.to_string(),
            Change::Search(key, _) | Change::Highlight(key, _) => key.clone(),
        }
    }

    /// What its record becomes; `None` when it goes.
    pub fn value(&self) -> Option<Stored> {
        fn text(value: &impl Serialize) -> Option<Stored> {
            // Texts and numbers can always be written.
            serde_json::to_string(value).ok().map(Stored::Text)
        }
        match self {
            Change::Star(_, time) | Change::Read(_, time) => time.map(|time| Stored::Number(time as f64)),
            Change::Position(_, position) => text(position.as_ref()?),
            Change::Search(_, saved) => text(saved.as_ref()?),
            Change::Highlight(_, highlight) => text(highlight.as_ref()?),
        }
    }

    /// Reads a record; `None` when key or value is not of its kind.
    pub fn read(kind: Kind, key: &str, value: Option<&Stored>) -> Option<Change> {
        /// The record's value, if there is one; nothing when it cannot be read.
        fn json<T: DeserializeOwned>(value: Option<&Stored>) -> Option<Option<T>> {
            match value {
                None => Some(None),
                Some(Stored::Text(text)) => crate::json::from_str(text).ok().map(Some),
                Some(Stored::Number(_)) => None,
            }
        }
        let time = || match value {
            None => Some(None),
            // Whole and in range: the cast loses nothing.
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
        fn a_stored_record_is_read_back(change in change()) {
            let value = change.value();
            prop_assert_eq!(Change::read(change.kind(), &change.key(), value.as_ref()), Some(change));
        }

        #[test]
        fn no_stored_value_breaks_anything(kind in 0..5usize, key in ".*", text in ".*", number: f64) {
            let kind = Kind::ALL[kind];
            Change::read(kind, &key, Some(&Stored::Text(text)));
            Change::read(kind, &key, Some(&Stored::Number(number)));
        }
    }

    #[test]
    fn values_of_another_kind_are_refused() {
        let id = Id::of_path("a").to_string();
        let number = |number| Some(Stored::Number(number));
        assert_eq!(Change::read(Kind::Stars, &id, number(f64::NAN).as_ref()), None);
        assert_eq!(Change::read(Kind::Stars, &id, number(-1.0).as_ref()), None);
        assert_eq!(Change::read(Kind::Stars, "not an id", number(1.0).as_ref()), None);
        assert_eq!(Change::read(Kind::Searches, "a", number(1.0).as_ref()), None);
        assert_eq!(Change::read(Kind::Reads, &id, Some(&Stored::Text("1".into()))), None);
    }

    #[test]
    fn kinds_have_names() {
        assert!(Kind::ALL.into_iter().all(|kind| Kind::from_name(kind.name()) == Some(kind)));
    }
}
