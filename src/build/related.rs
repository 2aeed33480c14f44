//! Related articles: for each the few that share most of what is particular to it.
//!
//! An article is taken for the query of its own best units, those that are rare in the archive and frequent
//! in it, and the others are ranked for that query by BM25 over what the index holds.

use crate::archive::{Length, Lengths, Postings, Weight};
use rayon::prelude::*;
use std::collections::HashMap;

/// How many articles are named beside each.
const RELATED: usize = 5;
/// How many units stand for an article.
const UNITS: usize = 24;
/// Two articles are related when they share this part of what one of them stands for, in hundredths.
const LEAST: u64 = 12;

/// For each of `count` articles the ordinals of those most like it, best first. `lists` are those of units
/// that few articles have in common; articles of one group of the `same` body are not named to each other.
pub fn related(lists: &[Postings], lengths: &Lengths, same: &[Vec<u32>], count: usize) -> Vec<Vec<u32>> {
    let mut own: Vec<Vec<(u64, u32)>> = vec![Vec::new(); count];
    for (list, number) in lists.iter().zip(0..) {
        for (ordinal, weight) in list.iter() {
            let best = &mut own[ordinal as usize];
            best.push((share(list, weight, lengths.get(ordinal), count), number));
            // Now and then is enough, and costs less than keeping them in order.
            if best.len() >= 4 * UNITS {
                keep_best(best);
            }
        }
    }
    own.par_iter_mut().for_each(keep_best);
    let mut group_of = HashMap::new();
    for (group, number) in same.iter().zip(0u32..) {
        group_of.extend(group.iter().map(|&ordinal| (ordinal, number)));
    }
    let like = |(ordinal, units): (u32, &Vec<(u64, u32)>)| {
        let mut scores: HashMap<u32, u64> = HashMap::new();
        for &(_, number) in units {
            let list = &lists[number as usize];
            for (other, weight) in list.iter() {
                *scores.entry(other).or_default() += share(list, weight, lengths.get(other), count);
            }
        }
        let all: u64 = units.iter().map(|&(share, _)| share).sum();
        let group = group_of.get(&ordinal);
        let is_other = |other: u32| other != ordinal && (group.is_none() || group != group_of.get(&other));
        let mut ranked: Vec<(u64, u32)> = scores
            .into_iter()
            .filter(|&(other, score)| score * 100 >= all * LEAST && is_other(other))
            .map(|(other, score)| (score, other))
            .collect();
        ranked.sort_unstable_by(|a, b| b.cmp(a));
        ranked.into_iter().map(|(_, other)| other).take(RELATED).collect()
    };
    (0..own.len() as u32).into_par_iter().zip(&own).map(like).collect()
}

/// What a single mention in a long article has as its share, and says nothing.
const NOTHING: u32 = 150;
/// What a title says of an article beyond its text, beside a share.
const TITLE: u32 = 250;

/// What a unit says of an article: how rare it is times its share. An archive that grows by a day stays equal in this.
fn share(list: &Postings, weight: Weight, length: Length, count: usize) -> u64 {
    let rarity = (count.next_power_of_two() / list.len()).max(2).ilog2();
    let title = if weight.titled() { TITLE } else { 0 };
    u64::from(rarity * (weight.share(length).saturating_sub(NOTHING) + title))
}

fn keep_best(units: &mut Vec<(u64, u32)>) {
    units.sort_unstable_by(|a, b| b.cmp(a));
    units.truncate(UNITS);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(ordinals: &[u32]) -> Postings {
        let mut list = Postings::default();
        ordinals.iter().for_each(|&ordinal| list.push(ordinal, Weight::of(1, false)));
        list
    }

    #[test]
    fn who_shares_most_comes_first_and_twins_are_left_out() {
        let lists =
            [list(&[0, 1]), list(&[0, 1]), list(&[0, 2]), list(&[0, 3]), list(&[0, 3]), list(&[0, 3])];
        let related = related(&lists, &Lengths::default(), &[vec![0, 3]], 100);
        assert_eq!(related[0], [1, 2]);
        assert_eq!(related[2], [0]);
        assert!(related[9].is_empty());
    }
}
