//! The names that are stored or shared: archives, sites and command lines of today have to be understood tomorrow.
//!
//! `tests/data/stored-names.txt` lists them, one a line. A line that goes or changes breaks what others have stored
//! or written; a new one is recorded with `SHEAF_BLESS=1 cargo test --test cli stored_names`. Those that only a browser
//! has are in `tests/browser/stored_names.rs`.

use crate::seeds::{Seeds, article, files_of};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

const PAGE: &str = "<!doctype html><html lang=zh-Hans><head><meta charset=utf-8><title>Sheaf</title></head>\
<body><div id=sheaf></div></body></html>";

/// Every key of `sheaf.toml`.
const SETTINGS: &str = "title = '江上'\ndescription = '一句话'\nlang = 'zh-Hant'\nzone = 'UTC+8'\nimages = 'tap'\n\
licence = 'CC BY 4.0'\nmax_bytes = 20000\nsite = 'https://n.example/news/'\n[sources]\n'a.example' = '甲'\n";

/// A body with every block and every mark.
const BODY: &str = "<p class=\"lead\"><strong>这是导语，一句话说完这篇文章要说的事情。</strong></p>\
<p>正文<b>粗</b><em>斜</em><u>线</u><s>删</s><code>码</code>H<sub>2</sub>E<sup>2</sup><ruby>汐<rt>xī</rt></ruby><a href=\"https://b.example/\">链</a>\
<a href=\"#n1\">注</a><br>换行</p><p id=\"n1\">脚注的正文。</p><h2>小标题</h2><p>小标题后的一段。</p><ul><li>项</li></ul>\
<ol start=\"3\" type=\"A\" reversed><li>第三</li></ol><blockquote><p>引文</p></blockquote><pre>a  b\nc</pre>\
<table><tr><th colspan=\"2\">头</th></tr><tr><td rowspan=\"2\">一</td><td>二</td></tr><tr><td>三</td></tr></table>\
<figure><img src=\"https://images.weserv.nl/?url=https%3A%2F%2Fp.example%2Fa.png\" width=\"300\" height=\"200\" alt=\"图\">\
<figcaption>说明</figcaption></figure><iframe src=\"https://www.youtube.com/embed/abcdefghijk\"></iframe><hr><p>结尾。</p>";

/// A clipping with all details.
const CLIPPING: &str = "---\ntitle: 剪报\nsource: https://d.example/1\nauthor: 林舟\npublished: 2023-10-16\n\
created: 2023-10-17\nsite: 潮声\ntags: [水]\n---\n江水退了。\n";

/// Articles on a ferry, and on a lighthouse of two names: related terms.
fn with_related_terms(mut seeds: Seeds) -> Seeds {
    for (number, end) in "天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏闰余成岁律吕".chars().enumerate()
    {
        let place = if number % 2 == 0 { "，港口" } else { "" };
        let (title, body) = match number % 3 {
            0 => (format!("{end}灯塔{place}"), "老旧灯塔熄灭，守护灯塔修缮。"),
            1 => (format!("{end}光楼{place}"), "老旧光楼熄灭，守护光楼修缮。"),
            _ => (format!("{end}渡船"), "清晨渡船靠岸，黄昏渡船开走。"),
        };
        seeds = seeds.file(&format!("related-{number}.md"), article(&title).body(format!("<p>{body}</p>")));
    }
    seeds
}

/// A small library that has a bit of everything.
fn library() -> Seeds {
    let long = format!("<p>harbour {}</p>", "两家报纸刊登了同一篇很长的报道。".repeat(60));
    let version = |time: i64, body: &str| article("全部").url("https://a.example/all").time(time).body(body);
    with_related_terms(Seeds::new())
        .file("sheaf.toml", SETTINGS)
        .file("all.md", version(1_700_000_000_000, BODY))
        .file("all-before.md", version(1_600_000_000_000, "<p>初稿说过的话。</p>"))
        .file("same-1.md", article("同文一").url("https://a.example/same").body(&long))
        .file("same-2.md", article("同文二").url("https://c.example/same").body(&long))
        .file("undated.md", article("无日期").time("NaN").url(""))
        .file("dateline.md", article("电头").body("<p>2023年10月16日 09:30</p><p>正文在这里。</p>"))
        .file(
            "english.md",
            article("Tides")
                .body("<p>The tide went out before the harbour woke, and nobody saw the boats leave.</p>"),
        )
        .file("clipping.md", CLIPPING)
        .file("term-1.md", article("老渡口开"))
        .file("term-2.md", article("新渡口停"))
        .file("term-3.md", article("去渡口看"))
        .file("term-4.md", article("雨中渡口"))
        .file("term-5.md", article("天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏闰余成岁律吕调阳云腾致露结为霜金生丽水玉出昆冈剑号巨阙珠称夜光果珍李柰菜重芥姜海咸河淡鳞潜羽翔"))
        .file("empty.md", "")
        .file(".hidden.md", "hidden")
        .file("large.md", vec![b'a'; 20_001])
        .file("binary.md", b"\x7fELF\x00\x01\x02\x00".to_vec())
}

/// The paths of all keys of a JSON value: `articles[].title`.
fn keys(value: &Value, path: &str, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(members) => {
            for (key, value) in members {
                let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
                found.insert(path.clone());
                keys(value, &path, found);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| keys(item, &format!("{path}[]"), found)),
        _ => {}
    }
}

fn add_keys(names: &mut BTreeSet<String>, what: &str, json: &[u8]) {
    let mut found = BTreeSet::new();
    keys(&serde_json::from_slice(json).unwrap_or_else(|error| panic!("{what}: {error}")), "", &mut found);
    names.extend(found.into_iter().map(|key| format!("{what}: {key}")));
}

/// The bytes that some file of an archive has when it is decompressed.
fn plain(bytes: &[u8]) -> Vec<u8> {
    if !bytes.starts_with(&[0x1f, 0x8b]) {
        return bytes.to_vec();
    }
    let length = u32::from_le_bytes(bytes[bytes.len() - 4..].try_into().unwrap());
    let mut plain = vec![0; length as usize];
    libdeflater::Decompressor::new().gzip_decompress(bytes, &mut plain).unwrap();
    plain
}

/// A path without what differs from archive to archive: names of content, ids, numbers.
fn pattern(path: &str) -> String {
    const BASE32: &str = "0123456789abcdefghjkmnpqrstvwxyz";
    let part = |part: &str| match part.len() {
        8 if part.chars().all(|c| BASE32.contains(c)) => "NAME".to_owned(),
        12 if part.chars().all(|c| BASE32.contains(c)) => "ID".to_owned(),
        _ if !part.is_empty() && part.chars().all(|c| c.is_ascii_digit()) => "N".to_owned(),
        _ => part.to_owned(),
    };
    let mut parts = String::new();
    for piece in path.split_inclusive(['/', '.', '-']) {
        let end = piece.trim_end_matches(['/', '.', '-']);
        parts += &(part(end) + &piece[end.len()..]);
    }
    parts
}

/// What the file of a split archive with this path holds.
fn kind(manifest: &Value, path: &str) -> String {
    let tables = &manifest["tables"];
    let name = path.trim_start_matches("archive/").split('.').next().unwrap();
    let names = |value: &Value| value.to_string().contains(&format!("\"{name}\""));
    let kind =
        ["pages", "column", "ids", "packs", "names", "terms"].into_iter().find(|kind| names(&tables[*kind]));
    match kind {
        Some(kind) => format!("archive/NAME.json.gz of {kind}"),
        None if names(&tables["index"]["words"]) => "archive/NAME.json.gz of index words".to_owned(),
        None => pattern(path).replace("archive/NAME.json.gz", "archive/NAME.json.gz, a pack"),
    }
}

fn of_archives(names: &mut BTreeSet<String>) {
    let seeds = library();
    seeds.sheaf("build --archive-only seeds --out small --layout small --report report.json").ok();
    seeds.sheaf("build --archive-only seeds --out split --layout split").ok();
    add_keys(names, "archive.json", &fs::read(seeds.path("small/archive.json")).unwrap());
    let manifest = seeds.json("split/archive.json");
    for (path, bytes) in files_of(&seeds.path("split")) {
        let path = path.to_str().unwrap();
        let bytes = plain(&bytes);
        match path {
            "archive.json" => add_keys(names, "archive.json, split", &bytes),
            _ if path.ends_with(".json.gz") => {
                // Behind the first line of a column come the bytes of its values.
                let json = bytes.split(|&byte| byte == b'\n').next().unwrap();
                add_keys(names, &kind(&manifest, path), json);
                names.insert(format!("file of an archive: {}", pattern(path)));
            }
            _ => {
                names.insert(format!("file of an archive: {}", pattern(path)));
            }
        }
    }
    let report = fs::read(seeds.path("report.json")).unwrap();
    add_keys(names, "report of a build", &report);
    // Rules that remove something come and go.
    names.retain(|name| !name.starts_with("report of a build: removed."));
    let skipped = seeds.json("report.json")["skipped"].as_array().unwrap().clone();
    names.extend(skipped.iter().map(|file| format!("report of a build: skipped as {}", file["code"])));
    let list = seeds.sheaf("list small --json").ok();
    add_keys(names, "sheaf list --json", list.as_bytes());
    let id = serde_json::from_str::<Value>(&list).unwrap()[0]["id"].as_str().unwrap().to_owned();
    add_keys(names, "sheaf show --json", seeds.sheaf(&format!("show small {id} --json")).ok().as_bytes());
    add_keys(names, "sheaf search --json", seeds.sheaf("search small 正文 --json").ok().as_bytes());
}

fn of_sites(names: &mut BTreeSet<String>) {
    let seeds = library();
    let webp = {
        let mut bytes = std::io::Cursor::new(Vec::new());
        image::RgbImage::new(30, 20).write_to(&mut bytes, image::ImageFormat::WebP).unwrap();
        bytes.into_inner()
    };
    fs::create_dir_all(seeds.path("pictures")).unwrap();
    let name = sheaf::model::content_hash(&webp);
    fs::write(seeds.path(&format!("pictures/{name}.webp")), &webp).unwrap();
    let proxied = "https://images.weserv.nl/?url=https%3A%2F%2Fp.example%2Fa.png";
    let kept = format!(
        "{{\"url\":\"{proxied}\",\"kept\":{{\"name\":\"{name}\",\"size\":[30,20],\"bytes\":{}}}}}\n\
         {{\"url\":\"https://p.example/b.png\",\"failed\":\"gone\"}}\n",
        webp.len()
    );
    fs::write(seeds.path("pictures/index.jsonl"), kept).unwrap();
    fs::create_dir_all(seeds.path("viewer")).unwrap();
    fs::write(seeds.path("viewer/index.html"), PAGE).unwrap();
    seeds.sheaf("build seeds --out site --viewer viewer --pages --pictures pictures --layout split").ok();
    for (path, bytes) in files_of(&seeds.path("site")) {
        let path = path.to_str().unwrap();
        if path.starts_with("archive/") && !path.ends_with(".webp") {
            continue;
        }
        names.insert(format!("file of a site: {}", pattern(path)));
        if ["feed.json", "manifest.webmanifest"].contains(&path) {
            add_keys(names, path, &bytes);
        }
    }
    let archive = files_of(&seeds.path("site/archive"));
    assert!(archive.iter().any(|(_, bytes)| String::from_utf8_lossy(&plain(bytes)).contains("\"kept\":")));
    names.insert("archive/NAME.json.gz, a pack: a figure's kept".to_owned());
    let worker = fs::read_to_string(seeds.path("site/sw.js")).unwrap();
    let known = worker.lines().next().unwrap().trim_start_matches("const SITE = ").trim_end_matches(';');
    add_keys(names, "sw.js SITE", known.as_bytes());
}

fn of_command_lines(names: &mut BTreeSet<String>) {
    let seeds = Seeds::new();
    let help = seeds.sheaf("--help").ok();
    let listed =
        help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    for command in listed.filter_map(|line| line.split_whitespace().next()).filter(|name| *name != "help") {
        names.insert(format!("sheaf {command}"));
        let help = seeds.run(&[command, "--help"]).ok();
        for line in help.lines().map(str::trim) {
            if let Some(option) = line.strip_prefix("--") {
                let mut words = option.split_whitespace();
                let name = words.next().unwrap();
                let value =
                    if words.next().is_some_and(|word| word.starts_with('<')) { " VALUE" } else { "" };
                names.insert(format!("sheaf {command}: --{name}{value}"));
            } else if let Some((value, _)) = line.strip_prefix("- ").and_then(|line| line.split_once(':')) {
                names.insert(format!("sheaf {command}: value {value}"));
            } else if let Some((_, values)) = line.split_once("[possible values: ") {
                let values = values.trim_end_matches(']').split(", ");
                names.extend(values.map(|value| format!("sheaf {command}: value {value}")));
            }
        }
    }
}

fn of_settings(names: &mut BTreeSet<String>) {
    let seeds = Seeds::new().file("sheaf.toml", "unknown = 1");
    let error = seeds.sheaf("build --archive-only seeds --out site").failed(1);
    let (_, keys) = error.trim().rsplit_once("valid keys are ").unwrap();
    names.extend(keys.split(", ").map(|key| format!("sheaf.toml: {key}")));
}

#[test]
fn stored_names_are_those_recorded() {
    let mut names = BTreeSet::new();
    of_archives(&mut names);
    of_sites(&mut names);
    of_command_lines(&mut names);
    of_settings(&mut names);
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/stored-names.txt");
    if std::env::var_os("SHEAF_BLESS").is_some() {
        let lines: String = names.iter().map(|name| format!("{name}\n")).collect();
        fs::write(&file, lines).unwrap();
    }
    let recorded = fs::read_to_string(&file).unwrap();
    let recorded: BTreeSet<String> = recorded.lines().map(str::to_owned).collect();
    let gone: Vec<_> = recorded.difference(&names).collect();
    let new: Vec<_> = names.difference(&recorded).collect();
    assert!(gone.is_empty() && new.is_empty(), "no longer there: {gone:#?}\nnot recorded: {new:#?}");
}

#[test]
fn every_setting_reaches_the_archive() {
    let seeds = library();
    seeds.sheaf("build --archive-only seeds --out site --report report.json").ok();
    let archive = seeds.json("site/archive.json");
    let set = ["title", "description", "lang", "zone", "images", "licence"]
        .map(|key| archive[key].as_str().unwrap());
    assert_eq!(set, ["江上", "一句话", "zh-Hant", "UTC+8", "tap", "CC BY 4.0"]);
    let named = archive["sources"].as_array().unwrap().iter().find(|source| source["key"] == "a.example");
    assert_eq!(named.unwrap()["name"], "甲");
    let skipped = seeds.json("report.json")["skipped"].to_string();
    assert!(skipped.contains("large.md"), "max_bytes: {skipped}");
}

/// Every filter in every spelling.
const FILTERS: &[Operator] = &[
    Operator { names: &["title", "标题", "標題"], values: &["潮"], found: 2, others: 4 },
    Operator {
        names: SOURCE, values: &["a.example", "\"a.example\"", "“a.example”"], found: 3, others: 3
    },
    Operator {
        names: LANG, values: &["zh-Hans", "zh-CN", "简体", "简体中文", "簡體"], found: 2, others: 4
    },
    Operator {
        names: LANG, values: &["zh-Hant", "zh-TW", "繁体", "繁體", "繁體中文"], found: 1, others: 5
    },
    Operator { names: LANG, values: &["en", "英文", "英语", "英語", "English"], found: 1, others: 5 },
    Operator { names: LANG, values: &["ja", "日文", "日语", "日語"], found: 1, others: 5 },
    Operator { names: LANG, values: &["ko", "韩文", "韩语", "韓文", "韓語"], found: 1, others: 5 },
    // An undated article is neither before nor after a date.
    Operator { names: BEFORE, values: &["2022", "2022-01", "2022-01-01"], found: 2, others: 3 },
    Operator { names: AFTER, values: &["2022", "2022-01", "2022-01-01"], found: 3, others: 2 },
    Operator { names: DATE, values: &["2023", "2023-11", "2023-11-15"], found: 1, others: 5 },
    Operator { names: DATE, values: &["none"], found: 1, others: 5 },
];

const SOURCE: &[&str] = &["source", "来源", "來源"];
const LANG: &[&str] = &["lang", "语言", "語言"];
const BEFORE: &[&str] = &["before", "早于", "早於"];
const AFTER: &[&str] = &["after", "晚于", "晚於"];
const DATE: &[&str] = &["date", "日期"];

/// An operator of the query language with values that mean the same.
struct Operator {
    names: &'static [&'static str],
    values: &'static [&'static str],
    /// How many articles of [`searched`] it finds, and how many its opposite.
    found: usize,
    others: usize,
}

/// Six articles in five languages.
fn searched() -> Seeds {
    let file = |title: &str, source: &str, time: &str, text: &str| {
        let body = format!("<p>{text}</p>").repeat(3);
        article(title).url(format!("https://{source}/{time}")).time(time).body(body)
    };
    Seeds::new()
        .file("sheaf.toml", "zone = 'UTC+8'")
        .file(
            "1.md",
            file("潮水一", "a.example", "1700000000000", "渡口的船今天没有来，灯塔下面的人还在等。"),
        )
        .file(
            "2.md",
            file(
                "灯塔二",
                "a.example",
                "1600000000000",
                "灯塔的灯昨夜亮了一夜，渡口的人说这是潮水要来的意思。",
            ),
        )
        .file(
            "3.md",
            file("潮汐三", "b.example", "1500000000000", "燈塔國小只剩三個學生，老師說這裡還會繼續開課。"),
        )
        .file(
            "4.md",
            file(
                "Tides",
                "a.example",
                "1710000000000",
                "The tide went out before the harbour woke, and nobody saw the boats leave.",
            ),
        )
        .file(
            "5.md",
            file(
                "港の朝",
                "c.example",
                "1720000000000",
                "港の朝はとても静かで、船はまだ出ていない。灯台のあかりも消えた。",
            ),
        )
        .file(
            "6.md",
            file(
                "항구",
                "d.example",
                "NaN",
                "항구의 아침은 아주 조용하고 배는 아직 떠나지 않았다. 등대의 불도 꺼졌다.",
            ),
        )
}

#[test]
fn every_spelling_of_an_operator_means_the_same() {
    let seeds = searched();
    seeds.sheaf("build --archive-only seeds --out site").ok();
    let found = |query: &str| {
        let said = seeds.run(&["search", "site", "--json", "--", query]).json();
        let mut ids: Vec<String> = said["hits"]
            .as_array()
            .unwrap()
            .iter()
            .map(|hit| hit["id"].as_str().unwrap().to_owned())
            .collect();
        ids.sort();
        assert_eq!(said["total"], ids.len() as u64, "{query}");
        ids
    };
    for operator in FILTERS {
        let first = found(&format!("{}:{}", operator.names[0], operator.values[0]));
        assert_eq!(first.len(), operator.found, "{}:{}", operator.names[0], operator.values[0]);
        for name in operator.names {
            for value in operator.values {
                for colon in [':', '：'] {
                    let query = format!("{name}{colon}{value}");
                    assert_eq!(found(&query), first, "{query}");
                }
                for minus in ['-', '－'] {
                    let query = format!("{minus}{name}:{value}");
                    assert_eq!(found(&query).len(), operator.others, "{query}");
                }
            }
        }
    }
    for (query, count) in
        [("灯塔 OR harbour", 4), ("灯塔 -渡口", 1), ("\"渡口的船\"", 1), ("“渡口的船”", 1), ("渡口 灯塔", 2)]
    {
        assert_eq!(found(query).len(), count, "{query}");
    }
}

/// Nothing is marked where there is no reader: an operator finds nothing or everything, a text the article that holds it.
#[test]
fn every_spelling_of_a_mark_is_an_operator() {
    const UNREAD: &[&str] = &["unread", "未读", "未讀", "UNREAD"];
    const OTHERS: &[&str] =
        &["read", "已读", "已讀", "starred", "收藏", "已收藏", "noted", "有批注", "有批註", "Starred"];
    let queries = |marks: &[&str]| -> Vec<String> {
        let all =
            ["is", "状态", "狀態"].iter().flat_map(|name| [":", "："].map(|colon| format!("{name}{colon}")));
        all.flat_map(|name| marks.iter().map(move |mark| format!("{name}{mark}")).collect::<Vec<_>>())
            .collect()
    };
    let (unread, others) = (queries(UNREAD), queries(OTHERS));
    let texts = [&unread[..], &others, &["is:nothing".to_owned()]].concat().join("，");
    let seeds = Seeds::new()
        .file("1.md", article("一").body(format!("<p>{texts}</p>")))
        .file("2.md", article("二").body("<p>没有。</p>"));
    seeds.sheaf("build --archive-only seeds --out site").ok();
    let found = |query: &str| seeds.run(&["search", "site", "--json", "--", query]).json()["total"].clone();
    assert_eq!(found("is:nothing"), 1);
    for query in &unread {
        assert_eq!((found(query), found(&format!("-{query}"))), (2.into(), 0.into()), "{query}");
    }
    for query in &others {
        assert_eq!((found(query), found(&format!("-{query}"))), (0.into(), 2.into()), "{query}");
    }
}
