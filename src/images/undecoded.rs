//! Kinds of pictures that are not decoded.

use crate::ingest::is_drawing;
use crate::model::{is_avif, iso_brands};
use memchr::memmem;

/// Largest picture that is kept without being decoded, in bytes.
const MAX_UNDECODED_BYTES: usize = 1 << 20;
/// Length of the beginning of a file that states the kind and the size of the picture.
const MAX_HEAD_BYTES: usize = 64 << 10;
/// Largest width and height that a size may state, in pixels.
const MAX_SIDE: u32 = 65_535;

/// Kind of a picture that is not decoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum UndecodedKind {
    /// Every supported browser shows it.
    Avif,
    /// Only Safari shows it.
    Heic,
    /// Vector drawing in XML, which may hold scripts.
    Svg,
}

/// Reason why a picture is not kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum UndecodedError {
    /// An AVIF picture is large.
    #[error("AVIF of more than {} MB, which cannot be reduced: save the picture as JPEG or WebP", MAX_UNDECODED_BYTES >> 20)]
    LargeAvif,
    /// An AVIF picture states no size.
    #[error("damaged AVIF: save the picture as JPEG or WebP")]
    DamagedAvif,
    /// The picture is HEIC.
    #[error("HEIC, which few browsers show: save the picture as JPEG")]
    Heic,
    /// The picture is SVG.
    #[error("SVG drawing, which may hold scripts: save the drawing as PNG")]
    Svg,
}

impl UndecodedKind {
    /// Recognises a kind by the content.
    pub(super) fn from_content(bytes: &[u8]) -> Option<UndecodedKind> {
        let head = &bytes[..bytes.len().min(MAX_HEAD_BYTES)];
        match () {
            () if is_avif(head) => Some(UndecodedKind::Avif),
            () if is_heic(head) => Some(UndecodedKind::Heic),
            () if is_drawing(head) => Some(UndecodedKind::Svg),
            () => None,
        }
    }

    /// Returns the width and height of a picture that can be kept as it is; `None` for a drawing without shapes.
    ///
    /// # Errors
    ///
    /// Returns the reason why the picture is not kept.
    pub(super) fn size(self, bytes: &[u8]) -> Result<Option<(u32, u32)>, UndecodedError> {
        match self {
            UndecodedKind::Avif if bytes.len() > MAX_UNDECODED_BYTES => Err(UndecodedError::LargeAvif),
            UndecodedKind::Avif => avif_size(bytes).map(Some).ok_or(UndecodedError::DamagedAvif),
            UndecodedKind::Heic => Err(UndecodedError::Heic),
            UndecodedKind::Svg if is_blank_drawing(bytes) => Ok(None),
            UndecodedKind::Svg => Err(UndecodedError::Svg),
        }
    }
}

/// Returns true for a still or moving picture in HEIF that is not AVIF.
fn is_heic(head: &[u8]) -> bool {
    const HEIC: [&[u8]; 10] =
        [b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs", b"mif1", b"msf1"];
    !is_avif(head) && iso_brands(head).any(|brand| HEIC.contains(&brand))
}

/// Returns the largest size among the [properties](https://aomediacodec.github.io/av1-avif/) of an AVIF picture, turned
/// as it is shown. Thumbnails and tiles are smaller.
fn avif_size(bytes: &[u8]) -> Option<(u32, u32)> {
    let head = &bytes[..bytes.len().min(MAX_HEAD_BYTES)];
    let number = |at: usize| Some(u32::from_be_bytes(*head.get(at..)?.first_chunk()?));
    let sizes = memmem::find_iter(head, b"ispe").filter_map(|at| Some((number(at + 8)?, number(at + 12)?)));
    let is_valid = |side: u32| (1..=MAX_SIDE).contains(&side);
    let valid = sizes.filter(|&(width, height)| is_valid(width) && is_valid(height));
    let (width, height) = valid.max_by_key(|&(width, height)| u64::from(width) * u64::from(height))?;
    let turn = memmem::find(head, b"irot").and_then(|at| head.get(at + 4));
    Some(if turn.is_some_and(|turn| turn % 2 == 1) { (height, width) } else { (width, height) })
}

/// Returns true for a drawing without any element that shows something: a placeholder.
fn is_blank_drawing(bytes: &[u8]) -> bool {
    // Elements with a prefix count as shapes.
    memmem::find_iter(bytes, b"<").skip(1).all(|at| matches!(bytes.get(at + 1), Some(b'/' | b'!' | b'?')))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Returns the beginning of an ISO file with these brands and boxes.
    fn iso_file(brands: &[&str], boxes: &[u8]) -> Vec<u8> {
        let length = 8 + 4 * brands.len() as u32;
        [&length.to_be_bytes()[..], b"ftyp", brands.concat().as_bytes(), boxes].concat()
    }

    fn size_box(width: u32, height: u32) -> Vec<u8> {
        [&20_u32.to_be_bytes()[..], b"ispe", &[0; 4], &width.to_be_bytes(), &height.to_be_bytes()].concat()
    }

    #[test]
    fn kinds_are_recognised_by_content() {
        let kind = UndecodedKind::from_content;
        assert_eq!(kind(&iso_file(&["avif", "\0\0\0\0", "mif1"], b"")), Some(UndecodedKind::Avif));
        assert_eq!(kind(&iso_file(&["mif1", "\0\0\0\0", "avif"], b"")), Some(UndecodedKind::Avif));
        assert_eq!(kind(&iso_file(&["heic", "\0\0\0\0", "mif1"], b"")), Some(UndecodedKind::Heic));
        assert_eq!(kind(&iso_file(&["isom", "\0\0\0\0"], b"")), None);
        assert_eq!(kind(b"<svg/>"), Some(UndecodedKind::Svg));
        for other in ["", "<html><svg>", "\0\0\0\u{1}ftyp", "\0\0\0\0ftypavif"] {
            assert_eq!(kind(other.as_bytes()), None, "{other}");
        }
    }

    #[test]
    fn size_of_avif_is_the_largest_one_as_shown() {
        let boxes = [size_box(100, 50), size_box(600, 400), size_box(0, 9), size_box(u32::MAX, 9)].concat();
        let size = |boxes: &[u8]| UndecodedKind::Avif.size(&iso_file(&["avif", "\0\0\0\0"], boxes));
        assert_eq!(size(&boxes), Ok(Some((600, 400))));
        assert_eq!(size(&[&boxes[..], b"\0\0\0\x09irot\x01"].concat()), Ok(Some((400, 600))));
        assert_eq!(size(&boxes[..10]), Err(UndecodedError::DamagedAvif));
        let large = [boxes, vec![0; MAX_UNDECODED_BYTES]].concat();
        assert_eq!(size(&large), Err(UndecodedError::LargeAvif));
    }

    #[test]
    fn drawings_without_shapes_are_placeholders() {
        let size = |svg: &str| UndecodedKind::Svg.size(svg.as_bytes());
        assert_eq!(size("<svg xmlns='x' width='9'/>"), Ok(None));
        assert_eq!(size("<svg><!-- nothing --></svg>"), Ok(None));
        assert_eq!(size("<svg><path d='M0 0h9'/></svg>"), Err(UndecodedError::Svg));
    }

    proptest! {
        #[test]
        fn arbitrary_bytes_do_not_panic(start in "(....ftyp(avif|heic).{0,9}|<svg.{0,9}|<!-{0,2})", bytes in proptest::collection::vec(any::<u8>(), 0..60)) {
            let bytes = [start.as_bytes(), b"ispe", &bytes].concat();
            if let Some(kind) = UndecodedKind::from_content(&bytes) {
                let _ = kind.size(&bytes);
            }
        }
    }
}
