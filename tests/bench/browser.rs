//! Browser benchmark on an emulated phone: first list, scrolling, reading, user data, search.
//!
//! ```text
//! SHEAF_APP=target/site SHEAF_ARCHIVE=folder cargo bench --bench browser_bench
//! ```
//!
//! `SHEAF_ARTICLE` is the id of an additional article to open, for example the longest one.
//!
//! The CPU is throttled four-fold, the network is not. Each result is a line of name, value and goal.

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

use driver::{PHONE, missing};
use serde_json::json;
use sheaf::model::Id;
use std::env;
use std::path::PathBuf;
use std::time::{Duration, Instant};
use visit::{Reader, visit};

/// CPU throttling rate, to emulate a phone.
const SLOWDOWN: u32 = 4;
const STARTS: usize = 5;
/// Number of flings per scroll test.
const FLINGS: u32 = 15;
/// Time limit of a search.
const SEARCH: Duration = Duration::from_secs(60);

/// Records the first paint of rows, long tasks, and the memory of the app.
const WATCH: &str = "
    const instantiate = WebAssembly.instantiate;
    WebAssembly.instantiate = async (...from) => {
        const made = await instantiate(...from);
        window.app_memory ??= (made.instance ?? made).exports.memory;
        return made;
    };
    window.tasks = [];
    new PerformanceObserver(list => tasks.push(...list.getEntries().map(task => [task.startTime, task.duration])))
        .observe({ type: 'longtask', buffered: true });
    new MutationObserver((_, observer) => {
        if (!document.querySelector('.row__a .row__h')) return;
        observer.disconnect();
        requestAnimationFrame(() => setTimeout(() => { window.first_rows = performance.now(); }));
    }).observe(document, { childList: true, subtree: true });";

fn main() {
    let archive = env::var_os("SHEAF_ARCHIVE").map(PathBuf::from);
    let archive = archive
        .unwrap_or_else(|| missing("SHEAF_ARCHIVE is not set: set the variable to the folder of an archive"));
    let slow = || {
        let reader = visit(archive.clone()).on(PHONE).ready();
        reader.cdp("Emulation.setCPUThrottlingRate", json!({ "rate": SLOWDOWN }));
        reader.at_start(WATCH);
        reader
    };
    let mut starts: Vec<f64> = (0..STARTS).map(|_| start(&slow())).collect();
    starts.sort_by(f64::total_cmp);
    figure("first list, ms, median of 5", starts[STARTS / 2], "1500");
    figure("first list, ms, slowest", starts[STARTS - 1], "");

    let reader = slow();
    start(&reader);
    figure(
        "articles in the list",
        reader.number("return Number(document.querySelector('.time__n').innerText.replace(/\\D/g, ''))"),
        "",
    );
    scroll(&reader, "touch");
    scroll(&reader, "mouse");
    jump(&reader);
    memory(&reader, "after scrolling");

    let reader = slow();
    start(&reader);
    reading(&reader);

    let fast = visit(archive.clone()).on(PHONE).ready();
    fast.at_start(WATCH);
    keeping(&fast, "not slowed down");
    keeping(&slow(), "slowed down");

    let reader = slow();
    start(&reader);
    for query in ["台湾", "the"] {
        search(&reader, query);
    }
    memory(&reader, "after two searches");
}

/// Opens the site with a cold cache and returns the time to the first painted rows, in milliseconds.
fn start(reader: &Reader) -> f64 {
    reader.goto(&reader.host.url());
    reader.until("rows are painted", "return window.first_rows").as_f64().unwrap()
}

/// Flings through the list for a few seconds.
fn scroll(reader: &Reader, source: &str) {
    rest(reader);
    reader.js(
        "window.tasks.length = 0;
         window.gaps = []; let last = performance.now();
         window.watching = true;
         const beat = now => { gaps.push(now - last); last = now; if (watching) requestAnimationFrame(beat); };
         requestAnimationFrame(beat);",
    );
    let from = reader.number("return scrollY");
    match source {
        "touch" => (0..FLINGS).for_each(|_| fling(reader)),
        _ => drop(reader.cdp(
            "Input.synthesizeScrollGesture",
            json!({ "x": 195, "y": 700, "yDistance": -600, "speed": 3000, "gestureSourceType": source,
                "repeatCount": FLINGS, "repeatDelayMs": 150 }),
        )),
    }
    let way = reader.number("return scrollY") - from;
    figure(&format!("scrolling by {source}: pixels"), way, "");
    reader.js("window.watching = false");
    report(reader, &format!("scrolling by {source}"));
    let gap = reader.number("return gaps.reduce((a, b) => Math.max(a, b), 0)");
    figure(&format!("scrolling by {source}: longest frame, ms"), gap, "");
}

/// Simulates a fling: the finger leaves the screen while moving.
fn fling(reader: &Reader) {
    let touch = |kind: &str, at: Option<i32>| {
        let points: Vec<_> = at.iter().map(|y| json!({ "x": 195, "y": y })).collect();
        reader.cdp("Input.dispatchTouchEvent", json!({ "type": kind, "touchPoints": points }));
    };
    touch("touchStart", Some(700));
    (1..=12).for_each(|step| touch("touchMove", Some(700 - step * 50)));
    touch("touchEnd", None);
    std::thread::sleep(Duration::from_millis(150));
}

/// Jumps to the end of the list and back.
fn jump(reader: &Reader) {
    rest(reader);
    reader.js("window.tasks.length = 0; scrollTo(0, document.body.scrollHeight)");
    reader.until("the end is drawn", "return scrollY > 10000 && !document.querySelector('.row.is-blank')");
    rest(reader);
    reader.js("scrollTo(0, 0)");
    reader.until("the start is drawn", "return !!document.querySelector('[data-row=\"0\"] .row__h')");
    rest(reader);
    report(reader, "to the end and back");
}

/// Opens each listed article twice and changes appearance settings.
fn reading(reader: &Reader) {
    rest(reader);
    reader.js(
        "window.shift = window.moved = 0;
         const text = ({ node }) => !!(node?.closest ? node : node?.parentElement)?.closest('.art');
         new PerformanceObserver(list => list.getEntries().filter(one => !one.hadRecentInput).forEach(one => {
             shift += one.value;
             if (one.sources.some(text)) moved += one.value;
         })).observe({ type: 'layout-shift' });
         window.painted = () => new Promise(done => requestAnimationFrame(() => setTimeout(() => done(performance.now()))));
         window.open_at = hash => new Promise(done => {
             const begin = performance.now();
             const watch = new MutationObserver(() => {
                 if (!document.querySelector('#read .prose')) return;
                 watch.disconnect();
                 painted().then(now => done(now - begin));
             });
             watch.observe(document, { childList: true, subtree: true });
             location.hash = hash;
         });
         window.leave = async () => {
             history.back();
             while (document.querySelector('#read')) await painted();
             await painted();
         };",
    );
    let rows = "[...document.querySelectorAll('.row__a')].slice(0, 8).map(row => row.getAttribute('href'))";
    let mut hashes: Vec<String> = serde_json::from_value(reader.js(&format!("return {rows}"))).unwrap();
    let listed = hashes.len();
    hashes.extend(env::var("SHEAF_ARTICLE").map(|id| format!("#/a/{id}")));
    let open = |hash: &str| {
        let script = format!("open_at({}).then(done)", json!(hash));
        let took = reader.js_async(&script).as_f64().unwrap();
        rest(reader);
        reader.js_async("leave().then(() => done(0))");
        rest(reader);
        took
    };
    let cold: Vec<f64> = hashes.iter().map(|hash| open(hash)).collect();
    let mut warm: Vec<f64> = hashes.iter().map(|hash| open(hash)).collect();
    figure(
        "opening an article, cold, ms, slowest of 8",
        cold[..listed].iter().copied().fold(0.0, f64::max),
        "",
    );
    if hashes.len() > listed {
        figure("opening the named article, cold, ms", cold[listed], "");
        figure("opening the named article, warm, ms", warm[listed], "300");
    }
    warm.truncate(listed);
    warm.sort_by(f64::total_cmp);
    figure("opening an article, warm, ms, median of 8", warm[listed / 2], "100");
    figure("opening an article, warm, ms, slowest of 8", warm[listed - 1], "100");

    figure("layout shift in articles, 1/1000", 1000.0 * reader.number("return moved"), "0");
    figure("… including surrounding elements", 1000.0 * reader.number("return shift"), "");
    looks(reader, &hashes[0], "an article");
    if hashes.len() > listed {
        looks(reader, &hashes[listed], "the named article");
    }
}

/// Changes theme and font size of an open article.
fn looks(reader: &Reader, hash: &str, which: &str) {
    reader.js_async(&format!("open_at({}).then(done)", json!(hash)));
    rest(reader);
    reader.click(".tool [data-opens='aa--type']");
    rest(reader);
    for (what, selector) in
        [("theme", ".sw [aria-checked=false]:nth-child(n+3)"), ("size", ".step .ib:last-child")]
    {
        let took = reader.js_async(&format!(
            "const begin = performance.now();
             document.querySelector({}).click();
             painted().then(now => done(now - begin));",
            json!(selector)
        ));
        figure(&format!("changing the {what} of {which}, ms"), took.as_f64().unwrap_or_default(), "50");
        rest(reader);
    }
    reader.press("Escape");
    reader.gone(".sheet");
    reader.js_async("leave().then(() => done(0))");
    rest(reader);
}

/// Numbers of stars, read marks and passages after years of reading.
const STARS: usize = 10_000;
const READS: usize = 20_000;
const PASSAGES: usize = 2_000;

/// Fills the database with years of user data and measures the cost.
fn keeping(reader: &Reader, how: &str) {
    reader.at_start(
        "const all = IDBObjectStore.prototype.getAll;
         IDBObjectStore.prototype.getAll = function (...to) {
             window.asked ??= performance.now();
             const asked = all.apply(this, to);
             asked.addEventListener('success', () => setTimeout(() => window.read = performance.now()));
             return asked;
         };
         new MutationObserver((_, observer) => {
             if (document.querySelector('.row')) window.listed ??= performance.now();
             if (!document.querySelector('.row.is-starred')) return;
             observer.disconnect();
             window.kept = performance.now();
         }).observe(document, { childList: true, subtree: true, attributes: true });",
    );
    start(reader);
    rest(reader);
    // The database is created on the first mark.
    reader.js("document.querySelector('.row [data-mark=star]').click()");
    reader.see(".row.is-starred");
    rest(reader);
    let id = |kind: &str, at: usize| Id::from_path(&format!("{kind} {at}")).to_string();
    let ids = |kind: &str, count: usize| (0..count).map(|at| id(kind, at)).collect::<Vec<_>>();
    let passage = json!({ "article": id("passage", 0), "quote": "一段划下来的话".repeat(6), "before": "前文".repeat(16),
        "after": "后文".repeat(16), "at": 1000, "note": "一句批注", "time": 1 });
    let fill = format!(
        "const [stars, reads, passages, passage] = [{}, {}, {}, {}];
         indexedDB.databases().then(([{{ name }}]) => {{
             const asked = indexedDB.open(name);
             asked.onsuccess = () => {{
                 const kinds = asked.result.transaction(['stars', 'reads', 'highlights'], 'readwrite');
                 for (const id of stars) kinds.objectStore('stars').put(1, id);
                 for (const id of reads) kinds.objectStore('reads').put(1, id);
                 for (const key of passages) kinds.objectStore('highlights').put(JSON.stringify(passage), key);
                 kinds.oncomplete = () => {{ asked.result.close(); done(0); }};
             }};
         }})",
        json!(ids("star", STARS)),
        json!(ids("read", READS)),
        json!(ids("passage", PASSAGES)),
        passage
    );
    reader.js_async(&fill);
    // The first reload sorts the data; the second is measured.
    for _ in 0..2 {
        reader.reload();
        reader.until("what is kept is on screen", "return window.kept");
        rest(reader);
    }
    println!("{how}:");
    let at_start = reader.number("return read - asked");
    let shown = reader.number("return kept - listed");
    // Simulates another tab that wrote much data, which triggers a full reload.
    reader.js_async(
        "indexedDB.databases().then(([{ name }]) => {
             window.asked = window.read = undefined;
             new BroadcastChannel(name).postMessage('much');
             setTimeout(() => done(0), 3000);
         })",
    );
    figure("10,000 stars, 20,000 marks, 2,000 passages, ms", reader.number("return read - asked"), "100");
    figure("… during the start of the app, ms", at_start, "");
    figure("… on screen after the first row, ms", shown, "");
    rest(reader);
    let frames = reader.js_async(
        "const row = document.querySelectorAll('.row')[1];
         const [begin, look] = [performance.now(), () => row.classList.contains('is-starred')];
         row.querySelector('[data-mark=star]').click();
         let frames = 0;
         const frame = () => { frames++; look() || frames > 100 ? done([frames, performance.now() - begin]) : requestAnimationFrame(frame); };
         requestAnimationFrame(frame);",
    );
    figure("starring with this data: frames until visible", frames[0].as_f64().unwrap_or_default(), "1");
    figure("… ms", frames[1].as_f64().unwrap_or_default(), "");
    scroll(reader, "touch");
}

/// Types a query and measures the time to the first hits and to all hits.
fn search(reader: &Reader, query: &str) {
    rest(reader);
    reader.js("window.tasks.length = 0;
         window.line = () => document.querySelector('.time__n').innerText;
         document.querySelector('.find__i').addEventListener('input', () => {
             window.typed = performance.now(); window.some = window.all = 0;
             const look = () => {
                 const now = performance.now();
                 if (!some && document.querySelector('.row mark')) some = now - typed;
                 if (/^找到/.test(line())) all = now - typed; else requestAnimationFrame(look);
             };
             requestAnimationFrame(look);
         });");
    reader.search(query);
    let deadline = Instant::now() + SEARCH;
    while reader.number("return window.all || 0") == 0.0 && Instant::now() < deadline {
        reader.js_async("setTimeout(() => done(0), 200)");
    }
    figure(&format!("search {query}: first marked row, ms"), reader.number("return some"), "");
    let all = reader.number("return all");
    if all > 0.0 {
        figure(&format!("search {query}: all texts verified, ms"), all, "");
    } else {
        let looked = reader
            .number("return Number((line().match(/已搜索 ([\\d,]+)/) ?? [0, '0'])[1].replace(',', ''))");
        figure(&format!("search {query}: texts verified in {} s", SEARCH.as_secs()), looked, "");
    }
    let found = reader.number("return Number((line().match(/[\\d,]+/) ?? ['0'])[0].replace(',', ''))");
    figure(&format!("search {query}: articles found"), found, "");
    report(reader, &format!("search {query}"));
    reader.search("");
    reader.until("the search is over", "return !/找到/.test(document.querySelector('.time__n').innerText)");
}

/// Waits until the page is idle.
fn rest(reader: &Reader) {
    reader.js_async("requestIdleCallback(() => requestIdleCallback(() => setTimeout(() => done(0), 300)))");
}

/// Reports long tasks since the last reset. Browsers report only tasks over 50 ms.
fn report(reader: &Reader, what: &str) {
    rest(reader);
    let longest = reader.number("return tasks.reduce((most, [, ms]) => Math.max(most, ms), 0)");
    let count = reader.number("return tasks.length");
    figure(&format!("{what}: tasks over 50 ms"), count, "0");
    figure(&format!("{what}: longest of them, ms"), longest, "");
}

fn memory(reader: &Reader, when: &str) {
    reader.cdp("HeapProfiler.collectGarbage", json!({}));
    let heap = reader.cdp("Runtime.getHeapUsage", json!({}));
    let app = reader.number("return app_memory.buffer.byteLength");
    figure(&format!("JavaScript heap {when}, MB"), heap["usedSize"].as_f64().unwrap_or_default() / 1e6, "");
    figure(&format!("WebAssembly memory {when}, MB"), app / 1e6, "");
}

fn figure(name: &str, value: f64, goal: &str) {
    let goal = if goal.is_empty() { String::new() } else { format!("   goal: {goal}") };
    println!("{name:<46} {value:>10.1}{goal}");
}
