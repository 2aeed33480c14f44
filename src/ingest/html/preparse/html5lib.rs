//! Comparison with the parser on the [test suite of html5lib], which is fetched for the run:
//! `SHEAF_HTML5LIB=DIR cargo test --lib html5lib -- --ignored --nocapture`.
//!
//! [test suite of html5lib]: https://github.com/html5lib/html5lib-tests

use super::preprocess;
use crate::ingest::diagnostics::Diagnostics;
use crate::ingest::html::visible_text;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Returns the inputs of the tests in `folder`: `*.dat` of the tree construction, `*.test` of the tokenizer.
fn inputs(folder: &Path) -> Vec<String> {
    let mut inputs = Vec::new();
    let mut folders: Vec<PathBuf> = vec![folder.join("tree-construction"), folder.join("tokenizer")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
            match extension {
                _ if path.is_dir() => folders.push(path),
                "dat" => inputs.extend(tree_inputs(&std::fs::read_to_string(path).unwrap())),
                "test" => inputs.extend(tokenizer_inputs(&std::fs::read_to_string(path).unwrap())),
                _ => {}
            }
        }
    }
    inputs.sort();
    inputs
}

fn tree_inputs(file: &str) -> Vec<String> {
    let tests = file.split("#data\n").skip(1);
    tests.filter_map(|test| Some(test.split_once("\n#errors")?.0.to_owned())).collect()
}

fn tokenizer_inputs(file: &str) -> Vec<String> {
    let file: serde_json::Value = serde_json::from_str(file).unwrap();
    let tests = file["tests"].as_array().cloned().unwrap_or_default();
    let plain = tests.iter().filter(|test| test.get("doubleEscaped").is_none());
    plain.filter_map(|test| Some(test["input"].as_str()?.to_owned())).collect()
}

/// Returns the characters of `text` and their numbers.
fn characters(text: &str) -> BTreeMap<char, i32> {
    let mut counts = BTreeMap::new();
    for c in text.chars().filter(|c| !c.is_whitespace() && !c.is_control() && *c != '\u{fffd}') {
        *counts.entry(c).or_default() += 1;
    }
    counts
}

/// Returns `true` if `text` lacks a character of `other`.
fn lacks(text: &BTreeMap<char, i32>, other: &BTreeMap<char, i32>) -> bool {
    other.iter().any(|(c, count)| text.get(c).copied().unwrap_or_default() < *count)
}

#[test]
#[ignore = "needs the test suite of html5lib"]
fn html5lib_tests_lose_no_text_without_a_warning() {
    let folder = std::env::var_os("SHEAF_HTML5LIB").unwrap();
    let inputs = inputs(Path::new(&folder));
    let (mut same, mut lost) = (0, Vec::new());
    let (mut more, mut less): (BTreeMap<String, u32>, BTreeMap<String, u32>) = Default::default();
    for input in &inputs {
        let mut found = Diagnostics::default();
        let guarded = preprocess(input, 1, &mut found);
        let (warnings, _) = found.into_parts();
        let rule = warnings.first().map_or("none", |warning| warning.code).to_owned();
        let (after, before) = (characters(&visible_text(&guarded)), characters(&visible_text(input)));
        if lacks(&after, &before) {
            if rule == "none" {
                lost.push((input, guarded));
            }
            *less.entry(rule).or_default() += 1;
        } else if after == before {
            same += 1;
        } else {
            *more.entry(rule).or_default() += 1;
        }
    }
    println!("{} inputs, {same} the same, more: {more:?}, less: {less:?}", inputs.len());
    assert!(!inputs.is_empty());
    assert!(lost.is_empty(), "{lost:#?}");
}
