//! Result count and search failures as text.

use crate::app::i18n::{Locale, format_number};
use crate::app::state::SearchResults;
use crate::search::FetchFailure;

/// Result count as text.
pub fn result_summary(found: &SearchResults, ui: Locale) -> String {
    let texts = ui.library();
    let total = found.selection.total as u64;
    let Some(search) = &found.search else {
        return texts.articles(total);
    };
    if !search.is_done {
        return match search.scanned {
            Some(scanned) if total > 0 => texts.searching(total, scanned.into(), search.searchable.into()),
            _ => texts.querying_index.to_owned(),
        };
    }
    // If only a part of the archive was searched, no number describes all of it.
    match (search.cached, search.failure, total) {
        (Some(cached), _, 0) => texts.none_cached(cached.into()),
        (Some(cached), _, _) => texts.matching_cached(cached.into(), total),
        (None, Some(failure), 0) => texts.search_failed(failure_reason(failure, ui)),
        (None, Some(FetchFailure::Postings), _) => texts.at_most(total),
        (None, Some(_), _) => texts.at_least(total),
        (None, None, _) if !search.is_exact => texts.matching(&format!("≈ {}", format_number(total))),
        (None, None, _) => texts.matching(&format_number(total)),
    }
}

/// Names the part that could not be fetched.
pub fn failure_reason(failure: FetchFailure, ui: Locale) -> &'static str {
    let texts = ui.library();
    match failure {
        FetchFailure::Code => texts.failed_code,
        FetchFailure::Names => texts.failed_names,
        FetchFailure::Index => texts.failed_index,
        FetchFailure::Postings => texts.failed_postings,
        FetchFailure::Texts => texts.failed_texts,
    }
}
