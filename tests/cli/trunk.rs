//! Command `sheaf trunk-hook`, run as trunk does.

use crate::seeds::{Said, Seeds, article, sheaf};
use std::fs;

const PAGE: &str = "<!doctype html><html><head><meta charset=\"utf-8\"><title>Sheaf</title>\
     <link data-wasm=./app-1_bg.wasm href=./app-1.js id=app rel=app>\
     <link href=./app-1.js integrity=sha384-OLBgp1GsljhM2TJ+sbHjaiH9txEUvgdDTAzHv2P24donTt6/529l+9Ua0vFImLlb rel=modulepreload>\
     <link href=./app-1_bg.wasm integrity=sha384-okyHV17AgVkZ4iL9gMeELR7Q1ISxRPcAHorFgvPJr/8CqM+btjXngbzNX3HOpqc/ rel=preload></head></html>";

/// Output of wasm-bindgen for a program without imports.
const APP: &[u8] = b"\0asm\x01\0\0\0";

fn hook(seeds: &Seeds, profile: &str, folder: Option<&str>) -> Said {
    fs::create_dir_all(seeds.path("stage")).unwrap();
    fs::write(seeds.path("stage/index.html"), PAGE).unwrap();
    fs::write(seeds.path("stage/app-1.js"), "").unwrap();
    fs::write(seeds.path("stage/app-1_bg.wasm"), APP).unwrap();
    let mut command = sheaf();
    command.arg("trunk-hook").current_dir(&seeds.root).env_remove("SHEAF_SEEDS");
    command.env("TRUNK_STAGING_DIR", seeds.path("stage")).env("TRUNK_PROFILE", profile);
    if let Some(folder) = folder {
        command.env("SHEAF_SEEDS", folder);
    }
    command.output().unwrap().into()
}

#[test]
fn release_build_adds_archive_and_policy() {
    let seeds = Seeds::new().file("1.md", article("一")).file("2.md", "");
    let out = hook(&seeds, "release", None).ok();
    assert!(
        out.starts_with("sheaf: skipped 2.md: the file is empty\nsheaf: 1 article, 1 file skipped: "),
        "{out}"
    );
    assert_eq!(seeds.json("stage/archive.json")["count"], 1);
    assert!(fs::read_to_string(seeds.path("stage/sw.js")).unwrap().starts_with("const SITE = {\"version\":"));
    assert_eq!(seeds.json("stage/manifest.webmanifest")["start_url"], "./");
    let page = fs::read_to_string(seeds.path("stage/index.html")).unwrap();
    let policy =
        "<meta charset=\"utf-8\"><meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; ";
    assert!(page.contains(policy) && page.contains("require-trusted-types-for 'script'"), "{page}");
}

#[test]
fn debug_build_has_neither_policy_nor_worker() {
    let seeds = Seeds::new().file("1.md", article("一"));
    hook(&seeds, "debug", None).ok();
    assert_eq!(fs::read_to_string(seeds.path("stage/index.html")).unwrap(), PAGE);
    assert!(!seeds.path("stage/sw.js").exists());
}

#[test]
fn folder_is_configurable_and_an_empty_one_is_an_error() {
    let seeds = Seeds::new().file("deep/1.md", article("一"));
    hook(&seeds, "debug", Some("seeds/deep")).ok();
    assert_eq!(seeds.json("stage/archive.json")["articles"][0]["path"], "1.md");
    fs::create_dir(seeds.path("empty")).unwrap();
    let error = hook(&seeds, "debug", Some("empty")).failed(1);
    assert_eq!(error, "sheaf: empty: nothing to build from: the folder holds no files\n");
}
