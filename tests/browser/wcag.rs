//! WCAG 2.0 to 2.2, levels A and AA, on every screen, in every theme, at three widths.
//!
//! axe-core runs as a driver script, so that pages keep their policy.

use crate::archives::{demo, demo_split, specimen};
use crate::driver::{PHONE, SMALL, Screen};
use crate::host::Fault;
use crate::listening::SPEECH;
use crate::panic_screen::stopped;
use crate::passages::{note, select};
use crate::preloaded_list::waiting;
use crate::visit::{Reader, open_menu, visit};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;

const DESK: Screen = Screen { width: 1280, height: 800, touch: false };

/// Themes by their names in the style sheets.
const THEMES: [&str; 4] = ["light", "sepia", "dark", "black"];

/// Script that sets the theme, waits for animations, and returns violations of `RULES`.
const LOOK: &str = "
    document.documentElement.dataset.theme = THEME;
    const still = () => Promise.all(document.getAnimations().map(one => one.finished.catch(() => 0)));
    requestAnimationFrame(() => still().then(() => axe.run(document, {
        runOnly: RULES,
        rules: { 'target-size': { enabled: true } },
        resultTypes: ['violations'],
    })).then(({ violations, passes, inapplicable }) => done({
        rules: passes.length + inapplicable.length,
        wrong: violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) =>
            `${id} at ${target.join(' ')}: ${failureSummary.split('\\n').slice(1).join('; ').trim()}`)),
    }), error => done({ rules: 0, wrong: [String(error)] })));";

/// Returns the source of axe-core.
fn axe() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/axe/node_modules/axe-core/axe.min.js");
    fs::read_to_string(path).unwrap_or_else(|_| {
        panic!("axe-core is not installed: run `npm ci --prefix tests/axe` (needs npm's registry)")
    })
}

/// Collects violations on several screens.
struct Audit {
    axe: String,
    width: u32,
    screens: usize,
    wrong: Vec<String>,
}

impl Audit {
    fn new(screen: Screen) -> Audit {
        Audit { axe: axe(), width: screen.width, screens: 0, wrong: Vec::new() }
    }

    /// Checks the current screen: all rules in the first theme, colour rules in all themes.
    fn look(&mut self, reader: &Reader, screen: &str) {
        if reader.js("return !window.axe") == json!(true) {
            reader.js(&self.axe);
        }
        let before = reader.js("return document.documentElement.dataset.theme");
        for (at, theme) in THEMES.iter().enumerate() {
            let rules = match at {
                0 => {
                    json!({ "type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] })
                }
                _ => json!({ "type": "rule", "values": ["color-contrast", "link-in-text-block"] }),
            };
            let script =
                LOOK.replace("THEME", &json!(theme).to_string()).replace("RULES", &rules.to_string());
            let said = reader.js_async(&script);
            assert!(said["wrong"] != json!([]) || said["rules"] != json!(0), "axe-core checked no rule");
            let found = said["wrong"].as_array().cloned().unwrap_or_default();
            let width = self.width;
            self.wrong.extend(
                found
                    .iter()
                    .filter_map(Value::as_str)
                    .map(|what| format!("{screen} {width} {theme}: {what}")),
            );
            self.screens += 1;
        }
        reader.js(&format!("document.documentElement.dataset.theme = {before}"));
    }

    fn end(self) {
        println!("axe-core: {} screens at {} px, {} violations", self.screens, self.width, self.wrong.len());
        assert!(self.wrong.is_empty(), "{:#?}", self.wrong);
    }
}

/// The library, search results, and every sheet.
fn finding(audit: &mut Audit, screen: Screen) {
    let reader = visit(demo()).on(screen).open("");
    audit.look(&reader, "the library");
    reader.scroll(900);
    audit.look(&reader, "the list, scrolled");
    reader.search("灯塔 after:2021 source:chaosheng.example");
    reader.see(".chip");
    audit.look(&reader, "results with filters");
    reader.search("灯塔");
    reader.finds(6);
    audit.look(&reader, "results");
    if reader.has(".dock") || screen.touch {
        reader.click("[aria-label^='筛选']");
        sheet(audit, &reader, "the filters");
    }
    reader.search("不存在的词句");
    reader.see(".blank__h");
    audit.look(&reader, "nothing found");
    reader.search("");
    reader.finds(40);
    audit.look(&reader, "recent searches");
    reader.press("Escape");
    reader.click(".mast [data-opens='aa--type'], .bar [data-opens='aa--type']");
    sheet(audit, &reader, "the type panel");
    open_menu(&reader);
    sheet(audit, &reader, "the menu");
    open_menu(&reader);
    reader.click_text("[role=dialog] .opt", "我的数据");
    reader.shows("[role=dialog] h2", "我的数据");
    sheet(audit, &reader, "the reader's data");
    reader.press("Shift+?");
    sheet(audit, &reader, "the keys");
    reader.press("d");
    audit.look(&reader, "the dense list");
    reader.press("d");
    reader.js("document.querySelector('.row [data-mark=star]')?.click()");
    reader.press("j");
    reader.press("s");
    reader.see(".notice");
    audit.look(&reader, "a notice");
}

/// The article and every panel.
fn reading(audit: &mut Audit, screen: Screen) {
    let reader = visit(specimen()).on(screen).open("");
    read(&reader, "一页纸上能放下多少东西");
    reader.see("#read .prose p");
    audit.look(&reader, "an article");
    for (at, selector) in ["#read .table", "#read figure", ".related, .pn"].iter().enumerate() {
        reader.js(&format!("document.querySelector({}).scrollIntoView()", json!(selector)));
        audit.look(&reader, &format!("an article, place {at}"));
    }
    for (name, selector) in [
        ("the contents", "[data-opens='aa--contents']"),
        ("the share panel", "[data-opens='aa--share']"),
        ("the type panel beside an article", ".tool [data-opens='aa--type'], .bar [data-opens='aa--type']"),
    ] {
        reader.click(selector);
        sheet(audit, &reader, name);
    }
    reader.js("document.querySelector('#read .fig__z').scrollIntoView({ block: 'center' })");
    reader.click("#read .fig__z");
    reader.see(".lens");
    sheet(audit, &reader, "a picture");
    let reader = visit(specimen()).on(screen).open("");
    reader.search("渡口");
    reader.see(".row__h mark");
    read(&reader, "渡口");
    reader.see(".fbar");
    audit.look(&reader, "matches in an article");
    let reader = visit(specimen()).on(screen).open("");
    read(&reader, "末班船停驶");
    reader.click_text("#read .kick--v .link", "2 个旧版本");
    audit.look(&reader, "the versions of an article");
    reader.click(".versions li:first-child .rel");
    reader.shows("#read h1", "晚点五天");
    audit.look(&reader, "an older version");
    reader.click_text(".older .link", "查看后来的改动");
    reader.see(".art--both");
    audit.look(&reader, "what changed");
}

/// Opens the first article whose title contains `title`, with a click in the middle of the window, clear of
/// the bars.
fn read(reader: &Reader, title: &str) {
    let middle = format!(
        "const row = [...document.querySelectorAll('.row__a')].find(row => row.innerText.includes({}));
         row?.scrollIntoView({{ block: 'center' }}); return !!row",
        json!(title)
    );
    reader.until(title, &middle);
    reader.read(title);
}

/// Annotations, notes and text-to-speech.
fn marking(audit: &mut Audit, screen: Screen) {
    let reader = visit(demo()).on(screen).ready();
    reader.at_start(SPEECH);
    reader.open("");
    read(&reader, "冬至夜");
    reader.see("#read .prose p");
    let words = |from: usize| {
        let script =
            format!("return document.querySelector('#read .prose p').textContent.slice({from}, {from} + 8)");
        reader.js(&script).as_str().unwrap().to_owned()
    };
    select(&reader, &words(2), &words(2));
    audit.look(&reader, "the bar of a selection");
    reader.click("[data-command=highlight]");
    reader.see(".note--key");
    audit.look(&reader, "a passage");
    select(&reader, &words(20), &words(20));
    reader.click("[data-command=note]");
    reader.see(".nform__t");
    audit.look(&reader, "a note that is written");
    note(&reader, "要再核对");
    reader.see(".note");
    audit.look(&reader, "a note");
    reader.click(".ib--listen");
    reader.see(".player");
    audit.look(&reader, "the player");
    reader.goto(&format!("{}#/passages", reader.host.url()));
    reader.shows("#page", "要再核对");
    audit.look(&reader, "all passages");
}

/// Pages shown instead of the list.
fn pages(audit: &mut Audit, screen: Screen) {
    let reader = visit(demo()).on(screen).open("");
    for (name, fragment, there) in [
        ("what the archive holds", "#/about", ".facts"),
        ("a day", "#/day/2023-10-17", ".front__h"),
        ("a month", "#/day/2024-12", ".front__h"),
        ("an address of nothing", "#/a/00000000zzzz", ".blank__h"),
    ] {
        reader.goto(&format!("{}{fragment}", reader.host.url()));
        reader.see(there);
        audit.look(&reader, name);
    }
}

/// Loading and failed states.
fn failing(audit: &mut Audit, screen: Screen) {
    let reader = waiting(screen, "");
    reader.see(".early__a");
    audit.look(&reader, "the list before the app");
    if screen == DESK {
        audit.look(&stopped(screen, "zh-CN"), "an app that has stopped");
    }
    let reader = visit(demo()).on(screen).ready();
    reader.host.fail("archive.json", Fault::Status(404), usize::MAX);
    reader.goto(&reader.host.url());
    reader.shows(".start", "archive.json");
    audit.look(&reader, "no archive");
    reader.host.mend();
    reader.host.fail(".wasm", Fault::Status(404), usize::MAX);
    reader.hurry();
    reader.goto(&reader.host.url());
    reader.see(".start button");
    audit.look(&reader, "no app");
    let reader = visit(demo_split()).on(screen).ready();
    reader.hurry();
    reader.open("");
    reader.host.fail("archive/", Fault::Truncate, usize::MAX);
    read(&reader, "钟楼慢了四分钟");
    reader.see("#read .fail");
    audit.look(&reader, "a text that did not come");
}

/// Checks the open dialog and closes it.
fn sheet(audit: &mut Audit, reader: &Reader, name: &str) {
    reader.see("[role=dialog]");
    audit.look(reader, name);
    reader.press("Escape");
    reader.gone("[role=dialog]");
}

fn all(screen: Screen) {
    let mut audit = Audit::new(screen);
    finding(&mut audit, screen);
    reading(&mut audit, screen);
    marking(&mut audit, screen);
    pages(&mut audit, screen);
    failing(&mut audit, screen);
    audit.end();
}

#[test]
fn smallest_phone_passes_wcag() {
    all(SMALL);
}

#[test]
fn phone_passes_wcag() {
    all(PHONE);
}

#[test]
fn desktop_passes_wcag() {
    all(DESK);
}
