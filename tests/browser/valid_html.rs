//! Validity of the static pages: index page, article pages, redirects from earlier ids, single file.

use crate::archives::repository;
use crate::engine::skip;
use crate::visit::{app, published_from};
use sheaf::bundle::BuildProgress;
use sheaf::site::{SiteOptions, Viewer, build_single_file};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Returns a file of a package that the validators are in.
fn installed(path: &str) -> PathBuf {
    let file = repository("tests/html/node_modules").join(path);
    assert!(
        file.exists(),
        "{path} is not installed: run `npm ci --ignore-scripts --prefix tests/html` (needs npm's registry)"
    );
    file
}

/// Returns the errors of html-validate in `pages`.
fn errors(pages: &[PathBuf]) -> String {
    let program = installed(".bin/html-validate");
    let config = repository("tests/html/.htmlvalidate.json");
    let output = Command::new(program)
        .args(["--formatter", "text", "--config"])
        .arg(config)
        .args(pages)
        .output()
        .unwrap();
    assert!(output.status.code().is_some_and(|code| code <= 1), "{output:?}");
    String::from_utf8(output.stdout).unwrap()
}

/// Errors of the Nu validator that do not count: it does not know all of CSS, and articles keep the levels of their
/// headings.
const NU_FILTER: &str = r"CSS: .*|The heading .* skipping \d+ heading levels?\.";

/// Returns the errors of the Nu validator in `pages`; `None` without Java.
fn nu_errors(pages: &[PathBuf]) -> Option<String> {
    let program = installed("vnu-jar/build/dist/vnu.jar");
    let mut java = Command::new("java");
    let Ok(output) = java
        .arg("-jar")
        .arg(program)
        .args(["--errors-only", "--stdout", "--filterpattern", NU_FILTER])
        .args(pages)
        .output()
    else {
        skip("with the Nu validator: it needs Java, the program `java`");
        return None;
    };
    // It ends with 1 if there are errors, as Java does if it cannot run.
    let errors = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success() || !errors.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    Some(errors)
}

#[test]
fn static_pages_are_valid_html() {
    let aliases = Path::new(env!("CARGO_TARGET_TMPDIR")).join("valid-html-seeds");
    fs::create_dir_all(&aliases).unwrap();
    let file = "<!--1697471101000-->\n[别名](https://例子.example/江?spm=1)\n------\n\n<p>正文。</p>";
    fs::write(aliases.join("alias.md"), file).unwrap();
    let seeds = vec![repository("tests/data/demo"), repository("tests/data/oddities"), aliases];
    let site = published_from("valid-html", seeds.clone());
    let mut pages: Vec<PathBuf> =
        fs::read_dir(site.join("a")).unwrap().map(|entry| entry.unwrap().path()).collect();
    let redirects = pages.iter().filter(|page| fs::read_to_string(page).unwrap().contains("refresh")).count();
    assert!(redirects > 0 && pages.len() > 40);
    pages.push(site.join("index.html"));
    let out = site.with_file_name("single.html");
    let viewer = Some(Viewer::from_folder(&app()).unwrap());
    let options = SiteOptions { seeds, out: out.clone(), viewer, force: true, ..SiteOptions::default() };
    let built = build_single_file(&options, &BuildProgress::hidden()).unwrap();
    assert!(built.error.is_none(), "{:?}", built.error);
    pages.push(out);
    assert_eq!(errors(&pages), "");
    assert_eq!(nu_errors(&pages).unwrap_or_default(), "");
}
