//! Front page of a day.

use crate::archives::{Article, demo, demo_split, of, thousands};
use crate::driver::{PHONE, WIDE};
use crate::visit::{open, open_on_phone, visit};
use serde_json::json;
use std::path::PathBuf;

const DAY: i64 = 86_400_000;
/// 2023-10-16, noon in the archive's zone.
const NOON: i64 = 1_697_428_800_000;

/// Three crowded days, one of another year, and an undated article.
fn crowded() -> PathBuf {
    let day = |day: i64, name: &str, count: usize| -> Vec<Article> {
        let article = |n: usize| Article {
            title: format!("{name}第{n}件"),
            time: NOON + day * DAY + n as i64 * 60_000,
            url: format!("https://paper{}.example/{day}/{n}", n % 3),
            body: format!(
                "<p>{}</p>",
                format!("{name}，潮水退到第{n}块石头。").repeat(if n == 7 { 10 } else { 1 + n % 3 })
            ),
        };
        (0..count).map(article).collect()
    };
    let mut all = day(0, "渡口", 12);
    all.extend(day(1, "灯塔", 9));
    all.extend(day(5, "书店", 1));
    all.extend(day(-365, "去年", 6));
    of("crowded", all)
}

#[test]
fn day_heading_opens_front_page() {
    for begin in [open, open_on_phone] {
        let reader = begin(crowded());
        reader.search("");
        reader.click_text(".day__a", "17");
        reader.see(".front__h");
        assert_eq!(reader.hash(), "#/day/2023-10-17");
        assert_eq!(reader.attribute(".front__h", "aria-label").as_deref(), Some("2023年10月17日"));
        reader.shows(".front__c", "9 篇");
        reader.shows(".front__c", "3 个来源");
        // Every article of the day appears once.
        reader.see(".front__top h2");
        assert_eq!(reader.count(".front__top h2, .front__s h3"), 9);
        assert_eq!(reader.js("return document.title"), json!("2023年10月17日 — Sheaf"));
        reader.press("Escape");
        reader.gone(".front__h");
        reader.see(".row__a");
        assert!(!reader.hash().contains("day/"), "{}", reader.hash());
    }
}

#[test]
fn longest_article_leads_and_sources_are_grouped() {
    let reader = visit(crowded()).on(WIDE).open("#/day/2023-10-16");
    reader.see(".front__top h2");
    // The seventh has ten sentences and the others three at most, so it ranks first with any related lists.
    let leads = reader.texts(".front__top h2");
    assert!(leads.contains(&"渡口第7件".to_owned()), "{leads:?}");
    let sections = "return [...document.querySelectorAll('.front__s')].map(section => {
        const [name, count] = [...section.querySelectorAll('.front__sh span')].map(span => span.textContent);
        return [name, +count === section.querySelectorAll('li').length];
    })";
    let sections = reader.js(sections);
    let names: Vec<&str> =
        sections.as_array().unwrap().iter().map(|section| section[0].as_str().unwrap()).collect();
    assert_eq!(names.len(), 3, "{names:?}");
    assert!(sections.as_array().unwrap().iter().all(|section| section[1] == true), "{sections}");
}

#[test]
fn links_and_keys_turn_days() {
    for screen in [WIDE, PHONE] {
        let reader = visit(crowded()).on(screen).open("#/day/2023-10-16");
        let day = || reader.attribute(".front__h", "aria-label").unwrap_or_default();
        reader.settles(day, "2023年10月16日".to_owned());
        reader.click(".front__to[rel=next]");
        reader.settles(day, "2023年10月17日".to_owned());
        reader.press("j");
        reader.settles(day, "2023年10月21日".to_owned());
        assert!(!reader.has(".front__to[rel=next]"), "the last day has no next link");
        // A day of one article has no columns.
        reader.see(".front__top.is-single");
        assert_eq!(reader.count(".front__top h2, .front__s h3"), 1);
        reader.press("k");
        reader.press("k");
        reader.settles(day, "2023年10月16日".to_owned());
        reader.shows(".front__more", "历年同日");
        reader.js("scrollTo(0, document.body.scrollHeight)");
        reader.shows(".front__yt", "去年第");
        reader.click(".front__y");
        reader.settles(day, "2022年10月16日".to_owned());
        reader.back();
        reader.settles(day, "2023年10月16日".to_owned());
    }
}

#[test]
fn article_of_front_page_opens_in_list_of_day() {
    for screen in [WIDE, PHONE] {
        let reader = visit(crowded()).on(screen).open("#/day/2023-10-16");
        reader.see(".front__top h2");
        let title = reader.text(".front__s h3");
        // Waits until the page has recorded the scroll position.
        reader
            .js_async("scrollTo(0, 150); requestAnimationFrame(() => requestAnimationFrame(() => done(0)))");
        let left = reader.number("return scrollY");
        assert!(left > 50.0, "the page is too short to be scrolled");
        reader.click(".front__s a");
        reader.article(&title);
        assert!(reader.hash().contains("q=date:2023-10-16"), "{}", reader.hash());
        if screen == WIDE {
            reader.finds(12);
        }
        reader.press("Escape");
        if screen == WIDE {
            reader.back();
        }
        reader.see(".front__top h2");
        reader.until("the page stands where it was left", &format!("return Math.abs(scrollY - {left}) < 2"));
    }
}

#[test]
fn article_links_to_front_page_of_its_day() {
    for begin in [open, open_on_phone] {
        let reader = begin(crowded());
        reader.read("灯塔第8件");
        reader.click(".kick__d");
        reader.see(".front__h");
        assert_eq!(reader.hash(), "#/day/2023-10-17");
        reader.press("Escape");
        reader.article("灯塔第8件");
        reader.press("t");
        reader.see(".front__h");
    }
}

#[test]
fn sparse_archive_has_month_pages() {
    let reader = open_on_phone(demo());
    reader.click(".day__a");
    reader.see(".front__d--month");
    assert_eq!(reader.hash(), "#/day/2024-12");
    reader.shows(".front__top", "冬至夜");
    reader.press("k");
    reader.settles(|| reader.hash(), "#/day/2024-11".to_owned());
}

#[test]
fn empty_day_shows_message_and_neighbours() {
    let reader = visit(crowded()).ready();
    reader.goto(&format!("{}#/day/2023-10-19", reader.host.url()));
    reader.shows(".front .blank", "这一天没有文章");
    reader.click(".front__to[rel=prev]");
    reader.shows(".front__c", "9 篇");
    // Undated articles have no day and no link.
    let reader = open(demo());
    reader.search("date:none");
    reader.finds(1);
    assert!(!reader.has(".day__a"));
}

#[test]
fn front_page_of_large_archive_makes_few_requests() {
    let reader = visit(thousands()).ready();
    reader.goto(&format!("{}#/day/2021-03-05", reader.host.url()));
    reader.see(".front__top h2");
    let files = reader.traffic().into_iter().filter(|url| url.contains("/archive/")).count();
    // The facets, one or two catalogue pages, and their related lists.
    assert!(files <= 7, "{files} files");
    let reader = visit(demo_split()).ready();
    reader.goto(&format!("{}#/day/2023-10", reader.host.url()));
    reader.see(".front__top h2");
}
