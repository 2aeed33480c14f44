//! Result count and search failures as text.

use crate::app::i18n::{Locale, fill, format_number};
use crate::app::state::library::SearchResults;
use crate::search::FetchFailure;

/// Result count as text.
pub fn result_summary(found: &SearchResults, ui: Locale) -> String {
    let texts = ui.library();
    let total = found.selection.total;
    let shown = format_number(total as u64);
    let Some(search) = &found.search else {
        return if total == 1 { texts.article.to_owned() } else { fill(texts.articles, &[&shown]) };
    };
    if !search.is_done {
        return match search.scanned {
            Some(scanned) if total > 0 => {
                fill(texts.searching, &[&shown, &format_number(scanned), &format_number(search.searchable)])
            }
            _ => texts.querying_index.to_owned(),
        };
    }
    // If only a part of the archive was searched, no number describes all of it.
    match (search.cached, search.failure, total) {
        (Some(cached), _, 0) => fill(texts.none_cached, &[&format_number(cached)]),
        (Some(cached), _, _) => fill(texts.matching_cached, &[&format_number(cached), &shown]),
        (None, Some(failure), 0) => fill(texts.search_failed, &[failure_reason(failure, ui)]),
        (None, Some(FetchFailure::Postings), _) => fill(texts.at_most, &[&shown]),
        (None, Some(_), _) => fill(texts.at_least, &[&shown]),
        (None, None, _) if !search.is_exact => fill(texts.matching, &[&format!("≈ {shown}")]),
        (None, None, _) => fill(texts.matching, &[&shown]),
    }
}

/// Names the part that could not be fetched.
pub fn failure_reason(failure: FetchFailure, ui: Locale) -> &'static str {
    let texts = ui.library();
    match failure {
        FetchFailure::Code => texts.failed_code,
        FetchFailure::Index => texts.failed_index,
        FetchFailure::Postings => texts.failed_postings,
        FetchFailure::Texts => texts.failed_texts,
    }
}
