//! File type box of the ISO base media formats, such as AVIF and HEIC.

/// Returns the brands of a file, the major one first; none of a file in another format. See
/// [ISO/IEC 14496-12](https://www.iso.org/standard/83102.html#4.3).
pub fn iso_brands(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    let length = bytes.first_chunk().map_or(0, |length| u32::from_be_bytes(*length) as usize);
    let is_iso = bytes.get(4..8) == Some(b"ftyp");
    let brands = if is_iso { bytes.get(8..length) } else { None };
    // The second four bytes are the minor version.
    brands.unwrap_or_default().chunks_exact(4).enumerate().filter(|(at, _)| *at != 1).map(|(_, brand)| brand)
}

/// Returns true for an AVIF picture or sequence.
pub fn is_avif(bytes: &[u8]) -> bool {
    iso_brands(bytes).any(|brand| matches!(brand, b"avif" | b"avis"))
}
