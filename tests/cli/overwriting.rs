//! A person's own files where a build writes.

use crate::seeds::{Seeds, article, files_of};
use snapbox::str;
use std::fs;

const PAGE: &str = "<!doctype html><html lang=zh-Hans><head><meta charset=utf-8><title>Sheaf</title></head>\
<body><div id=sheaf></div></body></html>";
const BUILD: &str = "build seeds --out site --viewer viewer";
const OWN: &str = "<h1>我的主页</h1>";

/// Articles, a reader, and an address for feeds.
fn seeds() -> Seeds {
    let seeds = Seeds::new().file("1.md", article("渡口"));
    let seeds = seeds.file("sheaf.toml", "site = 'https://reader.example/'");
    fs::create_dir(seeds.path("viewer")).unwrap();
    fs::write(seeds.path("viewer/index.html"), PAGE).unwrap();
    fs::write(seeds.path("viewer/app.js"), "1").unwrap();
    seeds
}

impl Seeds {
    fn own(&self, path: &str) {
        fs::create_dir_all(self.path(path).parent().unwrap()).unwrap();
        fs::write(self.path(path), OWN).unwrap();
    }

    fn is_own(&self, path: &str) -> bool {
        fs::read(self.path(path)).is_ok_and(|bytes| bytes == OWN.as_bytes())
    }
}

#[test]
fn a_file_that_no_build_wrote_is_not_replaced() {
    for path in ["index.html", "archive.json", "sw.js", "icon.svg", "manifest.webmanifest", "app.js"] {
        let seeds = seeds();
        let place = format!("site/{path}");
        seeds.own(&place);
        let error = seeds.sheaf(BUILD).failed(2);
        assert!(error.contains(&format!("/{place} was not written")), "{error}");
        assert!(seeds.is_own(&place), "{path}");
        assert_eq!(files_of(&seeds.path("site")).len(), 1, "{path}");
        assert!(!seeds.path(".site.sheaf").exists(), "{path}");
        seeds.sheaf(&format!("{BUILD} --force")).ok();
        assert!(!seeds.is_own(&place), "{path}");
        seeds.sheaf(BUILD).ok();
    }
}

#[test]
fn feeds_and_pages_that_no_build_wrote_are_neither_replaced_nor_removed() {
    let seeds = seeds();
    seeds.sheaf(BUILD).ok();
    for path in ["feed.xml", "feed.json", "sitemap.xml", "a/home.html"] {
        seeds.own(&format!("site/{path}"));
    }
    let seeds = seeds.file("2.md", article("灯塔"));
    seeds.sheaf(BUILD).ok();
    seeds.sheaf(&format!("{BUILD} --pages")).failed_with(2, str![[r#"
sheaf: [..]/site/feed.json, [..]/site/feed.xml, [..]/site/sitemap.xml were not written by sheaf or have changed since: name another place with --out, or replace with --force

"#]]);
    for path in ["site/feed.xml", "site/feed.json", "site/sitemap.xml"] {
        assert!(seeds.is_own(path), "{path}");
    }
    seeds.sheaf(&format!("{BUILD} --pages --force")).ok();
    assert!(!seeds.is_own("site/feed.xml") && seeds.is_own("site/a/home.html"));
    // Feeds of a build go with it.
    seeds.sheaf(BUILD).ok();
    assert!(!seeds.path("site/feed.xml").exists() && seeds.is_own("site/a/home.html"));
}

#[test]
fn a_page_that_was_changed_since_the_build_is_not_replaced() {
    let seeds = seeds();
    seeds.sheaf(BUILD).ok();
    seeds.own("site/index.html");
    seeds.sheaf(BUILD).failed_with(2, str![[r#"
sheaf: [..]/site/index.html was not written by sheaf or has changed since: name another place with --out, or replace with --force

"#]]);
    assert!(seeds.is_own("site/index.html"));
}

#[test]
fn a_site_is_built_again_when_its_record_was_deleted_or_is_of_another_version() {
    let seeds = seeds();
    let build = format!("{BUILD} --pages");
    seeds.sheaf(&build).ok();
    let seeds = seeds.file("2.md", article("灯塔")).file("sheaf.toml", "site = 'https://other.example/'");
    fs::remove_dir_all(seeds.path(".site.sheaf")).unwrap();
    fs::write(seeds.path("viewer/app.js"), "2").unwrap();
    seeds.sheaf(&build).ok();
    assert_eq!(seeds.json("site/archive.json")["count"], 2);

    // A record of another version has further fields.
    let record = seeds.json(".site.sheaf/record.json");
    let other = serde_json::json!({"version": 9, "files": record["files"]});
    fs::write(seeds.path(".site.sheaf/record.json"), other.to_string()).unwrap();
    for mark in ["sw.js", "index.html"] {
        fs::remove_file(seeds.path("site").join(mark)).unwrap();
    }
    fs::write(seeds.path("viewer/app.js"), "3").unwrap();
    let seeds = seeds.file("3.md", article("夜车"));
    seeds.sheaf(&build).ok();
    assert_eq!(seeds.json("site/archive.json")["count"], 3);
}

#[test]
fn archives_of_all_versions_are_replaced() {
    for version in [
        "version-1",
        "version-2/small",
        "version-2/split",
        "version-3/small",
        "version-3/split",
        "version-4/small",
        "version-4/split",
    ] {
        let seeds = seeds();
        let old = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(version);
        for (path, bytes) in files_of(&old) {
            let place = seeds.path("site").join(path);
            fs::create_dir_all(place.parent().unwrap()).unwrap();
            fs::write(place, bytes).unwrap();
        }
        // Pages of the first sites had no mark of the archive.
        fs::write(seeds.path("site/index.html"), PAGE).unwrap();
        seeds.sheaf(BUILD).ok();
        assert_eq!(seeds.json("site/archive.json")["count"], 1, "{version}");
        assert!(!seeds.path("site/archive").exists(), "{version}");
    }
}

#[test]
fn an_archive_alone_does_not_replace_a_foreign_file() {
    let seeds = seeds();
    seeds.own("site/index.html");
    seeds.sheaf("build seeds --out site --archive-only").ok();
    assert!(seeds.is_own("site/index.html"));
    seeds.own("site/archive.json");
    seeds.sheaf("build seeds --out site --archive-only").failed_with(2, str![[r#"
sheaf: [..]/site/archive.json was not written by sheaf or has changed since: name another place with --out, or replace with --force

"#]]);
    assert!(seeds.is_own("site/archive.json"));
}

#[test]
fn a_single_file_replaces_only_a_page_of_its_kind() {
    let seeds = seeds();
    seeds.write_viewer();
    seeds.own("news.html");
    seeds.own("news.html.part");
    let build = "build seeds --out news.html --viewer viewer --single-file";
    seeds.sheaf(build).failed_with(2, str![[r#"
sheaf: news.html was not written by sheaf or has changed since: name another place with --out, or replace with --force

"#]]);
    assert!(seeds.is_own("news.html"));
    seeds.sheaf(&format!("{build} --force")).ok();
    let before = fs::read(seeds.path("news.html")).unwrap();
    let seeds = seeds.file("2.md", article("灯塔"));
    seeds.sheaf(build).ok();
    assert_ne!(fs::read(seeds.path("news.html")).unwrap(), before);
    assert!(seeds.is_own("news.html.part"));
}

#[test]
fn a_report_replaces_only_a_report() {
    let seeds = seeds();
    for place in ["notes.txt", "seeds/sheaf.toml", "seeds/1.md"] {
        let before = fs::read(seeds.path(place)).ok();
        if before.is_none() {
            seeds.own(place);
        }
        let before = fs::read(seeds.path(place)).unwrap();
        let error = seeds.sheaf(&format!("{BUILD} --report {place}")).failed(2);
        assert!(error.contains(&format!("{place} was not written by sheaf")), "{error}");
        assert!(error.contains("with --report"), "{error}");
        assert_eq!(fs::read(seeds.path(place)).unwrap(), before);
        assert!(!seeds.path("site").exists());
    }
    seeds.sheaf("pictures seeds --into pictures --report notes.txt").failed_with(2, str![[r#"
sheaf: notes.txt was not written by sheaf or has changed since: name another place with --report, or replace with --force

"#]]);
    for _ in 0..2 {
        seeds.sheaf(&format!("{BUILD} --report report.json")).ok();
        seeds.sheaf("pictures seeds --into pictures --report pictures.json").ok();
    }
    seeds.sheaf(&format!("{BUILD} --report notes.txt --force")).ok();
    assert_eq!(seeds.json("notes.txt")["articles"], 1);
}

#[test]
fn places_of_the_wrong_kind_are_named() {
    let seeds = seeds();
    seeds.own("site");
    seeds.sheaf(BUILD).failed_with(
        2,
        str![[r#"
sheaf: [..]/site is not a folder: name a folder with --out, or add --single-file to write one file

"#]],
    );
    assert!(seeds.is_own("site"));
    seeds.sheaf("build seeds --out viewer --viewer viewer --single-file").failed_with(
        2,
        str![[r#"
sheaf: viewer is a folder: name the file to write with --out

"#]],
    );
}

#[test]
fn a_folder_in_the_place_of_a_file_stops_the_build_before_it_writes() {
    for own in ["site/index.html/notes.txt", "site/a"] {
        let seeds = seeds();
        seeds.own(own);
        seeds.sheaf(&format!("{BUILD} --pages --force")).failed_with(
            2,
            str![[r#"
sheaf: [..]/site/[..] blocks the site: move that file or folder to another place

"#]],
        );
        assert!(seeds.is_own(own));
        assert_eq!(files_of(&seeds.path("site")).len(), 1);
    }
}

#[test]
fn unfinished_files_of_a_killed_build_are_removed() {
    let seeds = seeds();
    seeds.sheaf("build seeds --out site --viewer viewer --layout split").ok();
    let parts = ["site/.index.html.sheaf-part", "site/archive/.0a1b2c3d.json.gz.sheaf-part"];
    for part in parts {
        seeds.own(part);
    }
    let seeds = seeds.file("2.md", article("灯塔"));
    seeds.sheaf("build seeds --out site --viewer viewer --layout split").ok();
    for part in parts {
        assert!(!seeds.path(part).exists(), "{part}");
    }
}

#[test]
fn a_failed_build_leaves_no_stage() {
    let seeds = seeds();
    seeds.sheaf(BUILD).ok();
    let names = |folder: &str| {
        let entries = fs::read_dir(seeds.path(folder)).unwrap();
        let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name()).collect();
        names.sort();
        names
    };
    let before = names(".site.sheaf");
    // The page of the reader is not text, which a build notices late.
    fs::write(seeds.path("viewer/index.html"), [0xFF; 9]).unwrap();
    seeds.sheaf(BUILD).failed(1);
    assert_eq!(names(".site.sheaf"), before);
    // A build that was killed cleans nothing; the next one does, also when nothing has changed.
    fs::write(seeds.path("viewer/index.html"), PAGE).unwrap();
    fs::create_dir_all(seeds.path(".site.sheaf/stage/archive")).unwrap();
    fs::create_dir_all(seeds.path(".site.sheaf/old")).unwrap();
    seeds.sheaf(BUILD).ok();
    assert_eq!(names(".site.sheaf"), before);
    let all = names(".");
    seeds.sheaf("build seeds --out other --viewer nowhere").failed(1);
    fs::write(seeds.path("seeds/1.md"), "").unwrap();
    seeds.sheaf("build seeds --out other --viewer viewer").failed(1);
    assert_eq!(names("."), all);
}
