//! Command `sheaf open`, tested over HTTP.

use crate::seeds::{Seeds, article, sheaf};
use crate::serving::{Serving, articles_and_viewer};
use std::fs;
use std::process::Command;

/// Returns the command that opens `seeds` with a cache of its own.
fn open(seeds: &Seeds) -> Command {
    let mut command = sheaf();
    command.args(["open", "seeds", "--cache", "cache", "--viewer", "viewer"]).current_dir(&seeds.root);
    command
}

#[test]
fn added_changed_and_removed_files_reach_the_open_page() {
    let seeds = articles_and_viewer();
    let serving = Serving::start(open(&seeds).arg("--no-browser"));
    assert_eq!(serving.article_count(), 40);
    let page = String::from_utf8(serving.ask("/", "").body).unwrap();
    assert!(page.contains("data-build=\"1\"></script></head>"), "{page}");
    let note = "---\ntitle: 涨潮\nsource: https://n.example/tide\n---\n潮水来了。\n";
    let seeds = seeds.file("clippings/tide.md", note);
    // The response is delayed until a build newer than the page's exists.
    assert_eq!(serving.ask("/~sheaf/builds?1", "").body, b"2");
    assert_eq!(serving.article_count(), 41);
    let seeds = seeds.file("clippings/tide.md", note.replace("涨潮", "退潮"));
    assert_eq!(serving.ask("/~sheaf/builds?2", "").body, b"3");
    assert_eq!(serving.article_count(), 41);
    fs::remove_file(seeds.path("seeds/clippings/tide.md")).unwrap();
    assert_eq!(serving.ask("/~sheaf/builds?3", "").body, b"4");
    assert_eq!(serving.article_count(), 40);
}

#[test]
fn settings_next_to_the_folder_apply_unless_the_folder_has_its_own() {
    let seeds = articles_and_viewer();
    let set_title = |title: &str| {
        fs::write(seeds.path("sheaf.toml"), format!("title = '{title}'")).unwrap();
    };
    set_title("江上");
    let serving = Serving::start(open(&seeds).arg("--no-browser"));
    let title = || -> serde_json::Value {
        let manifest: serde_json::Value =
            serde_json::from_slice(&serving.ask("/archive.json", "").body).unwrap();
        manifest["title"].clone()
    };
    assert_eq!(title(), "江上");
    set_title("潮汐");
    assert_eq!(serving.ask("/~sheaf/builds?1", "").body, b"2");
    assert_eq!(title(), "潮汐");
    fs::write(seeds.path("seeds/sheaf.toml"), "title = '灯塔'").unwrap();
    assert_eq!(serving.ask("/~sheaf/builds?2", "").body, b"3");
    assert_eq!(title(), "灯塔");
}

#[test]
fn address_is_the_same_in_every_run_and_differs_between_inputs() {
    let seeds = articles_and_viewer().file("other/1.md", article("二"));
    let address = |input: &str| {
        let mut command = sheaf();
        command.args(["open", input, "--cache", "cache", "--viewer", "viewer", "--no-browser"]);
        Serving::start_at_own_port(command.current_dir(&seeds.root)).address.clone()
    };
    let first = address("seeds");
    assert_eq!(address("./seeds/../seeds"), first);
    assert_ne!(address("seeds/other"), first);
}

#[test]
fn second_start_leads_to_the_running_one() {
    let seeds = articles_and_viewer();
    let serving = Serving::start(open(&seeds).arg("--no-browser"));
    let said = seeds.sheaf("open seeds --cache cache --viewer viewer --no-browser").ok();
    let url = format!("http://{}/", serving.address);
    assert_eq!(said, format!("another sheaf serves these inputs: the reader is at {url}\n"));
}

#[cfg(unix)]
#[test]
fn browser_opens_the_address() {
    use std::os::unix::fs::PermissionsExt;

    let seeds = articles_and_viewer();
    let browser = seeds.path("browser");
    fs::write(&browser, "#!/bin/sh\necho \"$1\" > opened.new && mv opened.new opened\n").unwrap();
    fs::set_permissions(&browser, fs::Permissions::from_mode(0o755)).unwrap();
    let serving = Serving::start(open(&seeds).env("BROWSER", &browser));
    let opened = seeds.path("opened");
    while !opened.exists() {
        std::thread::yield_now();
    }
    assert_eq!(fs::read_to_string(opened).unwrap(), format!("http://{}/\n", serving.address));
}

#[test]
fn browser_that_cannot_start_leaves_the_site_open() {
    let seeds = articles_and_viewer();
    let serving = Serving::start(open(&seeds).env("BROWSER", "no-such-browser"));
    assert_eq!(serving.article_count(), 40);
}

#[test]
fn wrong_inputs_are_errors_that_leave_no_cache() {
    let seeds = articles_and_viewer();
    let error = seeds.sheaf("open none --cache cache --viewer viewer --no-browser").failed(1);
    assert!(error.starts_with("sheaf: none is neither a folder nor a file"), "{error}");
    assert!(!seeds.path("cache").exists());
    let error = seeds.sheaf("open seeds --cache seeds/cache --viewer viewer --no-browser").failed(2);
    assert!(error.contains("lies inside seeds"), "{error}");
    assert!(!seeds.path("seeds/cache").exists());
}
