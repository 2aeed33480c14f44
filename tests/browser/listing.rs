//! Scrolling of the list, and its restoration.

use crate::archives::{THOUSANDS, demo, demo_split, thousands};
use crate::driver::{Browser, PHONE, SMALL, TABLET};
use crate::visit::{Reader, open, open_on_phone, visit};
use serde_json::json;

/// Script that scrolls through the whole list and returns the rows shown, gaps in the coverage, and rows
/// rendered twice.
const THROUGH: &str = "
    const wide = innerWidth >= 1120;
    const list = wide ? document.querySelector('#list') : document.scrollingElement;
    const frame = () => new Promise(resume => requestAnimationFrame(() => setTimeout(resume)));
    const wait = async (ready) => { for (let i = 0; i < 400 && !ready(); i++) await frame(); };
    const [seen, twice, gaps, disorder] = [new Set(), [], [], []];
    const view = () => wide ? list.getBoundingClientRect() : { top: 0, bottom: innerHeight };
    const covered = () => {
        const inner = document.querySelector('.list__rows').getBoundingClientRect();
        const rows = [...document.querySelectorAll('[data-row]')].map(row => row.getBoundingClientRect());
        const top = Math.max(inner.top, view().top), bottom = Math.min(inner.bottom, view().bottom);
        return rows[0].top <= top + 60 && rows.at(-1).bottom >= bottom - 2;
    };
    const look = async () => {
        // On a busy machine rows may take long, but in the end they cover the view.
        await wait(() => !document.querySelector('.row.is-blank') && covered());
        const rows = [...document.querySelectorAll('[data-row]')];
        const numbers = rows.map(row => Number(row.dataset.row));
        if (new Set(numbers).size < numbers.length) twice.push(numbers);
        if (numbers.some((number, i) => i > 0 && number !== numbers[i - 1] + 1)) disorder.push(numbers);
        const boxes = rows.map(row => row.getBoundingClientRect());
        for (let i = 0; i < rows.length; i++) {
            if (boxes[i].bottom > view().top && boxes[i].top < view().bottom) seen.add(numbers[i]);
        }
        if (!covered()) gaps.push(list.scrollTop);
    };
    (async () => {
        // One page in a usual window, so that no row is skipped.
        const step = 640;
        list.scrollTop = 0;
        for (let last = -1; list.scrollTop > last;) {
            await frame();
            await look();
            last = list.scrollTop;
            list.scrollTop += step;
        }
        const missed = [...Array(Math.max(...seen) + 1).keys()].filter(row => !seen.has(row));
        done([seen.size, missed, twice, disorder, gaps]);
    })();";

#[test]
fn scrolling_long_list_shows_each_row_once() {
    let reader = open(thousands());
    reader.resize(1440, 1000);
    let seen = reader.js_async(THROUGH);
    assert_eq!(seen, json!([THOUSANDS, [], [], [], []]));
    assert!(reader.text(".list__end").starts_with("共 3,000 篇"));
}

/// Where rendering takes long, the browser may paint between a list's rows and what is done after them.
#[test]
fn every_row_passes_once_on_a_slow_machine_too() {
    let reader = open(demo());
    if reader.browser != Browser::Chromium {
        return;
    }
    reader.cdp("Emulation.setCPUThrottlingRate", json!({ "rate": 8 }));
    assert_eq!(reader.js_async(THROUGH), json!([40, [], [], [], []]));
}

#[test]
fn scrolling_long_list_on_phone_shows_each_row_once() {
    for archive in [demo(), demo_split()] {
        let reader = open_on_phone(archive);
        assert_eq!(reader.js_async(THROUGH), json!([40, [], [], [], []]));
    }
}

#[test]
fn home_and_end_keys_jump_to_ends() {
    let reader = open(thousands());
    reader.js("document.querySelector('#list').focus()");
    reader.press("End");
    reader.until(
        "the last row is in view",
        &format!("const row = document.querySelector('[data-row=\"{}\"] .row__h'); return !!row && row.getBoundingClientRect().top < innerHeight", THOUSANDS - 1),
    );
    assert!(reader.titles().last().unwrap().starts_with("第0篇"));
    reader.press("Home");
    reader.until("the first row is in view", "const row = document.querySelector('[data-row=\"0\"] .row__h'); return !!row && row.getBoundingClientRect().top > 0");
}

/// Opens a row in the middle of the view and returns its title.
fn open_in_the_middle(reader: &Reader) -> String {
    let title = reader.js("const rows = [...document.querySelectorAll('.row__a')];
         const row = rows.find(row => row.getBoundingClientRect().top > innerHeight / 2 - 100);
         row.setAttribute('data-test', '');
         return row.querySelector('.row__h').textContent");
    let title = title.as_str().unwrap().to_owned();
    reader.click("[data-test]");
    reader.article(&title);
    title
}

#[test]
fn back_from_article_restores_list_position() {
    for (screen, archive) in [(PHONE, thousands()), (TABLET, demo())] {
        let reader = visit(archive).on(screen).open("");
        reader.scroll(2345);
        let place = reader.place();
        open_in_the_middle(&reader);
        reader.back();
        reader.see(".row__a");
        reader.settles(|| reader.place(), place.clone());
        open_in_the_middle(&reader);
        reader.press("Escape");
        reader.see(".row__a");
        reader.settles(|| reader.place(), place.clone());
        open_in_the_middle(&reader);
        reader.js("scrollTo(0, 500)");
        reader.click(if screen == PHONE { ".tool [aria-label='文库']" } else { ".rbar .back" });
        reader.see(".row__a");
        reader.settles(|| reader.place(), place.clone());
    }
}

#[test]
fn list_at_top_returns_to_top() {
    let reader = open_on_phone(demo());
    let titles = reader.titles();
    for leave in ["history.back()", "document.querySelector('.tool .ib').click()"] {
        reader.read(&titles[0]);
        reader.rests(|| reader.number("return scrollY"));
        reader.js("scrollTo(0, 1200)");
        reader.settles(|| reader.number("return scrollY"), 1200.0);
        reader.js(leave);
        reader.see(".row__a");
        reader.settles(|| reader.number("return scrollY"), 0.0);
    }
}

#[test]
fn reload_restores_list_position() {
    for begin in [open, open_on_phone] {
        let reader = begin(thousands());
        reader.scroll(54_321);
        let place = reader.place();
        reader.reload();
        reader.see(".row__a");
        reader.settles(|| reader.place(), place.clone());
    }
}

#[test]
fn reading_in_pane_keeps_list_position() {
    let reader = open(thousands());
    reader.scroll(2345);
    let place = reader.place();
    open_in_the_middle(&reader);
    assert_eq!(reader.place(), place);
    reader.reload();
    reader.see(".row__a");
    reader.settles(|| reader.place(), place.clone());
    reader.back();
    reader.settles(|| reader.place(), place);
}

#[test]
fn search_starts_at_top_and_back_restores_position() {
    for begin in [open, open_on_phone] {
        let reader = begin(thousands());
        reader.scroll(4_321);
        let place = reader.place();
        reader.search("第29");
        reader.finds(111);
        assert!(reader.place()[1].as_f64().unwrap() >= 0.0);
        reader.back();
        reader.finds(THOUSANDS);
        reader.settles(|| reader.place(), place);
    }
}

#[test]
fn article_link_in_large_archive_makes_few_requests() {
    let id = {
        let reader = open_on_phone(thousands());
        reader.search("第1234篇");
        reader.finds(1);
        reader.attribute(".row__a", "href").unwrap().replace("?q=第1234篇", "")
    };
    let reader = visit(thousands()).on(PHONE).ready();
    reader.open(&id);
    reader.article("第1234篇");
    reader.click(".tool [aria-label='文库']");
    reader.see(".row__a");
    let mut asked: Vec<String> = reader.host.asked("archive").into_iter().map(|asked| asked.path).collect();
    asked.sort();
    asked.dedup();
    // The manifest, the facets, an id shard, a pack table, the article's pack, the list's first page and,
    // since the end of the short article is visible, its related articles.
    assert!(asked.len() <= 12, "{asked:#?}");
}

#[test]
fn smallest_phone_has_no_horizontal_overflow() {
    let reader = visit(demo()).on(SMALL).open("");
    let fits = |what: &str| {
        let wide = reader.js(
            "const wide = [...document.querySelectorAll('body *')].filter(e => {
                 const box = e.getBoundingClientRect();
                 if (!box.width || box.right <= innerWidth + .5) return false;
                 for (let p = e; p; p = p.parentElement) {
                     if (p !== e && getComputedStyle(p).overflowX !== 'visible') return false;
                 }
                 return true;
             });
             return [document.scrollingElement.scrollWidth - innerWidth, wide.map(e => e.tagName + '.' + e.className)]",
        );
        assert_eq!(wide, json!([0, []]), "{what}");
    };
    fits("the library");
    reader.click("[aria-label^='筛选']");
    reader.see(".sheet");
    fits("the filters");
    reader.press("Escape");
    reader.gone(".sheet");
    reader.search("灯塔 after:2021 source:chaosheng.example");
    reader.until("it is searched", "return /^找到/.test(document.querySelector('.time__n').innerText)");
    fits("results");
    for title in ["冬至夜", "气象站"] {
        reader.js(&format!(
            "[...document.querySelectorAll('.row__a')].find(row => row.textContent.includes('{title}')).scrollIntoView({{ block: 'center' }})"
        ));
        reader.read(title);
        fits(title);
        reader.click(".tool [aria-label='阅读设置']");
        reader.see(".sheet");
        fits("the type panel");
        reader.press("Escape");
        reader.gone(".sheet");
        reader.press("Escape");
        reader.see(".row__a");
    }
}
