//! Reads a corpus of real files and prints statistics for developers.
//!
//! `SHEAF_CORPUS=DIR cargo test --release --lib corpus -- --ignored --nocapture`

use super::*;
use crate::model::ReadableText;
use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

#[test]
#[ignore = "needs SHEAF_CORPUS, a folder of real files"]
fn corpus_articles_round_trip_through_json() {
    let root = PathBuf::from(std::env::var("SHEAF_CORPUS").expect("SHEAF_CORPUS names a folder"));
    let mut files = Vec::new();
    list(&root, &mut files);
    files.sort();
    let mut report = Report::default();
    for file in &files {
        report.read(&root, file);
    }
    report.print(files.len());
}

fn list(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { list(&path, files) } else { files.push(path) }
    }
}

#[derive(Default)]
struct Report {
    codes: BTreeMap<&'static str, (u32, Vec<String>)>,
    rules: BTreeMap<&'static str, u32>,
    skipped: Vec<String>,
    langs: BTreeMap<String, u32>,
    missing: Vec<(usize, String, String)>,
    extra: Vec<(usize, String, String)>,
    leads: u32,
    datelines: u32,
    slowest: (Duration, String),
    time: Duration,
}

impl Report {
    fn read(&mut self, root: &Path, file: &Path) {
        let path = file.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
        let bytes = std::fs::read(file).unwrap();
        let start = Instant::now();
        let mut found = Diagnostics::default();
        let (article, _) = match super::ingest_into(
            Format::detect(&bytes),
            ArticlePath::from_file(&path),
            &bytes,
            None,
            &mut found,
        ) {
            Ok(article) => article,
            Err(skip) => return self.skipped.push(format!("{path}: {skip}")),
        };
        let took = start.elapsed();
        self.time += took;
        if took > self.slowest.0 {
            self.slowest = (took, path.clone());
        }
        let removed_text = std::mem::take(&mut found.removed_text);
        let (warnings, removed) = found.into_parts();
        let read = Ingested { article, warnings, removed, states: None };
        for warning in &read.warnings {
            let (count, examples) = self.codes.entry(warning.code).or_default();
            *count += 1;
            if examples.len() < 8 {
                examples.push(format!("{path}:{}: {}", warning.line, warning.message));
            }
        }
        for (rule, count) in &read.removed {
            *self.rules.entry(rule).or_default() += count;
        }
        *self.langs.entry(read.article.lang.to_string()).or_default() += 1;
        self.leads +=
            u32::from(matches!(read.article.body.blocks.first(), Some(crate::model::Block::Lead(_))));
        self.datelines += u32::from(read.article.dateline.is_some());
        let json = serde_json::to_string(&read.article).unwrap();
        assert_eq!(serde_json::from_str::<Article>(&json).unwrap(), read.article, "{path}");
        self.compare(&path, &bytes, &read, &removed_text);
    }

    /// Compares the visible characters of a plain parse with those of the article.
    fn compare(&mut self, path: &str, bytes: &[u8], read: &Ingested, removed: &str) {
        let text = decode::decode(bytes, &mut Diagnostics::default()).unwrap();
        let header = header::parse_header(&text, &mut Diagnostics::default());
        let shown = html::visible_text(header.body);
        let body = ReadableText::from_parts("", &read.article.body).text() + removed;
        let mut count: HashMap<char, isize> = HashMap::new();
        let visible = |c: &char| {
            !c.is_whitespace() && char_cleanup::char_action(*c, None) == char_cleanup::CharAction::Keep
        };
        shown.chars().filter(visible).for_each(|c| *count.entry(c).or_default() += 1);
        body.chars().filter(visible).for_each(|c| *count.entry(c).or_default() -= 1);
        let of = |sign: isize| {
            let total: isize = count.values().map(|n| (n * sign).max(0)).sum();
            let mut letters: Vec<_> = count.iter().filter(|(_, n)| **n * sign > 0).collect();
            letters.sort_by_key(|(c, n)| (-(**n * sign), **c));
            let sample: String = letters.iter().take(40).map(|(c, _)| **c).collect();
            (total as usize, path.to_owned(), sample)
        };
        let (missing, extra) = (of(1), of(-1));
        if missing.0 > 0 {
            self.missing.push(missing);
        }
        if extra.0 > 0 {
            self.extra.push(extra);
        }
    }

    fn print(mut self, files: usize) {
        println!("{files} files in {:?}, slowest {:?}, skipped {:?}", self.time, self.slowest, self.skipped);
        println!("languages {:?}\nleads {} datelines {}", self.langs, self.leads, self.datelines);
        println!("removed {:#?}", self.rules);
        for (code, (count, examples)) in &self.codes {
            println!("{code}: {count}");
            examples.iter().for_each(|example| println!("    {example}"));
        }
        for (name, list) in [("missing", &mut self.missing), ("extra", &mut self.extra)] {
            list.sort_by_key(|(total, ..)| std::cmp::Reverse(*total));
            println!("{name}: {} files", list.len());
            list.iter().take(40).for_each(|(total, path, sample)| println!("    {total} {path} {sample}"));
        }
    }
}
