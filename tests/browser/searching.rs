//! Search.

use crate::archives::{Article, demo, demo_split, of, split_of, thousands};
use crate::driver::{Feature, PHONE};
use crate::host::Fault;
use crate::visit::{open, open_on_phone, visit};
use serde_json::{Value, json};
use std::fs;

/// The articles with 图书馆 in one of its forms, sorted.
const LIBRARY: [&str; 7] = [
    "四十万册书过街：一座老图书馆的搬家",
    "圖書館的最後一張借書卡",
    "小暑，晒书",
    "山城樓梯普查：一萬九千四百零二級",
    "末班渡轮：柳湾渡口的最后一个冬天",
    "渡口之后：桥上来的人",
    "燈塔國小只剩三個學生 老師七位",
];

#[test]
fn typing_searches_both_scripts() {
    let reader = open(demo());
    reader.press("/");
    reader.write("图书馆");
    reader.finds(7);
    let mut titles = reader.titles();
    titles.sort();
    assert_eq!(titles, LIBRARY);
    reader.search("圖書館");
    reader.finds(7);
    assert_eq!(reader.hash(), "#/?q=圖書館");
}

#[test]
fn typed_letters_narrow_list() {
    let reader = open(demo());
    reader.press("/");
    let mut counts = Vec::new();
    for letter in ["灯", "塔"] {
        reader.write(letter);
        reader.until("a search is done", "return /^找到/.test(document.querySelector('.time__n').innerText)");
        counts.push(reader.text(".time__n"));
    }
    assert_eq!(counts[1], "找到 6 篇");
    reader.press("Backspace");
    reader.shows(".time__n", &counts[0]);
    reader.press("Backspace");
    reader.finds(40);
}

#[test]
fn matches_are_highlighted_in_titles_and_snippets() {
    let reader = open(demo());
    reader.search("图书馆");
    reader.finds(7);
    reader.until(
        "all rows are marked",
        "return [...document.querySelectorAll('.row')].every(row => row.querySelector('mark'))",
    );
    let marks = reader.texts(".row mark");
    assert!(marks.iter().all(|mark| mark == "图书馆" || mark == "圖書館"), "{marks:?}");
    assert_eq!(reader.texts(".row__h mark").len(), 2);
    assert!(reader.text(".row__m").contains(" 处"), "{}", reader.text(".row__m"));
}

#[test]
fn english_words_and_rare_phrases_match() {
    let reader = open(demo());
    reader.search("river");
    reader.finds(8);
    reader.search("RIVER wenn");
    reader.until(
        "fewer are found",
        "return /^找到 [1-7] 篇/.test(document.querySelector('.time__n').innerText)",
    );
    reader.search("替月亮记账");
    reader.finds(1);
    reader.article("潮汐表编辑部");
    reader.settles(|| reader.highlighted("match"), vec!["替月亮记账".to_owned()]);
}

#[test]
fn inflected_forms_are_found_and_misspelt_words_have_suggestions() {
    let harbours = (0..3).map(|number| Article {
        title: format!("第{number}篇"),
        time: 1_697_471_101_000 + number,
        url: format!("https://source.example/{number}"),
        body: "<p>Two harbours froze.</p>".to_owned(),
    });
    let reader = open(of("harbours", harbours.collect()));
    reader.search("harbouring");
    reader.finds(3);
    reader
        .until("the form is marked", "return document.querySelector('.row mark')?.innerText === 'harbours'");
    reader.search("harbuors");
    reader.click_text(".blank__b button", "是不是要找“harbours”？");
    reader.finds(3);
    assert_eq!(reader.hash(), "#/?q=harbours");
}

#[test]
fn pinyin_offers_terms_below_the_field() {
    // The last title has different characters, so that a repeated pair is no chance.
    let titles = [
        "灯塔今晨熄灭",
        "老渡口的燈塔",
        "修灯塔要三年",
        "雨中灯塔",
        "等候",
        "天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏闰余成岁律吕调阳云腾致露结为霜金生丽水玉出昆冈",
    ];
    let articles = titles.iter().zip(0..).map(|(title, number)| Article {
        title: (*title).to_owned(),
        time: 1_697_471_101_000 + number,
        url: format!("https://source.example/{number}"),
        body: "<p>一段很短的正文。</p>".to_owned(),
    });
    let reader = open(split_of("terms", articles.collect()));
    reader.press("/");
    reader.write("dengta");
    reader.shows(".titles__s", "4");
    reader.click(".titles__a");
    reader.finds(4);
    assert_eq!(reader.hash(), "#/?q=灯塔");
    assert_eq!(reader.js("return document.activeElement.className"), json!("find__i"));
    reader.search("等塔");
    reader.click_text(".blank__b button", "是不是要找“灯塔”？");
    reader.finds(4);
}

#[test]
fn hit_opens_at_first_match_and_keys_step() {
    for begin in [open, open_on_phone] {
        let reader = begin(demo());
        reader.search("潮");
        reader.until("it is searched", "return /^找到/.test(document.querySelector('.time__n').innerText)");
        let third = reader.titles()[2].clone();
        reader.read(&third);
        let now = "const [now] = highlights('current-match');
            const box = now?.getBoundingClientRect();
            const at = now && highlights('match').findIndex(range => range.startContainer === now.startContainer && range.startOffset === now.startOffset);
            return !!box && box.top > 0 && box.bottom < innerHeight && at + 1";
        reader.settles(|| reader.highlights(now) == json!(false), false);
        let first = reader.rests(|| reader.highlights(now));
        let count = reader.text(".fbar__n");
        assert!(count.starts_with(&format!("{first} / ")), "{count}");
        let matches: u64 = count.rsplit(' ').next().unwrap().parse().unwrap();
        assert!(matches > 1);
        let next = first.as_u64().unwrap() % matches + 1;
        reader.press("n");
        reader.shows(".fbar__n", &format!("{next} / {matches}"));
        reader.settles(|| reader.highlights(now), json!(next));
        reader.press("Shift+N");
        reader.shows(".fbar__n", &format!("{first} / {matches}"));
        reader.click("[aria-label='下一处']");
        reader.shows(".fbar__n", &format!("{next} / {matches}"));
    }
}

#[test]
fn back_leaves_search_and_forward_repeats_it() {
    let reader = open(demo());
    reader.search("灯塔");
    reader.finds(6);
    let field = || reader.js("return document.querySelector('.find__i').value");
    reader.back();
    reader.finds(40);
    reader.settles(field, json!(""));
    reader.forward();
    reader.finds(6);
    reader.settles(field, json!("灯塔"));
}

#[test]
fn ime_composition_is_not_searched() {
    let reader = open(demo());
    if !reader.can(Feature::InputMethod) {
        return;
    }
    reader.click(".find__i");
    for text in ["t", "tu", "tu'shu", "tu'shu'guan"] {
        reader.cdp(
            "Input.imeSetComposition",
            json!({ "text": text, "selectionStart": text.len(), "selectionEnd": text.len() }),
        );
    }
    assert_eq!(reader.js("return document.querySelector('.find__i').value"), json!("tu'shu'guan"));
    assert_eq!(reader.hash(), "");
    reader.finds(40);
    reader.cdp("Input.insertText", json!({ "text": "图书馆" }));
    reader.finds(7);
    assert_eq!(reader.js("return document.querySelector('.find__i').value"), json!("图书馆"));
}

#[test]
fn empty_result_offers_alternatives() {
    let reader = open(demo());
    reader.search("不存在的词句");
    reader.shows(".blank__h", "没有符合条件的文章");
    reader.click_text(".blank__b button", "显示全部");
    reader.finds(40);
    reader.search("source:zhiyuan.example 糖廠");
    reader.shows(".blank__h", "没有符合条件的文章");
    reader.click_text(".blank__b button", "清除筛选条件");
    reader.finds(1);
}

#[test]
fn clear_button_and_escape_end_search() {
    let reader = open(demo());
    reader.search("灯塔");
    reader.finds(6);
    reader.click(".find__x");
    reader.finds(40);
    assert_eq!(reader.js("return document.activeElement.className"), json!("find__i"));
    reader.press("Escape");
    assert_ne!(reader.js("return document.activeElement.className"), json!("find__i"));
}

#[test]
fn results_sort_by_relevance_or_date() {
    let reader = open(demo());
    reader.search("灯塔");
    reader.finds(6);
    let best = reader.titles();
    reader.click_text(".sort button", "最新");
    reader.until(
        "the order changed",
        "return document.querySelector('.row__h').textContent.startsWith('冬至夜')",
    );
    let newest = reader.titles();
    reader.click_text(".sort button", "最早");
    reader.until(
        "the order changed",
        "return document.querySelector('.row__h').textContent.startsWith('潮汐表')",
    );
    let mut oldest = reader.titles();
    assert!(reader.hash().contains("sort=oldest"));
    oldest.reverse();
    assert_eq!(newest, oldest);
    reader.click_text(".sort button", "相关");
    reader.settles(|| reader.titles(), best);
}

#[test]
fn exclusion_and_title_operators_filter() {
    let reader = open(demo());
    reader.search("图书馆 -搬家");
    reader.shows(".chip", "不含 搬家");
    reader.finds(6);
    reader.click(".chip");
    reader.finds(7);
    assert_eq!(reader.hash(), "#/?q=图书馆");
    reader.search("title:图书馆");
    reader.finds(2);
}

#[test]
fn split_archive_without_index_is_scanned() {
    let reader = open(demo_split());
    reader.search("图书馆");
    reader.finds(7);
    let mut titles = reader.titles();
    titles.sort();
    assert_eq!(titles, LIBRARY);
    // Related articles of the open one are loaded last.
    reader.see(".related li");
    reader.search("灯塔");
    reader.finds(6);
    reader.article("燈塔");
    reader.see(".related li");
    reader.host.forget();
    reader.search("图书馆");
    reader.finds(7);
    assert!(reader.host.asked("archive/").is_empty(), "loaded files are cached");
    reader.search("圖書館 -搬家 after:2020 lang:zh-Hant");
    reader.finds(3);
}

#[test]
fn indexed_search_makes_few_requests() {
    let reader = visit(thousands()).ready();
    reader.open("#/?q=第2999篇");
    reader.finds(1);
    reader.until("the row is marked", "return !!document.querySelector('.row mark')");
    let asked: Vec<String> = reader.host.asked("archive").into_iter().map(|asked| asked.path).collect();
    let shards = asked.iter().filter(|path| path.ends_with(".bin")).count();
    // Two characters and a word: at most three shards. The rest: the manifest, the facets, a leaf, a pack
    // table, a pack, and the files of the article in the pane.
    assert!(shards <= 3 && asked.len() <= 12, "{asked:#?}");
}

#[test]
fn failed_shard_is_reported_with_partial_results() {
    let reader = visit(demo_split()).ready();
    reader.hurry();
    reader.open("");
    reader.article("冬至夜");
    reader.host.fail(".bin", Fault::Status(500), 3);
    reader.search("图书馆");
    reader.shows(".time", "搜索未完成：索引未能载入");
    reader.click_text(".time .link", "重试");
    reader.finds(7);
}

#[test]
fn a_search_without_its_index_reports_the_failure_and_no_count() {
    for begin in [visit, |archive| visit(archive).on(PHONE)] {
        for fault in [Fault::Drop, Fault::Status(500), Fault::Status(404)] {
            let reader = begin(demo_split()).ready();
            reader.hurry();
            reader.open("");
            reader.host.fail("archive/index-", fault, usize::MAX);
            reader.search("灯塔");
            reader.shows(".time__n", "搜索未完成：索引未能载入");
            reader.shows(".blank__h", "搜索未完成：索引未能载入");
            let said = [".time", "#list"].map(|part| reader.text(part));
            assert!(!said.concat().contains("0 篇"), "{fault:?}: {said:?}");
            // Counts and bars of an unknown result are none.
            assert!(reader.texts(".rail .fv__n").iter().all(String::is_empty));
            assert!(!reader.has(".bars .hit"));
            reader.host.mend();
            reader.click_text(".blank__b button", "重试");
            reader.finds(6);
            reader.see(".bars .hit");
            reader.gone(".blank");
        }
    }
}

#[test]
fn missing_postings_of_one_term_leave_an_upper_bound() {
    let reader = visit(thousands()).ready();
    reader.hurry();
    let manifest = fs::read(thousands().join("archive.json")).unwrap();
    let index = &serde_json::from_slice::<Value>(&manifest).unwrap()["tables"]["index"];
    reader.open("");
    for leaf in index["words"].as_array().unwrap() {
        reader.host.fail(&format!("archive/{}", leaf[1].as_str().unwrap()), Fault::Status(500), usize::MAX);
    }
    reader.search("灯塔 第2999篇");
    // Texts that are read meanwhile lower the bound.
    reader.shows(".time__n", "最多可能有 ");
    reader.shows(".time .link", "部分索引未能载入 · 重试");
    reader.host.mend();
    reader.click_text(".time .link", "重试");
    reader.finds(1);
    reader.gone(".time__h > .link");
}

#[test]
fn texts_decide_where_few_articles_lack_postings() {
    let reader = visit(demo_split()).ready();
    reader.hurry();
    let manifest = fs::read(demo_split().join("archive.json")).unwrap();
    let index = &serde_json::from_slice::<Value>(&manifest).unwrap()["tables"]["index"];
    reader.open("");
    for shard in 0..index["chars"].as_u64().unwrap() {
        let path = format!("archive/index-{}/{shard}.bin", index["name"].as_str().unwrap());
        reader.host.fail(&path, Fault::Status(500), usize::MAX);
    }
    // Few articles have a word that begins so; which of them have the character, their texts tell.
    reader.search("灯 20");
    reader.finds(2);
    reader.settles(|| reader.text(".time__n"), "找到 2 篇".to_owned());
    reader.gone(".time__h > .link");
}

#[test]
fn relaxed_queries_are_offered_with_counts() {
    for archive in [demo(), demo_split()] {
        let reader = open(archive);
        reader.search("图书馆 飞碟");
        reader.shows(".blank__h", "没有符合条件的文章");
        reader.shows(".blank__b", "图书馆 OR 飞碟：7 篇");
        reader.click_text(".blank__b button", "去掉“飞碟”：7 篇");
        reader.finds(7);
        reader.open("#/?q=灯塔 date:2025");
        reader.click_text(".blank__b button", "去掉“2025年”：6 篇");
        reader.finds(6);
        assert_eq!(reader.hash(), "#/?q=灯塔");
    }
}

#[test]
fn results_export_as_file() {
    let reader = visit(demo_split()).ready();
    reader.catch_files();
    reader.open("");
    reader.search("图书馆");
    reader.finds(7);
    reader.click_text(".list__end button", "导出");
    reader.shows(".list__end", "约需下载");
    reader.click_text(".list__end button", "CSV");
    let text = reader.until("a file is saved", "return window.saved");
    let text = text.as_str().unwrap();
    assert_eq!(text.lines().count(), 8, "{text}");
    assert!(LIBRARY.iter().all(|title| text.contains(title)), "{text}");
    assert_eq!(reader.js("return saved_as"), json!("sheaf.csv"));
}

#[test]
fn failed_pack_is_reported_and_retried() {
    let reader = visit(demo_split()).ready();
    reader.hurry();
    reader.open("");
    reader.article("冬至夜");
    reader.host.fail("archive/", Fault::Drop, usize::MAX);
    reader.search("图书馆");
    reader.shows(".time", "搜索未完成：索引未能载入");
    reader.host.mend();
    reader.click_text(".time .link", "重试");
    reader.finds(7);
}

#[test]
fn large_archive_is_searched_completely() {
    let reader = open(thousands());
    reader.search("第2999篇");
    reader.finds(1);
    reader.search("灯塔");
    reader.finds(3_000);
    reader.search("第1篇");
    reader.finds(1);
    reader.article("第1篇");
}

#[test]
fn empty_field_offers_recent_searches() {
    for begin in [open, open_on_phone] {
        let reader = begin(demo());
        reader.search("灯塔");
        reader.finds(6);
        reader.read("冬至夜");
        reader.back();
        reader.click(".find__x");
        reader.shows(".recent", "灯塔");
        reader.click(".recent__q");
        reader.finds(6);
        assert_eq!(reader.hash(), "#/?q=灯塔");
        reader.click(".find__x");
        reader.click_text(".recent button", "清除");
        reader.gone(".recent__q");
        assert_eq!(reader.js("return localStorage.getItem('sheaf.recent')"), json!(null));
    }
}

#[test]
fn related_terms_are_chips_below_the_field() {
    // Different characters, so that a repeated pair is no chance.
    let others = "天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏闰余成岁律吕调阳云腾致露结为霜金生丽水玉出昆冈剑号巨阙珠称夜光果珍李柰菜重芥姜海咸河淡鳞潜羽翔";
    let ends: Vec<char> = others.chars().collect();
    let mut texts = vec![(others.repeat(3), "一段很短的正文。".to_owned())];
    for pair in ends.chunks_exact(2).take(30) {
        let (name, rest, body) = match texts.len() % 3 {
            0 => ("灯塔", "港口", "老旧X熄灭，守护X修缮"),
            1 => ("光楼", "港口", "老旧X熄灭，守护X修缮"),
            _ => ("渡船", "", "清晨X靠岸，黄昏X开走"),
        };
        texts.push((format!("{}{}{name}，{rest}", pair[0], pair[1]), body.replace('X', name)));
    }
    let articles = texts.into_iter().zip(0..).map(|((title, body), number)| Article {
        title,
        time: 1_697_471_101_000 + number,
        url: format!("https://source.example/{number}"),
        body: format!("<p>{body}。</p>"),
    });
    let archive = split_of("related", articles.collect());
    for begin in [open, open_on_phone] {
        let reader = begin(archive.clone());
        reader.search("灯塔");
        reader.finds(10);
        reader.until("the terms are there", "return document.querySelectorAll('.titles__k').length === 2");
        assert_eq!(reader.texts(".titles__k .titles__t"), ["光楼", "港口"]);
        assert_eq!(reader.texts(".titles__k .titles__s"), ["10", "20"]);
        reader.click(".titles__k button");
        reader.finds(10);
        assert_eq!(reader.hash(), "#/?q=光楼");
    }
}

#[test]
fn list_by_date_shows_title_suggestions() {
    for begin in [open, open_on_phone] {
        let reader = begin(demo_split());
        reader.search("灯塔");
        reader.finds(6);
        reader.until("rows are there", "return document.querySelectorAll('.row mark').length > 5");
        // The list starts with title matches.
        assert!(!reader.has(".titles"));
        reader.click_text(".sort button", "最早");
        reader.until("the order is another", "return location.hash.includes('sort=')");
        assert!(!reader.has(".titles"), "no suggestions without typing");
        reader.search("灯塔");
        reader.until("the titles are there", "return document.querySelectorAll('.titles__a').length === 2");
        assert_eq!(reader.texts(".titles__t"), ["燈塔國小只剩三個學生 老師七位", "冬至夜，灯塔上有人值班"]);
        assert_eq!(reader.texts(".titles mark"), ["燈塔", "灯塔"]);
        reader.press("ArrowDown");
        reader.press("ArrowDown");
        assert_eq!(reader.js("return document.activeElement.className"), json!("titles__a"));
        reader.press("Enter");
        reader.article("冬至夜");
        assert!(!reader.has(".titles"));
    }
}
