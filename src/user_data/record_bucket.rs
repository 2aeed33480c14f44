//! Record buckets: a device stores the numerous short records one per line in buckets. IndexedDB returns
//! sixty texts in a tenth of the time of thirty thousand numbers.

use super::{Millis, RecordKind, StoredValue, UserDataEdit};

/// Returns the key of the bucket that stores a record: a prefix of the record's key. `None` for kinds stored
/// individually.
pub fn bucket_key(kind: RecordKind, key: &str) -> Option<&str> {
    match kind {
        // 32 buckets.
        RecordKind::Stars | RecordKind::Reads => key.get(..1),
        // 1,024 buckets: positions are longer and written at every pause of the reader.
        RecordKind::Positions => key.get(..2),
        RecordKind::Searches | RecordKind::Annotations | RecordKind::Labels => None,
    }
}

/// Returns true if a stored key of such a kind is a bucket key, not a record key of database version 1.
pub fn is_bucket_key(kind: RecordKind, key: &str) -> bool {
    bucket_key(kind, key) == Some(key)
}

/// Parses the records of a bucket; `None` for an invalid line.
pub fn records(kind: RecordKind, bucket: &str) -> impl Iterator<Item = Option<UserDataEdit>> + '_ {
    lines(bucket).map(move |(key, value)| UserDataEdit::from_stored(kind, key, Some(&parse_value(value))))
}

/// Returns the value of one record of a bucket.
pub fn record_value(bucket: &str, key: &str) -> Option<StoredValue> {
    lines(bucket).find(|(other, _)| *other == key).map(|(_, value)| parse_value(value))
}

/// Returns the bucket after `changes`; invalid lines are preserved. `None` if the bucket is empty.
pub fn apply_edits(bucket: &str, changes: &[&UserDataEdit]) -> Option<String> {
    let keys: Vec<String> = changes.iter().map(|change| change.key()).collect();
    let mut amended = String::new();
    let mut push = |key: &str, value: &str| {
        for part in [if amended.is_empty() { "" } else { "\n" }, key, " ", value] {
            amended.push_str(part);
        }
    };
    for (key, value) in lines(bucket).filter(|(key, _)| !keys.iter().any(|changed| changed == key)) {
        push(key, value);
    }
    for (at, (key, change)) in keys.iter().zip(changes).enumerate() {
        let is_last = !keys.iter().skip(at + 1).any(|later| later == key);
        match change.to_stored().filter(|_| is_last) {
            Some(StoredValue::Number(value)) => push(key, &(value as Millis).to_string()),
            Some(StoredValue::Text(value)) => push(key, &value),
            None => {}
        }
    }
    (!amended.is_empty()).then_some(amended)
}

fn lines(bucket: &str) -> impl Iterator<Item = (&str, &str)> {
    bucket.lines().map(|line| line.split_once(' ').unwrap_or((line, "")))
}

fn parse_value(value: &str) -> StoredValue {
    let number = value.parse().map(|number: Millis| StoredValue::Number(number as f64));
    number.unwrap_or_else(|_| StoredValue::Text(value.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Id;
    use crate::user_data::UserData;
    use crate::user_data::record::tests::change;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    /// Buckets of a device after writing the changes one at a time.
    fn written(changes: &[UserDataEdit]) -> BTreeMap<(&'static str, String), String> {
        let mut device: BTreeMap<(&str, String), String> = BTreeMap::new();
        for change in changes {
            let key = change.key();
            let Some(bucket) = bucket_key(change.kind(), &key) else { continue };
            let place = (change.kind().name(), bucket.to_owned());
            let before = device.remove(&place).unwrap_or_default();
            if let Some(after) = apply_edits(&before, &[change]) {
                device.insert(place, after);
            }
        }
        device
    }

    proptest! {
        #[test]
        fn records_written_into_buckets_are_read_back(changes in proptest::collection::vec(change(), 0..60)) {
            let changes: Vec<UserDataEdit> =
                changes.into_iter().filter(|change| bucket_key(change.kind(), &change.key()).is_some()).collect();
            let mut kept = UserData::default();
            changes.iter().for_each(|change| drop(kept.apply(change.clone())));
            let mut again = UserData::default();
            for ((kind, key), bucket) in &written(&changes) {
                let kind = RecordKind::from_name(kind).unwrap();
                prop_assert!(is_bucket_key(kind, key));
                for change in records(kind, bucket) {
                    let change = change.unwrap();
                    let name = change.key();
                    prop_assert_eq!(record_value(bucket, &name), change.to_stored());
                    prop_assert_eq!(bucket_key(kind, &name), Some(key.as_str()));
                    again.apply(change);
                }
            }
            prop_assert_eq!(again, kept);
        }

        #[test]
        fn arbitrary_buckets_can_be_read_and_edited(bucket in "[ a-f0-9\n]*", change in change()) {
            prop_assume!(bucket_key(change.kind(), &change.key()).is_some());
            let count = records(change.kind(), &bucket).count();
            let after = apply_edits(&bucket, &[&change]).unwrap_or_default();
            prop_assert!(after.lines().count() <= count + 1);
            prop_assert_eq!(record_value(&after, &change.key()), change.to_stored());
        }
    }

    #[test]
    fn invalid_lines_of_a_bucket_are_preserved() {
        let id = Id::from_path("a");
        let after =
            apply_edits("torn\nneither an id nor a time", &[&UserDataEdit::Star(id, Some(5))]).unwrap();
        assert_eq!(records(RecordKind::Stars, &after).filter(Option::is_none).count(), 2);
        let after = apply_edits(&after, &[&UserDataEdit::Star(id, None)]).unwrap();
        assert_eq!(after.lines().collect::<Vec<_>>(), ["torn ", "neither an id nor a time"]);
    }

    #[test]
    fn record_key_of_database_version_1_is_not_a_bucket_key() {
        let id = Id::from_path("a").to_string();
        assert!(is_bucket_key(RecordKind::Stars, bucket_key(RecordKind::Stars, &id).unwrap()));
        assert!(!is_bucket_key(RecordKind::Stars, &id));
        assert!(!is_bucket_key(RecordKind::Annotations, "ab"));
    }
}
