//! Spelling suggestions: words of the archive that resemble one which finds nothing.

use super::query::{Query, QueryToken, QueryTokenKind};
use super::searcher::Searcher;
use crate::archive::index::{LexiconWord, is_lexicon_letter};
use crate::archive::reader::Store;
use crate::archive::{Archive, ArchiveError};
use crate::small_sort;
use crate::text::{base_letters, fold, is_cjk};

/// Query with another spelling of a word that finds nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpellingSuggestion {
    /// Suggested word.
    pub word: String,
    /// The query with this word.
    pub query: String,
}

/// Length of a query word from which one edit is allowed, in characters.
const MIN_CHARS_ONE_EDIT: usize = 5;
/// Length of a query word from which two edits are allowed, in characters.
const MIN_CHARS_TWO_EDITS: usize = 9;
/// Maximum number of suggestions.
const MAX_SUGGESTIONS: usize = 3;

/// Returns suggestions for the first word of the query `text` that finds nothing, the most frequent first. Takes at
/// most two requests more than the query itself.
pub async fn spelling_suggestions<S: Store>(
    archive: &Archive<S>,
    text: &str,
) -> Result<Vec<SpellingSuggestion>, ArchiveError> {
    // Without an index, whether a word finds nothing takes all texts.
    if archive.index().is_none() && archive.manifest().file_index.is_some() {
        return Ok(Vec::new());
    }
    let query = Query::parse(text);
    for token in &query.tokens {
        let QueryTokenKind::Term(term) = &token.kind else { continue };
        if term.negated || !may_be_misspelt(&term.text) || !finds_nothing(archive, token).await? {
            continue;
        }
        let typed = &text[token.span.clone()];
        let suggest = |word: String| {
            let spelt = typed.replacen(&term.text, &word, 1);
            let query = [&text[..token.span.start], &spelt, &text[token.span.end..]].concat();
            SpellingSuggestion { word, query }
        };
        return Ok(similar_words(archive, &term.text).await?.into_iter().map(suggest).collect());
    }
    Ok(Vec::new())
}

/// Returns true for long words in letters and for several Chinese characters.
fn may_be_misspelt(typed: &str) -> bool {
    is_chinese(typed) || allowed_edits(&base_letters(&fold(typed))) > 0
}

fn is_chinese(typed: &str) -> bool {
    typed.chars().all(is_cjk) && typed.chars().nth(1).is_some()
}

/// Returns the number of edits that `base`, base letters, may be away from a suggestion; 0 if it is no long word.
fn allowed_edits(base: &str) -> usize {
    match base.chars().count() {
        _ if !base.chars().all(is_lexicon_letter) => 0,
        MIN_CHARS_TWO_EDITS.. => 2,
        MIN_CHARS_ONE_EDIT.. => 1,
        _ => 0,
    }
}

async fn finds_nothing<S: Store>(archive: &Archive<S>, token: &QueryToken) -> Result<bool, ArchiveError> {
    let searcher = Searcher::new(archive, &Query { tokens: vec![token.clone()] });
    Ok(searcher.search().await?.hits.is_empty())
}

/// Returns words of the archive that resemble `typed`, the most frequent first: words of the lexicon, or terms that
/// sound alike.
async fn similar_words<S: Store>(archive: &Archive<S>, typed: &str) -> Result<Vec<String>, ArchiveError> {
    if is_chinese(typed) {
        let terms = archive.terms().await?.sounding_like(typed);
        return Ok(terms.into_iter().map(|(term, _)| term).collect());
    }
    let folded = fold(typed);
    let mut words = lexicon_words(archive, &base_letters(&folded)).await?;
    small_sort::sort_by_key(&mut words, |word| (u32::MAX - word.article_count, word.text.clone()));
    words.truncate(MAX_SUGGESTIONS);
    Ok(words.into_iter().map(|word| word.text).collect())
}

/// Returns the words of the lexicon that resemble `base`. Their first letter is the same, or both first letters are
/// swapped.
async fn lexicon_words<S: Store>(archive: &Archive<S>, base: &str) -> Result<Vec<LexiconWord>, ArchiveError> {
    let mut chars = base.chars();
    let (Some(first), Some(second)) = (chars.next(), chars.next()) else { return Ok(Vec::new()) };
    let mut words = archive.lexicon(first).await?;
    if second != first {
        let swapped = [second, first].iter().collect::<String>();
        let other = archive.lexicon(second).await?;
        words.extend(other.into_iter().filter(|word| base_letters(&word.text).starts_with(&swapped)));
    }
    let edits = allowed_edits(base);
    words.retain(|word| strsim::osa_distance(base, &base_letters(&word.text)) <= edits);
    Ok(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn longer_words_allow_more_edits() {
        for (word, edits) in [
            ("tide", 0),
            ("tides", 1),
            ("harbours", 1),
            ("lighthous", 2),
            ("covid19", 0),
            ("灯塔灯塔灯塔", 0),
            ("лодкам", 1),
        ] {
            assert_eq!(allowed_edits(word), edits, "{word}");
        }
    }
}
