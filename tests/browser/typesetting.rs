//! Typesetting: languages, contents, spacing, and diffs of versions.

use crate::archives::specimen;
use crate::visit::{Reader, open, open_on_phone};
use serde_json::json;

const MANUAL: &str = "一页纸上能放下多少东西";
const FERRY: &str = "末班船停驶";
const CONTENTS: &str = "[data-opens='aa--contents']";

#[test]
fn foreign_text_has_lang_attribute() {
    let reader = open(specimen());
    reader.read(MANUAL);
    let lang = |selector: &str, text: &str| {
        reader.js(&format!(
            "const e = [...document.querySelectorAll('#read ' + {})].find(e => e.textContent.includes({}));
             return e.closest('[lang]').lang",
            json!(selector),
            json!(text)
        ))
    };
    assert_eq!(lang("p", "This paragraph"), "en");
    assert_eq!(lang("blockquote p", "A page should be"), "en");
    assert_eq!(lang("blockquote p", "我们这一行"), "zh-Hans");
    assert_eq!(lang("em", "Baskerville"), "en");
    let style = |selector: &str, property: &str| {
        reader.js(&format!(
            "return getComputedStyle(document.querySelector({}))[{}]",
            json!(selector),
            json!(property)
        ))
    };
    assert_eq!(style("#read em[lang=en]", "fontStyle"), "italic");
    assert_eq!(style("#read em:not([lang])", "fontStyle"), "normal");
    assert_ne!(style("#read em:not([lang])", "textEmphasisStyle"), "none");
    assert_eq!(style("#read p[lang=en]", "textAlign"), "start");
    reader.read("The printer who kept");
    assert_eq!(lang("em", "字房"), "zh-Hans");
    assert_eq!(style("#read em[lang=zh-Hans]", "fontStyle"), "normal");
}

#[test]
fn line_spacing_applies_and_persists() {
    for begin in [open, open_on_phone] {
        let reader = begin(specimen());
        reader.read(MANUAL);
        let line = || {
            reader.number(
                "return parseFloat(getComputedStyle(document.querySelector('#read .prose p')).lineHeight)",
            )
        };
        let usual = line();
        let panel = ":is(.bar, .tool) [data-opens='aa--type']";
        reader.click(panel);
        reader.click_text("[role=dialog] [role=radio]", "松");
        reader.settles(|| line() > usual, true);
        reader.click_text("[role=dialog] [role=radio]", "紧");
        reader.settles(|| line() < usual, true);
        reader.reload();
        reader.article(MANUAL);
        assert!(line() < usual);
        reader.click(panel);
        reader.click_text("[role=dialog] .link", "恢复默认");
        reader.settles(line, usual);
    }
}

#[test]
fn line_length_is_at_most_forty_characters() {
    for measure in ["28", "34", "38"] {
        let reader = open(specimen());
        reader.js(&format!("localStorage.setItem('sheaf', JSON.stringify({{ measure: '{measure}' }}))"));
        reader.reload();
        reader.read(MANUAL);
        for alone in [false, true] {
            if alone {
                reader.press("Enter");
                reader.see(".rbar");
            }
            let characters = reader.number(
                "const p = document.querySelector('#read .prose p');
                 return p.getBoundingClientRect().width / parseFloat(getComputedStyle(p).fontSize)",
            );
            assert!(characters <= 40.0, "{characters} at {measure}");
        }
    }
}

/// Waits until a heading is at the upper edge of the view.
fn at_top(reader: &Reader, heading: &str) {
    reader.until(
        &format!("{heading} is at the top"),
        &format!(
            "const e = [...document.querySelectorAll('#read :is(h2, h3)')].find(e => e.textContent === {});
             const top = e.getBoundingClientRect().top; return top >= 0 && top < 200",
            json!(heading)
        ),
    );
}

#[test]
fn long_article_has_table_of_contents() {
    for begin in [open, open_on_phone] {
        let reader = begin(specimen());
        reader.read(MANUAL);
        let address = reader.hash();
        reader.click(CONTENTS);
        assert_eq!(
            reader.texts(".toc button"),
            ["一、正文", "引文", "图", "二、清单与表格", "三、机器", "注释"]
        );
        reader.click_text(".toc button", "二、清单与表格");
        reader.gone(".toc");
        at_top(&reader, "二、清单与表格");
        assert_eq!(reader.hash(), address);
        reader.settles(|| reader.focused(), "二、清单与表格".to_owned());
        reader.click(CONTENTS);
        reader.settles(|| reader.text(".toc [aria-current]"), "二、清单与表格".to_owned());
        // The keyboard continues at the current heading.
        reader.settles(|| reader.focused(), "二、清单与表格".to_owned());
        reader.press("ArrowUp");
        reader.press("ArrowUp");
        reader.press("Enter");
        at_top(&reader, "引文");
        reader.click(CONTENTS);
        reader.press("Escape");
        reader.gone(".toc");
        assert_eq!(reader.focused(), "目录");
        reader.press("c");
        reader.see(".toc");
    }
}

#[test]
fn short_article_has_no_table_of_contents() {
    let reader = open(specimen());
    reader.read(FERRY);
    assert_eq!(reader.attribute(CONTENTS, "aria-disabled").as_deref(), Some("true"));
}

#[test]
fn version_diff_shows_changed_words() {
    for begin in [open, open_on_phone] {
        let reader = begin(specimen());
        reader.read(FERRY);
        reader.click_text("#read .kick--v .link", "2 个旧版本");
        // Newest first.
        reader.click(".versions li:first-child .rel");
        reader.shows("#read h1", "晚点五天");
        reader.click_text(".older .link", "查看后来的改动");
        reader.see(".art--both");
        // Without the words for screen readers.
        let side = |gone: &str| {
            let script = format!(
                "const copy = document.querySelector('.art--both').cloneNode(true);
                 copy.querySelectorAll('.older, .chg, .vh, {gone}').forEach(e => e.remove());
                 return copy.textContent.replaceAll('¶', '')"
            );
            reader.js(&script).as_str().unwrap().to_owned()
        };
        assert!(side("del").contains("船已停了五天，什么时候再开要看上游放不放水。"), "{}", side("del"));
        assert!(side("ins").contains("航运公司表示，将在本月内恢复航班。"), "{}", side("ins"));
        assert!(reader.texts("#read ins").iter().any(|text| text.contains("去年冬天，渡口也曾停航两周。")));
        assert!(
            reader.texts("#read del").iter().any(|text| text.contains("航运公司表示，将在本月内恢复航班。"))
        );
        let count = reader
            .number("return new Set([...document.querySelectorAll('[data-c]')].map(e => e.dataset.c)).size");
        assert_eq!(reader.text(".chg__n"), format!("改动 1 / {count}"));
        reader.click(".chg [aria-label='下一处改动']");
        reader.shows(".chg__n", &format!("改动 2 / {count}"));
        assert_eq!(reader.attribute(".is-now", "data-c").as_deref(), Some("1"));
        if !reader.is_on_phone() {
            reader.press("n");
            reader.shows(".chg__n", &format!("改动 3 / {count}"));
            reader.press("Shift+N");
            reader.shows(".chg__n", &format!("改动 2 / {count}"));
        }
        reader.click_text(".older .link", "查看旧版全文");
        reader.gone(".art--both");
        reader.shows("#read h1", "晚点五天");
        reader.click_text(".older .link", "回到最新版本");
        reader.shows("#read h1", FERRY);
    }
}
