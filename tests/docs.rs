//! Paths in the documents, and the length of source files.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used)] // Tests may panic.

use std::fs;
use std::path::{Path, PathBuf};

/// Maximum number of lines of a source file.
const MAX_LINES: usize = 500;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Returns the files below `folder` with this extension.
fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries
        .flat_map(|path| match path.is_dir() {
            true => files(&path, extension),
            false => vec![path],
        })
        .filter(|path| path.extension().is_some_and(|found| found == extension))
        .collect()
}

#[test]
fn paths_in_documents_exist() {
    let mut documents = files(&root().join("docs"), "md");
    documents.extend(
        ["README.md", "README.zh-CN.md", "CONTRIBUTING.md", "SECURITY.md"].map(|name| root().join(name)),
    );
    let (mut checked, mut missing) = (0, Vec::new());
    for document in documents {
        let text = fs::read_to_string(&document).unwrap();
        for code in text.split('`').skip(1).step_by(2) {
            let is_path = ["src/", "tests/", "xtask/", ".ci/"].iter().any(|folder| code.starts_with(folder));
            if !is_path || code.contains([' ', '*', '{', '<']) {
                continue;
            }
            checked += 1;
            if !root().join(code).exists() {
                missing.push(format!("{}: {code}", document.display()));
            }
        }
    }
    assert!(checked > 50, "only {checked} paths were found");
    assert!(missing.is_empty(), "{missing:#?}");
}

#[test]
fn source_files_are_short() {
    let sources = ["src", "xtask"].iter().flat_map(|folder| files(&root().join(folder), "rs"));
    let long: Vec<PathBuf> =
        sources.filter(|file| fs::read_to_string(file).unwrap().lines().count() > MAX_LINES).collect();
    assert!(long.is_empty(), "{long:#?}");
}
