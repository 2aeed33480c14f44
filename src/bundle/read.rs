//! Parallel reading of the article files.

mod container;
mod contents;
mod exports;
mod neighbours;
mod path_index;
mod zip_pictures;

pub(super) use contents::{FileContents, look};

use super::walk::SeedFile;
use super::{BuildError, BuildProgress, Config, Digest, SkipReason};
use crate::archive::writer::{BodyFile, StoredArticle, WriteProgress};
use crate::ingest::formats::omnivore;
use crate::ingest::{
    ArticlePath, Format, IngestError, Ingested, PictureKeeper, ReaderStates, Warning, ingest_as,
};
use exports::ExportMetadata;
use neighbours::{FileSet, Neighbours, with_resources};
use path_index::PathIndex;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::io;
use std::path::PathBuf;

/// Input file with everything that was read from it.
#[derive(Debug)]
pub struct ReadSource {
    /// Path relative to the seeds folder.
    pub path: String,
    /// Digest of the content, or of the reason for skipping.
    pub digest: Digest,
    /// The file itself, or the files and articles in it.
    pub files: Vec<ReadFile>,
}

/// Article file with its outcome: a file, an entry of a ZIP, or an item of a collection.
#[derive(Debug)]
pub struct ReadFile {
    /// Path relative to the seeds folder; `export.zip!content/1.html` inside a container.
    pub path: String,
    /// Path in the file system, with the same suffix.
    pub fs_path: PathBuf,
    /// Format that the file was read as; `None` for a file that was not read.
    pub format: Option<Format>,
    /// Article, or reason why the file was skipped.
    pub outcome: FileOutcome,
}

/// Article that was read from a file.
#[derive(Debug)]
pub struct ReadArticle {
    /// The article, with its body in the file of bodies.
    pub article: StoredArticle,
    /// Problems worth fixing, in line order.
    pub warnings: Vec<Warning>,
    /// Number of removals from the body, by rule.
    pub removed: BTreeMap<&'static str, u32>,
    /// States from the program that exported the article, if there are any.
    pub states: Option<Box<ReaderStates>>,
}

/// Outcome of reading one file.
#[derive(Debug)]
pub enum FileOutcome {
    /// Article with its warnings.
    Ingested(Box<ReadArticle>),
    /// File without an article.
    Skipped(SkipReason),
}

impl FileOutcome {
    fn new(result: Result<Ingested, IngestError>, bodies: &BodyFile) -> FileOutcome {
        match result {
            Ok(Ingested { article, warnings, removed, states }) => {
                let article = bodies.store(article);
                FileOutcome::Ingested(Box::new(ReadArticle { article, warnings, removed, states }))
            }
            Err(error) => FileOutcome::Skipped(error.into()),
        }
    }
}

/// Settings of reading that come from the command line or from `sheaf.toml`.
#[derive(Clone, Copy, Debug)]
pub struct ReadSettings {
    /// Size limit of an article, in bytes.
    pub max_bytes: u64,
    /// Format of all files; `None` detects the format of each.
    pub format: Option<Format>,
}

impl ReadSettings {
    /// Takes the limit from `config`.
    pub fn new(config: &Config, format: Option<Format>) -> ReadSettings {
        ReadSettings { max_bytes: config.max_bytes, format }
    }

    fn format_of(self, head: &[u8]) -> Format {
        self.format.unwrap_or_else(|| Format::detect(head))
    }
}

/// Files of the input folders.
struct FolderFiles<'a>(Vec<&'a SeedFile>);

impl FileSet for FolderFiles<'_> {
    fn content(&self, position: usize) -> io::Result<Vec<u8>> {
        let file = self.0.get(position).ok_or(io::ErrorKind::NotFound)?;
        contents::read_picture(&file.file)
    }
}

/// Facts about all other files that the reading of a file needs.
struct ReadContext<'a> {
    settings: ReadSettings,
    bodies: &'a BodyFile,
    metadata: ExportMetadata,
    pictures: Option<&'a dyn PictureKeeper>,
    /// Files that articles may show; `None` if the site keeps no pictures.
    neighbours: Option<Neighbours<'a>>,
}

/// Reads `found` in order; articles of more than `max_bytes` are skipped. Pictures of the articles go to `pictures`;
/// without it, they stay where they are. A file that an article shows is part of this article and has no outcome of
/// its own. The bodies of the articles go to `bodies`.
///
/// # Errors
///
/// A body cannot be stored.
pub fn read(
    found: &[SeedFile],
    settings: ReadSettings,
    bodies: &BodyFile,
    pictures: Option<&dyn PictureKeeper>,
    progress: &BuildProgress,
) -> Result<Vec<ReadSource>, BuildError> {
    progress.begin_phase("reading", found.len());
    let files = FolderFiles(found.iter().filter(|file| file.skip_reason.is_none()).collect());
    let neighbours = pictures.map(|pictures| {
        Neighbours::new(pictures, PathIndex::new(files.0.iter().map(|file| file.path.clone())), &files)
    });
    let metadata = read_metadata(found, settings);
    let context = ReadContext { settings, bodies, metadata, pictures, neighbours };
    let sources = found.par_iter().map(|found| {
        let contents = look(found, settings);
        let digest = contents.digest();
        let files = files_of(found, contents, &context);
        progress.advance();
        ReadSource { path: found.path.clone(), digest, files }
    });
    let mut sources: Vec<ReadSource> = sources.collect();
    bodies.check()?;
    if let Some(neighbours) = &context.neighbours {
        for source in &mut sources {
            let is_skipped = |file: &ReadFile| matches!(file.outcome, FileOutcome::Skipped(_));
            if source.files.iter().all(is_skipped) && neighbours.is_shown(&source.path) {
                source.files.clear();
            }
        }
    }
    Ok(sources)
}

/// Reads the metadata files of Omnivore exports that lie unpacked in a folder.
fn read_metadata(found: &[SeedFile], settings: ReadSettings) -> ExportMetadata {
    let mut metadata = ExportMetadata::default();
    for file in found.iter().filter(|file| omnivore::is_metadata(&file.path)) {
        if let FileContents::Container(mut content, _) = look(file, settings) {
            metadata.read(&file.path, &mut content, settings.max_bytes);
        }
    }
    let companions: Vec<_> =
        found.iter().filter(|file| metadata.catalogue.is_companion(&file.path)).collect();
    for file in companions {
        if let FileContents::Bytes(bytes) = look(file, settings) {
            metadata.add_highlights(&file.path, &bytes);
        }
    }
    metadata
}

fn files_of(found: &SeedFile, contents: FileContents, context: &ReadContext<'_>) -> Vec<ReadFile> {
    let ReadContext { settings, bodies, metadata, pictures, neighbours } = context;
    let one = |format, outcome| {
        vec![ReadFile { path: found.path.clone(), fs_path: found.fs_path.clone(), format, outcome }]
    };
    match contents {
        FileContents::Skipped(reason, _) => one(None, FileOutcome::Skipped(reason)),
        FileContents::Bytes(bytes) => {
            let format = settings.format_of(&bytes);
            let path = ArticlePath::from_file(&found.path);
            if let Some(fields) = metadata.catalogue.fields(&found.path) {
                let format = Format::Omnivore;
                let result = with_resources(neighbours.as_ref(), &found.path, format, |resources| {
                    fields.ingest(path, &bytes, resources)
                });
                return one(Some(format), FileOutcome::new(result, bodies));
            }
            if metadata.catalogue.is_companion(&found.path) {
                let reason = metadata.skip_reason(&found.path);
                return reason.map_or_else(Vec::new, |reason| one(None, FileOutcome::Skipped(reason)));
            }
            let result = with_resources(neighbours.as_ref(), &found.path, format, |resources| {
                ingest_as(format, path, &bytes, resources)
            });
            one(Some(format), FileOutcome::new(result, bodies))
        }
        FileContents::Container(..) if metadata.contains(&found.path) => {
            let reason = metadata.skip_reason(&found.path);
            reason.map_or_else(Vec::new, |reason| one(None, FileOutcome::Skipped(reason)))
        }
        FileContents::Container(mut file, ..) => {
            container::read(found, &mut file, *settings, bodies, *pictures)
        }
    }
}
