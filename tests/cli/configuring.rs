//! Settings in `sheaf.toml`, and time zones.

use crate::seeds::{Seeds, article};
use snapbox::data::Inline;
use snapbox::str;

fn manifest(seeds: &Seeds) -> serde_json::Value {
    seeds.build();
    seeds.json("site/archive.json")
}

#[test]
fn settings_appear_in_the_manifest() {
    let toml = "title = '江上'\ndescription = '关于江的文章'\nlang = 'zh-Hant'\nimages = 'off'\n\
                [sources]\na.example = '潮声周刊'\nnotes = '笔记'\n";
    let manifest = manifest(
        &Seeds::new()
            .file("sheaf.toml", toml)
            .file("1.md", article("一").url("https://www.a.example/1"))
            .file("2.md", article("二").url("https://www.a.example/2"))
            .file("notes/3.md", article("三").url("")),
    );
    assert_eq!((&manifest["title"], &manifest["description"]), (&"江上".into(), &"关于江的文章".into()));
    assert_eq!((&manifest["lang"], &manifest["images"]), (&"zh-Hant".into(), &"off".into()));
    let sources = serde_json::json!([
        {"key": "a.example", "name": "潮声周刊", "count": 2},
        {"key": "notes", "name": "笔记", "count": 1},
    ]);
    assert_eq!(manifest["sources"], sources);
}

#[test]
fn misspelt_key_reports_line_and_nearest_key() {
    let seeds =
        Seeds::new().file("sheaf.toml", "title = '江上'\n\ndescripton = 'x'\n").file("1.md", article("一"));
    for verb in ["build --archive-only seeds --out site", "check seeds"] {
        seeds.sheaf(verb).failed_with(1, str![[r#"
sheaf: seeds/sheaf.toml:3: unknown key `descripton`: did you mean `description`? valid keys are title, description, lang, zone, images, licence, max_bytes, site, sources

"#]]);
    }
}

#[test]
fn wrong_value_reports_line_and_expected_form() {
    let failed = |toml: &str, snapshot: Inline| {
        Seeds::new()
            .file("sheaf.toml", toml)
            .file("1.md", article("一"))
            .sheaf("check seeds")
            .failed_with(1, snapshot);
    };
    failed(
        "\nlang = 'fr'",
        str![[r#"
sheaf: seeds/sheaf.toml:2: unknown language `fr`: use zh-Hans, zh-Hant or en

"#]],
    );
    failed(
        "zone = 'Peking'",
        str![[r#"
sheaf: seeds/sheaf.toml:1: unknown time zone `Peking`: use a name like `Asia/Shanghai` or an offset like `UTC+8`

"#]],
    );
    failed(
        "images = 'yes'",
        str![[r#"
sheaf: seeds/sheaf.toml:1: unknown variant `yes`, expected one of `on`, `tap`, `off`

"#]],
    );
    failed(
        "site = 'reader.example'",
        str![[r#"
sheaf: seeds/sheaf.toml:1: invalid site address `reader.example`: use a form like `https://example.org/news/`

"#]],
    );
    failed(
        "max_bytes = '32 MB'",
        str![[r#"
sheaf: seeds/sheaf.toml:1: invalid size: use a number of bytes like `33554432`

"#]],
    );
    failed(
        "title = 江上",
        str![[r#"
sheaf: seeds/sheaf.toml:1: string values must be quoted, expected literal string

"#]],
    );
    failed(
        "title = 'a'\ntitle = 'b'",
        str![[r#"
sheaf: seeds/sheaf.toml:2: duplicate key

"#]],
    );
    failed(
        "[sources]\nrfi.fr = 1",
        str![[r#"
sheaf: seeds/sheaf.toml:2: expected a name in quotes: `rfi.fr = "RFI"`

"#]],
    );
}

#[test]
fn first_folder_with_a_configuration_is_used() {
    let seeds = Seeds::new().file("1.md", article("一"));
    for (folder, title) in [("b", "乙"), ("c", "丙")] {
        std::fs::create_dir(seeds.path(folder)).unwrap();
        std::fs::write(seeds.path(folder).join("sheaf.toml"), format!("title = '{title}'")).unwrap();
    }
    seeds.sheaf("build --archive-only seeds b c --out site --report report.json").ok();
    assert_eq!(seeds.json("site/archive.json")["title"], "乙");
    let skipped = &seeds.json("report.json")["skipped"];
    assert_eq!(skipped.as_array().unwrap().len(), 1);
    assert_eq!(skipped[0]["path"], "c/sheaf.toml");
}

/// Checks the zone of the archive and the time of an article of 2023-10-16 15:45:01 UTC.
fn check(toml: &str, title: &str, body: &str, zone: &str, time: &str) {
    let seeds = Seeds::new().file("sheaf.toml", toml).file("1.md", article(title).body(body));
    let manifest = manifest(&seeds);
    assert_eq!((&manifest["zone"], &manifest["articles"][0]["time"]), (&zone.into(), &time.into()), "{toml}");
}

#[test]
fn zone_depends_on_setting_and_language() {
    let (han, english) =
        ("<p>江水昨夜退了，岸上的人都松了一口气。</p>", "<p>The river fell last night, and all slept.</p>");
    check("", "江", han, "UTC+8", "2023-10-16T23:45:01+08:00");
    check("", "River", english, "UTC", "2023-10-16T15:45:01Z");
    check("zone = 'UTC+09:30'", "江", han, "UTC+9:30", "2023-10-17T01:15:01+09:30");
    check("zone = 'America/New_York'", "江", han, "America/New_York", "2023-10-16T11:45:01-04:00");
}

#[test]
fn summer_time_applies_per_article() {
    let seeds = Seeds::new()
        .file("sheaf.toml", "zone = 'Europe/Paris'")
        .file("1.md", article("夏").time("1689422400000"))
        .file("2.md", article("冬").time("1702641600000"));
    let manifest = manifest(&seeds);
    let times: Vec<_> =
        manifest["articles"].as_array().unwrap().iter().map(|article| &article["time"]).collect();
    assert_eq!(times, ["2023-07-15T14:00:00+02:00", "2023-12-15T13:00:00+01:00"]);
}

#[test]
fn undated_articles_come_last_and_are_counted() {
    let seeds = Seeds::new()
        .file("1.md", article("无").time("NaN"))
        .file("2.md", article("旧").time("1497471101000"))
        .file("3.md", article("新"));
    assert_eq!(manifest(&seeds)["undated"], 1);
    let list = seeds.sheaf("list site").ok();
    let lines: Vec<Vec<&str>> = list.lines().map(|line| line.split('\t').collect()).collect();
    let dates: Vec<_> = lines.iter().map(|line| (line[1], line[3])).collect();
    assert_eq!(dates, [("2023-10-16", "新"), ("2017-06-15", "旧"), ("-", "无")]);
}
