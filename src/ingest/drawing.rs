//! Recognition of SVG files.

use memchr::memmem;

/// Returns `true` if the first element of a file is `svg`.
pub fn is_drawing(bytes: &[u8]) -> bool {
    let mut rest = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    loop {
        let end: &[u8] = match rest {
            [b'<', b'?', ..] => b"?>",
            [b'<', b'!', b'-', b'-', ..] => b"-->",
            [b'<', b'!', ..] => b">",
            _ => break,
        };
        let Some(at) = memmem::find(rest, end) else { return false };
        rest = rest[at + end.len()..].trim_ascii_start();
    }
    let name = rest.strip_prefix(b"<").unwrap_or_default();
    let end = name.iter().position(|byte| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/'));
    let name = &name[..end.unwrap_or_default()];
    name.eq_ignore_ascii_case(b"svg") || name.ends_with(b":svg")
}

/// Returns `true` if a file is a drawing and nothing else.
pub(super) fn is_only_drawing(text: &str) -> bool {
    let end = text.trim_end();
    is_drawing(text.as_bytes())
        && text.matches("<svg").nth(1).is_none()
        && (end.ends_with("svg>") || end.ends_with("/>"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn first_element_tells_a_drawing() {
        for svg in [
            "<svg/>",
            "\u{feff} <?xml version='1.0'?>\n<!-- <b> -->\n<!DOCTYPE svg>\n<svg xmlns='x'>",
            "<s:svg xmlns:s='x'>",
        ] {
            assert!(is_drawing(svg.as_bytes()), "{svg}");
        }
        for other in ["", "<", "<?xml", "<html><svg>", "<svgs>", "svg", "<!---->"] {
            assert!(!is_drawing(other.as_bytes()), "{other}");
        }
    }

    #[test]
    fn text_after_a_drawing_is_an_article() {
        assert!(is_only_drawing("<svg><path/></svg>\n") && is_only_drawing("<svg/>"));
        assert!(!is_only_drawing("<svg></svg><p>江</p>"));
        assert!(!is_only_drawing("<svg></svg><p>江</p><svg></svg>"));
    }
}
