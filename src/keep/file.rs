//! Export and import of user data as one JSON file, for backup and for transfer to another device.
//!
//! ```json
//! {"sheaf":"kept","version":1,"archive":"潮汐集","records":{"stars":{"0123456789ab":1700000000000},…}}
//! ```
//!
//! The import is tolerant: invalid records are skipped and counted, all others are imported.

use super::change::{Change, Kind, Stored};
use super::{Kept, Millis};
use crate::{json, order};
use serde::de::IgnoredAny;

/// Version of the file format.
const VERSION: u32 = 1;
/// File type identifier.
const NAME: &str = "kept";
/// Maximum number of records; a file with more was not written by this app.
const MOST: usize = 1_000_000;
/// Maximum length of a record's key and value, in bytes.
const LONGEST: usize = 4 << 20;

/// Error: a file cannot be imported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FileError {
    /// Invalid or truncated JSON.
    #[error("invalid or truncated JSON: export the file again")]
    Broken,
    /// JSON without user data.
    #[error("no user data in this file: choose a file exported by Sheaf")]
    Other,
    /// Written by a newer version of the app.
    #[error("file written by a newer version: update Sheaf")]
    Newer,
}

/// Parsed file.
#[derive(Debug, PartialEq)]
pub struct Import {
    /// Valid records.
    pub records: Vec<Change>,
    /// Number of skipped records.
    pub left_out: usize,
}

/// Exports all user data of the archive named `archive`.
pub fn write(kept: &Kept, archive: &str) -> String {
    let mut records = kept.records();
    order::sort_by_key(&mut records, |record| record.kind().name());
    let kinds = records.chunk_by(|a, b| a.kind() == b.kind()).map(|records| {
        let members = records.iter().filter_map(|record| {
            let json = match record.value()? {
                // Times are integers.
                Stored::Number(time) => (time as Millis).to_string(),
                Stored::Text(json) => json,
            };
            Some((record.key(), json))
        });
        (records[0].kind().name().to_owned(), object(members))
    });
    let members = [
        ("sheaf", quoted(NAME)),
        ("version", VERSION.to_string()),
        ("archive", quoted(archive)),
        ("records", object(kinds)),
    ];
    object(members.into_iter().map(|(name, json)| (name.to_owned(), json)))
}

/// Formats a JSON object from names and JSON values.
fn object(members: impl Iterator<Item = (String, String)>) -> String {
    let members: Vec<String> = members.map(|(name, json)| [quoted(&name), json].join(":")).collect();
    ["{", &members.join(","), "}"].concat()
}

fn quoted(text: &str) -> String {
    // Serializing a string cannot fail.
    serde_json::to_string(text).unwrap_or_default()
}

/// Parses an exported file.
pub fn read(file: &str) -> Result<Import, FileError> {
    if json::from_str::<IgnoredAny>(file).is_err() {
        return Err(FileError::Broken);
    }
    let members = json::members(file).map_err(|_| FileError::Other)?;
    let member = |name: &str| members.iter().find(|(key, _)| key == name).map(|(_, value)| *value);
    let name: Option<String> = member("sheaf").and_then(|name| json::from_str(name).ok());
    let version: Option<u32> = member("version").and_then(|version| json::from_str(version).ok());
    match (name.as_deref(), version) {
        (Some(NAME), Some(VERSION)) => {}
        (Some(NAME), Some(version)) if version > VERSION => return Err(FileError::Newer),
        _ => return Err(FileError::Other),
    }
    let mut all = Import { records: Vec::new(), left_out: 0 };
    let kinds = json::members(member("records").unwrap_or("{}")).map_err(|_| FileError::Other)?;
    for (kind, records) in kinds {
        all.take_kind(Kind::from_name(&kind), records);
    }
    Ok(all)
}

impl Kept {
    /// Returns the edits for imported records that are missing here or newer than the local ones.
    pub fn merge(&self, records: Vec<Change>) -> Vec<Change> {
        records.into_iter().filter(|record| self.lacks(record)).collect()
    }

    fn lacks(&self, record: &Change) -> bool {
        fn newer<T>(here: Option<&T>, there: &Option<T>, time: impl Fn(&T) -> Millis) -> bool {
            there.as_ref().is_some_and(|there| here.is_none_or(|here| time(here) < time(there)))
        }
        match record {
            // The first star and the first reading count, so existing ones are kept.
            Change::Star(id, time) => time.is_some() && !self.is_starred(*id),
            Change::Read(id, time) => time.is_some() && !self.is_read(*id),
            Change::Position(id, left) => newer(self.positions.get(id), left, |left| left.time),
            Change::Search(query, saved) => newer(self.searches.get(query), saved, |saved| saved.time),
            Change::Highlight(key, one) => newer(self.highlights.get(key), one, |one| one.time),
        }
    }
}

impl Import {
    fn take_kind(&mut self, kind: Option<Kind>, records: &str) {
        // The records of an unknown kind count as one.
        let (Some(kind), Ok(records)) = (kind, json::members(records)) else {
            self.left_out += 1;
            return;
        };
        for (key, value) in records {
            match record(kind, &key, value).filter(|_| self.records.len() < MOST) {
                Some(record) => self.records.push(record),
                None => self.left_out += 1,
            }
        }
    }
}

fn record(kind: Kind, key: &str, value: &str) -> Option<Change> {
    if key.is_empty() || key.len() > LONGEST || value.len() > LONGEST {
        return None;
    }
    let stored = match kind {
        Kind::Stars | Kind::Reads => Stored::Number(json::from_str::<Millis>(value).ok()? as f64),
        Kind::Positions | Kind::Searches | Kind::Highlights => Stored::Text(value.to_owned()),
    };
    Change::read(kind, key, Some(&stored))
}

#[cfg(test)]
mod tests {
    use super::super::change::tests::change;
    use super::*;
    use crate::model::Id;
    use proptest::prelude::*;

    fn kept_of(changes: Vec<Change>) -> Kept {
        let mut kept = Kept::default();
        changes.into_iter().for_each(|change| drop(kept.apply(change)));
        kept
    }

    proptest! {
        #[test]
        fn exported_data_is_imported_unchanged(changes in proptest::collection::vec(change(), 0..40)) {
            let kept = kept_of(changes);
            let import = read(&write(&kept, "潮汐集")).unwrap();
            prop_assert_eq!(import.left_out, 0);
            let again = kept_of(Kept::default().merge(import.records));
            prop_assert_eq!(write(&again, "潮汐集"), write(&kept, "潮汐集"));
            prop_assert_eq!(again, kept);
        }

        #[test]
        fn merging_keeps_all_records_and_is_idempotent(
            here in proptest::collection::vec(change(), 0..30),
            there in proptest::collection::vec(change(), 0..30),
        ) {
            let (here, there) = (kept_of(here), kept_of(there));
            let mut merged = here.clone();
            here.merge(there.records()).into_iter().for_each(|change| drop(merged.apply(change)));
            prop_assert!(here.stars.iter().all(|(id, time)| merged.stars.get(id) == Some(time)));
            prop_assert!(there.stars.keys().chain(here.stars.keys()).all(|id| merged.is_starred(*id)));
            prop_assert!(there.highlights.keys().all(|key| merged.highlights.contains_key(key)));
            prop_assert_eq!(merged.merge(there.records()), Vec::new());
        }

        #[test]
        fn arbitrary_text_does_not_panic(text in "\\PC*") {
            let _ = read(&text);
        }

        #[test]
        fn truncated_file_is_rejected(changes in proptest::collection::vec(change(), 1..10), cut: prop::sample::Index) {
            let file = write(&kept_of(changes), "a");
            let mut end = cut.index(file.len());
            while !file.is_char_boundary(end) {
                end -= 1;
            }
            prop_assert_eq!(read(&file[..end]), Err(FileError::Broken));
        }
    }

    #[test]
    fn invalid_records_are_skipped_and_counted() {
        let id = Id::of_path("a");
        let file = format!(
            r#"{{"sheaf":"kept","version":1,"more":[1],"records":{{
                "stars":{{"{id}":5,"nonsense":5,"{}":-1,"__proto__":{{}}}},
                "reads":[1,2],
                "futures":{{"a":1}},
                "searches":{{"灯塔":{{"time":1,"build":"x","count":2,"fresh":0}},"b":{{"time":"soon"}}}},
                "highlights":{{"k":"<script>alert(1)</script>"}}
            }}}}"#,
            Id::of_path("b")
        );
        let import = read(&file).unwrap();
        assert_eq!(import.left_out, 3 + 1 + 1 + 1 + 1);
        assert_eq!(import.records.len(), 2);
        assert_eq!(import.records[0], Change::Star(id, Some(5)));
    }

    #[test]
    fn other_files_are_rejected_with_a_reason() {
        for (file, error) in [
            ("", FileError::Broken),
            ("[]", FileError::Other),
            ("{}", FileError::Other),
            (r#"{"sheaf":2,"count":3}"#, FileError::Other),
            (r#"{"sheaf":"kept","version":2,"records":7}"#, FileError::Newer),
            (r#"{"sheaf":"kept","version":1,"records":7}"#, FileError::Other),
            (r#"{"sheaf":"kept","version":0}"#, FileError::Other),
        ] {
            assert_eq!(read(file), Err(error), "{file}");
        }
        assert!(read(r#"{"sheaf":"kept","version":1}"#).unwrap().records.is_empty());
        let deep =
            format!(r#"{{"sheaf":"kept","version":1,"records":{{"stars":{}1}}}}"#, "[".repeat(100_000));
        assert_eq!(read(&deep), Err(FileError::Broken));
    }
}
