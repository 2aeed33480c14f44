//! First screen.

use crate::archives::{demo, demo_split, seed};
use crate::driver::{PHONE, TABLET};
use crate::visit::{open, open_on_phone, visit};

#[test]
fn newest_article_is_first_and_open() {
    let reader = open(demo());
    assert_eq!(reader.text(".name__t"), "潮汐集");
    assert!(reader.text(".name__s").starts_with("40 篇 · 2021.1 – 2024.12"), "{}", reader.text(".name__s"));
    assert_eq!(reader.titles()[0], "冬至夜，灯塔上有人值班");
    assert!(reader.text(".day__h").starts_with("12月"));
    reader.article("冬至夜");
    assert_eq!(reader.text(".row.is-current .row__h"), "冬至夜，灯塔上有人值班");
    assert_eq!(reader.attribute(".row.is-current .row__a", "aria-current").as_deref(), Some("true"));
}

#[test]
fn archive_layouts_look_the_same() {
    let one = open(demo());
    let many = open(demo_split());
    many.until("all rows are there", "return !document.querySelector('.row.is-blank')");
    for selector in [".name", ".time", ".rail", ".row__a"] {
        assert_eq!(one.texts(selector), many.texts(selector), "{selector}");
    }
}

#[test]
fn list_ends_with_undated_articles_and_count() {
    for begin in [open, open_on_phone] {
        let reader = begin(demo());
        reader.finds(40);
        reader.until(
            "the end is in view",
            "const list = innerWidth >= 1120 ? document.querySelector('#list') : document.scrollingElement;
             list.scrollTop = list.scrollHeight;
             const end = document.querySelector('.list__end').getBoundingClientRect();
             return end.bottom <= innerHeight",
        );
        reader.settles(|| reader.titles().last().cloned(), Some("没有日期的信".to_owned()));
        assert!(reader.texts(".day__h").last().unwrap().starts_with("日期不详"));
        assert!(reader.text(".list__end").starts_with("共 40 篇"));
    }
}

#[test]
fn single_article_archive_shows_no_choices() {
    let reader = open(seed());
    reader.article("俄罗斯外长访北京和平壤为俄总统普京铺路");
    assert_eq!(reader.text(".name__t"), "RFI 法广");
    assert!(reader.text(".day__h").contains("2023"), "a day of another year shows the year");
    for choice in [".rail", ".time__g", ".time .link", ".sort", ".facet", ".pn a"] {
        assert!(!reader.has(choice), "{choice}");
    }
}

#[test]
fn single_article_archive_opens_on_phone() {
    let reader = open_on_phone(seed());
    assert!(!reader.has("[aria-label^='筛选']"));
    reader.read("俄罗斯外长");
    reader.click("[aria-label='文库']");
    reader.see(".row__a");
}

#[test]
fn narrow_layouts_show_list_first() {
    for screen in [PHONE, TABLET] {
        let reader = visit(demo()).on(screen).open("");
        assert_eq!(reader.titles()[0], "冬至夜，灯塔上有人值班");
        assert!(!reader.has("#read"));
    }
}

#[test]
fn invalid_browser_language_is_tolerated() {
    let reader = visit(demo()).ready();
    reader
        .at_start("Object.defineProperty(Navigator.prototype, 'languages', { get: () => ['en-US@posix'] })");
    reader.open("");
    assert_eq!(reader.attribute("html", "lang").as_deref(), Some("en"));
    reader.read(&reader.titles()[0]);
    reader.shows("#read", "Dec 22, 2024");
}

#[test]
fn interface_follows_browser_language() {
    for (languages, tag, hint) in [
        ("zh-CN,zh,en", "zh-Hans", "搜索标题和正文"),
        ("zh-TW,en", "zh-Hant", "搜尋標題與內文"),
        ("en-GB,zh-CN", "en", "Search titles and text"),
        ("fr", "en", "Search titles and text"),
    ] {
        let reader = visit(demo()).languages(languages).open("");
        assert_eq!(reader.attribute("html", "lang").as_deref(), Some(tag), "{languages}");
        assert_eq!(reader.attribute(".find__i", "placeholder").as_deref(), Some(hint), "{languages}");
    }
}
