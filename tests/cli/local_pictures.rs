//! Pictures that come with the articles, and become pictures of the site.

use crate::pictures::png;
use crate::seeds::{Seeds, article, files_of};
use serde_json::Value;
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
        .file("1.md", "# 江\n\n![图](a.svg) \n\n![破](b.png)\n\n![点](dot.gif)\n\n![[other.md]]\n")
        .file("a.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>")
        .file("b.png", &png(300, 200)[..90])
        .file("dot.gif", png(1, 1))
        .file("other.md", "# 另\n\n水。\n");
    let said = seeds.sheaf("check seeds").ok();
    for reference in ["a.svg", "b.png"] {
        let warning =
            format!("seeds/1.md:1: picture: cannot keep the picture {reference}: not a readable image: ");
        assert!(said.contains(&warning), "{said}");
    }
    assert_eq!(said.matches(": picture: ").count(), 2, "{said}");
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
