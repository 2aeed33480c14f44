//! Names of ZIP entries: encodings and unsafe paths.

use encoding_rs::GB18030;

/// Decodes a name: UTF-8, else GB 18030 if the result is Chinese, else CP437, the encoding of the specification.
///
/// The flag for UTF-8 is ignored, since many programs write UTF-8 without the flag.
pub(super) fn decode(raw: &[u8]) -> String {
    if let Ok(text) = std::str::from_utf8(raw) {
        return text.to_owned();
    }
    let chinese = GB18030.decode_without_bom_handling_and_without_replacement(raw);
    let is_plausible =
        |c: char| c.is_ascii() || matches!(c, '\u{2010}'..='\u{9fff}' | '\u{ff00}'..='\u{ff65}');
    match chinese.filter(|text| text.chars().all(is_plausible)) {
        Some(text) => text.into_owned(),
        None => raw.iter().map(|&byte| cp437(byte)).collect(),
    }
}

/// Returns the path with `/` as separator; `None` if the path leads out of the ZIP.
pub(super) fn clean(name: &str) -> Option<String> {
    let name = name.replace('\\', "/");
    let parts: Vec<&str> = name.split('/').filter(|part| !part.is_empty() && *part != ".").collect();
    let is_drive = |part: &&str| part.len() == 2 && part.ends_with(':');
    let escapes = name.starts_with('/')
        || parts.contains(&"..")
        || parts.first().is_some_and(is_drive)
        || parts.is_empty();
    (!escapes && !name.contains('\0')).then(|| parts.join("/"))
}

fn cp437(byte: u8) -> char {
    /// Characters 128 to 255 of [CP437](https://www.unicode.org/Public/MAPPINGS/VENDORS/MICSFT/PC/CP437.TXT).
    const HIGH: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»\
        ░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀\
        αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{a0}";
    match byte.checked_sub(128) {
        None => char::from(byte),
        Some(index) => HIGH.chars().nth(index.into()).unwrap_or(char::REPLACEMENT_CHARACTER),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_decoded_from_utf_8_gbk_and_cp437() {
        assert_eq!(decode("江水/一.html".as_bytes()), "江水/一.html");
        assert_eq!(decode(&GB18030.encode("江水退了/一.html").0), "江水退了/一.html");
        assert_eq!(decode(b"r\x82sum\x82.html"), "résumé.html");
        assert_eq!((cp437(0xff), cp437(0xb0), cp437(0xe0)), ('\u{a0}', '░', 'α'));
    }

    #[test]
    fn unsafe_paths_are_refused() {
        assert_eq!(clean("a/./b\\c.html").as_deref(), Some("a/b/c.html"));
        for name in ["../a", "a/../../b", "/etc/a", "C:\\a", "..\\a", "a\0b", "./"] {
            assert_eq!(clean(name), None, "{name}");
        }
    }
}
