//! Symbolic links and special files in the input folders.

#![cfg(unix)]

use crate::seeds::{Seeds, article, files_of, sheaf};
use snapbox::str;
use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::symlink;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const OUTSIDE: &str = ", outside the input folders: --follow-links reads such links";

impl Seeds {
    fn link(self, target: &str, at: &str) -> Seeds {
        symlink(target, self.path(at)).unwrap();
        self
    }

    /// Adds a file outside the input folder.
    fn outside(self, path: &str, bytes: impl Into<Vec<u8>>) -> Seeds {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes.into()).unwrap();
        self
    }
}

/// Reasons of the skipped files, by path.
fn skipped(report: &serde_json::Value) -> BTreeMap<String, String> {
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    let skipped = report["skipped"].as_array().unwrap();
    let total = report["articles"].as_u64().unwrap() + report["versions"].as_u64().unwrap();
    assert_eq!(report["files"], total + skipped.len() as u64);
    skipped.iter().map(|skipped| (text(&skipped["path"]), text(&skipped["reason"]))).collect()
}

/// Archive of `seeds` as text.
fn archive(seeds: &Seeds) -> String {
    fs::read_to_string(seeds.path("site/archive.json")).unwrap()
}

#[test]
fn links_out_of_the_input_folder_are_skipped_and_named() {
    let seeds = Seeds::new()
        .file("1.md", article("渡口"))
        .outside("private/2.md", article("信件"))
        .link("../private/2.md", "seeds/2.md")
        .link("../private", "seeds/letters")
        .link("/proc", "seeds/proc");
    let report = seeds.build();
    let private = seeds.path("private").canonicalize().unwrap();
    let skipped = skipped(&report);
    assert_eq!(skipped["2.md"], format!("a link to {}{OUTSIDE}", private.join("2.md").display()));
    assert_eq!(skipped["letters"], format!("a link to {}{OUTSIDE}", private.display()));
    assert!(skipped.contains_key("proc"), "{skipped:?}");
    assert_eq!(report["articles"], 1);
    assert!(!archive(&seeds).contains("信件"));
    let said = seeds.sheaf("check seeds").ok();
    assert!(said.contains("seeds/2.md:1: skipped: a link to ") && said.contains("--follow-links"), "{said}");
}

#[test]
fn every_command_that_reads_articles_follows_links_on_request() {
    let seeds = Seeds::new()
        .file("1.md", article("渡口"))
        .outside("more/2.md", article("灯塔"))
        .link("../more", "seeds/more");
    let report = || seeds.json("report.json");
    let build = "build --archive-only seeds --out site --report report.json";
    // Only the option differs, and each build notices.
    for (option, articles) in [("", 1), (" --follow-links", 2), ("", 1)] {
        seeds.sheaf(&format!("{build}{option}")).ok();
        assert_eq!((&report()["articles"], skipped(&report()).len()), (&articles.into(), 2 - articles));
    }
    assert!(!seeds.sheaf("check seeds --follow-links").ok().contains("skipped"));
    seeds.sheaf("pictures seeds --into pictures --follow-links").ok();
    assert!(seeds.sheaf("list site").ok().contains("1.md"));
}

#[test]
fn a_link_within_the_input_folder_does_not_duplicate_its_target() {
    let seeds = Seeds::new()
        .file("b/1.md", article("渡口").url(""))
        .file(".store/2.md", article("灯塔").url(""))
        .link("b/1.md", "seeds/a.md")
        .link("b", "seeds/c")
        .link(".store/2.md", "seeds/d.md")
        .link(".store/2.md", "seeds/e.md");
    let report = seeds.build();
    let skipped = skipped(&report);
    assert_eq!(skipped["a.md"], "a link to b/1.md, which is read itself");
    assert_eq!(skipped["c"], "a link to b, which is read itself");
    // A target that is hidden is read through the first link to it.
    assert_eq!(skipped["e.md"], "a link to d.md, which is read itself");
    assert_eq!(report["articles"], 2);
}

#[test]
fn links_between_named_folders_are_followed_and_cycles_end() {
    let seeds = Seeds::new()
        .file("1.md", article("渡口"))
        .outside("other/2.md", article("灯塔"))
        .link("../other", "seeds/other")
        .link("../seeds", "other/seeds")
        .link("..", "seeds/all");
    seeds.sheaf("build --archive-only seeds other --out site --report report.json").ok();
    let report = seeds.json("report.json");
    assert_eq!(report["articles"], 2);
    assert_eq!(skipped(&report)["seeds/other"], "a link to other, which is read itself");
    seeds.sheaf("build --archive-only seeds --out site --report report.json --follow-links").ok();
    let report = seeds.json("report.json");
    assert_eq!(report["articles"], 2);
    assert_eq!(skipped(&report)["all"], "link to a folder that contains the link");
}

#[test]
fn an_input_folder_that_is_a_link_is_read() {
    let seeds = Seeds::new().outside("real/1.md", article("渡口")).link("real", "named");
    seeds.sheaf("build --archive-only named --out site").ok();
    assert!(archive(&seeds).contains("渡口"));
}

#[test]
fn special_files_are_never_opened() {
    let seeds = Seeds::new().file("1.md", article("渡口")).link("/dev/zero", "seeds/zero.md");
    for pipe in ["seeds/pipe.md", "seeds/sheaf.toml", "outside"] {
        assert!(Command::new("mkfifo").arg(seeds.path(pipe)).status().unwrap().success());
    }
    let seeds = seeds.link("../outside", "seeds/linked.md");
    for option in ["", " --follow-links"] {
        seeds.sheaf(&format!("build --archive-only seeds --out site --report report.json{option}")).ok();
        let report = seeds.json("report.json");
        for path in ["pipe.md", "zero.md", "linked.md", "sheaf.toml"] {
            assert_eq!(skipped(&report)[path], "not a regular file", "{path}{option}");
        }
    }
}

#[test]
fn a_configuration_outside_the_input_folder_is_an_error() {
    let seeds = Seeds::new()
        .file("1.md", article("渡口"))
        .outside("shared.toml", "title = '潮汐集'")
        .link("../shared.toml", "seeds/sheaf.toml");
    for verb in ["build --archive-only seeds --out site", "check seeds"] {
        seeds.sheaf(verb).failed_with(1, str![[r#"
sheaf: seeds/sheaf.toml: a link to [..]/shared.toml, outside the input folders: --follow-links reads such links

"#]]);
    }
    seeds.sheaf("build --archive-only seeds --out site --follow-links").ok();
    assert_eq!(seeds.json("site/archive.json")["title"], "潮汐集");
    fs::remove_file(seeds.path("shared.toml")).unwrap();
    seeds.sheaf("build --archive-only seeds --out site --follow-links").failed_with(
        1,
        str![[r#"
sheaf: cannot read seeds/sheaf.toml: [..]; check the path

"#]],
    );
}

#[test]
fn a_changed_target_of_a_link_is_built_again() {
    let seeds = Seeds::new()
        .file("1.md", article("渡口"))
        .outside("more/2.md", article("灯塔"))
        .link("../more/2.md", "seeds/2.md");
    let build = "build --archive-only seeds --out site --follow-links";
    seeds.sheaf(build).ok();
    let before = files_of(&seeds.path("site"));
    let seeds = seeds.outside("more/2.md", article("夜车"));
    seeds.sheaf(build).ok();
    assert!(archive(&seeds).contains("夜车"));
    assert_ne!(files_of(&seeds.path("site")), before);
}

#[test]
fn a_reader_with_a_link_out_is_refused() {
    let seeds = Seeds::new()
        .file("1.md", article("渡口"))
        .outside("viewer/index.html", "<!doctype html><html><head><title>Sheaf</title></head></html>")
        .outside("private.txt", "private")
        .link("../private.txt", "viewer/note.txt");
    seeds.sheaf("build seeds --out site --viewer viewer").failed_with(
        1,
        str![[r#"
sheaf: viewer/note.txt is a special file or a link out of the reader's folder: replace the file with a copy

"#]],
    );
    assert!(!seeds.path("site").exists());
}

#[test]
fn watching_does_not_leave_the_input_folder() {
    let seeds = Seeds::new().file("1.md", article("渡口")).link("/", "seeds/root");
    let mut watch = sheaf()
        .args(["watch", "seeds", "--out", "site", "--archive-only", "--port", "0"])
        .current_dir(&seeds.root)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let begun = Instant::now();
    while !seeds.path("site/archive.json").exists() && begun.elapsed() < Duration::from_secs(60) {
        std::thread::sleep(Duration::from_millis(20));
    }
    watch.kill().unwrap();
    watch.wait().unwrap();
    assert!(archive(&seeds).contains("渡口"));
}
