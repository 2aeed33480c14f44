//! Reasons why files are skipped.

use crate::ingest::IngestError;

/// Reason why a file was skipped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SkipReason {
    /// Kind of reason, one of [`SKIP_REASONS`](crate::archive::SKIP_REASONS).
    pub code: &'static str,
    /// Message for the user.
    pub message: String,
}

impl SkipReason {
    pub(super) fn new(code: &'static str, text: impl ToString) -> SkipReason {
        SkipReason { code, message: text.to_string() }
    }
}

impl From<IngestError> for SkipReason {
    fn from(error: IngestError) -> SkipReason {
        SkipReason::new(error.code(), error)
    }
}
