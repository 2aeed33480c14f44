//! Content security policy of every produced page, and the resources it may load.

use crate::visit::app;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use scraper::{ElementRef, Html, Selector};
use sha2::{Digest, Sha256, Sha384};
use sheaf::archive::writer::ArchiveLayout;
use sheaf::bundle::BuildProgress;
use sheaf::site::{SiteOptions, Viewer, build_single_file, build_site};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Maximum permissions of a page. Images of articles may have plain HTTP URLs, as many do.
const ALLOWED: [(&str, &str); 13] = [
    ("default-src", "'none'"),
    ("script-src", "'self' 'wasm-unsafe-eval'"),
    ("style-src", "'self'"),
    ("img-src", "'self' data: https: http:"),
    ("connect-src", "'self'"),
    ("font-src", "'self'"),
    ("worker-src", "'self'"),
    ("manifest-src", "'self'"),
    ("base-uri", "'none'"),
    ("form-action", "'none'"),
    ("require-trusted-types-for", "'script'"),
    ("trusted-types", "sheaf"),
    ("frame-src", "'none'"),
];
/// Directives that a policy needs.
const NEEDED: [&str; 6] =
    ["default-src", "script-src", "style-src", "base-uri", "form-action", "require-trusted-types-for"];

fn produced(pages: bool) -> PathBuf {
    let out =
        Path::new(env!("CARGO_TARGET_TMPDIR")).join("policy").join(if pages { "site" } else { "one.html" });
    fs::create_dir_all(out.parent().unwrap()).unwrap();
    let _ = fs::remove_dir_all(&out);
    let seeds =
        ["demo", "specimen"].map(|name| Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(name));
    let viewer = Some(Viewer::from_folder(&app()).unwrap());
    let options = SiteOptions {
        seeds: seeds.to_vec(),
        out: out.clone(),
        layout: Some(ArchiveLayout::Split),
        viewer,
        pages,
        ..SiteOptions::default()
    };
    let progress = BuildProgress::hidden();
    let built = if pages { build_site(&options, &progress) } else { build_single_file(&options, &progress) };
    assert!(built.unwrap().error.is_none());
    out
}

fn all<'a>(dom: &'a Html, css: &str) -> Vec<ElementRef<'a>> {
    dom.select(&Selector::parse(css).unwrap()).collect()
}

fn policy(dom: &Html) -> BTreeMap<String, Vec<String>> {
    // A redirect from an earlier id is the only other use of `http-equiv`.
    let policies = all(dom, "meta[http-equiv]:not([http-equiv=refresh])");
    assert_eq!(policies.len(), 1, "exactly one policy and no other http-equiv");
    assert_eq!(policies[0].value().attr("http-equiv"), Some("Content-Security-Policy"));
    // Only unaffected elements precede the policy.
    let head = all(dom, "head > *");
    let before: Vec<&str> = head
        .iter()
        .take_while(|element| **element != policies[0])
        .map(|element| element.value().name())
        .collect();
    assert_eq!(before, ["meta"], "only the character set precedes the policy");
    let said = policies[0].value().attr("content").unwrap();
    let directives = said.split(';').map(str::split_whitespace);
    directives
        .map(|mut words| (words.next().unwrap().to_owned(), words.map(str::to_owned).collect()))
        .collect()
}

fn digest(bytes: &[u8]) -> String {
    format!("sha384-{}", BASE64_STANDARD.encode(Sha384::digest(bytes)))
}

fn no_page_says_more_than_markup(dom: &Html, name: &str) {
    for element in all(dom, "*") {
        for (attribute, value) in element.value().attrs() {
            assert!(
                !attribute.starts_with("on") && attribute != "style" && attribute != "srcdoc",
                "{name}: {attribute}"
            );
            assert!(!value.trim_start().to_ascii_lowercase().starts_with("javascript:"), "{name}: {value}");
        }
        assert!(!["base", "iframe", "object", "embed", "form"].contains(&element.value().name()), "{name}");
    }
}

#[test]
fn site_pages_have_policy_and_load_checked_files() {
    let site = produced(true);
    let mut folders = vec![site.clone()];
    let (mut pages, mut checked) = (0, 0);
    while let Some(folder) = folders.pop() {
        for path in fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            if path.extension().is_none_or(|end| end != "html") {
                continue;
            }
            let name = path.strip_prefix(&site).unwrap().display().to_string();
            let dom = Html::parse_document(&fs::read_to_string(&path).unwrap());
            let policy = policy(&dom);
            for (directive, sources) in &policy {
                let allowed = ALLOWED.iter().find(|(name, _)| name == directive);
                let (_, allowed) = allowed.unwrap_or_else(|| panic!("{name}: {directive}"));
                assert!(
                    sources.iter().all(|source| allowed.split(' ').any(|allowed| allowed == source)),
                    "{name}: {directive} {sources:?}"
                );
            }
            assert!(NEEDED.iter().all(|needed| policy.contains_key(*needed)), "{name}: {policy:?}");
            no_page_says_more_than_markup(&dom, &name);
            // Structured data for search engines is not executed.
            let inline = "style, script:not([src]):not([type='application/ld+json'])";
            assert!(all(&dom, inline).is_empty(), "{name}: inline");
            // boot.js checks the app, which is preloaded, by `data-digest`.
            let loads = "script[src], link[rel=stylesheet], link[rel=modulepreload], link[rel=preload]:not([as=fetch])";
            let mut check = |address: Option<&str>, said: Option<&str>| {
                let address = address.unwrap();
                let bytes = fs::read(folder.join(address)).unwrap();
                assert_eq!(said, Some(digest(&bytes).as_str()), "{name}: {address}");
                checked += 1;
            };
            for element in all(&dom, loads) {
                let value = element.value();
                check(value.attr("src").or(value.attr("href")), value.attr("integrity"));
            }
            let [app] = all(&dom, "#app")[..] else { panic!("{name}: no app") };
            check(app.value().attr("data-wasm"), app.value().attr("data-digest"));
            for part in all(&dom, "link[rel=part]") {
                check(part.value().attr("href"), part.value().attr("data-digest"));
            }
            pages += 1;
        }
    }
    assert!(pages > 40 && checked > pages, "{pages} pages, {checked} files");
    println!("policy: {pages} pages, {checked} scripts and style sheets checked by digest");
}

#[test]
fn single_file_runs_only_hashed_scripts() {
    let page = fs::read_to_string(produced(false)).unwrap();
    let dom = Html::parse_document(&page);
    let policy = policy(&dom);
    let named = |directive: &str, text: &str| {
        let digest = format!("'sha256-{}'", BASE64_STANDARD.encode(Sha256::digest(text)));
        policy[directive].contains(&digest)
    };
    for (directive, least) in [
        ("default-src", "'none'"),
        ("connect-src", "data:"),
        ("base-uri", "'none'"),
        ("form-action", "'none'"),
        ("require-trusted-types-for", "'script'"),
    ] {
        assert_eq!(policy[directive], [least], "{directive}");
    }
    assert!(
        !policy["script-src"].iter().any(|source| source.contains("unsafe-inline") || source == "'self'")
    );
    for script in all(&dom, "script:not([type])") {
        assert!(named("script-src", &script.text().collect::<String>()), "a script without a digest");
    }
    for style in all(&dom, "style") {
        assert!(named("style-src", &style.text().collect::<String>()), "a style without a digest");
    }
    no_page_says_more_than_markup(&dom, "one.html");
    assert!(all(&dom, "script[src], link[rel=stylesheet]").is_empty());
}
