//! `sheaf build`.

use super::print;
use crate::build::{Built, Layout, Progress};
use crate::site::{Options, Viewer, build, build_single};
use anyhow::Context;
use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

/// Build a site from folders of article files
///
/// The site is the reader and the archive, ready for any static host. It takes the place of the one before in one step
/// and only when it is whole; files in the folder that no build has made stay. What a build keeps for the next one lies
/// beside the site in a hidden folder, `.SITE.sheaf`, which may be deleted.
///
/// Every file below the folders becomes an article, an earlier version of one, or a line of the report.
/// The first folder that has a `sheaf.toml` sets title, time zone and names of sources.
#[derive(Debug, clap::Args)]
#[group(skip)]
#[command(after_long_help = CONFIG)]
pub struct Args {
    /// Folders with article files
    #[arg(required = true, value_name = "SEEDS_DIR")]
    pub(super) seeds: Vec<PathBuf>,
    /// Folder to write the site to
    #[arg(long, value_name = "DIR")]
    pub(super) out: PathBuf,
    /// Write what became of every file as JSON
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
    /// One plain file or many compressed ones; by size when not said
    #[arg(long, value_name = "LAYOUT")]
    layout: Option<LayoutName>,
    /// Write a small page for each article too, which is read without the app: for search engines and old browsers. With
    /// `site` in `sheaf.toml` also feed.xml, feed.json and sitemap.xml
    #[arg(long, conflicts_with_all = ["single_file", "archive_only"])]
    pages: bool,
    /// Put the pictures into the site that `sheaf pictures` has fetched into this folder
    #[arg(long, value_name = "DIR", conflicts_with_all = ["single_file", "archive_only"])]
    pictures: Option<PathBuf>,
    /// Write one HTML file with reader and archive inside, which opens by a double click; --out names it
    #[arg(long, conflicts_with = "archive_only")]
    single_file: bool,
    /// Take the reader from this folder, as `make dist` leaves it in `viewer`, instead of the one in the program
    #[arg(long, value_name = "DIR", conflicts_with = "archive_only")]
    viewer: Option<PathBuf>,
    /// Write the archive without a reader
    #[arg(long)]
    archive_only: bool,
    /// How many threads to use; all when not said
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum LayoutName {
    /// One `archive.json` that any tool opens
    Small,
    /// `archive.json` and compressed files, each read when it is needed
    Split,
}

/// Builds, and says what came of it.
pub fn run(args: &Args) -> anyhow::Result<ExitCode> {
    publish(args).map(|_| ExitCode::SUCCESS)
}

/// The same; whether anything was written.
pub fn publish(args: &Args) -> anyhow::Result<bool> {
    let viewer = match &args.viewer {
        Some(folder) => Some(Viewer::of_folder(folder)?),
        None => Viewer::embedded().filter(|_| !args.archive_only),
    };
    let has_viewer = viewer.is_some();
    let options = Options {
        seeds: args.seeds.clone(),
        out: args.out.clone(),
        layout: args.layout.map(|name| match name {
            LayoutName::Small => Layout::Small,
            LayoutName::Split => Layout::Split,
        }),
        viewer,
        pages: args.pages,
        pictures: args.pictures.clone(),
    };
    let threads = rayon::ThreadPoolBuilder::new().num_threads(args.threads.unwrap_or(0).into()).build()?;
    let progress = Progress::on_terminal();
    let built = threads.install(|| {
        if args.single_file { build_single(&options, &progress) } else { build(&options, &progress) }
    });
    progress.finish();
    let Built { report, failed, written } = built?;
    if let Some(path) = &args.report {
        let json = serde_json::to_vec(&report)?;
        fs::write(path, json)
            .with_context(|| format!("the report cannot be written to {}", path.display()))?;
    }
    let mut out = std::io::stdout().lock();
    for skipped in report.skipped.iter().take(SKIPPED_SHOWN) {
        writeln!(out, "skipped {}: {}", print::plain(&skipped.path), skipped.reason)?;
    }
    if report.skipped.len() > SKIPPED_SHOWN {
        let more = report.skipped.len() - SKIPPED_SHOWN;
        writeln!(out, "skipped {more} more: --report names them all")?;
    }
    if let Some(failed) = failed {
        return Err(failed.into());
    }
    writeln!(out, "{}", print::summary(&report))?;
    if args.single_file {
        let page = fs::metadata(&args.out)?.len();
        writeln!(out, "{} has {}.", args.out.display(), print::size(page))?;
        if page > SINGLE_MOST {
            eprintln!("sheaf: so large a file opens slowly, or not at all on phones: a folder serves better");
        }
    }
    if !report.warnings.is_empty() {
        writeln!(out, "`sheaf check` prints the warnings.")?;
    }
    if !has_viewer && !args.archive_only {
        let site = args.out.display();
        eprintln!("sheaf: this program carries no reader, so {site} holds the archive alone: {NO_VIEWER}");
    }
    Ok(written)
}

const CONFIG: &str = "\
sheaf.toml, in the first folder that has one; every key may be left out:
  title = \"江上\"            what the archive is called; its only source, or Sheaf
  description = \"…\"         what it is, in a sentence: for search engines and feeds
  lang = \"zh-Hans\"          language of the interface: zh-Hans, zh-Hant, en; the browser's otherwise
  zone = \"Asia/Shanghai\"    in which days are counted, or UTC+8; China's if most articles are Chinese, else UTC
  images = \"on\"             pictures at other hosts: on, tap (when asked for) or off, until a reader chooses
  licence = \"CC BY 4.0\"      under which terms the archive may be used
  max_bytes = 33554432       larger files are skipped
  site = \"https://example.org/news/\"
                             where the site will lie: for feeds, the map for search engines, canonical links
  [sources]                  names of sites and of folders, as readers see them
  rfi.fr = \"RFI\"";

/// More would bury the sentence that follows.
const SKIPPED_SHOWN: usize = 10;

/// About what 50 MB of an archive become in one file.
const SINGLE_MOST: u64 = 70_000_000;

/// What to do then.
const NO_VIEWER: &str = "compile it again after `make dist`, or name a built one with --viewer; --archive-only \
asks for no reader";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::build::KEYS;

    #[test]
    fn every_key_is_explained() {
        let guide = include_str!("../../docs/publishing.md");
        for key in KEYS {
            assert!(CONFIG.lines().any(|line| line.trim_start_matches([' ', '[']).starts_with(key)), "{key}");
            assert!(guide.contains(&format!("{key} = ")) || guide.contains(&format!("[{key}]")), "{key}");
        }
    }
}
