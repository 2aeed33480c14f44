//! Sharing, citing, printing.

use crate::archives::{demo, specimen};
use crate::driver::Feature;
use crate::visit::{Reader, open, open_on_phone, visit};
use serde_json::{Value, json};

const FERRY: &str = "末班渡轮：柳湾渡口的最后一个冬天";
const SHARE: &str = "[data-opens='aa--share']";

/// Records clipboard writes, shares and prints. `apps`: whether a share sheet exists.
fn note(reader: &Reader, apps: bool) {
    reader.at_start(&format!(
        "window.noted = {{}};
         Object.defineProperty(navigator, 'clipboard', {{ value: {{ writeText: async text => {{ noted.copied = text; }} }} }});
         Object.defineProperty(navigator, 'share', {{ value: {apps} ? async data => {{ noted.shared = data; }} : undefined }});
         window.print = () => {{ noted.printed = (noted.printed ?? 0) + 1; }};"
    ));
}

fn noted(reader: &Reader, what: &str) -> Value {
    reader.until(what, &format!("return window.noted[{}]", json!(what)))
}

fn copy(reader: &Reader, row: &str) -> String {
    reader.js("delete noted.copied");
    reader.click_text(".act", row);
    let copied = noted(reader, "copied").as_str().unwrap().to_owned();
    reader.until(
        "it says so",
        &format!(
            "return [...document.querySelectorAll('.act')].find(e => e.innerText.includes({})).innerText.includes('已复制')",
            json!(row)
        ),
    );
    copied
}

#[test]
fn copied_link_omits_search() {
    let reader = visit(demo()).ready();
    note(&reader, false);
    reader.open("#/?q=柳湾");
    reader.read(FERRY);
    reader.click(SHARE);
    assert!(!reader.texts(".act").iter().any(|row| row.contains("发送到")), "no share sheet is available");
    let link = copy(&reader, "复制链接");
    let id = reader.hash()["#/a/".len()..].split('?').next().unwrap().to_owned();
    assert_eq!(link, format!("{}#/a/{id}", reader.host.url()));
    let date = "2021-01-17";
    let gb = copy(&reader, "GB/T 7714");
    assert!(gb.starts_with(&format!("{FERRY}[N/OL]. 潮声周刊, {date}[")), "{gb}");
    assert!(gb.ends_with("https://chaosheng.example/2021/01/17/liuwan-ferry.html"), "{gb}");
    assert!(copy(&reader, "APA").contains("(2021, January 17). 潮声周刊. https://"));
    assert!(copy(&reader, "BibTeX").starts_with(&format!("@article{{{id},")));
    assert!(copy(&reader, "Markdown").starts_with(&format!("[{FERRY}](https://chaosheng.example/")));
    reader.press("Escape");
    reader.gone("[role=dialog]");
    assert_eq!(reader.focused(), "分享与引用");
}

#[test]
fn phone_shares_link() {
    let reader = visit(demo()).on(crate::driver::PHONE).ready();
    note(&reader, true);
    reader.open("#/?q=柳湾");
    reader.read(FERRY);
    reader.click(SHARE);
    reader.click_text(".act", "发送到");
    let shared = noted(&reader, "shared");
    assert_eq!(shared["title"], FERRY);
    assert!(!shared["url"].as_str().unwrap().contains("q="), "{shared}");
    reader.gone("[role=dialog]");
}

#[test]
fn failed_copy_shows_selectable_text() {
    let reader = visit(demo()).ready();
    note(&reader, false);
    reader.at_start(
        "navigator.clipboard.writeText = async () => { throw new DOMException('no', 'NotAllowedError'); };
         document.execCommand = () => false;",
    );
    reader.open("");
    reader.see("#read h1");
    reader.click(SHARE);
    reader.click_text(".act", "GB/T");
    reader.shows(".act__s", "");
    reader.until(
        "it says so",
        "return [...document.querySelectorAll('.act__s')].some(e => e.innerText.includes('复制失败'))",
    );
    reader.see(".act__t.is-whole");
}

#[test]
fn selected_sentence_becomes_text_fragment_link() {
    let reader = visit(specimen()).ready();
    note(&reader, false);
    reader.open("");
    reader.read("渡輪停駛之後");
    reader.js("const text = document.querySelector('#read .prose p').firstChild;
         const range = document.createRange();
         const at = text.data.indexOf('亮到');
         range.setStart(text, at); range.setEnd(text, at + 2);
         getSelection().removeAllRanges(); getSelection().addRange(range);");
    reader.click(SHARE);
    reader.shows(".acts", "碼頭的燈亮到半夜，沒有人去關。");
    let link = copy(&reader, "复制所选句子的原文链接");
    let (url, text) = link.split_once("#:~:text=").unwrap();
    assert_eq!(url, "https://zifang.example/2023/ferry-hant.html");
    let decoded = reader.js(&format!("return decodeURIComponent({})", json!(text)));
    assert_eq!(decoded, "碼頭的燈亮到半夜，沒有人去關。");
}

#[test]
fn printed_article_has_images_and_source() {
    for begin in [open, open_on_phone] {
        let reader = begin(specimen());
        if !reader.can(Feature::Media) {
            return;
        }
        reader.js("window.noted = {}; window.print = () => { noted.printed = document.querySelectorAll('.is-loading').length + 1; }");
        reader.read("一页纸上能放下多少东西");
        reader.click(SHARE);
        reader.click_text(".act", "打印或存为 PDF");
        assert_eq!(noted(&reader, "printed"), json!(1), "printed once all images are loaded");
        reader.gone("[role=dialog]");
        reader.as_printed(true);
        let visible = |selector: &str| {
            reader.js(&format!(
                "const e = document.querySelector({}); return !!e && e.checkVisibility()",
                json!(selector)
            ))
        };
        for (selector, wanted) in [
            ("#read h1", true),
            ("#read .kick time", true),
            (".src .link", true),
            ("#read img", true),
            (".rbar, .tool", false),
            (".mast", false),
            ("#list", false),
            (".pn", false),
            (".related", false),
        ] {
            assert_eq!(visible(selector), json!(wanted), "{selector}");
        }
        let ground = reader.js("return getComputedStyle(document.querySelector('#read')).color");
        assert_eq!(ground, "rgb(0, 0, 0)");
    }
}

#[test]
fn first_articles_of_list_print_together() {
    for begin in [open, open_on_phone] {
        let reader = begin(demo());
        if !reader.can(Feature::Media) {
            return;
        }
        reader.js("window.noted = {}; window.print = () => { noted.printed = document.querySelectorAll('.stack__a').length; }");
        reader.search("渡口");
        reader.settles(|| reader.titles().len() > 1, true);
        let titles = reader.rests(|| reader.titles());
        reader.js("document.querySelector('.list__end').scrollIntoView()");
        reader.click_text(".list__end .link", "打印");
        reader.click_text(".list__end .link", &format!("全部 {} 篇", titles.len()));
        reader.shows(".stack__b", "可以打印了");
        reader.settles(|| reader.texts(".stack h1"), titles.clone());
        reader.click_text(".stack .btn", "打印或存为 PDF");
        assert_eq!(noted(&reader, "printed"), json!(titles.len()));
        reader.as_printed(true);
        assert_eq!(reader.js("return document.querySelector('#sheaf').checkVisibility()"), json!(false));
        reader.as_printed(false);
        // An element that is not printed had the focus.
        reader.js("document.querySelector('.stack').focus()");
        reader.press("Escape");
        reader.gone(".stack");
        assert_eq!(reader.titles(), titles);
    }
}
