//! Bundler: turns folders of article files into one archive.
//!
//! ```text
//! walk ─▶ read ─▶ versions ─▶ zone ─▶ index, same, related ─▶ encode: small, or pack + tables ─▶ output
//! every   ingest   one article  offsets,                         file by file                      folder
//! file    each     an address   order
//! ```
//!
//! Invariants: every file that the walk finds becomes an article, an earlier version of one, or an entry of the
//! [`Report`] with its path and a reason. The archive depends only on the bytes of the files and of `sheaf.toml`,
//! not on a clock, the number of threads or the order in which a disk lists a folder.

mod config;
mod digest;
mod error;
mod folder_store;
#[cfg(test)]
mod index_tests;
mod input_digest;
mod output;
mod progress;
mod read;
mod report;
mod skip_reason;
mod states;
mod time_zone;
mod versions;
mod walk;

pub use config::{Config, KEYS, config_next_to, parse_site_address};
pub use digest::Digest;
pub use error::BuildError;
pub use folder_store::FolderStore;
pub use input_digest::input_digest;
pub use output::{is_archive_file, is_part, part_of, write_archive, write_whole};
pub use progress::BuildProgress;
pub use read::{FileOutcome, ReadFile, ReadSettings, ReadSource, read};
pub use report::{Report, ReportedWarning, SkippedFile};
pub use skip_reason::SkipReason;
pub use walk::{Links, walk};

use crate::archive::Manifest;
use crate::archive::writer::{
    self, ArchiveLayout, BodyFile, EncodedArchive, FileSink, MemoryFiles, StoredArticles, WriteOptions,
};
use crate::ingest::{Format, PictureKeeper};
use crate::model::Article;
use crate::user_data::{UserData, export_json};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Options of reading the inputs.
#[derive(Clone, Copy, Debug, Default)]
pub struct InputOptions {
    /// Symbolic links to follow.
    pub links: Links,
    /// Format of all files; `None` detects the format of each.
    pub format: Option<Format>,
}

/// Inputs and output of a build.
#[derive(Clone, Debug, Default)]
pub struct ArchiveOptions {
    /// Folders with article files, or files.
    pub seeds: Vec<PathBuf>,
    /// Options of reading the files.
    pub input: InputOptions,
    /// The folder that the archive is written to.
    pub out: PathBuf,
    /// One file or many; `None` chooses by size.
    pub layout: Option<ArchiveLayout>,
}

/// Result of a build.
#[derive(Debug)]
pub struct BuildOutcome {
    /// Counts, skipped files and warnings.
    pub report: Report,
    /// Error that prevented the archive, if any.
    pub error: Option<BuildError>,
    /// `true` if any file was written.
    pub written: bool,
}

/// Articles that were read, with the report on every file.
pub struct LoadedArticles {
    /// Counts, skipped files and warnings.
    pub report: Report,
    /// The articles, or the error that prevents an archive.
    pub articles: Result<ArticleSet, BuildError>,
    /// Digest of everything that was read; equal digests mean equal archives.
    pub input_digest: Digest,
}

/// Articles of an archive, sorted by ordinal.
pub struct ArticleSet {
    /// The articles.
    pub articles: StoredArticles,
    /// Settings from `sheaf.toml`.
    pub config: Config,
    zone: time_zone::NamedTimeZone,
    /// Build statistics that the manifest stores.
    stats: crate::archive::BuildStats,
    title_suffixes: writer::TitleSuffixes,
    merged_sources: writer::MergedSources,
    /// States that came along with the articles.
    states: UserData,
}

impl ArticleSet {
    /// Returns the manifest without the tables of a large archive.
    ///
    /// # Errors
    ///
    /// The archive has more articles than the format allows.
    pub fn manifest(&self) -> Result<Manifest, BuildError> {
        let source_name = |key: &str| self.config.source_name(key);
        let (suffixes, merged) = (&self.title_suffixes, &self.merged_sources);
        let metadata = self.config.metadata(self.zone.name(), &source_name, suffixes, merged);
        Ok(writer::manifest(&self.articles, &metadata)?)
    }

    /// Returns the states that came along with the articles, as a file of user data; `None` without any.
    pub fn states_json(&self) -> Option<String> {
        let has_any = !states::record_counts(&self.states).is_empty();
        has_any.then(|| export_json(&self.states, &self.config.title))
    }

    /// Adds the size of image files, in bytes, to the build statistics.
    pub fn add_image_bytes(&mut self, bytes: u64) {
        self.stats.other_bytes += bytes;
    }

    /// Encodes the articles as an archive, whose files but the manifest are written to `sink`.
    ///
    /// # Errors
    ///
    /// A limit of the format or the budget of files is exceeded, or a file cannot be written.
    pub fn encode(
        self,
        options: WriteOptions,
        sink: &dyn FileSink,
        progress: &BuildProgress,
    ) -> Result<EncodedArchive, BuildError> {
        let source_name = |key: &str| self.config.source_name(key);
        let (suffixes, merged) = (&self.title_suffixes, &self.merged_sources);
        let metadata = self.config.metadata(self.zone.name(), &source_name, suffixes, merged);
        Ok(writer::encode(self.articles, &metadata, self.stats, options, sink, progress)?)
    }

    /// Encodes the articles as an archive in memory: the archive without its files, and these by path.
    ///
    /// # Errors
    ///
    /// As [`ArticleSet::encode`].
    pub fn encode_in_memory(
        self,
        options: WriteOptions,
        progress: &BuildProgress,
    ) -> Result<(EncodedArchive, BTreeMap<String, Vec<u8>>), BuildError> {
        let files = MemoryFiles::default();
        let encoded = self.encode(options, &files, progress)?;
        Ok((encoded, files.into_files()))
    }
}

/// Builds an archive without a site. A report is returned even if no file held an article.
///
/// # Errors
///
/// A folder is missing, `sheaf.toml` is invalid, or the archive cannot be written.
pub fn build(options: &ArchiveOptions, progress: &BuildProgress) -> Result<BuildOutcome, BuildError> {
    ensure_output_outside_seeds(&options.seeds, &options.out)?;
    let LoadedArticles { mut report, articles: library, .. } =
        load_articles(&options.seeds, options.input, &std::env::temp_dir(), None, progress)?;
    let write_options = WriteOptions { layout: options.layout, ..WriteOptions::default() };
    let encoded = library.and_then(|library| library.encode_in_memory(write_options, progress));
    let written = encoded.and_then(|(encoded, files)| {
        report.bytes = encoded.byte_counts;
        output::write_archive(&options.out, &encoded.manifest, &files, progress)
    });
    Ok(BuildOutcome { report, written: written.is_ok(), error: written.err() })
}

/// Reads all articles in `seeds`, which are folders, or files of any format. Pictures that come with them go to
/// `pictures`, and texts to a temporary file in `temporary_folder`.
///
/// # Errors
///
/// A folder is missing, `sheaf.toml` cannot be understood, or the temporary file cannot be written.
pub fn load_articles(
    seeds: &[PathBuf],
    options: InputOptions,
    temporary_folder: &Path,
    pictures: Option<&dyn PictureKeeper>,
    progress: &BuildProgress,
) -> Result<LoadedArticles, BuildError> {
    let config = Config::from_seeds(seeds, options.links)?;
    let settings = ReadSettings::new(&config, options.format);
    let bodies = BodyFile::create(temporary_folder)?;
    let sources = read(&walk(seeds, options.links)?, settings, &bodies, pictures, progress)?;
    let inputs = input_digest::digest_of_sources(&config, options, &sources);
    let files: Vec<ReadFile> = sources.into_iter().flat_map(|source| source.files).collect();
    let mut report = Report::from_files(&files);
    let library = merge_articles(files, bodies, config, &mut report);
    Ok(LoadedArticles { report, articles: library, input_digest: inputs })
}

fn merge_articles(
    files: Vec<ReadFile>,
    bodies: BodyFile,
    config: Config,
    report: &mut Report,
) -> Result<ArticleSet, BuildError> {
    let mut found_states = Vec::new();
    let articles = files.into_iter().filter_map(|file| match file.outcome {
        FileOutcome::Ingested(read) => {
            let id = read.article.head.id;
            let states = read.states.map(|states| states::FileStates { path: file.path, id, states });
            found_states.extend(states);
            Some(read.article)
        }
        FileOutcome::Skipped(_) => None,
    });
    let mut merged = versions::merge(articles, &bodies)?;
    report.articles = merged.articles.len();
    report.versions = merged.version_count;
    if merged.articles.is_empty() {
        return Err(BuildError::NoArticles { files: report.files });
    }
    // The order depends on times, but not on their offsets.
    merged.articles.sort_by(|one, other| crate::archive::ordinal_order(&one.head, &other.head));
    let mut articles = StoredArticles::new(merged.articles, bodies);
    let merged_sources = merge_sources(&config, articles.heads_mut());
    report.merged_sources = merged_sources.clone();
    let zone = time_zone::choose_zone(&config, articles.heads());
    time_zone::apply_zone(&zone, articles.heads_mut());
    let states = states::user_data(&articles, found_states)?;
    report.states = states::record_counts(&states);
    let title_suffixes = writer::title_suffixes(articles.heads());
    report.title_suffixes = title_suffixes.clone();
    let stats = report.build_stats();
    Ok(ArticleSet { articles, config, zone, stats, title_suffixes, merged_sources, states })
}

/// Makes sources with one display name one source, and returns their other keys in order.
fn merge_sources(config: &Config, articles: &mut [Article]) -> writer::MergedSources {
    let mut merged = writer::MergedSources::new();
    for article in articles {
        let key = config.canonical_source(&article.source);
        if key == article.source {
            continue;
        }
        let key = key.to_owned();
        let other = std::mem::replace(&mut article.source, key.clone());
        let others = merged.entry(key).or_default();
        if let Err(place) = others.binary_search(&other) {
            others.insert(place, other);
        }
    }
    merged
}

/// Refuses an output folder inside the seeds: the next build would read its files as articles.
///
/// # Errors
///
/// `out` lies in one of the folders `seeds`.
pub fn ensure_output_outside_seeds(seeds: &[PathBuf], out: &Path) -> Result<(), BuildError> {
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
        Some(seeds) => Err(BuildError::OutputInsideSeeds { out: out.to_owned(), seeds: seeds.clone() }),
    }
}
