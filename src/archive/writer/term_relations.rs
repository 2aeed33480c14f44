//! Relations between terms, learnt from the texts.
//!
//! Two terms are related if they share articles and the terms of these articles, and even more if the same characters
//! stand beside them. The latter finds other words for the same thing, such as those of another region, which rarely
//! share an article. The arithmetic is in integers, so that it has the same result on every machine.

use super::{StoredArticles, WriteError};
use crate::archive::RELATED_TERMS;
use crate::text::fold;
use aho_corasick::{AhoCorasick, MatchKind};
use rayon::prelude::*;
use std::collections::HashMap;

/// Number of articles that are read at most, evenly spread.
const MAX_ARTICLES: usize = 16_384;
/// Fewest articles that a term with relations occurs in.
const MIN_ARTICLES: usize = 8;
/// Fewest common articles of terms that are related by them.
const MIN_SHARED_ARTICLES: u32 = 3;
/// Number of contexts that represent a term.
const MAX_CONTEXTS: usize = 100;
/// Maximum number of terms with the same neighbours. The others share articles.
const MAX_ALTERNATIVES: usize = 3;
/// Smallest similarity of neighbours, and smallest score by articles, in thousandths.
const MIN_NEIGHBOUR_SIMILARITY: u64 = 120;
const MIN_ARTICLE_SCORE: u64 = 300;
/// Smallest surplus of shared articles, in 64ths of a bit: half as many again as by chance. Words of any topic share less.
const MIN_INFORMATION: u64 = 40;
/// Bits of a character in a context.
const CHAR_BITS: u32 = 21;

/// Term that may have relations.
pub(super) struct TermCandidate {
    /// Folded term.
    pub(super) folded: String,
    /// True if the term stands for a topic. Others are related to one by their neighbours alone.
    pub(super) is_topic: bool,
}

/// Returns the terms related to each of `terms`, by their numbers, best first.
pub(super) fn related_terms(
    articles: &StoredArticles,
    terms: &[TermCandidate],
) -> Result<Vec<Vec<u32>>, WriteError> {
    let finder = AhoCorasick::builder()
        .match_kind(MatchKind::LeftmostLongest)
        .build(terms.iter().map(|term| &term.folded));
    let finder = finder.map_err(|_| WriteError::FormatLimit("this number of terms"))?;
    let sample = (0..articles.len()).into_par_iter().step_by(articles.len().div_ceil(MAX_ARTICLES).max(1));
    let observed = sample.map(|at| Ok(ArticleTerms::from_text(&articles.text(at)?, &finder)));
    let observed: Vec<ArticleTerms> = observed.collect::<Result<_, WriteError>>()?;
    let neighbours = observed.iter().flat_map(|article| article.neighbours.iter().copied()).collect();
    let neighbours = neighbour_vectors(terms.len(), neighbours);
    let contents = Contents::new(terms, observed.into_iter().map(|article| article.terms).collect());
    let shared = contents.vectors();
    let related = (0..terms.len()).into_par_iter().map(|term| contents.related(term, &shared, &neighbours));
    Ok(related.collect())
}

/// Terms of an article.
struct ArticleTerms {
    /// Numbers of its terms, ascending.
    terms: Vec<u32>,
    /// Each occurrence of a term with two characters before or after: the number of the term, and below it the context.
    neighbours: Vec<u64>,
}

impl ArticleTerms {
    fn from_text(text: &str, finder: &AhoCorasick) -> ArticleTerms {
        let folded = fold(text);
        let (mut terms, mut neighbours) = (Vec::new(), Vec::new());
        for found in finder.find_iter(&folded) {
            let term = found.pattern().as_u32();
            terms.push(term);
            let before = pair(folded[..found.start()].chars().rev());
            let after = pair(folded[found.end()..].chars()).map(|pair| pair | 1 << (2 * CHAR_BITS));
            let contexts = before.into_iter().chain(after);
            neighbours.extend(contexts.map(|context| u64::from(term) << CONTEXT_BITS | context));
        }
        terms.sort_unstable();
        terms.dedup();
        ArticleTerms { terms, neighbours }
    }
}

/// Bits of a context: two characters and the side.
const CONTEXT_BITS: u32 = 2 * CHAR_BITS + 1;

/// Returns the code of the next two characters if both are Han.
fn pair(mut chars: impl Iterator<Item = char>) -> Option<u64> {
    let mut next = || chars.next().filter(|&c| super::terms::is_han(c)).map(|c| u64::from(u32::from(c)));
    Some(next()? << CHAR_BITS | next()?)
}

/// Weights of the contexts of each term.
struct ContextVectors {
    /// Contexts of each term with their weights.
    vectors: Vec<Vec<(u32, u64)>>,
    /// Sum of the squared weights of each term.
    norms: Vec<u64>,
    /// Terms of each context with their weights.
    terms_of: HashMap<u32, Vec<(u32, u64)>>,
}

impl ContextVectors {
    fn new(vectors: Vec<Vec<(u32, u64)>>) -> ContextVectors {
        let norms =
            vectors.iter().map(|vector| vector.iter().map(|(_, weight)| weight * weight).sum()).collect();
        let mut terms_of: HashMap<u32, Vec<(u32, u64)>> = HashMap::new();
        for (vector, term) in vectors.iter().zip(0..) {
            vector.iter().for_each(|&(context, weight)| {
                terms_of.entry(context).or_default().push((term, weight));
            });
        }
        ContextVectors { vectors, norms, terms_of }
    }

    /// Returns the cosine between the vectors of `term` and of each term, in thousandths.
    fn similarities(&self, term: usize) -> Vec<u64> {
        let mut products = vec![0u64; self.vectors.len()];
        for (context, weight) in &self.vectors[term] {
            for (other, other_weight) in self.terms_of.get(context).into_iter().flatten() {
                products[*other as usize] += weight * other_weight;
            }
        }
        let cosine = |(product, norm): (u64, &u64)| {
            let norms = u128::from(self.norms[term]) * u128::from(*norm);
            let square = u128::from(product).pow(2) * 1_000_000;
            u64::try_from(square.checked_div(norms).unwrap_or_default().isqrt()).unwrap_or_default()
        };
        products.into_iter().zip(&self.norms).map(cosine).collect()
    }
}

/// Number of observations: of a context with a term, of the term, of the context, and in all.
struct Observations {
    both: u64,
    term: u64,
    context: u64,
    all: u64,
}

impl Observations {
    /// Returns the logarithm of the ratio between observations and those expected by chance, in 64ths of a bit; 0 if
    /// there are no more.
    fn information(&self) -> u64 {
        log2(self.both * self.all, self.term * self.context)
    }

    /// Returns the certainty that the observations are no chance: their log-likelihood ratio.
    fn certainty(&self) -> u64 {
        /// 64 divided by the natural logarithm of two.
        const PER_NAT: u64 = 92;
        let expected = self.term * self.context / self.all.max(1);
        (self.both * self.information()).saturating_sub(PER_NAT * self.both.saturating_sub(expected))
    }
}

/// Returns the logarithm to base two of a ratio, in 64ths; 0 for ratios up to one.
fn log2(numerator: u64, denominator: u64) -> u64 {
    const FRACTION: u32 = 31;
    let ratio = (u128::from(numerator) << FRACTION) / u128::from(denominator.max(1));
    let whole = ratio.max(1).ilog2().saturating_sub(FRACTION);
    let mut rest = (ratio >> whole).max(1 << FRACTION);
    (0..6).fold(u64::from(whole), |bits, _| {
        rest = (rest * rest) >> FRACTION;
        let bit = rest >> (FRACTION + 1);
        rest >>= bit;
        bits << 1 | bit as u64
    })
}

/// Returns the most certain contexts with their weights.
fn strongest(contexts: impl Iterator<Item = (u32, Observations)>) -> Vec<(u32, u64)> {
    let weighed = contexts.map(|(context, seen)| (seen.certainty(), context, seen.information()));
    let mut weighed: Vec<(u64, u32, u64)> = weighed.filter(|&(certainty, ..)| certainty > 0).collect();
    weighed.sort_unstable_by(|one, other| other.0.cmp(&one.0).then(one.1.cmp(&other.1)));
    weighed.truncate(MAX_CONTEXTS);
    weighed.into_iter().map(|(_, context, information)| (context, information)).collect()
}

/// Returns the vectors of the characters beside each of `count` terms.
fn neighbour_vectors(count: usize, mut seen: Vec<u64>) -> ContextVectors {
    seen.par_sort_unstable();
    let context_of = |code: u64| code & ((1 << CONTEXT_BITS) - 1);
    // Number and frequency of each context.
    let mut contexts: HashMap<u64, (u32, u64)> = HashMap::new();
    for &code in &seen {
        let next = contexts.len() as u32;
        contexts.entry(context_of(code)).or_insert((next, 0)).1 += 1;
    }
    let mut vectors = vec![Vec::new(); count];
    for of_term in seen.chunk_by(|one, other| one >> CONTEXT_BITS == other >> CONTEXT_BITS) {
        let pairs = of_term.chunk_by(|one, other| one == other).filter(|same| same.len() > 1);
        let observed = pairs.filter_map(|same| {
            let &(number, context) = contexts.get(&context_of(same[0]))?;
            let (both, term) = (same.len() as u64, of_term.len() as u64);
            Some((number, Observations { both, term, context, all: seen.len() as u64 }))
        });
        vectors[(of_term[0] >> CONTEXT_BITS) as usize] = strongest(observed);
    }
    ContextVectors::new(vectors)
}

/// Terms of the articles.
struct Contents<'a> {
    terms: &'a [TermCandidate],
    /// Terms of each article.
    articles: Vec<Vec<u32>>,
    /// Articles of each term.
    articles_of: Vec<Vec<u32>>,
}

impl<'a> Contents<'a> {
    fn new(terms: &'a [TermCandidate], articles: Vec<Vec<u32>>) -> Contents<'a> {
        let mut articles_of = vec![Vec::new(); terms.len()];
        for (article, number) in articles.iter().zip(0..) {
            article.iter().for_each(|&term| articles_of[term as usize].push(number));
        }
        Contents { terms, articles, articles_of }
    }

    /// Returns the number of articles that `term` shares with each term.
    fn shared_articles(&self, term: usize) -> Vec<u32> {
        let mut counts = vec![0; self.terms.len()];
        for &article in &self.articles_of[term] {
            self.articles[article as usize].iter().for_each(|&other| counts[other as usize] += 1);
        }
        counts
    }

    /// Returns true if neither term is part of the other.
    fn are_distinct(&self, one: usize, other: usize) -> bool {
        let (one, other) = (&self.terms[one].folded, &self.terms[other].folded);
        !one.contains(other) && !other.contains(one)
    }

    fn is_frequent(&self, term: usize) -> bool {
        self.articles_of[term].len() >= MIN_ARTICLES
    }

    fn observations(&self, one: usize, other: usize, shared: u32) -> Observations {
        Observations {
            both: u64::from(shared),
            term: self.articles_of[one].len() as u64,
            context: self.articles_of[other].len() as u64,
            all: self.articles.len() as u64,
        }
    }

    /// Returns the vectors of the terms that share articles with each term.
    fn vectors(&self) -> ContextVectors {
        let vectors = (0..self.terms.len()).into_par_iter().map(|term| {
            let shared = self.shared_articles(term).into_iter().enumerate();
            let shared = shared
                .filter(|&(other, shared)| shared >= MIN_SHARED_ARTICLES && self.are_distinct(term, other));
            strongest(shared.map(|(other, shared)| (other as u32, self.observations(term, other, shared))))
        });
        ContextVectors::new(vectors.collect())
    }

    /// Returns the related terms of `term`: first those with the same neighbours, then those of the same articles.
    fn related(&self, term: usize, contents: &ContextVectors, neighbours: &ContextVectors) -> Vec<u32> {
        if !self.terms[term].is_topic || !self.is_frequent(term) {
            return Vec::new();
        }
        let (by_content, by_neighbours) = (contents.similarities(term), neighbours.similarities(term));
        let mut alternatives: Vec<(u128, usize)> = Vec::new();
        let mut companions: Vec<(u64, usize)> = Vec::new();
        for (other, shared) in self.shared_articles(term).into_iter().enumerate() {
            if !self.are_distinct(term, other) || !self.is_frequent(other) {
                continue;
            }
            let seen = self.observations(term, other, shared);
            if by_neighbours[other] >= MIN_NEIGHBOUR_SIMILARITY {
                // Other words for the same thing share fewer articles than their contents suggest.
                let similarity = u128::from(by_neighbours[other] * by_content[other]).pow(2);
                let (expected, shared) = (seen.term * seen.context, seen.both * seen.all);
                let shared = shared.max(expected / 2).max(1);
                alternatives.push((similarity * u128::from(expected) / u128::from(shared), other));
            }
            let is_topic = self.terms[other].is_topic;
            if is_topic && shared >= MIN_SHARED_ARTICLES && seen.information() >= MIN_INFORMATION {
                let most = log2(seen.all, seen.both).max(1);
                companions.push((1000 * seen.information() / most + by_content[other] / 2, other));
            }
        }
        alternatives.retain(|&(score, _)| score > 0);
        companions.retain(|&(score, _)| score >= MIN_ARTICLE_SCORE);
        alternatives.sort_unstable_by(|one, other| other.0.cmp(&one.0).then(one.1.cmp(&other.1)));
        companions.sort_unstable_by(|one, other| other.0.cmp(&one.0).then(one.1.cmp(&other.1)));
        let mut related: Vec<usize> = Vec::new();
        let mut take = |ranked: &mut dyn Iterator<Item = usize>, most: usize| {
            for other in ranked {
                if related.len() == most {
                    break;
                }
                if related.iter().all(|&there| self.are_distinct(there, other)) {
                    related.push(other);
                }
            }
        };
        take(&mut alternatives.into_iter().map(|(_, other)| other), MAX_ALTERNATIVES);
        take(&mut companions.into_iter().map(|(_, other)| other), RELATED_TERMS);
        related.into_iter().map(|other| other as u32).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Article, Block, Inline};

    fn topics(terms: &[&str]) -> Vec<TermCandidate> {
        terms.iter().map(|term| TermCandidate { folded: fold(term), is_topic: true }).collect()
    }

    fn article(text: &str) -> Article {
        Article::from_blocks("报道", vec![Block::Paragraph(vec![Inline::text(text)])])
    }

    /// Articles of two newspapers that name the same lighthouse differently, and of others about ferries.
    fn articles() -> StoredArticles {
        let mut articles = Vec::new();
        for _ in 0..10 {
            for (tower, ends) in [("灯塔", "甲乙丙丁"), ("光塔", "戊己庚辛")] {
                for end in ends.chars() {
                    articles.push(article(&format!("老旧{tower}熄灭，守护{tower}修缮，{end}港口")));
                }
            }
            for end in "甲乙丙丁戊己庚辛".chars() {
                articles.push(article(&format!("清晨渡船靠岸，{end}渡口，黄昏渡船开走")));
            }
        }
        stored(articles)
    }

    fn stored(articles: Vec<Article>) -> StoredArticles {
        StoredArticles::from_articles(articles, &std::env::temp_dir()).unwrap()
    }

    #[test]
    fn terms_with_the_same_neighbours_or_articles_are_related() {
        let mut terms = topics(&["灯塔", "光塔", "港口", "渡船", "渡口", "无人"]);
        let related = related_terms(&articles(), &terms).unwrap();
        assert_eq!(related[0], [1, 2], "the other name first");
        assert_eq!(related[1], [0, 2]);
        assert_eq!(related[3], [4]);
        assert_eq!(related[5], [0u32; 0]);
        assert_eq!(related, related_terms(&articles(), &terms).unwrap());
        terms[2].is_topic = false;
        let related = related_terms(&articles(), &terms).unwrap();
        assert_eq!((related[0].as_slice(), related[2].as_slice()), (&[1][..], &[][..]));
    }

    #[test]
    fn parts_of_a_term_are_not_related_to_it() {
        let related = related_terms(&articles(), &topics(&["灯塔", "灯塔熄灭", "港口"])).unwrap();
        assert!(!related[0].contains(&1) && !related[1].contains(&0), "{related:?}");
        assert!(related_terms(&stored(Vec::new()), &[]).unwrap().is_empty());
    }

    #[test]
    fn logarithms_are_those_of_floating_point_numbers() {
        for (numerator, denominator) in
            [(1u64, 1u64), (2, 1), (3, 2), (1000, 3), (7, 9), (1 << 40, 3), (0, 5)]
        {
            let exact = (numerator as f64 / denominator as f64).log2().max(0.0) * 64.0;
            let fixed = log2(numerator, denominator) as f64;
            assert!((exact - fixed).abs() < 1.01, "{numerator}/{denominator}: {fixed} {exact}");
        }
    }
}
