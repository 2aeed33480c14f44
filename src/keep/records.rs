//! Records with several fields.

use crate::model::Id;
use serde::{Deserialize, Serialize};

/// Milliseconds since 1970, by the device's clock.
pub type Millis = u64;

/// Reading position: the first visible character, with the surrounding text, by which the position is found
/// after edits elsewhere.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Position {
    /// Line of the body's text, counted by [`each_line`](crate::model::each_line) from 0.
    pub line: u32,
    /// Character in that line.
    #[serde(rename = "at")]
    pub at: u32,
    /// Text before the position.
    #[serde(rename = "before")]
    pub before: String,
    /// Text from the position on.
    #[serde(rename = "words")]
    pub words: String,
    /// Share of the text above the position, in thousandths. Only displayed, never used for scrolling.
    #[serde(rename = "share")]
    pub share: u16,
    /// Time of the record.
    pub time: Millis,
}

/// Saved search.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Saved {
    /// Time of saving.
    pub time: Millis,
    /// Content hash of the archive at the last count; empty before the first.
    pub build: String,
    /// Number of hits at the last count.
    pub count: u32,
    /// Number of new hits since the search was last opened.
    #[serde(rename = "fresh")]
    pub fresh: u32,
}

impl Saved {
    /// Updates the counts: `count` hits in the archive `build`. Additional hits are new, except on the first
    /// count.
    pub fn counted(self, count: u32, build: &str) -> Saved {
        let more = if self.is_counted() { count.saturating_sub(self.count) } else { 0 };
        let fresh = self.fresh.saturating_add(more).min(count);
        Saved { build: build.to_owned(), count, fresh, ..self }
    }

    /// Returns true if the hits have been counted.
    pub fn is_counted(&self) -> bool {
        !self.build.is_empty()
    }
}

/// Annotation: a highlighted passage, with or without a note.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Highlight {
    /// Id of the article.
    pub article: Id,
    /// Title of the article, for display when the archive no longer has the article.
    #[serde(default)]
    pub title: String,
    /// Highlighted text.
    pub quote: String,
    /// Text before the highlight.
    #[serde(rename = "before")]
    pub before: String,
    /// Text after the highlight.
    #[serde(rename = "after")]
    pub after: String,
    /// Byte offset in the article's text when created; selects the nearest of equal passages.
    #[serde(rename = "at")]
    pub at: u32,
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
        let saved = Saved { time: 1, build: "a".into(), count: 5, fresh: 0 };
        let more = saved.counted(8, "b");
        assert_eq!((more.build.as_str(), more.count, more.fresh), ("b", 8, 3));
        let again = more.counted(9, "c");
        assert_eq!(again.fresh, 4, "unseen hits stay new");
        assert_eq!(again.clone().counted(9, "d").fresh, 4);
        assert_eq!(again.clone().counted(7, "d").fresh, 4, "hits disappeared");
        assert_eq!(again.counted(2, "d").fresh, 2, "at most the number of hits");
        let begun = Saved { time: 1, build: String::new(), count: 0, fresh: 0 };
        assert_eq!(begun.counted(9, "a").fresh, 0, "the first count has no new hits");
    }
}
