//! Terms of the archive offered for a query in pinyin.

use super::query::{Query, QueryTokenKind};
use crate::archive::reader::Store;
use crate::archive::{Archive, ArchiveError};

/// Term offered for a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TermOffer {
    /// Term, as the titles write it.
    pub term: String,
    /// Number of articles that contain the term.
    pub article_count: u32,
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

/// Returns the terms of the archive for a query in pinyin, the most frequent first. Texts and ordinary results remain
/// as they are.
pub async fn pinyin_offers<S: Store>(
    archive: &Archive<S>,
    query: &Query,
) -> Result<Vec<TermOffer>, ArchiveError> {
    let Some(letters) = pinyin_letters(query) else { return Ok(Vec::new()) };
    let terms = archive.terms().await?.with_pinyin(&letters);
    Ok(terms.into_iter().map(|(term, article_count)| TermOffer { term, article_count }).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

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
