//! Output for other programs: citations and exports of results.

mod citation;
mod result_export;
pub use citation::{CitationStyle, enclosing_sentences, text_fragment_link};
pub use result_export::{ExportFormat, ExportHeader, ExportRecord};
