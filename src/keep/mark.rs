//! What an article is marked with.

use super::Kept;
use crate::model::Id;

/// A mark that is set and taken away by hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// To find it again.
    Star,
    /// As read.
    Read,
}

/// The marks of an article.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Marked {
    /// Whether it was read.
    pub read: bool,
    /// Whether it has a star.
    pub starred: bool,
    /// How much of it lies above where it was left, in thousandths; nothing when it was not begun.
    pub share: Option<u16>,
}

impl Mark {
    /// Its name in the page.
    pub fn name(self) -> &'static str {
        match self {
            Mark::Star => "star",
            Mark::Read => "read",
        }
    }
}

impl Kept {
    /// The marks of an article.
    pub fn marked(&self, id: Id) -> Marked {
        Marked { read: self.is_read(id), starred: self.is_starred(id), share: self.share(id) }
    }
}
