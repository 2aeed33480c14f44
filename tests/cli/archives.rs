//! Files of an archive that a build writes.

use crate::seeds::{Seeds, article, files_of};
use sheaf::archive::Archive;
use sheaf::bundle::FolderStore;
use snapbox::str;
use std::fs;
use std::path::{Path, PathBuf};

/// Creates a folder of `count` articles from three sources over several years, with some earlier versions.
pub fn library(count: usize) -> Seeds {
    let mut seeds = Seeds::new();
    for n in 0..count {
        let words: String = (0..120)
            .map(|k| char::from_u32(0x4E00 + ((n * 31 + k * k * 7) % 4000) as u32).unwrap())
            .collect();
        let source = ["a", "b", "c"][n % 3];
        let time = match n % 50 {
            49 => "NaN".to_owned(),
            _ => (1_500_000_000_000_i64 + n as i64 * 86_400_000 / 3).to_string(),
        };
        let file = article(&format!("第{n}篇")).time(time).url(format!("https://{source}.example/{n}"));
        seeds = seeds.file(&format!("{source}/{n}.md"), file.clone().body(format!("<p>{words}</p>")));
        if n % 40 == 0 {
            seeds = seeds.file(
                &format!("{source}/{n}-again.md"),
                file.time(1_700_000_000_000_i64).body("<p>更正。</p>"),
            );
        }
    }
    seeds
}

#[test]
fn seed_article_becomes_a_single_file_archive() {
    let seeds = Seeds::new();
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/seeds");
    seeds.run(&["build", "--archive-only", folder, "--out", "site"]).ok();
    assert_eq!(files_of(&seeds.path("site")).len(), 1);
    let archive = seeds.json("site/archive.json");
    assert_eq!(archive["articles"][0]["title"], "俄罗斯外长访北京和平壤为俄总统普京铺路");
    assert_eq!(archive["sources"][0]["name"], "RFI 法广");
}

#[test]
fn thread_count_does_not_change_the_output() {
    let seeds = library(300);
    for layout in ["small", "split"] {
        for threads in ["1", "4"] {
            seeds
                .sheaf(&format!(
                    "build --archive-only seeds --out {layout}{threads} --layout {layout} --threads {threads}"
                ))
                .ok();
        }
        let one = files_of(&seeds.path(&format!("{layout}1")));
        assert!(one == files_of(&seeds.path(&format!("{layout}4"))), "{layout}");
        assert_eq!(one.len() > 1, layout == "split");
    }
}

#[test]
fn site_keeps_within_its_budget_of_files_and_gives_the_same_answers() {
    let seeds = library(900);
    let build = "build --archive-only seeds --layout split --out";
    seeds.sheaf(&format!("{build} free")).ok();
    seeds.sheaf(&format!("{build} default --max-files 20000")).ok();
    let free = files_of(&seeds.path("free"));
    assert!(free == files_of(&seeds.path("default")));
    let limit = free.len() - 12;
    seeds.sheaf(&format!("{build} bounded --max-files {limit}")).ok();
    assert!(files_of(&seeds.path("bounded")).len() <= limit);
    for query in ["list _ --json", "search _ 第10 --json --limit 900", "search _ 更正 --json"] {
        let answers = |site: &str| seeds.sheaf(&query.replace('_', site)).ok();
        assert_eq!(answers("free"), answers("bounded"), "{query}");
    }
    let refused = seeds.sheaf(&format!("{build} bounded --max-files 20")).failed(1);
    assert!(refused.contains("cannot keep the site within 20 files: it needs at least "), "{refused}");
    assert!(files_of(&seeds.path("bounded")).len() > 20, "the old site stays");
}

#[test]
fn both_layouts_give_the_same_answers() {
    let seeds = library(300);
    seeds.sheaf("build --archive-only seeds --out small --layout small").ok();
    seeds.sheaf("build --archive-only seeds --out split --layout split").ok();
    let list = seeds.sheaf("list small --json").json();
    assert_eq!(list.as_array().unwrap().len(), 300);
    let mut verbs = vec!["list _".to_owned(), "list _ --json".to_owned()];
    for query in [
        "第1",
        "第10篇 -第100篇",
        "source:a.example",
        "date:2017-08 篇",
        "更正",
        "title:第299篇",
        "date:none",
    ] {
        verbs.push(format!("search _ {query} --json --limit 400"));
    }
    for line in list.as_array().unwrap().iter().step_by(29) {
        verbs.extend(["", " --text"].map(|how| format!("show _ {}{how}", line["id"].as_str().unwrap())));
    }
    for verb in verbs {
        let in_layout = |layout: &str| {
            let words: Vec<&str> =
                verb.split(' ').map(|word| if word == "_" { layout } else { word }).collect();
            seeds.run(&rejoin(&words).iter().map(String::as_str).collect::<Vec<_>>()).ok()
        };
        assert_eq!(in_layout("small"), in_layout("split"), "{verb}");
    }
}

/// Joins the words of a query into one argument.
fn rejoin(words: &[&str]) -> Vec<String> {
    let is_search = words[0] == "search";
    let options = words.iter().position(|word| word.starts_with("--")).unwrap_or(words.len());
    if !is_search {
        return words.iter().map(ToString::to_string).collect();
    }
    let mut all = vec![words[0].to_owned(), words[1].to_owned(), words[2..options].join(" ")];
    all.extend(words[options..].iter().map(ToString::to_string));
    all
}

#[test]
fn large_archive_is_split_by_default() {
    let long =
        |n: usize| article(&format!("第{n}篇")).body(format!("<p>{}</p>", "很长的正文".repeat(2_000 + n)));
    let mut seeds = Seeds::new();
    for n in 0..34 {
        seeds = seeds.file(&format!("{n}.md"), long(n));
    }
    seeds.build();
    assert_eq!(files_of(&seeds.path("site")).len(), 1);
    let report = seeds.file("34.md", long(34)).build();
    assert!(report["bytes"]["packs"].as_u64().unwrap() > 0);
}

#[test]
fn rebuild_removes_stale_files_and_keeps_foreign_ones() {
    let seeds = library(150);
    seeds.sheaf("build --archive-only seeds --out site --layout split").ok();
    let before = files_of(&seeds.path("site"));
    fs::write(seeds.path("site/index.html"), "mine").unwrap();
    fs::write(seeds.path("site/archive/holiday.jpg"), "mine too").unwrap();
    fs::remove_file(seeds.path("seeds/a/0.md")).unwrap();
    fs::remove_file(seeds.path("seeds/a/0-again.md")).unwrap();
    let changed = || fs::metadata(seeds.path("site/archive.json")).unwrap().modified().unwrap();

    seeds.sheaf("build --archive-only seeds --out site --layout split").ok();
    let first = changed();
    let after = files_of(&seeds.path("site"));
    seeds.sheaf("build --archive-only seeds --out fresh --layout split").ok();
    assert_eq!(after.len(), files_of(&seeds.path("fresh")).len() + 2);
    // The index and the lists of related articles depend on all articles.
    let of_few = |(path, _): &&(PathBuf, Vec<u8>)| path.parent() == Some(Path::new("archive"));
    let (kept, all) =
        (after.iter().filter(of_few).filter(|file| before.contains(file)).count(), before.iter());
    let all = all.filter(of_few).count();
    assert!(kept > all / 2, "only the files near the article change, not {kept} of {all}");

    seeds.sheaf("build --archive-only seeds --out site --layout split").ok();
    assert_eq!(changed(), first, "a file with the same bytes is left alone");

    seeds.sheaf("build --archive-only seeds --out site --layout small").ok();
    let mut names: Vec<_> =
        files_of(&seeds.path("site")).into_iter().map(|file| file.0.display().to_string()).collect();
    names.sort();
    assert_eq!(names, ["archive.json", "archive/holiday.jpg", "index.html"]);
}

#[test]
fn files_with_one_address_become_versions() {
    let version = |time: i64, text: &str| {
        article("涨水").url("https://a.example/1").time(time).body(format!("<p>{text}</p>"))
    };
    let seeds = Seeds::new()
        .file("1.md", version(1_700_000_000_000, "二稿"))
        .file("2.md", version(1_600_000_000_000, "初稿"))
        .file("3.md", version(1_710_000_000_000, "三稿"))
        .file("4.md", version(1_705_000_000_000, "三稿"));
    for layout in ["small", "split"] {
        seeds
            .sheaf(&format!(
                "build --archive-only seeds --out {layout} --layout {layout} --report report.json"
            ))
            .ok();
        let report = seeds.json("report.json");
        assert_eq!((&report["articles"], &report["versions"]), (&1.into(), &3.into()));
        let list = seeds.sheaf(&format!("list {layout} --json")).json();
        assert_eq!((&list[0]["date"], &list[0]["path"]), (&"2020-09-13".into(), &"3.md".into()));
        let shown = seeds.sheaf(&format!("show {layout} {}", list[0]["id"].as_str().unwrap())).ok();
        assert!(
            shown.ends_with("earlier version: 2023-11-15 1.md\nearlier version: 2020-09-13 2.md\n\n三稿\n"),
            "{shown}"
        );
        assert_eq!(
            seeds.run(&["search", layout, "初稿", "--json"]).json()["total"],
            0,
            "only the newest is searched"
        );
    }
    let archive = seeds.json("small/archive.json");
    assert_eq!(archive["articles"][0]["earlier"][1]["body"], serde_json::json!([{"p": ["初稿"]}]));
}

#[test]
fn several_folders_equal_their_common_parent() {
    let seeds = Seeds::new().file("x/1.md", article("一").url("")).file("y/1.md", article("二").url(""));
    seeds.sheaf("build --archive-only seeds/x seeds/y --out apart").ok();
    seeds.sheaf("build --archive-only seeds --out together").ok();
    assert_eq!(seeds.sheaf("list apart").ok(), seeds.sheaf("list together").ok());
    seeds.sheaf("build seeds/x seeds/x --out site").failed_with(
        1,
        str![[r#"
sheaf: duplicate path x/1.md for two files without an address: give the seeds folders different names

"#]],
    );
}

#[test]
fn missing_newer_or_damaged_archive_is_an_error() {
    let seeds = Seeds::new();
    seeds.sheaf("list seeds").failed_with(
        1,
        str![[r#"
sheaf: no archive.json in seeds: run `sheaf build SEEDS_DIR --out seeds` to build an archive

"#]],
    );
    let newer = seeds.file("archive.json", r#"{"sheaf":99}"#);
    newer.sheaf("list seeds").failed_with(1, str![[r#"
sheaf: cannot open the archive in seeds: unsupported format version 99 (this reader supports up to [..]): use a Sheaf of the same version for both

"#]]);
    let cut = newer.file("archive.json", r#"{"sheaf":4,"sum":"68ty"#);
    cut.sheaf("search seeds 江").failed_with(1, str![[r#"
sheaf: cannot open the archive in seeds: damaged file archive.json: unterminated string at line 1, column 23; copy the file again, or build the archive again

"#]]);
    let foreign = cut.file("archive.json", r#"{"articles":[]}"#);
    foreign.sheaf("show seeds 000000000000").failed_with(1, str![[r#"
sheaf: cannot open the archive in seeds: damaged file archive.json: missing field `sheaf` at line 1, column 15; copy the file again, or build the archive again

"#]]);
}

/// Opens an archive in `tests/data`, written by an earlier version from articles of `tests/data/demo`, and checks
/// that list, show and search work.
fn still_opens(path: &str) -> Archive<FolderStore> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(path);
    let (seeds, name) = (Seeds::new(), folder.to_str().unwrap());
    let list = seeds.run(&["list", name]).ok();
    let lines: Vec<&str> = list.lines().collect();
    let mail =
        "henqqcecwtee\t2023-12-08\tchaosheng.example\t雪线邮路：一个人的两百八十封信\tchaosheng/1056.txt";
    assert_eq!((lines.len(), lines[1]), (12, mail), "{path}");
    let shown = seeds.run(&["show", name, "henqqcecwtee"]).ok();
    assert!(shown.contains("\nearlier version: 2023-12-08 chaosheng/1055.txt\n\n"), "{path}: {shown}");
    assert!(shown.contains("的路有八十八公里，"), "{path}: {shown}");
    let found = seeds.run(&["search", name, "灯塔", "--json"]).json();
    let titles: Vec<&str> =
        found["hits"].as_array().unwrap().iter().map(|hit| hit["title"].as_str().unwrap()).collect();
    assert_eq!(titles, ["燈塔國小只剩三個學生 老師七位", "大潮夜的值班室", "立秋前后，盐田收工"], "{path}");
    let dated = seeds.run(&["search", name, "date:2023", "--json"]).json();
    assert_eq!(dated["total"], 6, "{path}");
    pollster::block_on(async {
        let archive = Archive::open(FolderStore::new(&folder)).await.unwrap();
        let article = archive.article(10).await.unwrap();
        let mut text = String::new();
        archive.earlier_body(&article.earlier_versions[0]).await.unwrap().push_text(&mut text);
        assert!(text.contains("的路有八十三公里，"), "{path}: {text}");
        archive
    })
}

/// Version 1 has no index and stores the dates in a separate file.
#[test]
fn version_1_archive_opens() {
    assert!(still_opens("version-1").index().is_none());
}

/// Version 2 has no seal in its manifest and its lists of related articles.
#[test]
fn version_2_archives_open() {
    still_open_in_both_layouts(2, [3, 1, 0, 8, 9]);
}

/// Version 3 has no article lengths.
#[test]
fn version_3_archives_open() {
    still_open_in_both_layouts(3, [3, 1, 0, 8, 9]);
}

/// The first version that names its articles' lengths.
#[test]
fn archives_of_version_4_still_open() {
    still_open_in_both_layouts(4, [1, 3, 0, 8, 9]);
}

fn still_open_in_both_layouts(version: u32, related: [u32; 5]) {
    let [small, split] = ["small", "split"].map(|layout| still_opens(&format!("version-{version}/{layout}")));
    // Its texts were folded by other rules, so that the index is ignored and the texts are scanned.
    assert!(split.manifest().file_index.as_ref().is_some_and(|files| files.index.is_some()));
    assert!(split.index().is_none());
    for archive in [small, split] {
        assert_eq!(archive.manifest().format_version, version);
        assert_eq!(pollster::block_on(archive.related(10)).unwrap(), related);
    }
}

#[test]
fn site_name_at_the_end_of_titles_is_not_displayed() {
    for layout in ["small", "split"] {
        let mut seeds = Seeds::new();
        for name in ["潮", "汐", "江", "河", "湖"] {
            seeds = seeds.file(
                &format!("{name}.txt"),
                article(&format!("{name}水 - 某某广播")).url(format!("https://n.example/{name}")),
            );
        }
        let report =
            seeds.sheaf(&format!("build --archive-only --layout {layout} --report r.json --out site seeds"));
        report.ok();
        let rows = seeds.sheaf("list site --json").json();
        let titles: Vec<_> =
            rows.as_array().unwrap().iter().map(|row| row["title"].as_str().unwrap()).collect();
        assert_eq!(titles.len(), 5);
        assert!(titles.iter().all(|title| title.ends_with('水')), "{titles:?}");
        let found = |query: &str| seeds.sheaf(&format!("search site {query} --json")).json()["total"].clone();
        assert_eq!(found("潮水"), 1);
        assert_eq!(found("某某广播"), 0);
    }
}
