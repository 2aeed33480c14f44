//! Command `sheaf epub`.

use super::archive_folder::open;
use super::output::{count_noun, format_bytes};
use super::search::find_articles;
use crate::bundle::{BuildError, write_whole};
use crate::publishing::{Compressor, EpubBuilder, EpubInfo};
use crate::search::{Query, Searcher};
use crate::user_data::{UserData, import_json};
use anyhow::{Context, bail};
use libdeflater::CompressionLvl;
use std::cell::RefCell;
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Write the articles of a query as an e-book (EPUB 3)
///
/// The contents list the articles by day and source. Pictures of the archive are included; remote pictures become
/// links.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Folder of the archive
    archive_dir: PathBuf,
    /// Query, as a single argument; '' selects all articles
    #[arg(allow_hyphen_values = true)]
    query: String,
    /// Book file
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// Begin with the oldest day
    #[arg(long)]
    oldest_first: bool,
    /// Append the highlights and notes of this file, exported by the reader
    #[arg(long, value_name = "FILE")]
    annotations: Option<PathBuf>,
    /// Replace a file that is not an e-book
    #[arg(long)]
    force: bool,
}

/// Bytes of an e-book, after the header of its first entry.
const SIGNATURE: &[u8] = b"mimetypeapplication/epub+zip";
/// Length of the header.
const SIGNATURE_OFFSET: usize = 30;

/// Writes the book.
pub fn run(args: &Args) -> anyhow::Result<ExitCode> {
    if !args.force && is_foreign(&args.out) {
        return Err(BuildError::Foreign { option: "--out", files: vec![args.out.clone()] }.into());
    }
    let annotations = args.annotations.as_deref().map(read_annotations).transpose()?;
    pollster::block_on(async {
        let archive = open(&args.archive_dir).await?;
        let query = Query::parse(&args.query);
        let selection = find_articles(&Searcher::new(&archive, &query), &query, false).await?;
        if selection.ordinals.is_empty() {
            bail!("no articles match `{}`: use another query, or '' for all articles", args.query);
        }
        let info = EpubInfo::new(archive.manifest(), &args.query, args.oldest_first);
        let level = CompressionLvl::default();
        let compressor = Deflate(RefCell::new(libdeflater::Compressor::new(level)));
        let mut book = EpubBuilder::new(info, compressor)?;
        let mut bytes = Vec::new();
        for &ordinal in &selection.ordinals {
            book.add(&archive, &*archive.article(ordinal).await?).await?;
            bytes.append(&mut book.take_bytes());
        }
        bytes.append(&mut book.finish(annotations.as_ref()).await?);
        write_whole(&args.out, &bytes)?;
        println!(
            "{}: {}, {}",
            args.out.display(),
            count_noun(selection.ordinals.len(), "article", "articles"),
            format_bytes(bytes.len() as u64)
        );
        Ok(ExitCode::SUCCESS)
    })
}

/// Returns true for an existing file that is not an e-book.
fn is_foreign(path: &Path) -> bool {
    let mut start = Vec::new();
    let length = (SIGNATURE_OFFSET + SIGNATURE.len()) as u64;
    let Ok(file) = File::open(path) else { return false };
    let is_read = file.take(length).read_to_end(&mut start).is_ok();
    !is_read || !start.is_empty() && start.get(SIGNATURE_OFFSET..) != Some(SIGNATURE)
}

fn read_annotations(path: &Path) -> anyhow::Result<UserData> {
    let json = fs::read_to_string(path).map_err(BuildError::read(path))?;
    let import = import_json(&json).with_context(|| format!("cannot read {}", path.display()))?;
    let mut data = UserData::default();
    for record in import.records {
        data.apply(record);
    }
    Ok(data)
}

/// Compressor whose tables are allocated once.
struct Deflate(RefCell<libdeflater::Compressor>);

impl Compressor for Deflate {
    async fn deflate(&self, content: &[u8]) -> Option<Vec<u8>> {
        let mut compressor = self.0.borrow_mut();
        let mut packed = vec![0; compressor.deflate_compress_bound(content.len())];
        let length = compressor.deflate_compress(content, &mut packed).ok()?;
        packed.truncate(length);
        Some(packed)
    }
}
