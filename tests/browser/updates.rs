//! Updates: a newer site is found, loaded next to the old one and offered; versions never mix.

use crate::archives::demo_and;
use crate::driver::Feature;
use crate::host::Fault;
use crate::visit::{Reader, make_site, open_menu, site, visit};
use std::fs;
use std::path::{Path, PathBuf};

const OLD: usize = 40;

/// Opens the old site and waits until its worker has cached it.
fn visited() -> Reader {
    let reader = visit(demo_and(0)).kept().open("");
    reader.until("the worker is there", "return !!navigator.serviceWorker.controller");
    reader.finds(OLD);
    reader
}

/// A site of another app, which can be told by its page, with `more` articles.
pub fn newer(name: &str, more: usize) -> PathBuf {
    let old = site(&demo_and(0));
    let place = Path::new(env!("CARGO_TARGET_TMPDIR")).join("browser").join(name);
    let app = place.join("app");
    make_site(&app, &old, &demo_and(0));
    let page = fs::read_to_string(app.join("index.html")).unwrap();
    fs::write(app.join("index.html"), page.replacen("<body", "<body data-newer", 1)).unwrap();
    let folder = place.join("site");
    make_site(&folder, &app, &demo_and(more));
    folder
}

/// Returns whether the page is the newer app's, and the number of its articles.
fn versions(reader: &Reader) -> (bool, String) {
    reader.see(".time__n");
    // One script, since the page may be navigating.
    let seen = reader.js(
        "return [!!document.querySelector('body[data-newer]'), document.querySelector('.time__n')?.innerText ?? '']",
    );
    serde_json::from_value(seen).unwrap()
}

#[test]
fn update_is_offered_and_applied_completely() {
    let reader = visited();
    reader.host.deploy(&newer("taken", 2));
    reader.host.forget();
    reader.reload();
    reader.shows(".notice", "新增 2 篇");
    // Until the update is accepted, app and archive are the old ones.
    assert_eq!(versions(&reader), (false, format!("{OLD} 篇")));
    reader.reload();
    reader.shows(".notice", "新增 2 篇");
    assert_eq!(versions(&reader), (false, format!("{OLD} 篇")));
    reader.click_text(".notice button", "更新");
    reader.finds(OLD + 2);
    assert_eq!(versions(&reader), (true, format!("{} 篇", OLD + 2)));
    reader.gone(".notice");
    let wasm = reader.host.asked(".wasm");
    assert!(wasm.is_empty(), "unchanged files are not fetched again: {wasm:?}");
    // The new site is cached: the host may stop.
    reader.host.vanish();
    reader.reload();
    reader.shows(".notice", "离线");
    assert_eq!(versions(&reader), (true, format!("{} 篇", OLD + 2)));
}

#[test]
fn app_and_archive_versions_never_mix() {
    let olds = || (false, format!("{OLD} 篇"));
    let apps = || (true, format!("{OLD} 篇"));
    let archives = || (false, format!("{} 篇", OLD + 2));
    let both = || (true, format!("{} 篇", OLD + 2));
    let site_of = |(app, count): &(bool, String)| match (app, *count == olds().1) {
        (false, true) => site(&demo_and(0)),
        (false, false) => site(&demo_and(2)),
        (true, true) => newer("mixed-app", 0),
        (true, false) => newer("mixed-both", 2),
    };
    // From each site to every other one, including older ones.
    let way = [apps(), olds(), archives(), both(), apps(), archives(), olds(), both(), olds()];
    let reader = visited();
    if !reader.can(Feature::UpdateAgain) {
        return;
    }
    let mut shown = olds();
    for next in way {
        reader.host.deploy(&site_of(&next));
        reader.reload();
        reader.shows(".notice", "更新");
        assert_eq!(versions(&reader), shown);
        reader.click_text(".notice button", "更新");
        reader.settles(|| versions(&reader), next.clone());
        reader.reload();
        assert_eq!(versions(&reader), next);
        shown = next;
    }
}

#[test]
fn update_can_be_postponed() {
    let reader = visited();
    reader.host.deploy(&site(&demo_and(1)));
    reader.reload();
    reader.shows(".notice", "新增 1 篇");
    reader.click_text(".notice button", "稍后");
    reader.gone(".notice");
    reader.article("冬至夜");
    reader.see("#read .prose p");
    // The old index is gone from the host: a search reports that and offers the update again.
    reader.search("灯塔");
    reader.shows(".time__h", "索引未能载入");
    reader.shows(".notice", "新增 1 篇");
    reader.click_text(".notice button", "更新");
    reader.finds(6);
}

#[test]
fn downloaded_archive_is_updated_before_offer() {
    let reader = visited();
    open_menu(&reader);
    reader.click_text(".keep button", "全部下载");
    reader.shows(".keep", "整个文库已下载");
    reader.host.deploy(&site(&demo_and(3)));
    reader.host.forget();
    reader.reload();
    reader.shows(".notice", "新增 3 篇");
    let fetched = reader.host.asked("archive/").len();
    let all = fs::read_dir(site(&demo_and(3)).join("archive")).unwrap().count();
    assert!(fetched > 0 && fetched < all / 2, "{fetched} of {all}");
    reader.host.vanish();
    reader.click_text(".notice button", "更新");
    reader.shows(".notice", "全部文章已下载");
    reader.finds(OLD + 3);
    reader.read("新到第2篇");
    reader.see("#read .prose p");
}

#[test]
fn interrupted_update_keeps_old_site() {
    let reader = visited();
    reader.host.deploy(&newer("cut-off", 2));
    for fault in [Fault::Cut, Fault::Truncate, Fault::Status(404)] {
        reader.host.forget();
        reader.host.fail("archive.json", fault, usize::MAX);
        reader.reload();
        reader.finds(OLD);
        reader.until(
            "the newer one is not installed",
            "return navigator.serviceWorker.getRegistration && !document.querySelector('.notice')",
        );
        reader.settles(|| reader.host.asked("archive.json").is_empty(), false);
        assert_eq!(versions(&reader), (false, format!("{OLD} 篇")));
        reader.host.mend();
    }
    reader.reload();
    reader.shows(".notice", "新增 2 篇");
    assert_eq!(versions(&reader), (false, format!("{OLD} 篇")));
}

#[test]
fn update_in_other_tab_shows_notice() {
    let reader = visited();
    reader.article("冬至夜");
    reader.new_tab();
    reader.open("");
    reader.host.deploy(&site(&demo_and(2)));
    reader.reload();
    reader.shows(".notice", "新增 2 篇");
    reader.click_text(".notice button", "更新");
    reader.finds(OLD + 2);
    reader.switch_tab(0);
    reader.shows(".notice", "另一个标签页已载入新版本");
    reader.finds(OLD);
    reader.article("冬至夜");
    reader.click_text(".notice button", "重新载入");
    reader.finds(OLD + 2);
}

#[test]
fn missing_pack_leads_to_update() {
    let reader = visited();
    reader.article("冬至夜");
    reader.host.deploy(&site(&demo_and(2)));
    // Simulates packs that are split differently.
    reader.host.fail("/archive/", Fault::Status(404), usize::MAX);
    reader.click_text(".row__a", "钟楼慢了四分钟");
    reader.see("#read .fail");
    reader.shows(".notice", "新增 2 篇");
    reader.host.mend();
    reader.click("#read .fail button");
    reader.finds(OLD + 2);
    reader.article("钟楼慢了四分钟");
}
