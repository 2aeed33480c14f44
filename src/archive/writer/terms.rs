//! Terms of an archive: frequent words of its titles, found without a dictionary.
//!
//! A run of two to six Han characters is a term if its parts stand together far more often than by chance, and neither
//! neighbour is nearly always the same.

use super::term_relations::{TermCandidate, related_terms};
use super::{StoredArticles, WriteError, gzip};
use crate::archive::TermList;
use crate::model::Article;
use crate::text::{FoldedText, fold};
use aho_corasick::{AhoCorasick, MatchKind};
use pinyin::ToPinyinMulti;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// Fewest occurrences of a term in titles.
const MIN_OCCURRENCES: u32 = 4;
/// Longest term, in characters.
const MAX_CHARS: usize = 6;
/// Smallest ratio between the frequency of a term and that expected of its parts.
const MIN_COHESION: u64 = 12;
/// Largest share of the occurrences with the same neighbour, in tenths.
const MAX_NEIGHBOUR_TENTHS: u32 = 6;
/// Maximum number of terms, and size of the compressed list in bytes.
const MAX_TERMS: usize = 3000;
const MAX_BYTES: usize = 60_000;
/// Number of related terms of a rare term in a long list.
const FEW_RELATED: usize = 4;
/// Fewest occurrences in titles of a term with relations, as a part of the articles that contain it. Words of any topic
/// rarely stand in titles.
const MIN_TITLE_SHARE: u32 = 40;
/// Characters that join words rather than begin or end one.
const FUNCTION_CHARS: &str = "的了是在和与也就都而及被把对将为从到不有这那之于称说";

/// Returns the JSON of the term list, if the titles have terms.
pub(super) fn encode_terms(articles: &StoredArticles) -> Result<Option<Vec<u8>>, WriteError> {
    let titles: Vec<FoldedText> =
        articles.heads().par_iter().map(|article| FoldedText::new(&article.title)).collect();
    let terms = find_terms(titles.iter().map(|title| title.text.as_str()));
    if terms.is_empty() {
        return Ok(None);
    }
    let finder = AhoCorasick::builder().match_kind(MatchKind::Standard).build(&terms);
    let finder = finder.map_err(|_| WriteError::FormatLimit("this number of terms"))?;
    let texts = TextContents::observe(articles, &finder)?;
    let mut counted = count_terms(articles.heads(), &titles, &finder, &texts.article_counts);
    counted.truncate(MAX_TERMS);
    let related =
        related_terms(articles, &counted.iter().map(CountedTerm::to_candidate).collect::<Vec<_>>())?;
    let terms = counted.into_iter().map(|term| (term.form, term.article_count)).collect();
    shortened(TermList { syllables: syllables(texts.han), terms, related })
}

/// Returns the JSON of the list as long as it may be. Relations of rare terms are the first to go, and terms the last.
fn shortened(mut list: TermList) -> Result<Option<Vec<u8>>, WriteError> {
    let mut whole = list.related.len();
    while !list.terms.is_empty() {
        let end = list.related.iter().rposition(|related| !related.is_empty()).map_or(0, |last| last + 1);
        list.related.truncate(end);
        let json = serde_json::to_vec(&list)?;
        let size = gzip::compress(&json).map_err(WriteError::Compress)?.len();
        if size <= MAX_BYTES {
            return Ok(Some(json));
        }
        if whole > 0 {
            whole = whole.min(end) * 3 / 4;
            list.related.iter_mut().skip(whole).for_each(|related| related.truncate(FEW_RELATED));
        } else if end > 0 {
            list.related.truncate(end * 9 / 10);
        } else {
            list.terms.truncate(list.terms.len() * 9 / 10);
        }
    }
    Ok(None)
}

pub(super) fn is_han(c: char) -> bool {
    matches!(u32::from(c), 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF | 0x20000..=0x3FFFF)
}

/// Returns the terms of folded `titles`, folded and sorted.
fn find_terms<'a>(titles: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let runs: Vec<&str> =
        titles.flat_map(|title| title.split(|c| !is_han(c))).filter(|run| !run.is_empty()).collect();
    // Longer runs extend frequent ones, so that few are counted.
    let mut counts: Vec<HashMap<&str, u32>> = vec![HashMap::new()];
    for length in 1..=MAX_CHARS + 1 {
        let mut found: HashMap<&str, u32> = HashMap::new();
        for ngram in runs.iter().flat_map(|run| ngrams(run, length)) {
            let shorter = &counts[length - 1];
            if length == 1
                || shorter.contains_key(without_first(ngram)) && shorter.contains_key(without_last(ngram))
            {
                *found.entry(ngram).or_default() += 1;
            }
        }
        found.retain(|_, count| *count >= MIN_OCCURRENCES);
        counts.push(found);
    }
    let total: u64 = runs.iter().map(|run| run.chars().count() as u64).sum();
    let function_chars = fold(FUNCTION_CHARS);
    let mut terms = Vec::new();
    for length in 2..=MAX_CHARS {
        let mut neighbours: HashMap<&str, u32> = HashMap::new();
        for (longer, &count) in &counts[length + 1] {
            for inner in [without_first(longer), without_last(longer)] {
                let most = neighbours.entry(inner).or_default();
                *most = count.max(*most);
            }
        }
        let is_term = |term: &str, count: u32| {
            let is_cohesive = term.char_indices().skip(1).enumerate().all(|(before, (at, _))| {
                let part =
                    |length: usize, text: &str| u64::from(counts[length].get(text).copied().unwrap_or(1));
                let parts = part(before + 1, &term[..at]) * part(length - before - 1, &term[at..]);
                u64::from(count) * total >= MIN_COHESION * parts
            });
            let most = neighbours.get(term).copied().unwrap_or_default();
            is_cohesive
                && most * 10 <= count * MAX_NEIGHBOUR_TENTHS
                && !term.starts_with(|c| function_chars.contains(c))
                && !term.ends_with(|c| function_chars.contains(c))
        };
        terms.extend(
            counts[length].iter().filter(|&(term, &count)| is_term(term, count)).map(|(term, _)| *term),
        );
    }
    terms.sort_unstable();
    terms
}

/// Iterates over the runs of `length` characters in `text`.
fn ngrams(text: &str, length: usize) -> impl Iterator<Item = &str> {
    let ends = text.char_indices().map(|(at, c)| at + c.len_utf8()).skip(length - 1);
    text.char_indices().zip(ends).map(|((start, _), end)| &text[start..end])
}

fn without_first(ngram: &str) -> &str {
    let mut chars = ngram.chars();
    chars.next();
    chars.as_str()
}

fn without_last(ngram: &str) -> &str {
    let mut chars = ngram.chars();
    chars.next_back();
    chars.as_str()
}

/// Term with its frequencies.
struct CountedTerm {
    /// Most frequent form in titles.
    form: String,
    /// Number of articles that contain the term.
    article_count: u32,
    /// Number of occurrences in titles.
    title_count: u32,
}

impl CountedTerm {
    fn to_candidate(&self) -> TermCandidate {
        TermCandidate {
            folded: fold(&self.form),
            is_topic: self.title_count * MIN_TITLE_SHARE >= self.article_count,
        }
    }
}

/// Terms and Han characters in the texts of all articles.
struct TextContents {
    /// Number of articles that contain each term.
    article_counts: Vec<u32>,
    /// Han characters.
    han: HashSet<char>,
}

impl TextContents {
    fn new(term_count: usize) -> TextContents {
        TextContents { article_counts: vec![0; term_count], han: HashSet::new() }
    }

    fn observe(articles: &StoredArticles, finder: &AhoCorasick) -> Result<TextContents, WriteError> {
        let empty = || TextContents::new(finder.patterns_len());
        let observed = (0..articles.len()).into_par_iter().try_fold(empty, |mut contents, at| {
            contents.add(&articles.text(at)?, finder);
            Ok(contents)
        });
        observed.try_reduce(empty, |one, other| Ok(one.combined(other)))
    }

    fn add(&mut self, text: &str, finder: &AhoCorasick) {
        self.han.extend(text.chars().filter(|&c| is_han(c)));
        let folded = fold(text);
        let found: BTreeSet<usize> =
            finder.find_overlapping_iter(&folded).map(|found| found.pattern().as_usize()).collect();
        found.into_iter().for_each(|term| self.article_counts[term] += 1);
    }

    fn combined(mut self, other: TextContents) -> TextContents {
        let counts = self.article_counts.iter_mut().zip(other.article_counts);
        counts.for_each(|(count, other)| *count += other);
        self.han.extend(other.han);
        self
    }
}

/// Returns the terms in their most frequent form, those in most articles first.
fn count_terms(
    articles: &[Article],
    titles: &[FoldedText],
    finder: &AhoCorasick,
    article_counts: &[u32],
) -> Vec<CountedTerm> {
    let mut forms: Vec<BTreeMap<&str, u32>> = vec![BTreeMap::new(); finder.patterns_len()];
    for (article, title) in articles.iter().zip(titles) {
        for found in finder.find_overlapping_iter(&title.text) {
            let form = &article.title[title.source_range(found.range())];
            *forms[found.pattern().as_usize()].entry(form).or_default() += 1;
        }
    }
    let counted = forms.into_iter().zip(article_counts).filter_map(|(forms, &article_count)| {
        let title_count = forms.values().sum();
        let most = forms.into_iter().max_by_key(|&(form, count)| (count, std::cmp::Reverse(form)));
        most.map(|(form, _)| CountedTerm { form: form.to_owned(), article_count, title_count })
    });
    let mut counted: Vec<CountedTerm> = counted.collect();
    counted.sort_unstable_by(|one, other| {
        other.article_count.cmp(&one.article_count).then_with(|| one.form.cmp(&other.form))
    });
    counted
}

/// Returns the folded forms of the characters `han` for each syllable of pinyin. A character that sounds like one of a
/// term need not occur in titles.
fn syllables(han: HashSet<char>) -> Vec<(String, String)> {
    let mut syllables: BTreeMap<String, BTreeSet<char>> = BTreeMap::new();
    for c in han {
        for reading in c.to_pinyin_multi().into_iter().flatten() {
            let syllable = reading.plain().replace('ü', "v");
            if syllable.bytes().all(|byte| byte.is_ascii_lowercase()) {
                syllables.entry(syllable).or_default().extend(fold(c.encode_utf8(&mut [0; 4])).chars());
            }
        }
    }
    syllables.into_iter().map(|(syllable, chars)| (syllable, chars.into_iter().collect())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Different characters, so that a repeated pair is no chance.
    const OTHERS: &str = "天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏闰余成岁律吕调阳云腾致露结为霜金生丽水玉出昆冈剑号巨阙珠称夜光果珍李柰菜重芥姜海咸河淡鳞潜羽翔";

    fn articles(titles: &[&str]) -> StoredArticles {
        let titles = titles.iter().chain([&OTHERS]);
        stored(titles.map(|title| Article::from_blocks(title, Vec::new())).collect())
    }

    fn stored(articles: Vec<Article>) -> StoredArticles {
        StoredArticles::from_articles(articles, &std::env::temp_dir()).unwrap()
    }

    fn list(titles: &[&str]) -> TermList {
        serde_json::from_slice(&encode_terms(&articles(titles)).unwrap().unwrap()).unwrap()
    }

    #[test]
    fn frequent_words_of_titles_are_terms() {
        let list = list(&[
            "灯塔今晨熄灭",
            "老渡口的燈塔",
            "修灯塔要三年",
            "雨中灯塔",
            "灯塔与海",
            "去年渡口结冰",
            "渡口改道",
            "我在渡口等船",
            "这座渡口已经很老",
        ]);
        assert_eq!(list.terms, [("渡口".to_owned(), 5), ("灯塔".to_owned(), 5)]);
        assert_eq!(list.with_pinyin("dengta"), [("灯塔".to_owned(), 5)]);
        assert_eq!(list.with_pinyin("dk").len(), 1);
        assert_eq!(list.sounding_like("等塔").len(), 1);
    }

    #[test]
    fn parts_of_longer_words_are_no_terms() {
        let list = list(&["甲图书馆开", "乙图书馆关", "新图书馆", "旧图书馆搬家", "图书馆夜"]);
        assert_eq!(list.terms, [("图书馆".to_owned(), 5)]);
    }

    #[test]
    fn titles_without_terms_have_no_list() {
        assert!(encode_terms(&articles(&["灯塔", "渡口", "tides", ""])).unwrap().is_none());
        assert!(encode_terms(&stored(Vec::new())).unwrap().is_none());
    }
}
