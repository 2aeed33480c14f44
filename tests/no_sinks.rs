//! No text becomes HTML in the reader's browser: nothing that parses a string as markup or code is called.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used)] // A test may stop at the first thing that is wrong.

use std::fs;
use std::path::{Path, PathBuf};

/// What turns a string into nodes or code, as JavaScript, web-sys and Yew call it.
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

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|kind| kind == "rs" || kind == "js") {
            found.push(path);
        }
    }
}

#[test]
fn no_html_sink_is_called_in_the_app() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = vec![root.join("index.html"), root.join("src/bin/app.rs")];
    sources(&root.join("src/app"), &mut files);
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
