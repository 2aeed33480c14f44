//! Filters by source, language and time.

use crate::archives::{clippings, demo};
use crate::visit::{Reader, open, open_on_phone, visit};
use serde_json::json;

/// Returns the facet values with their counts.
fn values(reader: &Reader) -> Vec<(String, usize)> {
    // The status values come first.
    let names = reader.texts(".rail .facet:not(:first-child) .fv__l");
    let counts = reader.texts(".rail .facet:not(:first-child) .fv__n");
    names.into_iter().zip(counts.iter().map(|count| count.parse().unwrap())).collect()
}

#[test]
fn facets_show_values_with_counts() {
    let reader = open(demo());
    let wanted = [
        ("潮声周刊", 12),
        ("纸鸢", 10),
        ("The Tidewater Review", 8),
        ("北岸日報", 6),
        ("山城誌", 4),
        ("简体中文", 22),
        ("繁体中文", 10),
        ("英文", 8),
    ];
    let seen = values(&reader);
    for (name, count) in wanted {
        assert!(seen.contains(&(name.to_owned(), count)), "{name} {count} in {seen:?}");
    }
    let years: usize = seen[8..].iter().map(|(_, count)| count).sum();
    assert_eq!(years, 40, "years and undated add up to all articles: {seen:?}");
    assert_eq!(seen.last().unwrap(), &("日期不详".to_owned(), 1));
}

#[test]
fn facet_counts_match_results() {
    let reader = open(demo());
    for (name, count) in values(&reader) {
        reader.click_text(".rail .fv", &name);
        reader.see(".chip");
        reader.finds(count);
        reader.click(".chip");
        reader.finds(40);
    }
}

#[test]
fn filters_combine_with_terms() {
    let reader = open(demo());
    reader.search("图书馆");
    reader.finds(7);
    reader.click_text(".rail .fv", "北岸日報");
    reader.finds(2);
    reader.click_text(".rail .fv", "繁体中文");
    reader.finds(2);
    reader.click_text(".rail .fv", "2021");
    reader.finds(1);
    assert_eq!(reader.titles(), ["圖書館的最後一張借書卡"]);
    assert_eq!(reader.texts(".chip").len(), 3);
    let (_, other) = values(&reader).into_iter().find(|(name, _)| name == "潮声周刊").unwrap();
    assert_eq!(other, 0, "no other source has it in Traditional script");
    reader.click_text(".chip", "2021");
    reader.finds(2);
    reader.click_text(".chip", "繁体中文");
    reader.finds(2);
    reader.click_text(".chip", "北岸日報");
    reader.finds(7);
    assert_eq!(reader.hash(), "#/?q=图书馆");
}

#[test]
fn sources_are_ored_and_year_opens_months() {
    let reader = open(demo());
    reader.click_text(".rail .fv", "纸鸢");
    reader.finds(10);
    reader.click_text(".rail .fv", "山城誌");
    reader.finds(14);
    reader.click_text(".rail .fv", "2023");
    reader.see(".facet__2 .fv");
    let months = reader.texts(".facet__2 .fv__n");
    let sum: usize = months.iter().map(|count| count.parse::<usize>().unwrap()).sum();
    reader.finds(sum);
    reader.click(".facet__2 .fv");
    reader.finds(months[0].parse().unwrap());
    for _ in 0..3 {
        reader.back();
    }
    reader.finds(10);
}

#[test]
fn drag_over_bars_chooses_range() {
    let reader = open(demo());
    let bars = "const box = document.querySelector('.bars').getBoundingClientRect();";
    let edge = |share: f64| {
        let x = reader.number(&format!("{bars} return box.left + box.width * {share}"));
        (x, reader.number(&format!("{bars} return box.top + box.height / 2")))
    };
    // The bars cover January 2021 to December 2024: 48 months.
    assert_eq!(reader.count(".bars > i"), 48);
    reader.drag(edge(12.5 / 48.0), edge(23.5 / 48.0));
    reader.shows(".time__r", "2022年");
    reader.finds(10);
    assert_eq!(reader.hash(), "#/?q=after:2022-01+before:2023-01");
    assert_eq!(reader.count(".bars > .on"), 12);
    // Dragging a grip moves one end.
    let grip = "const box = document.querySelector('[data-grip=to]').getBoundingClientRect();";
    let from = (
        reader.number(&format!("{grip} return box.left + 4")),
        reader.number(&format!("{grip} return box.top + box.height / 2")),
    );
    reader.drag(from, edge(35.5 / 48.0));
    reader.shows(".time__r", "2022年 – 2023年");
    reader.click_text(".time .link", "清除");
    reader.finds(40);
}

#[test]
fn click_on_bar_chooses_month() {
    let reader = open(demo());
    let bar = "const box = document.querySelectorAll('.bars > i')[33].getBoundingClientRect();";
    let at = (
        reader.number(&format!("{bar} return box.left + box.width / 2")),
        reader.number(&format!("{bar} return box.bottom - 1")),
    );
    reader.drag(at, at);
    reader.shows(".time__r", "2023年10月");
    reader.finds(4);
}

#[test]
fn granularity_switches_between_years_months_and_days() {
    let reader = open(demo());
    let pressed = || reader.texts(".scale [aria-pressed=true]");
    let ends = || {
        ["from", "to"].map(|end| reader.attribute(&format!("[data-grip={end}]"), "aria-valuetext").unwrap())
    };
    let click = |at: usize| {
        let bar =
            format!("const box = document.querySelectorAll('.bars > i')[{at}].getBoundingClientRect();");
        let x = reader.number(&format!("{bar} return box.left + box.width / 2"));
        let y = reader.number(&format!("{bar} return box.bottom - 1"));
        reader.drag((x, y), (x, y));
    };
    assert_eq!(pressed(), ["月"]);
    reader.click_text(".scale button", "年");
    reader.settles(|| reader.count(".bars > i"), 4);
    assert_eq!(pressed(), ["年"]);
    click(2);
    reader.shows(".time__r", "2023年");
    reader.finds(12);
    // Days, up to the end of the chosen year.
    reader.click_text(".scale button", "日");
    reader.settles(|| reader.count(".bars > i"), 120);
    assert_eq!(ends(), ["2023年9月3日", "2023年12月31日"]);
    // The end out of view stays when the other one moves.
    reader.js("document.querySelector('[data-grip=to]').focus()");
    reader.press("ArrowLeft");
    reader.settles(|| reader.hash(), "#/?q=after:2023-01+before:2023-12-31".to_owned());
    let counted = reader.count(".bars > i:not(.none)");
    reader.click_text(".time .link", "清除");
    reader.finds(40);
    assert_eq!(reader.count(".bars > i:not(.none)"), counted, "the focused range stays");
    // September to December 2023; the first article is of September.
    let first = reader.number("return [...document.querySelectorAll('.bars > i')].findIndex(bar => !bar.classList.contains('none'))");
    click(first as usize);
    reader.until(
        "a single day is chosen",
        "return /^2023年\\d+月\\d+日$/.test(document.querySelector('.time__r')?.innerText)",
    );
    reader.until("it has articles", "return document.querySelectorAll('#list .row').length >= 1");
    assert!(reader.hash().starts_with("#/?q=after:2023-"), "{}", reader.hash());
    reader.click("[aria-label=更早]");
    reader.settles(|| ends()[1].starts_with("2023年10月"), true);
    reader.click_text(".scale button", "日");
    reader.settles(|| reader.count(".bars > i"), 48);
}

#[test]
fn arrow_keys_move_grip() {
    let reader = open(demo());
    reader.js("document.querySelector('[data-grip=from]').focus()");
    reader.press("ArrowRight");
    reader.shows(".time__r", "2021年2月 – 2024年12月");
    reader.press("Shift+ArrowRight");
    reader.shows(".time__r", "2022年2月 – 2024年12月");
    reader.press("ArrowLeft");
    reader.shows(".time__r", "2022年 – 2024年");
    assert_eq!(
        reader.js("return document.activeElement.dataset.grip"),
        json!("from"),
        "the grip keeps the focus"
    );
    assert_eq!(reader.attribute("[data-grip=from]", "aria-valuetext").as_deref(), Some("2022年1月"));
    reader.press("End");
    reader.shows(".time__r", "2024年12月");
    reader.finds(1);
    reader.press("Home");
    reader.js("document.querySelector('[data-grip=to]').focus()");
    reader.press("Home");
    reader.shows(".time__r", "2021年1月");
    reader.finds(1);
}

#[test]
fn filter_sheet_on_phone_shows_result_count() {
    let reader = open_on_phone(demo());
    reader.click("[aria-label^='筛选']");
    reader.shows(".sheet__f .btn--ink", "显示 40 篇");
    let ticks = "[...document.querySelectorAll('.sheet .opt')]
        .filter(option => getComputedStyle(option.querySelector('svg')).color !== 'rgba(0, 0, 0, 0)').map(option => option.innerText.split('\\n')[0])";
    assert_eq!(reader.js(&format!("return {ticks}")), json!([]));
    reader.click_text(".sheet .opt", "纸鸢");
    reader.shows(".sheet__f .btn--ink", "显示 10 篇");
    assert_eq!(reader.js(&format!("return {ticks}")), json!(["纸鸢"]), "ticks are visible where set");
    assert_eq!(reader.attribute(".sheet .opt[aria-checked=true]", "role").as_deref(), Some("checkbox"));
    reader.click_text(".sheet .cal__d", "2023年，");
    reader
        .until("fewer are left", "return !/显示 10 篇/.test(document.querySelector('.sheet__f').innerText)");
    let left = reader.text(".sheet__f .btn--ink");
    reader.click(".sheet__f .btn--ink");
    reader.gone(".sheet");
    let count: usize = left.split(' ').nth(1).unwrap().parse().unwrap();
    reader.finds(count);
    assert_eq!(reader.text(".badge"), "2");
    reader.click(".dock .chip");
    reader.click(".dock .chip");
    reader.finds(40);
}

#[test]
fn calendar_leads_from_years_to_days_and_back() {
    let reader = open_on_phone(demo());
    reader.click("[aria-label^='筛选']");
    let cells = || reader.texts(".cal__g:not(.cal__y + *) .cal__d b");
    assert_eq!(cells(), ["2021", "2022", "2023", "2024"]);
    // The months of the latest year are one tap away.
    assert_eq!(reader.text(".cal__y"), "2024年");
    assert_eq!(reader.count(".cal__y + .cal__g .cal__d"), 12);
    reader.click_text(".cal__d", "2024年2月，");
    reader.settles(|| reader.hash(), "#/?q=date:2024-02".to_owned());
    reader.click_text(".cal__c", "全部日期");
    reader.settles(|| cells().len(), 4);
    let targets = "return Math.min(...[...document.querySelectorAll('.cal button')].map(cell => {
        const box = cell.getBoundingClientRect(); return Math.min(box.width, box.height); }))";
    assert!(reader.number(targets) >= 44.0);
    reader.click_text(".cal__d", "2023年，");
    reader.settles(|| cells().len(), 12);
    // Arrow keys skip months without articles.
    reader.js("document.querySelector('.cal__d:enabled').focus()");
    reader.press("ArrowRight");
    let focused = "return [...document.querySelectorAll('.cal__d:enabled')].indexOf(document.activeElement)";
    assert_eq!(reader.js(focused), json!(1));
    reader.click_text(".cal__d", "2023年10月，");
    reader.settles(|| cells().len(), 31);
    assert!(reader.number(targets) >= 44.0);
    reader.shows(".sheet__f .btn--ink", "显示 4 篇");
    assert_eq!(reader.hash(), "#/?q=date:2023-10");
    // 16 October 2023 was a Monday: the first of the seven columns.
    let column = |day: u32| {
        reader.number(&format!(
            "const days = [...document.querySelectorAll('.cal__d')]; const left = days[{day} - 1].getBoundingClientRect().left;
             return Math.round(left - document.querySelector('.cal__g').getBoundingClientRect().left)"
        ))
    };
    assert!(column(16) <= 1.0 && column(15) > 250.0, "{} {}", column(16), column(15));
    // The four articles are of one day.
    reader.click(".cal__d:enabled");
    reader.until(
        "one day is chosen",
        "return document.querySelectorAll('.cal__d[aria-pressed=true]').length === 1",
    );
    assert!(reader.hash().starts_with("#/?q=date:2023-10-"), "{}", reader.hash());
    // The same day releases it, and the head leads back to all dates.
    reader.click(".cal__d[aria-pressed=true]");
    reader.settles(|| reader.hash(), "#/?q=date:2023-10".to_owned());
    reader.click_text(".cal__c", "2023年");
    reader.settles(|| cells().len(), 12);
    reader.click_text(".cal__c", "全部日期");
    reader.settles(|| cells().len(), 4);
    reader.shows(".sheet__f .btn--ink", "显示 40 篇");
}

#[test]
fn address_restores_state() {
    let reader = open(demo());
    reader.search("图书馆");
    reader.finds(7);
    reader.click_text(".rail .fv", "潮声周刊");
    reader.finds(3);
    reader.click_text(".sort button", "最早");
    reader.until(
        "the order changed",
        "return document.querySelector('.row__h').textContent.startsWith('末班')",
    );
    reader.read("渡口之后");
    let (url, titles) = (reader.url(), reader.titles());

    reader.new_tab();
    reader.goto(&url);
    reader.article("渡口之后");
    reader.finds(3);
    reader.settles(|| reader.titles(), titles);
    assert_eq!(reader.texts(".chip"), ["潮声周刊"]);
    assert_eq!(reader.text(".sort [aria-checked=true]"), "最早");
    assert_eq!(reader.js("return document.querySelector('.find__i').value"), json!("图书馆"));
}

#[test]
fn refused_history_write_is_retried() {
    let reader = open(demo());
    reader.search("灯");
    // Browsers silently refuse history writes when there are too many.
    reader.js("history.replaceState = () => {}");
    reader.write("塔");
    reader.finds(6);
    assert_eq!(reader.hash(), "#/?q=灯");
    reader.js("delete history.replaceState");
    reader.settles(|| reader.hash(), "#/?q=灯塔".to_owned());
}

/// Returns the values below a heading, with their counts.
fn values_of(reader: &Reader, heading: &str) -> Vec<(String, usize)> {
    let group = |part: &str| {
        let script = format!(
            "return [...document.querySelectorAll('.rail .facet')].filter(group => group.querySelector('h2').textContent \
             === '{heading}').flatMap(group => [...group.querySelectorAll('{part}')].map(value => value.textContent))"
        );
        serde_json::from_value::<Vec<String>>(reader.js(&script)).unwrap()
    };
    group(".fv__l").into_iter().zip(group(".fv__n").iter().map(|count| count.parse().unwrap())).collect()
}

#[test]
fn authors_and_tags_filter_with_counts() {
    let reader = open(clippings());
    reader.shows(".rail", "林舟");
    let owned = |values: &[(&str, usize)]| -> Vec<(String, usize)> {
        values.iter().map(|&(name, count)| (name.to_owned(), count)).collect()
    };
    assert_eq!(values_of(&reader, "作者"), owned(&[("Ann Lee", 2), ("林舟", 2)]));
    assert_eq!(values_of(&reader, "标签").len(), 6);
    assert_eq!(values_of(&reader, "标签")[..2], owned(&[("台湾", 2), ("水", 2)]));
    reader.click_text(".rail .fv", "Ann Lee");
    reader.finds(2);
    assert_eq!(reader.titles(), ["船坞", "灯塔"]);
    assert_eq!(reader.hash(), "#/?q=author:\"Ann+Lee\"");
    assert_eq!(reader.texts(".row__w"), ["Ann Lee", "林舟、Ann Lee"]);
    assert_eq!(values_of(&reader, "作者"), owned(&[("Ann Lee", 2), ("林舟", 2)]));
    assert_eq!(values_of(&reader, "标签")[..3], owned(&[("台湾", 1), ("水", 1), ("low \"tide\"", 1)]));
    reader.click_text(".rail .fv", "low \"tide\"");
    reader.finds(1);
    assert_eq!(reader.texts(".chip"), ["Ann Lee", "#low \"tide\""]);
    reader.click_text(".chip", "Ann Lee");
    reader.finds(1);
    reader.click(".chip");
    reader.finds(14);
    reader.click_text(".rail .fv--more", "全部 13 个");
    reader.shows(".rail", "第14号");
    reader.search("江水 作者：林舟 -tag:台灣");
    reader.finds(1);
    assert_eq!(reader.titles(), ["灯塔"]);
}

#[test]
fn typed_name_is_completed() {
    let reader = open(clippings());
    reader.search("江水 author:an");
    reader.finds(2);
    reader.shows(".titles", "Ann Lee");
    reader.click_text(".titles__a", "Ann Lee");
    reader.finds(2);
    assert_eq!(reader.text(".chip"), "Ann Lee");
}

#[test]
fn link_opens_the_filter_before_the_names_are_loaded() {
    let reader = visit(clippings()).open("#/?q=tag:水");
    reader.finds(2);
    reader.read("渡口");
    reader.click_text(".src .link", "台灣");
    reader.finds(2);
    assert_eq!(reader.titles(), ["船坞", "渡口"]);
}

#[test]
fn sheet_on_a_phone_has_authors_and_tags() {
    let reader = open_on_phone(clippings());
    reader.click("[aria-label^='筛选']");
    reader.shows(".sheet", "林舟");
    reader.click_text(".sheet .opt", "林舟");
    reader.shows(".sheet__f .btn--ink", "显示 2 篇");
}
