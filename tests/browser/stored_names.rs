//! The names that devices, links and other tabs hold: what an earlier version has written is read by every later one.
//!
//! They are written out here, and nothing of the code is asked for them. A test that fails after a change says that the
//! data of readers would be lost, or their links broken. Names in archives, sites and command lines are in
//! `tests/cli/stored_names.rs`.

use crate::archives::{demo, demo_split, thousands};
use crate::user_data::{data, import};
use crate::visit::{Reader, open, visit};
use serde_json::{Value, json};

/// The article that [`records`] is about, and the first words of its title.
const ID: &str = "henqqcecwtee";
/// Key of a label of this article.
const LABEL: &str = "henqqcecwtee 海 边";
const TITLE: &str = "雪线邮路";

/// A record of each kind, as in the file of the reader's data.
fn records() -> Value {
    json!({
        "highlights": {
            "k1": {
                "article": ID, "title": TITLE, "quote": "邮路", "before": "雪线", "after": "：一个人",
                "at": 6, "note": "批注", "time": 1_700_000_000_005_u64,
            },
        },
        "labels": { LABEL: 1_700_000_000_006_u64 },
        "positions": {
            ID: { "line": 1, "at": 2, "before": "前", "words": "后", "share": 250, "time": 1_700_000_000_003_u64 },
        },
        "reads": { ID: 1_700_000_000_002_u64 },
        "searches": { "灯塔": { "time": 1_700_000_000_004_u64, "build": "", "count": 0, "fresh": 0 } },
        "stars": { ID: 1_700_000_000_001_u64 },
    })
}

/// The same as a database holds it: by store and key. Texts are JSON; the kinds of which there are many lie in buckets.
fn stored(records: &Value) -> Value {
    let text = |kind: &str, key: &str| records[kind][key].clone();
    json!({
        // Labels are numbers in the store of highlights, where earlier releases leave them in place.
        "highlights": { "k1": text("highlights", "k1"), LABEL: text("labels", LABEL) },
        "positions": { "he": [ID, text("positions", ID)] },
        "reads": { "h": [ID, text("reads", ID)] },
        "searches": { "灯塔": text("searches", "灯塔") },
        "stars": { "h": [ID, text("stars", ID)] },
    })
}

/// The name and version of the only database, and all that it holds, with JSON read.
pub fn database(reader: &Reader) -> Value {
    reader.js_async(
        "const value = text => { try { return JSON.parse(text); } catch { return text; } };
         const read = stored => {
             if (typeof stored !== 'string') return stored;
             const lines = stored.split('\\n').map(line => /^[0-9a-z]{12} /.test(line) ? [line.slice(0, 12), value(line.slice(13))] : value(line));
             return lines.length === 1 ? lines[0] : lines;
         };
         indexedDB.databases().then(([{ name, version }, ...more]) => {
             const open = indexedDB.open(name);
             open.onsuccess = async () => {
                 const all = {};
                 for (const kind of open.result.objectStoreNames) {
                     all[kind] = {};
                     const store = open.result.transaction(kind).objectStore(kind);
                     const ask = request => new Promise(answer => { request.onsuccess = () => answer(request.result); });
                     const [keys, values] = [await ask(store.getAllKeys()), await ask(store.getAll())];
                     keys.forEach((key, at) => { all[kind][key] = read(values[at]); });
                 }
                 open.result.close();
                 done([name, version, all, more.length]);
             };
         })",
    )
}

/// Makes a database that has these texts and numbers by store and key, as an earlier visit would have left it.
pub fn put_database(reader: &Reader, stores: &Value) {
    let done = reader.js_async(&format!(
        "const stores = {stores};
         const open = indexedDB.open('sheaf:/', 2);
         open.onupgradeneeded = () => Object.keys(stores).forEach(name => open.result.createObjectStore(name));
         open.onsuccess = () => {{
             const writing = open.result.transaction(Object.keys(stores), 'readwrite');
             for (const [name, records] of Object.entries(stores))
                 for (const [key, value] of Object.entries(records)) writing.objectStore(name).put(value, key);
             writing.oncomplete = () => {{ open.result.close(); done(true); }};
         }}"
    ));
    assert_eq!(done, json!(true));
}

/// At a page of the site's host that is not the app.
fn beside(reader: &Reader) {
    reader.host.put("empty.html", "<!doctype html><title>empty</title>");
    reader.goto(&format!("{}empty.html", reader.host.url()));
}

/// The class names of the row of [`TITLE`].
fn has_class(reader: &Reader, class: &str) -> bool {
    let script = format!(
        "return [...document.querySelectorAll('.row.{class}')].some(row => row.textContent.includes('{TITLE}'))"
    );
    reader.js(&script) == json!(true)
}

#[test]
fn an_imported_file_is_stored_by_these_names_and_exported_again() {
    let reader = visit(demo()).ready();
    reader.catch_files();
    reader.open("");
    let file = json!({ "sheaf": "kept", "version": 1, "archive": "潮汐集", "records": records() });
    data(&reader);
    import(&reader, &file.to_string());
    reader.shows("[role=dialog] [role=status]", "已导入 6 条");
    // The search is counted as soon as it is there.
    let expected = |found: &Value| {
        let mut records = records();
        for name in ["build", "count"] {
            records["searches"]["灯塔"][name] = found["searches"]["灯塔"][name].clone();
        }
        records
    };
    let found = reader.rests(|| database(&reader));
    assert_eq!(found, json!(["sheaf:/", 2, stored(&expected(&found[2])), 0]));
    reader.click_text("[role=dialog] .btn", "导出");
    let saved = reader.until("the file is saved", "return window.saved");
    let saved: Value = serde_json::from_str(saved.as_str().unwrap()).unwrap();
    assert_eq!(
        saved,
        json!({ "sheaf": "kept", "version": 1, "archive": "潮汐集", "records": expected(&found[2]) })
    );
    let name = reader.js("return window.saved_as").as_str().unwrap().to_owned();
    assert!(name.ends_with(".json"), "{name}");
}

#[test]
fn a_database_of_an_earlier_visit_is_read() {
    let reader = visit(demo()).ready();
    beside(&reader);
    let records = records();
    let line = |kind: &str| format!("{ID} {}", records[kind][ID]);
    put_database(
        &reader,
        &json!({
            "stars": { "h": line("stars") },
            "reads": { "h": line("reads") },
            "positions": { "he": line("positions") },
            "searches": { "灯塔": records["searches"]["灯塔"].to_string() },
            "highlights": { "k1": records["highlights"]["k1"].to_string() },
        }),
    );
    reader.open(&format!("#/a/{ID}"));
    reader.article(TITLE);
    reader.settles(|| has_class(&reader, "is-starred") && has_class(&reader, "is-read"), true);
    reader.shows(".rail", "灯塔");
    reader.settles(|| reader.highlighted("annotation").concat(), "邮路".to_owned());
    let found = reader.rests(|| database(&reader));
    assert_eq!(found[2]["stars"], json!({ "h": [ID, 1_700_000_000_001_u64] }));
}

/// The first version of the database had a record for each star, mark and position.
#[test]
fn a_database_of_version_1_is_read_and_put_in_order() {
    let reader = visit(demo()).ready();
    beside(&reader);
    let records = records();
    put_database(
        &reader,
        &json!({
            "stars": { ID: records["stars"][ID] },
            "reads": { ID: records["reads"][ID] },
            "positions": { ID: records["positions"][ID].to_string() },
            "searches": {},
            "highlights": {},
        }),
    );
    reader.open(&format!("#/a/{ID}"));
    reader.settles(|| has_class(&reader, "is-starred") && has_class(&reader, "is-read"), true);
    reader.settles(|| database(&reader)[2]["stars"].clone(), json!({ "h": [ID, 1_700_000_000_001_u64] }));
}

#[test]
fn tabs_tell_each_other_in_these_words() {
    let reader = open(demo());
    reader
        .js("window.heard = []; new BroadcastChannel('sheaf:/').onmessage = event => heard.push(event.data)");
    let heard = || reader.js("return heard.splice(0)");
    let hears = |words: Value| reader.settles(heard, words);
    reader.open(&format!("#/a/{ID}"));
    reader.article(TITLE);
    reader.press("s");
    reader.settles(|| has_class(&reader, "is-starred"), true);
    hears(json!([format!("stars {ID}")]));
    reader.press("m");
    hears(json!([format!("reads {ID}")]));
    // Another tab has taken the star away.
    let taken = reader.js_async(&format!(
        "const open = indexedDB.open('sheaf:/');
         open.onsuccess = () => {{
             const writing = open.result.transaction('stars', 'readwrite');
             writing.objectStore('stars').delete('h');
             writing.oncomplete = () => {{
                 open.result.close();
                 new BroadcastChannel('sheaf:/').postMessage('stars {ID}');
                 done(true);
             }};
         }}"
    ));
    assert_eq!(taken, json!(true));
    reader.settles(|| has_class(&reader, "is-starred"), false);
    assert!(has_class(&reader, "is-read"));
    heard();
    // Many at once.
    let stars: serde_json::Map<_, _> = (0..201).map(|n| (format!("{n:012}"), json!(n))).collect();
    let file = json!({ "sheaf": "kept", "version": 1, "records": { "stars": stars } });
    data(&reader);
    import(&reader, &file.to_string());
    hears(json!(["much"]));
    reader.click_text("[role=dialog] .btn", "清除全部");
    reader.click_text("[role=dialog] .btn", "确认清除");
    hears(json!(["erased"]));
    // And another tab says so.
    reader.press("Escape");
    reader.press("s");
    reader.settles(|| has_class(&reader, "is-starred"), true);
    reader.js_async("indexedDB.deleteDatabase('sheaf:/').onsuccess = () => { new BroadcastChannel('sheaf:/').postMessage('erased'); done(0); }");
    reader.settles(|| has_class(&reader, "is-starred"), false);
}

#[test]
fn settings_are_kept_by_these_names() {
    let settings = json!({
        "theme": "sepia", "size": "20", "face": "sans", "leading": "loose", "measure": "28", "indent": "on",
        "ragged": "on", "images": "tap", "script": "zh-Hant-TW", "lang": "zh-Hans",
    });
    let reader = visit(demo()).ready();
    beside(&reader);
    reader.js(&format!("localStorage.setItem('sheaf', JSON.stringify({settings}))"));
    reader.open("");
    // Every one is an attribute of the page, by which it is set.
    let shown = "const { gone, early, ...shown } = document.documentElement.dataset; return shown";
    let shown = || reader.js(shown);
    for (name, value) in settings.as_object().unwrap() {
        assert_eq!(&shown()[name], value, "data-{name}");
    }
    // What is not understood would be lost as soon as another one is changed.
    reader.press("d");
    let kept = || reader.js("return JSON.parse(localStorage.getItem('sheaf'))");
    let mut wanted = settings.clone();
    wanted["density"] = json!("compact");
    reader.settles(kept, wanted);
    for (name, values) in [
        ("theme", &["auto", "light", "sepia", "dark", "black"][..]),
        ("size", &["16", "17", "18", "19", "20", "22", "24"]),
        ("leading", &["tight", "loose"]),
        ("measure", &["28", "34", "38"]),
        ("images", &["on", "tap", "off"]),
        ("script", &["zh-Hans", "zh-Hant-TW", "zh-Hant-HK"]),
        ("lang", &["zh-Hans", "zh-Hant", "en"]),
    ] {
        for value in values {
            reader.js(&format!(
                "localStorage.setItem('sheaf', JSON.stringify({{ theme: 'auto', {name}: '{value}' }}))"
            ));
            reader.reload();
            reader.see(".row__a");
            reader.press("d");
            reader.settles(|| kept()["density"].clone(), json!("compact"));
            assert_eq!(kept()[name], json!(value), "{name}");
        }
    }
    // Without letter keys, and with nothing kept at all.
    reader.js(
        "localStorage.setItem('sheaf', JSON.stringify({ theme: 'auto', keys: 'off', density: 'compact' }))",
    );
    reader.reload();
    reader.see(".row__a");
    reader.press("d");
    assert_eq!(reader.rests(kept), json!({ "theme": "auto", "keys": "off", "density": "compact" }));
    reader.js("localStorage.setItem('sheaf', JSON.stringify({ forget: 'on' }))");
    reader.reload();
    reader.see(".row__a");
    reader.press("s");
    reader.see(".row.is-starred");
    reader.reload();
    reader.see(".row__a");
    assert_eq!(reader.rests(|| reader.count(".row.is-starred")), 0);
    assert_eq!(reader.js("return localStorage.getItem('sheaf')"), json!(r#"{"forget":"on"}"#));
}

#[test]
fn searches_and_voices_are_kept_by_these_names() {
    let reader = open(demo());
    let kept = |name: &str| reader.js(&format!("return localStorage.getItem('{name}')"));
    for word in ["灯塔", "渡口"] {
        reader.search(word);
        reader.press("Enter");
        reader.settles(|| kept("sheaf.recent").as_str().unwrap_or_default().starts_with(word), true);
    }
    assert_eq!(kept("sheaf.recent"), json!("渡口\n灯塔"));
    reader.js("localStorage.setItem('sheaf.recent', '邮路\\n图书馆')");
    reader.search("");
    reader.click(".find__i");
    reader.shows("body", "邮路");
}

#[test]
fn links_of_earlier_versions_lead_where_they_led() {
    let reader = open(demo());
    let leads = |fragment: &str, script: &str| {
        reader.goto(&format!("{}{fragment}", reader.host.url()));
        reader.until(fragment, script);
        assert_eq!(reader.hash(), fragment);
    };
    let article =
        format!("return (document.querySelector('#read h1')?.textContent ?? '').includes('{TITLE}')");
    leads(&format!("#/a/{ID}"), &article);
    leads(&format!("#/a/{ID}?q=灯塔&sort=oldest"), &article);
    // Alone, without the list beside it.
    leads(&format!("#/read/{ID}"), &format!("{article} && !document.querySelector('.row__a')?.offsetParent"));
    let titles = |fragment: &str, count: usize| {
        leads(fragment, "return !!document.querySelector('.row__a')?.offsetParent");
        reader.finds(count);
        reader.rests(|| reader.titles())
    };
    let of = |sort: &str| titles(&format!("#/?q=灯塔&sort={sort}"), 6);
    let (newest, mut oldest, relevant) = (of("newest"), of("oldest"), of("relevance"));
    assert_ne!(newest, relevant);
    oldest.reverse();
    assert_eq!(newest, oldest);
    assert_eq!(titles("#/?q=灯塔", 6), relevant);
    assert_ne!(titles("#/?sort=oldest", 40)[0], titles("#/", 40)[0]);
    for page in ["#/day/2023-12-08", "#/day/2023-12", "#/about", "#/passages"] {
        leads(page, "return !!document.querySelector('#page')");
    }
}

#[test]
fn marks_are_searched_for_in_every_spelling() {
    let reader = open(demo());
    let titles = reader.titles();
    // One with a star and a note, another one read.
    let other = json!({ "stars": { ID: 1 }, "highlights": records()["highlights"] });
    let file = json!({ "sheaf": "kept", "version": 1, "records": other });
    data(&reader);
    import(&reader, &file.to_string());
    reader.shows("[role=dialog] [role=status]", "已导入 2 条");
    reader.press("Escape");
    reader.read(&titles[3]);
    reader.press("m");
    for (spellings, count) in [
        (&["unread", "未读", "未讀"][..], 39),
        (&["read", "已读", "已讀"], 1),
        (&["starred", "收藏", "已收藏"], 1),
        (&["noted", "有批注", "有批註", "划线", "劃線"], 1),
    ] {
        for name in ["is", "状态", "狀態"] {
            for spelling in spellings {
                reader.open(&format!("#/?q={name}:{spelling}"));
                reader.finds(count);
            }
        }
    }
}

/// What a page asks the worker of its site for: an open tab of an earlier version asks a later worker.
#[test]
fn the_worker_understands_these_words() {
    let reader = visit(demo_split()).kept().open("");
    reader.until("the worker is there", "return !!navigator.serviceWorker.controller");
    let ask = |message: Value| {
        reader.js_async(&format!(
            "const channel = new MessageChannel();
             channel.port1.onmessage = event => done(event.data);
             navigator.serviceWorker.controller.postMessage({message}, [channel.port2])"
        ))
    };
    let names = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    let state = ["articles", "core", "files", "left", "version", "wish"].map(str::to_owned).to_vec();
    let first = ask(json!({ "do": "state" }));
    assert_eq!((names(&first), &first["articles"], &first["wish"]), (state.clone(), &json!(40), &json!("")));
    assert_eq!(names(&ask(json!({ "do": "kept" }))), ["paths"]);
    assert_eq!(ask(json!({ "do": "read", "paths": "archive/none\n" })), json!({ "error": "NotFoundError" }));
    let wished = ask(json!({ "do": "wish", "wish": "on" }));
    assert_eq!((names(&wished), &wished["wish"]), (state.clone(), &json!("on")));
    let kept = ask(json!({ "do": "keep" }));
    assert_eq!(names(&kept), ["error", "left", "wish"]);
    reader.settles(|| ask(json!({ "do": "keep" }))["left"].clone(), json!(0));
    let caches = reader.js_async(
        "(async () => {
             const all = {};
             for (const name of await caches.keys()) {
                 const keys = await (await caches.open(name)).keys();
                 all[name] = keys.map(key => key.url);
             }
             return all;
         })().then(done)",
    );
    let home = reader.host.url();
    let version = first["version"].as_str().unwrap();
    assert_eq!(names(&caches), [format!("sheaf {home} {version}"), format!("sheaf {home} files")].sorted());
    let files = caches[format!("sheaf {home} files")].to_string();
    assert!(files.contains(&format!("\"{home}?wish\"")) && files.contains("/archive/"), "{files}");
    let core = caches[format!("sheaf {home} {version}")].to_string();
    for path in ["index.html", "archive.json", "manifest.webmanifest"] {
        assert!(core.contains(&format!("\"{home}{path}\"")), "{path} is not in {core}");
    }
    for wish in ["paused", ""] {
        assert_eq!(ask(json!({ "do": "wish", "wish": wish }))["wish"], json!(wish));
    }
    assert_eq!(names(&ask(json!({ "do": "drop" }))), state);
    assert_eq!(ask(json!({ "do": "take" })), json!({}));
    assert_eq!(ask(json!({ "do": "what is new" })), json!({ "error": "TypeError" }));
}

trait Sorted {
    fn sorted(self) -> Vec<String>;
}

impl<const N: usize> Sorted for [String; N] {
    fn sorted(self) -> Vec<String> {
        let mut names = self.to_vec();
        names.sort();
        names
    }
}

#[test]
fn the_history_notes_a_place_by_these_names() {
    let reader = open(thousands());
    reader.scroll(2_345);
    let state = reader.js("return history.state");
    let names: Vec<&String> = state.as_object().unwrap().keys().collect();
    assert_eq!(names, ["fromList", "id", "offset", "over"]);
    assert_eq!((&state["fromList"], &state["over"]), (&json!(false), &json!(false)));
}
