//! Character classes that decide between substring and word matching.

/// Returns true for Han, kana, zhuyin and Hangul: scripts without spaces, or with inflected words.
pub fn is_cjk(c: char) -> bool {
    matches!(u32::from(c),
        0x1100..=0x11FF // Hangul letters
        | 0x2E80..=0x2FDF // radicals
        | 0x3005..=0x3007 // 々 〆 〇
        | 0x3041..=0x30FA | 0x30FC..=0x30FF // kana
        | 0x3105..=0x312F | 0x31A0..=0x31BF // zhuyin
        | 0x3131..=0x318E // Hangul compatibility letters
        | 0x31F0..=0x31FF // kana extensions
        | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF // Han
        | 0xAC00..=0xD7AF // Hangul syllables
        | 0x20000..=0x3FFFF) // Han beyond the basic plane
}

/// Returns true for letters and marks of scripts that write words without spaces and have no syllable or word
/// characters: Thai, Lao, Tibetan, Burmese, Khmer and their relatives. Digits are words of their own.
pub fn is_unspaced(c: char) -> bool {
    matches!(u32::from(c),
        0x0E01..=0x0E3A | 0x0E40..=0x0E4E // Thai
        | 0x0E81..=0x0EBD | 0x0EC0..=0x0ECE | 0x0EDC..=0x0EDF // Lao
        | 0x0F00 | 0x0F0B..=0x0F0C | 0x0F18..=0x0F19 | 0x0F35 | 0x0F37 | 0x0F39 // Tibetan
        | 0x0F3E..=0x0F84 | 0x0F86..=0x0FBC // Tibetan letters and marks
        | 0x1000..=0x103F | 0x1050..=0x108F | 0x109A..=0x109D // Burmese
        | 0x1780..=0x17D3 | 0x17D7 | 0x17DC..=0x17DD // Khmer
        | 0x1950..=0x1974 | 0x1980..=0x19C9 // Tai Le and New Tai Lue
        | 0x1A20..=0x1A7F | 0x1AA7 // Tai Tham
        | 0x1B00..=0x1B4C // Balinese
        | 0xA980..=0xA9C0 // Javanese
        | 0xA9E0..=0xA9EF | 0xA9FA..=0xA9FE | 0xAA60..=0xAA7F // Burmese extensions
        | 0xAA80..=0xAADD) // Tai Viet
}

/// Returns true for characters of words in scripts with spaces, marks included.
pub fn is_word(c: char) -> bool {
    !is_cjk(c) && !is_unspaced(c) && (c.is_alphanumeric() || is_mark(c))
}

/// Returns true for marks that combine with a letter and stay apart from it where no composition exists.
pub(super) fn is_mark(c: char) -> bool {
    matches!(u32::from(c),
        0x0300..=0x036F // Latin, Greek, Cyrillic
        | 0x0483..=0x0489 // Cyrillic numbers
        | 0x0591..=0x05BD | 0x05BF | 0x05C1..=0x05C2 | 0x05C4..=0x05C5 | 0x05C7 // Hebrew
        | 0x0610..=0x061A | 0x064B..=0x065F | 0x0670 | 0x06D6..=0x06DC | 0x06DF..=0x06E4 | 0x06E7..=0x06E8
        | 0x06EA..=0x06ED // Arabic
        | 0x093C | 0x094D | 0x0951..=0x0954 | 0x09BC | 0x09CD | 0x0A3C | 0x0A4D | 0x0ABC | 0x0ACD | 0x0B3C
        | 0x0B4D | 0x0BCD | 0x0C4D | 0x0CBC | 0x0CCD | 0x0D3B..=0x0D3C | 0x0D4D | 0x0DCA // India, Sri Lanka
        | 0x1AB0..=0x1ACE | 0x1DC0..=0x1DFF | 0x20D0..=0x20F0 | 0xFE20..=0xFE2F) // further marks
}
