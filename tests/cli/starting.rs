//! Command `sheaf new`.

use crate::seeds::{Said, Seeds, files_of, sheaf};
use std::fs;
use std::path::Path;
use std::process::Command;

/// Runs `sheaf` in `folder`.
fn run(folder: &Path, line: &str) -> Said {
    sheaf().args(line.split(' ')).current_dir(folder).output().unwrap().into()
}

#[test]
fn new_folder_can_be_checked_and_built_at_once() {
    let root = Seeds::new();
    let said = root.sheaf("new 江上 --url https://a.example/news/ --repository ann/sheaf").ok();
    assert!(said.contains("public address: https://a.example/news/") && !said.contains("OWNER"), "{said}");
    let folder = root.path("江上");
    let checked = run(&folder, "check").ok();
    assert_eq!(checked, "seeds/welcome.md:1: format: read as markdown\n");
    run(&folder, "build --archive-only").ok();
    let manifest = root.json("江上/site/archive.json");
    assert_eq!((&manifest["title"], &manifest["count"]), (&"江上".into(), &1.into()));
    let shown = run(&folder, "list site").ok();
    assert!(shown.contains("Your first article") && shown.contains("2026-01-01"), "{shown}");
    let workflow = fs::read_to_string(folder.join(".github/workflows/pages.yml")).unwrap();
    let version = concat!("v", env!("CARGO_PKG_VERSION"));
    for line in [
        format!("uses: ann/sheaf/.github/workflows/pages.yml@{version}\n"),
        format!(
            "program: https://github.com/ann/sheaf/releases/download/{version}/sheaf-x86_64-unknown-linux-musl.tar.gz\n"
        ),
        "articles: seeds\n".to_owned(),
    ] {
        assert!(workflow.contains(&line), "{workflow}");
    }
}

#[test]
fn address_is_taken_from_the_git_remote() {
    let root = Seeds::new();
    let folder = root.path("tide");
    let git = |line: &str| {
        assert!(Command::new("git").arg("-C").arg(&folder).args(line.split(' ')).status().unwrap().success());
    };
    fs::create_dir(&folder).unwrap();
    git("init --quiet");
    git("remote add origin git@github.com:Ann/tide.git");
    let said = run(&folder, "new").ok();
    assert!(said.contains("public address: https://ann.github.io/tide/\n"), "{said}");
    let config = fs::read_to_string(folder.join("sheaf.toml")).unwrap();
    assert!(config.contains("\nsite = \"https://ann.github.io/tide/\"\n"), "{config}");
    // The repository of the releases is another one, which only a release knows.
    assert!(said.contains("replace OWNER/sheaf in .github/workflows/pages.yml"), "{said}");
}

#[test]
fn existing_files_are_never_replaced() {
    let root = Seeds::new().file("welcome.md", "mine").file("sheaf.toml", "title = 'mine'");
    let before = files_of(&root.root);
    let error = root.sheaf("new .").failed(1);
    assert_eq!(error, "sheaf: seeds/welcome.md in . exists: name another folder\n");
    assert_eq!(files_of(&root.root), before);
}

#[test]
fn existing_gitignore_stays() {
    let root = Seeds::new();
    fs::write(root.path(".gitignore"), "/mine/\n").unwrap();
    root.sheaf("new .").ok();
    assert_eq!(fs::read_to_string(root.path(".gitignore")).unwrap(), "/mine/\n");
}

#[test]
fn wrong_address_or_repository_is_an_error() {
    let root = Seeds::new();
    for option in
        ["--url example.org", "--url https://a.example/?q", "--repository ann", "--repository a/b/c"]
    {
        let error = root.sheaf(&format!("new a {option}")).failed(2);
        assert!(error.contains("expected"), "{error}");
    }
    assert!(!root.path("a").exists());
}
