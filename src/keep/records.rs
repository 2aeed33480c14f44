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
    /// The content of the archive when it was counted; empty until then.
    pub build: String,
    /// How many articles it found then.
    pub count: u32,
    /// How many have come since it was looked at.
    pub fresh: u32,
}

impl Saved {
    /// The same when it finds `count` articles in the content `build`: what there are more now is new, unless they
    /// were never counted before.
    pub fn counted(self, count: u32, build: &str) -> Saved {
        let more = if self.is_counted() { count.saturating_sub(self.count) } else { 0 };
        let fresh = self.fresh.saturating_add(more).min(count);
        Saved { build: build.to_owned(), count, fresh, ..self }
    }

    /// Whether it is known how many articles it finds.
    pub fn is_counted(&self) -> bool {
        !self.build.is_empty()
    }
}

/// A passage that was marked, with a note or without.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Highlight {
    /// The article.
    pub article: Id,
    /// What it was called, for when it is not at hand.
    #[serde(default)]
    pub title: String,
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
    /// When it was marked, or its note was written last.
    pub time: Millis,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_is_new_until_it_is_looked_at() {
        let saved = Saved { time: 1, build: "a".into(), count: 5, fresh: 0 };
        let more = saved.counted(8, "b");
        assert_eq!((more.build.as_str(), more.count, more.fresh), ("b", 8, 3));
        let again = more.counted(9, "c");
        assert_eq!(again.fresh, 4, "what was not looked at is still new");
        assert_eq!(again.clone().counted(9, "d").fresh, 4);
        assert_eq!(again.clone().counted(7, "d").fresh, 4, "some have gone, who knows which");
        assert_eq!(again.counted(2, "d").fresh, 2, "never more than there are");
        let begun = Saved { time: 1, build: String::new(), count: 0, fresh: 0 };
        assert_eq!(begun.counted(9, "a").fresh, 0, "all of them are known");
    }
}
