//! Pictures that come with the articles, and become pictures of the site.

use crate::formats::zip;
use crate::pictures::png;
use crate::seeds::{Seeds, article, files_of};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde_json::Value;
use sheaf::archive::writer::gzip::decompress;
use std::fs;

/// Returns the figures of an article, in order.
fn figures(seeds: &Seeds, id: &str) -> Vec<Value> {
    let shown = seeds.sheaf(&format!("show site {id} --json")).json();
    let mut found = Vec::new();
    collect_figures(&shown, &mut found);
    found
}

fn collect_figures(value: &Value, found: &mut Vec<Value>) {
    match value {
        Value::Array(values) => values.iter().for_each(|value| collect_figures(value, found)),
        Value::Object(entries) => {
            for (key, value) in entries {
                if key == "fig" { found.push(value.clone()) } else { collect_figures(value, found) }
            }
        }
        _ => {}
    }
}

/// Returns the figures of the only article whose title is `title`, in order.
fn figures_of(seeds: &Seeds, title: &str) -> Vec<Value> {
    figures(seeds, &id(seeds, title))
}

/// Returns the id of the only article whose title is `title`.
fn id(seeds: &Seeds, title: &str) -> String {
    let list = seeds.sheaf("list site --json").json();
    let row = list.as_array().unwrap().iter().find(|row| row["title"] == title).unwrap();
    row["id"].as_str().unwrap().to_owned()
}

/// Returns the paths of the images of the site.
fn images(seeds: &Seeds) -> Vec<String> {
    let paths = files_of(&seeds.path("site")).into_iter();
    paths
        .map(|(path, _)| path.to_string_lossy().into_owned())
        .filter(|path| path.ends_with(".webp"))
        .collect()
}

#[test]
fn pictures_beside_notes_become_pictures_of_the_site() {
    let note = "---\ntitle: 江水退了\nsource: https://news.example/tide/7\n---\n\n退了。\n\n![渡口](img/a%20b.png)\n\n![[map.png|300]]\n\n![远](https://news.example/far.png)\n\n<img src=\"../top.png\">\n\n![](img/gone.png)\n\n![同](../notes/img/a%20b.png)\n";
    let seeds = Seeds::new()
        .file("notes/1.md", note)
        .file("notes/img/a b.png", png(1600, 800))
        .file("attachments/map.png", png(300, 200))
        .file("top.png", png(64, 40))
        .file("unused.png", png(20, 20));
    let said = seeds.sheaf("check seeds");
    assert!(said.err.starts_with("2 files, "), "{} {}", said.err, said.out);
    assert!(said.out.contains("unused.png:1: skipped"), "{}", said.out);
    assert!(!said.out.contains("a b.png"), "{}", said.out);
    let report = seeds.build();
    assert_eq!((&report["files"], &report["articles"]), (&2.into(), &1.into()), "{report}");
    let found = figures(&seeds, &id(&seeds, "江水退了"));
    let sizes: Vec<&Value> = found.iter().map(|figure| &figure["size"]).collect();
    assert_eq!(
        sizes[..4],
        [
            &serde_json::json!([1080, 540]),
            &serde_json::json!([300, 200]),
            &Value::Null,
            &serde_json::json!([64, 40])
        ]
    );
    assert_eq!((&found[0]["alt"], &found[1]["alt"]), (&"渡口".into(), &Value::Null), "{found:?}");
    // Only a picture with a public address has one.
    for at in [0, 1, 3] {
        assert!(found[at]["src"].as_str().unwrap().starts_with("data:image/gif;base64,"), "{found:?}");
        let path = format!("archive/{}.webp", found[at]["kept"].as_str().unwrap());
        assert!(images(&seeds).contains(&path), "{path}");
    }
    assert_eq!(found[2]["src"], "https://news.example/far.png");
    assert_eq!(found[4]["src"], "https://news.example/tide/img/gone.png");
    assert_eq!(found[5]["kept"], found[0]["kept"]);
    assert_eq!(images(&seeds).len(), 3);
    assert_eq!(report["bytes"]["files"].as_u64().unwrap() as usize, images(&seeds).len() + 1);
}

#[test]
fn changed_picture_changes_the_site() {
    let seeds = Seeds::new().file("1.md", "# 江\n\n![](a.png)\n").file("a.png", png(300, 200));
    assert!(seeds.sheaf("build seeds --archive-only").ok().contains("1 article"));
    let before = images(&seeds);
    let again = files_of(&seeds.path("site"));
    seeds.sheaf("build seeds --archive-only").ok();
    assert_eq!(files_of(&seeds.path("site")), again);
    fs::write(seeds.path("seeds/a.png"), png(320, 200)).unwrap();
    seeds.sheaf("build seeds --archive-only").ok();
    let after = images(&seeds);
    assert_eq!((before.len(), after.len()), (1, 1));
    assert_ne!(before, after);
    // The cache holds what the site shows.
    let cached = files_of(&seeds.path(".site.sheaf/pictures"));
    assert_eq!(cached.len(), 2, "index and picture");
    fs::remove_file(seeds.path("seeds/a.png")).unwrap();
    seeds.sheaf("build seeds --archive-only").ok();
    assert_eq!(images(&seeds), [""; 0]);
}

#[test]
fn pictures_that_cannot_be_kept_are_reported() {
    let seeds = Seeds::new()
        .file(
            "1.md",
            "# 江\n\n![图](a.svg) \n\n![破](b.png)\n\n![点](dot.gif)\n\n![[other.md]]\n\n![[other]]\n\n![](640)\n\n![](frame.svg)\n",
        )
        .file("a.svg", "<svg xmlns='http://www.w3.org/2000/svg'><path d='M0 0h9v9'/></svg>")
        .file("frame.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>")
        .file("640", iso_picture("heic", 0))
        .file("b.png", &png(300, 200)[..90])
        .file("dot.gif", png(1, 1))
        .file("other.md", "# 另\n\n水。\n");
    let said = seeds.sheaf("check seeds").ok();
    for (reference, reason) in [
        ("a.svg", "SVG drawing, which may hold scripts: save the drawing as PNG\n"),
        ("b.png", "not a readable image: "),
        ("640", "HEIC, which few browsers show: save the picture as JPEG\n"),
    ] {
        let warning = format!("seeds/1.md:1: picture: cannot keep the picture {reference}: {reason}");
        assert!(said.contains(&warning), "{said}");
    }
    assert_eq!(said.matches(": picture: ").count(), 3, "{said}");
    assert!(said.contains("seeds/a.svg:1: skipped: SVG drawing, not an article"), "{said}");
    assert!(!said.contains("seeds/frame.svg"), "{said}");
}

/// Returns the beginning of an AVIF or HEIC picture of 600 × 400 pixels, and `padding` bytes.
fn iso_picture(brand: &str, padding: usize) -> Vec<u8> {
    let size = [&600_u32.to_be_bytes()[..], &400_u32.to_be_bytes()].concat();
    let boxes = [b"\0\0\0\x14ispe\0\0\0\0", &size[..], &vec![7; padding]].concat();
    [b"\0\0\0\x10ftyp", brand.as_bytes(), b"\0\0\0\0", &boxes].concat()
}

#[test]
fn avif_pictures_are_kept_as_they_are() {
    let picture = iso_picture("avif", 90_000);
    let page = format!(
        "<!DOCTYPE html><html><head><title>潮</title></head><body><article>{0}<img src=\"data:image/avif;base64,{1}\">{0}</article></body></html>",
        paragraphs(),
        BASE64_STANDARD.encode(&picture)
    );
    let seeds = Seeds::new()
        .file("1.md", "# 江\n\n水。\n\n![岸](a.avif)\n\n![大](large.avif)\n")
        .file("a.avif", picture.clone())
        .file("large.avif", iso_picture("avif", 1 << 20))
        .file("2.html", page);
    let said = seeds.sheaf("check seeds").ok();
    let large =
        "cannot keep the picture large.avif: AVIF of more than 1 MB, which cannot be reduced: save the";
    assert!(said.contains(large) && said.matches(": picture: ").count() == 1, "{said}");
    seeds.build();
    for title in ["江", "潮"] {
        let found = kept(&seeds, title);
        assert!(matches!(&found[..], [(_, size)] if *size == serde_json::json!([600, 400])), "{found:?}");
        assert!(found[0].0.len() < 100, "{found:?}");
    }
    assert_eq!(images(&seeds).len(), 1);
    assert_eq!(fs::read(seeds.path("site").join(&images(&seeds)[0])).unwrap(), picture);
    seeds.sheaf("epub site 江 --out a.epub").ok();
    let book = zip::ZipArchive::new(fs::File::open(seeds.path("a.epub")).unwrap()).unwrap();
    assert!(book.file_names().any(|name| name.unwrap().ends_with(".avif")));
}

#[test]
fn pictures_of_other_kinds_inside_a_page_are_reported() {
    let svg = "<svg xmlns='http://www.w3.org/2000/svg'><path d='M0 0h9v9'/></svg>";
    let encoded = svg.replace('<', "%3C").replace('>', "%3E").replace('#', "%23");
    let figures = [
        format!("<p>甲</p><img alt=水位 src=\"data:image/svg+xml,{encoded}\">"),
        format!("<p>乙</p><img src=\"data:image/svg+xml;base64,{}\">", BASE64_STANDARD.encode(svg)),
        format!(
            "<p>丙</p><img src='data:image/heic;base64,{}'>",
            BASE64_STANDARD.encode(iso_picture("heic", 9))
        ),
        // Placeholders of images that a script loads, and of nothing.
        format!(
            "<p>丁</p><img src=\"data:image/svg+xml,{encoded}\" data-src=\"https://news.example/1.jpg\">"
        ),
        "<p>戊</p><img src=\"data:image/svg+xml,%3Csvg xmlns='x' width='9'%3E%3C/svg%3E\">".to_owned(),
    ];
    let page = format!(
        "<!DOCTYPE html><html><head><title>潮</title></head><body><article>{0}{1}{0}</article></body></html>",
        paragraphs(),
        figures.concat()
    );
    let seeds = Seeds::new().file("a.html", page);
    let said = seeds.sheaf("check seeds").ok();
    let count = |reason: &str| said.matches(&format!("the picture inside the page: {reason}")).count();
    assert_eq!((count("SVG"), count("HEIC"), count("")), (2, 1, 3), "{said}");
    seeds.build();
    let found = figures_of(&seeds, "潮");
    assert!(matches!(&found[..], [only] if only["src"] == "https://news.example/1.jpg"), "{found:?}");
    assert!(seeds.sheaf("search site 水位").ok().contains('潮'));
}

#[test]
fn sets_and_sources_of_a_page_become_pictures() {
    let url =
        |kind: &str, bytes: Vec<u8>| format!("data:image/{kind};base64,{}", BASE64_STANDARD.encode(bytes));
    let (wide, narrow) = (url("png", noise(420, 1)), url("png", noise(210, 2)));
    let avif = url("avif", iso_picture("avif", 30_000));
    let dot = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAAAAACH5BAEAAAAALAAAAAABAAEAAAICRAEAOw==";
    let shown = [
        format!("<img srcset=\"{narrow} 210w, {wide} 420w\">"),
        format!("<img src=\"{dot}\" srcset=\"{wide}, {narrow} 0.5x\">"),
        format!("<img srcset=\"{wide} 2x, https://news.example/1.jpg\">"),
        format!("<picture><source type=image/avif srcset=\"{avif}\"><img src=\"{wide}\"></picture>"),
        format!("<picture><source type=image/avif srcset=\"{avif} 1x\"><img src=\"{dot}\"></picture>"),
        "<picture><source type=image/avif srcset=a.avif><source srcset='b.png 2x'><img></picture>".to_owned(),
    ];
    let shown = shown.map(|image| format!("<p>江</p>{image}")).concat();
    let page = format!(
        "<!DOCTYPE html><html><head><title>潮</title></head><body><article>{0}{shown}{0}</article></body></html>",
        paragraphs()
    );
    let seeds =
        Seeds::new().file("a.html", page).file("a.avif", iso_picture("avif", 9)).file("b.png", png(300, 200));
    seeds.build();
    let found = figures_of(&seeds, "潮");
    let widths: Vec<Option<u64>> = found.iter().map(|figure| figure["size"][0].as_u64()).collect();
    assert_eq!(widths, [Some(420), Some(420), Some(420), Some(420), Some(600), Some(300)]);
    assert_eq!(found[2]["src"], "https://news.example/1.jpg");
    assert!(found.iter().all(|figure| figure["kept"].is_string()), "{found:?}");
}

#[test]
fn crawlers_files_keep_their_addresses() {
    let body = "<p>文</p><img src=\"img/a.png\">";
    let seeds = Seeds::new().file("1.txt", article("一").body(body)).file("img/a.png", png(300, 200));
    seeds.build();
    let found = figures(&seeds, &id(&seeds, "一"));
    assert_eq!((&found[0]["src"], &found[0]["kept"]), (&"https://n.example/img/a.png".into(), &Value::Null));
    assert_eq!(images(&seeds), [""; 0]);
}

#[cfg(unix)]
#[test]
fn files_outside_of_the_input_are_not_read() {
    let seeds = Seeds::new()
        .file(
            "1.md",
            "# 江\n\n![](../secret.png)\n\n![](linked.png)\n\n![](%2e%2e/secret.png)\n\n![](.hidden/a.png)\n",
        )
        .file(".hidden/a.png", png(300, 200));
    fs::write(seeds.path("secret.png"), png(300, 200)).unwrap();
    std::os::unix::fs::symlink(seeds.path("secret.png"), seeds.path("seeds/linked.png")).unwrap();
    seeds.build();
    assert_eq!(images(&seeds), [""; 0]);
}

#[test]
fn static_pages_show_the_pictures() {
    let seeds = Seeds::new().file("1.md", "# 江\n\n水。\n\n![岸](a.png)\n").file("a.png", png(300, 200));
    fs::create_dir_all(seeds.path("viewer")).unwrap();
    fs::write(seeds.path("viewer/index.html"), crate::pages::PAGE).unwrap();
    seeds.sheaf("build seeds --viewer viewer --pages").ok();
    let image = images(&seeds).pop().unwrap();
    let pages = files_of(&seeds.path("site"));
    let page = pages.iter().find(|(path, _)| path.starts_with("a/")).unwrap();
    let page = String::from_utf8_lossy(&page.1).into_owned();
    assert!(page.contains(&format!("<img src=\"../{image}\"")), "{page}");
}

/// Text long enough to be found as the main text.
fn paragraphs() -> String {
    "<p>江水昨夜退了，堤上的人还在，船也还在，没有人回家，渡口的灯亮着。</p>".repeat(12)
}

/// Returns the sources and sizes of the figures of an article that the archive holds.
fn kept(seeds: &Seeds, title: &str) -> Vec<(String, Value)> {
    let found = figures(seeds, &id(seeds, title)).into_iter().filter(|figure| !figure["kept"].is_null());
    found.map(|figure| (figure["src"].as_str().unwrap().to_owned(), figure["size"].clone())).collect()
}

#[test]
fn entries_of_a_zip_become_pictures_of_its_articles() {
    let page = format!(
        "<!DOCTYPE html>\n<!-- saved from url=(0027)https://news.example/tide/7 -->\n<html><head><title>潮</title></head><body><article>{0}<img src=\"./%E6%BD%AE_files/640\">{0}<img src=\"./潮_files/spacer1.gif\"></article></body></html>",
        paragraphs()
    );
    let bytes = zip([
        ("vault/img/渡口.png", png(300, 200)),
        (
            "vault/notes/1.md",
            "# 江\n\n![](../img/渡口.png)\n\n![[img/渡口.png]]\n\n![](../../a.png)\n\n![](../../../a.png)\n"
                .into(),
        ),
        ("saved/潮.html", page.into_bytes()),
        ("saved/潮_files/640", png(400, 300)),
        ("saved/潮_files/spacer1.gif", png(1, 1)),
        ("other.png", png(50, 50)),
    ]);
    let seeds = Seeds::new().file("export.zip", bytes).file("a.png", png(60, 60));
    let said = seeds.sheaf("check seeds").ok();
    let skipped: Vec<&str> = said.lines().filter(|line| line.contains(": skipped: ")).collect();
    assert_eq!(skipped.len(), 2, "{said}");
    assert!(skipped[0].starts_with("seeds/a.png:") && skipped[1].starts_with("seeds/export.zip!other.png:"));
    assert!(!said.contains(": picture: "), "{said}");
    let report = seeds.build();
    assert_eq!((&report["files"], &report["articles"]), (&4.into(), &2.into()), "{report}");
    let sizes = |title| kept(&seeds, title).into_iter().map(|(_, size)| size).collect::<Vec<_>>();
    assert_eq!(sizes("江"), [serde_json::json!([300, 200]), serde_json::json!([300, 200])]);
    assert_eq!(sizes("潮"), [serde_json::json!([400, 300])]);
    assert_eq!(images(&seeds).len(), 2);
}

#[test]
fn parts_of_messages_become_pictures() {
    let part = |head: &str, bytes: Vec<u8>| {
        format!(
            "--b\r\nContent-Type: image/png\r\n{head}Content-Transfer-Encoding: base64\r\n\r\n{}\r\n",
            BASE64_STANDARD.encode(bytes)
        )
    };
    let page = format!(
        "<html><head><title>潮</title></head><body><article>{0}<img src=\"https://news.example/i/%E6%B1%9F.png?x=1\"><img src=\"/i/2.png\">{0}</article></body></html>",
        paragraphs()
    );
    let html = |text: &str| {
        format!(
            "--b\r\nContent-Type: text/html; charset=utf-8\r\nContent-Location: https://news.example/tide/7\r\nContent-Transfer-Encoding: base64\r\n\r\n{}\r\n",
            BASE64_STANDARD.encode(text)
        )
    };
    let head = "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"b\"\r\n";
    let saved = format!(
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://news.example/tide/7\r\nSubject: tide\r\nDate: Sat, 28 Nov 2026 01:12:31 -0000\r\n{head}\r\n{}{}{}--b--\r\n",
        html(&page),
        part("Content-Location: https://news.example/i/江.png?x=1\r\n", png(300, 200)),
        part("Content-Location: https://news.example/i/2.png\r\n", png(310, 200)),
    );
    let mail = |subject: &str, width: u32| {
        format!(
            "From: Lin <a@b.example>\r\nSubject: {subject}\r\nDate: Sat, 28 Nov 2026 01:12:31 +0000\r\nMessage-ID: <{subject}@b.example>\r\n{head}\r\n--b\r\nContent-Type: text/html\r\n\r\n<p>The river.</p><img src=\"cid:a%40b\"><p>End.</p>\r\n{}--b--\r\n",
            part("Content-ID: <a@b>\r\n", png(width, 200))
        )
    };
    let mailbox = [mail("two", 330), mail("three", 340)]
        .map(|mail| format!("From a@b.example Sat Nov 28 01:12:31 2026\r\n{mail}\r\n"))
        .concat();
    let seeds = Seeds::new().file("a.mhtml", saved).file("b.eml", mail("one", 320)).file("c.mbox", mailbox);
    seeds.build();
    let addresses = kept(&seeds, "潮");
    assert_eq!(
        addresses,
        [
            (
                "https://news.example/i/%E6%B1%9F.png?x=1".replace("%E6%B1%9F", "江"),
                serde_json::json!([300, 200])
            ),
            ("https://news.example/i/2.png".to_owned(), serde_json::json!([310, 200])),
        ]
    );
    for (title, width) in [("one", 320), ("two", 330), ("three", 340)] {
        let found = kept(&seeds, title);
        assert_eq!(found.len(), 1, "{title}");
        assert!(found[0].0.starts_with("data:image/gif;") && found[0].1 == serde_json::json!([width, 200]));
    }
    assert_eq!(images(&seeds).len(), 5);
}

/// Returns a picture that hardly compresses.
fn noise(width: u32, seed: u32) -> Vec<u8> {
    let mut state = seed;
    let mut next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 24) as u8
    };
    let picture = image::RgbImage::from_fn(width, 150, |_, _| image::Rgb([next(), next(), next()]));
    let mut bytes = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    bytes.into_inner()
}

#[test]
fn large_data_urls_of_saved_pages_become_pictures() {
    let url = |bytes: Vec<u8>| format!("data:image/png;base64,{}", BASE64_STANDARD.encode(bytes));
    let small = url(png(24, 24));
    let broken = format!("data:image/png;base64,{}", "iVBORw0KGgo".repeat(3000));
    let page = format!(
        "<!DOCTYPE html> <html lang=zh><!--\n Page saved with SingleFile \n url: https://news.example/tide/7 \n saved date: Sat Nov 28 2026 09:12:31 GMT+0800 (China Standard Time)\n--><head><title>潮</title></head><body><article>{0}<img src=\"{1}\" data-src=\"https://news.example/1.jpg\">{0}<p><img src=\"{2}\"></p><p><img alt=小 src=\"{small}\"></p><p><img src=\"{broken}\"></p>{0}<img src=\"{3}\" data-src=\"https://news.example/4.jpg\"></article></body></html>",
        paragraphs(),
        url(noise(220, 1)),
        url(noise(230, 2)),
        url(noise(100, 3)),
    );
    let seeds = Seeds::new().file("a.html", page);
    let said = seeds.sheaf("check seeds").ok();
    assert!(
        said.contains(":1: picture: cannot keep the picture inside the page: not a readable image"),
        "{said}"
    );
    seeds.build();
    let found = figures(&seeds, &id(&seeds, "潮"));
    let shown: Vec<(&str, bool)> =
        found.iter().map(|figure| (figure["src"].as_str().unwrap(), figure["kept"].is_string())).collect();
    assert_eq!(shown[0], ("https://news.example/1.jpg", true));
    assert!(shown[1].1 && shown[1].0.len() < 100, "{shown:?}");
    assert_eq!((shown[2], shown[3]), ((small.as_str(), false), (broken.as_str(), false)));
    // A small picture may be the preview of another.
    assert_eq!(shown[4], ("https://news.example/4.jpg", false));
    assert_eq!(images(&seeds).len(), 2);
}

#[test]
fn pictures_of_a_truncated_zip_keep_their_references() {
    let mut bytes = zip([("1.md", "# 江\n\n![渡](a.png)\n".into()), ("a.png", png(300, 200))]);
    bytes.truncate(bytes.len() - 30);
    let seeds = Seeds::new().file("export.zip", bytes);
    seeds.build();
    assert_eq!(images(&seeds), [""; 0]);
}

#[test]
fn earlier_versions_and_books_have_their_pictures() {
    let note = |time: &str, picture: &str| {
        format!(
            "---\ntitle: 江\nsource: https://news.example/7\ndate: {time}\n---\n\n水。\n\n![]({picture})\n\n![]({picture})\n"
        )
    };
    let seeds = Seeds::new()
        .file("1.md", note("2026-11-01", "old one.png"))
        .file("2.md", note("2026-11-02", "new.png"))
        .file("old one.png", png(300, 200))
        .file("new.png", png(310, 200));
    let report = seeds.build();
    assert_eq!((&report["files"], &report["versions"]), (&2.into(), &1.into()), "{report}");
    assert_eq!(images(&seeds).len(), 2);
    seeds.sheaf("epub site 江 --out a.epub").ok();
    let mut book = zip::ZipArchive::new(fs::File::open(seeds.path("a.epub")).unwrap()).unwrap();
    let names: Vec<String> = book.file_names().map(|name| name.unwrap().into_owned()).collect();
    assert_eq!(names.iter().filter(|name| name.ends_with(".webp")).count(), 1, "{names:?}");
    let mut pages = names.iter().filter(|name| name.ends_with(".xhtml"));
    let is_shown = |name: &String| {
        let page = std::io::read_to_string(book.by_name(name).unwrap()).unwrap();
        page.matches("<img src=\"../pictures/").count() == 2
    };
    assert!(pages.any(is_shown), "{names:?}");
}

#[test]
fn single_file_contains_the_pictures() {
    let seeds = Seeds::new().file("1.md", "# 江\n\n水。\n\n![岸](a.png)\n").file("a.png", png(300, 200));
    seeds.write_viewer();
    seeds.sheaf("build seeds --out a.html --viewer viewer --single-file").ok();
    let page = fs::read_to_string(seeds.path("a.html")).unwrap();
    let embedded = page.split("id=\"file:archive").skip(1).map(|part| {
        let data = part.split_once('>').unwrap().1.split_once('<').unwrap().0;
        decompress(BASE64_STANDARD.decode(data.trim()).unwrap(), usize::MAX).unwrap()
    });
    let archive = embedded.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).collect::<String>();
    assert!(archive.contains("data:image/webp;base64,") && !archive.contains("\"kept\""), "{archive}");
}
