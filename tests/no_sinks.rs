//! No string becomes HTML in the browser: the app calls no API that parses a string as markup or code.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used)] // Tests may panic.

use std::fs;
use std::path::{Path, PathBuf};

/// APIs that turn a string into nodes or code, in the spelling of JavaScript, web-sys and Yew.
const SINKS: [&str; 22] = [
    "innerHTML",
    "inner_html",
    "outerHTML",
    "outer_html",
    "insertAdjacentHTML",
    "insert_adjacent_html",
    "from_html_unchecked",
    "VRaw",
    "document.write",
    "document.writeln",
    ".write_1(",
    "createContextualFragment",
    "create_contextual_fragment",
    "DOMParser",
    "DomParser",
    "setHTML",
    "srcdoc",
    "eval(",
    "new Function",
    "new_no_args",
    "javascript:",
    "document.domain",
];

fn collect_sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect_sources(&path, found);
        } else if path.extension().is_some_and(|kind| kind == "rs" || kind == "js") {
            found.push(path);
        }
    }
}

#[test]
fn app_calls_no_html_sink() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = vec![root.join("index.html"), root.join("src/bin/app.rs")];
    collect_sources(&root.join("src/app"), &mut files);
    assert!(files.len() > 40, "only {} files were found", files.len());
    let mut calls = Vec::new();
    for file in files {
        let text = fs::read_to_string(&file).unwrap();
        for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.trim_start().starts_with("//")) {
            let sinks = SINKS.iter().filter(|sink| line.contains(**sink));
            calls.extend(sinks.map(|sink| format!("{}:{}: {sink}", file.display(), at + 1)));
        }
    }
    assert!(calls.is_empty(), "{calls:#?}");
}
