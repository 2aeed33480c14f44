//! Command `sheaf pictures`.

use super::print;
use crate::build::{Gathered, Progress, gather};
use crate::pictures::{Limits, Store, fetch, wanted};
use anyhow::Context;
use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

/// Fetch the images of articles from their publishers
///
/// Images of the newest articles come first, from four hosts at a time with pauses between requests. Each is reduced
/// to a width of at most 1,080 pixels and stored as WebP. Stored images are not fetched again, so a run can be
/// stopped and repeated at any time. `sheaf build --pictures DIR` includes the images in the site, where they are
/// available offline.
///
/// Hosts in private networks are not contacted, whatever an article says.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Folders with article files
    #[arg(required = true, value_name = "SEEDS_DIR")]
    seeds: Vec<PathBuf>,
    /// Folder for the images, outside the folders with article files
    #[arg(long, value_name = "DIR")]
    into: PathBuf,
    /// Limit on the total size in megabytes; images of the newest articles come first
    #[arg(long = "most", value_name = "MB", default_value_t = 500)]
    most: u32,
    /// Retry images that failed permanently in an earlier run
    #[arg(long)]
    retry: bool,
    /// Also fetch from hosts in private networks, and use the proxy in HTTPS_PROXY or ALL_PROXY; only for trusted
    /// articles
    #[arg(long)]
    private_network: bool,
    /// Write a JSON report of fetched and failed images
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
}

/// Maximum number of printed reasons; the report has all of them.
const REASONS_SHOWN: usize = 8;

/// Fetches images and prints a summary.
pub fn run(args: &Args) -> anyhow::Result<ExitCode> {
    crate::build::refuse_own_output(&args.seeds, &args.into)?;
    let progress = Progress::on_terminal();
    let Gathered { library, .. } = gather(&args.seeds, &progress)?;
    let mut store = Store::open(&args.into)?;
    let limits =
        Limits { bytes: u64::from(args.most) * 1_000_000, retry: args.retry, private: args.private_network };
    let fetched = fetch(wanted(&library?.articles), &mut store, &limits, &progress);
    progress.finish();
    let fetched = fetched?;
    if let Some(path) = &args.report {
        let json = serde_json::to_vec(&fetched)?;
        fs::write(path, json).with_context(|| format!("cannot write the report to {}", path.display()))?;
    }
    let mut out = std::io::stdout().lock();
    let came = print::number(fetched.came, "image", "images");
    let known = if fetched.known > 0 { format!(", {} already stored", fetched.known) } else { String::new() };
    writeln!(out, "{came} fetched{known}: {} in {}", print::size(fetched.bytes), args.into.display())?;
    let mut reasons: BTreeMap<&str, usize> = BTreeMap::new();
    for (_, reason) in &fetched.failed {
        *reasons
            .entry(reason.as_deref().unwrap_or("failed in an earlier run: use --retry to try again"))
            .or_default() += 1;
    }
    let mut reasons: Vec<_> = reasons.into_iter().collect();
    reasons.sort_by_key(|&(_, count)| std::cmp::Reverse(count));
    for (reason, count) in reasons.iter().take(REASONS_SHOWN) {
        writeln!(out, "  {} failed: {}", print::number(*count, "image", "images"), print::plain(reason))?;
    }
    if reasons.len() > REASONS_SHOWN {
        writeln!(out, "  more reasons: use --report to list all of them")?;
    }
    if fetched.without_room > 0 {
        let left = print::number(fetched.without_room, "older image", "older images");
        writeln!(out, "  {left} not fetched: raise --most, now {}", args.most)?;
    }
    Ok(ExitCode::SUCCESS)
}
