//! Decoding of bytes: encoding, line ends, control characters.
//!
//! UTF-8 is the default; a byte order mark is dropped, and one of UTF-16 is honoured. Without a mark, UTF-16 is known by
//! its zero bytes, and other encodings are guessed, with a warning. Invalid sequences become U+FFFD. Line ends become
//! `\n`, so that all later steps agree on line numbers.

mod candidates;
mod legacy;
mod surrogates;
mod utf16;

use super::IngestError;
use super::diagnostics::{Diagnostics, line_at};
use encoding_rs::Encoding;
use std::borrow::Cow;

/// Decodes `bytes` into text without control characters other than tab and `\n`.
pub(super) fn decode(bytes: &[u8], found: &mut Diagnostics) -> Result<String, IngestError> {
    if bytes.is_empty() {
        return Err(IngestError::Empty);
    }
    let decoded = match Encoding::for_bom(bytes) {
        Some((encoding, mark)) if encoding != encoding_rs::UTF_8 => decode_as(encoding, &bytes[mark..]),
        mark => decode_unmarked(&bytes[mark.map_or(0, |(_, length)| length)..]).ok_or(IngestError::Binary)?,
    };
    let text = surrogates::join_references(decoded.text);
    let clean = clean_controls(&text);
    if clean.text.trim().is_empty() && clean.dropped <= 8 {
        return Err(IngestError::Empty);
    }
    if is_binary(&text, &clean, decoded.invalid) {
        return Err(IngestError::Binary);
    }
    if let Some(name) = decoded.guess {
        let message = format_args!("not UTF-8: decoded as {name}; save the file as UTF-8");
        found.warn(1, "legacy-encoding", message);
    }
    if let Some(offset) = text.find(char::REPLACEMENT_CHARACTER) {
        let line = line_at(&text, offset);
        match decoded.invalid {
            0 => found.warn(
                line,
                "lost-character",
                "the text contains \u{fffd}: a character was lost before the file was saved",
            ),
            count => found.warn(
                line,
                "bad-encoding",
                format_args!("{count} invalid byte sequences replaced by \u{fffd}: check the encoding"),
            ),
        }
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

/// Decodes the beginning of a file for the detection of its format, which depends on ASCII characters only.
pub(super) fn decode_head(bytes: &[u8]) -> Cow<'_, str> {
    match Encoding::for_bom(bytes) {
        Some((encoding, mark)) => encoding.decode_without_bom_handling(&bytes[mark..]).0,
        None => match std::str::from_utf8(bytes) {
            // The beginning may end within a character.
            Err(error) if error.error_len().is_none() => {
                String::from_utf8_lossy(&bytes[..error.valid_up_to()])
            }
            _ => decode_unmarked(bytes).map_or(Cow::Borrowed(""), |decoded| decoded.text),
        },
    }
}

struct Decoded<'a> {
    text: Cow<'a, str>,
    /// Number of invalid sequences.
    invalid: usize,
    /// Name of an encoding that was guessed.
    guess: Option<&'static str>,
}

fn decode_as<'a>(encoding: &'static Encoding, bytes: &'a [u8]) -> Decoded<'a> {
    let (text, had_errors) = encoding.decode_without_bom_handling(bytes);
    let invalid = if had_errors { text.matches(char::REPLACEMENT_CHARACTER).count() } else { 0 };
    Decoded { text, invalid, guess: None }
}

/// Decodes `bytes` without byte order mark; returns `None` for binary data.
fn decode_unmarked(bytes: &[u8]) -> Option<Decoded<'_>> {
    if let Some(encoding) = utf16::detect(bytes) {
        return Some(Decoded { guess: Some(encoding.name()), ..decode_as(encoding, bytes) });
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        // ASCII with escape sequences.
        if memchr::memmem::find(bytes, b"\x1b$B").is_some() {
            return Some(Decoded {
                guess: Some("ISO-2022-JP"),
                ..decode_as(encoding_rs::ISO_2022_JP, bytes)
            });
        }
        return Some(Decoded { text: Cow::Borrowed(text), invalid: 0, guess: None });
    }
    if has_binary_signature(bytes) || has_many_controls(bytes) {
        return None;
    }
    let bytes = surrogates::join_bytes(bytes);
    let (text, invalid, guess) = match legacy::decode(&bytes) {
        Some(legacy) => (legacy.text, legacy.invalid, Some(legacy.name)),
        None => (
            String::from_utf8_lossy(&bytes).into_owned(),
            bytes.utf8_chunks().filter(|chunk| !chunk.invalid().is_empty()).count(),
            None,
        ),
    };
    Some(Decoded { text: Cow::Owned(text), invalid, guess })
}

/// Returns `true` if `bytes` begin as an image, an archive or another common binary file.
fn has_binary_signature(bytes: &[u8]) -> bool {
    const SIGNATURES: [&[u8]; 16] = [
        b"\x89PNG",
        b"\xff\xd8\xff",
        b"GIF87a",
        b"GIF89a",
        b"RIFF",
        b"PK\x03\x04",
        b"PK\x05\x06",
        b"\x1f\x8b",
        b"%PDF-",
        b"\x7fELF",
        b"\xfd7zXZ",
        b"7z\xbc\xaf",
        b"Rar!",
        b"OggS",
        b"ID3",
        b"SQLite format 3\0",
    ];
    SIGNATURES.iter().any(|signature| bytes.starts_with(signature))
}

/// Returns `true` if the beginning of `bytes` has more control characters than any text.
fn has_many_controls(bytes: &[u8]) -> bool {
    const SAMPLE: usize = 1 << 16;
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    // Zero bytes may be padding.
    let is_control = |byte: u8| matches!(byte, 1..=8 | 0xe..=0x1a | 0x1c..=0x1f | 0x7f);
    let controls = sample.iter().filter(|&&byte| is_control(byte)).count();
    controls > 8 && controls * 20 > sample.len()
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
    let mut last = ' ';
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
            // Padding counts as one.
            '\0' if last == '\0' => {}
            c if c.is_control() => {
                clean.dropped = clean.dropped.saturating_add(1);
                clean.first_dropped.get_or_insert(line);
            }
            c => clean.text.push(c),
        }
        last = c;
    }
    clean
}

/// Returns `true` if more than one character in ten is invalid or a control character, unlike any crawled text.
fn is_binary(text: &str, clean: &CleanText, invalid: usize) -> bool {
    let bad = invalid + clean.dropped as usize;
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
    fn padding_counts_as_one_character() {
        let padded = [b"ab".as_slice(), &[0; 4096], b"c"].concat();
        check(&padded, Ok("abc"), &[(1, "control-character")]);
        check(&[0; 4096], Err(IngestError::Empty), &[]);
    }

    #[test]
    fn unmarked_utf_16_is_decoded() {
        check(&utf16("<p>江水</p>\n", false)[2..], Ok("<p>江水</p>\n"), &[(1, "legacy-encoding")]);
        check(&utf16("<p>江水</p>\n", true)[2..], Ok("<p>江水</p>\n"), &[(1, "legacy-encoding")]);
    }

    #[test]
    fn escape_sequences_of_japanese_mail_are_decoded() {
        check(b"\x1b$B9>?e\x1b(B.", Ok("江水."), &[(1, "legacy-encoding")]);
    }

    #[test]
    fn damaged_legacy_text_is_decoded_around_the_damage() {
        let text = "江水昨夜退了，人们回家。渡口重新开船。";
        let (gbk, ..) = encoding_rs::GB18030.encode(text);
        let codes = &[(1, "legacy-encoding"), (1, "bad-encoding")][..];
        let end = format!("{}\u{fffd}", text.trim_end_matches('。'));
        check(&gbk[..gbk.len() - 1], Ok(&end), codes);
        let broken = [&gbk[..8], b"\xff", &gbk[8..]].concat();
        check(&broken, Ok(&text.replace("退", "\u{fffd}退")), codes);
    }

    #[test]
    fn surrogates_are_joined() {
        check("笑 &#55357;&#56842;".as_bytes(), Ok("笑 😊"), &[]);
        check(b"<p>\xed\xa0\xbd\xed\xb8\x8a</p>", Ok("<p>😊</p>"), &[]);
    }

    #[test]
    fn large_binary_files_are_skipped_at_once() {
        // Pseudo-random bytes, as those of compressed data.
        let mut state = 1u32;
        let bytes: Vec<u8> = std::iter::repeat_with(|| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 24) as u8
        })
        .take(1 << 20)
        .collect();
        for start in [0, 1, 2, 3, 1000] {
            check(&bytes[start..], Err(IngestError::Binary), &[]);
            check(&bytes[start..start + 400], Err(IngestError::Binary), &[]);
        }
    }

    #[test]
    fn files_without_text_are_skipped() {
        check(b"", Err(IngestError::Empty), &[]);
        check(b" \r\n\t", Err(IngestError::Empty), &[]);
        check(b"\xef\xbb\xbf", Err(IngestError::Empty), &[]);
        check(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\0\0\0\0\x08", Err(IngestError::Binary), &[]);
    }
}
