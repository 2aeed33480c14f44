//! Output for other programs: citations and exports of results.

mod citation;
mod result_export;
pub use citation::{CitationStyle, text_fragment_link, enclosing_sentences};
pub use result_export::{ExportRecord, ExportFormat, ExportHeader};
