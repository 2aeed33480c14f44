//! What is noticed while a file is read: warnings with their lines, removals with their rules.

use std::collections::BTreeMap;
use std::fmt;

/// Something odd in a file that nevertheless became an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// The line, counted from 1.
    pub line: u32,
    /// A name for the kind of oddity, for machines: `bad-utf8`, `no-date`, ….
    pub code: &'static str,
    /// A sentence for a person.
    pub message: String,
}

/// Why a file holds no article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Skip {
    /// No bytes, or nothing but white space.
    #[error("the file is empty")]
    Empty,
    /// A picture, an archive or the like under the name of a text.
    #[error("the file is no text: too many of its characters are control characters or broken")]
    Binary,
}

impl Skip {
    /// A name for the reason.
    pub fn code(self) -> &'static str {
        match self {
            Skip::Empty => "empty",
            Skip::Binary => "binary",
        }
    }
}

/// Collects [`Warning`]s and counts removals.
#[derive(Default)]
pub(super) struct Findings {
    warnings: Vec<Warning>,
    removed: BTreeMap<&'static str, u32>,
    /// The text that rules removed, so that tests can check that nothing else is missing.
    #[cfg(test)]
    pub(super) removed_text: String,
}

impl Findings {
    /// Notes an oddity of `line`.
    pub(super) fn warn(&mut self, line: u32, code: &'static str, message: impl fmt::Display) {
        self.warnings.push(Warning { line, code, message: message.to_string() });
    }

    /// Counts something that `rule` removed.
    pub(super) fn removed(&mut self, rule: &'static str, count: u32) {
        if count > 0 {
            let total = self.removed.entry(rule).or_default();
            *total = total.saturating_add(count);
        }
    }

    /// Counts one removal by `rule` of something that showed `text`.
    pub(super) fn removed_text(&mut self, rule: &'static str, text: &str) {
        self.removed(rule, 1);
        #[cfg(test)]
        self.removed_text.push_str(text);
        let _ = text;
    }

    pub(super) fn finish(mut self) -> (Vec<Warning>, BTreeMap<&'static str, u32>) {
        self.warnings.sort_by_key(|warning| warning.line);
        (self.warnings, self.removed)
    }
}

/// The line of the byte at `offset`, counted from 1.
pub(super) fn line_at(text: &str, offset: usize) -> u32 {
    let before = &text.as_bytes()[..offset.min(text.len())];
    u32::try_from(memchr::memchr_iter(b'\n', before).count()).unwrap_or(u32::MAX - 1) + 1
}
