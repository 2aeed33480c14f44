//! Texts of the library with values.

use super::LibraryTexts;
use crate::app::i18n::{fill, format_number};
use crate::archive::{ArchiveError, StoreError, StoreErrorKind};
use crate::search::SortOrder;

impl LibraryTexts {
    /// Returns the reason why a file of the open archive cannot be used.
    pub fn load_failure(&self, error: &ArchiveError) -> &'static str {
        match error {
            ArchiveError::Store(StoreError { kind: StoreErrorKind::Missing, .. }) => self.chunk_missing,
            ArchiveError::Store(StoreError { kind: StoreErrorKind::Corrupt, .. })
            | ArchiveError::Damaged { .. }
            | ArchiveError::NotFound(_) => self.damaged,
            ArchiveError::Store(_) => self.no_network,
            ArchiveError::Version(_) => self.other_version,
        }
    }

    pub fn received(&self, size: &str) -> String {
        fill(self.received, &[size])
    }

    pub fn received_of_total(&self, received: &str, total: &str) -> String {
        fill(self.received_of_total, &[received, total])
    }

    pub fn articles(&self, count: u64) -> String {
        match count {
            1 => self.article.to_owned(),
            count => fill(self.articles, &[&format_number(count)]),
        }
    }

    pub fn matching(&self, count: &str) -> String {
        fill(self.matching, &[count])
    }

    pub fn searching(&self, matches: u64, scanned: u64, total: u64) -> String {
        fill(self.searching, &[&format_number(matches), &format_number(scanned), &format_number(total)])
    }

    pub fn other_sources(&self, names: &str) -> String {
        fill(self.other_sources, &[names])
    }

    pub fn export_cost(&self, size: &str) -> String {
        fill(self.export_cost, &[size])
    }

    pub fn exporting(&self, done: u64, total: u64) -> String {
        fill(self.exporting, &[&format_number(done), &format_number(total)])
    }

    pub fn did_you_mean(&self, word: &str) -> String {
        fill(self.did_you_mean, &[word])
    }

    pub fn relaxed(&self, term: &str, matches: u64) -> String {
        fill(self.relaxed, &[term, &format_number(matches)])
    }

    pub fn date(&self, date: &str) -> String {
        fill(self.date, &[date])
    }

    pub fn any_word(&self, words: &str, matches: u64) -> String {
        fill(self.any_word, &[words, &format_number(matches)])
    }

    pub fn at_most(&self, count: u64) -> String {
        fill(self.at_most, &[&format_number(count)])
    }

    pub fn at_least(&self, count: u64) -> String {
        fill(self.at_least, &[&format_number(count)])
    }

    pub fn matching_cached(&self, cached: u64, matches: u64) -> String {
        fill(self.matching_cached, &[&format_number(cached), &format_number(matches)])
    }

    pub fn none_cached(&self, cached: u64) -> String {
        fill(self.none_cached, &[&format_number(cached)])
    }

    pub fn none_cached_hint(&self, others: u64) -> String {
        fill(self.none_cached_hint, &[&format_number(others)])
    }

    pub fn search_failed(&self, reason: &str) -> String {
        fill(self.search_failed, &[reason])
    }

    pub fn all_sources(&self, count: u64) -> String {
        fill(self.all_sources, &[&format_number(count)])
    }

    pub fn all_names(&self, count: u64) -> String {
        fill(self.all_names, &[&format_number(count)])
    }

    pub fn show(&self, count: u64) -> String {
        fill(self.show, &[&format_number(count)])
    }

    pub fn remove(&self, condition: &str) -> String {
        fill(self.remove, &[condition])
    }

    pub fn since(&self, period: &str) -> String {
        fill(self.since, &[period])
    }

    pub fn until(&self, period: &str) -> String {
        fill(self.until, &[period])
    }

    pub fn excluded(&self, name: &str) -> String {
        fill(self.excluded, &[name])
    }

    pub fn match_count(&self, count: u64) -> String {
        match count {
            1 => self.one_match.to_owned(),
            count => fill(self.match_count, &[&format_number(count)]),
        }
    }

    pub fn minutes(&self, count: u64) -> String {
        fill(self.minutes, &[&format_number(count)])
    }

    pub fn end(&self, count: u64) -> String {
        fill(self.end, &[&format_number(count)])
    }

    pub fn order_name(&self, order: SortOrder) -> &'static str {
        match order {
            SortOrder::Relevance => self.relevance,
            SortOrder::Newest => self.newest,
            SortOrder::Oldest => self.oldest,
        }
    }
}
