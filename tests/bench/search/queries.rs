//! The queries and what is known of their answers. All are written as their documents write them, with the
//! variants of characters found there, as somebody would type them.

use super::draw::Draw;
use super::lexicon::Lexicon;
use super::texts::{Doc, Texts};
use serde::{Deserialize, Serialize};
use sheaf::text::{fold, is_cjk};
use std::collections::BTreeMap;

const LENGTHS: [usize; 6] = [1, 2, 3, 4, 8, 12];
const SUBSTRINGS: usize = 100;
const COLD: usize = 40;
/// A list shows ten results at first: half of the cold queries have as many.
const TEN: usize = 10;
const KNOWN: usize = 100;
const RANKED: usize = 100;
/// A word that more documents than this share hold tells them apart no more.
const COMMON: f64 = 0.05;
/// Attempts for each query that is wanted; a small corpus may not have all.
const TRIES: usize = 500;

/// BM25's customary constants.
const K1: f64 = 1.2;
const B: f64 = 0.75;
/// How far down the ideal ranking a document still counts.
const IDEAL: usize = 20;

/// What every engine is asked.
#[derive(Serialize, Deserialize)]
pub struct Queries {
    /// Random runs of Chinese characters by length; the oracle is the substring in the folded text.
    pub substrings: BTreeMap<usize, Vec<Substring>>,
    /// For the first search of a visitor.
    pub cold: Vec<Cold>,
    /// Two words of a title and one of its body.
    pub known: Vec<Known>,
    /// Two words that ten documents or more hold.
    pub ranked: Vec<Ranked>,
}

/// A random substring.
#[derive(Serialize, Deserialize)]
pub struct Substring {
    pub query: String,
    /// Every document that holds it.
    pub hits: Vec<u32>,
}

/// One or two words of two to eight characters together.
#[derive(Serialize, Deserialize)]
pub struct Cold {
    pub query: String,
    /// How many documents hold its words; for half of the queries ten or more.
    pub hits: usize,
}

/// A search for a document that somebody remembers.
#[derive(Serialize, Deserialize)]
pub struct Known {
    pub query: String,
    /// The document.
    pub target: u32,
}

/// A search whose best answers are those of BM25 over all text.
#[derive(Serialize, Deserialize)]
pub struct Ranked {
    pub query: String,
    /// The best documents that hold both words, with their scores.
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

/// A random document each, a random window of `length` in it.
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

/// A document with a Chinese title: words of English would be drawn too often, as any of them is known to be one.
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

/// `count` of `words` in the order drawn, none inside another once folded.
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

/// The documents that hold all of `words` by BM25 (Robertson, Zaragoza 2009), best first, then newest: real
/// frequencies, real lengths in characters, inverse document frequencies as in Lucene.
fn bm25(texts: &Texts, lengths: &[f64], words: &[&str]) -> Vec<(u32, f64)> {
    let count = texts.docs.len() as f64;
    let average = lengths.iter().sum::<f64>() / count;
    let both = texts.with_all(words, |patterns, text| -> Vec<f64> {
        patterns.iter().map(|pattern| pattern.find_in(text).count() as f64).collect()
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
