//! The end of a comment, by the [comment states] of the HTML standard.
//!
//! [comment states]: https://html.spec.whatwg.org/#comment-start-state

/// Returns the length of the comment that opens with `<!--` at the start of `text`, with its `>`.
///
/// Returns nothing when the comment has no end.
pub(in crate::ingest) fn length(text: &str) -> Option<usize> {
    let content = text.strip_prefix(OPEN)?;
    let is_end = |at: &usize| {
        let before = &content.as_bytes()[..*at];
        // `<!-->` and `<!--->` close abruptly.
        before.is_empty() || before == b"-" || before.ends_with(b"--") || before.ends_with(b"--!")
    };
    let end = memchr::memchr_iter(b'>', content.as_bytes()).find(is_end)?;
    Some(OPEN.len() + end + 1)
}

/// Splits `text` into the content of the comment that it starts with and the rest.
pub(in crate::ingest) fn split(text: &str) -> Option<(&str, &str)> {
    let (comment, rest) = text.split_at(length(text)?);
    let content = comment.strip_prefix(OPEN)?.strip_suffix('>')?;
    let content = content.strip_suffix("--!").or_else(|| content.strip_suffix("--")).unwrap_or_default();
    Some((content, rest))
}

const OPEN: &str = "<!--";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comment_of_any_ending_is_split_where_the_standard_ends_it() {
        for (comment, content) in [
            ("<!-->", ""),
            ("<!--->", ""),
            ("<!---->", ""),
            ("<!----->", "-"),
            ("<!--江-->", "江"),
            ("<!--江--->", "江-"),
            ("<!--江------>", "江----"),
            ("<!--江--!>", "江"),
            ("<!--江---!>", "江-"),
            ("<!----!>", ""),
            ("<!--江--!-->", "江--!"),
            ("<!--江-- >->-->", "江-- >->"),
            ("<!--<!--江-->", "<!--江"),
            ("<!--<!-->", "<!"),
            ("<!--!>-->", "!>"),
            ("<!--江--!-!>-->", "江--!-!>"),
        ] {
            assert_eq!(split(&format!("{comment}水-->")), Some((content, "水-->")), "{comment}");
        }
    }

    #[test]
    fn comment_without_end_has_no_length() {
        for text in
            ["<!--", "<!---", "<!----", "<!----!", "<!--江->", "<!--江!>", "<!--江--!-!>", "<!-江-->", "江"]
        {
            assert_eq!(length(text), None, "{text}");
        }
    }
}
