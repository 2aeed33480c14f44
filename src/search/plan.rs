//! Query plans: from a query to ranked candidates, by the index alone.
//!
//! A term is covered by index terms. A single index term can decide the match exactly. With several, articles
//! that contain all of them are candidates, which have to be verified against their text.

use super::query::{Query, Term};
use crate::archive::{Lengths, Postings, Unit, Weight};
use crate::order;
use crate::text::Pattern;
use std::rc::Rc;

/// Index terms to look up for a query, and how to combine their postings.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    units: Vec<Unit>,
    groups: Vec<Vec<Part>>,
    without: Vec<Part>,
}

/// Plan of one query term.
#[derive(Clone, Debug)]
struct Part {
    /// Indices into the plan's index terms.
    units: Vec<usize>,
    in_title: bool,
    /// True if the index terms decide the match without verification.
    decided: bool,
}

/// Article that matches, or may match.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Ordinal of the article.
    pub ordinal: u32,
    /// Score; higher is better, ties are broken by time.
    pub score: u32,
    /// True if the match is certain; otherwise the text has to be checked.
    pub sure: bool,
}

impl Hit {
    /// Returns true if all terms occur in the title.
    pub fn in_title(self) -> bool {
        self.score >= ALL_IN_TITLE
    }
}

/// Postings of a query term with its weight.
struct TermList {
    postings: Rc<Postings>,
    decided: bool,
    /// Inverse document frequency (IDF), in 256ths of a bit.
    rarity: u32,
}

/// Score of an article for one group of terms or for several.
#[derive(Clone, Copy)]
struct Share {
    score: u32,
    titled: bool,
    sure: bool,
}

/// Greater than every sum of scores.
const ALL_IN_TITLE: u32 = 1 << 28;
/// Maximum number of bigrams for a long term. More would fetch more bytes than the fewer candidates save.
const PAIRS: usize = 4;

impl Plan {
    /// Creates the plan for the terms of `query`.
    pub fn new(query: &Query) -> Plan {
        let mut plan = Plan::default();
        plan.groups = query
            .groups()
            .into_iter()
            .map(|group| group.into_iter().map(|term| plan.part(term)).collect())
            .collect();
        plan.without = query.without().map(|term| plan.part(term)).collect();
        plan
    }

    fn part(&mut self, term: &Term) -> Part {
        let (units, decided) = cover(&term.pattern);
        let units = units.into_iter().map(|unit| {
            self.units.iter().position(|there| *there == unit).unwrap_or_else(|| {
                self.units.push(unit);
                self.units.len() - 1
            })
        });
        Part { units: units.collect(), in_title: term.in_title, decided }
    }

    /// Returns the index terms to look up.
    pub fn units(&self) -> &[Unit] {
        &self.units
    }

    /// Returns true if index terms cover every group, so that only candidates need verification.
    pub fn is_covered(&self) -> bool {
        self.groups.iter().flatten().all(|part| !part.units.is_empty())
    }

    /// Returns true if `lists` restrict the candidates: the query has no terms, or one group has postings for
    /// each of its terms.
    pub fn is_narrowed_by(&self, lists: &[Option<Rc<Postings>>]) -> bool {
        let is_known = |part: &Part| part.units.iter().any(|&at| lists.get(at).is_some_and(Option::is_some));
        self.groups.is_empty() || self.groups.iter().any(|group| group.iter().all(is_known))
    }

    /// Returns the candidates of an archive of `count` articles, in ordinal order. `lists` are the postings
    /// of the [`units`](Plan::units), `None` where unavailable.
    ///
    /// The score is a pure function of the query, the lists and the lengths: all terms in the title first,
    /// then the sum of BM25 over the terms. A term of several index terms has the lowest of their
    /// frequencies.
    pub fn hits(&self, lists: &[Option<Rc<Postings>>], count: u32, lengths: &Lengths) -> Vec<Hit> {
        let groups: Vec<Vec<Option<TermList>>> = self
            .groups
            .iter()
            .map(|group| group.iter().map(|part| part.list(lists, count)).collect())
            .collect();
        let mut found: Option<Vec<(u32, Share)>> = None;
        // A group without postings restricts nothing and leaves every candidate unverified.
        let mut all_known = true;
        let mut known: Vec<Vec<(u32, Share)>> = Vec::new();
        for group in &groups {
            if group.iter().any(Option::is_none) {
                all_known = false;
            } else {
                known.push(any_of(group, lengths));
            }
        }
        order::sort_by_key(&mut known, Vec::len);
        for group in known {
            found = Some(match found {
                None => group,
                Some(before) => all_of(&before, &group),
            });
        }
        let nothing = Share { score: 0, titled: false, sure: true };
        let mut found = found.unwrap_or_else(|| (0..count).map(|ordinal| (ordinal, nothing)).collect());
        if !all_known {
            found.iter_mut().for_each(|(_, share)| (share.sure, share.titled) = (false, false));
        }
        for part in &self.without {
            match part.list(lists, count) {
                None => found.iter_mut().for_each(|(_, share)| share.sure = false),
                Some(list) => refuse(&mut found, &list),
            }
        }
        let hits = found.into_iter().map(|(ordinal, share)| Hit {
            ordinal,
            score: share.score + if share.titled { ALL_IN_TITLE } else { 0 },
            sure: share.sure,
        });
        hits.collect()
    }
}

impl Part {
    /// Returns the articles that contain all index terms of the query term; `None` if no list is available.
    fn list(&self, lists: &[Option<Rc<Postings>>], count: u32) -> Option<TermList> {
        let mut known: Vec<&Rc<Postings>> =
            self.units.iter().filter_map(|&at| lists.get(at)?.as_ref()).collect();
        let decided = self.decided && known.len() == self.units.len();
        order::sort_by_key(&mut known, |list| list.len());
        let (&first, rest) = known.split_first()?;
        let mut postings = first.clone();
        for list in rest {
            postings = Rc::new(intersect(&postings, list));
        }
        if self.in_title {
            postings = Rc::new(only_titled(&postings));
        }
        let rarity = log2(2 * count + 2) - log2(2 * postings.len() as u32 + 1).min(log2(2 * count + 2));
        Some(TermList { postings, decided, rarity })
    }
}

/// Returns the index terms that cover `pattern`, and whether they decide the match.
fn cover(pattern: &Pattern) -> (Vec<Unit>, bool) {
    let mut units = Vec::new();
    let decided = pattern.each_run(|run, goes_on| match run {
        crate::text::Run::Cjk(run) => {
            let chars: Vec<char> = run.chars().collect();
            let pairs = chars.windows(2).map(|pair| Unit::Chars(pair[0], Some(pair[1])));
            match chars.as_slice() {
                [only] => units.push(Unit::Chars(*only, None)),
                // All bigrams of a short run; evenly spread ones of a longer run.
                _ if chars.len() - 1 <= PAIRS => units.extend(pairs),
                _ => {
                    let last = chars.len() - 2;
                    let chosen = |at: usize| (0..PAIRS).any(|nth| at == nth * last / (PAIRS - 1));
                    units.extend(pairs.enumerate().filter(|(at, _)| chosen(*at)).map(|(_, pair)| pair));
                }
            }
        }
        crate::text::Run::Word(word) if goes_on => units.push(Unit::Beginning(word.to_owned())),
        crate::text::Run::Word(word) => units.push(Unit::Word(word.to_owned())),
    });
    (units, decided)
}

fn intersect(a: &Postings, b: &Postings) -> Postings {
    let mut both = Postings::default();
    let mut others = b.iter().peekable();
    for (ordinal, weight) in a.iter() {
        while others.next_if(|other| other.0 < ordinal).is_some() {}
        if let Some((_, other)) = others.next_if(|other| other.0 == ordinal) {
            both.push(ordinal, weight.and(other));
        }
    }
    both
}

fn only_titled(list: &Postings) -> Postings {
    let mut titled = Postings::default();
    list.iter()
        .filter(|(_, weight)| weight.titled())
        .for_each(|(ordinal, weight)| titled.push(ordinal, weight));
    titled
}

/// Returns the articles with any of the terms, with summed scores.
fn any_of(terms: &[Option<TermList>], lengths: &Lengths) -> Vec<(u32, Share)> {
    let mut any: Vec<(u32, Share)> = Vec::new();
    for term in terms.iter().flatten() {
        let share = |(ordinal, weight): (u32, Weight)| {
            let score = term.rarity * weight.share(lengths.get(ordinal)) / 100;
            (ordinal, Share { score, titled: weight.titled(), sure: term.decided })
        };
        any.extend(term.postings.iter().map(share));
    }
    order::sort_by_key(&mut any, |(ordinal, _)| *ordinal);
    any.dedup_by(|(ordinal, share), (before, sum)| {
        let is_same = ordinal == before;
        if is_same {
            sum.score += share.score;
            sum.titled |= share.titled;
            sum.sure |= share.sure;
        }
        is_same
    });
    any
}

/// Returns the articles in both lists, with summed scores.
fn all_of(a: &[(u32, Share)], b: &[(u32, Share)]) -> Vec<(u32, Share)> {
    let mut others = b.iter().copied().peekable();
    let join = |&(ordinal, share): &(u32, Share)| {
        while others.next_if(|other| other.0 < ordinal).is_some() {}
        let (_, other) = others.next_if(|other| other.0 == ordinal)?;
        let score = share.score + other.score;
        Some((ordinal, Share { score, titled: share.titled && other.titled, sure: share.sure && other.sure }))
    };
    a.iter().filter_map(join).collect()
}

/// Removes the articles that contain a term, or marks them unverified if that is not certain.
fn refuse(found: &mut Vec<(u32, Share)>, term: &TermList) {
    let mut refused = term.postings.ordinals.iter().copied().peekable();
    found.retain_mut(|(ordinal, share)| {
        while refused.next_if(|refused| refused < ordinal).is_some() {}
        let here = refused.next_if(|refused| refused == ordinal).is_some();
        share.sure &= !here;
        !(here && term.decided)
    });
}

/// Returns the binary logarithm in 256ths. Integer arithmetic gives the same result on every machine.
fn log2(value: u32) -> u32 {
    let value = value.max(1);
    let mut whole = 31 - value.leading_zeros();
    let mut rest = u64::from(value) << (31 - whole);
    for _ in 0..8 {
        rest = (rest * rest) >> 31;
        whole <<= 1;
        if rest >> 32 != 0 {
            whole |= 1;
            rest >>= 1;
        }
    }
    whole
}

#[cfg(test)]
mod tests {
    use super::*;

    fn units(query: &str) -> Vec<Unit> {
        Plan::new(&Query::parse(query)).units
    }

    fn pair(a: char, b: char) -> Unit {
        Unit::Chars(a, Some(b))
    }

    #[test]
    fn terms_are_covered_by_index_terms() {
        assert_eq!(units("人"), [Unit::Chars('人', None)]);
        assert_eq!(units("人民日"), [pair('人', '民'), pair('民', '日')]);
        assert_eq!(units("\"tides\" 人人人"), [Unit::Word("tides".into()), pair('人', '人')]);
        assert_eq!(units("用 tid"), [Unit::Chars('用', None), Unit::Beginning("tid".into())]);
        assert_eq!(units("一二三四五六七八九十").len(), PAIRS);
        assert!(units("……").is_empty());
    }

    #[test]
    fn integer_logarithms_approximate_log2() {
        for value in [1u32, 2, 3, 10, 999, 20_001, u32::MAX] {
            let near = f64::from(log2(value)) / 256.0;
            assert!((near - f64::from(value).log2()).abs() < 0.005, "{value}: {near}");
        }
    }
}
