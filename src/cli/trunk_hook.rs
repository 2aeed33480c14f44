//! `sheaf trunk-hook`, which trunk runs after it has built the app; see `Trunk.toml`.

use super::{page, print};
use crate::build::{Built, Options, Progress, build, gzip};
use crate::site::{Viewer, offline};
use crate::text::Direction;
use anyhow::{Context, anyhow};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs};

/// Bundle the folder SHEAF_SEEDS (`seeds` when not set) into the site that trunk is building
#[derive(Debug, clap::Args)]
#[command(hide = true)]
pub struct Args {}

/// Writes the tables of characters, the archive and, in a release build, finishes the page. Only the staging folder is written to: trunk
/// watches the others and would begin again.
pub fn run(_args: &Args) -> anyhow::Result<ExitCode> {
    let variable =
        |name: &str| env::var(name).map_err(|_| anyhow!("{name} is not set: only trunk runs this command"));
    let staging = PathBuf::from(variable("TRUNK_STAGING_DIR")?);
    let seeds = env::var_os("SHEAF_SEEDS").filter(|seeds| !seeds.is_empty()).unwrap_or("seeds".into());
    for direction in Direction::ALL {
        let place = staging.join(direction.file());
        fs::write(&place, gzip(direction.data().as_bytes())?).with_context(|| place.display().to_string())?;
    }
    if variable("TRUNK_PROFILE")? == "release" {
        page::finish(&staging)?;
        if let Some(viewer) = env::var_os("SHEAF_VIEWER") {
            Viewer::of_folder(&staging)?.save(Path::new(&viewer))?;
        }
    }
    let options = Options { seeds: vec![seeds.into()], out: staging.clone(), layout: None };
    let Built { report, failed, .. } = build(&options, &Progress::hidden())?;
    for skipped in &report.skipped {
        println!("sheaf: skipped {}: {}", print::plain(&skipped.path), skipped.reason);
    }
    if let Some(failed) = failed {
        return Err(anyhow::Error::new(failed).context(options.seeds[0].display().to_string()));
    }
    println!("sheaf: {}", print::summary(&report));
    if variable("TRUNK_PROFILE")? == "release" {
        offline::write(&staging)?;
    }
    Ok(ExitCode::SUCCESS)
}
