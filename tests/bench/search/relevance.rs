//! Quality measures of answers.
//!
//! Recall and precision are means over the random substrings of one length; a query without any answer has no
//! precision. MRR@10 is the mean of 1 / rank of the known item, or 0 beyond rank 10. nDCG@10 is the discounted gain
//! of the first ten answers divided by that of the ideal ten (Järvelin, Kekäläinen 2002); the gain of a document is
//! its BM25 score.

use super::queries::Queries;
use super::{read_json, record};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::fs;
use std::path::Path;

/// Cut-off rank.
const SEEN: usize = 10;

/// Ordinals that an engine returns for each query, best first, in the order of the queries.
#[derive(Serialize, Deserialize)]
pub struct Answers {
    pub substrings: BTreeMap<usize, Vec<Vec<u32>>>,
    pub cold: Vec<Vec<u32>>,
    pub known: Vec<Vec<u32>>,
    pub ranked: Vec<Vec<u32>>,
}

impl Answers {
    /// Runs every query.
    pub fn of(queries: &Queries, mut ask: impl FnMut(&str) -> Vec<u32>) -> Answers {
        let mut substrings = BTreeMap::new();
        for (&length, group) in &queries.substrings {
            substrings.insert(length, group.iter().map(|substring| ask(&substring.query)).collect());
        }
        Answers {
            substrings,
            cold: queries.cold.iter().map(|cold| ask(&cold.query)).collect(),
            known: queries.known.iter().map(|known| ask(&known.query)).collect(),
            ranked: queries.ranked.iter().map(|ranked| ask(&ranked.query)).collect(),
        }
    }
}

/// Computes the measures of each `answers/ENGINE.json`.
pub fn judge(out: &Path) {
    let queries: Queries = read_json(&out.join("queries.json"));
    let mut files: Vec<_> =
        fs::read_dir(out.join("answers")).unwrap().map(|file| file.unwrap().path()).collect();
    files.sort();
    for file in files {
        let engine = file.file_stem().unwrap().to_string_lossy().into_owned();
        record(out, &engine, "quality", &quality(&queries, &read_json(&file)));
    }
}

fn quality(queries: &Queries, answers: &Answers) -> BTreeMap<String, f64> {
    let mut figures = BTreeMap::new();
    for (length, group) in &queries.substrings {
        let pairs = || group.iter().map(|substring| &substring.hits).zip(&answers.substrings[length]);
        figures.insert(format!("recall_{length:02}"), mean(pairs().map(|(hits, found)| recall(hits, found))));
        let precise = pairs().filter_map(|(hits, found)| precision(hits, found));
        figures.insert(format!("precision_{length:02}"), mean(precise));
    }
    let known = queries.known.iter().zip(&answers.known);
    figures.insert("mrr_10".into(), mean(known.map(|(known, found)| reciprocal_rank(known.target, found))));
    let ranked = queries.ranked.iter().zip(&answers.ranked);
    figures.insert("ndcg_10".into(), mean(ranked.map(|(ranked, found)| ndcg(&ranked.gains, found))));
    figures
}

fn mean(values: impl Iterator<Item = f64>) -> f64 {
    let (sum, count) = values.fold((0.0, 0.0), |(sum, count), value| (sum + value, count + 1.0));
    sum / f64::max(count, 1.0)
}

/// Returns the share of `hits` that were found.
fn recall(hits: &[u32], found: &[u32]) -> f64 {
    let found: HashSet<&u32> = found.iter().collect();
    hits.iter().filter(|hit| found.contains(hit)).count() as f64 / hits.len().max(1) as f64
}

/// Returns the share of `found` that is among `hits`; `None` if nothing was found.
fn precision(hits: &[u32], found: &[u32]) -> Option<f64> {
    let hits: HashSet<&u32> = hits.iter().collect();
    let right = found.iter().filter(|found| hits.contains(found)).count();
    (!found.is_empty()).then(|| right as f64 / found.len() as f64)
}

fn reciprocal_rank(target: u32, found: &[u32]) -> f64 {
    let at = found.iter().take(SEEN).position(|&found| found == target);
    at.map_or(0.0, |at| 1.0 / (at + 1) as f64)
}

/// `gains` is sorted in descending order.
fn ndcg(gains: &[(u32, f64)], found: &[u32]) -> f64 {
    let gain_of: HashMap<u32, f64> = gains.iter().copied().collect();
    let gained = found.iter().map(|found| gain_of.get(found).copied().unwrap_or_default());
    dcg(gained) / dcg(gains.iter().map(|gain| gain.1))
}

fn dcg(gains: impl Iterator<Item = f64>) -> f64 {
    gains.take(SEEN).enumerate().map(|(at, gain)| gain / (at as f64 + 2.0).log2()).sum()
}
