//! `sheaf build`.

use super::print;
use crate::build::{Built, Layout, Progress};
use crate::site::{Options, Viewer, build};
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
    };
    let threads = rayon::ThreadPoolBuilder::new().num_threads(args.threads.unwrap_or(0).into()).build()?;
    let progress = Progress::on_terminal();
    let built = threads.install(|| build(&options, &progress));
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
    if !report.warnings.is_empty() {
        writeln!(out, "`sheaf check` prints the warnings.")?;
    }
    if !has_viewer && !args.archive_only {
        let site = args.out.display();
        eprintln!("sheaf: this program carries no reader, so {site} holds the archive alone: {NO_VIEWER}");
    }
    Ok(written)
}

/// More would bury the sentence that follows.
const SKIPPED_SHOWN: usize = 10;

/// What to do then.
const NO_VIEWER: &str = "compile it again after `make dist`, or name a built one with --viewer; --archive-only \
asks for no reader";
