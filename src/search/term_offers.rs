//! Terms of the archive offered for a query: those with its pinyin, or those related to its only word.

use super::query::{Query, QueryTokenKind};
use crate::archive::reader::Store;
use crate::archive::{Archive, ArchiveError};
use crate::text::is_cjk;

/// Term offered for a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TermOffer {
    /// Term, as the titles write it.
    pub term: String,
    /// Number of articles that contain the term.
    pub article_count: u32,
    /// Relation of the term to the query.
    pub relation: TermRelation,
}

/// Relation of an offered term to the query.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TermRelation {
    /// The query is the pinyin of the term.
    Pinyin,
    /// The term has much in common with the query, a term as well.
    Related,
}

/// Fewest letters of a query in pinyin.
const MIN_LETTERS: usize = 2;

/// Returns the letters of a query that may be pinyin: Latin words without operators, quotes and filters.
fn pinyin_letters(query: &Query) -> Option<String> {
    let mut letters = String::new();
    for token in &query.tokens {
        let QueryTokenKind::Term(term) = &token.kind else { return None };
        if !term.is_plain() || !term.text.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b'\'') {
            return None;
        }
        letters.extend(term.text.chars().filter(char::is_ascii_alphabetic).map(|c| c.to_ascii_lowercase()));
    }
    (letters.len() >= MIN_LETTERS).then_some(letters)
}

/// Returns the only word of a query of Chinese characters, without operators, quotes and filters.
fn only_word(query: &Query) -> Option<&str> {
    let [token] = query.tokens.as_slice() else { return None };
    let QueryTokenKind::Term(term) = &token.kind else { return None };
    (term.is_plain() && term.text.chars().all(is_cjk)).then_some(&term.text)
}

/// Returns the terms of the archive for a query: for one in pinyin, the most frequent first; for a term, those that are
/// related to it, best first. Texts and ordinary results remain as they are.
pub async fn term_offers<S: Store>(
    archive: &Archive<S>,
    query: &Query,
) -> Result<Vec<TermOffer>, ArchiveError> {
    let (terms, relation) = if let Some(letters) = pinyin_letters(query) {
        (archive.terms().await?.with_pinyin(&letters), TermRelation::Pinyin)
    } else if let Some(word) = only_word(query) {
        (archive.terms().await?.related_to(word), TermRelation::Related)
    } else {
        return Ok(Vec::new());
    };
    let offer = |(term, article_count)| TermOffer { term, article_count, relation };
    Ok(terms.into_iter().map(offer).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_words_of_characters_may_have_related_terms() {
        for (query, word) in [
            ("台湾", Some("台湾")),
            ("\"台湾\"", None),
            ("-台湾", None),
            ("title:台湾", None),
            ("台湾 海峡", None),
            ("台湾 lang:en", None),
            ("taiwan", None),
            ("5g", None),
            ("", None),
        ] {
            assert_eq!(only_word(&Query::parse(query)), word, "{query}");
        }
    }

    #[test]
    fn plain_latin_words_may_be_pinyin() {
        for (query, letters) in [
            ("taiwan", Some("taiwan")),
            ("Xi Jin ping", Some("xijinping")),
            ("xi'an", Some("xian")),
            ("t", None),
            ("5g", None),
            ("\"taiwan\"", None),
            ("-taiwan", None),
            ("title:taiwan", None),
            ("taiwan lang:en", None),
            ("taiwan 台湾", None),
            ("", None),
        ] {
            assert_eq!(pinyin_letters(&Query::parse(query)).as_deref(), letters, "{query}");
        }
    }
}
