//! Benchmark of giant articles on an emulated phone: words, runs of marks, titles, addresses, galleries, and blocks with
//! very many parts.
//!
//! ```text
//! SHEAF_APP=target/site cargo bench --bench giants_bench [-- NAME...]
//! ```
//!
//! Names select the giants that contain one of them.
//!
//! The CPU is throttled four-fold. Each result is a line of name, longest task in milliseconds, and goal.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

// Driver modules of the browser tests; the benchmark uses only a part of them.
#[path = "../browser/archives.rs"]
#[allow(dead_code)]
mod archives;
#[path = "../browser/driver.rs"]
#[allow(dead_code)]
mod driver;
#[path = "../browser/engine.rs"]
#[allow(dead_code)]
mod engine;
#[path = "../browser/host.rs"]
#[allow(dead_code)]
mod host;
#[path = "../browser/tab.rs"]
#[allow(dead_code)]
mod tab;
#[path = "../browser/visit.rs"]
#[allow(dead_code)]
mod visit;
#[path = "../browser/webdriver_bidi.rs"]
#[allow(dead_code)]
mod webdriver_bidi;

use driver::PHONE;
use serde_json::json;
use sheaf::archive::writer::ArchiveLayout;
use sheaf::bundle::{ArchiveOptions, BuildProgress, build};
use std::path::{Path, PathBuf};
use std::{env, fs};
use visit::{Reader, visit};

/// CPU throttling rate, to emulate a phone.
const SLOWDOWN: u32 = 4;
/// Goal for the longest task, in milliseconds.
const GOAL: f64 = 300.0;

/// Texts without break opportunities, or with expensive ones: name, repeated piece, number of repetitions.
const TEXTS: [(&str, &str, usize); 14] = [
    ("letters", "abcdefghij", 50_000),
    ("digits", "0123456789", 20_000),
    ("base64", "aB3/+xY9zQ", 50_000),
    ("Han", "江水退了渡口船停夜里灯", 40_000),
    ("Han and letters", "江a水1退b", 30_000),
    ("marks on one letter", "\u{301}", 100_000),
    ("marks on letters", "e\u{301}\u{302}\u{303}", 30_000),
    ("Thai", "กรุงเทพมหานคร", 8_000),
    ("Arabic", "ابتثجحخد", 12_000),
    ("Devanagari", "क्षत्रिय", 12_000),
    ("emoji", "👩\u{200d}💻", 30_000),
    ("ellipses", "……", 50_000),
    ("brackets", "（", 100_000),
    ("no-break spaces", "a\u{a0}", 100_000),
];

/// Containers of a text.
const CONTAINERS: [(&str, &str, &str); 4] = [
    ("paragraph", "<p>", "</p>"),
    ("heading", "<p>前</p><h2>", "</h2><p>后</p>"),
    ("listing", "<p>前</p><pre>", "</pre>"),
    ("link in a cell", "<table><tr><td><a href=\"https://a.example/\">", "</a></td><td>二</td></tr></table>"),
];

/// Bodies of many equal parts: name, start, part, number of parts, end.
const STRUCTURES: [(&str, &str, &str, usize, &str); 17] = [
    ("25,000 bold words in a paragraph", "<p>", "江水<b>退了</b>，", 25_000, "</p>"),
    ("10,000 links in a paragraph", "<p>", "见<a href=\"https://a.example/1\">江水</a>。", 10_000, "</p>"),
    ("10,000 readings in a paragraph", "<p>", "<ruby>江<rt>jiāng</rt></ruby>水", 10_000, "</p>"),
    ("20,000 line breaks in a paragraph", "<p>", "江水退了<br>", 20_000, "</p>"),
    ("10,000 small texts in a paragraph", "<p>", "a<sup>2</sup><code>b</code><sub>i</sub>, ", 10_000, "</p>"),
    (
        "10,000 bold words in a cell",
        "<table><tr><td>",
        "江水<b>退了</b>，",
        10_000,
        "</td><td>二</td></tr></table>",
    ),
    ("10,000 bold words in an item", "<ul><li>", "江水<b>退了</b>，", 10_000, "</li></ul>"),
    ("20,000 paragraphs", "", "<p>江水退了，渡口的船还停着。</p>", 20_000, ""),
    ("10,000 headings", "", "<h2>渡口</h2>", 10_000, ""),
    ("20,000 items", "<ul>", "<li>江水退了</li>", 20_000, "</ul>"),
    ("10,000 numbered items of two paragraphs", "<ol>", "<li><p>江水</p><p>退了</p></li>", 10_000, "</ol>"),
    ("10,000 quoted paragraphs", "<blockquote>", "<p>江水退了。</p>", 10_000, "</blockquote>"),
    ("10,000 rows", "<table>", "<tr><td>江水</td><td>退了</td></tr>", 10_000, "</table>"),
    ("10,000 cells in a row", "<table><tr>", "<td>江水</td>", 10_000, "</tr></table>"),
    (
        "2,000 tables",
        "",
        "<table><tr><td>江</td><td>水</td></tr><tr><td>退</td><td>了</td></tr></table>",
        2_000,
        "",
    ),
    ("50,000 lines of a listing", "<p>前</p><pre>", "let water = river.level() - 1;\n", 50_000, "</pre>"),
    ("10,000 nested quotes", "", "<blockquote><p>江水</p>", 10_000, ""),
];

/// Article that is expensive to lay out.
struct Giant {
    name: String,
    title: String,
    url: String,
    body: String,
}

fn giants() -> Vec<Giant> {
    let mut giants: Vec<Giant> = Vec::new();
    let mut add = |name: String, title: Option<String>, path: Option<String>, body: String| {
        let path = path.unwrap_or_else(|| giants.len().to_string());
        let title = title.unwrap_or_else(|| name.clone());
        giants.push(Giant { name, title, url: format!("https://giants.example/{path}"), body });
    };
    for (text, piece, count) in TEXTS {
        for (container, open, close) in CONTAINERS {
            add(format!("{text}, {container}"), None, None, format!("{open}{}{close}", piece.repeat(count)));
        }
    }
    for (name, start, part, count, end) in STRUCTURES {
        add(name.to_owned(), None, None, format!("{start}{}{end}", part.repeat(count)));
    }
    let pictures = (0..20_000).map(|n| format!("<img src=\"https://p.example/{n}.jpg\">"));
    let figure = format!("<p>前</p><figure>{}</figure>", pictures.collect::<String>());
    add("20,000 pictures".to_owned(), None, None, figure);
    let body = || "<p>正文。</p>".to_owned();
    add("title of 5 MB".to_owned(), Some("title".repeat(1_000_000)), None, body());
    add("Han title of 500,000".to_owned(), Some("题目".repeat(250_000)), None, body());
    add("address of 1 MB".to_owned(), None, Some("x".repeat(1_000_000)), body());
    giants
}

/// Builds the archive of the giants and returns its folder with the id of each giant.
fn archive(giants: &[Giant]) -> (PathBuf, Vec<String>) {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("giants");
    let _ = fs::remove_dir_all(&root);
    fs::create_dir_all(root.join("seeds")).unwrap();
    for (number, Giant { title, url, body, .. }) in giants.iter().enumerate() {
        let file = format!("<!--1697471101000-->\n[{title}]({url})\n------\n\n{body}\n");
        fs::write(root.join(format!("seeds/{number:02}.md")), file).unwrap();
    }
    let out = root.join("archive");
    let options = ArchiveOptions {
        seeds: vec![root.join("seeds")],
        out: out.clone(),
        layout: Some(ArchiveLayout::Split),
        ..ArchiveOptions::default()
    };
    let built = build(&options, &BuildProgress::hidden()).unwrap();
    assert!(built.error.is_none(), "{:?}", built.error);
    let ids = (0..giants.len()).map(|number| {
        let bytes = fs::read(root.join(format!("seeds/{number:02}.md"))).unwrap();
        sheaf::ingest::ingest(&format!("{number:02}.md"), &bytes).unwrap().article.id.to_string()
    });
    (out, ids.collect())
}

/// Opens an article and returns the duration of the longest task, in milliseconds.
fn longest_task(reader: &Reader, id: &str) -> f64 {
    reader.goto("about:blank");
    reader.goto(&format!("{}#/read/{id}", reader.host.url()));
    reader.until("the article is painted", "return window.painted");
    reader.number("return Math.max(0, ...tasks)")
}

/// Records long tasks, and the end of the frames after the article appeared.
const WATCH: &str = "
    window.tasks = [];
    new PerformanceObserver(list => tasks.push(...list.getEntries().map(task => task.duration)))
        .observe({ type: 'longtask', buffered: true });
    const settle = frames => requestAnimationFrame(() =>
        frames > 0 ? settle(frames - 1) : setTimeout(() => { window.painted = true; }, 500));
    new MutationObserver((_, observer) => {
        if (!document.querySelector('.art .prose')) return;
        observer.disconnect();
        settle(5);
    }).observe(document, { childList: true, subtree: true });";

fn main() {
    let names: Vec<String> = env::args().skip(1).filter(|name| !name.starts_with("--")).collect();
    let is_named = |giant: &Giant| names.is_empty() || names.iter().any(|name| giant.name.contains(name));
    let giants: Vec<Giant> = giants().into_iter().filter(is_named).collect();
    let (folder, ids) = archive(&giants);
    let reader = visit(folder).on(PHONE).ready();
    reader.cdp("Emulation.setCPUThrottlingRate", json!({ "rate": SLOWDOWN }));
    reader.at_start(WATCH);
    let mut blocked = 0;
    for (giant, id) in giants.iter().zip(&ids) {
        let longest = longest_task(&reader, id);
        blocked += usize::from(longest > GOAL);
        println!("{}\t{longest:.0}\t{GOAL}", giant.name);
    }
    println!("articles with a longer task\t{blocked}\t0");
}
