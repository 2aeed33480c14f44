//! Filters by author and tag, compared with a naive filter.

use crate::seeds::{Seeds, article, files_of};
use sheaf::text::fold;

/// Authors and tags of the article `n`.
fn names(n: usize) -> (Vec<&'static str>, Vec<&'static str>) {
    const AUTHORS: [&str; 5] = ["林舟", "Ann Lee", "Ann Leeson", "O'Hara \"Doc\" Ray", "北岸報社"];
    const TAGS: [&str; 6] = ["台灣", "台湾", "water", "Water/River", "art", "party"];
    let pick = |all: &[&'static str], seed: usize| {
        all.iter().enumerate().filter(|(at, _)| seed >> at & 1 == 1).map(|(_, &name)| name).collect()
    };
    (pick(&AUTHORS, n * 7 % 32), pick(&TAGS, n * 11 % 64))
}

/// Formats a clipping with these names.
fn clipping(n: usize) -> String {
    let (authors, tags) = names(n);
    let list = |key: &str, names: &[&str]| {
        let lines: String =
            names.iter().map(|name| format!("  - \"{}\"\n", name.replace('"', "\\\""))).collect();
        format!("{key}:\n{lines}")
    };
    let (authors, tags) = (list("author", &authors), list("tags", &tags));
    let body = if n.is_multiple_of(3) { "江水退了。" } else { "雨停了。" };
    format!(
        "---\ntitle: 第{n}篇\nsource: https://n.example/{n}\n{authors}published: 2024-01-{:02}\n{tags}---\n{body}\n",
        n % 28 + 1
    )
}

const COUNT: usize = 40;

fn library() -> Seeds {
    let seeds = (0..COUNT).fold(Seeds::new(), |seeds, n| seeds.file(&format!("{n}.md"), clipping(n)));
    for layout in ["small", "split"] {
        seeds.sheaf(&format!("build --archive-only seeds --out {layout} --layout {layout}")).ok();
    }
    seeds
}

fn total(seeds: &Seeds, layout: &str, query: &str) -> usize {
    let found = seeds.run(&["search", layout, query, "--json"]).json();
    found["total"].as_u64().unwrap() as usize
}

#[test]
fn filters_equal_a_naive_filter() {
    let seeds = library();
    let has = |names: &[&str], wanted: &str| names.iter().any(|name| fold(name) == fold(wanted));
    type Check<'a> = &'a dyn Fn(usize, &[&str], &[&str]) -> bool;
    let checks: [(&str, Check<'_>); 16] = [
        ("author:\"Ann Lee\"", &|_, authors, _| has(authors, "Ann Lee")),
        ("author:\"ann lee\"", &|_, authors, _| has(authors, "Ann Lee")),
        ("作者：林舟", &|_, authors, _| has(authors, "林舟")),
        ("作者:北岸报社", &|_, authors, _| has(authors, "北岸報社")),
        ("author:ann", &|_, authors, _| authors.iter().any(|name| name.starts_with("Ann"))),
        ("author:「O'Hara \"Doc\" Ray」", &|_, authors, _| has(authors, "O'Hara \"Doc\" Ray")),
        ("author:林舟 author:\"Ann Lee\"", &|_, authors, _| {
            has(authors, "林舟") || has(authors, "Ann Lee")
        }),
        ("-author:林舟", &|_, authors, _| !has(authors, "林舟")),
        ("tag:台湾", &|_, _, tags| has(tags, "台灣")),
        ("標籤：臺灣", &|_, _, tags| has(tags, "台灣")),
        ("tag:WATER", &|_, _, tags| has(tags, "water") || has(tags, "Water/River")),
        ("tag:#water/river", &|_, _, tags| has(tags, "Water/River")),
        ("tag:art", &|_, _, tags| has(tags, "art")),
        ("tag:ar", &|_, _, _| false),
        ("江水 author:林舟 -tag:water", &|n, authors, tags| {
            n.is_multiple_of(3) && has(authors, "林舟") && !has(tags, "water") && !has(tags, "Water/River")
        }),
        ("tag:art author:\"Ann Leeson\" date:2024-01", &|_, authors, tags| {
            has(tags, "art") && has(authors, "Ann Leeson")
        }),
    ];
    for (query, check) in checks {
        let expected = (0..COUNT).filter(|&n| {
            let (authors, tags) = names(n);
            check(n, &authors, &tags)
        });
        let expected = expected.count();
        assert!(expected > 0 || query == "tag:ar", "{query}");
        for layout in ["small", "split"] {
            assert_eq!(total(&seeds, layout, query), expected, "{query} in {layout}");
        }
    }
}

#[test]
fn archive_without_names_has_no_table_of_them() {
    let seeds = Seeds::new().file("1.md", article("江水"));
    seeds.sheaf("build --archive-only seeds --out split --layout split").ok();
    let manifest = seeds.json("split/archive.json");
    assert!(manifest["tables"].get("names").is_none());
    assert_eq!(total(&seeds, "split", "author:林舟"), 0);
    assert_eq!(total(&seeds, "split", "-tag:水"), 1);
}

#[test]
fn lost_table_of_names_fails_only_filters_by_name() {
    let seeds = library();
    let name = seeds.json("split/archive.json")["tables"]["names"].as_str().unwrap().to_owned();
    let table = seeds.path(&format!("split/archive/{name}.json.gz"));
    assert!(
        files_of(&seeds.path("split")).iter().any(|(path, _)| path.ends_with(table.file_name().unwrap()))
    );
    std::fs::remove_file(table).unwrap();
    assert_eq!(total(&seeds, "split", "date:2024"), COUNT);
    let said = seeds.run(&["search", "split", "tag:art"]).failed(1);
    assert!(said.contains(&name), "{said}");
}
