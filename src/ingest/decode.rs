//! Decoding of bytes: encoding, line ends, control characters.
//!
//! UTF-8 is the default; a byte order mark is dropped, and one of UTF-16 is honoured. Invalid sequences become U+FFFD
//! with a warning, unless most of the file is invalid and decodes without errors in a legacy Chinese encoding. Line
//! ends become `\n`, so that all later steps agree on line numbers.

use super::IngestError;
use super::diagnostics::{Diagnostics, line_at};
use encoding_rs::Encoding;
use std::borrow::Cow;

/// Decodes `bytes` into text without control characters other than tab and `\n`.
pub(super) fn decode(bytes: &[u8], found: &mut Diagnostics) -> Result<String, IngestError> {
    if bytes.is_empty() {
        return Err(IngestError::Empty);
    }
    let (text, broken) = match Encoding::for_bom(bytes) {
        Some((encoding, mark)) if encoding != encoding_rs::UTF_8 => {
            let (text, had_errors) = encoding.decode_without_bom_handling(&bytes[mark..]);
            let broken = had_errors.then(|| text.find(char::REPLACEMENT_CHARACTER).unwrap_or(0));
            (text, broken)
        }
        mark => {
            let bytes = &bytes[mark.map_or(0, |(_, length)| length)..];
            match std::str::from_utf8(bytes) {
                Ok(text) => (Cow::Borrowed(text), None),
                Err(error) => match decode_legacy(bytes) {
                    Some((text, name)) => {
                        found.warn(
                            1,
                            "legacy-encoding",
                            format_args!("not UTF-8: decoded as {name}; save the file as UTF-8"),
                        );
                        (text, None)
                    }
                    None => (String::from_utf8_lossy(bytes), Some(error.valid_up_to())),
                },
            }
        }
    };
    let clean = clean_controls(&text);
    if clean.text.trim().is_empty() && clean.dropped == 0 {
        return Err(IngestError::Empty);
    }
    if is_binary(&text, &clean, broken.is_some()) {
        return Err(IngestError::Binary);
    }
    if let Some(offset) = broken {
        let line = line_at(&text, offset);
        let count = text.matches(char::REPLACEMENT_CHARACTER).count();
        found.warn(
            line,
            "bad-encoding",
            format_args!("{count} invalid byte sequences replaced by \u{fffd}: check the encoding"),
        );
    } else if let Some(offset) = text.find(char::REPLACEMENT_CHARACTER) {
        let line = line_at(&text, offset);
        found.warn(
            line,
            "lost-character",
            "the text contains \u{fffd}: a character was lost before the file was saved",
        );
    }
    if let Some(line) = clean.first_dropped {
        let count = clean.dropped;
        found.warn(line, "control-character", format_args!("{count} control characters removed"));
        found.count_removed("control-character", count);
    }
    if let Some(offset) = clean.text.find(is_private_use) {
        let line = line_at(&clean.text, offset);
        found.warn(
            line,
            "private-character",
            "a private-use character is displayed only in a font made for this text",
        );
    }
    Ok(clean.text)
}

/// Decodes a file in a legacy encoding, if the file is hardly UTF-8 and the result is Chinese.
fn decode_legacy(bytes: &[u8]) -> Option<(Cow<'_, str>, &'static str)> {
    let broken = bytes.utf8_chunks().filter(|chunk| !chunk.invalid().is_empty()).count();
    let foreign = bytes.iter().filter(|byte| !byte.is_ascii()).count();
    // Damaged files have few invalid sequences; in another encoding nearly all are invalid.
    if broken * 6 < foreign || broken < 4 {
        return None;
    }
    [(encoding_rs::GB18030, "GB 18030"), (encoding_rs::BIG5, "Big5")].into_iter().find_map(
        |(encoding, name)| {
            let text = encoding.decode_without_bom_handling_and_without_replacement(bytes)?;
            let letters = text.chars().filter(|c| !c.is_ascii());
            let (han, other) = letters.fold((0, 0), |(han, other), c| match c {
                '\u{3000}'..='\u{30ff}'
                | '\u{4e00}'..='\u{9fff}'
                | '\u{ff00}'..='\u{ff65}'
                | '\u{2010}'..='\u{2030}' => (han + 1, other),
                _ => (han, other + 1),
            });
            (han > other * 8).then_some((text, name))
        },
    )
}

struct CleanText {
    text: String,
    dropped: u32,
    first_dropped: Option<u32>,
}

/// Normalises line ends to `\n` and removes control characters.
fn clean_controls(text: &str) -> CleanText {
    let needs_work = text.bytes().any(|b| b < 0x20 && b != b'\n' && b != b'\t' || b == 0x7f || b == 0xc2);
    if !needs_work {
        return CleanText { text: text.to_owned(), dropped: 0, first_dropped: None };
    }
    let mut clean = CleanText { text: String::with_capacity(text.len()), dropped: 0, first_dropped: None };
    let mut characters = text.chars().peekable();
    let mut line: u32 = 1;
    while let Some(c) = characters.next() {
        match c {
            '\r' => {
                characters.next_if_eq(&'\n');
                clean.text.push('\n');
                line += 1;
            }
            '\n' => {
                clean.text.push('\n');
                line += 1;
            }
            '\t' => clean.text.push(c),
            // Form feed, vertical tab and "next line" are white space.
            '\u{b}' | '\u{c}' | '\u{85}' => clean.text.push(' '),
            c if c.is_control() => {
                clean.dropped = clean.dropped.saturating_add(1);
                clean.first_dropped.get_or_insert(line);
            }
            c => clean.text.push(c),
        }
    }
    clean
}

/// Returns `true` if more than one character in ten is invalid or a control character, unlike any crawled text.
fn is_binary(text: &str, clean: &CleanText, broken: bool) -> bool {
    let replaced = if broken { text.matches(char::REPLACEMENT_CHARACTER).count() } else { 0 };
    let bad = replaced + clean.dropped as usize;
    bad > 8 && bad * 10 > text.chars().count()
}

fn is_private_use(c: char) -> bool {
    matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{ffffd}' | '\u{100000}'..='\u{10fffd}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], expected: Result<&str, IngestError>, codes: &[(u32, &str)]) {
        let mut found = Diagnostics::default();
        let text = decode(bytes, &mut found);
        assert_eq!(text.as_deref().map_err(|skip| *skip), expected, "{bytes:?}");
        let (warnings, _) = found.into_parts();
        let got: Vec<_> = warnings.iter().map(|warning| (warning.line, warning.code)).collect();
        assert_eq!(got, codes, "{bytes:?}");
    }

    fn utf16(text: &str, big: bool) -> Vec<u8> {
        let units = std::iter::once(0xfeff).chain(text.encode_utf16());
        units.flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
    }

    #[test]
    fn utf_8_and_utf_16_are_decoded() {
        check("江𠮷".as_bytes(), Ok("江𠮷"), &[]);
        check("\u{feff}江".as_bytes(), Ok("江"), &[]);
        check(&utf16("江𠮷\r\n", false), Ok("江𠮷\n"), &[]);
        check(&utf16("江𠮷", true), Ok("江𠮷"), &[]);
    }

    #[test]
    fn line_ends_are_normalised() {
        check(b"a\r\nb\rc\nd", Ok("a\nb\nc\nd"), &[]);
        check(b"a\x0cb", Ok("a b"), &[]);
    }

    #[test]
    fn invalid_text_is_reported_with_its_line() {
        check(b"a\nb\xff\xe6\xb1", Ok("a\nb\u{fffd}\u{fffd}"), &[(2, "bad-encoding")]);
        check("a\n\nb\u{fffd}".as_bytes(), Ok("a\n\nb\u{fffd}"), &[(3, "lost-character")]);
        check(b"a\rb\0\x08\x7fc", Ok("a\nbc"), &[(2, "control-character")]);
        check("\u{e000}".as_bytes(), Ok("\u{e000}"), &[(1, "private-character")]);
    }

    #[test]
    fn legacy_chinese_encodings_are_decoded() {
        let (gbk, ..) = encoding_rs::GB18030.encode("江水昨夜退了，人们回家。");
        check(&gbk, Ok("江水昨夜退了，人们回家。"), &[(1, "legacy-encoding")]);
        let (big5, ..) = encoding_rs::BIG5.encode("江水昨夜退了，人們回家。");
        check(&big5, Ok("江水昨夜退了，人們回家。"), &[(1, "legacy-encoding")]);
    }

    #[test]
    fn files_without_text_are_skipped() {
        check(b"", Err(IngestError::Empty), &[]);
        check(b" \r\n\t", Err(IngestError::Empty), &[]);
        check(b"\xef\xbb\xbf", Err(IngestError::Empty), &[]);
        check(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\0\0\0\0\x08", Err(IngestError::Binary), &[]);
    }
}
