//! Export and import of user data as one JSON file, for backup and for transfer to another device.
//!
//! ```json
//! {"sheaf":"kept","version":1,"archive":"潮汐集","records":{"stars":{"0123456789ab":1700000000000},…}}
//! ```
//!
//! The import is tolerant: invalid records are skipped and counted, all others are imported.

use super::{Millis, RecordKind, StoredValue, UserData, UserDataEdit};
use crate::{json_de, small_sort};
use serde::de::IgnoredAny;

/// Version of the file format.
const EXPORT_VERSION: u32 = 1;
/// File type identifier.
const FORMAT_NAME: &str = "kept";
/// Maximum number of records; a file with more was not written by this app.
const MAX_RECORDS: usize = 1_000_000;
/// Maximum length of a record's key and value, in bytes.
const MAX_RECORD_BYTES: usize = 4 << 20;

/// Error: a file cannot be imported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ImportError {
    /// Invalid or truncated JSON.
    #[error("invalid or truncated JSON: export the file again")]
    NotJson,
    /// JSON without user data.
    #[error("no user data in this file: choose a file exported by Sheaf")]
    NotUserData,
    /// Written by a newer version of the app.
    #[error("file written by a newer version: update Sheaf")]
    NewerVersion,
}

/// Parsed file.
#[derive(Debug, PartialEq)]
pub struct Import {
    /// Valid records.
    pub records: Vec<UserDataEdit>,
    /// Number of skipped records.
    pub skipped: usize,
}

/// Exports all user data of the archive named `archive`.
pub fn export_json(kept: &UserData, archive: &str) -> String {
    let mut records = kept.records();
    small_sort::sort_by_key(&mut records, |record| record.kind().name());
    let kinds = records.chunk_by(|a, b| a.kind() == b.kind()).map(|records| {
        let members = records.iter().filter_map(|record| {
            let json = match record.to_stored()? {
                // Times are integers.
                StoredValue::Number(time) => (time as Millis).to_string(),
                StoredValue::Text(json) => json,
            };
            Some((record.key(), json))
        });
        (records[0].kind().name().to_owned(), json_object(members))
    });
    let members = [
        ("sheaf", json_string(FORMAT_NAME)),
        ("version", EXPORT_VERSION.to_string()),
        ("archive", json_string(archive)),
        ("records", json_object(kinds)),
    ];
    json_object(members.into_iter().map(|(name, json)| (name.to_owned(), json)))
}

/// Formats a JSON object from names and JSON values.
fn json_object(members: impl Iterator<Item = (String, String)>) -> String {
    let members: Vec<String> = members.map(|(name, json)| [json_string(&name), json].join(":")).collect();
    ["{", &members.join(","), "}"].concat()
}

fn json_string(text: &str) -> String {
    // Serializing a string cannot fail.
    serde_json::to_string(text).unwrap_or_default()
}

/// Parses an exported file.
pub fn import_json(file: &str) -> Result<Import, ImportError> {
    if json_de::from_str::<IgnoredAny>(file).is_err() {
        return Err(ImportError::NotJson);
    }
    let members = json_de::members(file).map_err(|_| ImportError::NotUserData)?;
    let member = |name: &str| members.iter().find(|(key, _)| key == name).map(|(_, value)| *value);
    let name: Option<String> = member("sheaf").and_then(|name| json_de::from_str(name).ok());
    let version: Option<u32> = member("version").and_then(|version| json_de::from_str(version).ok());
    match (name.as_deref(), version) {
        (Some(FORMAT_NAME), Some(EXPORT_VERSION)) => {}
        (Some(FORMAT_NAME), Some(version)) if version > EXPORT_VERSION => {
            return Err(ImportError::NewerVersion);
        }
        _ => return Err(ImportError::NotUserData),
    }
    let mut all = Import { records: Vec::new(), skipped: 0 };
    let kinds = json_de::members(member("records").unwrap_or("{}")).map_err(|_| ImportError::NotUserData)?;
    for (kind, records) in kinds {
        all.add_records(RecordKind::from_name(&kind), records);
    }
    Ok(all)
}

impl UserData {
    /// Returns the edits for imported records that are missing here or newer than the local ones.
    pub fn edits_to_merge(&self, records: Vec<UserDataEdit>) -> Vec<UserDataEdit> {
        records.into_iter().filter(|record| self.should_import(record)).collect()
    }

    fn should_import(&self, record: &UserDataEdit) -> bool {
        fn newer<T>(here: Option<&T>, there: &Option<T>, time: impl Fn(&T) -> Millis) -> bool {
            there.as_ref().is_some_and(|there| here.is_none_or(|here| time(here) < time(there)))
        }
        match record {
            // The first star and the first reading count, so existing ones are kept.
            UserDataEdit::Star(id, time) => time.is_some() && !self.is_starred(*id),
            UserDataEdit::Read(id, time) => time.is_some() && !self.is_read(*id),
            UserDataEdit::Position(id, left) => newer(self.positions.get(id), left, |left| left.time),
            UserDataEdit::Search(query, saved) => newer(self.searches.get(query), saved, |saved| saved.time),
            UserDataEdit::Annotation(key, one) => newer(self.annotations.get(key), one, |one| one.time),
            UserDataEdit::Label(id, label, time) => time.is_some() && !self.has_label(*id, label),
        }
    }
}

impl Import {
    fn add_records(&mut self, kind: Option<RecordKind>, records: &str) {
        // The records of an unknown kind count as one.
        let (Some(kind), Ok(records)) = (kind, json_de::members(records)) else {
            self.skipped += 1;
            return;
        };
        for (key, value) in records {
            match parse_record(kind, &key, value).filter(|_| self.records.len() < MAX_RECORDS) {
                Some(record) => self.records.push(record),
                None => self.skipped += 1,
            }
        }
    }
}

fn parse_record(kind: RecordKind, key: &str, value: &str) -> Option<UserDataEdit> {
    if key.is_empty() || key.len() > MAX_RECORD_BYTES || value.len() > MAX_RECORD_BYTES {
        return None;
    }
    let stored = match kind {
        RecordKind::Stars | RecordKind::Reads | RecordKind::Labels => {
            StoredValue::Number(json_de::from_str::<Millis>(value).ok()? as f64)
        }
        RecordKind::Positions | RecordKind::Searches | RecordKind::Annotations => {
            StoredValue::Text(value.to_owned())
        }
    };
    UserDataEdit::from_stored(kind, key, Some(&stored))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Id;
    use crate::user_data::record::tests::change;
    use proptest::prelude::*;

    fn kept_of(changes: Vec<UserDataEdit>) -> UserData {
        let mut kept = UserData::default();
        changes.into_iter().for_each(|change| drop(kept.apply(change)));
        kept
    }

    proptest! {
        #[test]
        fn exported_data_is_imported_unchanged(changes in proptest::collection::vec(change(), 0..40)) {
            let kept = kept_of(changes);
            let import = import_json(&export_json(&kept, "潮汐集")).unwrap();
            prop_assert_eq!(import.skipped, 0);
            let again = kept_of(UserData::default().edits_to_merge(import.records));
            prop_assert_eq!(export_json(&again, "潮汐集"), export_json(&kept, "潮汐集"));
            prop_assert_eq!(again, kept);
        }

        #[test]
        fn merging_keeps_all_records_and_is_idempotent(
            here in proptest::collection::vec(change(), 0..30),
            there in proptest::collection::vec(change(), 0..30),
        ) {
            let (here, there) = (kept_of(here), kept_of(there));
            let mut merged = here.clone();
            here.edits_to_merge(there.records()).into_iter().for_each(|change| drop(merged.apply(change)));
            prop_assert!(here.stars.iter().all(|(id, time)| merged.stars.get(id) == Some(time)));
            prop_assert!(there.stars.keys().chain(here.stars.keys()).all(|id| merged.is_starred(*id)));
            prop_assert!(there.annotations.keys().all(|key| merged.annotations.contains_key(key)));
            prop_assert_eq!(merged.edits_to_merge(there.records()), Vec::new());
        }

        #[test]
        fn arbitrary_text_does_not_panic(text in "\\PC*") {
            let _ = import_json(&text);
        }

        #[test]
        fn truncated_file_is_rejected(changes in proptest::collection::vec(change(), 1..10), cut: prop::sample::Index) {
            let file = export_json(&kept_of(changes), "a");
            let mut end = cut.index(file.len());
            while !file.is_char_boundary(end) {
                end -= 1;
            }
            prop_assert_eq!(import_json(&file[..end]), Err(ImportError::NotJson));
        }
    }

    #[test]
    fn invalid_records_are_skipped_and_counted() {
        let id = Id::from_path("a");
        let file = format!(
            r#"{{"sheaf":"kept","version":1,"more":[1],"records":{{
                "stars":{{"{id}":5,"nonsense":5,"{}":-1,"__proto__":{{}}}},
                "reads":[1,2],
                "futures":{{"a":1}},
                "searches":{{"灯塔":{{"time":1,"build":"x","count":2,"fresh":0}},"b":{{"time":"soon"}}}},
                "highlights":{{"k":"<script>alert(1)</script>"}}
            }}}}"#,
            Id::from_path("b")
        );
        let import = import_json(&file).unwrap();
        assert_eq!(import.skipped, 3 + 1 + 1 + 1 + 1);
        assert_eq!(import.records.len(), 2);
        assert_eq!(import.records[0], UserDataEdit::Star(id, Some(5)));
    }

    #[test]
    fn other_files_are_rejected_with_a_reason() {
        for (file, error) in [
            ("", ImportError::NotJson),
            ("[]", ImportError::NotUserData),
            ("{}", ImportError::NotUserData),
            (r#"{"sheaf":2,"count":3}"#, ImportError::NotUserData),
            (r#"{"sheaf":"kept","version":2,"records":7}"#, ImportError::NewerVersion),
            (r#"{"sheaf":"kept","version":1,"records":7}"#, ImportError::NotUserData),
            (r#"{"sheaf":"kept","version":0}"#, ImportError::NotUserData),
        ] {
            assert_eq!(import_json(file), Err(error), "{file}");
        }
        assert!(import_json(r#"{"sheaf":"kept","version":1}"#).unwrap().records.is_empty());
        let deep =
            format!(r#"{{"sheaf":"kept","version":1,"records":{{"stars":{}1}}}}"#, "[".repeat(100_000));
        assert_eq!(import_json(&deep), Err(ImportError::NotJson));
    }
}
