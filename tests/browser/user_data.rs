//! User data: stars, read marks, positions, saved searches.

use crate::archives::demo;
use crate::driver::Feature;
use crate::visit::{Reader, open, open_menu, open_on_phone, visit};
use serde_json::json;

/// Returns true if the row with this title has a class.
fn is(reader: &Reader, title: &str, class: &str) -> bool {
    let script = format!(
        "const row = [...document.querySelectorAll('.row')].find(row => row.querySelector('.row__h')?.textContent.includes({}));
         return row?.classList.contains({}) ?? false",
        json!(title),
        json!(class)
    );
    reader.js(&script) == json!(true)
}

/// Waits until the row with this title has or lacks a class.
fn becomes(reader: &Reader, title: &str, class: &str, wanted: bool) {
    reader.settles(|| is(reader, title, class), wanted);
}

/// Waits until the database holds this number of records of a kind, single or in buckets.
pub fn stored(reader: &Reader, kind: &str, count: usize) {
    let script = format!(
        "indexedDB.databases().then(list => {{
             // Opening a database that was just erased would create it.
             const found = list.find(({{ name }}) => name.startsWith('sheaf:'));
             if (!found) return done(0);
             const open = indexedDB.open(found.name);
             open.onsuccess = () => {{
                 if (!open.result.objectStoreNames.contains('{kind}')) {{ open.result.close(); return done(0); }}
                 const request = open.result.transaction('{kind}').objectStore('{kind}').getAll();
                 request.onsuccess = () => {{
                     open.result.close();
                     const lines = value => typeof value == 'string' ? value.split('\\n').length : 1;
                     done(request.result.reduce((sum, value) => sum + lines(value), 0));
                 }};
             }};
         }})"
    );
    reader.settles(|| reader.js_async(&script), json!(count));
}

/// Returns the centre of the first fully visible row.
fn a_row(reader: &Reader) -> (f64, f64, String) {
    let found = reader.js(
        "for (const row of document.querySelectorAll('.row')) {
             const box = row.getBoundingClientRect();
             if (box.top > 0 && box.bottom < innerHeight - 90)
                 return [box.left + box.width / 2, box.top + box.height / 2, row.querySelector('.row__h').textContent];
         }",
    );
    (found[0].as_f64().unwrap(), found[1].as_f64().unwrap(), found[2].as_str().unwrap().to_owned())
}

#[test]
fn stars_and_read_marks_persist() {
    let reader = open(demo());
    let titles = reader.titles();
    reader.press("j");
    reader.article(&titles[1]);
    reader.press("s");
    becomes(&reader, &titles[1], "is-starred", true);
    reader.press("m");
    becomes(&reader, &titles[1], "is-read", true);
    stored(&reader, "reads", 1);
    reader.reload();
    becomes(&reader, &titles[1], "is-starred", true);
    becomes(&reader, &titles[1], "is-read", true);
    becomes(&reader, &titles[2], "is-unread", true);
    let said =
        reader.js("return document.querySelector('.row.is-starred .row__h').nextElementSibling.textContent");
    assert_eq!(said, json!("已读、已收藏"));
    let name = reader.js_async("indexedDB.databases().then(list => done(list.map(one => one.name)))");
    assert_eq!(name, json!(["sheaf:/"]));
}

#[test]
fn last_action_can_be_undone() {
    let reader = open(demo());
    let titles = reader.titles();
    reader.press("s");
    reader.shows(".notice", "已收藏");
    reader.press("m");
    reader.shows(".notice", "已标为已读");
    assert_eq!(reader.count(".notice"), 1);
    reader.click_text(".notice .link", "撤销");
    becomes(&reader, &titles[0], "is-unread", true);
    becomes(&reader, &titles[0], "is-starred", true);
    reader.gone(".notice");
    reader.press("s");
    becomes(&reader, &titles[0], "is-starred", false);
    reader.press("z");
    becomes(&reader, &titles[0], "is-starred", true);
    stored(&reader, "stars", 1);
    stored(&reader, "reads", 0);
}

#[test]
fn row_buttons_toggle_flags() {
    let reader = open(demo());
    let titles = reader.titles();
    reader.js("document.querySelectorAll('.row')[1].querySelector('[data-mark=star]').click()");
    becomes(&reader, &titles[1], "is-starred", true);
    let pressed = reader.attribute(".row.is-starred [data-mark=star]", "aria-pressed");
    assert_eq!(pressed.as_deref(), Some("true"));
    reader.click(".bar [data-mark=star]");
    becomes(&reader, &titles[0], "is-starred", true);
    assert_eq!(reader.hash(), "");
}

#[test]
fn article_scrolled_to_end_is_marked_read() {
    let reader = open(demo());
    let titles = reader.titles();
    reader.read(&titles[2]);
    assert!(is(&reader, &titles[2], "is-unread"));
    reader.js("const pane = document.querySelector('#pane'); pane.scrollTop = pane.scrollHeight");
    becomes(&reader, &titles[2], "is-read", true);
    assert!(!reader.has(".notice"), "reading shows no undo toast");
    assert!(is(&reader, &titles[0], "is-unread"), "an unopened article in the pane stays unread");
}

#[test]
fn row_gestures_toggle_flags_and_open_menu() {
    let reader = open_on_phone(demo());
    if !reader.can(Feature::Touch) {
        return;
    }
    let (x, y, title) = a_row(&reader);
    reader.sweep((x, y), (x + 120.0, y + 4.0));
    becomes(&reader, &title, "is-starred", true);
    reader.sweep((x, y), (x - 120.0, y + 4.0));
    becomes(&reader, &title, "is-read", true);
    reader.sweep((x, y), (x + 30.0, y));
    assert!(is(&reader, &title, "is-starred"), "a short swipe has no effect");
    reader.sweep((x, y), (x, y - 60.0));
    assert!(is(&reader, &title, "is-read"));
    assert!(!reader.has("#read"), "a swipe opens no article");

    let (x, y, title) = a_row(&reader);
    let was = is(&reader, &title, "is-starred");
    reader.hold((x, y), "[role=dialog]");
    reader.shows("[role=dialog] h2", title.trim());
    reader.click_text("[role=dialog] .opt", "收藏");
    becomes(&reader, &title, "is-starred", !was);
    reader.gone("[role=dialog]");
    stored(&reader, "stars", if was { 0 } else { 2 });
}

#[test]
fn bottom_bar_has_star() {
    let reader = open_on_phone(demo());
    let (_, _, title) = a_row(&reader);
    reader.read(&title);
    reader.click(".tool [data-mark=star]");
    reader.see(".tool [data-mark=star][aria-pressed=true]");
    reader.shows(".notice", "已收藏");
    reader.back();
    becomes(&reader, &title, "is-starred", true);
}

#[test]
fn tabs_are_synchronised() {
    let reader = open(demo());
    let titles = reader.titles();
    let url = reader.url();
    reader.press("s");
    stored(&reader, "stars", 1);
    reader.new_tab();
    reader.goto(&url);
    becomes(&reader, &titles[0], "is-starred", true);
    reader.press("j");
    reader.article(&titles[1]);
    reader.press("s");
    becomes(&reader, &titles[1], "is-starred", true);
    reader.switch_tab(0);
    becomes(&reader, &titles[1], "is-starred", true);
    reader.press("s");
    becomes(&reader, &titles[0], "is-starred", false);
    reader.switch_tab(1);
    becomes(&reader, &titles[0], "is-starred", false);
    stored(&reader, "stars", 1);
}

#[test]
fn concurrent_writes_of_tabs_are_kept() {
    let reader = open(demo());
    let url = reader.url();
    let titles = reader.titles();
    // Each tab sets flags when told to; a background tab is told at once.
    let wait = |rows: &str| {
        reader.js(&format!(
            "window.marked = false;
             new BroadcastChannel('now').onmessage = () => {{
                 [...document.querySelectorAll('.row [data-mark=star]')].slice({rows}).forEach(button => button.click());
             }}"
        ));
    };
    wait("0, 3");
    reader.new_tab();
    reader.goto(&url);
    reader.see(".row__a");
    wait("3, 6");
    reader.js("const channel = new BroadcastChannel('now'); channel.postMessage(0)");
    stored(&reader, "stars", 6);
    for tab in [1, 0] {
        reader.switch_tab(tab);
        titles[..6].iter().for_each(|title| becomes(&reader, title, "is-starred", true));
    }
    reader.reload();
    titles[..6].iter().for_each(|title| becomes(&reader, title, "is-starred", true));
}

#[test]
fn unreadable_records_are_kept_and_reported() {
    let reader = open(demo());
    let titles = reader.titles();
    reader.press("s");
    stored(&reader, "stars", 1);
    let damage = "const open = indexedDB.open('sheaf:/');
         open.onsuccess = () => {
             const change = open.result.transaction(['stars', 'highlights'], 'readwrite');
             change.objectStore('stars').put({ no: 'time' }, 'neither id');
             change.objectStore('highlights').put('{\"article\":', 'torn');
             change.objectStore('highlights').put(new ArrayBuffer(8), 'bytes');
             change.oncomplete = () => { open.result.close(); done(true); };
         }";
    assert_eq!(reader.js_async(damage), json!(true));
    reader.reload();
    becomes(&reader, &titles[0], "is-starred", true);
    data(&reader);
    reader.shows("[role=dialog]", "有 3 条记录无法读取");
    // Cancelling the file dialog changes nothing.
    reader.js("document.querySelector('[role=dialog] [type=file]').dispatchEvent(new Event('cancel', { bubbles: true }))");
    reader.shows("[role=dialog]", "有 3 条记录无法读取");
    reader.press("Escape");
    reader.press("s");
    becomes(&reader, &titles[0], "is-starred", false);
    stored(&reader, "highlights", 2);
}

#[test]
fn version_1_database_is_migrated() {
    let reader = open(demo());
    let titles = reader.titles();
    let ids = reader.js("return [...document.querySelectorAll('.row__a')].map(link => link.getAttribute('href').match(/[0-9a-z]{12}/)[0])");
    let id = |row: usize| ids[row].as_str().unwrap();
    // Records of version 1: one for each star, mark and position.
    let store = format!(
        "const gone = indexedDB.deleteDatabase('sheaf:/');
         gone.onsuccess = () => {{
             const open = indexedDB.open('sheaf:/', 1);
             open.onupgradeneeded = () => {{
                 for (const kind of ['stars', 'reads', 'positions', 'searches', 'highlights']) open.result.createObjectStore(kind);
             }};
             open.onsuccess = () => {{
                 const change = open.result.transaction(['stars', 'reads', 'positions', 'searches'], 'readwrite');
                 const place = {{ line: 1, at: 0, before: '', words: '', share: 500, time: 1 }};
                 change.objectStore('stars').put(1, '{0}');
                 change.objectStore('stars').put({{ no: 'time' }}, '{1}');
                 change.objectStore('reads').put(2, '{0}');
                 change.objectStore('reads').put(3, '{1}');
                 change.objectStore('positions').put(JSON.stringify(place), '{2}');
                 change.objectStore('searches').put('{{\"time\":1,\"build\":\"\",\"count\":0,\"fresh\":0}}', '灯塔');
                 change.oncomplete = () => {{ open.result.close(); done(true); }};
             }};
         }}",
        id(0),
        id(1),
        id(2)
    );
    assert_eq!(reader.js_async(&store), json!(true));
    for _ in 0..2 {
        reader.reload();
        becomes(&reader, &titles[0], "is-starred", true);
        becomes(&reader, &titles[0], "is-read", true);
        becomes(&reader, &titles[1], "is-read", true);
        becomes(&reader, &titles[1], "is-starred", false);
    }
    // All records are in buckets, except the unreadable one.
    let keys = "const open = indexedDB.open('sheaf:/');
         open.onsuccess = () => {
             const reads = open.result.transaction('reads').objectStore('reads').getAllKeys();
             reads.onsuccess = () => { open.result.close(); done(reads.result.every(key => key.length == 1)); };
         }";
    assert_eq!(reader.js_async(keys), json!(true));
    for (kind, count) in [("stars", 2), ("reads", 2), ("positions", 1), ("searches", 1)] {
        stored(&reader, kind, count);
    }
    data(&reader);
    reader.shows("[role=dialog]", "有 1 条记录无法读取");
}

/// Waits until the app has opened its database, which it does after the list is shown.
fn database_opens(reader: &Reader) {
    let is_open = "const look = () => indexedDB.databases().then(all =>
         all.some(one => one.name === 'sheaf:/' && one.version > 0) ? done(true) : setTimeout(look, 50));
         look();";
    assert_eq!(reader.js_async(is_open), json!(true));
}

#[test]
fn incomplete_database_shows_a_warning() {
    let reader = open(demo());
    let titles = reader.titles();
    reader.press("s");
    stored(&reader, "stars", 1);
    reader.goto("about:blank");
    reader.goto(&reader.host.url());
    reader.see(".row__a");
    database_opens(&reader);
    let lacking = "const gone = indexedDB.deleteDatabase('sheaf:/');
         gone.onsuccess = () => {
             const open = indexedDB.open('sheaf:/', 2);
             open.onupgradeneeded = () => open.result.createObjectStore('stars');
             open.onsuccess = () => { open.result.close(); done(true); };
         }";
    assert_eq!(reader.js_async(lacking), json!(true));
    reader.reload();
    reader.shows(".notices", "本机的记录无法读取");
    reader.press("s");
    becomes(&reader, &titles[0], "is-starred", true);
}

/// Checks that flags still work and a warning is shown when the database fails in this way.
fn fails(script: &str, said: &str) {
    let reader = visit(demo()).ready();
    reader.at_start(script);
    reader.open("");
    let titles = reader.titles();
    reader.press("s");
    becomes(&reader, &titles[0], "is-starred", true);
    reader.shows(".notices", said);
    reader.click(".notices .notice:first-child .ib");
    reader.press("m");
    becomes(&reader, &titles[0], "is-read", true);
    assert!(!reader.text(".notices").contains(said), "a dismissed warning does not return");
    reader.reload();
    becomes(&reader, &titles[0], "is-starred", false);
}

#[test]
fn missing_database_shows_a_warning() {
    fails(
        "Object.defineProperty(window, 'indexedDB', { get() { throw new DOMException('no', 'SecurityError') } })",
        "浏览器不允许本站保存数据",
    );
}

#[test]
fn quota_exceeded_shows_a_warning() {
    fails(
        "IDBObjectStore.prototype.put = () => { throw new DOMException('full', 'QuotaExceededError') }",
        "本机空间不足",
    );
}

#[test]
fn newer_database_is_left_unchanged() {
    let reader = open_on_phone(demo());
    database_opens(&reader);
    let newer = "const open = indexedDB.open('sheaf:/', 99);
         open.onupgradeneeded = () => open.result.createObjectStore('other');
         open.onsuccess = () => { open.result.close(); done(true); }";
    assert_eq!(reader.js_async(newer), json!(true));
    reader.reload();
    reader.shows(".notices", "较新版本");
    let kept = "const open = indexedDB.open('sheaf:/');
         open.onsuccess = () => { const { version, objectStoreNames } = open.result; open.result.close();
             done([version, [...objectStoreNames]]); }";
    assert_eq!(
        reader.js_async(kept),
        json!([99, ["highlights", "other", "positions", "reads", "searches", "stars"]])
    );
}

/// Script that returns the text at the upper edge of the article.
const AT_EDGE: &str = "
    const pane = document.querySelector('#read').closest('#pane');
    const top = pane ? pane.getBoundingClientRect().top + 8 : innerWidth < 720 ? 16 : 72;
    for (const line of document.querySelectorAll('#read [data-line]')) {
        const walker = document.createTreeWalker(line, 4);
        const range = document.createRange();
        for (let node; node = walker.nextNode();)
            for (let at = 0; at < node.length; at += 1) {
                range.setStart(node, at); range.setEnd(node, at + 1);
                const box = range.getBoundingClientRect();
                if (box.height && box.bottom > top + 6) return [line.dataset.line, line.textContent.indexOf(node.data) + at];
            }
    }
    return null;";

/// Scrolls the article once its position is stable.
fn scroll(reader: &Reader, to: u32) {
    reader.rests(|| reader.number("return scrollY"));
    reader.js(&format!("scrollTo(0, {to})"));
}

/// Waits until the position is stored and returns it.
fn left(reader: &Reader) -> serde_json::Value {
    stored(reader, "positions", 1);
    reader.rests(|| reader.js(AT_EDGE))
}

/// Returns true if two positions differ by less than a line.
fn near(one: &serde_json::Value, other: &serde_json::Value) -> bool {
    let at = |place: &serde_json::Value| place[1].as_i64().unwrap();
    one[0] == other[0] && (at(one) - at(other)).abs() < 40
}

#[test]
fn reading_position_is_restored_on_any_screen() {
    let reader = open_on_phone(demo());
    let (_, _, title) = a_row(&reader);
    reader.read(&title);
    scroll(&reader, 700);
    let place = left(&reader);
    assert_ne!(place, json!(null));
    reader.back();
    reader.until(
        "the row says how far",
        "return !![...document.querySelectorAll('.row__m')].find(e => e.innerText.includes('读到'))",
    );
    reader.read(&title);
    reader.settles(|| reader.js(AT_EDGE), place.clone());
    reader.reload();
    reader.article(&title);
    reader.settles(|| reader.js(AT_EDGE), place.clone());
    // After larger text and a wider page, the same text stays at the edge.
    reader.resize(500, 844);
    reader.settles(|| near(&reader.js(AT_EDGE), &place), true);
    reader.resize(900, 844);
    reader.settles(|| near(&reader.js(AT_EDGE), &place), true);
    reader.resize(1300, 844);
    reader.settles(|| near(&reader.js(AT_EDGE), &place), true);
}

#[test]
fn text_size_change_keeps_position() {
    let reader = open_on_phone(demo());
    let (_, _, title) = a_row(&reader);
    reader.read(&title);
    scroll(&reader, 700);
    let place = left(&reader);
    reader.press("a");
    reader.see(".aa");
    let size = "return parseFloat(getComputedStyle(document.querySelector('#read .prose p')).fontSize)";
    let before = reader.number(size);
    reader.click("[role=dialog] [aria-label='增大字号']");
    reader.click("[role=dialog] [aria-label='增大字号']");
    reader.until("letters are larger", &format!("{size} > {before}"));
    reader.settles(|| near(&reader.js(AT_EDGE), &place), true);
}

#[test]
fn finished_article_opens_at_top() {
    let reader = open(demo());
    let titles = reader.titles();
    reader.read(&titles[0]);
    reader.js("document.querySelector('#pane').scrollTop = 300");
    stored(&reader, "positions", 1);
    reader.js("const pane = document.querySelector('#pane'); pane.scrollTop = pane.scrollHeight");
    becomes(&reader, &titles[0], "is-read", true);
    stored(&reader, "positions", 0);
}

#[test]
fn status_filters_narrow_list() {
    let reader = open(demo());
    let titles = reader.titles();
    reader.press("s");
    reader.press("j");
    reader.article(&titles[1]);
    reader.press("m");
    becomes(&reader, &titles[1], "is-read", true);
    let counts = || reader.texts(".rail .facet:first-child .fv__n");
    reader.settles(counts, ["40", "39", "1", "1"].map(str::to_owned).to_vec());
    reader.click_text(".rail .fv", "收藏");
    reader.finds(1);
    assert_eq!(reader.titles(), [titles[0].clone()]);
    assert!(reader.hash().ends_with("?q=is:starred"), "{}", reader.hash());
    reader.shows(".chip", "收藏");
    reader.click_text(".rail .fv", "全部");
    reader.finds(40);
    reader.click_text(".rail .fv", "未读");
    reader.finds(39);
    // An article outside the list is followed by the list's first, which stays when it is marked.
    reader.press("j");
    reader.article(&titles[0]);
    reader.press("m");
    becomes(&reader, &titles[0], "is-read", true);
    reader.finds(39);
    reader.click_text(".rail .fv", "已读");
    reader.finds(2);
    reader.search("状态:收藏 灯塔");
    reader.finds(1);
}

#[test]
fn bulk_actions_mark_whole_list() {
    let reader = open(demo());
    reader.press("s");
    reader.search("灯塔");
    reader.finds(6);
    reader.press("Escape");
    open_menu(&reader);
    reader.shows("[role=dialog] h2", "6");
    // Nothing is read, so one line is dimmed: its action would only replace the last undo.
    assert_eq!(reader.texts("[role=dialog] .opt:disabled"), ["全部标为未读"]);
    reader.click_text("[role=dialog] .opt", "全部标为已读");
    reader.shows(".notice", "6 篇已标为已读");
    stored(&reader, "reads", 6);
    reader.click_text(".notice .link", "撤销");
    stored(&reader, "reads", 0);
    open_menu(&reader);
    reader.click_text("[role=dialog] .opt", "全部收藏");
    stored(&reader, "stars", 6);
    reader.reload();
    reader.until("six stars", "return document.querySelectorAll('.row.is-starred').length === 6");
}

#[test]
fn continue_reading_row_opens_last_article() {
    let reader = open_on_phone(demo());
    let (_, _, title) = a_row(&reader);
    reader.read(&title);
    scroll(&reader, 700);
    let place = left(&reader);
    reader.back();
    reader.shows(".goon", title.trim());
    reader.reload();
    reader.shows(".goon", "读到");
    reader.click(".goon");
    reader.article(&title);
    reader.settles(|| reader.js(AT_EDGE), place.clone());
}

/// Opens the user data dialog.
pub fn data(reader: &Reader) {
    open_menu(reader);
    reader.click_text("[role=dialog] .opt", "我的数据");
    reader.shows("[role=dialog] h2", "我的数据");
}

/// Imports a file in the dialog.
pub fn import(reader: &Reader, text: &str) {
    reader.js(&format!(
        "const input = document.querySelector('[role=dialog] input[type=file]');
         const files = new DataTransfer();
         files.items.add(new File([{}], 'a.json'));
         input.files = files.files;
         input.dispatchEvent(new Event('change', {{ bubbles: true }}))",
        json!(text)
    ));
}

#[test]
fn export_and_import_round_trip() {
    let reader = visit(demo()).ready();
    reader.catch_files();
    reader.open("");
    let titles = reader.titles();
    reader.press("s");
    reader.press("m");
    stored(&reader, "reads", 1);
    data(&reader);
    reader.click_text("[role=dialog] .btn", "导出");
    let saved = reader.until("the file is saved", "return window.saved");
    let saved = saved.as_str().unwrap();
    assert!(saved.starts_with(r#"{"sheaf":"kept","version":1,"#), "{saved}");
    reader.click_text("[role=dialog] .btn", "清除全部");
    reader.click_text("[role=dialog] .btn", "确认清除");
    becomes(&reader, &titles[0], "is-starred", false);
    reader.shows("[role=dialog]", "本机的记录已全部清除");
    import(&reader, saved);
    reader.shows("[role=dialog] [role=status]", "已导入 2 条");
    becomes(&reader, &titles[0], "is-starred", true);
    becomes(&reader, &titles[0], "is-read", true);
    stored(&reader, "stars", 1);
    import(&reader, &saved[..saved.len() / 2]);
    reader.shows("[role=dialog] [role=status]", "文件不完整");
    import(&reader, r#"{"sheaf":"kept","version":1,"records":{"stars":{"<img src=x>":1},"reads":"all"}}"#);
    reader.shows("[role=dialog] [role=status]", "已导入 0 条；2 条无法识别");
    becomes(&reader, &titles[0], "is-starred", true);
    reader.press("Escape");
    reader.gone("[role=dialog]");
}

#[test]
fn persistence_off_stores_nothing() {
    let reader = open(demo());
    let titles = reader.titles();
    reader.js("localStorage['sheaf.listen'] = '1.5×'");
    reader.press("s");
    stored(&reader, "stars", 1);
    data(&reader);
    reader.click("[role=dialog] [role=switch]");
    let databases = || reader.js_async("indexedDB.databases().then(list => done(list.length))");
    reader.settles(databases, json!(0));
    reader.press("Escape");
    reader.press("m");
    becomes(&reader, &titles[0], "is-read", true);
    reader.search("灯塔");
    reader.finds(6);
    reader.press("Enter");
    assert_eq!(reader.js("return JSON.stringify(localStorage)"), json!(r#"{"sheaf":"{\"forget\":\"on\"}"}"#));
    reader.settles(databases, json!(0));
    reader.reload();
    reader.finds(6);
    assert_eq!(reader.count(".row.is-starred"), 0);
    reader.settles(databases, json!(0));
}

#[test]
fn saved_searches_count_new_results() {
    let reader = open(demo());
    reader.search("灯塔");
    reader.finds(6);
    open_menu(&reader);
    reader.click_text("[role=dialog] .opt", "保存这次搜索");
    reader.shows(".rail", "保存的搜索");
    let value = "[...document.querySelectorAll('.rail .fv')].find(value => value.innerText.includes('灯塔'))?.innerText.replace(/\\s+/g, ' ').trim()";
    let shown = format!("return {value} ?? ''");
    reader.settles(|| reader.js(&shown), json!("灯塔 6"));
    // Two fewer results were stored at the last visit.
    let search = json!({ "time": 9_999_999_999_999_u64, "build": "old", "count": 4, "fresh": 0 });
    let file = json!({ "sheaf": "kept", "version": 1, "records": { "searches": { "灯塔": search } } });
    reader.search("");
    reader.finds(40);
    data(&reader);
    import(&reader, &file.to_string());
    reader.shows("[role=dialog] [role=status]", "已导入 1 条");
    stored(&reader, "searches", 1);
    reader.press("Escape");
    reader.reload();
    reader.settles(|| reader.js(&shown), json!("灯塔 新 2"));
    // Opening the search clears its new count.
    reader.click_text(".rail .fv", "灯塔");
    reader.finds(6);
    reader.settles(|| reader.js(&shown), json!("灯塔 6"));
    reader.reload();
    reader.settles(|| reader.js(&shown), json!("灯塔 6"));
    open_menu(&reader);
    reader.click_text("[role=dialog] .opt", "不再保存这次搜索");
    reader.until("it is gone", &format!("return !{value}"));
    stored(&reader, "searches", 0);
}
