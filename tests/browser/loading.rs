//! Slow, broken and hostile networks, and incomplete sites.

use crate::archives::{demo, demo_split, seed};
use crate::host::Fault;
use crate::visit::{Reader, app, visit};
use sheaf::site::Viewer;
use std::fs;

/// Opens an empty tab with short timeouts.
fn impatient(split: bool) -> Reader {
    let reader = visit(if split { demo_split() } else { demo() }).ready();
    reader.hurry();
    reader
}

/// Opens the site without waiting for content.
fn enter(reader: &Reader) {
    reader.goto(&reader.host.url());
}

#[test]
fn stalled_archive_times_out_and_is_retried() {
    let reader = impatient(false);
    for fault in [Fault::Stall, Fault::Silence, Fault::Drop, Fault::Cut, Fault::Status(503)] {
        reader.host.forget();
        reader.host.fail("archive.json", fault, 2);
        enter(&reader);
        reader.see(".row__a");
        assert_eq!(reader.host.asked("archive.json").len(), 3, "{fault:?}");
    }
}

#[test]
fn loading_archive_shows_progress() {
    let reader = visit(demo()).ready();
    reader.host.fail("archive.json", Fault::Stall, 1);
    enter(&reader);
    reader.shows(".start__text", "已载入");
    assert!(reader.text(".start__text").contains(" kB / "), "{}", reader.text(".start__text"));
}

#[test]
fn failed_archive_shows_error_and_retry() {
    let reader = impatient(false);
    reader.host.fail("archive.json", Fault::Stall, usize::MAX);
    enter(&reader);
    reader.shows(".start", "文库未能完整载入");
    reader.shows(".start__detail", "no answer for 10 seconds");
    assert_eq!(reader.host.asked("archive.json").len(), 3);
    reader.host.mend();
    reader.click_text(".start button", "重试");
    reader.see(".row__a");
}

#[test]
fn truncated_archive_shows_error() {
    let reader = impatient(false);
    reader.host.fail("archive.json", Fault::Truncate, usize::MAX);
    enter(&reader);
    reader.shows(".start", "损坏");
    reader.host.mend();
    reader.click_text(".start button", "重试");
    reader.see(".row__a");
}

#[test]
fn missing_archive_shows_error_without_retry() {
    let reader = visit(demo()).ready();
    reader.host.fail("archive.json", Fault::Status(404), usize::MAX);
    enter(&reader);
    reader.shows(".start", "archive.json");
    assert_eq!(reader.host.asked("archive.json").len(), 1, "a missing file is not retried");
}

#[test]
fn newer_format_shows_instructions() {
    let reader = visit(demo()).ready();
    let archive = fs::read_to_string(demo().join("archive.json")).unwrap();
    reader.host.put("archive.json", archive.replacen("{\"sheaf\":", "{\"sheaf\":9", 1));
    enter(&reader);
    reader.shows(".start", "版本不一致");
}

#[test]
fn truncated_pack_keeps_title_and_offers_retry() {
    let reader = impatient(true);
    reader.open("");
    reader.article("冬至夜");
    reader.host.fail("archive/", Fault::Truncate, usize::MAX);
    // In a pack that is not loaded yet.
    reader.click_text(".row__a", "钟楼慢了四分钟");
    reader.shows("#read .fail", "正文未能载入");
    reader.article("钟楼慢了四分钟");
    assert!(!reader.text("#read .prose--excerpt").is_empty());
    reader.host.mend();
    reader.click_text("#read .fail button", "重试");
    reader.gone("#read .fail");
    reader.article("钟楼慢了四分钟");
    reader.see("#read .prose p");
}

#[test]
fn failed_rows_offer_retry() {
    let reader = impatient(true);
    enter(&reader);
    reader.see(".row__a");
    // An undisturbed visit tells which file holds the rows.
    let page = archive_file("pages");
    let reader = impatient(true);
    reader.host.fail(&page, Fault::Drop, usize::MAX);
    enter(&reader);
    reader.shows(".row.is-failed", "未能载入");
    reader.host.mend();
    reader.click_text(".row.is-failed .link", "重试");
    reader.see(".row__a");
}

/// Returns the first file of the split archive's manifest under `table`.
fn archive_file(table: &str) -> String {
    let manifest = fs::read(demo_split().join("archive.json")).unwrap();
    let manifest: serde_json::Value = serde_json::from_slice(&manifest).unwrap();
    let names = &manifest["tables"][table];
    names.as_str().or_else(|| names[0].as_str()).unwrap().to_owned()
}

#[test]
fn failed_tables_offer_retry() {
    let reader = impatient(true);
    reader.host.fail(&archive_file("column"), Fault::Drop, usize::MAX);
    enter(&reader);
    reader.see(".start.is-failed");
    reader.host.mend();
    reader.click_text(".start button", "重试");
    reader.see(".row__a");
}

#[test]
fn failed_app_is_retried() {
    let reader = impatient(false);
    for fault in [Fault::Stall, Fault::Silence, Fault::Drop, Fault::Status(500)] {
        reader.host.forget();
        reader.host.fail("_bg.wasm", fault, 2);
        enter(&reader);
        reader.see(".row__a");
        assert!(reader.host.asked("_bg.wasm").len() > 2, "{fault:?}");
    }
}

#[test]
fn slow_app_is_awaited() {
    // Half a second without data would time out.
    let reader = impatient(false);
    reader.host.fail("_bg.wasm", Fault::Trickle, usize::MAX);
    enter(&reader);
    reader.shows("#start-text", " kB");
    reader.see(".row__a");
    assert_eq!(reader.host.asked("_bg.wasm").len(), 1);
}

#[test]
fn app_with_wrong_digest_is_not_run() {
    let reader = impatient(false);
    let files = Viewer::from_folder(&app()).unwrap().files;
    let (path, bytes) = files.iter().find(|(path, _)| path.ends_with("_bg.wasm")).unwrap();
    // Appends a meaningless section: the module stays valid.
    let other = [&**bytes, &[0, 2, 1, b'x']].concat();
    reader.host.put(path, other);
    enter(&reader);
    reader.shows(".start.is-failed", "未能完整载入");
    reader.host.put(path, bytes.to_vec());
    reader.click_text(".start button", "重试");
    reader.see(".row__a");
}

#[test]
fn failed_chunk_offers_retry() {
    for (part, key, shows) in [("soon-", "Enter", "#read .prose p"), ("rare-", "?", "[role=dialog] .keys")] {
        let (part, _) = part_of_app(part);
        for fault in [Fault::Status(404), Fault::Drop] {
            let reader = impatient(false);
            reader.host.fail(&part, fault, usize::MAX);
            enter(&reader);
            reader.see(".row__a");
            reader.press(key);
            let why = if matches!(fault, Fault::Drop) { "检查网络" } else { "网站可能刚刚更新" };
            reader.shows(".notices--part", why);
            assert_eq!(reader.count(".notices--part"), 1);
            reader.host.mend();
            reader.click_text(".notices--part .link", "重试");
            reader.see(shows);
            reader.gone(".notices--part");
        }
    }
}

/// Returns path and bytes of the file that only this chunk has.
fn part_of_app(name: &str) -> (String, Vec<u8>) {
    let files = Viewer::from_folder(&app()).unwrap().files.into_iter();
    let mut own = files.filter(|(path, _)| path.starts_with(name) && path.matches('-').count() == 1);
    own.next().map(|(path, bytes)| (path, bytes.into_owned())).unwrap()
}

#[test]
fn search_waits_for_its_chunk() {
    let reader = impatient(false);
    reader.host.fail("soon-", Fault::Drop, usize::MAX);
    enter(&reader);
    reader.see(".row__a");
    reader.search("灯塔");
    reader.shows(".time", "搜索未完成：搜索功能未能载入");
    reader.host.mend();
    reader.click_text(".time .link", "重试");
    reader.finds(6);
}

#[test]
fn chunk_with_wrong_digest_is_not_run() {
    let reader = impatient(false);
    let (path, bytes) = part_of_app("soon-");
    reader.host.put(&path, [&bytes[..], &[0, 2, 1, b'x']].concat());
    enter(&reader);
    reader.see(".row__a");
    reader.press("Enter");
    reader.shows(".notices--part", "这部分功能未能载入");
    reader.gone("#read");
}

#[test]
fn missing_app_shows_message_and_retry() {
    for part in ["_bg.wasm", "app-"] {
        let reader = impatient(false);
        reader.host.fail(part, Fault::Status(404), usize::MAX);
        enter(&reader);
        reader.see(".start.is-failed button");
        reader.shows(".start", "未能完整载入");
        reader.host.mend();
        reader.click_text(".start button", "重试");
        reader.see(".row__a");
    }
}

#[test]
fn failed_script_is_retried() {
    let reader = impatient(false);
    for fault in [Fault::Drop, Fault::Silence, Fault::Status(503)] {
        reader.host.fail(&script_name(), fault, 1);
        enter(&reader);
        reader.see(".row__a");
    }
}

/// Returns the file name of the app's script.
fn script_name() -> String {
    let folder = std::env::var("SHEAF_APP").unwrap();
    let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.into_iter().find(|name| name.starts_with("app-") && name.ends_with(".js")).unwrap()
}

#[test]
fn disabled_scripts_show_message() {
    let reader = visit(seed()).without_scripts().ready();
    enter(&reader);
    let text = reader.source();
    assert!(text.contains("本站需要 JavaScript"), "{text}");
    reader.shows("noscript", "需要 JavaScript");
}

#[test]
fn host_that_decodes_files_works() {
    let reader = visit(demo_split()).decoding().open("");
    reader.article("冬至夜");
    reader.search("图书馆");
    reader.finds(7);
}

#[test]
fn loaded_articles_survive_going_offline() {
    let reader = impatient(true);
    reader.open("");
    reader.article("冬至夜");
    reader.search("灯塔");
    reader.finds(6);
    reader.host.fail("archive", Fault::Drop, usize::MAX);
    for title in reader.titles() {
        reader.read(&title);
        reader.see("#read .prose p");
    }
}
