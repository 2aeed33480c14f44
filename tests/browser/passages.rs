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

/// Returns the text of each annotation on the page.
fn marked(reader: &Reader) -> Value {
    reader.js("const words = [];
         for (const pen of document.querySelectorAll('#read .pen'))
             words[pen.dataset.pen] = (words[pen.dataset.pen] ?? '') + pen.textContent;
         return words")
}

fn marks(reader: &Reader, words: Value) {
    reader.settles(|| marked(reader), words);
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
        marks(&reader, json!([words]));
        reader.gone(".pbar");
        assert_eq!(reader.js("return String(getSelection())"), json!(""));
        reader.reload();
        marks(&reader, json!([words]));
        // A press on it offers removal, which can be undone.
        reader.js("document.querySelector('.pen').scrollIntoView({ block: 'center' })");
        reader.click(".pen");
        reader.click("[data-command=unmark]");
        marks(&reader, json!([]));
        reader.click_text(".notice .link", "撤销");
        marks(&reader, json!([words]));
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
    marks(&reader, json!(["丁戊己庚辛"]));
    assert_eq!(
        reader.js("return document.querySelectorAll('#read b .pen, #read strong .pen').length"),
        json!(1)
    );
    // Overlapping annotations merge.
    select(&reader, "壬", "癸");
    reader.press("h");
    marks(&reader, json!(["丁戊己庚辛", "壬癸"]));
    select(&reader, "乙", "壬");
    reader.press("h");
    marks(&reader, json!(["乙丙丁戊己庚辛壬癸"]));
    // Matches are shown inside annotations.
    reader.search("癸");
    reader.see(".pen mark");
    // The second of two equal texts stays the second.
    reader.js("const line = document.querySelector('#read .prose > p:last-of-type');
        const text = line.firstChild;
        getSelection().setBaseAndExtent(text, text.data.lastIndexOf('丑'), text, text.data.lastIndexOf('丑') + 2)");
    reader.click("[data-command=highlight]");
    marks(&reader, json!(["乙丙丁戊己庚辛壬癸", "丑寅"]));
    reader.reload();
    marks(&reader, json!(["乙丙丁戊己庚辛壬癸", "丑寅"]));
    let before = "return document.querySelector('.pen[data-pen=\"1\"]').previousSibling.data";
    assert_eq!(reader.js(before), json!("子丑寅卯，子"));
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
        const line = document.querySelector('.pen').closest('p').getBoundingClientRect();
        return note.top >= line.bottom && note.left >= line.left";
    assert_eq!(reader.js(below), json!(true));
    // In the full window there is room for the note, level with the first highlighted line.
    reader.press("Enter");
    reader.see(".note--beside");
    let beside = "const note = document.querySelector('.note--beside').getBoundingClientRect();
        const [words] = document.querySelector('.pen').getClientRects();
        const line = document.querySelector('.pen').closest('p').getBoundingClientRect();
        return note.left >= line.right && Math.abs(note.top - words.top) < 24 && note.right <= innerWidth";
    assert_eq!(reader.js(beside), json!(true));
    reader.gone(".note--below");
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
    marks(&reader, json!(["丙丁"]));
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
        reader.until(
            "the passage is in view",
            "const pen = document.querySelector('.pen')?.getBoundingClientRect();
             return pen && pen.top > 40 && pen.bottom < innerHeight - 40",
        );
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
    marks(&reader, json!(["子丑"]));
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
    marks(&reader, json!(["甲乙"]));
    let url = reader.url();
    reader.new_tab();
    reader.goto(&url);
    marks(&reader, json!(["甲乙"]));
    select(&reader, "子丑", "寅");
    reader.press("h");
    marks(&reader, json!(["甲乙", "子丑寅"]));
    reader.switch_tab(0);
    marks(&reader, json!(["甲乙", "子丑寅"]));
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
