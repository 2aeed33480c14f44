//! Hostile bytes. Every file of small archives in every layout with every damage, read as the app and the command
//! line read; and files, queries, archives and imports made up at random, in [`fuzz`].
//!
//! ```text
//! archives ─▶ damages   a file cut, flipped, swapped, emptied, a web page, a bomb, deep, newer
//!          └▶ forgeries the same archive with a value changed and every name made to fit again
//!                └────▶ reading   everything that can be read of it, held against the sound archive
//! ```
//!
//! Whatever is damaged: nothing panics, what comes is what was written or an error that names a file and says what to
//! do, and what does not lie in the damaged file can still be read. A forged archive may say anything, and may not
//! make its reader panic.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod archives;
mod damages;
mod forgeries;
mod fuzz;
mod memory;
mod mutations;
mod reading;
mod rules;

use crate::damages::damages;
use crate::forgeries::forge_file;
use crate::memory::Memory;
use crate::mutations::Dice;
use crate::reading::{Sound, read, wrong};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// So many forgeries of each file.
const FORGERIES: usize = 40;

/// What happened to an archive with one damage: nothing, or what is wrong.
fn judge(name: &str, check: impl FnOnce() -> Vec<String>) -> Vec<String> {
    let wrong = catch_unwind(AssertUnwindSafe(check)).unwrap_or_else(|_| vec!["it panics".to_owned()]);
    wrong.into_iter().map(|wrong| format!("{name}: {wrong}")).collect()
}

#[test]
fn a_damaged_file_is_an_error_and_never_a_wrong_article() {
    let (mut tried, mut noticed, mut faults) = (0, 0, Vec::new());
    for archive in archives::all("damages") {
        let sound = Sound::of(&archive);
        for (path, what, bytes) in damages(&archive) {
            let name = format!("{}: {path} {what}", archive.name);
            let store = Memory::with(&archive.files, &path, bytes);
            faults.extend(judge(&name, || {
                let seen = read(store);
                noticed += usize::from(!seen.errors.is_empty());
                wrong(&sound, &seen, &path)
            }));
            tried += 1;
        }
    }
    println!("damages: {tried} tried, {noticed} noticed, {} wrong", faults.len());
    assert!(faults.is_empty(), "{:#?}", &faults[..faults.len().min(30)]);
    assert!(tried > 1_000 && noticed > tried * 8 / 10, "{noticed} of {tried}");
}

#[test]
fn a_forged_archive_never_panics() {
    let (mut tried, mut opened, mut faults) = (0, 0, Vec::new());
    let mut dice = Dice::of(7);
    for archive in archives::all("forgeries") {
        for path in archive.files.keys() {
            for _ in 0..FORGERIES {
                let (what, files) = forge_file(&archive, path, &mut dice);
                faults.extend(judge(&format!("{}: {what}", archive.name), || {
                    opened += usize::from(read(Memory::of(&files)).opened);
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
