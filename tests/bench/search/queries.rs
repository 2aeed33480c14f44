//! Queries with known answers. They are spelled as in their documents, including character variants.

use super::lexicon::Lexicon;
use super::rng::Draw;
use super::texts::{Doc, Texts};
use serde::{Deserialize, Serialize};
use sheaf::text::{fold, is_cjk};
use std::collections::BTreeMap;

const LENGTHS: [usize; 6] = [1, 2, 3, 4, 8, 12];
const SUBSTRINGS: usize = 100;
const COLD: usize = 40;
/// Results on the first screen; half of the cold queries have at least as many.
const TEN: usize = 10;
const KNOWN: usize = 100;
const RANKED: usize = 100;
/// Maximum document frequency of a query word; more common words do not discriminate.
const COMMON: f64 = 0.05;
/// Attempts per query; a small corpus may not yield all queries.
const TRIES: usize = 500;

/// Usual BM25 parameters.
const K1: f64 = 1.2;
const B: f64 = 0.75;
/// Number of relevant documents in the ideal ranking.
const IDEAL: usize = 20;

/// Queries for every engine.
#[derive(Serialize, Deserialize)]
pub struct Queries {
    /// Random runs of Chinese characters by length; the oracle is substring search in the folded text.
    pub substrings: BTreeMap<usize, Vec<Substring>>,
    /// Queries for the first search of a visitor.
    pub cold: Vec<Cold>,
    /// Two words of a title and one of its body.
    pub known: Vec<Known>,
    /// Two words that occur together in at least ten documents.
    pub ranked: Vec<Ranked>,
}

/// Random substring.
#[derive(Serialize, Deserialize)]
pub struct Substring {
    pub query: String,
    /// All documents that contain the substring.
    pub hits: Vec<u32>,
}

/// One or two words, together of two to eight characters.
#[derive(Serialize, Deserialize)]
pub struct Cold {
    pub query: String,
    /// Number of documents that contain the words; ten or more for half of the queries.
    pub hits: usize,
}

/// Known-item search.
#[derive(Serialize, Deserialize)]
pub struct Known {
    pub query: String,
    /// The known document.
    pub target: u32,
}

/// Ranked search; the ideal answers are those of BM25 on the full text.
#[derive(Serialize, Deserialize)]
pub struct Ranked {
    pub query: String,
    /// Best documents that contain both words, with their scores.
    pub gains: Vec<(u32, f64)>,
}

impl Queries {
    /// Draws the queries for `texts`.
    pub fn draw(texts: &Texts) -> Queries {
        let lexicon = Lexicon::of(texts.docs.iter().map(|doc| doc.text.as_str()));
        Queries {
            substrings: LENGTHS.map(|length| (length, substrings(texts, length))).into(),
            cold: cold(texts, &lexicon),
            known: known(texts, &lexicon),
            ranked: ranked(texts, &lexicon),
        }
    }
}

/// Draws a random document and a random window of `length` for each query.
fn substrings(texts: &Texts, length: usize) -> Vec<Substring> {
    let mut draw = Draw::seeded(&format!("substrings of {length}"));
    let mut found = Vec::new();
    for _ in 0..SUBSTRINGS * TRIES {
        let Some(doc) = draw.one(&texts.docs).filter(|_| found.len() < SUBSTRINGS) else { break };
        let characters: Vec<char> = doc.text.chars().collect();
        if characters.len() < length {
            continue;
        }
        let start = draw.below(characters.len() - length + 1);
        let window = &characters[start..start + length];
        if window.iter().copied().all(is_cjk) {
            let query: String = window.iter().collect();
            let hits = texts.holding(&[&query]);
            found.push(Substring { query, hits });
        }
    }
    found
}

/// Draws a document with a Chinese title: English words would be drawn too often, since each is a known word.
fn chinese<'a>(draw: &mut Draw, texts: &'a Texts) -> Option<&'a Doc> {
    draw.one(&texts.docs).filter(|doc| doc.title.contains(is_cjk))
}

fn cold(texts: &Texts, lexicon: &Lexicon) -> Vec<Cold> {
    let mut draw = Draw::seeded("cold");
    let (mut many, mut few) = (Vec::new(), Vec::new());
    for _ in 0..COLD * TRIES {
        if many.len() + few.len() == COLD {
            break;
        }
        let Some(doc) = chinese(&mut draw, texts) else { continue };
        let words = lexicon.words(if draw.below(2) == 0 { &doc.title } else { &doc.text });
        let count = 1 + draw.below(2);
        let Some(query) = distinct(&mut draw, &words, count) else { continue };
        if !(2..=8).contains(&query.concat().chars().count()) {
            continue;
        }
        let hits = texts.holding(&query).len();
        let half = if hits >= TEN { &mut many } else { &mut few };
        let query = query.join(" ");
        if half.len() < COLD / 2 && half.iter().all(|known: &Cold| known.query != query) {
            half.push(Cold { query, hits });
        }
    }
    many.append(&mut few);
    many
}

fn known(texts: &Texts, lexicon: &Lexicon) -> Vec<Known> {
    let mut draw = Draw::seeded("known");
    let most = (COMMON * texts.docs.len() as f64).max(1.0) as usize;
    let mut found = Vec::new();
    for _ in 0..KNOWN * TRIES {
        if found.len() == KNOWN {
            break;
        }
        let Some(doc) = chinese(&mut draw, texts) else { continue };
        let body = doc.text.get(doc.title.len()..).unwrap_or_default();
        let titled = lexicon.words(&doc.title);
        let mut others = lexicon.words(body);
        others.retain(|word| !titled.contains(word));
        let Some(mut words) = distinct(&mut draw, &titled, 2) else { continue };
        let Some(other) = distinct(&mut draw, &others, 1) else { continue };
        words.extend(other);
        let rare = |word: &&str| texts.holding(&[word]).len() <= most;
        if words.iter().all(rare) {
            found.push(Known { query: words.join(" "), target: doc.ordinal });
        }
    }
    found
}

fn ranked(texts: &Texts, lexicon: &Lexicon) -> Vec<Ranked> {
    let mut draw = Draw::seeded("ranked");
    let lengths: Vec<f64> = texts.folded.iter().map(|text| text.chars().count() as f64).collect();
    let mut found: Vec<Ranked> = Vec::new();
    for _ in 0..RANKED * TRIES {
        if found.len() == RANKED {
            break;
        }
        let Some(doc) = chinese(&mut draw, texts) else { continue };
        let Some(words) = distinct(&mut draw, &lexicon.words(&doc.text), 2) else { continue };
        let query = words.join(" ");
        let gains = bm25(texts, &lengths, &words);
        if gains.len() >= TEN && found.iter().all(|ranked| ranked.query != query) {
            found.push(Ranked { query, gains });
        }
    }
    found
}

/// Returns `count` of `words` in drawing order, none contained in another after folding.
fn distinct<'a>(draw: &mut Draw, words: &[&'a str], count: usize) -> Option<Vec<&'a str>> {
    let mut chosen: Vec<&str> = Vec::new();
    for _ in 0..count {
        chosen.push(draw.one(words)?);
    }
    let folded: Vec<String> = chosen.iter().map(|word| fold(word)).collect();
    let apart = |(at, one): (usize, &String)| {
        folded.iter().enumerate().all(|(other, two)| at == other || !two.contains(one.as_str()))
    };
    folded.iter().enumerate().all(apart).then_some(chosen)
}

/// Ranks the documents that contain all of `words` by BM25 (Robertson, Zaragoza 2009), best first, then newest. Uses
/// exact frequencies, lengths in characters, and the inverse document frequency of Lucene.
fn bm25(texts: &Texts, lengths: &[f64], words: &[&str]) -> Vec<(u32, f64)> {
    let count = texts.docs.len() as f64;
    let average = lengths.iter().sum::<f64>() / count;
    let both = texts.with_all(words, |patterns, text| -> Vec<f64> {
        patterns.iter().map(|pattern| pattern.find_iter(text).count() as f64).collect()
    });
    if both.len() < TEN {
        return Vec::new();
    }
    let weights: Vec<f64> = words
        .iter()
        .map(|word| texts.holding(&[word]).len() as f64)
        .map(|holding| (1.0 + (count - holding + 0.5) / (holding + 0.5)).ln())
        .collect();
    let score = |(ordinal, frequencies): (u32, Vec<f64>)| {
        let norm = K1 * (1.0 - B + B * lengths[ordinal as usize] / average);
        let terms = frequencies.iter().zip(&weights);
        let score = terms.map(|(frequency, weight)| weight * frequency * (K1 + 1.0) / (frequency + norm));
        (ordinal, score.sum::<f64>())
    };
    let mut scored: Vec<(u32, f64)> = both.into_iter().map(score).collect();
    scored.sort_by(|a, b| b.1.total_cmp(&a.1).then(b.0.cmp(&a.0)));
    scored.truncate(IDEAL);
    scored
}
