//! Comparison of the main text with the [test pages of Readability], which are fetched for the run:
//! `SHEAF_READABILITY=DIR cargo test --lib readability_pages -- --ignored --nocapture`.
//!
//! [test pages of Readability]: https://github.com/mozilla/readability/tree/main/test/test-pages

use crate::ingest::diagnostics::Diagnostics;
use crate::ingest::{html, ingest};
use crate::model::ReadableText;
use std::path::Path;

/// Shortest line that is looked for, in letters and digits.
const MIN_LETTERS: usize = 20;
/// Least share of the expected text, in percent, in a page that lost none of its main text: lines that belong to the
/// page rather than the article may differ.
const MIN_SHARE: usize = 95;

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Returns the lines of the expected text as letters.
fn expected_lines(html: &str) -> Vec<String> {
    let context = html::BodyContext { title: "", base: None, pictures: None };
    let body = html::parse_body(html, 1, &context, &mut Diagnostics::default()).body;
    let lines = ReadableText::from_parts("", &body).lines;
    lines.iter().map(|line| letters(line)).filter(|line| line.chars().count() >= MIN_LETTERS).collect()
}

#[test]
#[ignore = "needs SHEAF_READABILITY, the folder of Readability's test pages"]
fn readability_pages_keep_their_main_text() {
    let folder = std::env::var_os("SHEAF_READABILITY").expect("SHEAF_READABILITY names a folder");
    let mut pages: Vec<_> =
        std::fs::read_dir(Path::new(&folder)).unwrap().map(|entry| entry.unwrap().path()).collect();
    pages.sort();
    let (mut whole, mut kept, mut short) = (0, 0, Vec::new());
    for page in &pages {
        let name = page.file_name().unwrap().to_string_lossy().into_owned();
        let source = std::fs::read(page.join("source.html")).unwrap();
        let expected = expected_lines(&std::fs::read_to_string(page.join("expected.html")).unwrap());
        let read = ingest(&format!("{name}.html"), &source).unwrap();
        let text = letters(&ReadableText::new(&read.article).text());
        let length = |lines: &[&String]| lines.iter().map(|line| line.len()).sum::<usize>();
        let missing: Vec<&String> = expected.iter().filter(|line| !text.contains(line.as_str())).collect();
        let all = length(&expected.iter().collect::<Vec<_>>()).max(1);
        let share = 100 - (length(&missing) * 100).div_ceil(all);
        whole += usize::from(missing.is_empty());
        kept += usize::from(share >= MIN_SHARE);
        if !missing.is_empty() {
            println!("{name}: {share} % kept, {} of {} lines missing", missing.len(), expected.len());
            for line in missing.iter().take(3) {
                println!("    {}", line.chars().take(100).collect::<String>());
            }
        }
        if share < MIN_SHARE {
            short.push(name);
        }
    }
    println!(
        "{} pages: {whole} with every line, {kept} with at least {MIN_SHARE} %; less: {short:?}",
        pages.len()
    );
    assert!(!pages.is_empty());
}
