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
mod inputs;
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

pub use config::{Config, KEYS};
pub use encode::{Encoded, Layout};
pub use error::BuildError;
pub use gzip::{gzip, plain};
pub use inputs::{Digest, inputs};
pub use output::{is_archive_file, is_part, part_of, write, write_whole};
pub use progress::Progress;
pub use read::{Outcome, ReadFile, Reason, read};
pub use report::{Bytes, Report, ReportedWarning, Skipped};
pub use store::FolderStore;
pub use walk::{Links, walk};

use crate::archive::Manifest;
use crate::model::Article;
use std::path::{Path, PathBuf};

/// What to build and where.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The folders with the article files.
    pub seeds: Vec<PathBuf>,
    /// Which symbolic links in them are followed.
    pub links: Links,
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
    /// Whether anything was written.
    pub written: bool,
}

/// Articles that were read, and what became of every file.
pub struct Gathered {
    /// What became of every file.
    pub report: Report,
    /// The articles, or why there is no archive.
    pub library: Result<Library, BuildError>,
    /// What was read, as one value: the same when nothing has changed.
    pub inputs: Digest,
}

/// The articles of an archive in the order of their ordinals.
pub struct Library {
    /// The articles.
    pub articles: Vec<Article>,
    /// What `sheaf.toml` says.
    pub config: Config,
    zone: zone::Zone,
    /// What became of the files.
    kept: crate::archive::Built,
}

impl Library {
    /// What is known of the whole, without the tables of a large archive.
    ///
    /// # Errors
    ///
    /// The format has no room for so many articles.
    pub fn manifest(&self) -> Result<Manifest, BuildError> {
        encode::manifest(&self.articles, &self.config, self.zone.name())
    }

    /// Says that so many bytes of pictures lie beside the archive.
    pub fn add_beside(&mut self, bytes: u64) {
        self.kept.beside += bytes;
    }

    /// The archive of these articles.
    ///
    /// # Errors
    ///
    /// The format has no room for so much, or the index none on the disk.
    pub fn encode(self, layout: Option<Layout>, progress: &Progress) -> Result<Encoded, BuildError> {
        encode::encode(self.articles, &self.config, self.zone.name(), self.kept, layout, progress)
    }
}

/// Builds an archive and nothing else. The report is there also when the files gave nothing to build from.
///
/// # Errors
///
/// A folder is missing, `sheaf.toml` cannot be understood, or the archive cannot be written.
pub fn build(options: &Options, progress: &Progress) -> Result<Built, BuildError> {
    refuse_own_output(&options.seeds, &options.out)?;
    let Gathered { mut report, library, .. } = gather(&options.seeds, options.links, progress)?;
    let encoded = library.and_then(|library| library.encode(options.layout, progress));
    let written = encoded.and_then(|encoded| {
        report.bytes = encoded.bytes();
        output::write(&options.out, &encoded, progress)
    });
    Ok(Built { report, written: written.is_ok(), failed: written.err() })
}

/// Reads all articles below the folders `seeds`.
///
/// # Errors
///
/// A folder is missing, or `sheaf.toml` cannot be understood.
pub fn gather(seeds: &[PathBuf], links: Links, progress: &Progress) -> Result<Gathered, BuildError> {
    let config = Config::of_seeds(seeds, links)?;
    let files = read(walk(seeds, links)?, config.max_bytes, progress);
    let mut report = Report::of(&files);
    let inputs = inputs::of_files(&config, &files);
    let library = library(files, config, &mut report);
    Ok(Gathered { report, library, inputs })
}

fn library(files: Vec<ReadFile>, config: Config, report: &mut Report) -> Result<Library, BuildError> {
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
    let zone = zone::of(&config, &merged.articles);
    zone::resolve(&zone, &mut merged.articles);
    merged.articles.sort_by(crate::archive::ordinal_order);
    Ok(Library { articles: merged.articles, config, zone, kept: report.kept() })
}

/// An archive among the seeds would be read as an article by the next build.
///
/// # Errors
///
/// `out` lies in one of the folders `seeds`.
pub fn refuse_own_output(seeds: &[PathBuf], out: &Path) -> Result<(), BuildError> {
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
