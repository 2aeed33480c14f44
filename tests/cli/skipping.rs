//! Files that cannot become articles.

use crate::seeds::{Seeds, article};
use std::fs;

/// Returns the reason why `path` was skipped.
fn reason(report: &serde_json::Value, path: &str) -> String {
    let skipped = report["skipped"].as_array().unwrap();
    assert_eq!(report["files"], report["articles"].as_u64().unwrap() + skipped.len() as u64);
    let found = skipped.iter().find(|skipped| skipped["path"] == path);
    found.unwrap_or_else(|| panic!("{path} is not in {skipped:?}"))["reason"].as_str().unwrap().to_owned()
}

#[cfg(unix)]
#[test]
fn links_are_followed_but_not_in_cycles() {
    let seeds = Seeds::new().file("a/1.md", article("一")).file("a/b/2.md", article("二"));
    fs::create_dir(seeds.path("elsewhere")).unwrap();
    fs::write(seeds.path("elsewhere/3.md"), Vec::from(article("三"))).unwrap();
    let link = |to: &str, at: &str| std::os::unix::fs::symlink(to, seeds.path(at)).unwrap();
    link("../../elsewhere", "seeds/a/linked");
    link("..", "seeds/a/b/up");
    link("nowhere", "seeds/broken");
    link("itself", "seeds/itself");
    let report = seeds.build();
    assert_eq!(report["articles"], 3);
    assert_eq!(reason(&report, "a/b/up"), "link to a folder that contains the link");
    assert!(reason(&report, "broken").starts_with("dangling link: "));
    assert!(reason(&report, "itself").starts_with("dangling link: "));
    assert!(seeds.sheaf("list site").ok().contains("a/linked/3.md"));
}

#[cfg(unix)]
#[test]
fn special_file_is_skipped_without_blocking() {
    let seeds = Seeds::new().file("1.md", article("一"));
    let _socket = std::os::unix::net::UnixListener::bind(seeds.path("seeds/socket")).unwrap();
    assert_eq!(reason(&seeds.build(), "socket"), "not a regular file");
}

#[cfg(target_os = "linux")]
#[test]
fn unreadable_file_is_reported() {
    let seeds = Seeds::new().file("1.md", article("一"));
    // Unreadable even for root: nothing is mapped at address 0.
    std::os::unix::fs::symlink("/proc/self/mem", seeds.path("seeds/2.md")).unwrap();
    let reason = reason(&seeds.build(), "2.md");
    assert!(reason.starts_with("cannot read the file: "), "{reason}");
}

#[test]
fn file_over_the_limit_is_not_read() {
    let seeds = Seeds::new()
        .file("sheaf.toml", "max_bytes = 1000")
        .file("1.md", article("一"))
        .file("2.md", article("二").body("长".repeat(400)));
    let reason = reason(&seeds.build(), "2.md");
    assert_eq!(reason, "larger than 1000 bytes: raise max_bytes in sheaf.toml to include the file");
}

#[test]
fn default_limit_is_32_mib() {
    let seeds = Seeds::new().file("1.md", article("一"));
    let large = fs::File::create(seeds.path("seeds/2.md")).unwrap();
    large.set_len(32 * 1024 * 1024 + 1).unwrap();
    assert!(reason(&seeds.build(), "2.md").starts_with("larger than 33554432 bytes"));
}

#[test]
fn hidden_entries_are_reported() {
    let seeds = Seeds::new().file("1.md", article("一")).file(".git/config", "x").file("a/.DS_Store", "x");
    let report = seeds.build();
    assert_eq!(reason(&report, ".git"), "hidden folder: rename without the leading dot to include");
    assert_eq!(reason(&report, "a/.DS_Store"), "hidden file: rename without the leading dot to include");
}

#[test]
fn files_without_text_are_reported() {
    let seeds = Seeds::new()
        .file("1.md", article("一"))
        .file("blank.txt", " \n\t\n")
        .file("picture.jpg", [0xFF, 0xD8, 0xFF, 0xE0, 0, 16, 1, 2, 3, 4].repeat(40));
    let report = seeds.build();
    assert_eq!(reason(&report, "blank.txt"), "the file is empty");
    assert!(reason(&report, "picture.jpg").contains("not a text file"));
}
