//! Page about the archive.

use crate::archives::{demo, demo_split, filled};
use crate::driver::{PHONE, WIDE};
use crate::visit::{open, open_on_phone, visit};
use serde_json::{Value, json};

/// Script that returns the cells of a table by row.
const CELLS: &str = "const cells = selector => [...document.querySelectorAll(`${selector} tr`)].map(row => [...row.cells].map(cell => cell.textContent));";

#[test]
fn masthead_line_opens_page_and_back_returns() {
    for begin in [open, open_on_phone] {
        let reader = begin(demo());
        reader.click(".name__a");
        reader.see(".about");
        assert_eq!(reader.hash(), "#/about");
        assert_eq!(reader.js("return document.title"), json!("关于本文库 — 潮汐集"));
        reader.click(".page .back");
        reader.gone(".about");
        reader.see(".row__a");
        reader.press("i");
        reader.see(".about");
        reader.press("Escape");
        reader.gone(".about");
    }
}

#[test]
fn facts_list_counts_sources_and_dates() {
    for archive in [demo(), demo_split()] {
        let reader = visit(archive).on(WIDE).open("#/about");
        reader.see(".facts");
        let facts = reader.texts(".facts dd").join(" | ");
        for part in ["40", "2021年", "2024年12月22日", "篇日期不详", "5", "简体中文 22", "kB"] {
            assert!(facts.contains(part), "{part} in {facts}");
        }
        // The tables for screen readers add up to the displayed totals.
        let months = reader.js(&format!("{CELLS} return cells('.about__s .vh table')"));
        let years: Vec<&Value> = months.as_array().unwrap().iter().skip(1).collect();
        assert_eq!(years.len(), 4);
        let sum = |row: &Value| row[13].as_str().unwrap().parse::<u32>().unwrap();
        assert_eq!(years.iter().map(|row| sum(row)).sum::<u32>(), 39);
        let sources = reader.js(&format!("{CELLS} return cells('.about__src tbody')"));
        let count = |row: &Value| row[2].as_str().unwrap().parse::<u32>().unwrap();
        assert_eq!(sources.as_array().unwrap().iter().map(count).sum::<u32>(), 40);
        assert_eq!(sources[0][0], "潮声周刊");
        let files = reader.js(&format!("{CELLS} return cells('.about__f')"));
        assert_eq!(files[0], json!(["读取的文件", "41"]));
        assert_eq!(files[2], json!(["归为旧版本", "1"]));
    }
}

#[test]
fn plots_have_table_view() {
    let reader = visit(demo()).on(PHONE).open("#/about");
    reader.see(".plot path");
    // Each plot is hidden and has a table next to it.
    assert_eq!(reader.count(".about svg.plot:not([aria-hidden=true])"), 0);
    assert_eq!(reader.count(".about svg.plot--line"), 5);
    assert!(reader.number("return document.querySelector('.plot path').getBBox().height") > 90.0);
    reader.click_text(".about .link", "显示为表格");
    reader.see(".about__t table");
    let wide = reader.number("return document.scrollingElement.scrollWidth - innerWidth");
    assert!(wide <= 0.0, "horizontal overflow of {wide} px");
}

#[test]
fn skipped_files_are_counted_by_reason() {
    let reader = visit(filled("skipped", |folder| {
        std::fs::write(folder.join("empty.md"), "").unwrap();
        std::fs::write(folder.join(".hidden.md"), "x").unwrap();
        std::fs::write(folder.join("picture.md"), [0_u8, 1, 2, 3, 0, 0, 1, 5].repeat(40)).unwrap();
        std::fs::write(
            folder.join("a.md"),
            "<!--1697471101000-->\n[潮](https://a.example/1)\n------\n\n<p>潮水退了。</p>\n",
        )
        .unwrap();
        std::fs::write(folder.join("sheaf.toml"), "title = '一篇'\nlicence = 'CC BY 4.0'\n").unwrap();
    }))
    .languages("en")
    .open("#/about");
    reader.shows(".facts", "CC BY 4.0");
    let files = reader.texts(".about__f tr");
    let files = files.join("\n").replace('\t', " ");
    for line in
        ["Files read 4", "Skipped 3", "Hidden files and folders 1", "Empty files 1", "Not text files 1"]
    {
        assert!(files.contains(line), "{line} in {files}");
    }
}

#[test]
fn archive_without_file_statistics_opens() {
    let version_1 = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/version-1");
    let folder = std::fs::read_dir(&version_1).unwrap().filter_map(|entry| Some(entry.ok()?.path()));
    let folder = folder.into_iter().find(|path| path.join("archive.json").is_file()).unwrap_or(version_1);
    let reader = visit(folder).open("#/about");
    reader.see(".facts");
    assert!(!reader.has(".about__f"));
}
