//! Markdown escaping and single lines, for texts that leave the app.

/// Escapes the Markdown syntax of a line (CommonMark and its tables), so that the line renders verbatim.
///
/// ```
/// assert_eq!(sheaf::text::escape_markdown("1. [a] *b*"), "1\\. \\[a\\] \\*b\\*");
/// ```
pub fn escape_markdown(line: &str) -> String {
    let line = line.trim();
    let mut escaped = String::with_capacity(line.len());
    for (at, c) in line.char_indices() {
        let begins = at == 0 && matches!(c, '#' | '-' | '+' | '=' | '~')
            || matches!(c, '.' | ')') && is_list_marker(line, at);
        if begins || matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '&' | '!') {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

fn is_list_marker(line: &str, dot: usize) -> bool {
    dot > 0 && line.bytes().take(dot).all(|byte| byte.is_ascii_digit())
}

/// Returns `text` on one line: runs of white space become single spaces.
pub fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
