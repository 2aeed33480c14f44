//! Unsupported browsers, simulated by removing features.

use crate::driver::PHONE;
use crate::visit::{Reader, published, visit};
use sheaf::archive::writer::ArchiveLayout;
use std::path::Path;

/// Opens the site on a phone whose browser lacks a feature.
fn without(site: &Path, languages: &'static str, lacks: &str) -> Reader {
    let reader = visit(site.to_owned()).on(PHONE).languages(languages).ready();
    reader.at_start(lacks);
    reader.goto(&reader.host.url());
    reader
}

#[test]
fn unsupported_browser_gets_static_list_and_hint() {
    let site = published("floor", Some(ArchiveLayout::Split), true);
    for (lacks, languages, said) in [
        ("delete window.WebAssembly;", "zh-CN", "请在菜单中选择“在浏览器中打开”"),
        ("delete window.DecompressionStream;", "zh-TW", "請在選單中選擇「在瀏覽器中開啟」"),
        ("WebAssembly.validate = () => false;", "en", "Choose “Open in browser”"),
        (
            "const real = CSS.supports; CSS.supports = (...asked) => !asked[0].includes(':is(') && real.apply(CSS, asked);",
            "zh-CN",
            "浏览器版本太旧",
        ),
    ] {
        let reader = without(&site, languages, lacks);
        reader.shows("#start-text", said);
        let titles = reader.texts(".early li a");
        assert_eq!(titles.len(), 40, "{titles:?}");
        assert!(titles[0].contains("冬至夜"), "{titles:?}");
        assert!(reader.number("return document.scrollingElement.scrollWidth - innerWidth") <= 0.0);
        // The titles link to static pages.
        reader.click(".early li a");
        reader.shows("h1.art__h", "冬至夜");
        reader.see("#page .prose p");
    }
}
