//! Encoding of an archive into files in memory.

use super::config::Config;
use super::error::BuildError;
use super::gzip::{gzip, weigh};
use super::index::{self, Index, Sizes};
use super::pack::{self, Bounds};
use super::progress::Progress;
use super::report::Bytes;
use super::{related, same};
use crate::archive::{
    Built, Column, Days, ENTRY, Facets, IdShard, IndexTables, LARGEST, Lengths, Manifest, Months, PAGE,
    PackTable, Page, Source, Tables, VERSION, WordLeaf, file_path, related_path, seal_list, shard_bits,
    shard_path, table_size,
};
use crate::ingest::site_name;
use crate::model::{Article, Id, Lang, Zone, content_name};
use crate::text::FOLD_TABLES_HASH;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::io;
use std::ops::Range;

/// Layout of an archive: one file or many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// One uncompressed `archive.json`.
    Small,
    /// `archive.json` and compressed files.
    Split,
}

/// Largest archive written as one file, in bytes.
const SMALL: usize = 1 << 20;

/// Size of a leaf of the word directory, in bytes of JSON.
const LEAF: usize = 8_000;

/// Encoded archive, ready to be written.
#[derive(Debug)]
pub struct Encoded {
    /// Content of `archive.json`.
    pub(super) manifest: Vec<u8>,
    /// Other files as stored, by path relative to the archive's folder.
    pub(super) files: BTreeMap<String, File>,
    /// Number of articles.
    count: usize,
}

/// File of the archive other than the manifest.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct File {
    kind: Kind,
    /// Content, compressed if that makes the file smaller.
    pub(super) bytes: Vec<u8>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Page,
    Pack,
    Earlier,
    Facets,
    PackTable,
    Ids,
    Index,
    Related,
}

/// Encodes `articles`, sorted by ordinal.
pub fn encode(
    articles: Vec<Article>,
    config: &Config,
    zone: &str,
    built: Built,
    layout: Option<Layout>,
    progress: &Progress,
) -> Result<Encoded, BuildError> {
    let count = articles.len();
    let mut manifest = manifest(&articles, config, zone)?;
    manifest.built = Some(built);
    let index = index::index(&articles, Sizes::of(count), progress)?;
    let same = same::groups(&index.bodies);
    let related = related::related(&index.telling, &index.lengths, &same, count);
    // The articles alone are measured first, so that most large archives need not be encoded twice.
    if layout == Some(Layout::Small) || layout.is_none() && json_size(&articles)? <= SMALL {
        manifest.articles = articles;
        (manifest.same, manifest.related) = (same, related);
        let json = manifest.encode()?;
        if layout.is_some() || json.len() <= SMALL {
            return Ok(Encoded { manifest: json, files: BTreeMap::new(), count });
        }
        let articles = std::mem::take(&mut manifest.articles);
        let (same, related) = (std::mem::take(&mut manifest.same), std::mem::take(&mut manifest.related));
        return split(articles, manifest, Beside { index, same, related }, progress);
    }
    split(articles, manifest, Beside { index, same, related }, progress)
}

/// Data derived from all articles together.
struct Beside {
    index: Index,
    same: Vec<Vec<u32>>,
    related: Vec<Vec<u32>>,
}

/// Builds the manifest; `split` adds the tables.
pub(super) fn manifest(articles: &[Article], config: &Config, zone: &str) -> Result<Manifest, BuildError> {
    let mut sources: BTreeMap<&str, u32> = BTreeMap::new();
    let mut langs: BTreeMap<Lang, u32> = BTreeMap::new();
    for article in articles {
        *sources.entry(&article.source).or_default() += 1;
        *langs.entry(article.lang).or_default() += 1;
    }
    let name =
        |key: &str| config.sources.get(key).map(String::as_str).or(site_name(key)).unwrap_or(key).to_owned();
    let sources =
        sources.into_iter().map(|(key, count)| Source { key: key.to_owned(), name: name(key), count });
    let mut sources: Vec<Source> = sources.collect();
    sources.sort_by_key(|source| std::cmp::Reverse(source.count));
    let mut langs: Vec<_> = langs.into_iter().collect();
    langs.sort_by_key(|&(_, count)| std::cmp::Reverse(count));
    let dates: Vec<_> = articles.iter().filter_map(|article| article.time).map(|time| time.date()).collect();
    let number =
        |count: usize| u32::try_from(count).map_err(|_| BuildError::TooMany("this number of articles"));
    Ok(Manifest {
        sheaf: VERSION,
        title: config.title.clone(),
        description: config.description.clone(),
        lang: config.lang,
        zone: Zone(zone.to_owned()),
        images: config.images,
        licence: config.licence.clone(),
        built: None,
        count: number(articles.len())?,
        undated: number(articles.len() - dates.len())?,
        sources,
        langs,
        months: Months::of(dates),
        same: Vec::new(),
        related: Vec::new(),
        tables: None,
        articles: Vec::new(),
    })
}

fn split(
    mut articles: Vec<Article>,
    mut manifest: Manifest,
    beside: Beside,
    progress: &Progress,
) -> Result<Encoded, BuildError> {
    let mut files = Files::default();
    let count = articles.len();
    let earlier = articles.par_iter_mut().filter(|article| !article.earlier.is_empty());
    let earlier: Vec<Vec<Made>> = earlier.map(set_earlier_apart).collect::<Result<_, _>>()?;
    earlier.into_iter().flatten().try_for_each(|made| files.add(Kind::Earlier, made).map(drop))?;

    progress.phase("weighing", count);
    let sizes = articles.par_iter().map(|article| {
        progress.step();
        weigh(&serde_json::to_vec(article)?).map_err(BuildError::Compress)
    });
    let sizes: Vec<usize> = sizes.collect::<Result<_, BuildError>>()?;
    let packs = pack::divide(&articles, &sizes, Bounds::of(count));

    progress.phase("packing", packs.len());
    let made = packs.par_iter().map(|range| {
        progress.step();
        make(serde_json::to_vec(&articles[range.clone()])?)
    });
    let made: Vec<Made> = made.collect::<Result<_, _>>()?;
    let names = made.into_iter().map(|made| files.add(Kind::Pack, made)).collect::<Result<Vec<_>, _>>()?;

    let mut tables = Tables {
        pages: pages(&articles, &packs, &names, &mut files)?,
        days: None,
        column: facets(&articles, &manifest.sources, beside.same, &beside.index.lengths, &mut files)?,
        ids: ids(&articles, &mut files)?,
        packs: pack_tables(&packs, &names, &mut files)?,
        related: related_lists(&beside.related, &mut files)?,
        index: Some(put_index(beside.index, &mut files)?),
        largest: 0,
    };
    tables.largest = files.largest()?;
    manifest.tables = Some(tables);
    if let Some(built) = &mut manifest.built {
        built.beside += files.files.values().map(|file| file.bytes.len() as u64).sum::<u64>();
    }
    Ok(Encoded { manifest: manifest.encode()?, files: files.files, count })
}

/// Moves the texts of earlier versions into separate files.
fn set_earlier_apart(article: &mut Article) -> Result<Vec<Made>, BuildError> {
    let mut apart = Vec::new();
    for earlier in &mut article.earlier {
        if let Some(body) = earlier.body.take() {
            let made = make(serde_json::to_vec(&body)?)?;
            earlier.pack = Some(made.name.clone());
            apart.push(made);
        }
    }
    Ok(apart)
}

fn pages(
    articles: &[Article],
    packs: &[Range<usize>],
    names: &[String],
    files: &mut Files,
) -> Result<Vec<String>, BuildError> {
    let size = PAGE as usize;
    let pages: Vec<Made> = articles
        .par_chunks(size)
        .enumerate()
        .map(|(index, rows)| {
            let mut page = Page::of(rows);
            let range = index * size..index * size + rows.len();
            let first = packs.partition_point(|pack| pack.end <= range.start);
            let here = packs.iter().zip(names).skip(first).take_while(|(pack, _)| pack.start < range.end);
            page.packs = here
                .map(|(pack, name)| {
                    let rows = pack.end.min(range.end) - pack.start.max(range.start);
                    (name.clone(), u32::try_from(rows).unwrap_or(PAGE))
                })
                .collect();
            make(serde_json::to_vec(&page)?)
        })
        .collect::<Result<_, _>>()?;
    pages.into_iter().map(|made| files.add(Kind::Page, made)).collect()
}

fn days(articles: &[Article]) -> Days {
    Days::of(articles.iter().map(|article| article.time.map(|time| time.date())))
}

fn facets(
    articles: &[Article],
    sources: &[Source],
    same: Vec<Vec<u32>>,
    lengths: &Lengths,
    files: &mut Files,
) -> Result<Vec<String>, BuildError> {
    if sources.len() > usize::from(u16::MAX) / Lang::ALL.len() {
        return Err(BuildError::TooMany("this number of sources"));
    }
    let numbers: BTreeMap<&str, u16> = sources.iter().map(|source| source.key.as_str()).zip(0..).collect();
    let pairs = articles.iter().map(|article| {
        let number = numbers.get(article.source.as_str()).copied().unwrap_or_default();
        (number, article.lang)
    });
    let facets = Facets { days: days(articles), column: Column::of(pairs), same, lengths: lengths.clone() };
    facets.encode()?.into_iter().map(|chunk| files.make(Kind::Facets, chunk)).collect()
}

fn pack_tables(
    packs: &[Range<usize>],
    names: &[String],
    files: &mut Files,
) -> Result<Vec<(String, u32)>, BuildError> {
    let size = table_size(packs.len());
    let tables = packs.chunks(size).zip(names.chunks(size)).map(|(packs, names)| {
        let lengths = packs.iter().map(|pack| pack.len() as u32);
        let table = PackTable::of(names.iter().map(String::as_str).zip(lengths.clone()));
        Ok((files.make(Kind::PackTable, serde_json::to_vec(&table)?)?, lengths.sum()))
    });
    tables.collect()
}

fn put_index(index: Index, files: &mut Files) -> Result<IndexTables, BuildError> {
    for (shard, number) in index.shards.into_iter().zip(0..) {
        let plain = shard.len();
        files.put(shard_path(&index.name, number), File { kind: Kind::Index, bytes: shard }, plain)?;
    }
    let mut words = Vec::new();
    let mut first = index.chars;
    let mut rest = index.words.as_slice();
    while let Some(word) = rest.first() {
        let mut size = 0;
        let fits = |word: &&String| {
            size += word.len() + 3;
            size <= LEAF
        };
        let here = rest.iter().take_while(fits).count().max(1);
        let leaf = WordLeaf { first, words: rest[..here].to_vec() };
        words.push((word.clone(), files.make(Kind::Index, serde_json::to_vec(&leaf)?)?));
        (first, rest) = (first + here as u32, &rest[here..]);
    }
    Ok(IndexTables { name: index.name, folding: FOLD_TABLES_HASH.to_owned(), chars: index.chars, words })
}

/// One name covers all pages of related articles, since any new article may change each of them.
fn related_lists(related: &[Vec<u32>], files: &mut Files) -> Result<Option<String>, BuildError> {
    let pages: Vec<Vec<u8>> =
        related.chunks(PAGE as usize).map(serde_json::to_vec).collect::<Result<_, _>>()?;
    let name = content_name(&pages.concat());
    for (page, number) in pages.iter().zip(0..) {
        let sealed = seal_list(&name, number, page);
        let bytes = gzip(&sealed).map_err(BuildError::Compress)?;
        files.put(related_path(&name, number), File { kind: Kind::Related, bytes }, sealed.len())?;
    }
    Ok(Some(name))
}

fn ids(articles: &[Article], files: &mut Files) -> Result<Vec<String>, BuildError> {
    let mut entries: Vec<(Id, u32)> = articles.iter().map(|article| article.id).zip(0..).collect();
    entries.sort_unstable();
    let bits = shard_bits(entries.len());
    let shards = 0..1u64 << bits;
    let names = shards.map(|prefix| {
        let start = entries.partition_point(|(id, _)| id.prefix(bits) < prefix);
        let end = entries.partition_point(|(id, _)| id.prefix(bits) <= prefix);
        files.make(Kind::Ids, serde_json::to_vec(&IdShard::of(&entries[start..end]))?)
    });
    names.collect()
}

/// Encoded file that is not yet part of the output.
struct Made {
    name: String,
    bytes: Vec<u8>,
    /// Size before compression, in bytes.
    plain: usize,
}

/// Compresses a file and names it by its uncompressed content, which is all that a reader can verify.
fn make(plain: Vec<u8>) -> Result<Made, BuildError> {
    let bytes = gzip(&plain).map_err(BuildError::Compress)?;
    Ok(Made { name: content_name(&plain), bytes, plain: plain.len() })
}

#[derive(Default)]
struct Files {
    files: BTreeMap<String, File>,
    /// Size of the largest file before compression, in bytes.
    largest: usize,
}

impl Files {
    fn make(&mut self, kind: Kind, plain: Vec<u8>) -> Result<String, BuildError> {
        self.add(kind, make(plain)?)
    }

    /// Adds a file under its content name.
    fn add(&mut self, kind: Kind, made: Made) -> Result<String, BuildError> {
        self.put(file_path(&made.name), File { kind, bytes: made.bytes }, made.plain)?;
        Ok(made.name)
    }

    /// Returns the largest size that a reader must accept, in bytes.
    fn largest(&self) -> Result<u32, BuildError> {
        let fitting = u32::try_from(self.largest).ok().filter(|_| self.largest <= LARGEST);
        fitting.ok_or(BuildError::TooLarge(LARGEST >> 20))
    }

    /// Inserts a file of `plain` uncompressed bytes. The same file may be present already.
    fn put(&mut self, path: String, file: File, plain: usize) -> Result<(), BuildError> {
        self.largest = self.largest.max(plain);
        match self.files.get(&path) {
            Some(there) if there.bytes != file.bytes => Err(BuildError::SameName(path)),
            Some(_) => Ok(()),
            None => {
                self.files.insert(path, file);
                Ok(())
            }
        }
    }
}

impl Encoded {
    /// Iterates over all files with their paths relative to the archive's folder.
    pub fn files(&self) -> impl Iterator<Item = (&str, &[u8])> {
        let beside = self.files.iter().map(|(path, file)| (path.as_str(), file.bytes.as_slice()));
        beside.chain([(ENTRY, self.manifest.as_slice())])
    }

    /// Returns the size of the archive by kind of file.
    pub fn bytes(&self) -> Bytes {
        let mut bytes = Bytes { manifest: self.manifest.len() as u64, ..Bytes::default() };
        bytes.files = self.files.len() as u64 + 1;
        let mut beside = 0;
        for file in self.files.values() {
            let total = match file.kind {
                Kind::Page => &mut bytes.pages,
                Kind::Pack => &mut bytes.packs,
                Kind::Earlier => &mut bytes.earlier,
                Kind::Facets => &mut bytes.facets,
                Kind::PackTable => &mut bytes.pack_tables,
                Kind::Ids => &mut bytes.ids,
                Kind::Index => &mut bytes.index,
                Kind::Related => &mut bytes.related,
            };
            *total += file.bytes.len() as u64;
            beside += file.bytes.len() as u64;
        }
        bytes.total = bytes.manifest + beside;
        let text = if self.files.is_empty() { bytes.manifest } else { bytes.packs };
        bytes.text_per_article = text / (self.count.max(1) as u64);
        bytes
    }
}

/// Measures the JSON of `articles` in bytes without storing it; stops above the limit of a single file.
fn json_size(articles: &[Article]) -> Result<usize, BuildError> {
    let mut total = 0;
    for article in articles {
        let mut count = Count(0);
        serde_json::to_writer(&mut count, article)?;
        total += count.0;
        if total > SMALL {
            break;
        }
    }
    Ok(total)
}

struct Count(usize);

impl io::Write for Count {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
