//! Reads everything from an archive and compares the results.

use crate::archives::TestArchive;
use crate::memory::MemoryStore;
use sheaf::archive::{Archive, ArchiveError, Page, ROWS_PER_PAGE};
use sheaf::model::{Article, Document, Id};
use sheaf::search::SortOrder;
use sheaf::search::{CompiledQuery, Plan, Query, Searcher};
use sheaf::search::{FilterMask, NameKind, StatusBitmap, name_counts, select_results};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Debug;

/// Queries that use characters, bigrams, words, prefixes, and full scans.
const QUERIES: [&str; 6] = ["灯塔", "图书馆 -选举", "tide", "the li", "潮 OR title:\"夜\" date:2023", "在"];

/// Results of reading an archive; values are formatted for comparison.
#[derive(Default)]
pub struct ReadLog {
    pub opened: bool,
    /// Values by request.
    pub values: BTreeMap<String, String>,
    /// Errors by request.
    pub errors: BTreeMap<String, ArchiveError>,
}

impl ReadLog {
    fn record<T: Debug>(&mut self, what: String, result: Result<T, ArchiveError>) -> Option<T> {
        match result {
            Ok(value) => {
                self.values.insert(what, format!("{value:?}"));
                Some(value)
            }
            Err(error) => {
                self.errors.insert(what, error);
                None
            }
        }
    }
}

/// Results of an undamaged archive, and the articles in each of its packs.
pub struct Baseline {
    log: ReadLog,
    /// True if the manifest has a content hash, as since version 3.
    sealed: bool,
    packs: BTreeMap<String, BTreeSet<u32>>,
}

impl Baseline {
    /// Reads the undamaged `archive`.
    pub fn from_archive(archive: &TestArchive) -> Baseline {
        let seen = read_everything(MemoryStore::new(&archive.files));
        assert!(seen.errors.is_empty(), "{:?}", seen.errors);
        let packs = pollster::block_on(async {
            let archive = Archive::open(MemoryStore::new(&archive.files)).await.unwrap();
            let mut packs: BTreeMap<String, BTreeSet<u32>> = BTreeMap::new();
            for index in 0..archive.count().div_ceil(ROWS_PER_PAGE) {
                let mut at = index * ROWS_PER_PAGE;
                let page: Page = (*archive.page(index).await.unwrap()).clone();
                // Before pack tables existed, only a page named the packs of its articles.
                if let Some(tables) =
                    archive.manifest().file_index.as_ref().filter(|tables| tables.packs.is_empty())
                {
                    let path = format!("archive/{}.json.gz", tables.pages[index as usize]);
                    packs.entry(path).or_default().extend(archive.page_range(index));
                }
                for (name, count) in page.packs {
                    packs.entry(format!("archive/{name}.json.gz")).or_default().extend(at..at + count);
                    at += count;
                }
            }
            packs
        });
        let sealed = archive.files["archive.json"].windows(6).any(|part| part == b"\"sum\":");
        Baseline { log: seen, sealed, packs }
    }
}

/// Reads everything and continues after errors.
pub fn read_everything(store: MemoryStore) -> ReadLog {
    pollster::block_on(async {
        let mut seen = ReadLog::default();
        let archive = match Archive::open(store).await {
            Ok(archive) => archive,
            Err(error) => {
                seen.errors.insert("archive".to_owned(), error);
                return seen;
            }
        };
        seen.opened = true;
        seen.values.insert("manifest".to_owned(), format!("{:?}", archive.manifest()));
        // A forged archive may state more articles than exist.
        let count = archive.count().min(500);
        for ordinal in 0..count {
            let article = seen.record(format!("article {ordinal}"), archive.article(ordinal).await);
            if let Some(article) = article {
                read_versions(&archive, &mut seen, ordinal, &article).await;
            }
        }
        for index in 0..count.div_ceil(ROWS_PER_PAGE) {
            seen.record(format!("page {index}"), archive.page(index).await);
        }
        for ordinal in 0..count {
            seen.record(format!("related {ordinal}"), archive.related(ordinal).await);
        }
        let ids = archive.ids().await.map(|mut ids| {
            ids.sort_unstable();
            ids
        });
        for (id, _) in seen.record("ids".to_owned(), ids).unwrap_or_default() {
            seen.record(format!("place of {id}"), archive.locate(id).await);
        }
        seen.record("place of none".to_owned(), archive.locate(Id::from_path("none")).await);
        seen.record("names".to_owned(), archive.names().await);
        let letters = archive.index().map(|index| index.lexicon_letters.clone()).unwrap_or_default();
        for letter in letters.chars() {
            seen.record(format!("lexicon of {letter}"), archive.lexicon(letter).await);
        }
        seen.record("terms".to_owned(), archive.terms().await);
        archive.cached_articles().await;
        for query in QUERIES {
            search(&archive, &mut seen, query).await;
        }
        seen
    })
}

async fn read_versions(archive: &Archive<MemoryStore>, seen: &mut ReadLog, ordinal: u32, article: &Article) {
    for (nth, earlier) in article.earlier_versions.iter().enumerate() {
        let body: Result<Document, ArchiveError> = archive.earlier_body(earlier).await;
        seen.record(format!("version {nth} of {ordinal}"), body);
    }
}

async fn search(archive: &Archive<MemoryStore>, seen: &mut ReadLog, text: &str) {
    let query = Query::parse(text);
    let plan = Plan::new(&CompiledQuery::new(&query));
    let lists = archive.postings(plan.index_terms()).await;
    for (nth, list) in lists.into_iter().enumerate() {
        seen.record(format!("list {nth} of {text}"), list);
    }
    let searcher = Searcher::new(archive, &query);
    let needs_texts = !searcher.is_indexed() || !searcher.fetch_postings().await;
    // A forged archive may say that it has more than there is.
    if needs_texts && archive.count() < 500 {
        searcher.begin_scan(None);
        searcher.scan(|| true).await;
    }
    for hit in searcher.results().hits.iter().take(20) {
        // Whether it matches depends on what came before; that it can be asked is what is tried.
        let _ = searcher.verify(hit.ordinal, 20).await;
    }
    let hits = searcher.results().hits;
    let facets = archive.facets().await;
    // Groups of identical bodies are lost with the facet table; everything else is rebuilt from the rows.
    let told =
        facets.as_ref().map(|facets| (facets.days.clone(), facets.column.clone())).map_err(Clone::clone);
    seen.record("facets".to_owned(), told);
    if let Ok(facets) = facets {
        let names = archive.names().await.unwrap_or_default();
        let sieve =
            FilterMask::new(&query, archive.manifest(), &facets, &StatusBitmap::default(), Some(&names));
        name_counts(&sieve, Some(&hits), &names.tags, NameKind::Tag, archive.count());
        sieve.to_mask();
        select_results(&sieve, Some(&hits), SortOrder::Relevance, archive.manifest(), &facets);
    }
}

/// Returns the violations in the results read while the file at `path` was damaged.
pub fn find_violations(sound: &Baseline, seen: &ReadLog, path: &str) -> Vec<String> {
    let mut wrong = Vec::new();
    if path == "archive.json" && !sound.sealed {
        return wrong;
    }
    for (what, value) in &seen.values {
        if sound.log.values.get(what) != Some(value) {
            wrong.push(format!("{what} differs from the original"));
        }
    }
    for (what, error) in &seen.errors {
        let said = error.to_string();
        let says_what_to_do = ["again", "use a Sheaf"].iter().any(|advice| said.contains(advice));
        if !(said.contains(path) || matches!(error, ArchiveError::Version(_))) || !says_what_to_do {
            wrong.push(format!("{what}: “{said}” does not name {path} or an action"));
        }
    }
    if seen.opened {
        let none = BTreeSet::new();
        let lost = sound.packs.get(path).unwrap_or(&none);
        for ordinal in 0.. {
            let key = format!("article {ordinal}");
            if !sound.log.values.contains_key(&key) {
                break;
            }
            if !lost.contains(&ordinal) && !seen.values.contains_key(&key) {
                wrong.push(format!("{key} is lost with {path}"));
            }
        }
    } else if path != "archive.json" {
        wrong.push("the archive does not open".to_owned());
    }
    wrong
}
