//! Query plans: from a query to ranked candidates, by the index alone.
//!
//! A term is covered by index terms. A single index term can decide the match exactly. With several, articles
//! that contain all of them are candidates, which have to be verified against their text.

use super::matcher::{CompiledQuery, CompiledTerm};
use crate::archive::index::{FrequencyClass, IndexTerm, LengthTable, Postings};
use crate::small_sort;
use crate::text::{Pattern, ScriptRun, TRIGRAM_CHARS, trigrams};
use std::rc::Rc;

/// Index terms to look up for a query, and how to combine their postings.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    index_terms: Vec<IndexTerm>,
    groups: Vec<Vec<TermPlan>>,
    excluded: Vec<TermPlan>,
}

/// Plan of one query term.
#[derive(Clone, Debug)]
struct TermPlan {
    /// Indices into the plan's index terms.
    index_terms: Vec<usize>,
    /// Those of the exact form, if the term matches other forms as well.
    exact_form: Option<Vec<usize>>,
    in_title: bool,
    /// True if the index terms decide the match without verification.
    is_exact: bool,
}

/// Article that matches, or may match.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Ordinal of the article.
    pub ordinal: u32,
    /// Score; higher is better, ties are broken by time.
    pub score: u32,
    /// True if the match is certain; otherwise the text has to be checked.
    pub verified: bool,
}

impl Hit {
    /// Returns true if all terms occur in the title.
    pub fn in_title(self) -> bool {
        self.score >= ALL_IN_TITLE_SCORE
    }
}

/// Postings of a query term with its weight.
struct WeightedPostings {
    postings: Rc<Postings>,
    /// Articles with the exact form, if others may be among the postings.
    exact_form: Option<Vec<u32>>,
    is_exact: bool,
    /// Inverse document frequency (IDF), in 256ths of a bit.
    idf: u32,
}

/// Score of an article for one group of terms or for several.
#[derive(Clone, Copy)]
struct PartialScore {
    score: u32,
    in_title: bool,
    in_exact_form: bool,
    verified: bool,
}

/// Greater than every other score.
const ALL_IN_TITLE_SCORE: u32 = 1 << 28;
/// Greater than every sum of scores, which is cut below it.
const EXACT_FORM_SCORE: u32 = 1 << 27;
/// Maximum number of n-grams for a long run. More would fetch more bytes than the fewer candidates save.
const MAX_NGRAMS: usize = 4;

impl Plan {
    /// The plan for the terms of `query`.
    pub fn new(query: &CompiledQuery) -> Plan {
        let mut plan = Plan::default();
        plan.groups =
            query.groups().iter().map(|group| group.iter().map(|term| plan.part(term)).collect()).collect();
        plan.excluded = query.excluded().iter().map(|term| plan.part(term)).collect();
        plan
    }

    fn part(&mut self, term: &CompiledTerm) -> TermPlan {
        let (units, decided) = covering_terms(&term.pattern);
        TermPlan {
            index_terms: self.add_index_terms(units),
            exact_form: term.exact_form.as_ref().map(|exact| self.add_index_terms(covering_terms(exact).0)),
            in_title: term.in_title,
            is_exact: decided,
        }
    }

    fn add_index_terms(&mut self, terms: Vec<IndexTerm>) -> Vec<usize> {
        let number = |term: IndexTerm| {
            self.index_terms.iter().position(|there| *there == term).unwrap_or_else(|| {
                self.index_terms.push(term);
                self.index_terms.len() - 1
            })
        };
        terms.into_iter().map(number).collect()
    }

    /// Returns the index terms to look up.
    pub fn index_terms(&self) -> &[IndexTerm] {
        &self.index_terms
    }

    /// Returns true if index terms cover every group, so that only candidates need verification.
    pub fn is_covered(&self) -> bool {
        self.groups.iter().flatten().all(|part| !part.index_terms.is_empty())
    }

    /// Returns true if `lists` restrict the candidates: the query has no terms, or one group has postings for
    /// each of its terms.
    pub fn has_usable_postings(&self, lists: &[Option<Rc<Postings>>]) -> bool {
        let is_known =
            |part: &TermPlan| part.index_terms.iter().any(|&at| lists.get(at).is_some_and(Option::is_some));
        self.groups.is_empty() || self.groups.iter().any(|group| group.iter().all(is_known))
    }

    /// Returns the candidates of an archive of `count` articles, in ordinal order. `lists` are the postings
    /// of the [`index_terms`](Plan::index_terms), `None` where unavailable.
    ///
    /// The score is a pure function of the query, the lists and the lengths: all terms in the title first,
    /// then all terms in their exact form, then the sum of BM25 over the terms. A term of several index terms has the lowest of their
    /// frequencies.
    pub fn hits(&self, lists: &[Option<Rc<Postings>>], count: u32, lengths: &LengthTable) -> Vec<Hit> {
        let groups: Vec<Vec<Option<WeightedPostings>>> = self
            .groups
            .iter()
            .map(|group| group.iter().map(|part| part.weighted_postings(lists, count)).collect())
            .collect();
        let mut found: Option<Vec<(u32, PartialScore)>> = None;
        // A group without postings restricts nothing and leaves every candidate unverified.
        let mut all_known = true;
        let mut known: Vec<Vec<(u32, PartialScore)>> = Vec::new();
        for group in &groups {
            if group.iter().any(Option::is_none) {
                all_known = false;
            } else {
                known.push(union_scores(group, lengths));
            }
        }
        small_sort::sort_by_key(&mut known, Vec::len);
        for group in known {
            found = Some(match found {
                None => group,
                Some(before) => intersect_scores(&before, &group),
            });
        }
        let nothing = PartialScore { score: 0, in_title: false, in_exact_form: false, verified: true };
        let mut found = found.unwrap_or_else(|| (0..count).map(|ordinal| (ordinal, nothing)).collect());
        if !all_known {
            found.iter_mut().for_each(|(_, share)| (share.verified, share.in_title) = (false, false));
        }
        for part in &self.excluded {
            match part.weighted_postings(lists, count) {
                None => found.iter_mut().for_each(|(_, share)| share.verified = false),
                Some(list) => exclude(&mut found, &list),
            }
        }
        let hits = found.into_iter().map(|(ordinal, share)| Hit {
            ordinal,
            score: share.score.min(EXACT_FORM_SCORE - 1)
                + if share.in_title { ALL_IN_TITLE_SCORE } else { 0 }
                + if share.in_exact_form { EXACT_FORM_SCORE } else { 0 },
            verified: share.verified,
        });
        hits.collect()
    }
}

impl TermPlan {
    /// Returns the articles that contain all index terms of the query term; `None` if no list is available.
    fn weighted_postings(&self, lists: &[Option<Rc<Postings>>], count: u32) -> Option<WeightedPostings> {
        let known = self.index_terms.iter().filter(|&&at| matches!(lists.get(at), Some(Some(_)))).count();
        let decided = self.is_exact && known == self.index_terms.len();
        let postings = self.intersect_all(&self.index_terms, lists)?;
        let exact_form = self.exact_form.as_ref().map(|terms| {
            self.intersect_all(terms, lists).map_or_else(Vec::new, |list| list.ordinals.clone())
        });
        let rarity = log2(2 * count + 2) - log2(2 * postings.len() as u32 + 1).min(log2(2 * count + 2));
        Some(WeightedPostings { postings, exact_form, is_exact: decided, idf: rarity })
    }

    /// Returns the articles that contain all these index terms, as far as their lists are available.
    fn intersect_all(&self, terms: &[usize], lists: &[Option<Rc<Postings>>]) -> Option<Rc<Postings>> {
        let mut known: Vec<&Rc<Postings>> = terms.iter().filter_map(|&at| lists.get(at)?.as_ref()).collect();
        small_sort::sort_by_key(&mut known, |list| list.len());
        let (&first, rest) = known.split_first()?;
        let mut postings = first.clone();
        for list in rest {
            postings = Rc::new(intersect(&postings, list));
        }
        Some(if self.in_title { Rc::new(title_postings(&postings)) } else { postings })
    }
}

/// Returns the index terms that cover `pattern`, and whether they decide the match.
fn covering_terms(pattern: &Pattern) -> (Vec<IndexTerm>, bool) {
    let mut units = Vec::new();
    let decided = pattern.for_each_run(|run, goes_on| match run {
        ScriptRun::Cjk(run) => {
            let chars: Vec<char> = run.chars().collect();
            match chars.as_slice() {
                [only] => units.push(IndexTerm::Ngram(*only, None)),
                _ => {
                    let pairs = chars.windows(2).map(|pair| IndexTerm::Ngram(pair[0], Some(pair[1])));
                    units.extend(spread(pairs.collect()));
                }
            }
        }
        ScriptRun::Unspaced(run) => {
            let mut chosen: Vec<&str> = trigrams(run).collect();
            if chosen.len() >= TRIGRAM_CHARS {
                chosen.truncate(chosen.len() - (TRIGRAM_CHARS - 1));
                units.extend(spread(chosen).into_iter().map(|trigram| IndexTerm::Word(trigram.to_owned())));
            } else if chosen.len() > 1 {
                // The run is the start of a trigram wherever it occurs. One character starts too many.
                units.push(IndexTerm::Prefix(run.to_owned()));
            }
        }
        ScriptRun::Word(_) if let Some(forms) = pattern.inflections() => units.push(if goes_on {
            IndexTerm::InflectedPrefix(forms.clone())
        } else {
            IndexTerm::Inflected(forms.clone())
        }),
        ScriptRun::Word(word) if pattern.has_any_marks() && goes_on => {
            units.push(IndexTerm::BasePrefix(word.to_owned()));
        }
        ScriptRun::Word(word) if pattern.has_any_marks() => units.push(IndexTerm::Base(word.to_owned())),
        ScriptRun::Word(word) if goes_on => units.push(IndexTerm::Prefix(word.to_owned())),
        ScriptRun::Word(word) => units.push(IndexTerm::Word(word.to_owned())),
    });
    (units, decided)
}

/// Returns all n-grams of a short run, or evenly spread ones of a longer run.
fn spread<T>(ngrams: Vec<T>) -> Vec<T> {
    let last = ngrams.len().saturating_sub(1);
    let is_chosen =
        |at: usize| last < MAX_NGRAMS || (0..MAX_NGRAMS).any(|nth| at == nth * last / (MAX_NGRAMS - 1));
    ngrams.into_iter().enumerate().filter(|(at, _)| is_chosen(*at)).map(|(_, ngram)| ngram).collect()
}

fn intersect(a: &Postings, b: &Postings) -> Postings {
    let mut both = Postings::default();
    let mut others = b.iter().peekable();
    for (ordinal, frequency) in a.iter() {
        while others.next_if(|other| other.0 < ordinal).is_some() {}
        if let Some((_, other)) = others.next_if(|other| other.0 == ordinal) {
            both.push(ordinal, frequency.combine_min(other));
        }
    }
    both
}

fn title_postings(list: &Postings) -> Postings {
    let mut titled = Postings::default();
    list.iter()
        .filter(|(_, frequency)| frequency.in_title())
        .for_each(|(ordinal, frequency)| titled.push(ordinal, frequency));
    titled
}

/// Returns the articles with any of the terms, with summed scores.
fn union_scores(terms: &[Option<WeightedPostings>], lengths: &LengthTable) -> Vec<(u32, PartialScore)> {
    let mut any: Vec<(u32, PartialScore)> = Vec::new();
    for term in terms.iter().flatten() {
        let mut exact = term.exact_form.as_ref().map(|ordinals| ordinals.iter().copied().peekable());
        let share = |(ordinal, frequency): (u32, FrequencyClass)| {
            let in_exact_form = exact.as_mut().is_none_or(|exact| {
                while exact.next_if(|&other| other < ordinal).is_some() {}
                exact.next_if_eq(&ordinal).is_some()
            });
            let score = term.idf * frequency.bm25_share(lengths.get(ordinal)) / 100;
            let in_title = frequency.in_title();
            (ordinal, PartialScore { score, in_title, in_exact_form, verified: term.is_exact })
        };
        any.extend(term.postings.iter().map(share));
    }
    small_sort::sort_by_key(&mut any, |(ordinal, _)| *ordinal);
    any.dedup_by(|(ordinal, share), (before, sum)| {
        let is_same = ordinal == before;
        if is_same {
            sum.score = sum.score.saturating_add(share.score);
            sum.in_title |= share.in_title;
            sum.in_exact_form |= share.in_exact_form;
            sum.verified |= share.verified;
        }
        is_same
    });
    any
}

/// Returns the articles in both lists, with summed scores.
fn intersect_scores(a: &[(u32, PartialScore)], b: &[(u32, PartialScore)]) -> Vec<(u32, PartialScore)> {
    let mut others = b.iter().copied().peekable();
    let join = |&(ordinal, share): &(u32, PartialScore)| {
        while others.next_if(|other| other.0 < ordinal).is_some() {}
        let (_, other) = others.next_if(|other| other.0 == ordinal)?;
        let score = share.score.saturating_add(other.score);
        Some((
            ordinal,
            PartialScore {
                score,
                in_title: share.in_title && other.in_title,
                in_exact_form: share.in_exact_form && other.in_exact_form,
                verified: share.verified && other.verified,
            },
        ))
    };
    a.iter().filter_map(join).collect()
}

/// Removes the articles that contain a term, or marks them unverified if that is not certain.
fn exclude(found: &mut Vec<(u32, PartialScore)>, term: &WeightedPostings) {
    let mut refused = term.postings.ordinals.iter().copied().peekable();
    found.retain_mut(|(ordinal, share)| {
        while refused.next_if(|refused| refused < ordinal).is_some() {}
        let here = refused.next_if(|refused| refused == ordinal).is_some();
        share.verified &= !here;
        !(here && term.is_exact)
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
    use crate::search::Query;
    use crate::text::Inflections;

    fn units(query: &str) -> Vec<IndexTerm> {
        Plan::new(&CompiledQuery::new(&Query::parse(query))).index_terms
    }

    fn pair(a: char, b: char) -> IndexTerm {
        IndexTerm::Ngram(a, Some(b))
    }

    #[test]
    fn terms_are_covered_by_index_terms() {
        assert_eq!(units("人"), [IndexTerm::Ngram('人', None)]);
        assert_eq!(units("人民日"), [pair('人', '民'), pair('民', '日')]);
        assert_eq!(units("\"tides\" 人人人"), [IndexTerm::Word("tides".into()), pair('人', '人')]);
        assert_eq!(
            units("用 tid"),
            [
                IndexTerm::Ngram('用', None),
                IndexTerm::InflectedPrefix(Inflections::of("tid").unwrap()),
                IndexTerm::Prefix("tid".into())
            ]
        );
        assert_eq!(
            units("cafe x"),
            [
                IndexTerm::Inflected(Inflections::of("cafe").unwrap()),
                IndexTerm::Word("cafe".into()),
                IndexTerm::Base("x".into()),
                IndexTerm::Word("x".into())
            ]
        );
        assert_eq!(units("café 人"), [IndexTerm::Word("café".into()), IndexTerm::Ngram('人', None)]);
        assert_eq!(units("一二三四五六七八九十").len(), MAX_NGRAMS);
        assert!(units("……").is_empty());
        assert_eq!(units("สะ"), [IndexTerm::Prefix("สะ".into())]);
        assert_eq!(units("สะพา"), [IndexTerm::Word("สะพ".into()), IndexTerm::Word("ะพา".into())]);
        assert!(units("ส").is_empty());
    }

    #[test]
    fn integer_logarithms_approximate_log2() {
        for value in [1u32, 2, 3, 10, 999, 20_001, u32::MAX] {
            let near = f64::from(log2(value)) / 256.0;
            assert!((near - f64::from(value).log2()).abs() < 0.005, "{value}: {near}");
        }
    }
}
