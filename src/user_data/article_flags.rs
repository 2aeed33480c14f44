//! Flags of articles.

use super::{Millis, UserData, UserDataEdit};
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

    /// Returns the edit that toggles a flag of an article at the time `now`.
    pub fn toggle_flag(&self, id: Id, flag: ArticleFlag, now: Millis) -> UserDataEdit {
        match flag {
            ArticleFlag::Star => UserDataEdit::Star(id, (!self.is_starred(id)).then_some(now)),
            ArticleFlag::Read => UserDataEdit::Read(id, (!self.is_read(id)).then_some(now)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn toggled_flag_is_set_and_cleared() {
        let (mut data, id) = (UserData::default(), Id::from_path("a"));
        for flag in [ArticleFlag::Star, ArticleFlag::Read] {
            let set = data.toggle_flag(id, flag, 7);
            let undo = data.apply(set);
            let state = data.flag_state(id);
            assert!([state.starred, state.read].contains(&true));
            assert_eq!(data.toggle_flag(id, flag, 8), undo, "the second press undoes the first");
            data.apply(undo);
            assert_eq!(data.flag_state(id), FlagState::default());
        }
    }
}
