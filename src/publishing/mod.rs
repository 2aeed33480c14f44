//! Output for other programs: citations, exports of results, books; the writer of HTML and XML.

mod citation;
mod epub;
mod markup_writer;
mod result_export;
mod zip_writer;
pub use citation::{CitationStyle, enclosing_sentences, text_fragment_link};
pub use epub::{Compressor, EpubBuilder, EpubInfo};
pub use markup_writer::{MarkupWriter, is_noncharacter};
pub use result_export::{ExportFormat, ExportHeader, ExportRecord};
pub use zip_writer::ZipTooLarge;
