//! Output helpers shared by the commands.

use crate::archive::Archive;
use crate::archive::reader::Store;
use crate::bundle::Report;
use crate::model::Article;
use crate::text::format_thousands;

/// Replaces control characters, which could move a terminal's cursor or break a line.
pub fn sanitize_for_terminal(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// Returns the date of an article in the archive's time zone.
pub fn date(article: &Article) -> Option<String> {
    article.time.map(|time| time.date().to_string())
}

/// Summarises a build in one sentence.
pub fn summary(report: &Report) -> String {
    let mut parts = vec![count_noun(report.articles, "article", "articles")];
    let more = [
        (report.versions, "earlier version", "earlier versions"),
        (report.skipped.len(), "file skipped", "files skipped"),
        (report.warnings.len(), "warning", "warnings"),
    ];
    parts.extend(
        more.into_iter().filter(|part| part.0 > 0).map(|(count, one, many)| count_noun(count, one, many)),
    );
    let bytes = &report.bytes;
    let files =
        if bytes.files > 1 { format!(" in {} files", format_thousands(bytes.files)) } else { String::new() };
    format!("{}: {}{files}", parts.join(", "), format_bytes(bytes.total))
}

/// Counts the states that came along with the articles; empty without any.
pub fn states(report: &Report) -> String {
    let nouns = [
        ("stars", "star", "stars"),
        ("reads", "read mark", "read marks"),
        ("positions", "reading position", "reading positions"),
        ("highlights", "highlight", "highlights"),
        ("labels", "label", "labels"),
    ];
    let counts = nouns
        .iter()
        .filter_map(|(kind, one, many)| report.states.get(*kind).map(|&count| count_noun(count, one, many)));
    counts.collect::<Vec<_>>().join(", ")
}

/// Formats a count with its noun.
pub fn count_noun(count: usize, one: &str, many: &str) -> String {
    format!("{} {}", format_thousands(count as u64), if count == 1 { one } else { many })
}

/// Formats a number of bytes in bytes, kB or MB.
pub fn format_bytes(bytes: u64) -> String {
    match bytes {
        ..1000 => count_noun(bytes as usize, "byte", "bytes"),
        1000..1_000_000 => format!("{}.{} kB", bytes / 1000, bytes % 1000 / 100),
        _ => format!("{}.{} MB", format_thousands(bytes / 1_000_000), bytes % 1_000_000 / 100_000),
    }
}

/// Returns the display name of an article's source.
pub fn source_name<S: Store>(archive: &Archive<S>, article: &Article) -> String {
    sanitize_for_terminal(archive.manifest().source_name(&article.source))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_and_sizes_are_formatted() {
        assert_eq!(count_noun(1, "file", "files"), "1 file");
        assert_eq!(count_noun(1_234_567, "file", "files"), "1,234,567 files");
        assert_eq!(
            (format_bytes(999), format_bytes(12_345), format_bytes(27_950_000)),
            ("999 bytes".into(), "12.3 kB".into(), "27.9 MB".into())
        );
    }

    #[test]
    fn control_characters_are_replaced() {
        assert_eq!(sanitize_for_terminal("a\tb\u{1b}[2J\u{9b}c"), "a b [2J c");
    }
}
