//! Related articles: for each article, the few that share most of its distinctive tokens.
//!
//! Each article becomes a query of its best tokens, those rare in the archive and frequent in the article. The other
//! articles are ranked for that query by BM25 on the index.

use super::compact_lists::{CompactList, CompactLists};
use crate::archive::index::{FrequencyClass, LengthBucket, LengthTable};
use rayon::prelude::*;
use std::collections::HashMap;

/// Maximum number of related articles.
const MAX_RELATED: usize = 5;
/// Number of tokens that represent an article.
const TOKENS_PER_ARTICLE: usize = 24;
/// Minimum share of an article's total token score that a related article reaches, in percent.
const MIN_SHARED_PERCENT: u64 = 12;

/// Returns, for each of `count` articles, the ordinals of the most similar ones, best first. `lists` holds the
/// postings of tokens that few articles share; articles of one group in `same` are not related to each other.
pub fn related_articles(
    lists: &CompactLists,
    lengths: &LengthTable,
    same: &[Vec<u32>],
    count: usize,
) -> Vec<Vec<u32>> {
    let mut own: Vec<Vec<(u32, u32)>> = vec![Vec::new(); count];
    for (list, number) in lists.iter().zip(0..) {
        for (ordinal, frequency) in list.postings() {
            let best = &mut own[ordinal as usize];
            best.push((token_score(list, frequency, lengths.get(ordinal), count), number));
            // Truncated occasionally: cheaper than keeping the list sorted.
            if best.len() >= 2 * TOKENS_PER_ARTICLE {
                truncate_to_best(best);
            }
        }
    }
    own.par_iter_mut().for_each(truncate_to_best);
    let mut group_of = HashMap::new();
    for (group, number) in same.iter().zip(0u32..) {
        group_of.extend(group.iter().map(|&ordinal| (ordinal, number)));
    }
    let like = |(ordinal, units): (u32, &Vec<(u32, u32)>)| {
        let mut scores: HashMap<u32, u64> = HashMap::new();
        for &(_, number) in units {
            let list = lists.list(number);
            for (other, frequency) in list.postings() {
                let score = token_score(list, frequency, lengths.get(other), count);
                *scores.entry(other).or_default() += u64::from(score);
            }
        }
        let all: u64 = units.iter().map(|&(share, _)| u64::from(share)).sum();
        let group = group_of.get(&ordinal);
        let is_other = |other: u32| other != ordinal && (group.is_none() || group != group_of.get(&other));
        let mut ranked: Vec<(u64, u32)> = scores
            .into_iter()
            .filter(|&(other, score)| score * 100 >= all * MIN_SHARED_PERCENT && is_other(other))
            .map(|(other, score)| (score, other))
            .collect();
        ranked.sort_unstable_by(|a, b| b.cmp(a));
        ranked.into_iter().map(|(_, other)| other).take(MAX_RELATED).collect()
    };
    (0..own.len() as u32).into_par_iter().zip(&own).map(like).collect()
}

/// BM25 share of a single mention in a long article, which carries no information.
const BASELINE_SHARE: u32 = 150;
/// Bonus for a token in the title, on the scale of the share.
const TITLE_BONUS: u32 = 250;

/// Returns the score of a token: rarity times share.
///
/// Rarity uses powers of two, so that daily growth rarely changes the score.
fn token_score(list: CompactList<'_>, frequency: FrequencyClass, length: LengthBucket, count: usize) -> u32 {
    let rarity = (count.next_power_of_two() / list.count()).max(2).ilog2();
    let title = if frequency.in_title() { TITLE_BONUS } else { 0 };
    rarity * (frequency.bm25_share(length).saturating_sub(BASELINE_SHARE) + title)
}

fn truncate_to_best(units: &mut Vec<(u32, u32)>) {
    units.sort_unstable_by(|a, b| b.cmp(a));
    units.truncate(TOKENS_PER_ARTICLE);
}

#[cfg(test)]
mod tests {
    use super::super::compact_lists::CompactPart;
    use super::*;
    use crate::archive::index::Postings;

    fn list(ordinals: &[u32]) -> Postings {
        let mut list = Postings::default();
        ordinals.iter().for_each(|&ordinal| list.push(ordinal, FrequencyClass::new(1, false)));
        list
    }

    #[test]
    fn articles_rank_by_shared_tokens_without_duplicates() {
        let lists =
            [list(&[0, 1]), list(&[0, 1]), list(&[0, 2]), list(&[0, 3]), list(&[0, 3]), list(&[0, 3])];
        let mut part = CompactPart::default();
        lists.iter().zip(0..).for_each(|(list, token)| part.push(token, list));
        let lists = [part].into_iter().collect();
        let related = related_articles(&lists, &LengthTable::default(), &[vec![0, 3]], 100);
        assert_eq!(related[0], [1, 2]);
        assert_eq!(related[2], [0]);
        assert!(related[9].is_empty());
    }
}
