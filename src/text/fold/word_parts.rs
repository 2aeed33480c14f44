//! Inner words of names such as `getUserName` and `HTTPServer`.

use std::ops::Range;

/// Shortest inner word in bytes, so that `5G` is one word.
const MIN_BYTES: usize = 2;
/// Longest name that is taken apart, in bytes. Longer ones are encoded data.
const MAX_NAME_BYTES: usize = 64;

/// Returns the byte ranges from the start of an inner word to the end of its name, so that `userName` and `name` are
/// found in `getUserName`.
pub(super) fn word_parts(text: &str) -> impl Iterator<Item = Range<usize>> {
    let bytes = text.as_bytes();
    let is_start = move |at: &usize| {
        let around = (bytes[at - 1], bytes[*at], bytes.get(at + 1));
        matches!(around, (b'a'..=b'z' | b'0'..=b'9', b'A'..=b'Z', _) | (b'A'..=b'Z', b'A'..=b'Z', Some(b'a'..=b'z')))
    };
    (1..bytes.len()).filter(is_start).filter_map(|at| {
        let end = at + length_of(bytes[at..].iter());
        let start = at - length_of(bytes[..at].iter().rev());
        // Letters outside of ASCII go on with the name.
        let is_whole = |c: Option<char>| c.is_none_or(|c| !crate::text::is_word(c));
        let is_word = end - at >= MIN_BYTES && end - start <= MAX_NAME_BYTES;
        (is_word && is_whole(text[end..].chars().next())).then_some(at..end)
    })
}

/// Returns the number of ASCII letters and digits at the start, at most one more than a name may have.
fn length_of<'a>(bytes: impl Iterator<Item = &'a u8>) -> usize {
    bytes.take(MAX_NAME_BYTES + 1).take_while(|byte| byte.is_ascii_alphanumeric()).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_taken_apart_at_capitals() {
        for (text, expected) in [
            ("函数getUserName与iPhone。", &["UserName", "Name", "Phone"][..]),
            ("HTTPServer", &["Server"]),
            ("C3PO", &["PO"]),
            ("TIDE Tide tide 5G get_user_name", &[]),
            ("cafésUser", &["User"]),
            ("getUserNamé", &[]),
            (&"aB".repeat(40), &[]),
        ] {
            let parts: Vec<&str> = word_parts(text).map(|part| &text[part]).collect();
            assert_eq!(parts, expected, "{text}");
        }
    }
}
