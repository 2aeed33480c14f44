//! Records with several fields.

use crate::model::Id;
use serde::{Deserialize, Serialize};

/// Milliseconds since 1970, by the device's clock.
pub type Millis = u64;

/// Reading position: the first visible character, with the surrounding text, by which the position is found
/// after edits elsewhere.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReadingPosition {
    /// Line of the body's text, counted by [`Document::for_each_line`](crate::model::Document::for_each_line) from 0.
    pub line: u32,
    /// Character in that line.
    #[serde(rename = "at")]
    pub char_offset: u32,
    /// Text before the position.
    #[serde(rename = "before")]
    pub prefix: String,
    /// Text from the position on.
    #[serde(rename = "words")]
    pub suffix: String,
    /// Share of the text above the position, in thousandths. Only displayed, never used for scrolling.
    #[serde(rename = "share")]
    pub progress: u16,
    /// Time of the record.
    pub time: Millis,
}

/// Saved search.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SavedSearch {
    /// Time of saving.
    pub time: Millis,
    /// Content hash of the archive at the last count; empty before the first.
    pub build: String,
    /// Number of hits at the last count.
    pub count: u32,
    /// Number of new hits since the search was last opened.
    #[serde(rename = "fresh")]
    pub unseen: u32,
}

impl SavedSearch {
    /// Updates the counts: `count` hits in the archive `build`. Additional hits are new, except on the first
    /// count.
    pub fn with_count(self, count: u32, build: &str) -> SavedSearch {
        let more = if self.is_counted() { count.saturating_sub(self.count) } else { 0 };
        let fresh = self.unseen.saturating_add(more).min(count);
        SavedSearch { build: build.to_owned(), count, unseen: fresh, ..self }
    }

    /// Returns true if the hits have been counted.
    pub fn is_counted(&self) -> bool {
        !self.build.is_empty()
    }
}

/// Annotation: a highlighted passage, with or without a note.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Annotation {
    /// Id of the article.
    pub article: Id,
    /// Title of the article, for display when the archive no longer has the article.
    #[serde(default)]
    pub title: String,
    /// Highlighted text.
    pub quote: String,
    /// Text before the highlight.
    #[serde(rename = "before")]
    pub prefix: String,
    /// Text after the highlight.
    #[serde(rename = "after")]
    pub suffix: String,
    /// Byte offset in the article's text when created; selects the nearest of equal passages.
    #[serde(rename = "at")]
    pub start_byte: u32,
    /// Note; may be empty.
    pub note: String,
    /// Time of the highlight or of the last edit of its note.
    pub time: Millis,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn new_hits_accumulate_until_the_search_is_opened() {
        let saved = SavedSearch { time: 1, build: "a".into(), count: 5, unseen: 0 };
        let more = saved.with_count(8, "b");
        assert_eq!((more.build.as_str(), more.count, more.unseen), ("b", 8, 3));
        let again = more.with_count(9, "c");
        assert_eq!(again.unseen, 4, "unseen hits stay new");
        assert_eq!(again.clone().with_count(9, "d").unseen, 4);
        assert_eq!(again.clone().with_count(7, "d").unseen, 4, "hits disappeared");
        assert_eq!(again.with_count(2, "d").unseen, 2, "at most the number of hits");
        let uncounted = SavedSearch { time: 1, build: String::new(), count: 0, unseen: 0 };
        assert_eq!(uncounted.with_count(9, "a").unseen, 0, "the first count has no new hits");
    }
}
