//! Front page of a day or a month: selection of the leads, and sections by source.

use crate::archive::DateIndex;
use crate::model::Date;
use crate::search::Period;
use crate::small_sort;
use std::ops::Range;

/// Article with the properties that determine its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FrontArticle {
    /// Ordinal.
    pub ordinal: u32,
    /// Index of the source in the manifest.
    pub source: u16,
    /// Reading length in any common unit.
    pub length: u32,
    /// Ordinals of related articles.
    pub related: Vec<u32>,
}

/// Layout: ordinals by place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FrontPageLayout {
    /// Lead articles, the first one largest.
    pub leads: Vec<u32>,
    /// All others by source, each with the source's index.
    pub sections: Vec<(u16, Vec<u32>)>,
}

/// Number of leads if there are more articles than this.
const LEAD_COUNT: usize = 3;

impl FrontPageLayout {
    /// Lays out `stories`. Length and the number of related articles on the page count equally; later
    /// articles win ties.
    pub fn new(stories: &[FrontArticle]) -> FrontPageLayout {
        let weights = prominence(stories);
        let mut order: Vec<usize> = (0..stories.len()).collect();
        small_sort::sort_by_key(&mut order, |&at| std::cmp::Reverse((weights[at], stories[at].ordinal)));
        let leads = if stories.len() > LEAD_COUNT { LEAD_COUNT } else { 1 };
        let (leads, rest) = order.split_at(leads.min(order.len()));
        let mut sections: Vec<(u16, Vec<u32>)> = Vec::new();
        for story in rest.iter().map(|&at| &stories[at]) {
            match sections.iter_mut().find(|(source, _)| *source == story.source) {
                Some((_, section)) => section.push(story.ordinal),
                None => sections.push((story.source, vec![story.ordinal])),
            }
        }
        // The sort is stable: of equally large sections the one with the more prominent article comes first.
        small_sort::sort_by_key(&mut sections, |(_, section)| std::cmp::Reverse(section.len()));
        FrontPageLayout { leads: leads.iter().map(|&at| stories[at].ordinal).collect(), sections }
    }
}

/// Returns the prominence of each article: length and number of links, each in thousandths of the page's
/// maximum.
fn prominence(stories: &[FrontArticle]) -> Vec<u64> {
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
        |(story, links): (&FrontArticle, u64)| u64::from(story.length) * 1000 / longest + links * 1000 / most;
    stories.iter().zip(links).map(weight).collect()
}

/// Neighbours of a day or a month in time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PeriodNeighbours {
    /// Ordinals of the period's own articles.
    pub ordinals: Range<u32>,
    /// Previous and next period with articles.
    pub adjacent: [Option<Period>; 2],
    /// Same day or month of other years, latest first, with ordinals.
    pub other_years: Vec<(Period, Range<u32>)>,
    /// Days of a month that have articles.
    pub days: Vec<(Period, Range<u32>)>,
}

impl PeriodNeighbours {
    /// Finds the neighbours of `period` in `days`.
    pub fn new(period: Period, days: &DateIndex) -> PeriodNeighbours {
        let like = |date: Date| enclosing_period(date, period);
        let mut around = PeriodNeighbours {
            ordinals: days.ordinals_between(Some(period.start()), Some(period.end())),
            ..PeriodNeighbours::default()
        };
        for (date, range) in days.iter() {
            let other = like(date);
            match other.start().cmp(&period.start()) {
                std::cmp::Ordering::Less => around.adjacent[0] = Some(other),
                std::cmp::Ordering::Greater => around.adjacent[1] = around.adjacent[1].or(Some(other)),
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

/// Returns the day, month or year of `date`, with the granularity of `like`.
pub fn enclosing_period(date: Date, like: Period) -> Period {
    Period { year: date.year, month: like.month.map(|_| date.month), day: like.day.map(|_| date.day) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn story(ordinal: u32, source: u16, length: u32, related: &[u32]) -> FrontArticle {
        FrontArticle { ordinal, source, length, related: related.to_vec() }
    }

    #[test]
    fn longest_and_most_linked_articles_are_leads() {
        let stories = [
            story(10, 0, 900, &[]),
            story(11, 1, 1000, &[12, 99]),
            story(12, 1, 100, &[11, 13]),
            story(13, 2, 200, &[12]),
            story(14, 1, 50, &[12]),
        ];
        let front = FrontPageLayout::new(&stories);
        assert_eq!(front.leads, [11, 12, 10]);
        assert_eq!(front.sections, [(2, vec![13]), (1, vec![14])]);
    }

    #[test]
    fn page_of_few_articles_has_one_lead() {
        assert_eq!(FrontPageLayout::new(&[]), FrontPageLayout::default());
        let front = FrontPageLayout::new(&[story(3, 0, 5, &[]), story(4, 0, 5, &[])]);
        assert_eq!((front.leads, front.sections), (vec![4], vec![(0, vec![3])]));
    }

    fn days() -> DateIndex {
        let dates = [(2021, 10, 7), (2022, 10, 7), (2022, 10, 7), (2022, 10, 9), (2023, 2, 1), (2023, 10, 7)];
        let date = |(year, month, day)| Some(Date { year, month, day });
        DateIndex::from_dates([None].into_iter().chain(dates.map(date)))
    }

    fn written(periods: &[(Period, Range<u32>)]) -> Vec<(String, Range<u32>)> {
        periods.iter().map(|(period, range)| (period.to_string(), range.clone())).collect()
    }

    #[test]
    fn day_has_neighbours_and_other_years() {
        let around = PeriodNeighbours::new(Period::parse("2022-10-07").unwrap(), &days());
        assert_eq!(around.ordinals, 2..4);
        assert_eq!(around.adjacent.map(|day| day.unwrap().to_string()), ["2021-10-07", "2022-10-09"]);
        assert_eq!(written(&around.other_years), [("2023-10-07".into(), 6..7), ("2021-10-07".into(), 1..2)]);
        assert_eq!(around.days, []);
    }

    #[test]
    fn month_has_neighbours_other_years_and_days() {
        let around = PeriodNeighbours::new(Period::parse("2022-10").unwrap(), &days());
        assert_eq!(around.ordinals, 2..5);
        assert_eq!(around.adjacent.map(|month| month.unwrap().to_string()), ["2021-10", "2023-02"]);
        assert_eq!(written(&around.other_years), [("2023-10".into(), 6..7), ("2021-10".into(), 1..2)]);
        assert_eq!(written(&around.days), [("2022-10-07".into(), 2..4), ("2022-10-09".into(), 4..5)]);
    }

    #[test]
    fn day_without_articles_has_neighbours() {
        let around = PeriodNeighbours::new(Period::parse("2022-12-31").unwrap(), &days());
        assert!(around.ordinals.is_empty());
        assert_eq!(around.adjacent.map(|day| day.unwrap().to_string()), ["2022-10-09", "2023-02-01"]);
        let around = PeriodNeighbours::new(Period::parse("1990-01-01").unwrap(), &days());
        assert_eq!(around.adjacent[0], None);
    }

    proptest! {
        #[test]
        fn every_article_appears_once(lengths in proptest::collection::vec((0_u16..5, 0_u32..3000, proptest::collection::vec(0_u32..60, 0..5)), 0..60)) {
            let stories: Vec<FrontArticle> = lengths.into_iter().zip(0..)
                .map(|((source, length, related), ordinal)| FrontArticle { ordinal, source, length, related }).collect();
            let front = FrontPageLayout::new(&stories);
            let mut all: Vec<u32> = front.leads.iter().chain(front.sections.iter().flat_map(|(_, section)| section)).copied().collect();
            all.sort_unstable();
            prop_assert_eq!(all, (0..stories.len() as u32).collect::<Vec<_>>());
            for (source, section) in &front.sections {
                prop_assert!(section.iter().all(|&ordinal| stories[ordinal as usize].source == *source));
            }
        }
    }
}
