//! `sheaf trunk-hook`, which trunk runs after it has built the app; see `Trunk.toml`.

use super::print;
use crate::build::{Built, Options, Progress, build};
use anyhow::{Context, anyhow};
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Bundle the folder SHEAF_SEEDS (`seeds` when not set) into the site that trunk is building
#[derive(Debug, clap::Args)]
#[command(hide = true)]
pub struct Args {}

/// What a page of the site may do. Nothing but its own files run or are asked for; pictures of articles
/// lie elsewhere. No part of a page accepts HTML as text. Debug builds go without, for live reload.
const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
img-src http: https: data:; connect-src 'self'; font-src 'self'; manifest-src 'self'; worker-src 'self'; \
base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

/// Writes the archive and, in a release build, the policy. Only the staging folder is written to: trunk
/// watches the others and would begin again.
pub fn run(_args: &Args) -> anyhow::Result<ExitCode> {
    let variable =
        |name: &str| env::var(name).map_err(|_| anyhow!("{name} is not set: only trunk runs this command"));
    let staging = PathBuf::from(variable("TRUNK_STAGING_DIR")?);
    let seeds = env::var_os("SHEAF_SEEDS").filter(|seeds| !seeds.is_empty()).unwrap_or("seeds".into());
    let options = Options { seeds: vec![seeds.into()], out: staging.clone(), layout: None };
    let Built { report, failed } = build(&options, &Progress::hidden())?;
    for skipped in &report.skipped {
        println!("sheaf: skipped {}: {}", print::plain(&skipped.path), skipped.reason);
    }
    if let Some(failed) = failed {
        return Err(anyhow::Error::new(failed).context(options.seeds[0].display().to_string()));
    }
    println!("sheaf: {}", print::summary(&report));
    if variable("TRUNK_PROFILE")? == "release" {
        set_policy(&staging.join("index.html"))?;
    }
    Ok(ExitCode::SUCCESS)
}

fn set_policy(page: &Path) -> anyhow::Result<()> {
    let html = fs::read_to_string(page).with_context(|| page.display().to_string())?;
    let html = with_policy(&html).with_context(|| format!("{} has no <meta charset>", page.display()))?;
    fs::write(page, html).with_context(|| page.display().to_string())
}

/// `html` with the policy after its character set, before anything that the policy is to govern.
fn with_policy(html: &str) -> Option<String> {
    let charset = html.find("<meta charset")?;
    let end = charset + html[charset..].find('>')? + 1;
    let (before, after) = html.split_at(end);
    Some(format!("{before}<meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">{after}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_policy_stands_before_everything_it_governs() {
        let page = with_policy("<head><meta charset=\"utf-8\"><script src=a.js></script></head>").unwrap();
        let (before, after) =
            page.split_once("<meta http-equiv=\"Content-Security-Policy\" content=\"").unwrap();
        assert_eq!(before, "<head><meta charset=\"utf-8\">");
        let (policy, after) = after.split_once("\">").unwrap();
        assert_eq!(after, "<script src=a.js></script></head>");
        assert!(policy.starts_with("default-src 'none'; ") && policy.ends_with("trusted-types 'none'"));
        assert!(!policy.contains("unsafe-inline") && !policy.contains("  "));
        assert_eq!(with_policy("<head></head>"), None);
    }
}
