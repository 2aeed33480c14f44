//! Encoding of an archive into files.

use super::format_version::index_version;
use super::gzip::estimate_compressed_size;
use super::index::{self, Index, IndexConfig};
use super::output_files::{ArchiveFileKind, FileSink, OutputFiles};
use super::pack_bounds::PackBounds;
use super::{ArchiveMetadata, ByteCounts, FileBudget, StoredArticles, WriteError, WriteProgress};
use super::{duplicates, gzip, pack_bounds, related, terms};
use crate::archive::index::{IndexManifest, LengthTable, WordDirectoryLeaf, shard_path};
use crate::archive::reader::frame_with_checksum;
use crate::archive::{
    BuildStats, DateIndex, FacetColumn, Facets, FileIndex, IdShard, Manifest, Months, NameTables, PackTable,
    Page, ROWS_PER_PAGE, Source, packs_per_table, related_path, shard_bits,
};
use crate::model::{Article, Id, Lang, ZoneLabel, content_hash};
use crate::text::FOLD_TABLES_HASH;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::io;
use std::ops::Range;

/// Layout of an archive: one file or many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ArchiveLayout {
    /// One uncompressed `archive.json`.
    Small,
    /// `archive.json` and compressed files.
    Split,
}

/// Choices of an archive that its articles do not make.
#[derive(Clone, Copy, Debug, Default)]
pub struct WriteOptions {
    /// One file or many; `None` chooses by size.
    pub layout: Option<ArchiveLayout>,
    /// Number of files that the site may have.
    pub budget: FileBudget,
    /// Gives frequencies from nine on classes of their own; `None` chooses by the number of articles.
    pub has_high_frequencies: Option<bool>,
}

/// Number of articles from which ranking needs classes of high frequencies, and with them version 5 of the format.
const HIGH_FREQUENCIES_FROM: usize = 32_768;

/// Largest archive written as one file, in bytes.
const MAX_SINGLE_FILE_BYTES: usize = 1 << 20;

/// Size of a leaf of the word directory, in bytes of JSON.
const MAX_LEAF_BYTES: usize = 8_000;

/// Archive whose files are written, except for the manifest.
#[derive(Debug)]
pub struct EncodedArchive {
    /// Content of `archive.json`, to be written last.
    pub manifest: Vec<u8>,
    /// Size of the archive by kind of file.
    pub byte_counts: ByteCounts,
}

/// Encodes `articles`, sorted by ordinal, and writes all files but the manifest to `sink`.
pub fn encode(
    mut articles: StoredArticles,
    metadata: &ArchiveMetadata<'_>,
    built: BuildStats,
    options: WriteOptions,
    sink: &dyn FileSink,
    progress: &dyn WriteProgress,
) -> Result<EncodedArchive, WriteError> {
    let (layout, count) = (options.layout, articles.len());
    let index_budget = options.budget.without(fixed_file_count(articles.heads()));
    let has_high_frequencies = options.has_high_frequencies.unwrap_or(count > HIGH_FREQUENCIES_FROM);
    let mut manifest = manifest(&articles, metadata)?;
    manifest.build_stats = Some(built);
    // The index holds the titles as they are displayed; the files keep them whole.
    let shortened =
        articles.heads_mut().iter_mut().map(|head| manifest.split_title(&head.source, &mut head.title));
    let removed: Vec<String> = shortened.collect();
    let config = IndexConfig::new(index_budget, has_high_frequencies);
    let mut index = index::build_index(&articles, config, progress)?;
    articles.heads_mut().iter_mut().zip(&removed).for_each(|(head, removed)| head.title.push_str(removed));
    let duplicates = duplicates::duplicate_groups(&index.body_digests);
    let lists = std::mem::take(&mut index.discriminative);
    let related = related::related_articles(&lists, &index.lengths, &duplicates, count);
    drop(lists);
    let mut derived = DerivedData { index, duplicates, related };
    // The articles alone are measured first, so that most large archives need not be encoded twice.
    if layout == Some(ArchiveLayout::Small)
        || layout.is_none() && json_size(&articles)? <= MAX_SINGLE_FILE_BYTES
    {
        manifest.articles = articles.load_range(0..count)?;
        (manifest.duplicates, manifest.related) = (derived.duplicates, derived.related);
        let json = manifest.encode()?;
        if layout.is_some() || json.len() <= MAX_SINGLE_FILE_BYTES {
            let byte_counts = with_manifest(ByteCounts::default(), &json, count);
            return Ok(EncodedArchive { manifest: json, byte_counts });
        }
        manifest.articles = Vec::new();
        derived.duplicates = std::mem::take(&mut manifest.duplicates);
        derived.related = std::mem::take(&mut manifest.related);
    }
    encode_split(articles, manifest, derived, options.budget, sink, progress)
}

/// Adds the manifest to the sizes of the other files.
fn with_manifest(files: ByteCounts, manifest: &[u8], article_count: usize) -> ByteCounts {
    let manifest = manifest.len() as u64;
    let text = if files.files == 0 { manifest } else { files.packs };
    ByteCounts {
        manifest,
        total: files.total + manifest,
        files: files.files + 1,
        text_per_article: text / (article_count.max(1) as u64),
        ..files
    }
}

/// Returns the number of files that no budget changes: manifest, pages, related lists, id shards and earlier versions.
fn fixed_file_count(articles: &[Article]) -> usize {
    let pages = articles.len().div_ceil(ROWS_PER_PAGE as usize);
    let earlier: usize = articles.iter().map(|article| article.earlier_versions.len()).sum();
    1 + 2 * pages + (1 << shard_bits(articles.len())) + earlier
}

/// Data derived from all articles together.
struct DerivedData {
    index: Index,
    duplicates: Vec<Vec<u32>>,
    related: Vec<Vec<u32>>,
}

/// Builds the manifest; `encode_split` adds the tables.
pub(crate) fn manifest(
    articles: &StoredArticles,
    metadata: &ArchiveMetadata<'_>,
) -> Result<Manifest, WriteError> {
    let format_version = articles.required_version();
    let articles = articles.heads();
    let mut sources: BTreeMap<&str, u32> = BTreeMap::new();
    let mut langs: BTreeMap<Lang, u32> = BTreeMap::new();
    for article in articles {
        *sources.entry(&article.source).or_default() += 1;
        *langs.entry(article.lang).or_default() += 1;
    }
    let sources = sources.into_iter().map(|(key, count)| Source {
        key: key.to_owned(),
        name: (metadata.source_name)(key),
        count,
        other_keys: metadata.merged_sources.get(key).cloned().unwrap_or_default(),
        title_suffixes: metadata.title_suffixes.get(key).cloned().unwrap_or_default(),
    });
    let mut sources: Vec<Source> = sources.collect();
    sources.sort_by_key(|source| std::cmp::Reverse(source.count));
    let mut langs: Vec<_> = langs.into_iter().collect();
    langs.sort_by_key(|&(_, count)| std::cmp::Reverse(count));
    let dates: Vec<_> = articles.iter().filter_map(|article| article.time).map(|time| time.date()).collect();
    let number =
        |count: usize| u32::try_from(count).map_err(|_| WriteError::FormatLimit("this number of articles"));
    Ok(Manifest {
        format_version,
        title: metadata.title.to_owned(),
        description: metadata.description.to_owned(),
        lang: metadata.lang,
        zone: ZoneLabel(metadata.zone.to_owned()),
        images: metadata.images,
        licence: metadata.licence.to_owned(),
        build_stats: None,
        count: number(articles.len())?,
        undated: number(articles.len() - dates.len())?,
        sources,
        langs,
        months: Months::from_dates(dates),
        duplicates: Vec::new(),
        related: Vec::new(),
        file_index: None,
        articles: Vec::new(),
        has_names: articles.iter().any(|article| article.details.has_names()),
    })
}

fn encode_split(
    mut articles: StoredArticles,
    mut manifest: Manifest,
    derived: DerivedData,
    budget: FileBudget,
    sink: &dyn FileSink,
    progress: &dyn WriteProgress,
) -> Result<EncodedArchive, WriteError> {
    let files = OutputFiles::new(sink);
    let count = articles.len();
    articles.extract_earlier_versions(|body| {
        files.add_compressed(ArchiveFileKind::EarlierVersion, &serde_json::to_vec(body)?)
    })?;

    progress.begin_phase("weighing", count);
    let sizes = (0..count).into_par_iter().map(|at| {
        progress.advance();
        estimate_compressed_size(&serde_json::to_vec(&articles.load(at)?)?).map_err(WriteError::Compress)
    });
    let sizes: Vec<usize> = sizes.collect::<Result<_, WriteError>>()?;
    let heads = articles.heads();
    let facet_chunks =
        encode_facets(heads, &manifest.sources, derived.duplicates, &derived.index.lengths, &files)?;
    let ids = encode_ids(heads, &files)?;
    let related = encode_related(&derived.related, &files)?;
    let names = encode_names(heads, &files)?;
    let index = add_index(derived.index, &files)?;
    manifest.format_version = manifest.format_version.max(index_version(&index));
    let terms = match terms::encode_terms(&articles)? {
        Some(json) => Some(files.add_compressed(ArchiveFileKind::Index, &json)?),
        None => None,
    };

    // All other files are known by now, so the packs take what is left of the budget.
    let other_files = files.count() + count.div_ceil(ROWS_PER_PAGE as usize) + 1;
    let budget = budget.without(other_files);
    let partition = |step| pack_bounds::partition_packs(heads, &sizes, PackBounds::with_step(step));
    let step = budget.require_step(|step| {
        let packs = partition(step).len();
        packs + packs.div_ceil(packs_per_table(packs))
    })?;
    let packs = partition(step);
    progress.begin_phase("packing", packs.len());
    let names_of_packs = packs.par_iter().map(|range| {
        progress.advance();
        files
            .add_compressed(ArchiveFileKind::Pack, &serde_json::to_vec(&articles.load_range(range.clone())?)?)
    });
    let pack_names: Vec<String> = names_of_packs.collect::<Result<_, _>>()?;

    let mut tables = FileIndex {
        pages: encode_pages(&articles, &packs, &pack_names, &files)?,
        days: None,
        facet_chunks,
        ids,
        packs: encode_pack_tables(&packs, &pack_names, &files)?,
        related,
        names,
        index: Some(index),
        terms,
        max_file_bytes: 0,
    };
    tables.max_file_bytes = files.largest_size()?;
    manifest.file_index = Some(tables);
    let byte_counts = files.byte_counts();
    if let Some(built) = &mut manifest.build_stats {
        built.other_bytes += byte_counts.total;
    }
    let manifest = manifest.encode()?;
    let byte_counts = with_manifest(byte_counts, &manifest, count);
    Ok(EncodedArchive { manifest, byte_counts })
}

fn encode_pages(
    articles: &StoredArticles,
    packs: &[Range<usize>],
    names: &[String],
    files: &OutputFiles<'_>,
) -> Result<Vec<String>, WriteError> {
    let size = ROWS_PER_PAGE as usize;
    (0..articles.len().div_ceil(size))
        .into_par_iter()
        .map(|number| {
            let range = number * size..articles.len().min((number + 1) * size);
            let mut page = Page::from_articles(&articles.load_range(range.clone())?);
            let first = packs.partition_point(|pack| pack.end <= range.start);
            let here = packs.iter().zip(names).skip(first).take_while(|(pack, _)| pack.start < range.end);
            page.packs = here
                .map(|(pack, name)| {
                    let rows = pack.end.min(range.end) - pack.start.max(range.start);
                    (name.clone(), u32::try_from(rows).unwrap_or(ROWS_PER_PAGE))
                })
                .collect();
            files.add_compressed(ArchiveFileKind::Page, &serde_json::to_vec(&page)?)
        })
        .collect()
}

fn date_index(articles: &[Article]) -> DateIndex {
    DateIndex::from_dates(articles.iter().map(|article| article.time.map(|time| time.date())))
}

fn encode_facets(
    articles: &[Article],
    sources: &[Source],
    same: Vec<Vec<u32>>,
    lengths: &LengthTable,
    files: &OutputFiles<'_>,
) -> Result<Vec<String>, WriteError> {
    if sources.len() > usize::from(u16::MAX) / Lang::ALL.len() {
        return Err(WriteError::FormatLimit("this number of sources"));
    }
    let numbers: BTreeMap<&str, u16> = sources.iter().map(|source| source.key.as_str()).zip(0..).collect();
    let pairs = articles.iter().map(|article| {
        let number = numbers.get(article.source.as_str()).copied().unwrap_or_default();
        (number, article.lang)
    });
    let facets = Facets {
        days: date_index(articles),
        column: FacetColumn::from_pairs(pairs),
        duplicates: same,
        lengths: lengths.clone(),
    };
    facets
        .encode()?
        .into_iter()
        .map(|chunk| files.add_compressed(ArchiveFileKind::FacetTable, &chunk))
        .collect()
}

fn encode_pack_tables(
    packs: &[Range<usize>],
    names: &[String],
    files: &OutputFiles<'_>,
) -> Result<Vec<(String, u32)>, WriteError> {
    let size = packs_per_table(packs.len());
    let tables = packs.chunks(size).zip(names.chunks(size)).map(|(packs, names)| {
        let lengths = packs.iter().map(|pack| pack.len() as u32);
        let table = PackTable::from_packs(names.iter().map(String::as_str).zip(lengths.clone()));
        Ok((files.add_compressed(ArchiveFileKind::PackTable, &serde_json::to_vec(&table)?)?, lengths.sum()))
    });
    tables.collect()
}

fn add_index(index: Index, files: &OutputFiles<'_>) -> Result<IndexManifest, WriteError> {
    index.shards.par_for_each(|number, shard| {
        files.add(&shard_path(&index.name, number), ArchiveFileKind::Index, &shard, shard.len())
    })?;
    let mut words = Vec::new();
    let mut first = index.char_shard_count + index.lexicon_letters.chars().count() as u32;
    let mut rest = index.first_words.as_slice();
    while let Some(word) = rest.first() {
        let mut size = 0;
        let fits = |word: &&String| {
            size += word.len() + 3;
            size <= MAX_LEAF_BYTES
        };
        let here = rest.iter().take_while(fits).count().max(1);
        let leaf = WordDirectoryLeaf { first_shard: first, first_words: rest[..here].to_vec() };
        words
            .push((word.clone(), files.add_compressed(ArchiveFileKind::Index, &serde_json::to_vec(&leaf)?)?));
        (first, rest) = (first + here as u32, &rest[here..]);
    }
    Ok(IndexManifest {
        name: index.name,
        fold_hash: FOLD_TABLES_HASH.to_owned(),
        ngram_shards: index.char_shard_count,
        word_leaves: words,
        lexicon_letters: index.lexicon_letters,
        has_high_frequencies: index.has_high_frequencies,
    })
}

/// One name covers all pages of related articles, since any new article may change each of them.
fn encode_related(related: &[Vec<u32>], files: &OutputFiles<'_>) -> Result<Option<String>, WriteError> {
    let pages: Vec<Vec<u8>> =
        related.chunks(ROWS_PER_PAGE as usize).map(serde_json::to_vec).collect::<Result<_, _>>()?;
    let name = content_hash(&pages.concat());
    for (page, number) in pages.iter().zip(0..) {
        let sealed = frame_with_checksum(&name, number, page);
        let bytes = gzip::compress(&sealed).map_err(WriteError::Compress)?;
        files.add(&related_path(&name, number), ArchiveFileKind::Related, &bytes, sealed.len())?;
    }
    Ok(Some(name))
}

fn encode_names(articles: &[Article], files: &OutputFiles<'_>) -> Result<Option<String>, WriteError> {
    let names = NameTables::from_details(articles.iter().map(|article| &article.details));
    if names.is_empty() {
        return Ok(None);
    }
    files.add_compressed(ArchiveFileKind::NameTable, &names.encode()?).map(Some)
}

fn encode_ids(articles: &[Article], files: &OutputFiles<'_>) -> Result<Vec<String>, WriteError> {
    let mut entries: Vec<(Id, u32)> = articles.iter().map(|article| article.id).zip(0..).collect();
    entries.sort_unstable();
    let aliases = articles.iter().zip(0..);
    let aliases = aliases.flat_map(|(article, at)| article.aliases.iter().map(move |&alias| (alias, at)));
    let mut aliases: Vec<(Id, u32)> = aliases.collect();
    aliases.sort_unstable();
    let bits = shard_bits(entries.len());
    let names = (0..1u64 << bits).map(|prefix| {
        let (ids, aliases) = (with_prefix(&entries, bits, prefix), with_prefix(&aliases, bits, prefix));
        files.add_compressed(
            ArchiveFileKind::IdTable,
            &serde_json::to_vec(&IdShard::from_sorted(ids, aliases))?,
        )
    });
    names.collect()
}

/// Returns the sorted entries whose ids begin with the bits `prefix`.
fn with_prefix(entries: &[(Id, u32)], bits: u32, prefix: u64) -> &[(Id, u32)] {
    let start = entries.partition_point(|(id, _)| id.prefix(bits) < prefix);
    let end = entries.partition_point(|(id, _)| id.prefix(bits) <= prefix);
    &entries[start..end]
}

/// Measures the JSON of `articles` in bytes without storing it; stops above the limit of a single file.
fn json_size(articles: &StoredArticles) -> Result<usize, WriteError> {
    let mut total = 0;
    for at in 0..articles.len() {
        let mut count = ByteCounter(0);
        serde_json::to_writer(&mut count, &articles.load(at)?)?;
        total += count.0;
        if total > MAX_SINGLE_FILE_BYTES {
            break;
        }
    }
    Ok(total)
}

struct ByteCounter(usize);

impl io::Write for ByteCounter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
