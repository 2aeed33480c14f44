//! In-process measurement of an engine: answers and latency.

use super::queries::Queries;
use super::relevance::Answers;
use super::texts::Texts;
use super::{read_json, record, write_json};
use sheaf::archive::Archive;
use sheaf::bundle::FolderStore;
use sheaf::search::{Hit, Query, Searcher};
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::path::Path;
use std::time::Instant;

/// Search engine.
pub trait Engine {
    /// Returns the ordinals that match `query`, best first.
    fn search(&self, query: &str) -> Vec<u32>;

    /// Runs the timed part of a search: the results shown on one screen.
    fn answer(&self, query: &str) -> Vec<u32> {
        self.search(query)
    }
}

/// Linear scan: compares every folded text with the words of the query, newest first.
struct Plain(Texts);

impl Engine for Plain {
    fn search(&self, query: &str) -> Vec<u32> {
        let words: Vec<&str> = query.split_whitespace().collect();
        let mut found = self.0.holding(&words);
        found.reverse();
        found
    }
}

/// Sheaf with the archive built by the program, searched like `sheaf search`.
struct Sheaf(Archive<FolderStore>);

impl Sheaf {
    /// The hits of a query in their order, before any of them is verified.
    async fn hits(&self, searcher: &Searcher<&Archive<FolderStore>>) -> Vec<Hit> {
        let mut hits = searcher.search().await.expect("texts").hits;
        assert!(searcher.index_error().is_none(), "{:?}", searcher.index_error());
        hits.sort_unstable_by_key(|hit| Reverse((hit.score, hit.ordinal)));
        hits
    }
}

impl Engine for Sheaf {
    /// All that match, each that the index leaves open checked against its text.
    fn search(&self, text: &str) -> Vec<u32> {
        pollster::block_on(async {
            let searcher = Searcher::new(&self.0, &Query::parse(text));
            let mut matching = Vec::new();
            for hit in self.hits(&searcher).await {
                let is_match = hit.verified || searcher.check(hit.ordinal).await.expect("an article");
                matching.extend(is_match.then_some(hit.ordinal));
            }
            matching
        })
    }

    /// Measures the visible result: the total, and ten rows with snippets.
    fn answer(&self, text: &str) -> Vec<u32> {
        pollster::block_on(async {
            let searcher = Searcher::new(&self.0, &Query::parse(text));
            let mut shown = Vec::new();
            for hit in self.hits(&searcher).await {
                let verified = searcher.verify(hit.ordinal, 60).await.expect("an article");
                if !verified.snippet.text.is_empty() {
                    shown.push(hit.ordinal);
                }
                if shown.len() == 10 {
                    break;
                }
            }
            shown
        })
    }
}

/// Measures Sheaf in this process.
pub fn sheaf(out: &Path) {
    let archive =
        pollster::block_on(Archive::open(FolderStore::new(&out.join("sheaf")))).expect("an archive");
    let figures = warm(out, "sheaf", &Sheaf(archive));
    record(out, "sheaf", "warm", &figures);
}

/// Measures the linear scan.
pub fn scan(out: &Path) {
    let start = Instant::now();
    let texts = Texts::read(out);
    let load = start.elapsed();
    let bytes: usize = texts.folded.iter().map(String::len).sum();
    let mut figures = warm(out, "scan", &Plain(texts));
    figures.insert("index_bytes".into(), bytes as f64);
    figures.insert("load_ms".into(), load.as_secs_f64() * 1e3);
    record(out, "scan", "warm", &figures);
}

/// Runs every query three times: for the answers, which are stored for the judge; to warm all caches; and for the
/// latency.
pub fn warm(out: &Path, name: &str, engine: &impl Engine) -> BTreeMap<String, f64> {
    let queries: Queries = read_json(&out.join("queries.json"));
    let answers = Answers::of(&queries, |query| engine.search(query));
    write_json(&out.join(format!("answers/{name}.json")), &answers);

    Answers::of(&queries, |query| engine.answer(query));
    let mut times = Vec::new();
    Answers::of(&queries, |query| {
        let start = Instant::now();
        let found = engine.answer(query);
        times.push(start.elapsed().as_secs_f64() * 1e3);
        found
    });
    times.sort_by(f64::total_cmp);
    let at = |share: f64| times[((times.len() - 1) as f64 * share).round() as usize];
    BTreeMap::from([("warm_p50_ms".into(), at(0.5)), ("warm_p99_ms".into(), at(0.99))])
}
