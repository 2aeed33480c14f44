//! Spellings of words and of queries that find each other.

use crate::seeds::{Seeds, article};

/// Builds one article for each body, in the split layout, whose index has to agree with the folding.
fn site(bodies: &[&str]) -> Seeds {
    let mut seeds = Seeds::new();
    for (at, body) in bodies.iter().enumerate() {
        let article = article(&format!("题{at}")).url(format!("https://n.example/{at}"));
        seeds = seeds.file(&format!("{at:03}.md"), article.body(format!("<p>{body}</p>")));
    }
    seeds.sheaf("build --archive-only seeds --out split --layout split").ok();
    seeds.sheaf("build --archive-only seeds --out small --layout small").ok();
    seeds
}

/// Returns the titles of the hits, sorted; both layouts give the same.
fn found(seeds: &Seeds, query: &str) -> Vec<String> {
    let [split, small] = ["split", "small"].map(|site| {
        let found = seeds.run(&["search", site, "--json", "--", query]).json();
        let hits = found["hits"].as_array().unwrap().iter();
        let mut titles: Vec<String> = hits.map(|hit| hit["title"].as_str().unwrap().to_owned()).collect();
        titles.sort();
        titles
    });
    assert_eq!(split, small, "{query}");
    split
}

#[test]
fn words_are_found_in_every_spelling() {
    let pairs = [
        ("Le cafe\u{301} du quai", "café"),
        ("\u{1112}\u{1161}\u{11ab}\u{1100}\u{1161}\u{11bc} 다리", "한강"),
        ("新しいﾊﾞｽ停", "バス停"),
        ("⼈⺠法院", "人民法院"),
        ("It didn’t rain", "didn't rain"),
        ("COVID‑19 clinic", "covid-19"),
        ("亞當．米克維奇", "亚当·米克维奇"),
        ("J. K. 罗琳，J·K·罗琳", "J.K.罗琳"),
        ("在 2023 年 10 月发布", "2023年10月"),
        ("İzmir yolu", "izmir"),
        ("LANGE STRASSE", "straße"),
        ("เมื่อวานนี้สะพานข้ามแม่น้ำเปิด", "แม่น้ำ"),
        ("ស្ពានថ្មីបានបើក", "ថ្មី"),
        ("葛\u{e0100}城市", "葛城"),
        ("他们送来 ❤\u{fe0f}", "❤"),
        ("二○二三年公報", "二〇二三年"),
        ("第ㄧ次", "第一次"),
        ("𝗕𝗿𝗲𝗮𝗸𝗶𝗻𝗴", "breaking"),
        ("砲擊與黏土", "炮击"),
        ("身分證", "身份证"),
    ];
    let seeds = site(&pairs.map(|(body, _)| body));
    for (at, (body, query)) in pairs.into_iter().enumerate() {
        for query in [query, body, &format!("\"{query}\"")] {
            assert!(found(&seeds, query).contains(&format!("题{at}")), "{query} in {body}");
        }
    }
}

#[test]
fn names_with_signs_are_not_their_letters() {
    let seeds = site(&["C++ 语言", "C# 语言", "C 语言", ".NET 平台", "NET 平台", "3.14 与", "314 与"]);
    for (query, expected) in [("C++", "题0"), ("C#", "题1"), (".NET", "题3"), ("3.14", "题5"), ("314", "题6")]
    {
        assert_eq!(found(&seeds, query), [expected], "{query}");
    }
}

#[test]
fn queries_are_read_as_they_are_typed_and_pasted() {
    let seeds = site(&["江水昨夜退了。他说「渡口开船」，用 --force 选项。", "昨夜下雨。"]);
    for query in [
        "江水 AND 渡口",
        "江水 && 渡口",
        "(江水)",
        "“渡口开船”",
        "『渡口开船』",
        "'渡口开船'",
        "江水，昨夜",
        "江水、渡口。",
        "江水+渡口",
        "--force",
        "江水 -下雨",
        "昨夜 NOT 下雨",
        "https://n.example/0",
        "http://www.n.example/0/",
        "n.example/0",
        "https://n.example/0。",
        "江\u{200b}水",
    ] {
        assert_eq!(found(&seeds, query), ["题0"], "{query}");
    }
    for query in ["江水 | 下雨", "江水 or 下雨", "江水 OR 下雨", "*", "\u{200b}"] {
        assert_eq!(found(&seeds, query), ["题0", "题1"], "{query}");
    }
    assert!(found(&seeds, "https://n.example/2").is_empty());
}
