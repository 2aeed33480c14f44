//! UTF-16 without a byte order mark.

use encoding_rs::Encoding;

/// Number of bytes examined.
const SAMPLE: usize = 1 << 16;

/// Returns the byte order of `bytes` if they are text in UTF-16.
pub(super) fn detect(bytes: &[u8]) -> Option<&'static Encoding> {
    if bytes.len() < 8 || !bytes.contains(&0) {
        return None;
    }
    // Padding after the text says nothing about its encoding.
    let end = bytes.iter().rposition(|&byte| byte != 0).map_or(0, |last| last + 1);
    let sample = &bytes[..end.next_multiple_of(2).min(bytes.len()).min(SAMPLE) & !1];
    // Most text in UTF-16 is not valid UTF-8. Otherwise its high bytes must be those of an alphabet, not letters.
    let is_utf8 = std::str::from_utf8(sample).is_ok();
    [
        (encoding_rs::UTF_16LE, u16::from_le_bytes as fn([u8; 2]) -> u16),
        (encoding_rs::UTF_16BE, u16::from_be_bytes),
    ]
    .into_iter()
    .find_map(|(encoding, unit)| {
        let units = sample.as_chunks::<2>().0.iter().map(|bytes| unit(*bytes));
        let (mut ascii, mut good, mut alphabetic, mut total) = (0, 0, 0, 0);
        for c in char::decode_utf16(units) {
            total += 1;
            let c = c.unwrap_or_default();
            alphabetic += usize::from(c < '\u{2000}');
            match c {
                '\t' | '\n' | '\r' | ' '..='~' => ascii += 1,
                '\u{a0}'..='\u{6ff}'
                | '\u{1e00}'..='\u{1fff}'
                | '\u{2010}'..='\u{203e}'
                | '\u{3000}'..='\u{30ff}'
                | '\u{3105}'..='\u{312f}'
                | '\u{4e00}'..='\u{9fff}'
                | '\u{ac00}'..='\u{d7a3}'
                | '\u{ff01}'..='\u{ffe6}'
                | '\u{1f000}'..='\u{3ffff}' => good += 1,
                _ => {}
            }
        }
        let is_text = ascii > 0 && (!is_utf8 || alphabetic * 2 >= total) && (ascii + good) * 20 >= total * 19;
        is_text.then_some(encoding)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_recognised_in_both_byte_orders() {
        for text in
            ["<p>江水昨夜退了。</p>", "江水昨夜退了。\n渡口重新开船。\n", "The river fell.", "Вода спала."]
        {
            let bytes = |swap: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(swap).collect::<Vec<_>>();
            let (little, big) = (bytes(u16::to_le_bytes), bytes(u16::to_be_bytes));
            assert_eq!(detect(&little), Some(encoding_rs::UTF_16LE), "{text}");
            assert_eq!(detect(&big), Some(encoding_rs::UTF_16BE), "{text}");
            assert_eq!(detect(&[&little, &[0; 31][..]].concat()), Some(encoding_rs::UTF_16LE), "{text}");
            assert_eq!(detect(&little[..little.len() - 1]), Some(encoding_rs::UTF_16LE), "{text}");
        }
    }

    #[test]
    fn other_bytes_are_not_utf_16() {
        assert_eq!(detect(b"abcdefgh\0\n"), None);
        assert_eq!(detect(b"The river\0\0\0\0\0\0\0\0\0\0 fell."), None);
        assert_eq!(detect(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x10\0\0\0\x10\x08\x06"), None);
        assert_eq!(detect(&[0; 100]), None);
    }
}
