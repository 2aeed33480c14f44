//! The hook that trunk runs after it has built the app; see `Trunk.toml`.

use crate::finalize_page;
use anyhow::{Context, anyhow};
use sheaf::archive::writer::gzip;
use sheaf::bundle::{ArchiveOptions, BuildOutcome, BuildProgress, build};
use sheaf::cli::output;
use sheaf::site::{Viewer, build_into_viewer};
use sheaf::text::Direction;
use std::path::{Path, PathBuf};
use std::{env, fs};

/// Bundle the folder SHEAF_SEEDS (`seeds` when not set) into the site that trunk is building
#[derive(Debug, clap::Args)]
pub struct Args {}

/// Writes conversion tables and archive and, in a release build, completes the page. Only the staging folder is
/// written: trunk watches the others and would start again. `make dist` also sets SHEAF_VIEWER, the folder for the
/// app without the archive, which is embedded when this program is compiled next.
pub fn run() -> anyhow::Result<()> {
    let variable = |name: &str| {
        env::var(name).map_err(|_| anyhow!("{name} is not set: this command must be run by trunk"))
    };
    let staging = PathBuf::from(variable("TRUNK_STAGING_DIR")?);
    let root = PathBuf::from(env::var_os("TRUNK_SOURCE_DIR").unwrap_or(".".into()));
    let seeds = env::var_os("SHEAF_SEEDS").filter(|seeds| !seeds.is_empty()).unwrap_or("seeds".into());
    for direction in Direction::ALL {
        let place = staging.join(direction.file_name());
        fs::write(&place, gzip::compress(direction.data().as_bytes())?)
            .with_context(|| place.display().to_string())?;
    }
    let is_release = variable("TRUNK_PROFILE")? == "release";
    if is_release {
        finalize_page::finalize_page(&staging, &root)?;
        if let Some(viewer) = env::var_os("SHEAF_VIEWER") {
            Viewer::from_folder(&staging)?.save(Path::new(&viewer))?;
        }
    }
    let (seeds, progress) = (vec![PathBuf::from(seeds)], BuildProgress::hidden());
    let BuildOutcome { report, error: failed, .. } = if is_release {
        build_into_viewer(&seeds, &staging, &progress)?
    } else {
        build(&ArchiveOptions { seeds: seeds.clone(), out: staging, ..ArchiveOptions::default() }, &progress)?
    };
    for skipped in &report.skipped {
        println!(
            "sheaf: skipped {}: {}",
            output::sanitize_for_terminal(&skipped.path),
            output::sanitize_for_terminal(&skipped.reason)
        );
    }
    if let Some(failed) = failed {
        return Err(anyhow::Error::new(failed).context(seeds[0].display().to_string()));
    }
    let pictures = report.warnings.iter().filter(|warning| warning.code == "picture").count();
    if pictures > 0 {
        println!("sheaf: {pictures} pictures beside articles are left out: `sheaf build` includes them");
    }
    println!("sheaf: {}", output::summary(&report));
    Ok(())
}
