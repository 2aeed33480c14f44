//! Annotations and notes.

use crate::archives::{Article, demo, of};
use crate::visit::{Reader, open, open_on_phone, visit};
use serde_json::{Value, json};

/// Selects from the start of one text to the end of another, as mouse and touch do.
pub fn select(reader: &Reader, from: &str, to: &str) {
    reader.see("#read .prose");
    reader.js(&format!(
        "const texts = document.createTreeWalker(document.querySelector('#read'), 4);
         const find = part => {{
             texts.currentNode = texts.root;
             while (texts.nextNode()) {{
                 const at = texts.currentNode.data.indexOf(part);
                 if (at >= 0) return [texts.currentNode, at];
             }}
         }};
         const [start, at] = find({}), [end, to] = find({});
         start.parentElement.scrollIntoView({{ block: 'center' }});
         getSelection().setBaseAndExtent(start, at, end, to + {}.length);",
        json!(from),
        json!(to),
        json!(to)
    ));
    reader.see(".pbar");
}

/// Waits until exactly these texts are annotated.
fn marks(reader: &Reader, words: &[&str]) {
    let shown = || (reader.highlighted("annotation").concat(), reader.count("#read button[data-pen]"));
    reader.settles(shown, (words.concat(), words.len()));
}

/// Writes and saves the open note.
pub fn note(reader: &Reader, text: &str) {
    reader.see(".nform__t");
    reader.until("the field has the focus", "return document.activeElement?.matches('.nform__t')");
    reader.write(text);
    reader.click_text(".nform .btn", "保存");
    reader.gone(".nform");
}

#[test]
fn selection_can_be_highlighted_and_persists() {
    for begin in [open, open_on_phone] {
        let reader = begin(demo());
        reader.read(&reader.titles()[0]);
        let words = reader.js("return document.querySelector('#read .prose p').textContent.slice(2, 12)");
        let words = words.as_str().unwrap().to_owned();
        select(&reader, &words, &words);
        reader.click("[data-command=highlight]");
        marks(&reader, &[&words]);
        reader.gone(".pbar");
        assert_eq!(reader.js("return String(getSelection())"), json!(""));
        reader.reload();
        marks(&reader, &[&words]);
        // A press on it offers removal, which can be undone.
        reader.click_annotation();
        reader.click("[data-command=unmark]");
        marks(&reader, &[]);
        reader.click_text(".notice .link", "撤销");
        marks(&reader, &[&words]);
    }
}

/// An article with formatting, and another one.
fn letters() -> std::path::PathBuf {
    let article = Article {
        title: "两段".to_owned(),
        time: 1_600_000_000_000,
        url: "https://pen.example/1".to_owned(),
        body: "<p>甲乙<b>丙丁</b>戊<br>己庚</p><blockquote><p>辛壬癸</p></blockquote><p>子丑寅卯，子丑寅卯。</p>"
            .to_owned(),
    };
    let other = Article {
        title: "别的".to_owned(),
        time: 1_500_000_000_000,
        url: "https://pen.example/2".to_owned(),
        body: "<p>没有什么</p>".to_owned(),
    };
    of("letters", vec![article, other])
}

#[test]
fn annotation_spans_formatting_and_merges() {
    let reader = open(letters());
    select(&reader, "丁", "辛");
    reader.press("h");
    marks(&reader, &["丁戊己庚辛"]);
    let is_in_bold = "return !!highlights('annotation')[0].startContainer.parentElement.closest('strong')";
    assert_eq!(reader.highlights(is_in_bold), json!(true));
    // Overlapping annotations merge.
    select(&reader, "壬", "癸");
    reader.press("h");
    marks(&reader, &["丁戊己庚辛", "壬癸"]);
    select(&reader, "乙", "壬");
    reader.press("h");
    marks(&reader, &["乙丙丁戊己庚辛壬癸"]);
    // Matches are shown inside annotations.
    reader.search("癸");
    reader.settles(|| reader.highlighted("match"), vec!["癸".to_owned()]);
    // The second of two equal texts stays the second.
    reader.js("const line = document.querySelector('#read .prose > p:last-of-type');
        const text = line.firstChild;
        getSelection().setBaseAndExtent(text, text.data.lastIndexOf('丑'), text, text.data.lastIndexOf('丑') + 2)");
    reader.click("[data-command=highlight]");
    marks(&reader, &["乙丙丁戊己庚辛壬癸", "丑寅"]);
    reader.reload();
    marks(&reader, &["乙丙丁戊己庚辛壬癸", "丑寅"]);
    let before = "const { startContainer, startOffset } = highlights('annotation').at(-1);
        return startContainer.data.slice(0, startOffset)";
    assert_eq!(reader.highlights(before), json!("子丑寅卯，子"));
}

#[test]
fn note_is_below_paragraph_or_in_margin() {
    let reader = open(demo());
    reader.read(&reader.titles()[0]);
    let words = reader.js("return document.querySelector('#read .prose p').textContent.slice(0, 8)");
    let words = words.as_str().unwrap();
    select(&reader, words, words);
    reader.press("w");
    note(&reader, "要再核对");
    reader.shows(".note--below", "要再核对");
    let below = "const note = document.querySelector('.note--below').getBoundingClientRect();
        const line = highlights('annotation')[0].startContainer.parentElement.getBoundingClientRect();
        return note.top >= line.bottom && note.left >= line.left";
    assert_eq!(reader.highlights(below), json!(true));
    // In the full window there is room for the note, level with the first highlighted line.
    reader.press("Enter");
    reader.see(".note--beside");
    let beside = "const note = document.querySelector('.note--beside').getBoundingClientRect();
        const [range] = highlights('annotation');
        const [words] = range.getClientRects();
        const line = range.startContainer.parentElement.getBoundingClientRect();
        return note.left >= line.right && Math.abs(note.top - words.top) < 24 && note.right <= innerWidth";
    reader.settles(|| reader.highlights(beside), json!(true));
    let hidden =
        "const { width } = document.querySelector('.note--below').getBoundingClientRect(); return width";
    assert!(reader.number(hidden) <= 1.0);
    // A press on either opens the note; closing the panel saves it.
    reader.js("document.querySelector('.note--beside').click()");
    reader.click("[data-command=note]");
    reader.until("the field has the focus", "return document.activeElement?.matches('.nform__t')");
    reader.write("！");
    reader.press("Escape");
    reader.shows(".note--beside", "！");
    reader.press("z");
    reader.until(
        "it is as before",
        "return document.querySelector('.note--beside').textContent === '要再核对'",
    );
    reader.press("Escape");
    reader.finds(40);
    reader.see(".row.is-noted, .rail");
    reader.search("is:noted");
    reader.finds(1);
}

#[test]
fn annotations_are_reachable_by_keyboard() {
    let reader = open(letters());
    select(&reader, "丙", "丁");
    reader.press("h");
    marks(&reader, &["丙丁"]);
    reader.js("document.querySelector('.note--key').focus()");
    reader.press("Enter");
    reader.until("the bar has the focus", "return document.activeElement?.closest('.pbar') !== null");
    reader.press("Escape");
    reader.gone(".pbar");
    reader.js("document.querySelector('.note--key').focus()");
    reader.press("Enter");
    reader.until("the bar has the focus", "return document.activeElement?.closest('.pbar') !== null");
    reader.press("Enter");
    note(&reader, "甲");
    reader.shows(".note--below", "甲");
}

#[test]
fn annotations_page_lists_all() {
    for begin in [open, open_on_phone] {
        let reader = begin(demo());
        let titles = reader.titles();
        let mut marked_words = Vec::new();
        for title in [&titles[0], &titles[3]] {
            // On a phone the second one may lie under the bottom bar.
            reader.js(&format!(
                "[...document.querySelectorAll('.row__a')].find(row => row.innerText.includes({})).scrollIntoView({{ block: 'center' }})",
                json!(title)
            ));
            reader.read(title);
            let words = reader.js("const lines = [...document.querySelectorAll('#read .prose > p')];
                 return lines.at(-1).textContent.slice(0, 6)");
            let words = words.as_str().unwrap().to_owned();
            select(&reader, &words, &words);
            reader.click("[data-command=note]");
            note(&reader, &format!("关于{}", words.chars().next().unwrap()));
            marked_words.push(words);
            if reader.is_on_phone() {
                reader.back();
            }
        }
        reader.open("#/passages");
        reader.settles(
            || reader.texts(".noted .quote"),
            vec![marked_words[1].clone(), marked_words[0].clone()],
        );
        assert_eq!(reader.texts(".noted__h"), [titles[3].clone(), titles[0].clone()]);
        // The field searches titles, texts and notes.
        reader.click(".noted .find__i");
        reader.write(&marked_words[0]);
        reader.settles(|| reader.texts(".noted .quote"), vec![marked_words[0].clone()]);
        // The article opens at the annotation.
        reader.click(".quote__a");
        reader.article(&titles[0]);
        let in_view = "const pen = highlights('annotation')[0]?.getBoundingClientRect();
            return !!pen && pen.top > 40 && pen.bottom < innerHeight - 40";
        reader.settles(|| reader.highlights(in_view), json!(true));
        reader.back();
        reader.see(".noted");
        reader.click(".noted .quote__x");
        reader.settles(|| reader.count(".noted .quote"), 1);
    }
}

#[test]
fn annotations_export_as_markdown_and_json() {
    let reader = visit(letters()).ready();
    reader.catch_files();
    reader.open("");
    select(&reader, "辛壬", "癸");
    reader.press("w");
    note(&reader, "三个");
    let article = reader.js("return document.querySelector('.row__a').hash.slice(4)");
    reader.press("p");
    reader.click_text(".noted__e .link", "Markdown");
    let saved = reader.until("it is saved", "return window.saved");
    let url = format!("{}#/a/{}", reader.host.url(), article.as_str().unwrap());
    let end = format!("\n## [两段](<{url}>)\n\n> 辛壬癸\n\n三个\n");
    assert!(saved.as_str().unwrap().ends_with(&end), "{saved}");
    reader.js("window.saved = undefined");
    reader.click_text(".noted__e .link", "JSON");
    let saved = reader.until("it is saved", "return window.saved");
    let file: Value = serde_json::from_str(saved.as_str().unwrap()).unwrap();
    let records = file["records"]["highlights"].as_object().unwrap();
    let record: Value = records.values().next().unwrap().clone();
    assert_eq!((&record["quote"], &record["note"]), (&json!("辛壬癸"), &json!("三个")));
}

#[test]
fn annotation_without_text_is_listed_as_lost() {
    let reader = open(letters());
    let id = reader.js("return document.querySelector('.row__a').hash.slice(4)");
    let record = |quote: &str| json!({ "article": id, "quote": quote, "before": "", "after": "", "at": 0, "note": "想法", "time": 5 });
    let highlights = json!({ "a": record("这里没有的话"), "b": record("子丑"), "c": { "article": "?" } });
    let file = json!({ "sheaf": "kept", "version": 1, "records": { "highlights": highlights } });
    crate::user_data::data(&reader);
    crate::user_data::import(&reader, &file.to_string());
    reader.shows("[role=dialog] [role=status]", "已导入 2 条；1 条无法识别");
    reader.press("Escape");
    reader.gone("[role=dialog]");
    marks(&reader, &["子丑"]);
    reader.shows(".lost", "这里没有的话");
    reader.shows(".lost", "想法");
    reader.click_text(".lost .link", "删除");
    reader.gone(".lost");
}

#[test]
fn annotation_appears_in_other_tab() {
    let reader = open(letters());
    select(&reader, "甲", "乙");
    reader.press("h");
    marks(&reader, &["甲乙"]);
    let url = reader.url();
    reader.new_tab();
    reader.goto(&url);
    marks(&reader, &["甲乙"]);
    select(&reader, "子丑", "寅");
    reader.press("h");
    marks(&reader, &["甲乙", "子丑寅"]);
    reader.switch_tab(0);
    marks(&reader, &["甲乙", "子丑寅"]);
}

#[test]
fn annotation_text_can_be_searched() {
    for begin in [open, open_on_phone] {
        let reader = begin(demo());
        reader.read(&reader.titles()[0]);
        select(&reader, "灯塔", "灯塔");
        reader.click("[data-command=find-words]");
        reader.until("they are asked for", "return document.querySelector('.find__i')?.value === '\"灯塔\"'");
        reader.see(".row mark");
    }
}

/// Script that returns the edges of all characters of the article.
const EDGES: &str = "const texts = document.createTreeWalker(document.querySelector('#read .prose'), 4);
    const edges = [];
    const range = new Range();
    while (texts.nextNode()) {
        if (texts.currentNode.parentElement.closest('.note')) continue;
        for (let at = 0; at < texts.currentNode.data.length; at++) {
            range.setStart(texts.currentNode, at);
            range.setEnd(texts.currentNode, at + 1);
            const box = range.getBoundingClientRect();
            edges.push(Math.round(box.left), Math.round(box.top));
        }
    }
    return edges";

#[test]
fn highlighting_moves_no_character() {
    for begin in [open, open_on_phone] {
        let reader = begin(demo());
        reader.read("冬至夜");
        reader.see("#read .prose p");
        reader.js("return document.fonts.ready.then(() => true)");
        reader.js("document.querySelector('#read .prose p').scrollIntoView()");
        let before = reader.rests(|| reader.js(EDGES));
        // An annotation in one paragraph.
        let words = reader.js("return document.querySelector('#read .prose p').textContent.slice(3, 24)");
        let words = words.as_str().unwrap().to_owned();
        select(&reader, &words, &words);
        reader.click("[data-command=highlight]");
        marks(&reader, &[&words]);
        reader.js("document.querySelector('#read .prose p').scrollIntoView()");
        reader.settles(|| reader.js(EDGES) == before, true);
    }
}

#[test]
fn without_custom_highlights_annotations_and_matches_are_elements() {
    for begin in [open, open_on_phone] {
        let reader = begin(letters());
        reader.at_start("delete Object.getPrototypeOf(CSS).highlights; delete CSS.highlights");
        reader.reload();
        reader.see(".row__a");
        assert_eq!(reader.js("return 'highlights' in CSS"), json!(false));
        reader.search("癸");
        reader.read("两段");
        reader.settles(|| reader.highlighted("match"), vec!["癸".to_owned()]);
        reader.settles(|| reader.highlighted("current-match"), vec!["癸".to_owned()]);
        select(&reader, "丁", "壬");
        reader.click("[data-command=highlight]");
        marks(&reader, &["丁戊己庚辛壬"]);
        assert_eq!(reader.count("#read .pen"), 4);
        reader.click_annotation();
        reader.click("[data-command=note]");
        note(&reader, "想法");
        reader.shows(".note--below", "想法");
        marks(&reader, &["丁戊己庚辛壬"]);
        reader.click_annotation();
        reader.click("[data-command=unmark]");
        marks(&reader, &[]);
        reader.settles(|| reader.highlighted("match"), vec!["癸".to_owned()]);
    }
}

#[test]
fn highlights_skip_readings_and_follow_the_chosen_article() {
    let article = |title: &str, time: u64, body: &str| Article {
        title: title.to_owned(),
        time: time as i64,
        url: format!("https://pen.example/{time}"),
        body: body.to_owned(),
    };
    let archive = of(
        "ruby-highlights",
        vec![
            article("渡船", 1_600_000_000_000, "<p>一条<ruby>渡<rt>dù</rt>船<rt>chuán</rt></ruby>靠岸。</p>"),
            article("岸边", 1_500_000_000_000, "<p>渡船靠了岸，又一条渡船。</p>"),
        ],
    );
    let reader = open(archive);
    reader.search("渡船");
    reader.read("渡船");
    reader.settles(|| reader.highlighted("match"), ["渡船", "渡", "船"].map(str::to_owned).to_vec());
    reader.read("岸边");
    reader.settles(|| reader.highlighted("match"), ["渡船", "渡船"].map(str::to_owned).to_vec());
    reader.press("n");
    let current = "const [now] = highlights('current-match');
        return now && highlights('match').findIndex(range => range.startContainer === now.startContainer && range.startOffset === now.startOffset)";
    reader.settles(|| reader.highlights(current), json!(1));
    reader.search("");
    reader.settles(|| (reader.highlighted("match"), reader.highlighted("current-match")), (vec![], vec![]));
}
