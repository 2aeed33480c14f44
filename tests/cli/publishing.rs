//! Site folder after a build, and treatment of the previous site.

use crate::archives::library;
use crate::seeds::{Seeds, article, files_of, sheaf};
use snapbox::str;
use std::fs::{self, File};
use std::path::PathBuf;
use std::process::Stdio;
use std::thread;
use std::time::Duration;

const PAGE: &str = "<!doctype html><html lang=zh-Hans><head><meta charset=utf-8><title>Sheaf</title></head>\
<body><div id=sheaf></div></body></html>";

impl Seeds {
    /// Adds a built app in `viewer`: a page and the given files.
    fn viewer(self, files: &[(&str, &str)]) -> Seeds {
        let _ = fs::remove_dir_all(self.path("viewer"));
        for (path, text) in files.iter().chain(&[("index.html", PAGE)]) {
            let place = self.path("viewer").join(path);
            fs::create_dir_all(place.parent().unwrap()).unwrap();
            fs::write(place, text).unwrap();
        }
        self
    }

    fn publish(&self, options: &str) -> String {
        self.sheaf(&format!("build seeds --out site --viewer viewer{options}")).ok()
    }

    /// Lists the files in `folder` except those for offline support.
    fn names(&self, folder: &str) -> Vec<String> {
        let files = files_of(&self.path(folder));
        let mut names: Vec<_> = files.iter().map(|(path, _)| path.display().to_string()).collect();
        names.retain(|name| {
            !name.starts_with("icon") && !["manifest.webmanifest", "sw.js"].contains(&&**name)
        });
        names.sort();
        names
    }
}

/// Returns the files of the site with their modification times.
fn times(seeds: &Seeds) -> Vec<(PathBuf, std::time::SystemTime)> {
    let time = |path: &PathBuf| fs::metadata(seeds.path("site").join(path)).unwrap().modified().unwrap();
    files_of(&seeds.path("site")).into_iter().map(|(path, _)| (path.clone(), time(&path))).collect()
}

#[test]
fn site_contains_reader_and_archive() {
    let seeds = Seeds::new().file("1.md", article("一")).viewer(&[("app-1.js", "1"), ("parts/a.json", "{}")]);
    seeds.publish("");
    assert_eq!(seeds.names("site"), ["app-1.js", "archive.json", "index.html", "parts/a.json"]);
    let worker = fs::read_to_string(seeds.path("site/sw.js")).unwrap();
    let known = worker.lines().next().unwrap();
    assert!(known.contains("[\"app-1.js\",\"") && known.contains("[\"archive.json\",\""), "{known}");
    assert!(known.ends_with("\"articles\":1};"), "{known}");
    // A site can serve as the app bundle of another site.
    seeds.sheaf("build seeds --out other --viewer site").ok();
    assert_eq!(files_of(&seeds.path("other")), files_of(&seeds.path("site")));
    seeds.sheaf("build seeds --out third --viewer seeds").failed_with(
        1,
        str![[r#"
sheaf: no index.html in seeds: pass the folder `viewer` that `make dist` writes

"#]],
    );
    seeds.sheaf("build seeds --out third --viewer nowhere").failed_with(
        1,
        str![[r#"
sheaf: no index.html in nowhere: pass the folder `viewer` that `make dist` writes

"#]],
    );
    assert!(!seeds.path("third").exists());
}

#[test]
fn foreign_files_are_kept_and_stale_ones_removed() {
    let seeds = Seeds::new().file("1.md", article("一")).viewer(&[("app-1.js", "1")]);
    seeds.publish(" --layout split");
    fs::create_dir_all(seeds.path("site/archive/deep")).unwrap();
    for mine in ["CNAME", "archive/holiday.jpg", "archive/deep/1.txt"] {
        fs::write(seeds.path("site").join(mine), "mine").unwrap();
    }
    let seeds = seeds.viewer(&[("app-2.js", "2")]);
    seeds.publish(" --layout small");
    let expected =
        ["CNAME", "app-2.js", "archive.json", "archive/deep/1.txt", "archive/holiday.jpg", "index.html"];
    assert_eq!(seeds.names("site"), expected);
    // Also without the build record; then only files of the archive are recognised.
    fs::remove_dir_all(seeds.path(".site.sheaf")).unwrap();
    let seeds = seeds.viewer(&[("app-3.js", "3")]);
    seeds.publish(" --layout split");
    fs::remove_dir_all(seeds.path(".site.sheaf")).unwrap();
    seeds.publish(" --layout small");
    assert_eq!(seeds.names("site").iter().filter(|name| name.contains(".json")).count(), 1);
    assert!(seeds.path("site/CNAME").exists());
}

#[test]
fn failed_build_keeps_the_old_site() {
    let seeds = Seeds::new().file("1.md", article("一")).viewer(&[]);
    seeds.publish("");
    let before = (files_of(&seeds.path("site")), times(&seeds));
    fs::write(seeds.path("seeds/1.md"), "").unwrap();
    let failed = |seeds: &Seeds| seeds.sheaf("build seeds --out site --viewer viewer").failed(1);
    assert!(failed(&seeds).contains("nothing to build from"));
    fs::write(seeds.path("seeds/sheaf.toml"), "titel = 'x'").unwrap();
    assert!(failed(&seeds).contains("sheaf.toml:1: unknown key"));
    assert_eq!((files_of(&seeds.path("site")), times(&seeds)), before);
}

#[test]
fn killed_build_leaves_the_old_or_the_new_site() {
    let seeds = library(300).viewer(&[("app-1.js", "1")]);
    seeds.publish(" --layout split");
    let old = files_of(&seeds.path("site"));
    let seeds = seeds.viewer(&[("app-2.js", "2")]).file("new.md", article("新"));
    seeds.sheaf("build seeds --out whole --viewer viewer --layout split").ok();
    let new = files_of(&seeds.path("whole"));
    let arguments = ["build", "seeds", "--out", "site", "--viewer", "viewer", "--layout", "split"];
    let (mut was_old, mut step) = (0, 0);
    // Kills ever later, until a build completes.
    loop {
        let mut command = sheaf();
        let mut build =
            command.args(arguments).current_dir(&seeds.root).stdout(Stdio::null()).spawn().unwrap();
        thread::sleep(Duration::from_millis(step));
        let ended = build.try_wait().unwrap();
        // The build may have finished already.
        let _ = build.kill();
        build.wait().unwrap();
        let site = files_of(&seeds.path("site"));
        assert!(site == old || site == new, "killed after {step} ms");
        was_old += usize::from(site == old);
        if let Some(status) = ended {
            assert!(status.success());
            break;
        }
        step += 9;
    }
    assert!(was_old > 0);
    assert!(files_of(&seeds.path("site")) == new);
}

#[test]
fn unchanged_build_writes_nothing_and_damage_is_repaired() {
    let seeds = library(60).viewer(&[("app-1.js", "1")]);
    let said = seeds.publish(" --report first.json");
    let (files, before) = (files_of(&seeds.path("site")), times(&seeds));
    assert_eq!(seeds.publish(" --report second.json"), said);
    assert_eq!(seeds.json("first.json"), seeds.json("second.json"));
    assert_eq!(times(&seeds), before);

    let entry = seeds.path("site/archive.json");
    let mut bytes = fs::read(&entry).unwrap();
    let time = fs::metadata(&entry).unwrap().modified().unwrap();
    *bytes.last_mut().unwrap() ^= 1;
    fs::write(&entry, bytes).unwrap();
    // Copy tools may preserve time and length of a file that they damage.
    File::options().write(true).open(&entry).unwrap().set_modified(time).unwrap();
    fs::remove_file(seeds.path("site/app-1.js")).unwrap();
    seeds.publish("");
    assert!(files_of(&seeds.path("site")) == files);

    for record in ["", "{}", "[1]"] {
        fs::write(seeds.path(".site.sheaf/record.json"), record).unwrap();
        assert_eq!(seeds.publish(""), said);
    }
    assert!(files_of(&seeds.path("site")) == files);
}

#[test]
fn concurrent_build_is_rejected() {
    let seeds = Seeds::new().file("1.md", article("一")).viewer(&[]);
    seeds.publish("");
    let lock = File::create(seeds.path(".site.sheaf/lock")).unwrap();
    lock.lock().unwrap();
    seeds.sheaf("build seeds --out site --viewer viewer").failed_with(
        1,
        str![[r#"
sheaf: output folder [..]/site is locked by another build: wait until that build has finished

"#]],
    );
    drop(lock);
    seeds.publish("");
}

#[test]
fn symbolic_link_and_working_directory_survive_a_build() {
    let seeds = Seeds::new().file("1.md", article("一")).viewer(&[]);
    fs::create_dir_all(seeds.path("releases/1")).unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink("releases/1", seeds.path("site")).unwrap();
    seeds.publish("");
    assert_eq!(seeds.names("site"), ["archive.json", "index.html"]);
    #[cfg(unix)]
    assert!(seeds.path("site").is_symlink());
    let seeds = seeds.file("2.md", article("二"));
    let site = seeds.path("site");
    let build = ["build", "../../seeds", "--out", ".", "--viewer", "../../viewer"];
    let site = fs::canonicalize(site).unwrap();
    assert!(sheaf().args(build).current_dir(&site).status().unwrap().success());
    assert_eq!(seeds.json("site/archive.json")["count"], 2);
}
