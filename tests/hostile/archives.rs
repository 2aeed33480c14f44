//! Archives under test: the project's own articles in both layouts, and one archive of format version 1.

use sheaf::archive::writer::ArchiveLayout;
use sheaf::bundle::{ArchiveOptions, BuildProgress, build};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// Stored files of an archive by path.
pub type Files = BTreeMap<String, Vec<u8>>;

/// Archive in memory.
pub struct TestArchive {
    pub name: &'static str,
    pub files: Files,
}

/// Builds one archive per layout in the folder `place`, separate per test because tests run in parallel.
pub fn test_archives(place: &str) -> Vec<TestArchive> {
    let old = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/version-1");
    vec![
        build_archive(place, "small", ArchiveLayout::Small),
        build_archive(place, "split", ArchiveLayout::Split),
        TestArchive { name: "version 1", files: files(&old) },
    ]
}

fn build_archive(place: &str, name: &'static str, layout: ArchiveLayout) -> TestArchive {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data");
    let out = Path::new(env!("CARGO_TARGET_TMPDIR")).join("hostile").join(place).join(name);
    let seeds = ["demo", "specimen", "formats"].map(|folder| data.join(folder)).to_vec();
    build(
        &ArchiveOptions { seeds, out: out.clone(), layout: Some(layout), ..ArchiveOptions::default() },
        &BuildProgress::hidden(),
    )
    .unwrap();
    TestArchive { name, files: files(&out) }
}

fn files(folder: &Path) -> Files {
    let mut found = Files::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(here) = folders.pop() {
        for entry in fs::read_dir(here).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
                found.insert(name, fs::read(path).unwrap());
            }
        }
    }
    found
}
