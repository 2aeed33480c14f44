//! Articles under several spellings of their address, and under ids of earlier versions.

use crate::seeds::{Seeds, article};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;

/// Spellings of two addresses; the first of each has the same id in archives of version 4.
const SPELLINGS: [(&str, &[&str]); 3] = [
    (
        "江",
        &[
            "https://a.example/%E6%B1%9F/1",
            "https://www.a.example/江/1?spm=a.1&from=timeline",
            "https://A.example:443/x/../%e6%b1%9f/1#top",
        ],
    ),
    ("域", &["https://xn--fsqu00a.example/2", "https://例子.example/2"]),
    ("路", &["https://a.example/app#/article/1"]),
];

/// Ids that archives of version 4 gave to the other spellings.
const EARLIER_IDS: [(&str, &str); 4] =
    [("江", "66yhtyp7dfgd"), ("江", "kdywe95kxvxj"), ("域", "9swws6dx80f8"), ("路", "pheg3fcqh5ww")];

fn seeds() -> Seeds {
    let mut seeds = Seeds::new();
    for (title, spellings) in SPELLINGS {
        for (url, n) in spellings.iter().zip(0..) {
            let file =
                article(title).url(url).time(1_697_471_101_000_i64 + n).body(format!("<p>第{n}次。</p>"));
            seeds = seeds.file(&format!("{title}{n}.md"), file);
        }
    }
    seeds
}

#[test]
fn spellings_of_one_address_become_one_article_with_versions() {
    let seeds = seeds();
    let report = seeds.build();
    assert_eq!((&report["articles"], &report["versions"]), (&Value::from(3), &Value::from(3)));
    let archive = seeds.json("site/archive.json");
    let sources: BTreeSet<&str> =
        archive["articles"].as_array().unwrap().iter().map(|one| one["source"].as_str().unwrap()).collect();
    assert_eq!(sources.into_iter().collect::<Vec<_>>(), ["a.example", "例子.example"]);
}

#[test]
fn earlier_ids_open_the_article_in_both_layouts() {
    let seeds = seeds();
    for layout in ["small", "split"] {
        seeds.sheaf(&format!("build --archive-only seeds --out {layout} --layout {layout}")).ok();
        for (title, id) in EARLIER_IDS {
            let shown = seeds.sheaf(&format!("show {layout} {id}")).ok();
            assert!(shown.contains(title), "{layout} {id}: {shown}");
        }
    }
}

#[test]
fn pages_of_earlier_ids_lead_to_the_page_of_the_article() {
    let seeds = seeds();
    fs::create_dir_all(seeds.path("viewer")).unwrap();
    let page = "<!doctype html><html><head><title>Sheaf</title></head><body></body></html>";
    fs::write(seeds.path("viewer/index.html"), page).unwrap();
    seeds.sheaf("build seeds --out site --viewer viewer --pages").ok();
    for (title, id) in EARLIER_IDS {
        let page = fs::read_to_string(seeds.path(&format!("site/a/{id}.html"))).unwrap();
        let (_, rest) = page.split_once("content=\"0; url=").unwrap();
        let (target, _) = rest.split_once('"').unwrap();
        let target = fs::read_to_string(seeds.path("site/a").join(target)).unwrap();
        assert!(target.contains(&format!("<h1 class=\"art__h\">{title}")), "{id}");
    }
}
