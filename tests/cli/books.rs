//! Command `sheaf epub`: the structure of the books, and `epubcheck` where it is installed.

use crate::seeds::{Said, Seeds, article, assert_snapshot};
use roxmltree::{Document, ParsingOptions};
use serde_json::{Value, json};
use sheaf::model::content_hash;
use snapbox::str;
use std::collections::{BTreeMap, HashSet};
use std::fs::{self, File};
use std::io::Read;
use std::path::Path;
use std::process::Command;

const DAY: i64 = 86_400_000;
const TIME: i64 = 1_697_471_101_000;
/// Pictures of one pixel.
const PNG: &str =
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
const WEBP: &str = "UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA";

/// Returns the files of a book in their order.
fn files(path: &Path) -> Vec<(String, Vec<u8>)> {
    let mut book = zip::ZipArchive::new(File::open(path).unwrap()).unwrap();
    let mut files = Vec::new();
    for index in 0..book.len() {
        let mut file = book.by_index(index).unwrap();
        let (name, mut content) = (file.name().unwrap().into_owned(), Vec::new());
        assert!(index > 0 || name == "mimetype" && file.compression() == zip::CompressionMethod::Stored);
        file.read_to_end(&mut content).unwrap();
        files.push((name, content));
    }
    files
}

fn parse(text: &str) -> Document<'_> {
    let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
    Document::parse_with_options(text, options).unwrap_or_else(|error| panic!("{error}: {text}"))
}

/// Checks a book: XML, ids, references, the list of files. Returns its XHTML and XML files by name.
fn checked(path: &Path) -> BTreeMap<String, String> {
    let all = files(path);
    let names: HashSet<&str> = all.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names.len(), all.len(), "a name occurs twice");
    let is_text = |name: &str| [".xhtml", ".xml", ".opf", ".css"].iter().any(|end| name.ends_with(end));
    let texts = all.iter().filter(|(name, _)| is_text(name));
    let texts: BTreeMap<String, String> =
        texts.map(|(name, text)| (name.clone(), String::from_utf8(text.clone()).unwrap())).collect();
    for (name, text) in texts.iter().filter(|(name, _)| !name.ends_with(".css")) {
        let document = parse(text);
        let ids: Vec<&str> = document.descendants().filter_map(|node| node.attribute("id")).collect();
        assert_eq!(ids.iter().collect::<HashSet<_>>().len(), ids.len(), "{name}: an id occurs twice");
        let folder = name.rsplit_once('/').map_or("", |(folder, _)| folder);
        for node in document.descendants() {
            for reference in ["href", "src"].into_iter().filter_map(|name| node.attribute(name)) {
                match reference.strip_prefix('#') {
                    Some(id) => assert!(ids.contains(&id), "{name}: {reference}"),
                    None if reference.contains(':') => {
                        assert!(!node.has_tag_name("img"), "{name}: {reference}")
                    }
                    None => {
                        let path = match reference.strip_prefix("../") {
                            Some(path) => ["EPUB/", path].concat(),
                            None => [folder, "/", reference].concat(),
                        };
                        assert!(names.contains(path.as_str()), "{name}: {reference}");
                    }
                }
            }
            let is_link = |node: &roxmltree::Node| node.tag_name().name() == "a";
            assert!(!is_link(&node) || node.ancestors().skip(1).all(|outer| !is_link(&outer)), "{name}");
        }
    }
    let package = parse(&texts["EPUB/package.opf"]);
    let listed: HashSet<String> = package
        .descendants()
        .filter(|node| node.tag_name().name() == "item")
        .map(|node| ["EPUB/", node.attribute("href").unwrap()].concat())
        .collect();
    for name in names.iter().filter(|name| name.starts_with("EPUB/") && !name.ends_with(".opf")) {
        assert!(listed.contains(*name), "{name} is not listed");
    }
    texts
}

/// Runs `epubcheck`, which reports errors and warnings.
fn validate(path: &Path) {
    let check = |mut command: Command| command.arg("--failonwarnings").arg(path).output().ok();
    // Debian's program is a JAR file, which not every kernel runs.
    let jar = Path::new("/usr/share/java/epubcheck.jar");
    let run = check(Command::new("epubcheck")).or_else(|| {
        let mut java = Command::new("java");
        java.arg("-jar").arg(jar);
        jar.exists().then(|| check(java)).flatten()
    });
    match run {
        Some(output) => assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr)),
        None => eprintln!("skip: epubcheck is not installed"),
    }
}

/// Returns the labels of the contents, indented by level.
fn contents(nav: &str) -> String {
    let document = parse(nav);
    let links = document.descendants().filter(|node| node.tag_name().name() == "a");
    let lines = links.map(|link| {
        let level = link.ancestors().filter(|node| node.tag_name().name() == "ol").count();
        format!("{}{}\n", "  ".repeat(level - 1), link.text().unwrap())
    });
    lines.collect()
}

/// Returns the bytes of an edited `archive.json`, with their hash.
fn sealed(mut archive: Value) -> String {
    let members = archive.as_object_mut().unwrap();
    let version = members.remove("sheaf").unwrap();
    members.remove("sum");
    let rest = archive.to_string().replacen('{', ",", 1);
    format!("{{\"sheaf\":{version},\"sum\":\"{}\"{rest}", content_hash(rest.as_bytes()))
}

fn library() -> Seeds {
    Seeds::new()
        .file("sheaf.toml", "title = '潮汐集'\n[sources]\n'a.example' = '甲报'\n'b.example' = '乙报'\n")
        .file("1.md", article("渡口").url("https://a.example/1").time(TIME).body("<p>雨停了，缆绳收起。</p>"))
        .file("2.md", article("缆绳").url("https://b.example/2").time(TIME + 1).body("<p>缆绳断了。</p>"))
        .file("3.md", article("江潮").url("https://a.example/3").time(TIME + DAY).body("<p>缆绳又断了。</p>"))
        .file("4.md", article("无日").url("").time("NaN").body("<p>缆绳没有日期。</p>"))
        .file("5.md", article("别的").url("https://a.example/5").time(TIME).body("<p>雨还在下。</p>"))
}

#[test]
fn contents_list_articles_by_day_and_source() {
    let seeds = library();
    seeds.build();
    let printed = seeds.run(&["epub", "site", "缆绳", "--out", "book.epub"]).ok();
    assert_snapshot(
        &printed,
        str![[r#"
book.epub: 4 articles, [..] kB

"#]],
    );
    let texts = checked(&seeds.path("book.epub"));
    assert_snapshot(
        &contents(&texts["EPUB/nav.xhtml"]),
        str![[r#"
2023-10-17
  甲报
    江潮
2023-10-16
  乙报
    缆绳
  甲报
    渡口
日期不详
  —
    无日

"#]],
    );
    validate(&seeds.path("book.epub"));
    assert!(texts["EPUB/title.xhtml"].contains("<h1>缆绳</h1>"));
    assert!(texts["EPUB/package.opf"].contains("<dc:title>缆绳 · 潮汐集</dc:title>"));
    assert!(texts["EPUB/package.opf"].contains("2023-10-17T15:45:01Z"));

    let book = fs::read(seeds.path("book.epub")).unwrap();
    seeds.run(&["epub", "site", "缆绳", "--out", "book.epub"]).ok();
    assert_eq!(fs::read(seeds.path("book.epub")).unwrap(), book);
    seeds.run(&["epub", "site", "缆绳", "--out", "book.epub", "--oldest-first"]).ok();
    let texts = checked(&seeds.path("book.epub"));
    assert!(contents(&texts["EPUB/nav.xhtml"]).starts_with("2023-10-16\n"));
}

#[test]
fn book_of_one_article_has_its_title_and_no_title_page() {
    let seeds = library();
    seeds.build();
    seeds.run(&["epub", "site", "https://b.example/2", "--out", "book.epub"]).ok();
    let texts = checked(&seeds.path("book.epub"));
    validate(&seeds.path("book.epub"));
    assert!(!texts.contains_key("EPUB/title.xhtml"));
    let package = &texts["EPUB/package.opf"];
    assert!(
        package.contains("<dc:title>缆绳</dc:title>") && package.contains("<dc:language>zh-Hans<"),
        "{package}"
    );
    assert!(
        package.contains("<dc:source>https://b.example/2<") && package.contains("<dc:date>2023-10-16<"),
        "{package}"
    );
}

#[test]
fn links_between_chapters_lead_to_the_chapters() {
    let links = |addresses: &[&str]| {
        let links = addresses.iter().map(|address| format!("<p>见<a href='{address}'>缆绳</a>。</p>"));
        links.collect::<String>()
    };
    let first = links(&[
        "https://a.example/3",
        "http://www.A.example:80/3/?utm_source=x#top",
        "https://b.example/缆?q=甲",
        "https://a.example/5",
        "https://none.example/1",
    ]);
    let body = format!("{first}<p><a href='mailto:a@b.example'>信</a></p>");
    let seeds = library()
        .file("1.md", article("渡口").url("https://a.example/1").time(TIME).body(body))
        .file(
            "3.md",
            article("江潮").url("https://a.example/3").time(TIME + DAY).body(links(&["/1", "/1#b"])),
        )
        .file("6.md", article("缆").url("https://b.example/%E7%BC%86?q=%e7%94%b2").body("<p>缆绳。</p>"));
    seeds.build();
    seeds.run(&["epub", "site", "缆绳", "--out", "book.epub"]).ok();
    validate(&seeds.path("book.epub"));
    let texts = checked(&seeds.path("book.epub"));
    let archive: Value = seeds.json("site/archive.json");
    let articles = archive["articles"].as_array().unwrap();
    let file = |title: &str| {
        let found = articles.iter().find(|article| article["title"] == title).unwrap();
        format!("{}.xhtml", found["id"].as_str().unwrap())
    };
    let targets = |title: &str| -> Vec<String> {
        let page = parse(&texts[&format!("EPUB/text/{}", file(title))]);
        page.descendants().filter_map(|node| node.attribute("href")).skip(1).map(str::to_owned).collect()
    };
    let (ferry, tide, rope) = (file("渡口"), file("江潮"), file("缆"));
    assert_eq!(
        targets("渡口"),
        [
            &tide,
            &tide,
            &rope,
            "https://a.example/5",
            "https://none.example/1",
            "mailto:a@b.example",
            "https://a.example/1"
        ]
    );
    // The address below an article leads to the web.
    assert_eq!(targets("江潮"), [&ferry, &ferry, "https://a.example/3"]);
    assert!(texts["EPUB/style.css"].contains(".facts { page-break-before: avoid; break-before: avoid;"));
}

#[test]
fn hostile_articles_become_a_valid_book() {
    let seeds = library()
        .file("6.md", article(&"长".repeat(20_000)).url("https://a.example/6").body("<p>\u{1}\u{85}控制\u{FFFF}字符</p>"))
        .file("7.md", article("<b>&amp;\"'").url("https://a.example/7").body(
            "<p>汉<ruby>汐<rt>xī</rt></ruby>字</p><p><img src=\"data:image/jpeg;base64,AAAA\" alt=坏图></p>\
            <figure><img src=https://p.example/a.png></figure><hr><pre>a  b\n&lt;c</pre>\
            <ol start=3 type=A reversed><li>丙<ul><li>丁</li></ul></li></ol>\
            <table><tr><th colspan=2>头</th></tr><tr><td rowspan=2>一</td><td>二</td></tr><tr><td>三</td></tr></table>\
            <iframe src=https://www.youtube.com/embed/abcdefghijk></iframe>",
        ))
        .file("8.md", article("مقال").url("https://a.example/8").body(
            "<p>كان النهر هادئا في المساء وعاد الصيادون إلى بيوتهم.</p><p>An English paragraph stands here.</p>",
        ));
    seeds.build();
    let path = seeds.path("site/archive.json");
    let mut archive: Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
    let find = |archive: &Value, url: &str| {
        let articles = archive["articles"].as_array().unwrap();
        articles.iter().position(|article| article["url"] == url).unwrap()
    };
    let one = find(&archive, "https://a.example/1");
    archive["articles"][one]["title"] = "\u{1} \u{FFFE}".into();
    archive["articles"][one]["details"] = json!({"authors": ["\u{2}", "林舟"], "tags": ["水", ""]});
    archive["articles"][one]["body"] = json!([
        {"p": [{"#": "a b"}, {"#": "a b"}, {"a": ["#a b", ["注"]]}, {"a": ["#none", ["失"]]}, {"#": ""}, {"br": 0}]},
        {"p": [{"a": ["https://x.example/a|b[0]%zz#c#d", [{"b": [{"a": ["https://y.example/", ["内"]]}]}]]}]},
        {"p": [{"a": ["http://under_score.example:/", ["甲"]]}, {"a": ["http://%E6%BD%AE.example/%", ["乙"]]}]},
        {"p": [{"a": ["http://a.example:99999/", ["丙"]]}, {"a": ["http://[2001:db8::1]/", ["丁"]]},
            {"a": ["http://a:b@c.example/^`{}", ["戊"]]}, {"a": ["mailto:a@b.example?subject=[x]%", ["己"]]},
            {"a": ["http://-.example\\x", ["庚"]]}, {"a": ["http://@/", ["辛"]]}, {"a": ["http://..", ["壬"]]},
            {"a": ["http://a..b/%00", ["癸"]]}, {"a": ["https://a.example:x/", ["子"]]}, {"a": ["http://[/", ["丑"]]}]},
        {"p": [{"ruby": [[{"ruby": [["汐"], "xī"]}], "\u{3}"]}, {"ruby": [[], ""]}, {"sup": [{"a": ["#a b", ["[1]"]]}]}]},
        {"p": []}, {"list": {"items": []}}, {"list": {"start": -5, "items": [[], [{"hr": null}]]}},
        {"table": []}, {"table": [[], [{"th": true, "cols": 0, "rows": 0, "in": []}]]},
        {"table": [[{"cols": 60000, "in": [{"table": [[{"in": [{"h": [2, ["题"]]}]}]]}]}]]},
        {"quote": []}, {"pre": ""}, {"h": [9, []]}, {"lead": ["导语"]}, {"embed": "https://e.example/|"},
        {"fig": {"src": "https://p.example/a b.png".replace(' ', "|"), "alt": "\u{4}", "caption": [{"br": 0}]}},
        {"fig": {"src": "data:image/png;base64,!", "kept": "zzzzzzzz"}},
        {"fig": {"src": "https://p.example/b.jpg", "kept": "abcdefgh"}},
        {"fig": {"src": format!("data:image/png;base64,{PNG}"), "alt": "\"<"}}
    ]);
    fs::write(&path, sealed(archive)).unwrap();
    fs::create_dir_all(seeds.path("site/archive")).unwrap();
    let picture = base64::Engine::decode(&base64::prelude::BASE64_STANDARD, WEBP).unwrap();
    fs::write(seeds.path("site/archive/abcdefgh.webp"), picture).unwrap();
    seeds.run(&["epub", "site", "", "--out", "book.epub"]).ok();
    validate(&seeds.path("book.epub"));
    let texts = checked(&seeds.path("book.epub"));
    let find = |part: &str| texts.values().find(|text| text.contains(part)).unwrap();
    let arabic = parse(find("النهر"));
    assert_eq!(arabic.root_element().attribute("dir"), Some("rtl"));
    let english = arabic.descendants().find(|node| node.text().is_some_and(|text| text.contains("English")));
    assert_eq!(english.unwrap().attribute("dir"), Some("ltr"));
    assert!(find("导语").contains("<h1>无标题</h1>") && find("导语").contains("<p class=\"by\">林舟</p>"));
    assert!(find("xī").contains("<ruby>汐<rp>（</rp><rt>xī</rt><rp>）</rp></ruby>"));
    let pictures =
        files(&seeds.path("book.epub")).into_iter().filter(|(name, _)| name.contains("/pictures/"));
    assert_eq!(pictures.count(), 2);
    assert!(find("控制").contains("<p>控制字符</p>"));
}

#[test]
fn exported_highlights_become_an_appendix() {
    let seeds = library();
    seeds.build();
    let archive: Value = seeds.json("site/archive.json");
    let id = archive["articles"]
        .as_array()
        .unwrap()
        .iter()
        .find(|article| article["title"] == "缆绳")
        .unwrap()["id"]
        .clone();
    let note = |id: &Value, quote: &str| json!({"article": id, "title": "缆绳", "quote": quote, "before": "", "after": "", "at": 0, "note": "想法", "time": 5});
    let data = json!({"sheaf": "kept", "version": 1, "archive": "潮汐集",
        "records": {"highlights": {"a": note(&id, "缆绳断了"), "b": note(&"0123456789ab".into(), "别处")}}});
    fs::write(seeds.path("notes.json"), data.to_string()).unwrap();
    seeds.run(&["epub", "site", "缆绳", "--out", "book.epub", "--annotations", "notes.json"]).ok();
    let texts = checked(&seeds.path("book.epub"));
    validate(&seeds.path("book.epub"));
    let page = &texts["EPUB/annotations.xhtml"];
    assert!(page.contains("缆绳断了") && page.contains("想法") && !page.contains("别处"), "{page}");
    assert!(contents(&texts["EPUB/nav.xhtml"]).ends_with("\n划线与批注\n"));
    seeds.run(&["epub", "site", "雨还在下", "--out", "book.epub", "--annotations", "notes.json"]).ok();
    assert!(!checked(&seeds.path("book.epub")).contains_key("EPUB/annotations.xhtml"));
}

#[test]
fn errors_name_query_and_file() {
    let seeds = library();
    seeds.build();
    let epub = |query: &str, options: &str| -> Said {
        let options: Vec<&str> = options.split(' ').collect();
        seeds.run(&[&["epub", "site", query, "--out"][..], &options].concat())
    };
    epub("没有的词", "book.epub").failed_with(
        1,
        str![[r#"
sheaf: no articles match `没有的词`: use another query, or '' for all articles

"#]],
    );
    assert!(!seeds.path("book.epub").exists());
    epub("缆绳", "seeds/1.md").failed_with(
        2,
        str![[r#"
sheaf: [..]: name another place with --out, or replace with --force

"#]],
    );
    epub("缆绳", "seeds/1.md --force").ok();
    epub("缆绳", "none/book.epub").failed_with(
        1,
        str![[r#"
sheaf: cannot write none/book.epub: [..]; create the folder first

"#]],
    );
    epub("缆绳", "book.epub --annotations seeds/2.md").failed_with(
        1,
        str![[r#"
sheaf: cannot read seeds/2.md: invalid or truncated JSON: export the file again

"#]],
    );
}
