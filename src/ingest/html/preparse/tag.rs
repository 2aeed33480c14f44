//! Scanner for tag names, attributes and tag ends, following the tokenizer of the HTML standard.

/// Result of scanning a tag.
pub(super) enum TagScan {
    /// Complete tag.
    Complete(Tag),
    /// The text ends inside the attribute at `broken`.
    Unterminated { broken: usize },
}

/// Complete tag.
pub(super) struct Tag {
    /// Position after the `>`.
    pub(super) end: usize,
    /// Position after the last attribute that is kept.
    pub(super) attributes_end: usize,
    /// `true` if further attributes were dropped.
    pub(super) is_truncated: bool,
    /// `true` if the tag ends with `/>`.
    pub(super) is_self_closing: bool,
}

/// Returns the name at `from`, up to white space, `/`, `>` or `<`.
///
/// The standard allows `<` in names, but in `a<b<c` or after a lost `>` no such name is intended.
pub(super) fn name(html: &str, from: usize) -> &str {
    let rest = &html[from..];
    let is_end = |b: &u8| b.is_ascii_whitespace() || matches!(b, b'/' | b'>' | b'<');
    let end = rest.as_bytes().iter().position(is_end).unwrap_or(rest.len());
    &rest[..end]
}

/// Returns `true` if `name` can be an element name; otherwise it is text between `<` and `>`.
pub(super) fn is_name(name: &str) -> bool {
    name.len() <= 64
        && !name.ends_with(':')
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b':' | b'_' | b'.'))
}

/// Scans the attributes at `from` and keeps at most `most`.
pub(super) fn scan_attributes(html: &str, from: usize, most: usize) -> TagScan {
    let bytes = html.as_bytes();
    let is_space = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_whitespace);
    let mut at = from;
    let mut count = 0;
    let mut kept = None;
    let mut bare = None;
    loop {
        let mut closed = false;
        while is_space(at) || bytes.get(at) == Some(&b'/') {
            closed = bytes[at] == b'/';
            at += 1;
        }
        let begin = at;
        match bytes.get(at) {
            None => return TagScan::Unterminated { broken: begin },
            Some(b'>') => {
                let attributes_end = kept.or(bare).unwrap_or(at);
                return TagScan::Complete(Tag {
                    end: at + 1,
                    attributes_end,
                    is_truncated: kept.is_some(),
                    is_self_closing: closed && kept.is_none(),
                });
            }
            Some(_) => {}
        }
        if count == most {
            kept.get_or_insert(begin);
        }
        count += 1;
        // The first character belongs to the name even if it is `=`.
        at += 1;
        while bytes.get(at).is_some_and(|b| !b.is_ascii_whitespace() && !matches!(b, b'/' | b'>' | b'=')) {
            at += 1;
        }
        let name_end = at;
        while is_space(at) {
            at += 1;
        }
        if bytes.get(at) != Some(&b'=') {
            at = name_end;
            continue;
        }
        at += 1;
        while is_space(at) {
            at += 1;
        }
        match bytes.get(at) {
            Some(quote @ (b'"' | b'\'')) => match memchr::memchr(*quote, &bytes[at + 1..]) {
                Some(end) => at += end + 2,
                None => return TagScan::Unterminated { broken: begin },
            },
            // The `=` would take a slash that follows for its value.
            Some(b'>') => bare = Some(name_end),
            _ => {
                while bytes.get(at).is_some_and(|b| !b.is_ascii_whitespace() && *b != b'>') {
                    at += 1;
                }
            }
        }
    }
}
