//! Reading of containers: ZIP files, and collections that hold many articles in one file.
//!
//! Entries are read one after the other and ingested in parallel, in batches of bounded size.

use super::contents::too_large;
use super::exports::ExportMetadata;
use super::neighbours::{FileSet, Neighbours, NoFiles, with_resources};
use super::path_index::PathIndex;
use super::zip_pictures::ZipPictures;
use super::{FileOutcome, ReadFile, ReadSettings, SkipReason};
use crate::archive::writer::BodyFile;
use crate::bundle::walk::SeedFile;
use crate::ingest::formats::omnivore::{self, KnownFields};
use crate::ingest::formats::{DETECTION_BYTES, Item};
use crate::ingest::zip_container::{self, Completeness, is_zip};
use crate::ingest::{ArticlePath, Format, IngestError, Ingested, PictureKeeper, ingest_as};
use rayon::prelude::*;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek};
use std::ops::ControlFlow;
use std::path::PathBuf;

/// Size of a batch in bytes.
const BATCH_BYTES: usize = 32 * 1024 * 1024;
/// Size that a ZIP may always expand to, and its maximum expansion beyond. Texts shrink to a third or a tenth.
const MIN_EXPANDED_BYTES: u64 = 256 * 1024 * 1024;
const MAX_EXPANSION: u64 = 64;

/// Reads the files in a ZIP, sorted by path, or the articles of a collection, in order.
pub(super) fn read(
    found: &SeedFile,
    file: &mut File,
    settings: ReadSettings,
    bodies: &BodyFile,
    pictures: Option<&dyn PictureKeeper>,
) -> Vec<ReadFile> {
    let size = file.metadata().map_or(0, |metadata| metadata.len());
    let budget = size.saturating_mul(MAX_EXPANSION).max(MIN_EXPANDED_BYTES);
    let mut input = BufReader::with_capacity(DETECTION_BYTES, file);
    let is_zip_file = input.fill_buf().is_ok_and(is_zip);
    let entries = pictures.filter(|_| is_zip_file).and_then(|_| ZipPictures::open(&found.file, budget));
    let index = PathIndex::new(entries.iter().flat_map(ZipPictures::paths));
    let files = entries.as_ref().map_or(&NoFiles as &dyn FileSet, |entries| entries);
    let neighbours = pictures.map(|pictures| Neighbours::new(pictures, index, files));
    let mut reader = ContainerReader {
        container: &found.path,
        fs_path: &found.fs_path,
        settings,
        bodies,
        budget,
        neighbours: neighbours.as_ref(),
        metadata: ExportMetadata::default(),
        batch: Vec::new(),
        batch_bytes: 0,
        files: Vec::new(),
    };
    match input.fill_buf() {
        Ok(head) if is_zip(head) => reader.read_zip(input),
        Ok(head) => {
            let format = settings.format_of(head);
            reader.read_collection(format, "", &mut input);
        }
        Err(error) => reader.skip_rest(&error),
    }
    reader.ingest_batch();
    reader.files
}

struct ContainerReader<'a> {
    container: &'a str,
    fs_path: &'a PathBuf,
    settings: ReadSettings,
    bodies: &'a BodyFile,
    /// Bytes that may still be unpacked.
    budget: u64,
    /// Files that articles may show.
    neighbours: Option<&'a Neighbours<'a>>,
    metadata: ExportMetadata,
    batch: Vec<QueuedArticle>,
    batch_bytes: usize,
    files: Vec<ReadFile>,
}

/// Article that waits for its batch.
struct QueuedArticle {
    path: String,
    format: Format,
    content: QueuedContent,
}

enum QueuedContent {
    Bytes(Vec<u8>),
    /// HTML of an article whose fields another file states.
    Described(KnownFields, Vec<u8>),
    Item(Item),
}

impl QueuedArticle {
    fn ingest(
        self,
        container: &str,
        neighbours: Option<&Neighbours<'_>>,
    ) -> (String, Format, Result<Ingested, IngestError>) {
        let path = ArticlePath { container, path: &self.path };
        let result = with_resources(neighbours, &self.path, self.format, |resources| match self.content {
            QueuedContent::Bytes(bytes) => ingest_as(self.format, path, &bytes, resources),
            QueuedContent::Described(fields, bytes) => fields.ingest(path, &bytes, resources),
            QueuedContent::Item(item) => item.ingest(path, resources),
        });
        (self.path, self.format, result)
    }
}

impl ContainerReader<'_> {
    fn read_zip(&mut self, mut input: BufReader<&mut File>) {
        self.read_metadata(&mut input);
        if let Err(error) = input.rewind() {
            return self.skip_rest(&error);
        }
        let read = zip_container::for_each_entry(input, &mut |path, content| {
            let problem = match content {
                Err(problem) => Some(SkipReason::new(problem.code(), problem)),
                Ok(content) => self.read_entry(path, content).unwrap_or_else(|error| {
                    Some(SkipReason::new("unreadable", format_args!("the entry is damaged: {error}")))
                }),
            };
            if let Some(reason) = problem {
                self.skip(path, reason);
            }
            if self.budget > 0 { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        });
        self.ingest_batch();
        self.remove_shown();
        self.report_missing();
        self.files.sort_by(|a, b| a.path.cmp(&b.path));
        match read {
            Err(error) => self.skip_rest(&error),
            Ok(Completeness::Truncated) => self.skip(
                "",
                SkipReason::new(
                    "unreadable",
                    "the ZIP is truncated or damaged: only the entries before the damage were read",
                ),
            ),
            Ok(Completeness::Whole) => {}
        }
        if self.budget == 0 {
            let text = "the ZIP expands to far more than its size: the remaining entries were not read";
            self.skip("", SkipReason::new("large", text));
        }
    }

    /// Reads the metadata files and highlights, which may follow the articles that they describe.
    fn read_metadata(&mut self, input: &mut BufReader<&mut File>) {
        let limit = self.settings.max_bytes;
        let (metadata, budget) = (&mut self.metadata, &mut self.budget);
        // Damage of the ZIP is reported when the entries themselves are read.
        let _ = zip_container::for_each_entry(&mut *input, &mut |path, content| {
            if let (true, Ok(content)) = (omnivore::is_metadata(path), content) {
                *budget = budget.saturating_sub(metadata.read(path, content, limit.min(*budget)));
            }
            if *budget > 0 { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        });
        if metadata.catalogue.is_empty() || input.rewind().is_err() {
            return;
        }
        let _ = zip_container::for_each_entry(input, &mut |path, content| {
            if let (true, Ok(content)) = (metadata.catalogue.is_companion(path), content) {
                let mut bytes = Vec::new();
                // Highlights that are damaged are read up to the damage.
                let _ = content.take(limit.min(*budget)).read_to_end(&mut bytes);
                *budget = budget.saturating_sub(bytes.len() as u64);
                metadata.add_highlights(path, &bytes);
            }
            if *budget > 0 { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        });
    }

    /// Removes the entries that articles show as pictures: they are parts of these articles.
    fn remove_shown(&mut self) {
        let Some(neighbours) = self.neighbours else { return };
        let start = self.container.len() + 1;
        self.files.retain(|file| {
            let is_shown = file.path.get(start..).is_some_and(|path| neighbours.is_shown(path));
            !(is_shown && matches!(file.outcome, FileOutcome::Skipped(_)))
        });
    }

    /// Reports the articles of an Omnivore export that have no file.
    fn report_missing(&mut self) {
        let start = self.container.len() + 1;
        let held = self.files.iter().filter_map(|file| file.path.get(start..));
        let missing: Vec<String> =
            self.metadata.catalogue.missing(held).into_iter().map(str::to_owned).collect();
        for path in missing {
            self.skip(&path, IngestError::NoText.into());
        }
    }

    /// Reads an entry of a ZIP; returns the reason to skip the entry, if there is one.
    fn read_entry(&mut self, path: &str, content: &mut dyn Read) -> io::Result<Option<SkipReason>> {
        if path.split('/').any(|part| part.starts_with('.') || part == "__MACOSX") {
            return Ok(Some(SkipReason::new("hidden", "hidden entry of the ZIP")));
        }
        if self.metadata.contains(path) {
            return Ok(self.metadata.skip_reason(path));
        }
        if self.metadata.catalogue.is_companion(path) {
            return Ok(self.metadata.skip_reason(path));
        }
        let limit = self.settings.max_bytes;
        let mut bytes = Vec::new();
        content.take(DETECTION_BYTES as u64).read_to_end(&mut bytes)?;
        self.spend(bytes.len());
        if is_zip(&bytes) {
            let text = "a ZIP or document inside a ZIP: unpack the outer ZIP, and pass the folder";
            return Ok(Some(SkipReason::new("binary", text)));
        }
        let format = self.settings.format_of(&bytes);
        if format.is_collection() {
            let budget = self.budget;
            let mut rest = content.take(budget);
            let mut input = BufReader::with_capacity(DETECTION_BYTES, bytes.as_slice().chain(&mut rest));
            self.read_collection(format, path, &mut input);
            self.budget = rest.limit();
            return Ok(None);
        }
        // An entry without text needs no unpacking.
        if !is_binary(&bytes) {
            let rest = limit.saturating_add(1).saturating_sub(bytes.len() as u64).min(self.budget);
            let read = content.take(rest).read_to_end(&mut bytes)?;
            self.spend(read);
            if bytes.len() as u64 > limit || self.budget == 0 {
                return Ok(Some(too_large(limit)));
            }
        }
        let size = bytes.len();
        match self.metadata.catalogue.fields(path) {
            Some(fields) => {
                self.push(path.to_owned(), Format::Omnivore, size, QueuedContent::Described(fields, bytes));
            }
            None => self.push(path.to_owned(), format, size, QueuedContent::Bytes(bytes)),
        }
        Ok(None)
    }

    fn read_collection(&mut self, format: Format, path: &str, input: &mut dyn BufRead) {
        let limit = usize::try_from(self.settings.max_bytes).unwrap_or(usize::MAX);
        let read = format.read_items(input, &mut |item: Item| {
            let path = if path.is_empty() { item.name.clone() } else { format!("{path}!{}", item.name) };
            if item.size() > limit {
                return self.skip(&path, too_large(limit as u64));
            }
            self.push(path, format, item.size() + item.picture_bytes(), QueuedContent::Item(item));
        });
        if let Err(error) = read {
            self.skip(path, error.into());
        }
    }

    fn spend(&mut self, bytes: usize) {
        self.budget = self.budget.saturating_sub(bytes as u64);
    }

    fn push(&mut self, path: String, format: Format, size: usize, content: QueuedContent) {
        self.batch.push(QueuedArticle { path, format, content });
        // A constant part, so that a batch of empty items is bounded too.
        self.batch_bytes += size + 1024;
        if self.batch_bytes >= BATCH_BYTES {
            self.ingest_batch();
        }
    }

    fn ingest_batch(&mut self) {
        self.batch_bytes = 0;
        let (container, neighbours) = (self.container, self.neighbours);
        let jobs = std::mem::take(&mut self.batch).into_par_iter();
        let bodies = self.bodies;
        let jobs = jobs.map(|job| {
            let (path, format, result) = job.ingest(container, neighbours);
            (path, format, FileOutcome::new(result, bodies))
        });
        let read: Vec<_> = jobs.collect();
        for (path, format, outcome) in read {
            self.finish(&path, Some(format), outcome);
        }
    }

    /// Reports a container that cannot be read to its end.
    fn skip_rest(&mut self, error: &io::Error) {
        self.skip("", SkipReason::new("unreadable", format_args!("cannot read the file: {error}")));
    }

    fn skip(&mut self, path: &str, reason: SkipReason) {
        self.ingest_batch();
        self.finish(path, None, FileOutcome::Skipped(reason));
    }

    /// Adds the file at `path` inside the container; an empty path is the container itself.
    fn finish(&mut self, path: &str, format: Option<Format>, outcome: FileOutcome) {
        let (mut shown, mut fs_path) = (self.container.to_owned(), self.fs_path.clone().into_os_string());
        if !path.is_empty() {
            shown.extend(["!", path]);
            fs_path.push(format!("!{path}"));
        }
        self.files.push(ReadFile { path: shown, fs_path: fs_path.into(), format, outcome });
    }
}

/// Returns `true` if the beginning of an entry is no text: pictures, fonts, videos.
fn is_binary(head: &[u8]) -> bool {
    let is_utf_16 = head.starts_with(b"\xff\xfe") || head.starts_with(b"\xfe\xff");
    !is_utf_16 && head.iter().take(1024).filter(|&&byte| byte == 0).count() > 8
}
