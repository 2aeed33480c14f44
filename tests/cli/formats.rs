//! Inputs other than folders of crawlers' files: single files, ZIP files, collections, Markdown, text.

use crate::seeds::{Seeds, article, assert_snapshot, files_of};
use snapbox::{file, str};
use std::io::{Cursor, Write};
use std::path::Path;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// Returns a ZIP of these entries.
pub fn zip<'a>(entries: impl IntoIterator<Item = (&'a str, Vec<u8>)>) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(&bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

const NOTE: &str = "---\ntitle: 江水退了\nsource: https://news.example/tide/7\n---\n\n江水*昨夜*退了。\n";

fn lines(said: &str) -> Vec<&str> {
    said.lines().collect()
}

#[test]
fn zip_in_a_folder_is_read_with_its_places() {
    let bytes = zip([
        ("notes/1.md", NOTE.into()),
        ("2.md", article("二").into()),
        ("3.txt", "潮水\n\n今晨涨了。".into()),
        ("empty.txt", vec![]),
        (".hidden", "x".into()),
    ]);
    let seeds = Seeds::new().file("a/export.zip", bytes);
    let out = seeds.sheaf("check seeds").ok();
    assert_eq!(
        lines(&out),
        [
            "seeds/a/export.zip!.hidden:1: skipped: hidden entry of the ZIP",
            "seeds/a/export.zip!3.txt:1: format: read as text",
            "seeds/a/export.zip!3.txt:1: no-date: no date in the file",
            "seeds/a/export.zip!empty.txt:1: skipped: the file is empty",
            "seeds/a/export.zip!notes/1.md:1: format: read as markdown",
            "seeds/a/export.zip!notes/1.md:1: no-date: no date in the file",
        ]
    );
    seeds.build();
    let list = seeds.sheaf("list site --json").json();
    let titles: Vec<_> = list.as_array().unwrap().iter().map(|row| row["title"].as_str().unwrap()).collect();
    assert_eq!(titles.len(), 3, "{titles:?}");
}

#[test]
fn single_files_and_zips_are_inputs() {
    let seeds = Seeds::new().file("a.zip", zip([("1.md", article("一").into())])).file("b.md", NOTE);
    let said = seeds.sheaf("check seeds/a.zip seeds/b.md");
    assert_eq!(said.err, "2 files, 1 problem\n");
    seeds.sheaf("check seeds/none.zip").failed_with(
        1,
        str![[r#"
sheaf: seeds/none.zip is neither a folder nor a file: pass a folder with article files, a file or a ZIP

"#]],
    );
}

#[test]
fn format_can_be_forced() {
    let seeds = Seeds::new().file("1.md", NOTE);
    let out = seeds.sheaf("check seeds --format text").ok();
    assert!(out.contains("seeds/1.md:1: format: read as text"), "{out}");
    seeds.sheaf("check seeds --format docx").failed_with(2, str![[r#"
error: invalid value 'docx' for '--format <NAME>'
  [possible values: wallabag, omnivore, wechat-json, reader-json, feed, mbox, mail, html, markdown, crawler, text]

For more information, try '--help'.

"#]]);
}

#[test]
fn collection_larger_than_an_article_is_read() {
    let entry = |number: usize| {
        format!(
            r#"{{"id":{number},"title":"第{number}篇","url":"https://news.example/{number}","is_archived":0,"is_starred":1,
            "content":"<p>江水{number}。</p>","created_at":"2026-11-28T09:00:00+0800","tags":["水"]}}"#
        )
    };
    let json = format!("[{}, 3, {}", (1..=200).map(entry).collect::<Vec<_>>().join(","), entry(202));
    let seeds = Seeds::new().file("sheaf.toml", "max_bytes = 2000\n").file("wallabag.json", json);
    let report = seeds.path("report.json");
    seeds.sheaf(&format!("build seeds --out site --report {}", report.display())).ok();
    let report: serde_json::Value = serde_json::from_slice(&std::fs::read(report).unwrap()).unwrap();
    assert_eq!((&report["files"], &report["articles"]), (&203.into(), &201.into()));
    let skipped: Vec<_> =
        report["skipped"].as_array().unwrap().iter().map(|file| file["path"].as_str().unwrap()).collect();
    assert_eq!(skipped, ["wallabag.json!201", "wallabag.json"]);
}

#[test]
fn zip_that_expands_without_bound_ends_with_a_line() {
    let blank = vec![b'\n'; 30_000_000];
    let names: Vec<String> = (0..10).map(|number| format!("{number:02}.txt")).collect();
    let seeds = Seeds::new()
        .file("bomb.zip", zip(names.iter().map(|name| (name.as_str(), blank.clone()))))
        .file("1.md", article("一"));
    let out = seeds.sheaf("check seeds --format text").ok();
    assert!(out.contains("bomb.zip:1: skipped: the ZIP expands to far more than its size"), "{out}");
}

#[test]
fn zip_of_many_entries_is_read() {
    let names: Vec<String> = (0..50_000).map(|number| format!("{number}.png")).collect();
    let entries =
        names.iter().map(|name| (name.as_str(), b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\0\0\0".to_vec()));
    let seeds = Seeds::new().file("many.zip", zip(entries.chain([("note.md", NOTE.into())])));
    let said = seeds.sheaf("check seeds");
    assert!(said.err.starts_with("50,001 files"), "{}", said.err);
}

#[test]
fn export_of_omnivore_is_read_as_zip_and_as_folder() {
    let metadata = r#"[{"id":"5","slug":"tide-7","title":"江水退了","author":"林舟","url":"https://news.example/tide/7","state":"Archived","readingProgress":80,"labels":["水"],"savedAt":"2024-10-30T08:00:00.000Z"},
        {"id":"6","slug":"gone","title":"无","url":"https://news.example/gone","savedAt":"2024-10-30T08:00:00.000Z","readingProgress":0}]"#;
    let files = [
        ("content/tide-7.html", "<div><p>江水昨夜退了。</p></div>"),
        ("highlights/tide-7.md", "> 江水昨夜退了。\n"),
        ("metadata_0_to_20.json", metadata),
    ];
    let packed = Seeds::new().file("export.zip", zip(files.map(|(name, text)| (name, text.into()))));
    let out = packed.sheaf("check seeds").ok();
    assert_eq!(
        lines(&out),
        [
            "seeds/export.zip!content/gone:1: skipped: the export holds no text of the article",
            "seeds/export.zip!content/tide-7.html:1: format: read as omnivore",
            "seeds/export.zip!content/tide-7.html:1: saved-date: no date of publication: ordered by the date of saving",
        ]
    );
    let mut unpacked = Seeds::new();
    for (name, text) in files {
        unpacked = unpacked.file(&format!("export/{name}"), text);
    }
    for seeds in [packed, unpacked] {
        seeds.build();
        let list = seeds.sheaf("list site --json").json();
        assert_eq!((&list[0]["title"], list.as_array().unwrap().len()), (&"江水退了".into(), 1));
        assert_eq!(list[0]["date"], "2024-10-30");
        let states = seeds.json("site.states.json");
        let highlights = states["records"]["highlights"].as_object().unwrap();
        assert_eq!(highlights.values().next().unwrap()["quote"], "江水昨夜退了。");
    }
}

#[test]
fn metadata_of_an_export_that_cannot_be_used_is_reported() {
    let entry = |slug: &str| {
        format!(
            r#"{{"id":"5","slug":"{slug}","title":"江","url":"https://news.example/{slug}","savedAt":"2024-10-30T08:00:00.000Z","readingProgress":0}}"#
        )
    };
    let long = format!("[{}{}]", entry("b"), " ".repeat(3000));
    let files = [
        ("content/a.html", "<p>江水昨夜退了。</p>".to_owned()),
        ("metadata_0_to_20.json", format!("[{}]", entry("a"))),
        ("metadata_20_to_40.json", long.clone()),
        ("metadata_40_to_60.json", format!("[{}, {{", entry("a"))),
    ];
    let config = "max_bytes = 2000";
    let packed = files.clone().map(|(name, text)| (name, text.into()));
    let packed = Seeds::new().file("sheaf.toml", config).file("export.zip", zip(packed));
    let mut unpacked = Seeds::new().file("sheaf.toml", config);
    for (name, text) in files {
        unpacked = unpacked.file(&format!("export/{name}"), text);
    }
    for (seeds, prefix) in [(packed, "seeds/export.zip!"), (unpacked, "seeds/export/")] {
        let out = seeds.sheaf("check seeds").ok().replace(prefix, "");
        let skipped: Vec<&str> =
            lines(&out).into_iter().filter(|line| line.contains(": skipped: ")).collect();
        assert_eq!(
            skipped,
            [
                "metadata_20_to_40.json:1: skipped: larger than 2000 bytes: raise max_bytes in sheaf.toml to include the file",
                "metadata_40_to_60.json:1: skipped: the rest of the file cannot be read: the file is damaged or not of this format",
            ]
        );
    }
    // A file that is too large is not read article by article either.
    let alone = Seeds::new()
        .file("sheaf.toml", config)
        .file("metadata_0_to_20.json", long)
        .file("1.md", article("一"));
    assert!(
        alone.sheaf("check seeds").ok().contains("metadata_0_to_20.json:1: skipped: larger than 2000 bytes")
    );
}

#[test]
fn mixed_folder_is_read_by_content() {
    let seeds = Seeds::new()
        .file("1.md", article("一"))
        .file("2", NOTE)
        .file("3.dat", "<!DOCTYPE html><html><head><title>页</title></head><body><p>潮水今晨涨了。</p></body></html>")
        .file("4.bin", "<rss version=\"2.0\"><channel><title>潮声</title><item><title>四</title><link>https://news.example/4</link><description>水</description></item></channel></rss>")
        .file("5.eml", "From: Lin <a@b.example>\nSubject: five\nDate: Sat, 28 Nov 2026 01:12:31 +0000\n\nThe river.\n")
        .file("6", "潮水\n\n今晨涨了。");
    let out = seeds.sheaf("check seeds").ok();
    let formats: Vec<_> =
        lines(&out).into_iter().filter_map(|line| line.split_once(":1: format: read as ")).collect();
    assert_eq!(
        formats,
        [
            ("seeds/2", "markdown"),
            ("seeds/3.dat", "html"),
            ("seeds/4.bin!1", "feed"),
            ("seeds/5.eml", "mail"),
            ("seeds/6", "text"),
        ]
    );
    seeds.build();
    assert_eq!(seeds.sheaf("list site --json").json().as_array().unwrap().len(), 6);
}

#[test]
fn folder_of_all_formats_is_built_and_searched() {
    let seeds = Seeds::new();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/formats");
    seeds.run(&["build", "--archive-only", "--out", "site", &folder.to_string_lossy()]).ok();
    let list = seeds.sheaf("list site --json").json();
    assert_eq!(list.as_array().unwrap().len(), 14, "{list}");
    for (query, total) in [
        ("江水", 2),
        ("river", 1),
        ("letter", 2),
        ("author:林舟", 5),
        ("作者:\"ann lee\"", 4),
        ("tag:水", 3),
        ("标签：河", 2),
        ("tag:雪 初雪", 1),
        ("source:bag.example", 2),
        ("首页", 0),
    ] {
        let found = seeds.run(&["search", "site", query, "--json"]).json();
        assert_eq!(found["total"], total, "{query}: {found}");
    }
}

#[test]
fn states_of_exports_come_along_beside_the_site() {
    let seeds = Seeds::new();
    let folder =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/formats").to_string_lossy().into_owned();
    let build = |more: &[&str]| {
        seeds.run(&[&["build", "--archive-only", "--out", "site", folder.as_str()], more].concat())
    };
    let out = build(&[]).ok();
    assert!(out.contains("2 stars, 2 read marks, 2 highlights, 4 labels: site.states.json"), "{out}");
    assert_snapshot(
        &serde_json::to_string_pretty(&seeds.json("site.states.json")).unwrap(),
        file!["../data/states.json"],
    );
    // Nothing of it is in the site.
    let site = files_of(&seeds.path("site"));
    let archive = site.iter().find(|(path, _)| path.ends_with("archive.json")).unwrap();
    let archive = String::from_utf8(archive.1.clone()).unwrap();
    assert!(!archive.contains("highlights") && !archive.contains("stars"), "{archive}");
    // The file is written again when it is missing, with the same bytes.
    let first = std::fs::read(seeds.path("site.states.json")).unwrap();
    std::fs::remove_file(seeds.path("site.states.json")).unwrap();
    build(&[]).ok();
    assert_eq!(std::fs::read(seeds.path("site.states.json")).unwrap(), first);
    // A file of someone else is not replaced.
    std::fs::write(seeds.path("site.states.json"), "[1]").unwrap();
    std::fs::remove_file(seeds.path("site/archive.json")).unwrap();
    let said = build(&[]).failed(2);
    assert!(said.contains("site.states.json was not written by sheaf"), "{said}");
    build(&["--force"]).ok();
    assert_eq!(std::fs::read(seeds.path("site.states.json")).unwrap(), first);
}

#[test]
fn states_are_published_on_request() {
    let seeds = Seeds::new().file(
        "a.md",
        "---\ntitle: 江水\nsource: https://news.example/7\ncreated: 2026-11-28\nstarred: true\n---\n江水==退了==。\n",
    );
    std::fs::create_dir(seeds.path("viewer")).unwrap();
    let page = "<!doctype html><html lang=zh><head><title>Sheaf</title></head><body></body></html>";
    std::fs::write(seeds.path("viewer/index.html"), page).unwrap();
    let published = || {
        let files = files_of(&seeds.path("site"));
        let states = files.into_iter().filter(|(path, _)| path.to_string_lossy().contains("states-"));
        states.collect::<Vec<_>>()
    };
    let page = || std::fs::read_to_string(seeds.path("site/index.html")).unwrap();
    let out = seeds.sheaf("build seeds --out site --viewer viewer --publish-states").ok();
    assert!(out.contains("1 star, 1 highlight: offered in the reader"), "{out}");
    let [(path, bytes)] = &published()[..] else { panic!("{:?}", published()) };
    assert!(
        page().contains(&format!("<html data-states=\"{}\"", path.file_name().unwrap().to_string_lossy()))
    );
    let states: serde_json::Value = serde_json::from_slice(bytes).unwrap();
    assert_eq!(states["records"]["stars"].as_object().unwrap().len(), 1);
    assert!(!seeds.path("site.states.json").exists());
    // Without the option, the next build takes them out of the site.
    seeds.sheaf("build seeds --out site --viewer viewer").ok();
    assert!(published().is_empty() && !page().contains("data-states"));
    assert!(seeds.path("site.states.json").exists());
}
