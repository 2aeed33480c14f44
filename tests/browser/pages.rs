//! Static article pages, with and without the app.

use crate::driver::{PHONE, Screen, WIDE};
use crate::visit::{Reader, published, visit};
use serde_json::json;
use sheaf::archive::writer::ArchiveLayout;
use std::path::PathBuf;
use std::sync::LazyLock;

/// Site with static pages over the sample articles.
fn site() -> PathBuf {
    static SITE: LazyLock<PathBuf> = LazyLock::new(|| published("pages", Some(ArchiveLayout::Split), true));
    SITE.clone()
}

/// Returns the path of an article's page.
fn page(title: &str) -> String {
    let found =
        std::fs::read_dir(site().join("a")).unwrap().map(|entry| entry.unwrap().path()).find(|path| {
            std::fs::read_to_string(path).unwrap().contains(&format!("<h1 class=\"art__h\">{title}"))
        });
    format!("a/{}", found.unwrap().file_name().unwrap().to_str().unwrap())
}

fn at(path: &str, screen: Screen, scripts: bool) -> Reader {
    let visit = visit(site()).on(screen).below("/some/where");
    let reader = if scripts { visit.ready() } else { visit.without_scripts().ready() };
    if scripts {
        reader.at_start(
            "window.gaps = 0;
             window.violations = [];
             document.addEventListener('securitypolicyviolation', event => violations.push(event.violatedDirective));
             const look = () => {
                 if (document.body && document.readyState !== 'loading') {
                     const shown = [...document.querySelectorAll('h1')].some(h => h.checkVisibility({ visibilityProperty: true }));
                     if (!shown) gaps += 1;
                 }
                 requestAnimationFrame(look);
             };
             requestAnimationFrame(look);",
        );
    }
    reader.goto(&format!("{}{path}", reader.host.url()));
    reader
}

#[test]
fn app_replaces_static_page_without_gap() {
    for screen in [WIDE, PHONE] {
        let reader = at(&page("冬至夜"), screen, true);
        reader.gone("#page");
        reader.article("冬至夜");
        assert!(reader.url().starts_with(&format!("{}#/read/", reader.host.url())), "{}", reader.url());
        assert_eq!(reader.js("return gaps"), json!(0), "every frame shows an article");
        assert_eq!(reader.js("return violations"), json!([]));
        reader.reload();
        reader.article("冬至夜");
    }
}

#[test]
fn static_page_works_without_scripts() {
    let reader = at(&page("立秋前后，盐田收工"), WIDE, false);
    reader.shows("h1", "立秋前后，盐田收工");
    assert!(reader.text(".prose").chars().count() > 200);
    // Driver clicks need scripts, so links are followed by URL.
    assert_eq!(reader.attribute(".page__f a:last-child", "href").as_deref(), Some("../"));
    reader.goto(&reader.host.url());
    reader.shows(".early h1", "潮汐集");
    reader.shows(".early li", "冬至夜");
    let first = reader.attribute(".early a", "href").unwrap();
    reader.goto(&format!("{}{first}", reader.host.url()));
    reader.shows("h1", "冬至夜");
}

#[test]
fn static_page_stays_if_app_fails() {
    let visit = visit(site()).below("");
    let reader = visit.ready();
    for part in [".wasm", "archive.json"] {
        reader.host.fail(part, crate::host::Fault::Status(503), 50);
        reader.goto(&format!("{}{}", reader.host.url(), page("冬至夜")));
        let asked = || reader.host.asked(part).len();
        reader.settles(|| asked() >= 3, true);
        reader.shows("#page h1", "冬至夜");
        // Links keep their targets.
        assert!(
            reader.js("return document.querySelector('.page__f a:last-child').href").as_str()
                == Some(&reader.host.url())
        );
        reader.host.mend();
        reader.host.forget();
    }
}
