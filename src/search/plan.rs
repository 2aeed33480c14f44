//! From a query to the articles that may match, by the index alone.
//!
//! A term is covered by units of the index. A term of one unit is decided by it; one of several by the
//! articles that have all of them, and those are looked at before they are believed.

use super::query::{Query, Term};
use crate::archive::{Lengths, Postings, Unit, Weight};
use crate::order;
use crate::text::Pattern;
use std::rc::Rc;

/// What has to be looked up for a query, and what to make of it.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    units: Vec<Unit>,
    groups: Vec<Vec<Part>>,
    without: Vec<Part>,
}

/// A term.
#[derive(Clone, Debug)]
struct Part {
    /// Its units, as places in the plan's.
    units: Vec<usize>,
    in_title: bool,
    /// Whether its units decide it.
    decided: bool,
}

/// An article that matches, or may.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit {
    /// The article.
    pub ordinal: u32,
    /// How well it matches: higher is better, equal scores go by time.
    pub score: u32,
    /// Whether it is known to match; if not, its text decides.
    pub sure: bool,
}

impl Hit {
    /// Whether all terms stand in its title.
    pub fn in_title(self) -> bool {
        self.score >= ALL_IN_TITLE
    }
}

/// The articles that have a term, with its weight in each.
struct TermList {
    postings: Rc<Postings>,
    decided: bool,
    /// How much the term says, in 256ths of a bit: the logarithm of how rare it is.
    rarity: u32,
}

/// What an article has of a group of terms, or of all groups.
#[derive(Clone, Copy)]
struct Share {
    score: u32,
    titled: bool,
    sure: bool,
}

/// Above every sum of shares.
const ALL_IN_TITLE: u32 = 1 << 28;
/// A long term is covered by so many pairs at most: more would be fetched than candidates are saved.
const PAIRS: usize = 4;

impl Plan {
    /// The plan for the terms of `query`.
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

    /// What to look up.
    pub fn units(&self) -> &[Unit] {
        &self.units
    }

    /// Whether units cover every group of terms, so that no more than some candidates have to be looked at.
    pub fn is_covered(&self) -> bool {
        self.groups.iter().flatten().all(|part| !part.units.is_empty())
    }

    /// Whether `lists` narrow the archive at all, which they do not when none of them could be had.
    pub fn is_narrowed_by(&self, lists: &[Option<Rc<Postings>>]) -> bool {
        let is_known = |part: &Part| part.units.iter().any(|&at| lists.get(at).is_some_and(Option::is_some));
        self.groups.is_empty() || self.groups.iter().any(|group| group.iter().all(is_known))
    }

    /// The articles of an archive of `count` that match as far as `lists` tell, in order; `lists` are those of
    /// the [`units`](Plan::units), and `None` for one that could not be had.
    ///
    /// The score is a pure function of the query, the lists and the lengths: all terms in the title first, then the sum
    /// of BM25 over the terms. A term of several units is as frequent as the least of them.
    pub fn hits(&self, lists: &[Option<Rc<Postings>>], count: u32, lengths: &Lengths) -> Vec<Hit> {
        let groups: Vec<Vec<Option<TermList>>> = self
            .groups
            .iter()
            .map(|group| group.iter().map(|part| part.list(lists, count)).collect())
            .collect();
        let mut found: Option<Vec<(u32, Share)>> = None;
        // A group that nothing is known of narrows nothing, and leaves all to be looked at.
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
    /// The articles that have all units of the term; nothing when it has none that is known.
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

/// The units that cover what `pattern` looks for, and whether they decide it.
fn cover(pattern: &Pattern) -> (Vec<Unit>, bool) {
    let mut units = Vec::new();
    let decided = pattern.each_run(|run, goes_on| match run {
        crate::text::Run::Cjk(run) => {
            let chars: Vec<char> = run.chars().collect();
            let pairs = chars.windows(2).map(|pair| Unit::Chars(pair[0], Some(pair[1])));
            match chars.as_slice() {
                [only] => units.push(Unit::Chars(*only, None)),
                // All pairs of a short run; of a longer one some that are spread over it.
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

/// The articles that have any of the terms, with the sum of their shares.
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

/// The articles of both, with the sum of their shares.
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

/// Takes out the articles that have a term, or marks them where that is not certain.
fn refuse(found: &mut Vec<(u32, Share)>, term: &TermList) {
    let mut refused = term.postings.ordinals.iter().copied().peekable();
    found.retain_mut(|(ordinal, share)| {
        while refused.next_if(|refused| refused < ordinal).is_some() {}
        let here = refused.next_if(|refused| refused == ordinal).is_some();
        share.sure &= !here;
        !(here && term.decided)
    });
}

/// The binary logarithm in 256ths, by integers alone: the same on every machine.
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
    fn terms_are_covered_by_units() {
        assert_eq!(units("人"), [Unit::Chars('人', None)]);
        assert_eq!(units("人民日"), [pair('人', '民'), pair('民', '日')]);
        assert_eq!(units("\"tides\" 人人人"), [Unit::Word("tides".into()), pair('人', '人')]);
        assert_eq!(units("用 tid"), [Unit::Chars('用', None), Unit::Beginning("tid".into())]);
        assert_eq!(units("一二三四五六七八九十").len(), PAIRS);
        assert!(units("……").is_empty());
    }

    #[test]
    fn logarithms_are_near() {
        for value in [1u32, 2, 3, 10, 999, 20_001, u32::MAX] {
            let near = f64::from(log2(value)) / 256.0;
            assert!((near - f64::from(value).log2()).abs() < 0.005, "{value}: {near}");
        }
    }
}
