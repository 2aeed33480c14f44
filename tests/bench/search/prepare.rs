//! Input of a run: the first files by name, their archive, documents and queries.

use super::queries::Queries;
use super::texts::{Doc, Texts};
use super::{record, write_json};
use sheaf::archive::Archive;
use sheaf::bundle::{ArchiveOptions, BuildProgress, FolderStore, Links, build, walk};
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::os::unix::fs::symlink;
use std::path::Path;

/// Writes `files/` (links), `archive/`, `docs.jsonl` and `queries.json` to `out`.
pub fn prepare(corpus: &Path, out: &Path, files: usize, made: bool) {
    let taken = link_files(corpus, &out.join("files"), files);
    let options = ArchiveOptions {
        seeds: vec![out.join("files")],
        out: out.join("archive"),
        ..ArchiveOptions::default()
    };
    let built = build(&options, &BuildProgress::hidden()).unwrap();
    if let Some(error) = built.error {
        panic!("{error}");
    }
    let articles = write_docs(out);
    write_json(&out.join("queries.json"), &Queries::draw(&Texts::read(out)));
    let figures =
        [("files", taken as f64), ("articles", f64::from(articles)), ("made", f64::from(u8::from(made)))];
    record(out, "corpus", "size", &BTreeMap::from(figures.map(|(name, value)| (name.to_owned(), value))));
}

/// Links the first `count` files by name, preserving their folders; returns the number of files.
fn link_files(corpus: &Path, folder: &Path, count: usize) -> usize {
    if folder.exists() {
        fs::remove_dir_all(folder).unwrap();
    }
    let mut found = walk(&[corpus.to_owned()], Links::Inside).unwrap();
    let name = |path: &str| path.rsplit('/').next().unwrap_or_default().to_owned();
    found.retain(|file| file.skip_reason.is_none());
    found.sort_by_cached_key(|file| (name(&file.path), file.path.clone()));
    found.truncate(count);
    for file in &found {
        let link = folder.join(&file.path);
        fs::create_dir_all(link.parent().unwrap()).unwrap();
        symlink(file.fs_path.canonicalize().unwrap(), link).unwrap();
    }
    found.len()
}

fn write_docs(out: &Path) -> u32 {
    let mut lines = BufWriter::new(File::create(out.join("docs.jsonl")).unwrap());
    let archive = pollster::block_on(Archive::open(FolderStore::new(&out.join("archive")))).unwrap();
    for ordinal in 0..archive.count() {
        let article = pollster::block_on(archive.article(ordinal)).unwrap();
        let doc = Doc {
            ordinal,
            id: article.id.to_string(),
            title: article.title.clone(),
            text: article.text(),
            url: article.url.as_ref().map(ToString::to_string),
            source: article.source.clone(),
            date: article.time.map(|time| time.date().to_string()),
        };
        serde_json::to_writer(&mut lines, &doc).unwrap();
        lines.write_all(b"\n").unwrap();
    }
    lines.flush().unwrap();
    archive.count()
}
