//! The front page of a day or a month: which articles come first, and where the others stand.

use crate::archive::Days;
use crate::model::Date;
use crate::order;
use crate::search::Period;
use std::ops::Range;

/// An article as far as its place on the page depends on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Story {
    /// Its ordinal.
    pub ordinal: u32,
    /// Its source's number in the manifest.
    pub source: u16,
    /// How long it is to read, in any unit.
    pub length: u32,
    /// The articles most like it.
    pub related: Vec<u32>,
}

/// A page: ordinals by place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Front {
    /// What stands at the top, the first one largest.
    pub leads: Vec<u32>,
    /// The others by source, each with the source's number.
    pub sections: Vec<(u16, Vec<u32>)>,
}

/// How many articles stand at the top, when there are more than that.
const LEADS: usize = 3;

impl Front {
    /// Lays out `stories`: long ones first, and those that most others of the page are like, each counting as
    /// much as the other. Of equal ones the later comes first.
    pub fn of(stories: &[Story]) -> Front {
        let weights = weights(stories);
        let mut order: Vec<usize> = (0..stories.len()).collect();
        order::sort_by_key(&mut order, |&at| std::cmp::Reverse((weights[at], stories[at].ordinal)));
        let leads = if stories.len() > LEADS { LEADS } else { 1 };
        let (leads, rest) = order.split_at(leads.min(order.len()));
        let mut sections: Vec<(u16, Vec<u32>)> = Vec::new();
        for story in rest.iter().map(|&at| &stories[at]) {
            match sections.iter_mut().find(|(source, _)| *source == story.source) {
                Some((_, section)) => section.push(story.ordinal),
                None => sections.push((story.source, vec![story.ordinal])),
            }
        }
        // Stable: of sources with as many articles the one with the weightier comes first.
        order::sort_by_key(&mut sections, |(_, section)| std::cmp::Reverse(section.len()));
        Front { leads: leads.iter().map(|&at| stories[at].ordinal).collect(), sections }
    }
}

/// Length and likeness, each in thousandths of the page's most.
fn weights(stories: &[Story]) -> Vec<u64> {
    let here = |ordinal: &u32| stories.binary_search_by_key(ordinal, |story| story.ordinal).ok();
    let mut links = vec![0_u64; stories.len()];
    for (at, story) in stories.iter().enumerate() {
        for other in story.related.iter().filter_map(here) {
            links[at] += 1;
            links[other] += 1;
        }
    }
    let longest = stories.iter().map(|story| u64::from(story.length)).max().unwrap_or(0).max(1);
    let most = links.iter().copied().max().unwrap_or(0).max(1);
    let weight =
        |(story, links): (&Story, u64)| u64::from(story.length) * 1000 / longest + links * 1000 / most;
    stories.iter().zip(links).map(weight).collect()
}

/// What stands around a day or a month in time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Around {
    /// The ordinals of its own articles.
    pub own: Range<u32>,
    /// The one before it that has articles, and the next.
    pub neighbours: [Option<Period>; 2],
    /// The same day or month of other years, latest first, with the ordinals of their articles.
    pub other_years: Vec<(Period, Range<u32>)>,
    /// Of a month, its days that have articles.
    pub days: Vec<(Period, Range<u32>)>,
}

impl Around {
    /// Looks around `period` in `days`.
    pub fn of(period: Period, days: &Days) -> Around {
        let like = |date: Date| of_date(date, period);
        let mut around =
            Around { own: days.between(Some(period.start()), Some(period.end())), ..Around::default() };
        for (date, range) in days.iter() {
            let other = like(date);
            match other.start().cmp(&period.start()) {
                std::cmp::Ordering::Less => around.neighbours[0] = Some(other),
                std::cmp::Ordering::Greater => around.neighbours[1] = around.neighbours[1].or(Some(other)),
                std::cmp::Ordering::Equal if period.day.is_none() => {
                    around.days.push((Period { day: Some(date.day), ..other }, range.clone()));
                }
                std::cmp::Ordering::Equal => {}
            }
            if other.year != period.year && (other.month, other.day) == (period.month, period.day) {
                match around.other_years.last_mut() {
                    Some((last, whole)) if *last == other => whole.end = range.end,
                    _ => around.other_years.push((other, range)),
                }
            }
        }
        around.other_years.reverse();
        around
    }
}

/// The day, month or year that a date lies in: whichever `like` is.
pub fn of_date(date: Date, like: Period) -> Period {
    Period { year: date.year, month: like.month.map(|_| date.month), day: like.day.map(|_| date.day) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn story(ordinal: u32, source: u16, length: u32, related: &[u32]) -> Story {
        Story { ordinal, source, length, related: related.to_vec() }
    }

    #[test]
    fn the_longest_and_the_most_alike_lead() {
        let stories = [
            story(10, 0, 900, &[]),
            story(11, 1, 1000, &[12, 99]),
            story(12, 1, 100, &[11, 13]),
            story(13, 2, 200, &[12]),
            story(14, 1, 50, &[12]),
        ];
        let front = Front::of(&stories);
        assert_eq!(front.leads, [11, 12, 10]);
        assert_eq!(front.sections, [(2, vec![13]), (1, vec![14])]);
    }

    #[test]
    fn few_articles_have_one_lead() {
        assert_eq!(Front::of(&[]), Front::default());
        let front = Front::of(&[story(3, 0, 5, &[]), story(4, 0, 5, &[])]);
        assert_eq!((front.leads, front.sections), (vec![4], vec![(0, vec![3])]));
    }

    fn days() -> Days {
        let dates = [(2021, 10, 7), (2022, 10, 7), (2022, 10, 7), (2022, 10, 9), (2023, 2, 1), (2023, 10, 7)];
        let date = |(year, month, day)| Some(Date { year, month, day });
        Days::of([None].into_iter().chain(dates.map(date)))
    }

    fn written(periods: &[(Period, Range<u32>)]) -> Vec<(String, Range<u32>)> {
        periods.iter().map(|(period, range)| (period.to_string(), range.clone())).collect()
    }

    #[test]
    fn a_day_has_neighbours_and_other_years() {
        let around = Around::of(Period::parse("2022-10-07").unwrap(), &days());
        assert_eq!(around.own, 2..4);
        assert_eq!(around.neighbours.map(|day| day.unwrap().to_string()), ["2021-10-07", "2022-10-09"]);
        assert_eq!(written(&around.other_years), [("2023-10-07".into(), 6..7), ("2021-10-07".into(), 1..2)]);
        assert_eq!(around.days, []);
    }

    #[test]
    fn a_month_has_days() {
        let around = Around::of(Period::parse("2022-10").unwrap(), &days());
        assert_eq!(around.own, 2..5);
        assert_eq!(around.neighbours.map(|month| month.unwrap().to_string()), ["2021-10", "2023-02"]);
        assert_eq!(written(&around.other_years), [("2023-10".into(), 6..7), ("2021-10".into(), 1..2)]);
        assert_eq!(written(&around.days), [("2022-10-07".into(), 2..4), ("2022-10-09".into(), 4..5)]);
    }

    #[test]
    fn a_day_without_articles_still_has_neighbours() {
        let around = Around::of(Period::parse("2022-12-31").unwrap(), &days());
        assert!(around.own.is_empty());
        assert_eq!(around.neighbours.map(|day| day.unwrap().to_string()), ["2022-10-09", "2023-02-01"]);
        let around = Around::of(Period::parse("1990-01-01").unwrap(), &days());
        assert_eq!(around.neighbours[0], None);
    }

    proptest! {
        #[test]
        fn every_article_stands_once(lengths in proptest::collection::vec((0_u16..5, 0_u32..3000, proptest::collection::vec(0_u32..60, 0..5)), 0..60)) {
            let stories: Vec<Story> = lengths.into_iter().zip(0..)
                .map(|((source, length, related), ordinal)| Story { ordinal, source, length, related }).collect();
            let front = Front::of(&stories);
            let mut all: Vec<u32> = front.leads.iter().chain(front.sections.iter().flat_map(|(_, section)| section)).copied().collect();
            all.sort_unstable();
            prop_assert_eq!(all, (0..stories.len() as u32).collect::<Vec<_>>());
            for (source, section) in &front.sections {
                prop_assert!(section.iter().all(|&ordinal| stories[ordinal as usize].source == *source));
            }
        }
    }
}
