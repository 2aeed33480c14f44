//! The reader's labels.

use crate::archives::demo;
use crate::driver::{PHONE, SMALL};
use crate::user_data::{data, import};
use crate::visit::{Reader, open, visit};
use serde_json::json;

const ITEM: &str = ".aa--row .opt";

fn open_row_menu(reader: &Reader, row: usize) {
    reader.js(&format!(
        "const row = document.querySelectorAll('.row .row__h')[{row}], box = row.getBoundingClientRect();
         row.dispatchEvent(new MouseEvent('contextmenu', {{ bubbles: true, cancelable: true, clientX: box.left + 9, clientY: box.top + 9 }}))"
    ));
    reader.see(ITEM);
}

/// Gives the article of a row a new label.
fn label_row(reader: &Reader, row: usize, label: &str) {
    open_row_menu(reader, row);
    reader.click_text(ITEM, "编辑标签");
    reader.click(".labels__f input");
    reader.write(label);
    reader.press("Enter");
    reader.shows(".labels", label);
    reader.press("Escape");
    reader.gone(".aa--row");
}

fn facet(reader: &Reader) -> String {
    reader.js("return [...document.querySelectorAll('.facet')].find(facet => facet.innerText.startsWith('我的标签'))?.innerText.replace(/\\s+/g, ' ') ?? ''")
        .as_str().unwrap().to_owned()
}

#[test]
fn labels_are_given_in_row_menu_and_filter() {
    let reader = open(demo());
    let titles = reader.titles();
    label_row(&reader, 0, "海");
    reader.shows(".notice", "已添加标签“海”");
    label_row(&reader, 2, "人 物");
    // A second right click on the same row would open the browser's menu.
    open_row_menu(&reader, 0);
    reader.click_text(ITEM, "编辑标签");
    let boxes = || reader.spoken(".labels [role=checkbox]");
    assert_eq!(boxes().len(), 2, "{:?}", boxes());
    reader.click_text(".labels .opt", "人 物");
    reader.settles(|| reader.count(".labels [aria-checked=true]"), 2);
    reader.press("Escape");
    reader.settles(|| facet(&reader), "我的标签 人 物 2 海 1".to_owned());
    reader.click_text(".facet .fv", "海");
    reader.finds(1);
    assert_eq!(reader.titles(), [titles[0].clone()]);
    assert_eq!(reader.texts(".chip"), ["海"]);
    reader.reload();
    reader.finds(1);
    reader.click_text(".facet .fv", "人 物");
    reader.finds(2);
    // A tag may be a label.
    reader.open("#/?q=标签:人物");
    reader.finds(2);
    reader.open("");
    reader.search("label:人");
    reader.click_text(".titles__a", "人 物");
    reader.finds(2);
}

#[test]
fn labels_of_open_article_are_shown_and_undone() {
    for screen in [PHONE, SMALL] {
        let reader = visit(demo()).on(screen).open("");
        let title = reader.titles().remove(0);
        reader.read(&title);
        reader.js("document.querySelector('.lab--edit').scrollIntoView({ block: 'center' })");
        reader.click(".lab--edit");
        reader.click(".labels__f input");
        reader.write("灯");
        reader.press("Enter");
        reader.shows(".labels", "灯");
        reader.press("Escape");
        reader.gone("[role=dialog]");
        reader.settles(|| reader.texts("a.lab"), vec!["灯".to_owned()]);
        reader.press("z");
        reader.settles(|| reader.count("a.lab"), 0);
    }
}

#[test]
fn imported_labels_are_listed_and_counted() {
    let reader = open(demo());
    data(&reader);
    let records = json!({ "labels": { "85pcbxcmez61 海": 1, "85pcbxcmez61 旧 事": 2, "nonsense": 3 } });
    import(&reader, &json!({ "sheaf": "kept", "version": 1, "records": records }).to_string());
    reader.shows("[role=dialog] [role=status]", "已导入 2 条；1 条无法识别");
    reader.press("Escape");
    reader.gone("[role=dialog]");
    reader.settles(|| facet(&reader), "我的标签 旧 事 1 海 1".to_owned());
    reader.open("#/?q=label:\"旧 事\"");
    reader.finds(1);
}
