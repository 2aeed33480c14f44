//! Output for other programs: citations and exports of results; the writer of HTML and XML.

mod citation;
mod markup_writer;
mod result_export;
pub use citation::{CitationStyle, enclosing_sentences, text_fragment_link};
pub use markup_writer::{MarkupWriter, is_noncharacter};
pub use result_export::{ExportFormat, ExportHeader, ExportRecord};
