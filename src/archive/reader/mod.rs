//! Incremental reader of both archive layouts.

mod fallback;
mod lru_cache;
pub(in crate::archive) mod store;
use self::lru_cache::LruCache;
use super::index::{LengthTable, WordDirectoryLeaf};
use super::{
    ArchiveError, DateIndex, FacetColumn, Facets, FileIndex, IdShard, MANIFEST_FILE, Manifest, NameTables,
    PackTable, Page, ROWS_PER_PAGE, StoreErrorKind, TermList, file_path,
};
use crate::json_de;
use crate::model::{Article, Document, EarlierVersion, Id, content_hash, is_content_hash};
use futures_util::future::try_join_all;
use std::cell::{OnceCell, RefCell};
use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;
pub use store::{MAX_FILE_BYTES, Store, frame_with_checksum, is_compressed};

/// Open archive. Reads only the requested parts: the manifest at first, then pages, packs and tables on
/// demand.
pub struct Archive<S> {
    store: S,
    build_id: String,
    manifest_bytes: u64,
    manifest: Manifest,
    pub(in crate::archive) articles: Vec<Rc<Article>>,
    pages: RefCell<LruCache<Page>>,
    packs: RefCell<LruCache<Pack>>,
    ids: RefCell<LruCache<IdShard>>,
    /// Ordinals of the rows and articles read so far. Opening one of them needs no id table.
    known_ordinals: RefCell<HashMap<Id, u32>>,
    pack_tables: RefCell<LruCache<PackTable>>,
    pub(in crate::archive) shards: RefCell<LruCache<Vec<u8>>>,
    pub(in crate::archive) leaves: RefCell<LruCache<WordDirectoryLeaf>>,
    pub(in crate::archive) terms: RefCell<LruCache<TermList>>,
    related: RefCell<LruCache<Vec<Vec<u32>>>>,
    facets: OnceCell<Rc<Facets>>,
    names: OnceCell<Rc<NameTables>>,
}

/// Articles of a pack.
type Pack = Vec<Rc<Article>>;

/// Number of cached pages: about 20 MB of rows in memory, a whole archive of 50,000 articles.
const MAX_CACHED_PAGES: usize = 400;
/// Total size of cached packs, in bytes of their JSON.
const MAX_CACHED_PACK_BYTES: usize = 24 << 20;
/// Size of a pack that takes a task of its own to decode, in bytes of its JSON.
const LONG_PACK_BYTES: usize = 256 << 10;
const MAX_CACHED_ID_SHARDS: usize = 32;
/// Total size of cached index shards, in bytes: enough for about a hundred searches.
const MAX_CACHED_SHARD_BYTES: usize = 8 << 20;
/// Number of cached word leaves and pack tables, which are small and few.
const MAX_CACHED_TABLES: usize = 64;

impl<S: Store> Archive<S> {
    /// Opens the archive in `store`.
    pub async fn open(store: S) -> Result<Archive<S>, ArchiveError> {
        let entry = store.read(MANIFEST_FILE, MAX_FILE_BYTES).await?;
        let mut manifest = Manifest::decode(&entry)?;
        let mut articles = std::mem::take(&mut manifest.articles);
        shorten_titles(&manifest, &mut articles);
        let articles = articles.into_iter().map(Rc::new).collect();
        Ok(Archive {
            store,
            build_id: content_hash(&entry),
            manifest_bytes: entry.len() as u64,
            manifest,
            articles,
            pages: RefCell::new(LruCache::new(MAX_CACHED_PAGES)),
            packs: RefCell::new(LruCache::new(MAX_CACHED_PACK_BYTES)),
            ids: RefCell::new(LruCache::new(MAX_CACHED_ID_SHARDS)),
            known_ordinals: RefCell::default(),
            pack_tables: RefCell::new(LruCache::new(MAX_CACHED_TABLES)),
            shards: RefCell::new(LruCache::new(MAX_CACHED_SHARD_BYTES)),
            leaves: RefCell::new(LruCache::new(MAX_CACHED_TABLES)),
            terms: RefCell::new(LruCache::new(MAX_CACHED_TABLES)),
            related: RefCell::new(LruCache::new(MAX_CACHED_TABLES)),
            facets: OnceCell::new(),
            names: OnceCell::new(),
        })
    }

    /// Returns the manifest, without the articles of a small archive; read those with [`article`].
    ///
    /// [`article`]: Archive::article
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// Returns the content hash of the manifest, which identifies the content of the whole archive.
    pub fn build_id(&self) -> &str {
        &self.build_id
    }

    /// Returns the size of the manifest in bytes.
    pub fn manifest_bytes(&self) -> u64 {
        self.manifest_bytes
    }

    /// Returns the size limit of all other files in bytes, decompressed. Anything larger does not belong to
    /// this archive.
    pub(in crate::archive) fn max_file_bytes(&self) -> usize {
        let largest = self.manifest.file_index.as_ref().map_or(0, |tables| tables.max_file_bytes);
        // Slack for the gzip header of tiny files.
        if largest == 0 { MAX_FILE_BYTES } else { MAX_FILE_BYTES.min(largest as usize + 64) }
    }

    /// Returns the store.
    pub fn store(&self) -> &S {
        &self.store
    }

    /// Returns the number of articles; all ordinals are smaller.
    pub fn count(&self) -> u32 {
        self.manifest.count
    }

    /// Returns the page of an ordinal, and the row's index in that page.
    pub fn page_of(ordinal: u32) -> (u32, usize) {
        (ordinal / ROWS_PER_PAGE, (ordinal % ROWS_PER_PAGE) as usize)
    }

    /// Returns the ordinals of page `index`.
    pub fn page_range(&self, index: u32) -> Range<u32> {
        (index * ROWS_PER_PAGE).min(self.count())..((index + 1) * ROWS_PER_PAGE).min(self.count())
    }

    /// Returns page `index` if available without a fetch.
    pub fn cached_page(&self, index: u32) -> Option<Rc<Page>> {
        let key = index.to_string();
        if let Some(page) = self.pages.borrow_mut().get(&key) {
            return Some(page);
        }
        if self.manifest.file_index.is_some() || self.page_range(index).is_empty() {
            return None;
        }
        let range = self.page_range(index);
        let rows = self.articles[range.start as usize..range.end as usize].iter();
        let page = Page {
            rows: rows.map(|article| crate::model::Row::from_article(article)).collect(),
            packs: Vec::new(),
        };
        Some(self.pages.borrow_mut().insert(&key, page, 1))
    }

    /// Returns page `index` of the catalogue.
    pub async fn page(&self, index: u32) -> Result<Rc<Page>, ArchiveError> {
        if let Some(page) = self.cached_page(index) {
            return Ok(page);
        }
        let name = self.file_index()?.pages.get(index as usize);
        let name = name.ok_or_else(|| ArchiveError::NotFound(format!("page {index}")))?;
        let rows = self.page_range(index).len() as u32;
        let (path, json) = self.fetch_by_hash(name).await?;
        let mut page = Page::decode(&path, &json, rows)?;
        for row in &mut page.rows {
            self.manifest.split_title(&row.source, &mut row.title);
        }
        let ordinals = self.page_range(index);
        self.known_ordinals.borrow_mut().extend(page.rows.iter().map(|row| row.id).zip(ordinals));
        Ok(self.pages.borrow_mut().insert(&index.to_string(), page, 1))
    }

    /// Returns the article with this ordinal.
    pub async fn article(&self, ordinal: u32) -> Result<Rc<Article>, ArchiveError> {
        if let Some(article) = self.articles.get(ordinal as usize) {
            return Ok(article.clone());
        }
        let nobody = || ArchiveError::NotFound(format!("article {ordinal}"));
        if ordinal >= self.count() {
            return Err(nobody());
        }
        // A loaded page names the pack; otherwise, as for search results, the pack tables do.
        let (index, at) = Self::page_of(ordinal);
        let (tables, page) = (self.file_index()?, self.cached_page(index));
        if page.is_none() && !tables.packs.is_empty() {
            let mut start = 0;
            for (name, count) in &tables.packs {
                if ordinal < start + count {
                    let table = match self.pack_table(name, *count).await {
                        Ok(table) => table,
                        // Fall back to the page, which names the pack too.
                        Err(error) if error.is_permanent() => break,
                        Err(error) => return Err(error),
                    };
                    let (pack, at) = table.find(ordinal - start).ok_or_else(nobody)?;
                    let article = self.pack(pack).await?.get(at).cloned();
                    let article = article.ok_or_else(|| {
                        ArchiveError::damaged(&file_path(pack), "fewer articles than its pack table states")
                    })?;
                    self.known_ordinals.borrow_mut().insert(article.id, ordinal);
                    return Ok(article);
                }
                start += count;
            }
        }
        let page = self.page(index).await?;
        let row = page.rows.get(at).ok_or_else(nobody)?;
        let name = page.pack_of(at as u32).ok_or_else(nobody)?;
        let pack = self.pack(name).await?;
        let found = pack.iter().find(|article| article.id == row.id);
        found.cloned().ok_or_else(|| {
            ArchiveError::damaged(&file_path(name), format_args!("article {} is missing", row.id))
        })
    }

    /// Prefetches the pack table that the next articles need, if there is only one.
    pub async fn prefetch_pack_table(&self) {
        if let Some([(name, count)]) = self.manifest.file_index.as_ref().map(|tables| tables.packs.as_slice())
        {
            // Ignore failures: a request that needs the table reports them.
            let _ = self.pack_table(name, *count).await;
        }
    }

    async fn pack_table(&self, name: &str, count: u32) -> Result<Rc<PackTable>, ArchiveError> {
        if let Some(table) = self.pack_tables.borrow_mut().get(name) {
            return Ok(table);
        }
        let (path, json) = self.fetch_by_hash(name).await?;
        let table = PackTable::decode(&path, &json, count)?;
        Ok(self.pack_tables.borrow_mut().insert(name, table, 1))
    }

    /// Calls `take` for the `wanted` articles of a page, in order. Each pack is read once.
    pub async fn articles_of_page(
        &self,
        index: u32,
        wanted: impl Fn(u32) -> bool,
        mut take: impl FnMut(u32, &Rc<Article>),
    ) -> Result<(), ArchiveError> {
        for ordinal in self.page_range(index) {
            if wanted(ordinal) {
                take(ordinal, &self.article(ordinal).await?);
            }
        }
        Ok(())
    }

    /// Returns the body of an earlier version.
    pub async fn earlier_body(&self, earlier: &EarlierVersion) -> Result<Document, ArchiveError> {
        if let Some(body) = &earlier.body {
            return Ok(body.clone());
        }
        let name = earlier.pack.as_deref().filter(|name| is_content_hash(name));
        let name = name.ok_or_else(|| ArchiveError::NotFound(format!("version {}", earlier.path)))?;
        let (path, json) = self.fetch_by_hash(name).await?;
        json_de::from_slice(&json).map_err(|error| ArchiveError::damaged(&path, error))
    }

    /// Returns the ordinal of the article with this id or alias, if it is known without a fetch.
    pub fn known_ordinal(&self, id: Id) -> Option<u32> {
        if self.manifest.file_index.is_some() {
            return self.known_ordinals.borrow().get(&id).copied();
        }
        let has_alias = |article: &Rc<Article>| article.aliases.contains(&id);
        let at = self.articles.iter().position(|article| article.id == id);
        let at = at.or_else(|| self.articles.iter().position(has_alias));
        at.and_then(|at| u32::try_from(at).ok())
    }

    /// Returns the ordinal of the article with this id or alias.
    pub async fn locate(&self, id: Id) -> Result<Option<u32>, ArchiveError> {
        let known = self.known_ordinal(id);
        let Some(tables) = self.manifest.file_index.as_ref().filter(|_| known.is_none()) else {
            return Ok(known);
        };
        let bits = tables.ids.len().trailing_zeros();
        let name = &tables.ids[id.prefix(bits) as usize];
        match self.id_shard(name).await {
            Ok(shard) => Ok(shard.find(id)),
            Err(error) if error.is_permanent() => {
                let away = error.is_store_error(StoreErrorKind::Offline);
                self.locate_from_pages(id, away).await.ok_or(error).map(Some)
            }
            Err(error) => Err(error),
        }
    }

    /// Returns all aliases and then all ids with their ordinals.
    pub async fn ids(&self) -> Result<Vec<(Id, u32)>, ArchiveError> {
        let Some(tables) = &self.manifest.file_index else {
            let articles = || self.articles.iter().zip(0..);
            let aliases =
                articles().flat_map(|(article, at)| article.aliases.iter().map(move |&id| (id, at)));
            return Ok(aliases.chain(articles().map(|(article, at)| (article.id, at))).collect());
        };
        let shards = try_join_all(tables.ids.iter().map(|name| self.id_shard(name))).await?;
        let aliases = shards.iter().flat_map(|shard| shard.aliases());
        Ok(aliases.chain(shards.iter().flat_map(|shard| shard.entries())).collect())
    }

    async fn id_shard(&self, name: &str) -> Result<Rc<IdShard>, ArchiveError> {
        if let Some(shard) = self.ids.borrow_mut().get(name) {
            return Ok(shard);
        }
        let (path, json) = self.fetch_by_hash(name).await?;
        let shard = IdShard::decode(&path, &json, self.count())?;
        Ok(self.ids.borrow_mut().insert(name, shard, 1))
    }

    /// Returns for each article whether the device has it cached, while offline. Articles whose page is not
    /// cached either are not counted.
    pub async fn cached_articles(&self) -> Vec<bool> {
        self.articles_cached_by(&|path| self.store.is_cached(path)).await
    }

    /// Returns for each ordinal whether its text is in a file that `is_cached`, as far as cached tables tell.
    pub async fn articles_cached_by(&self, is_cached: &dyn Fn(&str) -> bool) -> Vec<bool> {
        let mut kept = vec![self.manifest.file_index.is_none(); self.count() as usize];
        let Some(tables) = &self.manifest.file_index else { return kept };
        let mut mark = |start: u32, count: u32, name: &str| {
            if is_cached(&file_path(name)) {
                kept[start as usize..(start + count) as usize].fill(true);
            }
        };
        let mut start = 0;
        for (name, count) in &tables.packs {
            if is_cached(&file_path(name))
                && let Ok(table) = self.pack_table(name, *count).await
            {
                table.for_each(|at, count, pack| mark(start + at, count, pack));
            }
            start += count;
        }
        for (index, name) in (0..).zip(&tables.pages) {
            if is_cached(&file_path(name))
                && let Ok(page) = self.page(index).await
            {
                let mut at = index * ROWS_PER_PAGE;
                for (pack, count) in &page.packs {
                    mark(at, *count, pack);
                    at += count;
                }
            }
        }
        kept
    }

    /// Returns the facets of all articles.
    pub async fn facets(&self) -> Result<Rc<Facets>, ArchiveError> {
        if let Some(facets) = self.facets.get() {
            return Ok(facets.clone());
        }
        let sources = &self.manifest.sources;
        let facets = match &self.manifest.file_index {
            None => Facets {
                days: DateIndex::from_dates(
                    self.articles.iter().map(|article| article.time.map(|time| time.date())),
                ),
                column: FacetColumn::from_pairs(self.articles.iter().map(|article| {
                    let source = sources.iter().position(|source| source.key == article.source);
                    (source.and_then(|at| u16::try_from(at).ok()).unwrap_or_default(), article.lang)
                })),
                duplicates: self.manifest.duplicates.clone(),
                // Scans of a small archive measure the lengths themselves.
                lengths: LengthTable::default(),
            },
            Some(tables) => match self.fetch_facets(tables).await {
                Err(error) if error.is_permanent() => self.facets_from_pages().await.map_err(|_| error)?,
                facets => facets?,
            },
        };
        Ok(self.facets.get_or_init(|| Rc::new(facets)).clone())
    }

    async fn fetch_facets(&self, tables: &FileIndex) -> Result<Facets, ArchiveError> {
        let chunks = try_join_all(tables.facet_chunks.iter().map(|name| self.fetch_by_hash(name))).await?;
        let path = chunks.first().map(|(path, _)| path.clone()).unwrap_or_default();
        let chunks: Vec<Vec<u8>> = chunks.into_iter().map(|(_, bytes)| bytes).collect();
        let days = match &tables.days {
            Some(name) => Some(self.fetch_by_hash(name).await?),
            None => None,
        };
        let days = days.as_ref().map(|(path, days)| (path.as_str(), days.as_slice()));
        Facets::decode(&path, &chunks, days, self.count(), self.manifest.sources.len())
    }

    /// Returns the authors and tags of all articles.
    pub async fn names(&self) -> Result<Rc<NameTables>, ArchiveError> {
        if let Some(names) = self.names.get() {
            return Ok(names.clone());
        }
        let names = match self.manifest.file_index.as_ref().map(|tables| &tables.names) {
            None => NameTables::from_details(self.articles.iter().map(|article| &article.details)),
            Some(None) => NameTables::default(),
            Some(Some(name)) => {
                let (path, json) = self.fetch_by_hash(name).await?;
                NameTables::decode(&path, &json, self.count())?
            }
        };
        Ok(self.names.get_or_init(|| Rc::new(names)).clone())
    }

    /// Returns the articles related to this one, best first.
    pub async fn related(&self, ordinal: u32) -> Result<Vec<u32>, ArchiveError> {
        let Some(tables) = &self.manifest.file_index else {
            return Ok(self.manifest.related.get(ordinal as usize).cloned().unwrap_or_default());
        };
        let Some(name) = &tables.related else { return Ok(Vec::new()) };
        let (page, at) = Self::page_of(ordinal);
        let key = page.to_string();
        let lists = self.related.borrow_mut().get(&key);
        let lists: Rc<Vec<Vec<u32>>> = match lists {
            Some(lists) => lists,
            None => {
                let (path, json) = self.fetch_related_lists(name, page).await?;
                let lists: Vec<Vec<u32>> =
                    json_de::from_slice(&json).map_err(|error| ArchiveError::damaged(&path, error))?;
                let rows = self.page_range(page).len();
                if lists.len() != rows || lists.iter().flatten().any(|&other| other >= self.count()) {
                    return Err(ArchiveError::damaged(&path, "contents differ from the manifest"));
                }
                self.related.borrow_mut().insert(&key, lists, 1)
            }
        };
        Ok(lists.get(at).cloned().unwrap_or_default())
    }

    async fn pack(&self, name: &str) -> Result<Rc<Pack>, ArchiveError> {
        if let Some(pack) = self.packs.borrow_mut().get(name) {
            return Ok(pack);
        }
        let (path, json) = self.fetch_by_hash(name).await?;
        // A very long article is verified, decoded and shown in a task each.
        let is_long = json.len() > LONG_PACK_BYTES;
        if is_long {
            self.store.pause().await;
        }
        let mut pack: Vec<Article> =
            json_de::from_slice(&json).map_err(|error| ArchiveError::damaged(&path, error))?;
        if is_long {
            self.store.pause().await;
        }
        shorten_titles(&self.manifest, &mut pack);
        let pack = pack.into_iter().map(Rc::new).collect();
        Ok(self.packs.borrow_mut().insert(name, pack, json.len()))
    }

    fn file_index(&self) -> Result<&FileIndex, ArchiveError> {
        self.manifest
            .file_index
            .as_ref()
            .ok_or_else(|| ArchiveError::damaged(MANIFEST_FILE, "missing file names of a split archive"))
    }
}

/// Removes the names of the site from the ends of titles.
fn shorten_titles(manifest: &Manifest, articles: &mut [Article]) {
    for article in articles {
        manifest.split_title(&article.source, &mut article.title);
        for earlier in &mut article.earlier_versions {
            manifest.split_title(&article.source, &mut earlier.title);
        }
    }
}
