//! Character classes that decide between substring and word matching.

/// Returns true for Han, kana and Hangul: scripts without spaces, or with inflected words.
pub fn is_cjk(c: char) -> bool {
    matches!(u32::from(c),
        0x1100..=0x11FF // Hangul letters
        | 0x2E80..=0x2FDF // radicals
        | 0x3005..=0x3007 // 々 〆 〇
        | 0x3041..=0x30FA | 0x30FC..=0x30FF // kana
        | 0x3131..=0x318E // Hangul compatibility letters
        | 0x31F0..=0x31FF // kana extensions
        | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF // Han
        | 0xAC00..=0xD7AF // Hangul syllables
        | 0x20000..=0x3FFFF) // Han beyond the basic plane
}

/// Returns true for characters of words in scripts with spaces.
pub fn is_word(c: char) -> bool {
    c.is_alphanumeric() && !is_cjk(c)
}
