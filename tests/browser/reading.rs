//! Open article.

use crate::archives::{demo, demo_split};
use crate::driver::TABLET;
use crate::visit::{open, open_on_phone, visit};
use serde_json::json;

const FERRY: &str = "末班渡轮：柳湾渡口的最后一个冬天";
const BRIDGE: &str = "渡口之后：桥上来的人";

#[test]
fn article_shows_title_kicker_and_source() {
    for begin in [open, open_on_phone] {
        let reader = begin(demo());
        reader.search("柳湾");
        reader.read(FERRY);
        let kicker = reader.text("#read .kick");
        assert!(kicker.contains("潮声周刊") && kicker.contains("2021年1月17日"), "{kicker}");
        assert!(kicker.contains("分钟"), "{kicker}");
        assert_eq!(reader.attribute("#read", "lang").as_deref(), Some("zh-Hans"));
        reader.until(
            "the tab is named",
            "return document.title === '末班渡轮：柳湾渡口的最后一个冬天 — 潮汐集'",
        );
        let original = "a[aria-label='查看原文']";
        assert_eq!(
            reader.attribute(original, "href").as_deref(),
            Some("https://chaosheng.example/2021/01/17/liuwan-ferry.html")
        );
        assert_eq!(reader.attribute(original, "target").as_deref(), Some("_blank"));
        let rel = reader.attribute(original, "rel").unwrap();
        assert!(rel.contains("noopener") && rel.contains("noreferrer"), "{rel}");
        reader.until("the picture is shown", "return document.querySelector('#read img').naturalWidth > 0");
    }
}

#[test]
fn link_to_archived_article_opens_in_reader() {
    for archive in [demo(), demo_split()] {
        let reader = open(archive);
        reader.search("柳湾渡口");
        reader.read(BRIDGE);
        let address = reader.url();
        reader.click_text("#read a", "柳湾渡口");
        reader.article(FERRY);
        assert_ne!(reader.url(), address);
        assert!(reader.hash().starts_with("#/a/"), "{}", reader.hash());
        assert_eq!(reader.tabs(), 1);
        reader.back();
        reader.article(BRIDGE);
        assert_eq!(reader.url(), address);
    }
}

#[test]
fn footnote_links_scroll_both_ways() {
    for begin in [open, open_on_phone] {
        let reader = begin(demo());
        reader.search("方言词典");
        reader.read("方言词典第七稿");
        let address = reader.url();
        let in_view = |id: &str| {
            let script = format!(
                "const box = document.getElementById('{id}').getBoundingClientRect();
                 return box.top >= 0 && box.bottom <= innerHeight"
            );
            reader.until(&format!("{id} is in view"), &script);
        };
        reader.click("#read a[href='#n-fn2']");
        in_view("n-fn2");
        assert_eq!(reader.url(), address);
        reader.article("方言词典第七稿");
        reader.click("#read a[href='#n-ref2']");
        in_view("n-ref2");
        assert_eq!(reader.url(), address);
    }
}

#[test]
fn earlier_versions_open_in_place() {
    for archive in [demo(), demo_split()] {
        let reader = open(archive);
        reader.search("雪线邮路");
        reader.read("雪线邮路");
        let newest = reader.text("#read .prose");
        reader.click(".versions .rel");
        reader.see(".older");
        reader.until(
            "the older text is shown",
            &format!("return document.querySelector('#read .prose').innerText.trim() !== {}", json!(newest)),
        );
        reader.click_text(".older .link", "回到最新版本");
        reader.gone(".older");
        assert_eq!(reader.text("#read .prose"), newest);
    }
}

#[test]
fn next_article_opens_by_click_and_key() {
    let reader = open(demo());
    reader.search("灯塔");
    reader.finds(6);
    let titles = reader.titles();
    reader.read(&titles[0]);
    reader.click(".pn .is-next");
    reader.article(&titles[1]);
    reader.until(
        "its row is the current one",
        &format!(
            "return document.querySelector('.row.is-current .row__h')?.textContent === {}",
            json!(titles[1])
        ),
    );
    reader.press("]");
    reader.article(&titles[2]);
    reader.press("[");
    reader.article(&titles[1]);
    assert!(reader.hash().contains("?q=灯塔"), "the list does not change");
}

#[test]
fn full_window_view_toggles() {
    let reader = open(demo());
    reader.read("听鸟的人");
    reader.click("[aria-label='整页阅读']");
    reader.see(".rbar");
    assert!(reader.hash().starts_with("#/read/"));
    assert_eq!(reader.js("return document.querySelector('.shell').hidden"), json!(true));
    reader.click(".rbar .back");
    reader.gone(".rbar");
    reader.article("听鸟的人");
    assert!(reader.hash().starts_with("#/a/"));
}

#[test]
fn tablet_article_fills_page() {
    let reader = visit(demo()).on(TABLET).open("");
    reader.read("冬至夜");
    reader.see(".rbar");
    reader.js("scrollTo(0, document.body.scrollHeight)");
    reader.until("the bar names the article", "return getComputedStyle(document.querySelector('.rbar__c')).opacity > .5 && document.querySelector('.rbar__c').innerText.includes('冬至夜')");
    reader.click(".rbar .back");
    reader.gone(".rbar");
    reader.see(".row__a");
}

#[test]
fn undated_article_shows_note() {
    let reader = open(demo());
    reader.search("没有日期的信");
    reader.read("没有日期的信");
    assert!(reader.text("#read .kick").contains("日期不详"));
}

#[test]
fn wide_table_scrolls_in_its_box() {
    let reader = open_on_phone(demo());
    reader.search("date:2021");
    reader.search("title:普查");
    reader.finds(1);
    reader.read("山城樓梯普查");
    let wide = reader.number("return document.scrollingElement.scrollWidth - innerWidth");
    assert!(wide <= 0.0, "the page has no horizontal overflow");
}

#[test]
fn unknown_article_shows_message_and_list_link() {
    for archive in [demo(), demo_split()] {
        let reader = visit(archive).on(TABLET).ready();
        reader.goto(&format!("{}#/a/00000000zzzz", reader.host.url()));
        reader.shows(".blank__h", "没有找到这篇文章");
        reader.click_text(".blank__b button", "文库");
        reader.see(".row__a");
    }
}

#[test]
fn next_article_opens_at_top() {
    let reader = open(demo());
    reader.read("冬至夜");
    reader.js("document.querySelector('#pane').scrollTop = 900");
    reader.read("听鸟的人");
    reader.settles(|| reader.number("return document.querySelector('#pane').scrollTop"), 0.0);
}

#[test]
fn related_articles_are_listed_below() {
    for archive in [demo(), demo_split()] {
        let reader = open_on_phone(archive);
        reader.search("桥上来的人");
        reader.read(BRIDGE);
        reader.js("scrollTo(0, document.body.scrollHeight)");
        reader.shows(".related", FERRY);
        reader.click(".related .rel");
        reader.article(FERRY);
    }
}
