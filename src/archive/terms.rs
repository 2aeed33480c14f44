//! Terms of the archive's titles with the readings of their characters, for those who cannot type a character.

use super::reader::Store;
use super::{Archive, ArchiveError};
use crate::json_de;
use crate::text::fold;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::rc::Rc;

/// Terms of an archive and the readings of their characters.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TermList {
    /// Folded characters of each syllable of pinyin without tones. A character with several readings occurs several times.
    pub syllables: Vec<(String, String)>,
    /// Terms, the most frequent first, each with the number of articles that contain it.
    pub terms: Vec<(String, u32)>,
    /// Numbers of the related terms of each, best first. Rare terms at the end have none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub related: Vec<Vec<u32>>,
}

/// Maximum number of related terms of a term.
pub const RELATED_TERMS: usize = 8;

/// Maximum number of terms for one query.
const MAX_OFFERS: usize = 3;

impl TermList {
    /// Returns the terms whose pinyin is `letters`, whole or by its first letters, the most frequent first.
    ///
    /// ```
    /// use sheaf::archive::TermList;
    /// use sheaf::text::fold;
    /// let syllables = vec![("tai".into(), fold("台")), ("wan".into(), fold("湾"))];
    /// let terms = TermList { syllables, terms: vec![("台湾".into(), 1203)], ..TermList::default() };
    /// assert_eq!(terms.with_pinyin("taiw").len(), 1);
    /// assert_eq!(terms.with_pinyin("tw").len(), 1);
    /// assert!(terms.with_pinyin("ta").is_empty());
    /// ```
    pub fn with_pinyin(&self, letters: &str) -> Vec<(String, u32)> {
        let readings = self.readings();
        self.matching(|chars| {
            let syllables = || chars.iter().map(|c| readings.get(c).map_or(&[][..], Vec::as_slice));
            let is_initials = letters.len() == chars.len()
                && syllables().zip(letters.bytes()).all(|(syllables, letter)| {
                    syllables.iter().any(|syllable| syllable.as_bytes()[0] == letter)
                });
            is_initials || is_spelt(&syllables().collect::<Vec<_>>(), letters)
        })
    }

    /// Returns the other terms that sound like `word`, the most frequent first.
    pub fn sounding_like(&self, word: &str) -> Vec<(String, u32)> {
        let readings = self.readings();
        let typed: Vec<char> = fold(word).chars().collect();
        let sounds_alike = |one: &char, other: &char| {
            one == other
                || match (readings.get(one), readings.get(other)) {
                    (Some(one), Some(other)) => one.iter().any(|syllable| other.contains(syllable)),
                    _ => false,
                }
        };
        self.matching(|chars| {
            chars.len() == typed.len()
                && *chars != *typed
                && chars.iter().zip(&typed).all(|(one, other)| sounds_alike(one, other))
        })
    }

    /// Returns the terms related to `word`, best first; none if it is no term.
    pub fn related_to(&self, word: &str) -> Vec<(String, u32)> {
        let folded = fold(word);
        let number = self.terms.iter().position(|(term, _)| fold(term) == folded);
        let related = number.and_then(|number| self.related.get(number)).into_iter().flatten();
        related.filter_map(|&other| self.terms.get(other as usize).cloned()).take(RELATED_TERMS).collect()
    }

    fn matching(&self, is_match: impl Fn(&[char]) -> bool) -> Vec<(String, u32)> {
        let terms = self.terms.iter().filter(|(term, _)| is_match(&fold(term).chars().collect::<Vec<_>>()));
        terms.take(MAX_OFFERS).cloned().collect()
    }

    fn readings(&self) -> BTreeMap<char, Vec<&str>> {
        let mut readings: BTreeMap<char, Vec<&str>> = BTreeMap::new();
        for (syllable, chars) in self.syllables.iter().filter(|(syllable, _)| !syllable.is_empty()) {
            for c in chars.chars() {
                readings.entry(c).or_default().push(syllable);
            }
        }
        readings
    }
}

/// Returns true if `letters` spell the readings in full. The last one may still be being typed.
fn is_spelt(readings: &[&[&str]], letters: &str) -> bool {
    match readings {
        [] => false,
        [last] => last.iter().any(|syllable| !letters.is_empty() && syllable.starts_with(letters)),
        [first, rest @ ..] => first
            .iter()
            .any(|syllable| letters.strip_prefix(syllable).is_some_and(|letters| is_spelt(rest, letters))),
    }
}

impl<S: Store> Archive<S> {
    /// Returns the terms of the archive; none if it has no list of them.
    pub async fn terms(&self) -> Result<Rc<TermList>, ArchiveError> {
        let Some(name) = self.manifest().file_index.as_ref().and_then(|files| files.terms.as_ref()) else {
            return Ok(Rc::default());
        };
        if let Some(terms) = self.terms.borrow_mut().get(name) {
            return Ok(terms);
        }
        let (path, json) = self.fetch_by_hash(name).await?;
        let terms = json_de::from_slice(&json).map_err(|error| ArchiveError::damaged(&path, error))?;
        Ok(self.terms.borrow_mut().insert(name, terms, 1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list() -> TermList {
        let syllables = [
            ("chang", "长"),
            ("jin", "近金"),
            ("ping", "平瓶"),
            ("tai", "台"),
            ("wan", "湾"),
            ("xi", "习西"),
            ("xian", "县先"),
            ("an", "安"),
            ("zhang", "长"),
        ];
        let terms = [("台湾", 1203), ("习近平", 900), ("县长", 5), ("西安", 4)];
        TermList {
            syllables: syllables.map(|(syllable, chars)| (syllable.to_owned(), fold(chars))).to_vec(),
            terms: terms.map(|(term, count)| (term.to_owned(), count)).to_vec(),
            related: vec![vec![2, 1], vec![0, 9]],
        }
    }

    #[test]
    fn pinyin_finds_terms_whole_partly_and_by_initials() {
        for (letters, expected) in [
            ("taiwan", &["台湾"][..]),
            ("taiw", &["台湾"]),
            ("tw", &["台湾"]),
            ("xijinping", &["习近平"]),
            ("xjp", &["习近平"]),
            ("xianzhang", &["县长"]),
            ("xianchang", &["县长"]),
            ("xian", &["西安"]),
            ("tai", &[]),
            ("t", &[]),
            ("taiwanx", &[]),
            ("", &[]),
        ] {
            let found: Vec<String> = list().with_pinyin(letters).into_iter().map(|(term, _)| term).collect();
            assert_eq!(found, expected, "{letters}");
        }
    }

    #[test]
    fn related_terms_are_found_in_any_script() {
        let related = |word: &str| -> Vec<String> {
            list().related_to(word).into_iter().map(|(term, _)| term).collect()
        };
        assert_eq!(related("臺灣"), ["县长", "习近平"]);
        assert_eq!(related("习近平"), ["台湾"], "a number without a term is ignored");
        assert!(related("县长").is_empty() && related("湾").is_empty());
    }

    #[test]
    fn characters_of_the_same_sound_find_a_term() {
        for (word, expected) in [
            ("习近瓶", &["习近平"][..]),
            ("西金平", &["习近平"]),
            ("习近平", &[]),
            ("台灣", &[]),
            ("灯", &[]),
        ] {
            let found: Vec<String> = list().sounding_like(word).into_iter().map(|(term, _)| term).collect();
            assert_eq!(found, expected, "{word}");
        }
    }
}
