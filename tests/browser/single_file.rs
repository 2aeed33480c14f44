//! Single-file site, opened from disk.

use crate::archives::Article;
use crate::driver::{Browser, Feature, PHONE, Screen, Start, WIDE};
use crate::tab::Tab;
use crate::visit::app;
use serde_json::json;
use sheaf::archive::writer::ArchiveLayout;
use sheaf::bundle::BuildProgress;
use sheaf::site::{SiteOptions, Viewer, build_single_file};
use std::fs;
use std::path::{Path, PathBuf};

/// Returns the single file over the articles in `seeds`, built once.
fn file(name: &str, seeds: PathBuf, layout: ArchiveLayout) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("single");
    fs::create_dir_all(&folder).unwrap();
    let out = folder.join(format!("{name}.html"));
    let viewer = Some(Viewer::from_folder(&app()).unwrap());
    let options = SiteOptions {
        seeds: vec![seeds],
        out: out.clone(),
        layout: Some(layout),
        viewer,
        ..SiteOptions::default()
    };
    let built = build_single_file(&options, &BuildProgress::hidden()).unwrap();
    assert!(built.error.is_none(), "{:?}", built.error);
    out
}

fn demo(layout: ArchiveLayout) -> PathBuf {
    let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/demo");
    file(&format!("demo-{layout:?}"), seeds, layout)
}

/// Opens the file in a browser, as a double click does.
fn open(file: &Path, browser: Browser, screen: Screen) -> Tab {
    let nowhere = "127.0.0.1:9".parse().unwrap();
    let start = Start { screen, languages: "zh-CN,zh", scripts: true, hides_tabs: false, examples: nowhere };
    let tab = Tab::new(browser, &start);
    if browser.lacks(Feature::Preload).is_none() {
        tab.at_start(
            "window.violations = [];
             window.fetched = 0;
             const real = window.fetch;
             window.fetch = (...asked) => { window.fetched += 1; return real(...asked); };
             document.addEventListener('securitypolicyviolation', event => violations.push(`${event.violatedDirective} ${event.blockedURI}`));",
        );
    }
    tab.goto(&format!("file://{}", file.display()));
    tab.until("the list is there", "return !!document.querySelector('.row__a')");
    tab
}

fn tour(tab: &Tab) {
    assert!(tab.js("return location.protocol").as_str() == Some("file:"));
    tab.click(".find__i");
    tab.write("灯塔");
    tab.until("the hits are there", "return document.querySelectorAll('.row__h mark').length > 0");
    tab.click_text(".row__a", "燈塔國小只剩三個學生");
    tab.shows("#read h1", "燈塔國小只剩三個學生");
    assert!(tab.hash().starts_with("#/a/"));
    // State is kept in the address, and settings persist.
    tab.reload();
    tab.shows("#read h1", "燈塔國小只剩三個學生");
}

#[test]
fn single_file_opens_from_disk() {
    for layout in [ArchiveLayout::Small, ArchiveLayout::Split] {
        let tab = open(&demo(layout), Browser::chosen(), WIDE);
        tour(&tab);
        if tab.can(Feature::Preload) {
            assert_eq!(tab.js("return violations"), json!([]));
        }
        if tab.can(Feature::Errors) {
            let said = tab.errors().into_iter();
            let own: Vec<String> = said.filter(|message| !message.contains("pictures.example")).collect();
            assert!(own.is_empty(), "{own:?}");
        }
    }
}

#[test]
fn single_file_opens_on_phone() {
    let tab = open(&demo(ArchiveLayout::Split), Browser::chosen(), PHONE);
    tab.click_text(".row__a", "冬至夜");
    tab.shows("#read h1", "冬至夜");
    tab.back();
    tab.see(".row__a");
}

#[test]
fn embedded_files_are_decoded_on_read() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("single/many");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    for n in 0..600 {
        let article = Article {
            title: format!("第{n}篇"),
            time: 1_600_000_000_000 + n * 14_400_000,
            url: format!("https://source{}.example/{n}", n % 9),
            body: format!("<p>第{n}次，{}</p>", "潮水退了，灯还亮着。".repeat(1 + n as usize % 40)),
        };
        article.write(&folder, &format!("{n}.md"));
    }
    let tab = open(&file("many", folder, ArchiveLayout::Split), Browser::chosen(), WIDE);
    let files = tab.count("script[id^='file:archive/']") as f64;
    assert!(files > 30.0, "{files}");
    if tab.can(Feature::Preload) {
        assert!(tab.number("return fetched") < files / 3.0, "{files}");
    }
    tab.click(".find__i");
    tab.write("第317次");
    tab.until("it is found", "return document.querySelector('.row__h')?.textContent.includes('第317篇')");
}

#[test]
fn foreign_scripts_are_blocked() {
    let path = demo(ArchiveLayout::Small);
    let page = fs::read_to_string(&path).unwrap();
    let changed = path.with_file_name("changed.html");
    let evil = page.replacen(
        "<div id=\"sheaf\">",
        "<script>window.evil = 1</script><div id=\"sheaf\" onclick=\"evil = 2\">",
        1,
    );
    assert_ne!(evil, page);
    fs::write(&changed, evil).unwrap();
    let tab = open(&changed, Browser::chosen(), WIDE);
    assert_eq!(tab.js("return window.evil ?? null"), json!(null));
    if tab.can(Feature::Preload) {
        let refused = tab.js("return violations.filter(text => text.startsWith('script-src')).length");
        assert!(refused.as_u64() >= Some(1), "{refused}");
    }
}

#[test]
fn single_file_opens_in_firefox() {
    if !Browser::Firefox.is_there() {
        return;
    }
    tour(&open(&demo(ArchiveLayout::Split), Browser::Firefox, WIDE));
}
