//! Golden tests: one file per oddity of real files, with the resulting article.
//!
//! `tests/data/oddities` holds the files and `tests/data/oddities-expected` the results. Review results after every
//! change; `SHEAF_BLESS=1 cargo test --test ingest` updates them.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::panic)]

use serde::Serialize;
use sheaf::ingest::ingest;
use sheaf::model::Article;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Result of a file, as stored in the golden.
#[derive(Serialize)]
#[serde(untagged)]
enum Outcome<'a> {
    Read {
        article: &'a Article,
        text: Vec<String>,
        warnings: Vec<String>,
        removed: &'a BTreeMap<&'static str, u32>,
    },
    Skipped {
        skipped: String,
    },
}

fn outcome(path: &str, bytes: &[u8]) -> String {
    let read = ingest(path, bytes);
    let outcome = match &read {
        Ok(read) => Outcome::Read {
            article: &read.article,
            text: read.article.text().lines().map(str::to_owned).collect(),
            warnings: read
                .warnings
                .iter()
                .map(|warning| format!("{}: {}: {}", warning.line, warning.code, warning.message))
                .collect(),
            removed: &read.removed,
        },
        Err(skip) => Outcome::Skipped { skipped: skip.to_string() },
    };
    serde_json::to_string_pretty(&outcome).unwrap() + "\n"
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<_> = entries.filter(|path| path.is_file()).collect();
    files.sort();
    files
}

#[test]
fn every_oddity_matches_its_golden() {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data");
    let expected_folder = data.join("oddities-expected");
    let bless = std::env::var_os("SHEAF_BLESS").is_some();
    if bless {
        fs::create_dir_all(&expected_folder).unwrap();
    }
    let mut known = Vec::new();
    let mut wrong = Vec::new();
    for file in files(&data.join("oddities")) {
        let name = file.file_name().unwrap().to_str().unwrap();
        let got = outcome(&format!("oddities/{name}"), &fs::read(&file).unwrap());
        let expected = expected_folder.join(format!("{name}.json"));
        if bless {
            fs::write(&expected, &got).unwrap();
        } else if fs::read_to_string(&expected).ok().as_deref() != Some(&got) {
            wrong.push(format!("{name}: {got}"));
        }
        known.push(expected);
    }
    assert!(!known.is_empty());
    assert!(
        wrong.is_empty(),
        "unexpected results (SHEAF_BLESS=1 updates the goldens):\n{}",
        wrong.join("\n")
    );
    for left in files(&expected_folder).iter().filter(|file| !known.contains(file)) {
        if bless {
            fs::remove_file(left).unwrap();
        } else {
            panic!("{} has no input in tests/data/oddities", left.display());
        }
    }
}

#[test]
fn ingestion_is_deterministic() {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/oddities");
    for file in files(&data) {
        let bytes = fs::read(&file).unwrap();
        assert_eq!(outcome("a", &bytes), outcome("a", &bytes));
    }
}
