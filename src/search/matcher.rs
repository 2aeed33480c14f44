//! Whether an article holds what a query asks for, where, and how well.

use super::query::{Query, Term};
use crate::text::{Folded, fold};
use std::ops::Range;

/// The terms of a query, ready to be held against texts.
pub struct Matcher {
    groups: Vec<Vec<Term>>,
    without: Vec<Term>,
    /// The whole query as one folded text, for the title that is just that.
    whole: String,
}

/// How well a text matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Judgement {
    /// Higher is better; equal scores go by time.
    pub score: u32,
    /// How many places match.
    pub count: u32,
}

/// The matches in a text: bytes of the text, and the number of the term.
pub type Found = Vec<(Range<usize>, usize)>;

/// The score of BM25 saturates with frequency; this is its customary `k1`, and `b` below.
const K1: f32 = 1.2;
const B: f32 = 0.75;
/// What length counts as average, in bytes of folded text: the median of measured articles.
const USUAL_LENGTH: f32 = 3000.0;
/// An impact has two bits, as in an index.
const IMPACTS: f32 = 3.0;

impl Matcher {
    /// The terms of `query`.
    pub fn new(query: &Query) -> Matcher {
        let groups: Vec<Vec<Term>> =
            query.groups().into_iter().map(|group| group.into_iter().cloned().collect()).collect();
        let words: Vec<&str> =
            groups.iter().filter_map(|group| group.first()).map(|term| term.text.as_str()).collect();
        Matcher { whole: fold(&words.join(" ")), groups, without: query.without().cloned().collect() }
    }

    /// Judges a text, whose first line is the title; nothing when it does not match.
    ///
    /// The score is a pure function of query and text: whether the whole query stands in the title, whether
    /// all its terms do, and the sum of the terms' saturated, length-normalised frequencies.
    pub fn judge(&self, text: &str) -> Option<Judgement> {
        let folded = fold(text);
        let (title, _) = folded.split_once('\n').unwrap_or((&folded, ""));
        let hay = |term: &Term| if term.in_title { title.len() } else { folded.len() };
        if self.without.iter().any(|term| term.pattern.is_in(&folded[..hay(term)])) {
            return None;
        }
        let (mut impacts, mut count, mut titled) = (0, 0, true);
        for group in &self.groups {
            let frequency: usize =
                group.iter().map(|term| term.pattern.find_in(&folded[..hay(term)]).count()).sum();
            if frequency == 0 {
                return None;
            }
            count += frequency;
            impacts += impact(frequency, folded.len());
            titled &= group.iter().any(|term| term.pattern.is_in(title));
        }
        let tier = match () {
            () if self.groups.is_empty() => 0,
            () if !self.whole.is_empty() && title.contains(&self.whole) => 2,
            () if titled => 1,
            () => 0,
        };
        let count = u32::try_from(count).unwrap_or(u32::MAX);
        Some(Judgement { score: tier << 16 | impacts, count })
    }

    /// Every match in `text`, in order; where two overlap the earlier and longer one stays.
    pub fn find(&self, text: &str) -> Found {
        let folded = Folded::new(text);
        let title = folded.text.find('\n').unwrap_or(folded.text.len());
        let mut found = Found::new();
        for (number, term) in self.groups.iter().flatten().enumerate() {
            let hay = if term.in_title { &folded.text[..title] } else { &folded.text };
            found.extend(term.pattern.find_in(hay).map(|at| (folded.source_range(text, at), number)));
        }
        found.sort_by_key(|(range, _)| (range.start, usize::MAX - range.end));
        let mut end = 0;
        found.retain(|(range, _)| {
            let apart = range.start >= end;
            end = if apart { range.end } else { end };
            apart
        });
        found
    }
}

fn impact(frequency: usize, length: usize) -> u32 {
    let frequency = frequency as f32;
    let norm = K1 * (1.0 - B + B * length as f32 / USUAL_LENGTH);
    (IMPACTS * frequency / (frequency + norm)).round() as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matcher(query: &str) -> Matcher {
        Matcher::new(&Query::parse(query))
    }

    fn score(query: &str, text: &str) -> Option<u32> {
        matcher(query).judge(text).map(|judgement| judgement.score)
    }

    #[test]
    fn all_groups_are_needed_and_exclusions_forbid() {
        let text = "夜渡\n老船工在黄昏收起缆绳。Tides turn.";
        for (query, expected) in [
            ("船 缆绳", true),
            ("船 飞机", false),
            ("飞机 OR 船", true),
            ("船 -缆绳", false),
            ("title:夜渡", true),
            ("title:船", false),
            ("tide", true),
            ("\"tide\"", false),
            ("工在黄", true),
            ("渡老", false),
        ] {
            assert_eq!(score(query, text).is_some(), expected, "{query}");
        }
    }

    #[test]
    fn titles_come_first_and_frequency_counts() {
        let whole = score("夜 渡", "夜 渡\n正文").unwrap();
        let all = score("夜 渡", "渡江之夜\n正文").unwrap();
        let often = score("夜 渡", "题\n夜渡，夜渡，夜里的渡口，渡与夜").unwrap();
        let once = score("夜 渡", "题\n夜里的渡口").unwrap();
        assert!(whole > all && all > often && often > once);
    }

    #[test]
    fn matches_lead_to_the_source() {
        let text = "燈塔\n燈 塔下的ＡＢＣ";
        let found = matcher("灯塔 abc").find(text);
        let shown: Vec<_> = found.iter().map(|(range, term)| (&text[range.clone()], *term)).collect();
        assert_eq!(shown, [("燈塔", 0), ("燈 塔", 0), ("ＡＢＣ", 1)]);
    }
}
