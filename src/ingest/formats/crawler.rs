//! Files of a family of crawlers; see [`header`].

use crate::ingest::diagnostics::Diagnostics;
use crate::ingest::drafts::Draft;
use crate::ingest::{header, plain_text};

/// Recognises the comment with the time, or the linked title, at the start of the file.
pub(super) fn detect(text: &str) -> bool {
    header::is_header(text)
}

/// Reads header and body. Every text is accepted: one without header is all body.
pub(super) fn read<'a>(text: &'a str, found: &mut Diagnostics) -> Draft<'a> {
    let header = header::parse_header(text, found);
    Draft {
        title: header.title,
        url: header.url,
        base: header.base,
        time: header.time,
        dateline: header.dateline,
        body: plain_text::mark_paragraphs(header.body),
        body_line: header.body_line,
        ..Draft::default()
    }
}
