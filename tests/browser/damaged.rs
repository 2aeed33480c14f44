//! Damaged archives: damage is reported, the rest can be read, and a retry recovers.
//!
//! `tests/damage` reads every file with every damage; these tests show some of them in the app.

use crate::archives::demo_split;
use crate::host::Fault;
use crate::visit::{Reader, open_menu, visit};
use serde_json::Value;
use sheaf::archive::writer::gzip::{self, decompress};
use std::fs;

const PAGE: &str = "<!doctype html><title>404</title><h1>Not Found</h1>";
/// An article that no test has read before.
const TITLE: &str = "钟楼慢了四分钟";

/// Damaged replacements of a file.
fn damages(path: &str, other: &str) -> Vec<(&'static str, Vec<u8>)> {
    let stored = fs::read(demo_split().join(path)).unwrap();
    let mut flipped = decompress(stored.clone(), 1 << 30).unwrap();
    let middle = flipped.len() / 2;
    flipped[middle] ^= 1;
    vec![
        ("a web page", PAGE.into()),
        ("nothing", Vec::new()),
        ("half of it", stored[..stored.len() / 2].to_vec()),
        ("a flipped bit", flipped),
        ("another file", fs::read(demo_split().join(other)).unwrap()),
        ("a bomb", gzip::compress(&vec![b' '; 64 << 20]).unwrap()),
        ("deep JSON", ("[".repeat(10_000) + &"]".repeat(10_000)).into_bytes()),
    ]
}

fn json(path: &str) -> Value {
    let bytes = fs::read(demo_split().join(path)).unwrap();
    serde_json::from_slice(&decompress(bytes, 1 << 30).unwrap()).unwrap()
}

fn path(name: &Value) -> String {
    format!("archive/{}.json.gz", name.as_str().unwrap())
}

/// Returns the pack that holds the article with this title.
fn pack_of(title: &str) -> String {
    let tables = &json("archive.json")["tables"];
    let pages = tables["pages"].as_array().unwrap().iter().map(|name| json(&path(name)));
    let packs = pages.flat_map(|page| page["packs"].as_array().unwrap().clone());
    packs
        .map(|pack| path(&pack[0]))
        .find(|path| json(path).as_array().unwrap().iter().any(|article| article["title"] == title))
        .unwrap()
}

/// Opens the site with `bytes` in place of a file.
fn with(path: &str, bytes: &[u8]) -> Reader {
    let reader = visit(demo_split()).ready();
    reader.hurry();
    reader.host.put(path, bytes);
    reader.goto(&reader.host.url());
    reader
}

fn mend(reader: &Reader, path: &str) {
    reader.host.put(path, fs::read(demo_split().join(path)).unwrap());
}

#[test]
fn damaged_manifest_is_reported_and_retry_opens() {
    let pack = pack_of(TITLE);
    let newer = fs::read_to_string(demo_split().join("archive.json")).unwrap();
    let newer = newer.replacen("{\"sheaf\":", "{\"sheaf\":9", 1).into_bytes();
    let mut all = damages("archive.json", &pack);
    // The size limit of the manifest is tested elsewhere.
    all.retain(|(what, _)| *what != "a bomb");
    all.push(("a newer version", newer));
    for (what, bytes) in &all {
        let reader = with("archive.json", bytes);
        reader.see(".start.is-failed button");
        let said = reader.text(".start");
        assert!(said.contains("archive.json") || said.contains("format version"), "{what}: {said}");
        assert!(said.contains("损坏") || said.contains("版本不一致"), "{what}: {said}");
        mend(&reader, "archive.json");
        reader.click_text(".start button", "重试");
        reader.see(".row__a");
    }
    println!("damaged first files: {}", all.len());
}

#[test]
fn damaged_pack_affects_only_its_articles() {
    let (pack, other) = (pack_of(TITLE), pack_of("冬至夜，灯塔上有人值班"));
    assert_ne!(pack, other);
    let all = damages(&pack, &other);
    for (what, bytes) in &all {
        let reader = with(&pack, bytes);
        reader.article("冬至夜");
        reader.click_text(".row__a", TITLE);
        reader.shows("#read .fail", "正文未能载入");
        reader.article(TITLE);
        let said = reader.text("#read .fail__d");
        assert!(said.contains(&pack), "{what}: {said}");
        assert!(!reader.has("#read .prose:not(.prose--excerpt)"), "{what}");
        reader.read("冬至夜");
        reader.see("#read .prose p");
        mend(&reader, &pack);
        reader.click_text(".row__a", TITLE);
        if reader.has("#read .fail button") {
            reader.click_text("#read .fail button", "重试");
        }
        reader.gone("#read .fail");
        reader.article(TITLE);
    }
    println!("damaged packs: {}", all.len());
}

#[test]
fn damaged_tables_keep_list_filters_and_articles() {
    let tables = json("archive.json")["tables"].clone();
    let page = path(&tables["pages"][0]);
    let mut tried = 0;
    for table in [&tables["column"][0], &tables["ids"][0], &tables["packs"][0][0]] {
        let table = path(table);
        for (_, bytes) in damages(&table, &page).into_iter().step_by(2) {
            let reader = with(&table, &bytes);
            reader.article("冬至夜");
            reader.finds(40);
            reader.search("灯塔");
            reader.finds(6);
            reader.search("");
            reader.read(TITLE);
            reader.see("#read .prose p");
            let id = reader.hash();
            // Opens a link with an empty cache.
            reader.open(&id);
            reader.article(TITLE);
            tried += 1;
        }
    }
    println!("damaged tables: {tried}");
}

#[test]
fn damaged_rows_lists_and_indexes_are_reported() {
    let tables = json("archive.json")["tables"].clone();
    let page = path(&tables["pages"][0]);
    let reader = with(&page, PAGE.as_bytes());
    reader.shows(".row.is-failed", "未能载入");
    mend(&reader, &page);
    reader.click_text(".row.is-failed .link", "重试");
    reader.see(".row__a");

    let related = format!("archive/related-{}/0.json.gz", tables["related"].as_str().unwrap());
    let reader = with(&related, PAGE.as_bytes());
    reader.article("冬至夜");
    reader.see("#read .prose p");

    let index = tables["index"]["name"].as_str().unwrap();
    let reader = visit(demo_split()).ready();
    reader.hurry();
    for shard in 0..tables["index"]["chars"].as_u64().unwrap() {
        reader.host.put(&format!("archive/index-{index}/{shard}.bin"), PAGE);
    }
    reader.open("");
    reader.search("灯塔");
    reader.shows(".time", "搜索未完成：索引未能载入");
    reader.search("");
    reader.finds(40);
}

#[test]
fn failed_action_on_the_list_names_its_cause() {
    let ids = path(&json("archive.json")["tables"]["ids"][0]);
    for (fault, cause) in [
        (Some(Fault::Status(404)), "网站可能刚刚更新"),
        (Some(Fault::Drop), "检查网络"),
        (None, "文库已损坏"),
    ] {
        let reader = match fault {
            Some(_) => visit(demo_split()).ready(),
            None => with(&ids, PAGE.as_bytes()),
        };
        reader.hurry();
        reader.goto(&reader.host.url());
        if let Some(fault) = fault {
            reader.host.fail(&ids, fault, usize::MAX);
        }
        open_menu(&reader);
        reader.click_role("button", "全部标为已读");
        reader.shows(".aa--menu [role=alert]", cause);
        reader.host.mend();
        mend(&reader, &ids);
        reader.click_role("button", "全部标为已读");
        reader.shows(".notice", "40 篇已标为已读");
    }
}
