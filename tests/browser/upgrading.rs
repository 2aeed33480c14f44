//! A site of an earlier release that is replaced by one of today while readers have it open.
//!
//! `tests/data/upgrade/site.tar.gz` is a whole site of such a release over the articles of `tests/data/demo`, with its own
//! app and worker. What it shows is found by selectors of that release, which stay as they are here.

use crate::driver::{Browser, Feature};
use crate::stored_names::{database, put_database};
use crate::updates::newer;
use crate::visit::{Reader, visit_site};
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

/// The articles of the earlier site, and those that are new in the later one.
const OLD: usize = 40;
const MORE: usize = 2;

/// The article that an even earlier visit has marked, open in the second tab.
const KNOWN: &str = "henqqcecwtee";
/// Key of a label of this article.
const LABEL: &str = "henqqcecwtee 海";

/// The earlier site, unpacked.
fn old_site() -> PathBuf {
    static UNPACKED: LazyLock<PathBuf> = LazyLock::new(|| {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("browser/upgrade");
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        let packed = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/upgrade/site.tar.gz");
        let done = Command::new("tar").arg("-xzf").arg(packed).arg("-C").arg(&folder).status().unwrap();
        assert!(done.success());
        folder.join("site")
    });
    UNPACKED.clone()
}

/// The same site made by the program of today, with more articles. Its page can be told from the earlier one's.
fn new_site() -> PathBuf {
    newer("upgraded", MORE)
}

/// Returns true if the tab runs the later site. Checks that all files it has loaded belong to the same site.
fn is_new(reader: &Reader) -> bool {
    let seen = reader.js("const home = new URL('./', location).href;
         const names = performance.getEntriesByType('resource').map(({ name }) => name.split(/[?#]/)[0]);
         return [!!document.querySelector('body[data-newer]'),
             names.filter(name => name.startsWith(home)).map(name => name.slice(home.length))]");
    let (is_new, loaded): (bool, Vec<String>) = serde_json::from_value(seen).unwrap();
    let site = if is_new { new_site() } else { old_site() };
    let app = |name: &&String| name.ends_with(".js") || name.ends_with(".css") || name.ends_with(".wasm");
    assert!(loaded.iter().any(|name| app(&name)), "no file of the app was loaded: {loaded:?}");
    for name in loaded.iter().filter(app) {
        // A file that was asked for and was not there has run nowhere.
        let is_loaded = site.join(name).is_file() || reader.count(".notices--part .notice") > 0;
        assert!(is_loaded, "{name} is not a file of {}", site.display());
    }
    is_new
}

fn title(reader: &Reader) -> String {
    reader.text("#read h1")
}

/// What an even earlier visit has left in the database.
fn put_records(reader: &Reader) {
    let position =
        json!({ "line": 3, "at": 0, "before": "", "words": "", "share": 300, "time": 1_700_000_000_003_u64 });
    let passage = json!({
        "article": KNOWN, "title": "雪线邮路", "quote": "邮路", "before": "雪线", "after": "：一个人", "at": 6,
        "note": "批注", "time": 1_700_000_000_005_u64,
    });
    let search = json!({ "time": 1_700_000_000_004_u64, "build": "", "count": 0, "fresh": 0 });
    put_database(
        reader,
        &json!({
            "stars": { "h": format!("{KNOWN} 1700000000001") },
            "reads": { "h": format!("{KNOWN} 1700000000002") },
            "positions": { "he": format!("{KNOWN} {position}") },
            "searches": { "灯塔": search.to_string() },
            // A label of a later release, which the earlier one leaves in place.
            "highlights": { "k1": passage.to_string(), LABEL: 1_700_000_000_006_u64 },
        }),
    );
}

/// Does in the earlier site what a reader does: settings, a search, a star, a place in an article. Gives the address of
/// that article.
fn use_old_site(reader: &Reader) -> String {
    reader.press("d");
    reader.until("the list is compact", "return document.documentElement.dataset.density === 'compact'");
    reader.js("document.querySelector('.find__i').focus()");
    reader.write("灯塔");
    reader.until("it is searched", "return document.querySelectorAll('.row__a').length === 6");
    reader.press("Enter");
    reader.until("the search is kept", "return localStorage.getItem('sheaf.recent') === '灯塔'");
    reader.goto(&format!("{}#/", reader.host.url()));
    reader.until("the list is whole", "return document.querySelectorAll('.row__a').length > 6");
    reader.js("document.querySelector('.row__a').click()");
    reader.until("an article is open", "return !!document.querySelector('#read .prose p')");
    reader.press("s");
    reader.until("it has a star", "return !!document.querySelector('.row.is-starred')");
    reader.rests(|| reader.number("return document.querySelector('#pane').scrollHeight"));
    reader.js("document.querySelector('#pane').scrollTop = 300");
    reader.settles(|| positions(&database(reader)), 2);
    reader.url()
}

fn positions(database: &Value) -> usize {
    let buckets = database[2]["positions"].as_object().unwrap().values();
    buckets.map(|bucket| if bucket[0].is_string() { 1 } else { bucket.as_array().map_or(0, Vec::len) }).sum()
}

/// All that must be as it was; a saved search is counted again when the archive is another one.
fn kept(reader: &Reader) -> (Value, Value) {
    let mut found = database(reader);
    for search in found[2]["searches"].as_object_mut().unwrap().values_mut() {
        *search = search["time"].clone();
    }
    (found, reader.js("return JSON.parse(JSON.stringify(localStorage))"))
}

#[test]
fn an_upgrade_loses_nothing_and_never_mixes_two_releases() {
    // WebKit's driver needs pages that are served otherwise than they were built.
    if Browser::chosen() == Browser::WebKit {
        return;
    }
    let reader = visit_site(old_site()).hiding_tabs().ready();
    if !reader.can(Feature::UpdateAgain) {
        return;
    }
    reader.host.put("empty.html", "<!doctype html><title>empty</title>");
    reader.goto(&format!("{}empty.html", reader.host.url()));
    put_records(&reader);
    reader.goto(&reader.host.url());
    reader.until("the worker is there", "return !!navigator.serviceWorker.controller");
    let article = use_old_site(&reader);
    let article_title = title(&reader);
    reader.press("Escape");
    reader.press("a");
    reader.click_text(".keep button", "存下全部");
    reader.shows(".keep", "整个档案都在这台设备上");
    reader.press("Escape");

    // A second tab stays at another article.
    reader.new_tab();
    reader.goto(&format!("{}#/a/{KNOWN}", reader.host.url()));
    reader.until("the article is open", "return !!document.querySelector('#read .prose p')");
    assert!(!is_new(&reader));
    reader.switch_tab(0);
    let before = reader.rests(|| kept(&reader));

    // The later site is offered; until it is taken both tabs run the earlier one.
    reader.host.deploy(&new_site());
    reader.reload();
    reader.shows(".notice", "新增 2 篇");
    assert!(!is_new(&reader));
    reader.switch_tab(1);
    assert!(!is_new(&reader));
    reader.switch_tab(0);
    reader.click_text(".notice button", "载入");
    reader.settles(|| is_new(&reader), true);

    // Nothing is lost: neither what is stored, nor what is shown of it.
    reader.finds(OLD + MORE);
    assert_eq!(reader.rests(|| kept(&reader)), before);
    reader.settles(|| reader.attribute("html", "data-density"), Some("compact".to_owned()));
    reader.goto(&article);
    reader.article(&article_title);
    reader.until("it opens where it was left", "return document.querySelector('#pane').scrollTop > 100");
    reader.until("it has a star", "return !!document.querySelector('.row.is-current.is-starred')");
    reader.goto(&format!("{}#/a/{KNOWN}", reader.host.url()));
    reader.settles(|| reader.highlighted("annotation").concat(), "邮路".to_owned());
    reader.shows("#read", "批注");
    reader.shows("a.lab", "海");

    // The other tab runs the earlier site to its end, and is heard.
    reader.switch_tab(1);
    reader.shows(".notice", "另一个标签页已换到新版");
    assert!(!is_new(&reader));
    reader.press("s");
    reader.until("the star is gone", "return !document.querySelector('.row.is-current.is-starred')");
    reader.press("?");
    reader.see("[role=dialog], .notices--part .notice");
    assert!(!is_new(&reader));
    reader.switch_tab(0);
    reader.until("the star is gone here too", "return !document.querySelector('.row.is-current.is-starred')");
    assert!(is_new(&reader));
    assert_eq!(database(&reader)[2]["highlights"][LABEL], json!(1_700_000_000_006_u64));
    reader.switch_tab(1);
    reader.reload();
    reader.settles(|| is_new(&reader), true);
    reader.see("#read .prose p");

    // The whole archive is still on the device, with what is new in it.
    reader.host.vanish();
    reader.goto(&format!("{}#/", reader.host.url()));
    reader.reload();
    reader.shows(".notice", "全部文章已下载");
    reader.finds(OLD + MORE);
    reader.read("新到第1篇");
    reader.see("#read .prose p");
    assert!(is_new(&reader));
}
