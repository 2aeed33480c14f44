//! The short records of which there are many lie in buckets on a device, a line each: a database hands out sixty
//! texts in a tenth of the time of thirty thousand numbers.

use super::change::{Change, Kind, Stored};
use super::records::Millis;

/// The key of the bucket in which a device stores a record, which is the beginning of the record's own; nothing for a
/// kind whose records lie by themselves.
pub fn of(kind: Kind, key: &str) -> Option<&str> {
    match kind {
        // One of 32.
        Kind::Stars | Kind::Reads => key.get(..1),
        // Longer, and written at each rest of a reader: one of 1,024.
        Kind::Positions => key.get(..2),
        Kind::Searches | Kind::Highlights => None,
    }
}

/// Whether a device's key of such a kind is that of a bucket, and not of a record as the first version of the
/// database had them.
pub fn is_one(kind: Kind, key: &str) -> bool {
    of(kind, key) == Some(key)
}

/// The records of a bucket; `None` for a line that cannot be read.
pub fn records(kind: Kind, bucket: &str) -> impl Iterator<Item = Option<Change>> + '_ {
    lines(bucket).map(move |(key, value)| Change::read(kind, key, Some(&stored(value))))
}

/// The value of one record of a bucket.
pub fn value(bucket: &str, key: &str) -> Option<Stored> {
    lines(bucket).find(|(other, _)| *other == key).map(|(_, value)| stored(value))
}

/// A bucket after some of its records have changed; lines that cannot be read stay. Nothing when none is left.
pub fn amended(bucket: &str, changes: &[&Change]) -> Option<String> {
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
        match change.value().filter(|_| is_last) {
            Some(Stored::Number(value)) => push(key, &(value as Millis).to_string()),
            Some(Stored::Text(value)) => push(key, &value),
            None => {}
        }
    }
    (!amended.is_empty()).then_some(amended)
}

fn lines(bucket: &str) -> impl Iterator<Item = (&str, &str)> {
    bucket.lines().map(|line| line.split_once(' ').unwrap_or((line, "")))
}

fn stored(value: &str) -> Stored {
    let number = value.parse().map(|number: Millis| Stored::Number(number as f64));
    number.unwrap_or_else(|_| Stored::Text(value.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::super::change::tests::change;
    use super::*;
    use crate::keep::Kept;
    use crate::model::Id;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    /// The buckets of a device after each of these was written by itself.
    fn written(changes: &[Change]) -> BTreeMap<(&'static str, String), String> {
        let mut device: BTreeMap<(&str, String), String> = BTreeMap::new();
        for change in changes {
            let key = change.key();
            let Some(bucket) = of(change.kind(), &key) else { continue };
            let place = (change.kind().name(), bucket.to_owned());
            let before = device.remove(&place).unwrap_or_default();
            if let Some(after) = amended(&before, &[change]) {
                device.insert(place, after);
            }
        }
        device
    }

    proptest! {
        #[test]
        fn what_is_written_into_buckets_is_read_from_them(changes in proptest::collection::vec(change(), 0..60)) {
            let changes: Vec<Change> =
                changes.into_iter().filter(|change| of(change.kind(), &change.key()).is_some()).collect();
            let mut kept = Kept::default();
            changes.iter().for_each(|change| drop(kept.apply(change.clone())));
            let mut again = Kept::default();
            for ((kind, key), bucket) in &written(&changes) {
                let kind = Kind::from_name(kind).unwrap();
                prop_assert!(is_one(kind, key));
                for change in records(kind, bucket) {
                    let change = change.unwrap();
                    let name = change.key();
                    prop_assert_eq!(value(bucket, &name), change.value());
                    prop_assert_eq!(of(kind, &name), Some(key.as_str()));
                    again.apply(change);
                }
            }
            prop_assert_eq!(again, kept);
        }

        #[test]
        fn any_bucket_can_be_read_and_amended(bucket in "[ a-f0-9\n]*", change in change()) {
            let count = records(change.kind(), &bucket).count();
            let after = amended(&bucket, &[&change]).unwrap_or_default();
            prop_assert!(after.lines().count() <= count + 1);
            prop_assert_eq!(value(&after, &change.key()), change.value());
        }
    }

    #[test]
    fn lines_that_cannot_be_read_stay() {
        let id = Id::of_path("a");
        let after = amended("torn\nneither an id nor a time", &[&Change::Star(id, Some(5))]).unwrap();
        assert_eq!(records(Kind::Stars, &after).filter(Option::is_none).count(), 2);
        let after = amended(&after, &[&Change::Star(id, None)]).unwrap();
        assert_eq!(after.lines().collect::<Vec<_>>(), ["torn ", "neither an id nor a time"]);
    }

    #[test]
    fn a_record_of_the_first_version_is_no_bucket() {
        let id = Id::of_path("a").to_string();
        assert!(is_one(Kind::Stars, of(Kind::Stars, &id).unwrap()));
        assert!(!is_one(Kind::Stars, &id));
        assert!(!is_one(Kind::Highlights, "ab"));
    }
}
