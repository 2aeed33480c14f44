//! Command `sheaf new`.

use super::build::DEFAULT_SITE;
use anyhow::{Context, bail};
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

/// Write a folder for a new archive: settings, an example article and a workflow for GitHub Pages
///
/// `sheaf build` and `sheaf open` work in the new folder at once. Existing files are never replaced.
#[derive(Debug, clap::Args)]
#[command(after_long_help = FILES_HELP)]
pub struct Args {
    /// Folder to write; created if missing
    #[arg(value_name = "FOLDER", default_value = ".")]
    folder: PathBuf,
    /// Public address of the site; default: that of GitHub Pages, if the folder is a clone of a GitHub repository
    #[arg(long, value_name = "URL", value_parser = parse_url)]
    url: Option<String>,
    /// GitHub repository whose releases of Sheaf the workflow uses; default: that of this program
    #[arg(long, value_name = "OWNER/NAME", value_parser = parse_repository)]
    repository: Option<String>,
}

const FILES_HELP: &str = "\
Files:
  sheaf.toml                   settings of the archive, each with an explanation
  seeds/welcome.md             example article
  .github/workflows/pages.yml  publishes seeds/ on GitHub Pages after every push
  .gitignore                   excludes the built site; an existing file stays as it is";

const CONFIG: &str = include_str!("new/sheaf.toml");
const ARTICLE: &str = include_str!("new/welcome.md");
const WORKFLOW: &str = include_str!("new/pages.yml");

/// Repository of a released program, set by the release workflow.
const RELEASE_REPOSITORY: Option<&str> = option_env!("SHEAF_REPOSITORY");
/// Stands for a repository that is not known.
const UNKNOWN_REPOSITORY: &str = "OWNER/sheaf";
const VERSION: &str = concat!("v", env!("CARGO_PKG_VERSION"));

/// Writes the folder.
pub fn run(args: &Args) -> anyhow::Result<ExitCode> {
    let folder = std::path::absolute(&args.folder)?;
    let title = folder.file_name().map_or_else(|| "Sheaf".into(), |name| name.to_string_lossy());
    let site = args.url.clone().or_else(|| pages_address(&remote_of(&folder)?));
    let repository = args.repository.as_deref().or(RELEASE_REPOSITORY);
    let workflow_path = ".github/workflows/pages.yml";
    let files = [
        ("sheaf.toml", config(&title, site.as_deref())?),
        ("seeds/welcome.md", ARTICLE.to_owned()),
        (workflow_path, workflow(repository.unwrap_or(UNKNOWN_REPOSITORY))),
    ];
    let existing: Vec<&str> = files
        .iter()
        .map(|(path, _)| *path)
        .filter(|path| folder.join(path).symlink_metadata().is_ok())
        .collect();
    if !existing.is_empty() {
        bail!("{} in {} exists: name another folder", existing.join(", "), args.folder.display());
    }
    for (path, text) in &files {
        write_new(&folder.join(path), text)?;
    }
    let ignored = folder.join(".gitignore");
    if !ignored.exists() {
        write_new(&ignored, &format!("/{DEFAULT_SITE}/\n/.{DEFAULT_SITE}.sheaf/\n"))?;
    }
    println!("{} holds {}", args.folder.display(), files.map(|(path, _)| path).join(", "));
    match &site {
        Some(site) => println!("public address: {site}"),
        None => println!("the public address is not known: set `site` in sheaf.toml"),
    }
    if repository.is_none() {
        println!(
            "this program is not a release: replace {UNKNOWN_REPOSITORY} in {workflow_path} with the repository of one"
        );
    }
    println!("run `sheaf open` in {} to read, `sheaf build` to write the site", args.folder.display());
    Ok(ExitCode::SUCCESS)
}

/// Returns the settings; `{title}` and `{site}` are filled in.
fn config(title: &str, site: Option<&str>) -> anyhow::Result<String> {
    // JSON strings without control characters are TOML strings.
    let quoted =
        |text: &str| serde_json::to_string(&text.chars().filter(|c| !c.is_control()).collect::<String>());
    let site = match site {
        Some(site) => format!("site = {}", quoted(site)?),
        None => "# site = \"https://example.org/news/\"".to_owned(),
    };
    Ok(CONFIG.replace("{site}", &site).replace("{title}", &quoted(title)?))
}

fn workflow(repository: &str) -> String {
    WORKFLOW.replace("{repository}", repository).replace("{version}", VERSION)
}

/// Writes a file that does not exist, with its folder.
fn write_new(path: &Path, text: &str) -> anyhow::Result<()> {
    let folder = path.parent().unwrap_or(path);
    let written = fs::create_dir_all(folder)
        .and_then(|()| File::create_new(path))
        .and_then(|mut file| file.write_all(text.as_bytes()));
    written.with_context(|| format!("cannot write {}", path.display()))
}

/// Returns the address of the git remote `origin`, if `folder` is the top of a repository.
fn remote_of(folder: &Path) -> Option<String> {
    if !folder.join(".git").exists() {
        return None;
    }
    let mut git = Command::new("git");
    let output = git.arg("-C").arg(folder).args(["config", "--get", "remote.origin.url"]).output().ok()?;
    String::from_utf8(output.stdout).ok().filter(|_| output.status.success())
}

/// Returns the address at which GitHub Pages publishes the repository of `remote`.
fn pages_address(remote: &str) -> Option<String> {
    let remote = remote.trim().trim_end_matches('/');
    // Both `https://github.com/OWNER/NAME.git`, with or without a user, and `git@github.com:OWNER/NAME.git`.
    let (host, path) = match remote.split_once("://") {
        Some((_, rest)) => rest.split_once('/')?,
        None => remote.split_once(':')?,
    };
    let host = host.rsplit('@').next()?;
    let host = host.split(':').next()?;
    if !host.eq_ignore_ascii_case("github.com") && !host.eq_ignore_ascii_case("ssh.github.com") {
        return None;
    }
    let repository = parse_repository(path.strip_suffix(".git").unwrap_or(path)).ok()?;
    let (owner, name) = repository.split_once('/')?;
    let host = format!("{}.github.io", owner.to_ascii_lowercase());
    let is_user_site = name.eq_ignore_ascii_case(&host);
    Some(if is_user_site { format!("https://{host}/") } else { format!("https://{host}/{name}/") })
}

fn parse_repository(text: &str) -> Result<String, String> {
    let is_name = |name: &str| {
        !name.is_empty()
            && !name.starts_with('.')
            && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
    };
    match text.split_once('/') {
        Some((owner, name)) if is_name(owner) && is_name(name) => Ok(text.to_owned()),
        _ => Err("expected the form OWNER/NAME".to_owned()),
    }
}

fn parse_url(text: &str) -> Result<String, String> {
    crate::bundle::parse_site_address(text)
        .ok_or_else(|| "expected a form like https://example.org/news/".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bundle::KEYS;

    #[test]
    fn address_of_github_pages_follows_from_the_remote() {
        for (remote, address) in [
            ("git@github.com:Ann/Tide-7.git\n", Some("https://ann.github.io/Tide-7/")),
            ("https://github.com/ann/tide.news", Some("https://ann.github.io/tide.news/")),
            ("https://ann:secret@github.com/ann/tide.git", Some("https://ann.github.io/tide/")),
            ("ssh://git@ssh.github.com:443/ann/tide.git", Some("https://ann.github.io/tide/")),
            ("https://github.com/Ann/ann.github.io/", Some("https://ann.github.io/")),
            ("https://gitlab.com/ann/tide", None),
            ("https://github.com.evil.example/ann/tide", None),
            ("git@github.com:ann", None),
            ("https://github.com/ann/tide/extra", None),
            ("../tide", None),
            ("", None),
        ] {
            assert_eq!(pages_address(remote).as_deref(), address, "{remote}");
        }
    }

    #[test]
    fn every_setting_is_explained() {
        for key in KEYS {
            let is_setting = |line: &str| {
                let line = line.trim_start_matches("# ");
                line.starts_with(&format!("{key} = "))
                    || line == format!("[{key}]")
                    || line == format!("{{{key}}}")
            };
            assert!(CONFIG.lines().any(is_setting), "{key}");
        }
    }

    #[test]
    fn no_placeholder_is_left() {
        let config = config("\"江\" \\ {site}\u{7f}", Some("https://a.example/")).unwrap();
        assert!(config.contains("\ntitle = \"\\\"江\\\" \\\\ {site}\"\n"), "{config}");
        assert!(config.contains("\nsite = \"https://a.example/\"\n"), "{config}");
        let workflow = workflow("ann/sheaf");
        assert!(!workflow.contains(['<', '$']) && !workflow.contains("{repository}"), "{workflow}");
        assert!(
            workflow.contains(&format!("uses: ann/sheaf/.github/workflows/pages.yml@{VERSION}\n")),
            "{workflow}"
        );
    }
}
