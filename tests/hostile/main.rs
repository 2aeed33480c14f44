//! Hostile input tests. Every file of small archives in every layout is damaged in every way and read as by
//! the app and the command line. [`fuzz`] adds random files, exports, queries, archives and imports.
//!
//! ```text
//! archives ─▶ damages   truncated, flipped, swapped, emptied, web page, gzip bomb, deep nesting, newer version
//!          └▶ forgeries a changed value with all names recomputed
//!                └────▶ reading   reads everything and compares with the undamaged archive
//! ```
//!
//! For any damage: nothing panics; each value read is the original or an error that names a file and an
//! action; data outside the damaged file stays readable. A forged archive may contain anything but must not
//! cause a panic.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod archives;
mod damages;
mod forged_archives;
mod fuzz;
mod memory;
mod mutations;
mod reading;
mod rules;

use crate::damages::damages;
use crate::forged_archives::forge_file;
use crate::memory::MemoryStore;
use crate::mutations::Rng;
use crate::reading::{Baseline, find_violations, read_everything};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Number of forgeries per file.
const FORGERIES_PER_FILE: usize = 40;

/// Runs a check and returns its violations; a panic counts as one.
fn check_without_panic(name: &str, check: impl FnOnce() -> Vec<String>) -> Vec<String> {
    let wrong = catch_unwind(AssertUnwindSafe(check)).unwrap_or_else(|_| vec!["panicked".to_owned()]);
    wrong.into_iter().map(|wrong| format!("{name}: {wrong}")).collect()
}

#[test]
fn damaged_file_gives_an_error_or_the_original_value() {
    let (mut tried, mut noticed, mut faults) = (0, 0, Vec::new());
    for archive in archives::test_archives("damages") {
        let sound = Baseline::from_archive(&archive);
        for (path, what, bytes) in damages(&archive) {
            let name = format!("{}: {path} {what}", archive.name);
            let store = MemoryStore::with_replaced(&archive.files, &path, bytes);
            faults.extend(check_without_panic(&name, || {
                let seen = read_everything(store);
                noticed += usize::from(!seen.errors.is_empty());
                find_violations(&sound, &seen, &path)
            }));
            tried += 1;
        }
    }
    println!("damages: {tried} tried, {noticed} noticed, {} wrong", faults.len());
    assert!(faults.is_empty(), "{:#?}", &faults[..faults.len().min(30)]);
    assert!(tried > 1_000 && noticed > tried * 8 / 10, "{noticed} of {tried}");
}

#[test]
fn forged_archive_does_not_panic() {
    let (mut tried, mut opened, mut faults) = (0, 0, Vec::new());
    let mut dice = Rng::from_seed(7);
    for archive in archives::test_archives("forgeries") {
        for path in archive.files.keys() {
            for _ in 0..FORGERIES_PER_FILE {
                let (what, files) = forge_file(&archive, path, &mut dice);
                faults.extend(check_without_panic(&format!("{}: {what}", archive.name), || {
                    opened += usize::from(read_everything(MemoryStore::new(&files)).opened);
                    Vec::new()
                }));
                tried += 1;
            }
        }
    }
    println!("forgeries: {tried} tried, {opened} opened, {} panicked", faults.len());
    assert!(faults.is_empty(), "{:#?}", &faults[..faults.len().min(30)]);
    assert!(tried > 1_000 && opened > tried / 10, "{opened} of {tried}");
}
