//! The records that are more than a time.

use crate::model::Id;
use serde::{Deserialize, Serialize};

/// Milliseconds since 1970, by the device's clock.
pub type Millis = u64;

/// Where an article was left: the first visible character, and the words from there on, by which the place is
/// found again when the text has changed elsewhere.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Position {
    /// The line of the body's text, counted by [`each_line`](crate::model::each_line) from 0.
    pub line: u32,
    /// The character in that line.
    pub at: u32,
    /// Some text before it.
    pub before: String,
    /// Some text from there on.
    pub words: String,
    /// How much of the text lies above, in thousandths: to be shown, never to be scrolled to.
    pub share: u16,
    /// When.
    pub time: Millis,
}

/// A search that was saved.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Saved {
    /// When it was saved.
    pub time: Millis,
    /// The content of the archive at the last visit.
    pub build: String,
    /// How many articles it found then.
    pub count: u32,
    /// How many have come since it was looked at.
    pub fresh: u32,
}

/// A passage that was marked, with a note or without.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Highlight {
    /// The article.
    pub article: Id,
    /// The passage.
    pub quote: String,
    /// The text before it.
    pub before: String,
    /// The text after it.
    pub after: String,
    /// Where it began in the article's text when it was marked, in bytes: the nearest of equal passages is it.
    pub at: u32,
    /// What was written beside it; may be empty.
    pub note: String,
    /// When.
    pub time: Millis,
}
