//! `sheaf build`.

use super::print;
use crate::build::{Built, Layout, Options, Progress, build};
use anyhow::Context;
use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

/// Build an archive from folders of article files
///
/// Every file below the folders becomes an article, an earlier version of one, or a line of the report.
/// The first folder that has a `sheaf.toml` sets title, time zone and names of sources.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Folders with article files
    #[arg(required = true, value_name = "SEEDS_DIR")]
    seeds: Vec<PathBuf>,
    /// Folder to write the archive to
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Write what became of every file as JSON
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
    /// One plain file or many compressed ones; by size when not said
    #[arg(long, value_name = "LAYOUT")]
    layout: Option<LayoutName>,
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
    let options = Options {
        seeds: args.seeds.clone(),
        out: args.out.clone(),
        layout: args.layout.map(|name| match name {
            LayoutName::Small => Layout::Small,
            LayoutName::Split => Layout::Split,
        }),
    };
    let threads = rayon::ThreadPoolBuilder::new().num_threads(args.threads.unwrap_or(0).into()).build()?;
    let progress = Progress::on_terminal();
    let built = threads.install(|| build(&options, &progress));
    progress.finish();
    let Built { report, failed } = built?;
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
    Ok(ExitCode::SUCCESS)
}

/// More would bury the sentence that follows.
const SKIPPED_SHOWN: usize = 10;
