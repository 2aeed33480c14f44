//! Forged archives: a value is changed, then all names and checksums are recomputed.

use crate::archives::{Files, TestArchive};
use crate::mutations::Rng;
use serde_json::{Value, json};
use sheaf::archive::index::checksum;
use sheaf::archive::reader::frame_with_checksum;
use sheaf::archive::writer::gzip::decompress;
use sheaf::model::content_hash;

/// Changes a random file of `archive`; returns a description and the files.
pub fn forge(archive: &TestArchive, dice: &mut Rng) -> (String, Files) {
    let path = archive.files.keys().nth(dice.below(archive.files.len())).unwrap();
    forge_file(archive, path, dice)
}

/// Changes the file at `path` of `archive`; returns a description and the files.
pub fn forge_file(archive: &TestArchive, path: &str, dice: &mut Rng) -> (String, Files) {
    let content = decompress(archive.files[path].clone(), usize::MAX).unwrap();
    let mut files = archive.files.clone();
    if let Some(number) = shard_number(path) {
        let mut body = content[8..].to_vec();
        let at = dice.below(body.len());
        body[at] ^= 1 << dice.below(8);
        files.insert(path.to_owned(), [&checksum(number, &body)[..], &body].concat());
        return (format!("{path}, byte {at}"), files);
    }
    // In the facet column, also change the values after the header line.
    let line = content.iter().position(|&byte| byte == b'\n').unwrap_or(content.len());
    let (head, tail) = content.split_at(line);
    let mut value: Value = serde_json::from_slice(head).unwrap();
    let mut what = String::new();
    for _ in 0..1 + dice.below(3) {
        what += &change_value(&mut value, dice);
    }
    let mut tail = tail.to_vec();
    if tail.len() > 1 && dice.below(4) == 0 {
        let at = 1 + dice.below(tail.len() - 1);
        tail[at] = dice.next() as u8;
    }
    replace_file(&mut files, path, [serde_json::to_vec(&value).unwrap(), tail].concat());
    (format!("{path}, {what}"), files)
}

/// Returns the number of an index shard.
fn shard_number(path: &str) -> Option<u32> {
    path.strip_suffix(".bin")?.rsplit('/').next()?.parse().ok()
}

/// Replaces the file at `path` and updates all references to its content hash, up to the manifest.
fn replace_file(files: &mut Files, path: &str, content: Vec<u8>) {
    if path == "archive.json" {
        files.insert(path.to_owned(), with_valid_seal(&content));
        return;
    }
    if let Some((folder, page)) = path.strip_prefix("archive/related-").and_then(|rest| rest.split_once('/'))
    {
        let lists: (String, Value) = serde_json::from_slice(&content).unwrap_or_default();
        let lists = serde_json::to_vec(&lists.1).unwrap();
        let page = page.split('.').next().unwrap().parse().unwrap();
        files.insert(path.to_owned(), frame_with_checksum(folder, page, &lists));
        return;
    }
    if shard_number(path).is_some() {
        files.insert(path.to_owned(), content);
        return;
    }
    let old = path["archive/".len()..].split('.').next().unwrap().to_owned();
    let new = content_hash(&content);
    files.remove(path);
    files.insert(format!("archive/{new}.json.gz"), content);
    let naming: Vec<(String, String)> = files
        .iter()
        .filter(|(path, _)| shard_number(path).is_none() && !path.contains("/related-"))
        .filter_map(|(path, stored)| {
            let text = String::from_utf8(decompress(stored.clone(), usize::MAX).ok()?).ok()?;
            text.contains(&old).then(|| (path.clone(), text.replace(&old, &new)))
        })
        .collect();
    for (path, text) in naming {
        replace_file(files, &path, text.into_bytes());
    }
}

/// Returns a manifest with a valid content hash; versions before 3 have none.
fn with_valid_seal(content: &[u8]) -> Vec<u8> {
    let Ok(mut value) = serde_json::from_slice::<serde_json::Map<String, Value>>(content) else {
        return content.to_vec();
    };
    let version = value.remove("sheaf").unwrap_or_default();
    value.remove("sum");
    let rest = serde_json::to_string(&value).unwrap();
    let rest = format!(",{}", &rest[1..]);
    if version.as_u64().is_some_and(|version| version < 3) {
        return format!("{{\"sheaf\":{version}{rest}").into_bytes();
    }
    format!("{{\"sheaf\":{version},\"sum\":\"{}\"{rest}", content_hash(rest.as_bytes())).into_bytes()
}

/// Changes one random value and returns a description.
fn change_value(value: &mut Value, dice: &mut Rng) -> String {
    let mut places = Vec::new();
    collect_pointers(value, String::new(), &mut places);
    let place = places[dice.below(places.len())].clone();
    let there = value.pointer_mut(&place).unwrap();
    let odd = [
        json!(null),
        json!(0),
        json!(-1),
        json!(u32::MAX),
        json!(u64::MAX),
        json!(i64::MIN),
        json!(1e300),
        json!(""),
        json!("../../x"),
        json!("99999-12-31T23:59:59+23:59"),
        json!("\u{202e}\u{0}𠮷"),
        json!([]),
        json!({}),
    ];
    let how = dice.below(6);
    match there {
        Value::Number(number) if how < 3 => {
            let near = number.as_i64().unwrap_or_default();
            *there = json!(near.wrapping_add([1, -1, 65_536][how]));
        }
        Value::Array(items) if how < 3 && !items.is_empty() => {
            let (a, b) = (dice.below(items.len()), dice.below(items.len()));
            match how {
                0 => drop(items.remove(a)),
                1 => items.insert(b, items[a].clone()),
                _ => items.swap(a, b),
            }
        }
        Value::String(text) if how < 3 => *text = text.chars().rev().collect(),
        Value::Object(map) if how < 3 && !map.is_empty() => {
            let key = map.keys().nth(dice.below(map.len())).unwrap().clone();
            map.remove(&key);
        }
        _ => *there = odd[dice.below(odd.len())].clone(),
    }
    format!("{place} in way {how}; ")
}

/// Collects the JSON pointers of all values, sampling long arrays.
fn collect_pointers(value: &Value, here: String, places: &mut Vec<String>) {
    match value {
        Value::Array(items) => {
            let step = items.len().div_ceil(12).max(1);
            for (at, item) in items.iter().enumerate().step_by(step) {
                collect_pointers(item, format!("{here}/{at}"), places);
            }
        }
        Value::Object(map) => {
            for (key, item) in map {
                let key = key.replace('~', "~0").replace('/', "~1");
                collect_pointers(item, format!("{here}/{key}"), places);
            }
        }
        _ => {}
    }
    places.push(here);
}
