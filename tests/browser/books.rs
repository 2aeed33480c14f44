//! E-books made in the browser, compared with those of `sheaf epub`.

use crate::archives::{demo, demo_split};
use crate::passages::select;
use crate::pictures::with_pictures;
use crate::visit::{Reader, visit};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde_json::json;
use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::path::Path;
use std::process::Command;

/// Returns the files of a book by name.
fn files(book: Vec<u8>) -> BTreeMap<String, Vec<u8>> {
    assert_eq!(&book[30..58], b"mimetypeapplication/epub+zip");
    let mut book = zip::ZipArchive::new(Cursor::new(book)).unwrap();
    let mut files = BTreeMap::new();
    for index in 0..book.len() {
        let mut file = book.by_index(index).unwrap();
        let (name, mut content) = (file.name().unwrap().into_owned(), Vec::new());
        file.read_to_end(&mut content).unwrap();
        files.insert(name, content);
    }
    files
}

/// Returns the files of the book that is saved.
fn saved(reader: &Reader) -> BTreeMap<String, Vec<u8>> {
    let url = reader.until("a file is saved", "return window.saved_url");
    reader.js("window.saved_url = undefined");
    let (kind, content) = url.as_str().unwrap().split_once(";base64,").unwrap();
    assert_eq!(kind, "data:application/epub+zip");
    files(BASE64_STANDARD.decode(content).unwrap())
}

/// Returns the files of the book that the program writes.
fn written(site: &Path, query: &str) -> BTreeMap<String, Vec<u8>> {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("book.epub");
    let mut sheaf = Command::new(env!("CARGO_BIN_EXE_sheaf"));
    let output = sheaf.arg("epub").arg(site).arg(query).arg("--out").arg(&out).output().unwrap();
    assert!(output.status.success(), "{output:?}");
    files(std::fs::read(&out).unwrap())
}

#[test]
fn results_are_saved_as_the_book_of_the_program() {
    for (site, query) in [(demo_split(), "图书馆"), (with_pictures(), "")] {
        let reader = visit(site.clone()).ready();
        reader.catch_files();
        reader.open("");
        if !query.is_empty() {
            reader.search(query);
            reader.finds(7);
        }
        reader.see(".row__a");
        reader.click_text(".list__end button", "导出");
        reader.click_text(".list__end button", "EPUB");
        let book = saved(&reader);
        assert_eq!(reader.js("return saved_as"), json!("sheaf.epub"));
        let expected = written(&site, query);
        assert_eq!(book.keys().collect::<Vec<_>>(), expected.keys().collect::<Vec<_>>());
        for (name, content) in &expected {
            assert!(book[name] == *content, "{name}");
        }
        assert!(book.keys().any(|name| name.contains("/pictures/")));
    }
}

#[test]
fn article_is_saved_with_its_highlights() {
    let reader = visit(demo()).ready();
    reader.catch_files();
    reader.open("");
    let title = reader.titles()[0].clone();
    reader.read(&title);
    reader.click("[data-opens='aa--share']");
    reader.see(".act");
    assert_eq!(reader.texts(".act").iter().filter(|row| row.contains("EPUB")).count(), 1);
    reader.click_text(".act", "EPUB");
    let book = saved(&reader);
    assert_eq!(reader.js("return saved_as"), json!(format!("{title}.epub")));
    assert!(!book.contains_key("EPUB/annotations.xhtml"));
    assert_eq!(book.keys().filter(|name| name.contains("/text/")).count(), 1);
    reader.gone("[role=dialog]");

    let words = reader.js("return document.querySelector('#read .prose p').textContent.slice(2, 12)");
    let words = words.as_str().unwrap();
    select(&reader, words, words);
    reader.press("h");
    reader.click("[data-opens='aa--share']");
    reader.click_text(".act", "附划线与批注");
    let book = saved(&reader);
    let page = String::from_utf8(book["EPUB/annotations.xhtml"].clone()).unwrap();
    assert!(page.contains(words), "{page}");
}
