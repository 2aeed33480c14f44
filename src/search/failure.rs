//! Data that a search needs and cannot get.

/// Data that could not be fetched for a search.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FetchFailure {
    /// The code that searches. Nothing is known.
    Code,
    /// Authors and tags. Nothing is known.
    Names,
    /// All postings that could narrow the archive down. Only texts can be searched.
    Index,
    /// Some of the postings. The hits are an upper bound.
    Postings,
    /// Some of the texts. The hits are a lower bound.
    Texts,
}
