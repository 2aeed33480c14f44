//! Reports of a build about its files.

use crate::seeds::{Seeds, article};
use snapbox::str;

#[test]
fn every_file_is_an_article_a_version_or_skipped() {
    let seeds = Seeds::new()
        .file("a/1.md", article("一").url("https://a.example/1").body("<p>早</p>"))
        .file(
            "a/2.md",
            article("一").url("http://www.a.example/1/").time(1_697_471_102_000_i64).body("<p>晚</p>"),
        )
        .file("b/3.txt", article("三"))
        .file("b/empty.txt", "")
        .file("b/.hidden", "x");
    let report = seeds.build();
    assert_eq!(
        (&report["files"], &report["articles"], &report["versions"]),
        (&5.into(), &2.into(), &1.into())
    );
    assert_eq!(
        report["skipped"],
        serde_json::json!([
            {"path": "b/.hidden", "code": "hidden", "reason": "hidden file: rename without the leading dot to include"},
            {"path": "b/empty.txt", "code": "empty", "reason": "the file is empty"},
        ])
    );
    let bytes = &report["bytes"];
    let parts = ["manifest", "pages", "packs", "earlier", "facets", "pack_tables", "ids", "index", "related"];
    let sum: u64 = parts.iter().map(|part| bytes[part].as_u64().unwrap()).sum();
    assert_eq!(bytes["total"], sum);
    assert_eq!(bytes["total"], std::fs::metadata(seeds.path("site/archive.json")).unwrap().len());
}

#[test]
fn warnings_have_path_line_and_code_and_do_not_fail_the_build() {
    let seeds = Seeds::new().file("1.md", article("一").time("NaN").body("<p>正文</p>"));
    let report = seeds.build();
    let warning = &report["warnings"][0];
    assert_eq!((&warning["path"], &warning["line"]), (&"1.md".into(), &1.into()));
    assert_eq!(warning["code"], "no-date");
    assert!(warning["message"].as_str().unwrap().contains("NaN"));
}

#[test]
fn removals_are_counted_by_rule() {
    let body = "<p>正文。</p><img src=\"https://a.example/pixel.gif\" width=\"1\" height=\"1\">";
    let report =
        Seeds::new().file("1.md", article("一").body(body)).file("2.md", article("二").body(body)).build();
    assert_eq!(report["removed"]["tracking-pixel"], 2);
}

#[test]
fn article_that_lost_more_than_a_fifth_is_named() {
    let hidden = |text: &str| format!("<p>江水昨夜退了。</p><p style=\"display:none\">{text}</p>");
    let seeds = Seeds::new()
        .file("1.md", article("一").body(hidden("渡")))
        .file("2.md", article("二").body(hidden("渡口")));
    let report = seeds.build();
    assert_eq!(report["removed"]["hidden"], 2);
    let warnings = report["warnings"].as_array().unwrap();
    assert_eq!(warnings.len(), 1, "{warnings:?}");
    assert_eq!((&warnings[0]["path"], &warnings[0]["code"]), (&"2.md".into(), &"much-removed".into()));
}

#[test]
fn summary_is_one_sentence() {
    let seeds = Seeds::new().file("1.md", article("一")).file("2.md", article("二").time("NaN"));
    let said = seeds.sheaf("build --archive-only seeds --out site");
    assert!(said.err.is_empty(), "a pipe gets no progress bar: {}", said.err);
    let out = said.ok();
    assert!(out.starts_with("2 articles, 1 warning: ") && out.contains("bytes\n"), "{out}");
}

#[test]
fn build_without_articles_fails_with_a_report() {
    let seeds = Seeds::new().file("1.md", " \n").file("2.md", "");
    seeds.sheaf("build --archive-only seeds --out site --report report.json").failed_with(
        1,
        str![[r#"
sheaf: nothing to build from: none of the 2 files is an article

"#]],
    );
    assert_eq!(seeds.json("report.json")["skipped"].as_array().unwrap().len(), 2);
    assert!(!seeds.path("site").exists());
    Seeds::new().sheaf("build --archive-only seeds --out site").failed_with(
        1,
        str![[r#"
sheaf: nothing to build from: the folder holds no files

"#]],
    );
    let seeds = Seeds::new().file("1.md", "");
    seeds.sheaf("check seeds").failed_with(
        1,
        str![[r#"
sheaf: nothing to build from: the only file is not an article

"#]],
    );
    seeds.sheaf("build nowhere --out site").failed_with(
        1,
        str![[r#"
sheaf: nowhere is neither a folder nor a file: pass a folder with article files, a file or a ZIP

"#]],
    );
}

#[test]
fn wrong_usage_exits_with_code_2() {
    let seeds = Seeds::new().file("1.md", article("一"));
    let build = "build seeds --out site --archive-only";
    seeds.sheaf("pictures seeds").failed_with(
        2,
        str![[r#"
error: the following required arguments were not provided:
  --into <DIR>

Usage: sheaf pictures --into <DIR> <SEEDS_DIR>...

For more information, try '--help'.

"#]],
    );
    seeds.sheaf("bild seeds").failed_with(
        2,
        str![[r#"
error: unrecognized subcommand 'bild'

  tip: a similar subcommand exists: 'build'

Usage: sheaf <COMMAND>

For more information, try '--help'.

"#]],
    );
    seeds.sheaf(&format!("{build} --layuot split")).failed_with(
        2,
        str![[r#"
error: unexpected argument '--layuot' found

  tip: a similar argument exists: '--layout'

Usage: sheaf build --out <DIR> --archive-only --layout <LAYOUT> <SEEDS_DIR>...

For more information, try '--help'.

"#]],
    );
    seeds.sheaf(&format!("{build} --layout big")).failed_with(
        2,
        str![[r#"
error: invalid value 'big' for '--layout <LAYOUT>'
  [possible values: small, split]

For more information, try '--help'.

"#]],
    );
    seeds.sheaf(&format!("{build} --threads 0")).failed_with(
        2,
        str![[r#"
error: invalid value '0' for '--threads <N>': 0 is not in 1..=1024

For more information, try '--help'.

"#]],
    );
    seeds.sheaf(&format!("{build} --single-file")).failed_with(
        2,
        str![[r#"
error: the argument '--archive-only' cannot be used with '--single-file'

Usage: sheaf build --out <DIR> --archive-only <SEEDS_DIR>...

For more information, try '--help'.

"#]],
    );
    seeds.sheaf("search site").failed_with(
        2,
        str![[r#"
error: the following required arguments were not provided:
  <QUERY>

Usage: sheaf search <ARCHIVE_DIR> <QUERY>

For more information, try '--help'.

"#]],
    );
    seeds.sheaf("search site 江 --limit few").failed_with(
        2,
        str![[r#"
error: invalid value 'few' for '--limit <N>': invalid digit found in string

For more information, try '--help'.

"#]],
    );
    seeds.sheaf("search site 江 --format csv --json").failed_with(
        2,
        str![[r#"
error: the argument '--format <FORMAT>' cannot be used with '--json'

Usage: sheaf search --format <FORMAT> <ARCHIVE_DIR> <QUERY>

For more information, try '--help'.

"#]],
    );
    seeds.sheaf("search site 江 --site https://r.example/").failed_with(
        2,
        str![[r#"
error: the following required arguments were not provided:
  --format <FORMAT>

Usage: sheaf search --format <FORMAT> --site <URL> <ARCHIVE_DIR> <QUERY>

For more information, try '--help'.

"#]],
    );
    seeds.sheaf("serve site --port 99999").failed_with(
        2,
        str![[r#"
error: invalid value '99999' for '--port <PORT>': 99999 is not in 0..=65535

For more information, try '--help'.

"#]],
    );
    seeds.sheaf("build --archive-only seeds --out seeds/site").failed_with(2, str![[r#"
sheaf: output folder seeds/site lies inside seeds, so the next build would read its files as articles: choose a folder outside of seeds

"#]]);
    assert_eq!(seeds.sheaf("build . --out site").code, 2);
    seeds.sheaf(&format!("{build} --report seeds")).failed_with(
        2,
        str![[r#"
sheaf: seeds is a folder: name the file to write with --report

"#]],
    );
    seeds.sheaf(&format!("{build} --report none/report.json")).failed_with(
        1,
        str![[r#"
sheaf: cannot write none/report.json: [..]; create the folder first

"#]],
    );
}

#[test]
fn sources_with_one_name_are_merged_and_reported() {
    let seeds = Seeds::new()
        .file("1.md", article("一").url("https://www.bbc.com/zhongwen/1").body("<p>江水退了。</p>"))
        .file("2.md", article("二").url("https://www.bbc.co.uk/2").body("<p>江水又涨了。</p>"))
        .file("3.md", article("三").url("https://n.example/3"));
    let report = seeds.build();
    assert_eq!(report["merged_sources"], serde_json::json!({ "bbc.com": ["bbc.co.uk"] }));
    let manifest = std::fs::read_to_string(seeds.path("site/archive.json")).unwrap();
    let manifest: serde_json::Value = serde_json::from_str(&manifest).unwrap();
    let source = &manifest["sources"][0];
    assert_eq!(
        (&source["key"], &source["name"], &source["count"]),
        (&"bbc.com".into(), &"BBC".into(), &2.into())
    );
    assert_eq!(source["keys"], serde_json::json!(["bbc.co.uk"]));
    // Queries may name either host.
    for host in ["bbc.com", "bbc.co.uk"] {
        let found = seeds.sheaf(&format!("search site source:{host} --json")).json();
        assert_eq!(found["total"], 2, "{host}: {found}");
    }
}
