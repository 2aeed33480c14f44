//! `sheaf pictures`.

use super::inputs::Inputs;
use super::{print, report};
use crate::build::{Gathered, Progress, gather};
use crate::pictures::{Limits, Store, fetch, wanted};
use std::collections::BTreeMap;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

/// Fetch the pictures of articles from their publishers, for readers who cannot
///
/// Those of the newest articles come first, four hosts at a time and each with pauses; they are made at most 1,080 pixels
/// wide, in WebP. What is there is not asked for again: stop it at any time and go on later. `sheaf build --pictures DIR`
/// then puts them into the site, where they are kept offline with the rest.
///
/// Hosts in this machine's own network are not asked, whatever an article says.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    inputs: Inputs,
    /// Folder to keep them in, beside the articles rather than among them
    #[arg(long, value_name = "DIR")]
    into: PathBuf,
    /// How many megabytes they may have together, those of the newest articles first
    #[arg(long, value_name = "MB", default_value_t = 500)]
    most: u32,
    /// Ask again for what was not there earlier
    #[arg(long)]
    retry: bool,
    /// Ask hosts in this machine's own network too, and through a proxy that HTTPS_PROXY or ALL_PROXY names: for articles
    /// that you trust
    #[arg(long)]
    private_network: bool,
    /// Write what came and what did not as JSON
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
    /// Let --report replace a file that is not such a report
    #[arg(long, requires = "report")]
    force: bool,
}

/// So many reasons are printed; the report has all.
const REASONS_SHOWN: usize = 8;

/// Fetches, and says what came of it.
pub fn run(args: &Args) -> anyhow::Result<ExitCode> {
    crate::build::refuse_own_output(&args.inputs.seeds, &args.into)?;
    if let Some(path) = args.report.as_ref().filter(|_| !args.force) {
        report::check(path, &["known", "came", "failed"])?;
    }
    let progress = Progress::on_terminal();
    let Gathered { library, .. } = gather(&args.inputs.seeds, args.inputs.links(), &progress)?;
    let mut store = Store::open(&args.into)?;
    let limits =
        Limits { bytes: u64::from(args.most) * 1_000_000, retry: args.retry, private: args.private_network };
    let fetched = fetch(wanted(&library?.articles), &mut store, &limits, &progress);
    progress.finish();
    let fetched = fetched?;
    if let Some(path) = &args.report {
        report::write(path, &fetched)?;
    }
    let mut out = std::io::stdout().lock();
    let came = print::number(fetched.came, "picture", "pictures");
    let known = if fetched.known > 0 { format!(", {} there already", fetched.known) } else { String::new() };
    writeln!(out, "{came} fetched{known}: {} in {}", print::size(fetched.bytes), args.into.display())?;
    let mut reasons: BTreeMap<&str, usize> = BTreeMap::new();
    for (_, reason) in &fetched.failed {
        *reasons
            .entry(reason.as_deref().unwrap_or("known not to be there; --retry asks again"))
            .or_default() += 1;
    }
    let mut reasons: Vec<_> = reasons.into_iter().collect();
    reasons.sort_by_key(|&(_, count)| std::cmp::Reverse(count));
    for (reason, count) in reasons.iter().take(REASONS_SHOWN) {
        writeln!(
            out,
            "  {} did not come: {}",
            print::number(*count, "picture", "pictures"),
            print::plain(reason)
        )?;
    }
    if reasons.len() > REASONS_SHOWN {
        writeln!(out, "  and more: --report names every one")?;
    }
    if fetched.without_room > 0 {
        let left = print::number(fetched.without_room, "older picture", "older pictures");
        writeln!(out, "  {left} not fetched: --most {} is used up", args.most)?;
    }
    Ok(ExitCode::SUCCESS)
}
