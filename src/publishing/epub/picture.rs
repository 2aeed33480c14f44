//! Pictures of a book.

use crate::model::is_avif;
use percent_encoding::percent_decode_str;

/// Format of a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PictureFormat {
    /// File extension.
    pub extension: &'static str,
    /// Media type.
    pub media_type: &'static str,
    /// True for the formats that every reading system of EPUB 3 shows.
    pub is_core: bool,
}

impl PictureFormat {
    /// Recognises a format by the first bytes; a declared type may be wrong.
    pub fn from_content(bytes: &[u8]) -> Option<PictureFormat> {
        let format = |extension, media_type, is_core| Some(PictureFormat { extension, media_type, is_core });
        match bytes {
            [0x89, b'P', b'N', b'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => format("png", "image/png", true),
            [0xFF, 0xD8, 0xFF, ..] => format("jpg", "image/jpeg", true),
            [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => format("gif", "image/gif", true),
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => {
                format("webp", "image/webp", false)
            }
            _ if is_avif(bytes) => format("avif", "image/avif", false),
            _ => None,
        }
    }
}

/// Decodes the content of a `data:` URL.
pub fn decode_data_url(url: &str) -> Option<Vec<u8>> {
    let (head, data) = url.get("data:".len()..)?.split_once(',')?;
    let data: Vec<u8> = percent_decode_str(data).collect();
    let is_base64 = head.rsplit(';').next().is_some_and(|last| last.trim().eq_ignore_ascii_case("base64"));
    if is_base64 { decode_base64(&data) } else { Some(data) }
}

/// Decodes base 64, with or without padding.
fn decode_base64(text: &[u8]) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let (mut value, mut bits) = (0u32, 0);
    for byte in text.iter().take_while(|&&byte| byte != b'=') {
        let digit = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return None,
        };
        (value, bits) = (value << 6 | u32::from(digit), bits + 6);
        if bits >= 8 {
            bits -= 8;
            bytes.push((value >> bits) as u8);
        }
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_urls_are_decoded() {
        let decoded = |url| decode_data_url(url).map(|bytes| String::from_utf8(bytes).unwrap());
        assert_eq!(decoded("data:image/png;base64,5rGfIQ==").as_deref(), Some("江!"));
        assert_eq!(decoded("DATA:image/png;BASE64,5rGfIQ%3D%3D").as_deref(), Some("江!"));
        assert_eq!(decoded("data:image/png,a%20b").as_deref(), Some("a b"));
        assert_eq!(decoded("data:image/png;base64,5rG(").as_deref(), None);
        assert_eq!(decoded("data:image/png").as_deref(), None);
    }

    #[test]
    fn formats_are_recognised_by_content() {
        let extension = |bytes: &[u8]| PictureFormat::from_content(bytes).map(|format| format.extension);
        assert_eq!(extension(b"GIF89a\x01\0"), Some("gif"));
        assert_eq!(extension(b"RIFF\x10\0\0\0WEBPVP8 "), Some("webp"));
        assert_eq!(extension(b"\0\0\0\x10ftypavif\0\0\0\0"), Some("avif"));
        assert_eq!(extension(b"\0\0\0\x14ftypmif1\0\0\0\0avif"), Some("avif"));
        assert_eq!(extension(b"<svg xmlns='"), None);
        assert_eq!(extension(b""), None);
    }
}
