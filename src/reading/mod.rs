//! Reading aids over a document: diff of two versions, table of contents, read-aloud script, line breaks of titles,
//! highlight ranges, markup.

mod converted_article;
pub use converted_article::ConvertedArticle;
mod diff;
mod highlight_cursor;
mod line_slices;
mod markup;
mod slices;
mod speech;
mod table_of_contents;
mod title_breaks;
pub use diff::{Diff, DiffKind, DiffLine, DiffSpan};
pub use highlight_cursor::{CursorPlace, HighlightCursor, TextRun};
pub use line_slices::{LineSlice, line_slices};
pub use markup::{Element, MarkupPlace, MarkupSink, MarkupTexts, MarkupWalk, heading_id};
pub use slices::{Slice, SliceStart, SlicedWalk, slices, write_slice};
pub use speech::{SkipTo, SpeechScript, voice_rank};
pub use table_of_contents::{TocEntry, table_of_contents};
pub use title_breaks::{LineBreaks, line_breaks};
