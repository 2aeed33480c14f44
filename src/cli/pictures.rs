//! Command `sheaf pictures`.

use super::inputs::Inputs;
use super::{output, report};
use crate::bundle::{BuildProgress, LoadedArticles, load_articles};
use crate::images::{FetchLimits, ImageStore, PictureCache, fetch_images, image_requests};
use std::collections::BTreeMap;
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
    #[command(flatten)]
    inputs: Inputs,
    /// Folder for the images, outside the folders of the articles
    #[arg(long, value_name = "DIR")]
    into: PathBuf,
    /// Limit on the total size in megabytes; images of the newest articles come first
    #[arg(long = "most", value_name = "MB", default_value_t = 500)]
    max_megabytes: u32,
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
    /// Let --report replace a file that is not such a report
    #[arg(long, requires = "report")]
    force: bool,
}

/// Maximum number of printed reasons; the report has all of them.
const MAX_REASONS_SHOWN: usize = 8;

/// Fetches images and prints a summary.
pub fn run(args: &Args) -> anyhow::Result<ExitCode> {
    crate::bundle::ensure_output_outside_seeds(&args.inputs.seeds, &args.into)?;
    if let Some(path) = &args.report {
        report::check(path, &["known", "came", "failed"], args.force)?;
    }
    let progress = BuildProgress::on_terminal();
    // Pictures that come with the articles need no request.
    let local = PictureCache::temporary()?;
    let LoadedArticles { articles: library, .. } = load_articles(
        &args.inputs.seeds,
        args.inputs.options(),
        &std::env::temp_dir(),
        Some(&local),
        &progress,
    )?;
    let mut store = ImageStore::open(&args.into)?;
    let limits = FetchLimits {
        max_bytes: u64::from(args.max_megabytes) * 1_000_000,
        retry_failed: args.retry,
        allow_private: args.private_network,
    };
    let requests = image_requests(library?.articles.with_figures().rev())?;
    let fetched = fetch_images(requests, &mut store, &limits, &progress);
    progress.finish();
    let fetched = fetched?;
    if let Some(path) = &args.report {
        report::write(path, &fetched)?;
    }
    let mut out = std::io::stdout().lock();
    let fetched_count = output::count_noun(fetched.fetched, "image", "images");
    let known = if fetched.already_stored > 0 {
        format!(", {} already stored", fetched.already_stored)
    } else {
        String::new()
    };
    writeln!(
        out,
        "{fetched_count} fetched{known}: {} in {}",
        output::format_bytes(fetched.bytes),
        args.into.display()
    )?;
    let mut reasons: BTreeMap<&str, usize> = BTreeMap::new();
    for (_, reason) in &fetched.failures {
        *reasons
            .entry(reason.as_deref().unwrap_or("failed in an earlier run: use --retry to try again"))
            .or_default() += 1;
    }
    let mut reasons: Vec<_> = reasons.into_iter().collect();
    reasons.sort_by_key(|&(_, count)| std::cmp::Reverse(count));
    for (reason, count) in reasons.iter().take(MAX_REASONS_SHOWN) {
        writeln!(
            out,
            "  {} failed: {}",
            output::count_noun(*count, "image", "images"),
            output::sanitize_for_terminal(reason)
        )?;
    }
    if reasons.len() > MAX_REASONS_SHOWN {
        writeln!(out, "  more reasons: use --report to list all of them")?;
    }
    if fetched.over_limit > 0 {
        let left = output::count_noun(fetched.over_limit, "older image", "older images");
        writeln!(out, "  {left} not fetched: raise --most, now {}", args.max_megabytes)?;
    }
    Ok(ExitCode::SUCCESS)
}
