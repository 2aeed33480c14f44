//! `xtask trunk-hook`, as trunk runs it.

#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};

const PAGE: &str = "<!doctype html><html><head><meta charset=\"utf-8\"><title>Sheaf</title>\
     <link data-wasm=./app-1_bg.wasm href=./app-1.js id=app rel=app>\
     <script integrity=sha384-/a3Kto/dfHL6qU/f4AVV6PKV0eHNtu+zehQKp/Ya6qUrA77s07X48f/AEK5pv7n6 src=./boot-1.js></script>\
     <link href=./app-1.js integrity=sha384-OLBgp1GsljhM2TJ+sbHjaiH9txEUvgdDTAzHv2P24donTt6/529l+9Ua0vFImLlb rel=modulepreload>\
     <link href=./app-1_bg.wasm integrity=sha384-okyHV17AgVkZ4iL9gMeELR7Q1ISxRPcAHorFgvPJr/8CqM+btjXngbzNX3HOpqc/ rel=preload></head></html>";

/// Output of wasm-bindgen for a program without imports.
const APP: &[u8] = b"\0asm\x01\0\0\0";

/// Temporary project with the folder `seeds` and trunk's staging folder.
struct Project(tempfile::TempDir);

impl Project {
    fn new(articles: &[(&str, &str)]) -> Project {
        let project = Project(tempfile::tempdir().unwrap());
        for (path, title) in articles {
            let path = project.path("seeds").join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            let url = format!("https://n.example/{title}");
            let file = if title.is_empty() {
                String::new()
            } else {
                format!("<!--1697471101000-->\n[{title}]({url})\n------\n\n<p>正文。</p>\n")
            };
            fs::write(path, file).unwrap();
        }
        fs::create_dir_all(project.path("stage")).unwrap();
        fs::write(project.path("stage/index.html"), PAGE).unwrap();
        fs::write(project.path("stage/boot-1.js"), "//").unwrap();
        fs::write(project.path("stage/app-1.js"), "").unwrap();
        fs::write(project.path("stage/app-1_bg.wasm"), APP).unwrap();
        project
    }

    fn path(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap()
    }

    fn json(&self, path: &str) -> serde_json::Value {
        serde_json::from_str(&self.read(path)).unwrap()
    }

    fn hook(&self, profile: &str, seeds: Option<&str>) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
        command.arg("trunk-hook").current_dir(self.0.path()).env_remove("SHEAF_SEEDS");
        command.env("TRUNK_STAGING_DIR", self.path("stage")).env("TRUNK_PROFILE", profile);
        if let Some(seeds) = seeds {
            command.env("SHEAF_SEEDS", seeds);
        }
        command.output().unwrap()
    }
}

fn stdout(output: Output) -> String {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn release_build_gets_archive_policy_and_worker() {
    let project = Project::new(&[("1.md", "一"), ("2.md", "")]);
    let out = stdout(project.hook("release", None));
    assert!(
        out.starts_with("sheaf: skipped 2.md: the file is empty\nsheaf: 1 article, 1 file skipped: "),
        "{out}"
    );
    assert_eq!(project.json("stage/archive.json")["count"], 1);
    assert!(project.read("stage/sw.js").starts_with("const SITE = {\"version\":"));
    assert_eq!(project.json("stage/manifest.webmanifest")["start_url"], "./");
    let page = project.read("stage/index.html");
    let policy =
        "<meta charset=\"utf-8\"><meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; ";
    assert!(page.contains(policy) && page.contains("require-trusted-types-for 'script'"), "{page}");
}

#[test]
fn debug_build_has_neither_policy_nor_worker() {
    let project = Project::new(&[("1.md", "一")]);
    stdout(project.hook("debug", None));
    assert_eq!(project.read("stage/index.html"), PAGE);
    assert!(!project.path("stage/sw.js").exists());
}

#[test]
fn variable_names_the_input_folder_and_an_empty_one_fails() {
    let project = Project::new(&[("deep/1.md", "一")]);
    stdout(project.hook("debug", Some("seeds/deep")));
    assert_eq!(project.json("stage/archive.json")["articles"][0]["path"], "1.md");
    fs::create_dir(project.path("empty")).unwrap();
    let output = project.hook("debug", Some("empty"));
    assert_eq!(output.status.code(), Some(1));
    let error = String::from_utf8(output.stderr).unwrap();
    assert!(error.starts_with("sheaf: empty: "), "{error}");
}
