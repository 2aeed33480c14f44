//! Script conversion: choice, persistence, search and highlights.

use crate::archives::{Article, of};
use crate::host::Fault;
use crate::visit::{Reader, open, open_on_phone, visit};
use serde_json::json;
use std::path::PathBuf;

/// One article each in Simplified Chinese, Traditional Chinese and English.
fn archive() -> PathBuf {
    let article = |title: &str, n: i64, body: &str| Article {
        title: title.to_owned(),
        time: 1_600_000_000_000 + n * 100_000_000,
        url: format!("https://script.example/{n}"),
        body: body.to_owned(),
    };
    let filler = "老船工在黄昏收起缆绳，灯塔亮了，江面上没有风。他说明天还会来，这条船不会停。";
    let hant = "老船工在黃昏收起纜繩，燈塔亮了，江面上沒有風。他說明天還會來，這條船不會停。";
    of(
        "script",
        vec![
            article(
                "理发师的软件",
                3,
                &format!(
                    "<p>他的<b>头</b>发很短，后来进了皇后号。{filler}</p><p>他在博客里写台风，也写里面的面条。{filler}</p>{}",
                    format!("<p>{filler}</p>").repeat(20)
                ),
            ),
            article("裡面的燈", 2, &format!("<p>看著颱風過去，頭髮還濕。{hant}</p><p>{hant}</p>")),
            article(
                "The ferry stopped",
                1,
                "<p>The ferry stopped at dusk and the lamps were lit along the quay.</p>",
            ),
        ],
    )
}

/// Chooses a form in the type panel and closes the panel.
fn choose(reader: &Reader, name: &str) {
    reader.click(if reader.is_on_phone() {
        ".mast [aria-label='阅读设置']"
    } else {
        ".bar [aria-label='阅读设置']"
    });
    reader.see("[role=dialog]");
    reader.click_text("[role=dialog] [role=radio]", name);
    reader.press("Escape");
    reader.gone("[role=dialog]");
}

fn langs(reader: &Reader) -> Vec<String> {
    let langs = reader.js("return [...document.querySelectorAll('.row__h')].map(row => row.lang)");
    langs.as_array().unwrap().iter().map(|lang| lang.as_str().unwrap().to_owned()).collect()
}

#[test]
fn chosen_form_applies_to_list_and_article_and_persists() {
    for begin in [open, open_on_phone] {
        let reader = begin(archive());
        let titles = || reader.titles();
        assert_eq!(titles(), ["理发师的软件", "裡面的燈", "The ferry stopped"]);
        assert!(reader.host.asked("hant-").is_empty(), "no tables are fetched without a choice");
        choose(&reader, "台灣繁體");
        reader.settles(titles, ["理髮師的軟體", "裡面的燈", "The ferry stopped"].map(str::to_owned).to_vec());
        assert_eq!(langs(&reader), ["zh-Hant-TW", "zh-Hant-TW", "en"]);
        reader.reload();
        reader.settles(titles, ["理髮師的軟體", "裡面的燈", "The ferry stopped"].map(str::to_owned).to_vec());
        reader.read("理髮師的軟體");
        reader.shows("#read .prose", "他的頭髮很短，後來進了皇后號");
        reader.shows("#read .prose", "他在部落格裡寫颱風，也寫裡面的麵條");
        assert_eq!(reader.attribute("#read", "lang").as_deref(), Some("zh-Hant-TW"));
        assert_eq!(reader.text("#read strong"), "頭");
        assert!(reader.js("return document.title").as_str().unwrap().starts_with("理髮師的軟體"));
    }
}

#[test]
fn forms_use_regional_words_and_original_returns() {
    let reader = open(archive());
    let first = || reader.titles()[..2].join(" ");
    choose(&reader, "香港繁體");
    reader.settles(first, "理髮師的軟件 裏面的燈".to_owned());
    choose(&reader, "简体");
    reader.settles(first, "理发师的软件 里面的灯".to_owned());
    assert_eq!(langs(&reader), ["zh-Hans", "zh-Hans", "en"]);
    choose(&reader, "原文");
    reader.settles(first, "理发师的软件 裡面的燈".to_owned());
    assert_eq!(
        reader.attribute("html", "lang").as_deref(),
        Some("zh-Hans"),
        "the interface keeps its language"
    );
}

#[test]
fn search_in_either_form_highlights_displayed_text() {
    let reader = open(archive());
    choose(&reader, "台灣繁體");
    let marks = || json!(reader.highlighted("match"));
    for (query, marked) in [
        ("博客", json!(["部落格"])),
        ("头发", json!(["頭髮"])),
        ("后来", json!(["後來"])),
        ("皇后", json!(["皇后"])),
        ("软件", json!(["軟體"])),
    ] {
        reader.search(query);
        reader.read("理髮師的軟體");
        reader.settles(marks, marked.clone());
        let row = reader
            .js("return [...document.querySelector('.row__a[aria-current]').querySelectorAll('mark')].map(mark => mark.textContent).join('')");
        let expected: String = marked.as_array().unwrap().iter().map(|mark| mark.as_str().unwrap()).collect();
        // A title that matches is also its own snippet.
        assert!(
            row.as_str().is_some_and(|row| !row.is_empty() && row.replace(&expected, "").is_empty()),
            "{query}: {row}"
        );
    }
}

#[test]
fn changed_form_keeps_reading_position() {
    let reader = visit(archive()).open("");
    reader.read("理发师的软件");
    reader.js("document.querySelector('#pane').scrollTop = 400");
    let place = || {
        reader.number("return Math.round(document.querySelector('#read .prose p:nth-of-type(9)').getBoundingClientRect().top)")
    };
    let before = reader.rests(place);
    choose(&reader, "台灣繁體");
    reader.shows("#read h1", "理髮師的軟體");
    assert!((reader.rests(place) - before).abs() < 3.0, "{before} and {}", place());
}

#[test]
fn failed_tables_are_reported_and_retried() {
    for begin in [open, open_on_phone] {
        let reader = begin(archive());
        reader.hurry();
        reader.reload();
        reader.see(".row__a");
        // Some browsers retry by themselves when nothing arrives.
        reader.host.fail("hant-", Fault::Cut, usize::MAX);
        let button = if reader.is_on_phone() {
            ".mast [aria-label='阅读设置']"
        } else {
            ".bar [aria-label='阅读设置']"
        };
        reader.click(button);
        reader.see("[role=dialog]");
        reader.click_text("[role=dialog] [role=radio]", "台灣繁體");
        reader.shows("[role=dialog] .aa__f", "字表未能载入");
        assert_eq!(reader.host.asked("hant-").len(), 3);
        reader.press("Escape");
        reader.read("理发师的软件");
        reader.shows("#read .older", "现在显示的是原文");
        reader.host.mend();
        reader.click_text("#read .older button", "重试");
        reader.shows("#read h1", "理髮師的軟體");
        assert!(!reader.has("#read .older"));
    }
}

#[test]
fn conversion_is_offered_once_where_scripts_differ() {
    let reader = visit(archive()).languages("zh-HK,zh").open("");
    reader.article("理发师的软件");
    reader.shows(".older--script", "原文為簡體");
    reader.read("裡面的燈");
    assert_eq!(reader.count(".older--script"), 0, "the script is that of the interface");
    reader.read("理发师的软件");
    assert_eq!(reader.count(".older--script"), 0, "it was offered");

    let reader = visit(archive()).languages("zh-TW,zh").open("");
    reader.article("理发师的软件");
    reader.click_text(".older--script .link", "轉為繁體");
    reader.shows("#read h1", "理髮師的軟體");
    assert_eq!(reader.count(".older--script"), 0);
}
