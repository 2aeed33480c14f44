//! Surrogate pairs outside UTF-16, written by programs that count characters in UTF-16 units.

use std::borrow::Cow;

/// Joins surrogates that are encoded one by one in UTF-8 (CESU-8).
pub(super) fn join_bytes(bytes: &[u8]) -> Cow<'_, [u8]> {
    let mut joined = Vec::new();
    let mut done = 0;
    for at in memchr::memchr_iter(0xed, bytes) {
        let Some(&[0xed, a @ 0xa0..=0xaf, b @ 0x80..=0xbf, 0xed, c @ 0xb0..=0xbf, d @ 0x80..=0xbf]) =
            bytes.get(at..at + 6)
        else {
            continue;
        };
        let unit = |second: u8, third: u8| 0xd000 | u16::from(second & 0x3f) << 6 | u16::from(third & 0x3f);
        if let Some(Ok(c)) = char::decode_utf16([unit(a, b), unit(c, d)]).next() {
            joined.extend_from_slice(&bytes[done..at]);
            joined.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
            done = at + 6;
        }
    }
    if done == 0 {
        return Cow::Borrowed(bytes);
    }
    joined.extend_from_slice(&bytes[done..]);
    Cow::Owned(joined)
}

/// Joins pairs of numeric character references, as in `&#55357;&#56842;`.
pub(super) fn join_references(text: Cow<'_, str>) -> Cow<'_, str> {
    let mut joined = String::new();
    let mut done = 0;
    for at in memchr::memmem::find_iter(text.as_bytes(), "&#") {
        let pair = || {
            let (high, after) = split_reference(text.get(at..)?)?;
            let (low, after) = split_reference(after)?;
            let c = char::decode_utf16([high, low]).next()?.ok()?;
            (c > '\u{ffff}').then_some((c, text.len() - after.len()))
        };
        if at >= done
            && let Some((c, end)) = pair()
        {
            joined.push_str(&text[done..at]);
            joined.push(c);
            done = end;
        }
    }
    if done == 0 {
        return text;
    }
    joined.push_str(&text[done..]);
    Cow::Owned(joined)
}

/// Splits a numeric character reference of a UTF-16 unit from `text`.
fn split_reference(text: &str) -> Option<(u16, &str)> {
    let number = text.strip_prefix("&#")?;
    let (digits, radix) = match number.strip_prefix(['x', 'X']) {
        Some(digits) => (digits, 16),
        None => (number, 10),
    };
    let end = digits.find(|c: char| !c.is_digit(radix)).unwrap_or(digits.len());
    let unit = u16::from_str_radix(&digits[..end], radix).ok()?;
    let rest = &digits[end..];
    Some((unit, rest.strip_prefix(';').unwrap_or(rest)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn surrogate_references_become_one_character() {
        let join = |text| join_references(Cow::Borrowed(text)).into_owned();
        assert_eq!(join("a &#55357;&#56842; b"), "a 😊 b");
        assert_eq!(join("&#xD83D;&#xDE0A;&#xd83d&#xde0a"), "😊😊");
        assert_eq!(join("&#55357;&#55357;&#56842;"), "&#55357;😊");
        assert_eq!(join("&amp;#55357;&#56842; &#97;&#98; &#"), "&amp;#55357;&#56842; &#97;&#98; &#");
    }

    #[test]
    fn surrogates_in_bytes_become_one_character() {
        assert_eq!(
            &*join_bytes(b"a\xed\xa0\xbd\xed\xb8\x8ab\xed\xa0\xbd"),
            b"a\xf0\x9f\x98\x8ab\xed\xa0\xbd"
        );
        assert_eq!(&*join_bytes("한".as_bytes()), "한".as_bytes());
    }
}
