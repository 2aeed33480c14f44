//! The bundler: folders of article files become one archive.
//!
//! ```text
//! walk ─▶ read ─▶ versions ─▶ zone ─▶ index, same, related ─▶ encode: small, or pack + tables ─▶ output
//! every   ingest   one article  offsets,                         files in memory                   folder
//! file    each     an address   order
//! ```
//!
//! What always holds: every file that the walk meets ends as an article, as an earlier version of one, or
//! in the [`Report`] with its path and a reason; the archive depends on the bytes of the files and of
//! `sheaf.toml` alone, not on a clock, the number of threads or the order in which a disk lists a folder.

mod config;
mod encode;
mod error;
mod gzip;
mod index;
#[cfg(test)]
mod oracle;
mod output;
mod pack;
mod progress;
mod read;
mod related;
mod report;
mod same;
mod store;
mod versions;
mod walk;
mod zone;

pub use config::Config;
pub use encode::Layout;
pub use error::BuildError;
pub use progress::Progress;
pub use read::{Outcome, ReadFile, read};
pub use report::{Bytes, Report, ReportedWarning, Skipped};
pub use store::FolderStore;
pub use walk::walk;

use std::path::{Path, PathBuf};

/// What to build and where.
#[derive(Clone, Debug)]
pub struct Options {
    /// The folders with the article files.
    pub seeds: Vec<PathBuf>,
    /// The folder that the archive is written to.
    pub out: PathBuf,
    /// One file or many; chosen by size when not said.
    pub layout: Option<Layout>,
}

/// What a build did.
#[derive(Debug)]
pub struct Built {
    /// What became of every file.
    pub report: Report,
    /// Why there is no archive, if there is none.
    pub failed: Option<BuildError>,
}

/// Builds an archive. The report is there also when the files gave nothing to build from.
///
/// # Errors
///
/// A folder is missing, `sheaf.toml` cannot be understood, or the archive cannot be written.
pub fn build(options: &Options, progress: &Progress) -> Result<Built, BuildError> {
    let config = Config::of_seeds(&options.seeds)?;
    refuse_own_output(&options.seeds, &options.out)?;
    let found = walk(&options.seeds)?;
    let files = read(found, config.max_bytes, progress);
    let mut report = Report::of(&files);
    let failed = archive(files, &config, options, &mut report, progress).err();
    Ok(Built { report, failed })
}

fn archive(
    files: Vec<ReadFile>,
    config: &Config,
    options: &Options,
    report: &mut Report,
    progress: &Progress,
) -> Result<(), BuildError> {
    let articles = files.into_iter().filter_map(|file| match file.outcome {
        Outcome::Read(read) => Some(read.article),
        Outcome::Skipped(_) => None,
    });
    let mut merged = versions::merge(articles)?;
    report.articles = merged.articles.len();
    report.versions = merged.versions;
    if merged.articles.is_empty() {
        return Err(BuildError::Nothing { files: report.files });
    }
    let zone = zone::of(config, &merged.articles);
    zone::resolve(&zone, &mut merged.articles);
    merged.articles.sort_by(crate::archive::ordinal_order);
    let encoded = encode::encode(merged.articles, config, zone.name(), options.layout, progress)?;
    report.bytes = encoded.bytes();
    output::write(&options.out, &encoded, progress)
}

/// An archive among the seeds would be read as an article by the next build.
fn refuse_own_output(seeds: &[PathBuf], out: &Path) -> Result<(), BuildError> {
    // The folder may not be there yet: what counts is the nearest of its parents that is.
    let there = out.ancestors().find_map(|path| {
        let path = if path.as_os_str().is_empty() { Path::new(".") } else { path };
        path.canonicalize().ok()
    });
    let within = |seeds: &&PathBuf| {
        let seeds = seeds.canonicalize().ok();
        seeds.zip(there.as_ref()).is_some_and(|(seeds, there)| there.starts_with(seeds))
    };
    match seeds.iter().find(within) {
        None => Ok(()),
        Some(seeds) => Err(BuildError::OutAmongSeeds { out: out.to_owned(), seeds: seeds.clone() }),
    }
}
