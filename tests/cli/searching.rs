//! Command `sheaf search`, compared with a naive search.

use crate::seeds::{Seeds, article};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use sheaf::text::fold;
use snapbox::str;
use std::fs;
use std::path::PathBuf;

fn search(seeds: &Seeds, archive: &str, query: &str, options: &[&str]) -> serde_json::Value {
    let arguments = [&["search", archive, query, "--json"], options].concat();
    seeds.run(&arguments).json()
}

#[test]
fn json_hits_have_the_documented_fields() {
    let seeds = Seeds::new()
        .file(
            "1.md",
            article("渡口").url("https://a.example/1").body("<p>雨停了。老船工在傍晚收起纜繩。</p>"),
        )
        .file("2.md", article("没有").url("").time("NaN").body("<p>缆绳断了。</p>"))
        .file("3.md", article("别的"));
    seeds.build();
    let found = search(&seeds, "site", "缆绳", &[]);
    assert_eq!((&found["total"], &found["exact"]), (&2.into(), &true.into()));
    let id = found["hits"][0]["id"].clone();
    assert_eq!(
        found["hits"][0],
        serde_json::json!({
            "id": id, "title": "渡口", "url": "https://a.example/1", "date": "2023-10-16",
            "source": "a.example", "snippet": "老船工在傍晚收起纜繩。"
        })
    );
    assert_eq!((&found["hits"][1]["url"], &found["hits"][1]["date"]), (&().into(), &().into()));
    let printed = seeds.sheaf("search site 缆绳 --limit 1").ok();
    assert!(printed.ends_with("2 articles, first 1 shown: use --limit 2 to print all\n"), "{printed}");
}

#[test]
fn phrases_across_note_marks_and_inner_words_of_names_are_found() {
    let notes = "<p>水退三尺<sup id=r1><a href=#n1>[1]</a></sup>，见县志<a href=#n2>②</a>。The river<sup>[2]</sup> \
        rose<sup><a href=#n1>1</a></sup>, then fell; 10<sup>3</sup> m.</p><p id=n1>老人所说。<a href=#r1>↩</a></p><p id=n2>光绪版。</p>";
    let seeds = Seeds::new()
        .file("1.md", article("注释").url("https://a.example/1").body(notes))
        .file("2.md", article("函数").url("https://a.example/2").body("<p>用getUserName读取。</p>"));
    for (layout, options) in [("small", "--layout small"), ("split", "--layout split")] {
        seeds.sheaf(&format!("build --archive-only seeds --out {layout} {options}")).ok();
        for (query, title) in [
            ("\"水退三尺，见县志\"", Some("注释")),
            ("\"退三尺[1]，见\"", Some("注释")),
            ("\"见县志。\"", Some("注释")),
            ("\"the river rose, then fell\"", Some("注释")),
            ("103", Some("注释")),
            ("username", Some("函数")),
            ("Name", Some("函数")),
            ("\"getusername\"", Some("函数")),
            ("sername", None),
        ] {
            let found = search(&seeds, layout, query, &[]);
            let titles: Vec<_> =
                found["hits"].as_array().unwrap().iter().map(|hit| hit["title"].as_str()).collect();
            assert_eq!(titles, title.iter().map(|title| Some(*title)).collect::<Vec<_>>(), "{query}");
        }
    }
}

#[test]
fn limit_shortens_the_hits_but_not_the_total() {
    let mut seeds = Seeds::new();
    for n in 0..30 {
        seeds = seeds.file(&format!("{n}.md"), article(&format!("江 {n}")));
    }
    seeds.build();
    for (options, shown) in
        [(&[][..], 20), (&["--limit", "3"], 3), (&["--limit", "0"], 0), (&["--limit", "99"], 30)]
    {
        let found = search(&seeds, "site", "江", options);
        assert_eq!((&found["total"], found["hits"].as_array().unwrap().len()), (&30.into(), shown));
    }
    assert_eq!(search(&seeds, "site", "", &[])["total"], 30);
    assert_eq!(search(&seeds, "site", "-江", &[])["total"], 0);
}

/// Pieces of the generated articles: Traditional and Simplified pairs, words, and others.
const PIECES: [&str; 12] =
    ["台", "臺", "灣", "湾", "選", "选", "后", "後", "，", " tide ", " Tidal ", "ＦＭ"];

fn pieces(most: usize) -> impl Strategy<Value = String> {
    proptest::collection::vec(proptest::sample::select(&PIECES[..]), 1..most)
        .prop_map(|pieces| pieces.concat())
}

/// Returns `true` if a text contains a query without operators; checks every position.
fn holds(text: &str, query: &str) -> bool {
    let text = fold(text);
    let terms = query.split(|c: char| c.is_whitespace() || c == '，').map(fold);
    let terms: Vec<String> = terms.filter(|term| !term.is_empty()).collect();
    terms.iter().enumerate().all(|(n, term)| {
        let is_word = |c: char| c.is_ascii_alphanumeric();
        let open_ended = n + 1 == terms.len() && term.chars().rev().take_while(|&c| is_word(c)).count() > 1;
        text.match_indices(term.as_str()).any(|(at, _)| {
            let before = text[..at].chars().next_back().is_some_and(is_word);
            let after = text[at + term.len()..].chars().next().is_some_and(is_word);
            let cut_before = before && term.starts_with(is_word);
            let cut_after = after && term.ends_with(is_word) && !open_ended;
            !cut_before && !cut_after
        })
    })
}

#[test]
fn totals_equal_those_of_a_naive_scan() {
    let articles = proptest::collection::vec((pieces(6), pieces(24)), 1..60);
    let queries = proptest::collection::vec(pieces(4), 1..6);
    let mut runner = TestRunner::new(Config { cases: 12, failure_persistence: None, ..Config::default() });
    let outcome = runner.run(&(articles, queries), |(articles, queries)| {
        let mut seeds = Seeds::new();
        for (n, (title, body)) in articles.iter().enumerate() {
            let title = format!("题{title}");
            seeds = seeds.file(
                &format!("{n}.md"),
                article(&title).url(format!("https://n.example/{n}")).body(format!("<p>起{body}</p>")),
            );
        }
        seeds.sheaf("build --archive-only seeds --out small --layout small").ok();
        seeds.sheaf("build --archive-only seeds --out split --layout split").ok();
        for query in queries.iter().filter(|query| !query.trim().is_empty()) {
            let expected =
                articles.iter().filter(|(title, body)| holds(&format!("题{title}\n起{body}"), query));
            let expected = expected.count();
            for layout in ["small", "split"] {
                let found = search(&seeds, layout, query, &["--limit", "100"]);
                prop_assert_eq!(&found["total"], expected, "{} in {:?}", query, articles);
                prop_assert_eq!(found["hits"].as_array().unwrap().len(), expected);
            }
        }
        Ok(())
    });
    outcome.unwrap();
}

#[test]
fn hits_are_exported_in_all_formats() {
    let body = "<p>同一段话，一字不差地登在两家报纸上。</p>".repeat(12);
    let seeds = Seeds::new()
        .file("1.md", article("江上").url("https://a.example/%E6%B1%9F").body(&body))
        .file("2.md", article("江上又一次").url("https://b.example/2").time("NaN").body(&body))
        .file("3.md", article("=SUM(江)").url("https://c.example/3"));
    seeds.build();
    let written = |format: &str| {
        seeds.run(&["search", "site", "江", "--format", format, "--site", "https://r.example/"]).ok()
    };
    let csv = written("csv");
    assert_eq!(csv.lines().count(), 4, "articles with the same body have separate lines: {csv}");
    assert!(csv.contains("\"https://a.example/%E6%B1%9F\",\"https://r.example/#/a/"), "{csv}");
    assert!(csv.contains("\"'=SUM(江)\""), "{csv}");
    let lines: Vec<serde_json::Value> =
        written("jsonl").lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!((&lines[0]["query"], &lines[0]["total"]), (&"江".into(), &3.into()));
    assert_eq!(lines.len(), 4);
    assert_eq!(written("ris").matches("TY  - NEWS").count(), 3);
    assert_eq!(written("bibtex").matches("@article{").count(), 3);
    seeds.sheaf("search site 江 --format pdf").failed_with(
        2,
        str![[r#"
error: invalid value 'pdf' for '--format <FORMAT>'
  [possible values: csv, jsonl, ris, bibtex]

For more information, try '--help'.

"#]],
    );
    // In the list, duplicates share a row.
    let found = search(&seeds, "site", "江", &[]);
    assert_eq!((&found["total"], found["hits"].as_array().unwrap().len()), (&3.into(), 2));
}

#[test]
fn stats_report_the_amount_read() {
    let seeds = crate::archives::library(300);
    seeds.sheaf("build --archive-only seeds --out site --layout split").ok();
    let said = seeds.run(&["search", "site", "第7篇", "--stats"]);
    assert!(said.err.contains("index shards: ") && said.err.contains("in all: "), "{}", said.err);
    let files: usize = said.err.lines().last().unwrap().rsplit(' ').nth(1).unwrap().parse().unwrap();
    assert!(files < 12, "a search reads few files: {}", said.err);
}

#[test]
fn missing_index_files_leave_the_results_as_they_are() {
    let seeds = crate::archives::library(300);
    seeds.sheaf("build --archive-only seeds --out site --layout split").ok();
    let found = |query: &str| seeds.run(&["search", "site", query, "--json"]);
    let queries = ["第7篇", "第7篇 -更正", "title:第 OR 更正", "7 source:b.example"];
    let whole = queries.map(|query| found(query).ok());
    let tables = seeds.json("site/archive.json")["tables"].clone();
    let index = seeds.path(&format!("site/archive/index-{}", tables["index"]["name"].as_str().unwrap()));
    let file = |name: &serde_json::Value| {
        let name = name.as_str().unwrap();
        seeds.path(&format!("site/archive/{name}.json.gz"))
    };
    let mut shards: Vec<_> = fs::read_dir(&index).unwrap().map(|shard| vec![shard.unwrap().path()]).collect();
    let all = shards.concat();
    shards.extend([vec![file(&tables["index"]["words"][0][1])], vec![file(&tables["column"][0])], all]);
    let mut reported = 0;
    for missing in &shards {
        let kept: Vec<_> = missing.iter().map(|path| fs::read(path).unwrap()).collect();
        missing.iter().for_each(|path| fs::remove_file(path).unwrap());
        for (query, expected) in queries.iter().zip(&whole) {
            let said = found(query);
            if !said.err.is_empty() {
                reported += 1;
                assert!(said.err.contains("the index cannot be used"), "{}", said.err);
                let is_named =
                    |path: &PathBuf| said.err.contains(path.file_name().unwrap().to_str().unwrap());
                assert!(missing.iter().any(is_named), "{}", said.err);
            }
            assert_eq!(&said.ok(), expected, "{query} without {missing:?}");
        }
        missing.iter().zip(kept).for_each(|(path, bytes)| fs::write(path, bytes).unwrap());
    }
    assert!(reported >= 2 * queries.len(), "{reported}");
}

#[test]
fn misspelt_word_has_a_suggestion() {
    let seeds = (0..3).fold(Seeds::new(), |seeds, number| {
        seeds.file(
            &format!("{number}.md"),
            article(&format!("a{number}")).body("<p>The harbours are closed.</p>"),
        )
    });
    seeds.build();
    assert_eq!(search(&seeds, "site", "harbuors", &[])["suggestions"], serde_json::json!(["harbours"]));
    assert_eq!(search(&seeds, "site", "harbour", &[])["total"], 3);
    assert_eq!(search(&seeds, "site", "harbour", &[])["suggestions"], serde_json::Value::Null);
    let printed = seeds.sheaf("search site harbuors").ok();
    assert!(printed.contains("did you mean: harbours\n"), "{printed}");
}
