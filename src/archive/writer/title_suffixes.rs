//! Names of the site at the end of titles, such as ` - Tide News`, learnt from the titles of each source.
//!
//! A suffix begins at a separator and ends most titles of its source. The files keep the titles whole, so that a new
//! article changes no other's pack when a suffix becomes common; [`Manifest::displayed_title`] removes it.
//!
//! [`Manifest::displayed_title`]: crate::archive::Manifest::displayed_title

use crate::model::Article;
use std::collections::BTreeMap;

/// Suffixes of the titles of each source, longest first.
pub type TitleSuffixes = BTreeMap<String, Vec<String>>;

/// Smallest number of titles from which a suffix is learnt.
const MIN_TITLES: usize = 5;

/// Returns the suffixes of each source: those that end more than half of its titles, and those that end
/// more than a fifth and contain a label of its host name.
pub(crate) fn title_suffixes(articles: &[Article]) -> TitleSuffixes {
    let mut titles: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for article in articles {
        titles.entry(&article.source).or_default().push(&article.title);
    }
    let learnt =
        titles.into_iter().map(|(source, titles)| (source.to_owned(), common_suffixes(source, &titles)));
    learnt.filter(|(_, suffixes)| !suffixes.is_empty()).collect()
}

fn common_suffixes(source: &str, titles: &[&str]) -> Vec<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for title in titles {
        for suffix in suffixes(title) {
            *counts.entry(suffix).or_default() += 1;
        }
    }
    let common = counts.into_iter().filter(|&(suffix, count)| {
        let part = if names_host(suffix, source) { 5 } else { 2 };
        count >= MIN_TITLES && count * part > titles.len()
    });
    let mut common: Vec<String> = common.map(|(suffix, _)| suffix.to_owned()).collect();
    common.sort_by_key(|suffix| std::cmp::Reverse(suffix.len()));
    common
}

/// Iterates over the parts of `title` from each separator to its end.
fn suffixes(title: &str) -> impl Iterator<Item = &str> {
    title.char_indices().filter_map(move |(at, separator)| {
        let (before, rest) = (title.get(..at)?, title.get(at + separator.len_utf8()..)?);
        let is_spaced = before.ends_with(char::is_whitespace) && rest.starts_with(char::is_whitespace);
        let separates = match separator {
            '|' | '｜' | '_' | '—' | '–' | '－' | '»' | '«' => true,
            // A hyphen is part of words such as `COVID-19`.
            '-' => is_spaced || is_beside_han(before, rest),
            '·' | '•' | ':' | '/' | '~' => is_spaced,
            _ => false,
        };
        let names = rest.chars().filter(|c| c.is_alphabetic()).count() >= 2;
        let before = before.trim_end();
        (separates && names && !before.is_empty()).then(|| title.get(before.len()..)).flatten()
    })
}

/// Returns true if a word of `suffix` is a label of the host name `source` other than its last.
fn names_host(suffix: &str, source: &str) -> bool {
    let suffix = suffix.to_lowercase();
    let labels = source.rsplit('.').skip(1);
    let words = suffix.split(|c: char| !c.is_alphanumeric());
    labels.filter(|label| label.len() > 1).any(|label| words.clone().any(|word| word == label))
}

/// Returns true if a letter beyond ASCII stands on both sides.
fn is_beside_han(before: &str, rest: &str) -> bool {
    let is_han = |c: char| c.is_alphabetic() && !c.is_ascii();
    before.chars().next_back().is_some_and(is_han) && rest.chars().next().is_some_and(is_han)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn learn(titles: &[&str]) -> Vec<String> {
        let article = |title: &&str| Article {
            source: "tr.example".to_owned(),
            ..Article::from_blocks(title, Vec::new())
        };
        let articles: Vec<Article> = titles.iter().map(article).collect();
        title_suffixes(&articles).remove("tr.example").unwrap_or_default()
    }

    #[test]
    fn suffix_of_most_titles_is_learnt_with_its_parts() {
        let titles = [
            "甲 – 潮汐广播 - TR",
            "乙 – 潮汐广播 - TR",
            "丙 – 潮汐广播 - TR",
            "丁 – 潮汐广播 - TR",
            "戊 - TR",
            "己 – 潮汐广播 - TR",
        ];
        assert_eq!(learn(&titles), [" – 潮汐广播 - TR", " - TR"]);
        assert_eq!(learn(&["甲_潮汐网", "乙_潮汐网", "丙_潮汐网", "丁_潮汐网", "戊_潮汐网"]), ["_潮汐网"]);
        assert_eq!(learn(&["甲-潮汐网", "乙-潮汐网", "丙-潮汐网", "丁-潮汐网", "戊-潮汐网"]), ["-潮汐网"]);
    }

    #[test]
    fn words_of_titles_are_no_suffix() {
        assert!(learn(&["甲 - TR", "乙 - TR", "丙 - TR", "丁 - TR"]).is_empty(), "too few titles");
        let some =
            ["甲 - 连载", "乙 - 连载", "丙 - 连载", "丁 - 连载", "戊 - 连载", "己", "庚", "辛", "壬", "癸"];
        assert!(learn(&some).is_empty(), "half of the titles");
        let some = some.map(|title| title.replace("连载", "Tr"));
        assert_eq!(learn(&some.each_ref().map(String::as_str)), [" - Tr"], "the name of the host");
        let virus = ["甲 COVID-19", "乙 COVID-19", "丙 COVID-19", "丁 COVID-19", "戊 COVID-19"];
        assert!(learn(&virus).is_empty(), "a hyphen within a word");
        let years = ["甲 - 2020", "乙 - 2020", "丙 - 2020", "丁 - 2020", "戊 - 2020"];
        assert!(learn(&years).is_empty(), "no name");
    }
}
