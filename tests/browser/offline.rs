//! Offline use: cached articles, downloads, and notices about missing content.

use crate::archives::{THOUSANDS, demo, demo_split, thousands};
use crate::driver::{Feature, PHONE};
use crate::host::Fault;
use crate::visit::{Reader, open_menu, visit};
use serde_json::json;
use std::path::PathBuf;

/// Opens a site and waits until its worker has cached it.
fn visited(archive: PathBuf) -> Reader {
    let reader = visit(archive).kept().open("");
    settled(&reader);
    reader
}

fn settled(reader: &Reader) {
    reader.until("the worker is there", "return !!navigator.serviceWorker.controller");
    open_menu(reader);
    reader.see(".keep");
    reader.press("Escape");
    reader.gone(".keep");
}

/// Opens the menu and starts the download.
fn download_all(reader: &Reader) {
    open_menu(reader);
    reader.click_text(".keep button", "全部下载");
}

#[test]
fn read_articles_are_available_offline() {
    let reader = visited(demo_split());
    reader.article("冬至夜");
    reader.read("听鸟的人");
    reader.see("#read .prose p");
    let link = reader.url();
    reader.host.vanish();
    reader.reload();
    reader.shows(".notice", "离线：");
    reader.article("听鸟的人");
    reader.see("#read .prose p");
    // A link opens in a tab that has shown no list yet.
    reader.goto("about:blank");
    reader.goto(&link);
    reader.article("听鸟的人");
    reader.see("#read .prose p");
    // Missing content is marked at the row and in the article's place.
    reader.see(".row__a");
    let missing = "return [...document.querySelectorAll('.row__a')].find(e => e.innerText.includes('未下载'))?.querySelector('.row__h').textContent ?? ''";
    let missing = reader.until("a row is not kept", missing);
    reader.click_text(".row__a", missing.as_str().unwrap());
    reader.shows("#read .fail", "尚未下载");
    // When the host is back, the notice disappears and the article loads.
    reader.host.mend();
    reader.click_text(".notice button", "重试");
    reader.gone(".notice");
    reader.click_text("#read .fail button", "重试");
    reader.see("#read .prose p");
}

#[test]
fn offline_search_covers_cached_articles() {
    let reader = visited(demo_split());
    reader.article("冬至夜");
    reader.host.vanish();
    reader.reload();
    reader.shows(".notice", "篇，可以阅读和搜索");
    reader.search("冬至");
    reader.until(
        "one article is found",
        "return /^已下载的 \\d+ 篇中有 \\d+ 篇符合$/.test(document.querySelector('.time__n').innerText)",
    );
    assert!(reader.titles().iter().any(|title| title.contains("冬至夜")), "{:?}", reader.titles());
}

#[test]
fn cached_texts_are_searched_where_the_index_fails() {
    let reader = visited(demo_split());
    reader.article("冬至夜");
    let cached = |rest: &str| {
        format!("return /^已下载的 \\d+ 篇中{rest}$/.test(document.querySelector('.time__n').innerText)")
    };
    reader.host.fail("archive/index-", Fault::Drop, usize::MAX);
    reader.search("冬至");
    reader.until("some cached articles match", &cached("有 \\d+ 篇符合"));
    assert!(reader.titles().iter().any(|title| title.contains("冬至夜")), "{:?}", reader.titles());
    reader.shows(".time .link", "索引未能载入 · 重试");
    reader.search("不存在的词句");
    reader.until("no cached article matches", &cached("没有符合条件的文章"));
    reader.shows(".blank__p", "尚未搜索");
    reader.host.mend();
    reader.click_text(".blank__b button", "重试");
    reader.shows(".blank__h", "没有符合条件的文章");
    reader.search("灯塔");
    reader.finds(6);
}

#[test]
fn a_whole_cached_archive_needs_no_index() {
    let reader = visited(demo_split());
    download_all(&reader);
    reader.shows(".keep", "整个文库已下载");
    reader.press("Escape");
    for fault in [Fault::Drop, Fault::Status(404)] {
        reader.host.fail("archive/index-", fault, usize::MAX);
        reader.reload();
        reader.search("灯塔");
        reader.finds(6);
        assert!(!reader.has(".time__h > .link"), "{fault:?}: {}", reader.text(".time__h"));
        reader.search("不存在的词句");
        reader.shows(".blank__h", "没有符合条件的文章");
        reader.host.mend();
    }
}

#[test]
fn a_search_offline_with_nothing_cached_fails_until_the_host_is_back() {
    let reader = visited(demo_split());
    download_all(&reader);
    reader.shows(".keep", "整个文库已下载");
    reader.click_text(".keep button", "移除");
    reader.shows(".keep", "全部下载");
    reader.press("Escape");
    reader.host.vanish();
    reader.search("灯塔");
    reader.shows(".time__n", "搜索未完成：索引未能载入");
    assert!(!reader.text(".shell").contains("找到 0 篇"), "{}", reader.text(".shell"));
    reader.host.mend();
    reader.click_text(".blank__b button", "重试");
    reader.finds(6);
}

#[test]
fn whole_archive_can_be_downloaded_and_removed() {
    let reader = visited(demo_split());
    let found = |query: &str, count| {
        reader.search(query);
        reader.finds(count);
    };
    open_menu(&reader);
    assert!(
        reader.text(".keep .aa__l").contains("MB"),
        "the size is shown before the download: {}",
        reader.text(".keep")
    );
    reader.click_text(".keep button", "全部下载");
    reader.shows(".keep", "整个文库已下载");
    reader.press("Escape");
    let index = |reader: &Reader| reader.host.asked("archive/index-").len();
    assert_eq!(index(&reader), 0, "the index is not downloaded");
    reader.host.vanish();
    reader.reload();
    reader.shows(".notice", "全部文章已下载");
    found("灯塔", 6);
    found("图书馆", 7);
    reader.read(&reader.titles()[3].clone());
    reader.see("#read .prose p");
    reader.host.mend();
    // In WebKit, a page that is unloaded during a host check blocks the next one.
    reader.click_text(".notice button", "重试");
    reader.gone(".notice");
    reader.reload();
    reader.see(".row__a");
    // Articles that are read are cached; this one is loaded last.
    reader.see(".related li");
    open_menu(&reader);
    reader.click_text(".keep button", "移除");
    reader.shows(".keep", "全部下载");
    let left = "const all = await caches.keys(); let n = 0; for (const name of all) n += (await (await caches.open(name)).keys()).filter(key => key.url.includes('/archive/')).length; return n";
    let left = reader.js_async(&format!("(async () => {{ {left} }})().then(done)"));
    assert_eq!(left, json!(0));
}

#[test]
fn interrupted_download_resumes() {
    let reader = visited(thousands());
    reader.host.forget();
    // Some files arrive, then the host stops answering.
    download_all(&reader);
    reader.until("some of it is here", "return document.querySelector('.keep__p')?.value > 0");
    reader.host.vanish();
    reader.shows(".keep", "连接中断");
    assert!(!reader.host.asked("archive/").is_empty());
    reader.reload();
    reader.shows(".notice", "重试");
    reader.host.mend();
    reader.host.forget();
    reader.click_text(".notice button", "重试");
    open_menu(&reader);
    reader.shows(".keep", "整个文库已下载");
    let mut again: Vec<String> = reader.host.asked("archive/").into_iter().map(|asked| asked.path).collect();
    let all = again.len();
    again.sort();
    again.dedup();
    assert_eq!(again.len(), all, "no file is fetched twice");
    reader.host.vanish();
    reader.reload();
    reader.shows(".notice", "全部文章");
    reader.search("第1234次");
    reader.finds(1);
    assert!(reader.titles()[0].contains("第1234篇"), "{THOUSANDS} are searched");
}

#[test]
fn download_can_be_paused_and_resumed() {
    let reader = visited(thousands());
    download_all(&reader);
    reader.click_text(".keep button", "暂停");
    reader.shows(".keep", "已暂停");
    reader.reload();
    reader.see(".row__a");
    settled(&reader);
    open_menu(&reader);
    reader.shows(".keep", "已暂停");
    reader.click_text(".keep button", "继续");
    reader.shows(".keep", "整个文库已下载");
}

#[test]
fn download_without_space_shows_needed_size() {
    let reader = visited(thousands());
    if !reader.can(Feature::Quota) {
        return;
    }
    let origin = reader.host.url().trim_end_matches('/').to_owned();
    let quota = |bytes: Option<u64>| {
        let mut wanted = json!({ "origin": origin });
        if let Some(bytes) = bytes {
            wanted["quotaSize"] = json!(bytes);
        }
        reader.cdp("Storage.overrideQuotaForOrigin", wanted);
    };
    quota(Some(1000));
    download_all(&reader);
    reader.shows(".keep", "空间不足：还需");
    quota(None);
    reader.click_text(".keep button", "重试");
    reader.shows(".keep", "整个文库已下载");
}

#[test]
fn small_archive_is_cached_with_page() {
    let reader = visit(demo()).kept().on(PHONE).open("");
    settled(&reader);
    reader.host.vanish();
    reader.reload();
    reader.shows(".notice", "全部文章已下载");
    reader.search("灯塔");
    reader.finds(6);
}

#[test]
fn truncated_pack_is_not_cached() {
    let reader = visited(demo_split());
    reader.article("冬至夜");
    reader.host.fail("archive/", Fault::Truncate, 1);
    reader.click_text(".row__a", "钟楼慢了四分钟");
    reader.see("#read .prose p");
    reader.host.vanish();
    reader.reload();
    reader.article("钟楼慢了四分钟");
    reader.see("#read .prose p");
}

#[test]
fn site_below_base_path_caches_only_itself() {
    let reader = visit(demo_split()).kept().below("/some/where").open("");
    settled(&reader);
    reader.host.vanish();
    reader.reload();
    reader.see(".row__a");
    let scopes = reader
        .js_async("navigator.serviceWorker.getRegistrations().then(all => done(all.map(one => one.scope)))");
    assert_eq!(scopes, json!([reader.host.url()]));
}
