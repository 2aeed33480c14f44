//! Sort orders of a result.

/// Sort order of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SortOrder {
    /// Newest first.
    Newest,
    /// Oldest first.
    Oldest,
    /// Best match first.
    Relevance,
}

impl SortOrder {
    /// Returns the name used in URLs.
    pub fn name(self) -> &'static str {
        match self {
            SortOrder::Newest => "newest",
            SortOrder::Oldest => "oldest",
            SortOrder::Relevance => "relevance",
        }
    }

    /// Returns the sort order with this name in URLs.
    pub fn from_name(name: &str) -> Option<SortOrder> {
        [SortOrder::Newest, SortOrder::Oldest, SortOrder::Relevance]
            .into_iter()
            .find(|sort| sort.name() == name)
    }
}
