//! Bundler: turns folders of article files into one archive.
//!
//! ```text
//! walk ─▶ read ─▶ versions ─▶ zone ─▶ index, same, related ─▶ encode: small, or pack + tables ─▶ output
//! every   ingest   one article  offsets,                         files in memory                   folder
//! file    each     an address   order
//! ```
//!
//! Invariants: every file that the walk finds becomes an article, an earlier version of one, or an entry of the
//! [`Report`] with its path and a reason. The archive depends only on the bytes of the files and of `sheaf.toml`,
//! not on a clock, the number of threads or the order in which a disk lists a folder.

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
pub use output::{is_archive_file, write};
pub use progress::Progress;
pub use read::{Outcome, ReadFile, Reason, read};
pub use report::{Bytes, Report, ReportedWarning, Skipped};
pub use store::FolderStore;
pub use walk::walk;

use crate::archive::Manifest;
use crate::model::Article;
use std::path::{Path, PathBuf};

/// Input and output of an archive build.
#[derive(Clone, Debug)]
pub struct Options {
    /// Folders with the article files.
    pub seeds: Vec<PathBuf>,
    /// Folder that the archive is written to.
    pub out: PathBuf,
    /// One file or many; `None` chooses by size.
    pub layout: Option<Layout>,
}

/// Result of a build.
#[derive(Debug)]
pub struct Built {
    /// Counts, skipped files and warnings.
    pub report: Report,
    /// Error that prevented the archive, if any.
    pub failed: Option<BuildError>,
    /// `true` if any file was written.
    pub written: bool,
}

/// Articles that were read, with the report on every file.
pub struct Gathered {
    /// Counts, skipped files and warnings.
    pub report: Report,
    /// The articles, or the error that prevents an archive.
    pub library: Result<Library, BuildError>,
    /// Digest of everything that was read; equal digests mean equal archives.
    pub inputs: Digest,
}

/// Articles of an archive, sorted by ordinal.
pub struct Library {
    /// The articles.
    pub articles: Vec<Article>,
    /// Settings from `sheaf.toml`.
    pub config: Config,
    zone: zone::Zone,
    /// Build statistics that the manifest stores.
    kept: crate::archive::Built,
}

impl Library {
    /// Returns the manifest without the tables of a large archive.
    ///
    /// # Errors
    ///
    /// The archive has more articles than the format allows.
    pub fn manifest(&self) -> Result<Manifest, BuildError> {
        encode::manifest(&self.articles, &self.config, self.zone.name())
    }

    /// Adds the size of image files, in bytes, to the build statistics.
    pub fn add_beside(&mut self, bytes: u64) {
        self.kept.beside += bytes;
    }

    /// Encodes the articles as an archive.
    ///
    /// # Errors
    ///
    /// A limit of the format is exceeded, or the temporary file of the index cannot be written.
    pub fn encode(self, layout: Option<Layout>, progress: &Progress) -> Result<Encoded, BuildError> {
        encode::encode(self.articles, &self.config, self.zone.name(), self.kept, layout, progress)
    }
}

/// Builds an archive without a site. A report is returned even if no file held an article.
///
/// # Errors
///
/// A folder is missing, `sheaf.toml` is invalid, or the archive cannot be written.
pub fn build(options: &Options, progress: &Progress) -> Result<Built, BuildError> {
    refuse_own_output(&options.seeds, &options.out)?;
    let Gathered { mut report, library, .. } = gather(&options.seeds, progress)?;
    let encoded = library.and_then(|library| library.encode(options.layout, progress));
    let written = encoded.and_then(|encoded| {
        report.bytes = encoded.bytes();
        output::write(&options.out, &encoded, progress)
    });
    Ok(Built { report, written: written.is_ok(), failed: written.err() })
}

/// Reads all articles in the folders `seeds`.
///
/// # Errors
///
/// A folder is missing, or `sheaf.toml` is invalid.
pub fn gather(seeds: &[PathBuf], progress: &Progress) -> Result<Gathered, BuildError> {
    let config = Config::of_seeds(seeds)?;
    let files = read(walk(seeds)?, config.max_bytes, progress);
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

/// Refuses an output folder inside the seeds: the next build would read the archive as an article.
///
/// # Errors
///
/// `out` lies in one of the folders `seeds`.
pub fn refuse_own_output(seeds: &[PathBuf], out: &Path) -> Result<(), BuildError> {
    // `out` may not exist yet, so its nearest existing ancestor is compared.
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
