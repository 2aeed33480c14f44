//! Output helpers shared by the commands.

use crate::archive::{Archive, Store};
use crate::build::Report;
use crate::model::Article;
use crate::view::grouped;

/// Replaces control characters, which could move a terminal's cursor or break a line.
pub fn plain(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// Returns the date of an article in the archive's time zone.
pub fn date(article: &Article) -> Option<String> {
    article.time.map(|time| time.date().to_string())
}

/// Summarises a build in one sentence.
pub fn summary(report: &Report) -> String {
    let mut parts = vec![number(report.articles, "article", "articles")];
    let more = [
        (report.versions, "earlier version", "earlier versions"),
        (report.skipped.len(), "file skipped", "files skipped"),
        (report.warnings.len(), "warning", "warnings"),
    ];
    parts.extend(
        more.into_iter().filter(|part| part.0 > 0).map(|(count, one, many)| number(count, one, many)),
    );
    let bytes = &report.bytes;
    let files = if bytes.files > 1 { format!(" in {} files", grouped(bytes.files)) } else { String::new() };
    format!("{}: {}{files}", parts.join(", "), size(bytes.total))
}

/// Formats a count with its noun.
pub fn number(count: usize, one: &str, many: &str) -> String {
    format!("{} {}", grouped(count as u64), if count == 1 { one } else { many })
}

/// Formats a number of bytes in bytes, kB or MB.
pub fn size(bytes: u64) -> String {
    match bytes {
        ..1000 => number(bytes as usize, "byte", "bytes"),
        1000..1_000_000 => format!("{}.{} kB", bytes / 1000, bytes % 1000 / 100),
        _ => format!("{}.{} MB", grouped(bytes / 1_000_000), bytes % 1_000_000 / 100_000),
    }
}

/// Returns the display name of an article's source.
pub fn source<S: Store>(archive: &Archive<S>, article: &Article) -> String {
    plain(archive.manifest().source_name(&article.source))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_and_sizes_are_formatted() {
        assert_eq!(number(1, "file", "files"), "1 file");
        assert_eq!(number(1_234_567, "file", "files"), "1,234,567 files");
        assert_eq!(
            (size(999), size(12_345), size(27_950_000)),
            ("999 bytes".into(), "12.3 kB".into(), "27.9 MB".into())
        );
    }

    #[test]
    fn control_characters_are_replaced() {
        assert_eq!(plain("a\tb\u{1b}[2J\u{9b}c"), "a b [2J c");
    }
}
