//! Damages applied to single files.

use crate::archives::TestArchive;
use sheaf::archive::writer::gzip::{self, decompress};

/// Path, description of the damage, and the damaged content; `None` for a removed file.
pub type Damage = (String, String, Option<Vec<u8>>);

/// Error page of a host.
const NOT_FOUND_PAGE: &str =
    "<!doctype html><html><head><title>404</title></head><body><h1>Not Found</h1></body></html>";
/// Decompressed size of the gzip bomb in bytes, far more than any archive file.
const BOMB_BYTES: usize = 64 << 20;
const NESTING_DEPTH: usize = 10_000;

/// Returns every damage of every file of `archive`.
pub fn damages(archive: &TestArchive) -> Vec<Damage> {
    let paths: Vec<&String> = archive.files.keys().collect();
    let bomb = gzip::compress(&vec![b' '; BOMB_BYTES]).unwrap();
    let mut all = Vec::new();
    for (at, (path, stored)) in archive.files.iter().enumerate() {
        let mut add = |what: String, bytes: Vec<u8>| all.push((path.clone(), what, Some(bytes)));
        for (what, bytes) in foreign_contents(&bomb) {
            add(what.to_owned(), bytes);
        }
        for (what, length) in
            [("halved", stored.len() / 2), ("without its end", stored.len() - 1), ("of two bytes", 2)]
        {
            add(what.to_owned(), stored[..length.min(stored.len())].to_vec());
        }
        let content = decompress(stored.clone(), usize::MAX).unwrap();
        for nth in 0..8 {
            let flipped = |bytes: &[u8]| {
                let mut bytes = bytes.to_vec();
                let place = (bytes.len() - 1) * nth / 7;
                bytes[place] ^= 1 << nth;
                bytes
            };
            add(format!("with flip {nth} as stored"), flipped(stored));
            // Content as served by a host that decompresses in transit.
            add(format!("with flip {nth} inside"), flipped(&content));
        }
        add("longer by a byte inside".to_owned(), [&content, &b" "[..]].concat());
        add("of a newer version".to_owned(), with_newer_version(&content));
        add("zeroed".to_owned(), vec![0; stored.len()]);
        // Replace the file by its neighbours, and by a sample of the others.
        let step = paths.len().div_ceil(10).max(1);
        for other in [at + 1, at + 2].into_iter().chain((0..paths.len()).step_by(step)) {
            let other = paths[other % paths.len()];
            if other != path {
                add(format!("in place of which is {other}"), archive.files[other].clone());
            }
        }
        all.push((path.clone(), "removed".to_owned(), None));
    }
    all
}

/// Returns contents unrelated to the file.
fn foreign_contents(bomb: &[u8]) -> Vec<(&'static str, Vec<u8>)> {
    let deep = |open: &str, close: &str| {
        (open.repeat(NESTING_DEPTH) + "1" + &close.repeat(NESTING_DEPTH)).into_bytes()
    };
    let mut liar = bomb.to_vec();
    let end = liar.len() - 4;
    liar[end..].copy_from_slice(&100u32.to_le_bytes());
    vec![
        ("empty", Vec::new()),
        ("a web page", NOT_FOUND_PAGE.into()),
        ("a packed web page", gzip::compress(NOT_FOUND_PAGE.as_bytes()).unwrap()),
        ("a bomb", bomb.to_vec()),
        ("a bomb that says it is small", liar),
        ("deep arrays", deep("[", "]")),
        ("deep objects", deep("{\"sheaf\":", "}")),
        ("deep articles", deep("[{\"quote\":", "}]")),
        ("packed deep arrays", gzip::compress(&deep("[", "]")).unwrap()),
        ("null", b"null".to_vec()),
        ("an empty object", b"{}".to_vec()),
        ("no text", vec![0xFF; 300]),
    ]
}

/// Returns the content with format version 99, if it states a version.
fn with_newer_version(content: &[u8]) -> Vec<u8> {
    match String::from_utf8(content.to_vec()) {
        Ok(text) if text.starts_with("{\"sheaf\":") => {
            let digits = text["{\"sheaf\":".len()..].find(|c: char| !c.is_ascii_digit()).unwrap();
            format!("{{\"sheaf\":99{}", &text["{\"sheaf\":".len() + digits..]).into_bytes()
        }
        _ => b"{\"sheaf\":99}".to_vec(),
    }
}
