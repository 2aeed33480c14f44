//! Flags of articles.

use super::UserData;
use crate::model::Id;

/// Flag set and cleared by the reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ArticleFlag {
    /// Starred.
    Star,
    /// Read.
    Read,
}

/// Flags and reading progress of an article.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FlagState {
    /// True if the article is marked as read.
    pub read: bool,
    /// True if the article is starred.
    pub starred: bool,
    /// Reading progress in thousandths; `None` without a reading position.
    pub progress: Option<u16>,
}

impl ArticleFlag {
    /// Returns the name used in DOM attributes.
    pub fn name(self) -> &'static str {
        match self {
            ArticleFlag::Star => "star",
            ArticleFlag::Read => "read",
        }
    }
}

impl UserData {
    /// Returns the flags of an article.
    pub fn flag_state(&self, id: Id) -> FlagState {
        FlagState { read: self.is_read(id), starred: self.is_starred(id), progress: self.progress(id) }
    }
}
