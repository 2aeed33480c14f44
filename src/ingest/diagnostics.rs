//! Diagnostics of one file: warnings with lines, removals with rules.

use std::collections::BTreeMap;
use std::fmt;

/// Problem in a file that nevertheless became an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// Line, counted from 1.
    pub line: u32,
    /// Kind of problem, for machines: `bad-encoding`, `no-date`, ….
    pub code: &'static str,
    /// Message for the user.
    pub message: String,
}

/// Reason why a file holds no article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IngestError {
    /// No bytes, or only white space.
    #[error("the file is empty")]
    Empty,
    /// Binary data, such as an image or a compressed archive.
    #[error("not a text file: too many control characters or invalid byte sequences")]
    Binary,
    /// SVG drawing without an article around it.
    #[error("SVG drawing, not an article: save the drawing as PNG to show it in an article")]
    Drawing,
    /// A collection of articles where a single article was expected, or the other way round.
    #[error("the file cannot be read in this format: name another format with --format, or none")]
    Collection,
    /// The rest of a collection cannot be read.
    #[error("the rest of the file cannot be read: the file is damaged or not of this format")]
    Damaged,
    /// An item of a collection has an unexpected shape.
    #[error("the item has an unexpected shape: fields of other types than in this format")]
    Item,
    /// An export names an article without its text.
    #[error("the export holds no text of the article")]
    NoText,
}

impl IngestError {
    /// Returns the kind of reason.
    pub fn code(self) -> &'static str {
        match self {
            IngestError::Empty | IngestError::NoText => "empty",
            IngestError::Binary | IngestError::Drawing => "binary",
            IngestError::Collection | IngestError::Damaged | IngestError::Item => "unreadable",
        }
    }
}

/// Collector of [`Warning`]s and counts of removals.
#[derive(Default)]
pub(super) struct Diagnostics {
    warnings: Vec<Warning>,
    removed: BTreeMap<&'static str, u32>,
    /// Text removed by rules, so that tests can verify that nothing else is missing.
    #[cfg(test)]
    pub(super) removed_text: String,
}

impl Diagnostics {
    /// Adds a warning about `line`.
    pub(super) fn warn(&mut self, line: u32, code: &'static str, message: impl fmt::Display) {
        self.warnings.push(Warning { line, code, message: message.to_string() });
    }

    /// Returns `true` if there is a warning of the kind `code`.
    pub(super) fn has_warning(&self, code: &str) -> bool {
        self.warnings.iter().any(|warning| warning.code == code)
    }

    /// Counts `count` removals by `rule`.
    pub(super) fn count_removed(&mut self, rule: &'static str, count: u32) {
        if count > 0 {
            let total = self.removed.entry(rule).or_default();
            *total = total.saturating_add(count);
        }
    }

    /// Counts one removal of the visible `text` by `rule`.
    pub(super) fn count_removed_text(&mut self, rule: &'static str, text: &str) {
        self.count_removed(rule, 1);
        #[cfg(test)]
        self.removed_text.push_str(text);
        let _ = text;
    }

    pub(super) fn into_parts(mut self) -> (Vec<Warning>, BTreeMap<&'static str, u32>) {
        self.warnings.sort_by_key(|warning| warning.line);
        (self.warnings, self.removed)
    }
}

/// Returns the line of the byte at `offset`, counted from 1.
pub(super) fn line_at(text: &str, offset: usize) -> u32 {
    let before = &text.as_bytes()[..offset.min(text.len())];
    u32::try_from(memchr::memchr_iter(b'\n', before).count()).unwrap_or(u32::MAX - 1) + 1
}
