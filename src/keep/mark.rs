//! Flags of articles.

use super::Kept;
use crate::model::Id;

/// Flag set and cleared by the reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// Starred.
    Star,
    /// Read.
    Read,
}

/// Flags and reading progress of an article.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Marked {
    /// True if the article is marked as read.
    pub read: bool,
    /// True if the article is starred.
    pub starred: bool,
    /// Reading progress in thousandths; `None` without a reading position.
    pub share: Option<u16>,
}

impl Mark {
    /// Returns the name used in DOM attributes.
    pub fn name(self) -> &'static str {
        match self {
            Mark::Star => "star",
            Mark::Read => "read",
        }
    }
}

impl Kept {
    /// Returns the flags of an article.
    pub fn marked(&self, id: Id) -> Marked {
        Marked { read: self.is_read(id), starred: self.is_starred(id), share: self.share(id) }
    }
}
