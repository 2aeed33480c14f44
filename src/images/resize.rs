//! Reduction of an image to a size suitable for phones.

use fast_image_resize::{FilterType, ResizeAlg, ResizeOptions, Resizer};
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageReader};
use std::io::Cursor;
use std::sync::{Mutex, PoisonError};
use std::{panic, thread};

/// Maximum width in pixels: the text column at two device pixels per CSS pixel.
const MAX_WIDTH: u32 = 1080;
/// Maximum height in pixels, a limit of WebP.
const MAX_HEIGHT: u32 = 16_383;
/// Maximum decoded size in bytes: 50 million pixels. Larger images are rejected before decoding.
const MAX_DECODED_BYTES: u64 = 200 << 20;
/// Decoded size in bytes from which an image is large. Large images are processed one at a time, to bound memory.
const LARGE_BYTES: u64 = 16 << 20;
static LARGE_IMAGE: Mutex<()> = Mutex::new(());
/// Minimum side in pixels; smaller images are tracking pixels.
pub(super) const MIN_SIDE: u32 = 3;
/// WebP quality, 0 to 100, as newspapers use at this width.
const WEBP_QUALITY: f32 = 75.0;
/// Effort of the encoder, 0 to 6. The default of 4 takes twice as long, for 6 % fewer bytes.
const WEBP_METHOD: i32 = 2;

/// Image in WebP.
pub struct ResizedImage {
    /// Encoded bytes.
    pub bytes: Vec<u8>,
    /// Width and height in pixels.
    pub size: (u32, u32),
}

/// Reason why an image cannot be reduced.
#[derive(Debug, thiserror::Error)]
pub enum ResizeError {
    /// The bytes are not a decodable image, or the image is too large.
    #[error("not a readable image: {0}")]
    Unreadable(image::ImageError),
    /// The decoder panicked.
    #[error("cannot decode the image: the decoder failed")]
    DecoderFailed,
    /// The image is a spacer or counts readers.
    #[error("tracking pixel, not an image")]
    TooSmall,
    /// The reduced image cannot be encoded.
    #[error("cannot encode the image as WebP: {0:?}")]
    Encoding(webp::WebPEncodingError),
}

/// As [`resize`], for untrusted images, which may make decoders panic.
///
/// # Errors
///
/// As [`resize`].
pub fn resize_untrusted(bytes: &[u8]) -> Result<ResizedImage, ResizeError> {
    panic::catch_unwind(|| resize(bytes)).unwrap_or(Err(ResizeError::DecoderFailed))
}

/// Decodes `bytes`, applies the orientation, reduces the width to 1,080 pixels and encodes as WebP. Of an animation,
/// only the first frame is used.
///
/// # Errors
///
/// The bytes are not a decodable image, too large, or a tracking pixel.
fn resize(bytes: &[u8]) -> Result<ResizedImage, ResizeError> {
    let picture = decode_reduced(bytes).map_err(ResizeError::Unreadable)?;
    if picture.width() < MIN_SIDE || picture.height() < MIN_SIDE {
        return Err(ResizeError::TooSmall);
    }
    let size = (picture.width(), picture.height());
    let invalid = webp::WebPEncodingError::VP8_ENC_ERROR_INVALID_CONFIGURATION;
    let mut config = webp::WebPConfig::new().map_err(|()| ResizeError::Encoding(invalid))?;
    (config.quality, config.method) = (WEBP_QUALITY, WEBP_METHOD);
    let encoded = match picture.color().has_alpha() {
        true => webp::Encoder::from_rgba(&picture.to_rgba8(), size.0, size.1).encode_advanced(&config),
        false => webp::Encoder::from_rgb(&picture.to_rgb8(), size.0, size.1).encode_advanced(&config),
    };
    let encoded = encoded.map_err(ResizeError::Encoding)?;
    Ok(ResizedImage { bytes: encoded.to_vec(), size })
}

fn decode_reduced(bytes: &[u8]) -> image::ImageResult<DynamicImage> {
    if decoder(bytes)?.total_bytes() <= LARGE_BYTES {
        return decode(bytes);
    }
    // A decoder that panicked has released its memory.
    let _one = LARGE_IMAGE.lock().unwrap_or_else(PoisonError::into_inner);
    // The allocator keeps freed memory for each thread. One after another, these threads share theirs.
    let decoded = thread::scope(|scope| scope.spawn(|| decode(bytes)).join());
    decoded.unwrap_or_else(|failure| panic::resume_unwind(failure))
}

/// Reads the header.
fn decoder(bytes: &[u8]) -> image::ImageResult<impl ImageDecoder + '_> {
    let mut limits = image::Limits::default();
    limits.max_alloc = Some(MAX_DECODED_BYTES);
    let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format()?;
    reader.limits(limits.clone());
    let decoder = reader.into_decoder()?;
    limits.reserve(decoder.total_bytes())?;
    Ok(decoder)
}

fn decode(bytes: &[u8]) -> image::ImageResult<DynamicImage> {
    let mut decoder = decoder(bytes)?;
    let orientation = decoder.orientation()?;
    let mut picture = reduce(DynamicImage::from_decoder(decoder)?, orientation);
    picture.apply_orientation(orientation);
    Ok(picture)
}

/// Reduces a picture before its orientation is applied, which needs memory for a copy.
fn reduce(mut picture: DynamicImage, orientation: Orientation) -> DynamicImage {
    use Orientation::{Rotate90, Rotate90FlipH, Rotate270, Rotate270FlipH};
    let (width, height) = match orientation {
        Rotate90 | Rotate270 | Rotate90FlipH | Rotate270FlipH => (MAX_HEIGHT, MAX_WIDTH),
        _ => (MAX_WIDTH, MAX_HEIGHT),
    };
    let exceeds = |picture: &DynamicImage, factor: u32| {
        picture.width() > width.saturating_mul(factor) || picture.height() > height.saturating_mul(factor)
    };
    // The filter reads every pixel of a large picture several times, averaging once.
    if exceeds(&picture, 2) {
        picture = picture.thumbnail(2 * width, 2 * height);
    }
    match exceeds(&picture, 1) {
        true => resample(&picture, width, height),
        false => picture,
    }
}

/// Returns a picture scaled into a width and height, with its aspect ratio.
fn resample(picture: &DynamicImage, width: u32, height: u32) -> DynamicImage {
    let scale = |side: u32, max: u32| f64::from(max) / f64::from(side.max(1));
    let scale = scale(picture.width(), width).min(scale(picture.height(), height));
    let scaled = |side: u32| (f64::from(side) * scale).round().max(1.0) as u32;
    let (width, height) = (scaled(picture.width()), scaled(picture.height()));
    let mut reduced = DynamicImage::new(width, height, picture.color());
    let options = ResizeOptions::new().resize_alg(ResizeAlg::Convolution(FilterType::CatmullRom));
    match Resizer::new().resize(picture, &mut reduced, &options) {
        Ok(()) => reduced,
        // Kinds of pixels that only the slower code knows.
        Err(_) => picture.resize_exact(width, height, image::imageops::FilterType::CatmullRom),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::ImageFormat;
    use proptest::prelude::*;

    fn png(width: u32, height: u32) -> Vec<u8> {
        let mut bytes = Vec::new();
        let picture = image::RgbImage::from_fn(width, height, |x, y| image::Rgb([x as u8, y as u8, 90]));
        picture.write_to(&mut Cursor::new(&mut bytes), ImageFormat::Png).unwrap();
        bytes
    }

    #[test]
    fn wide_images_are_reduced_and_small_ones_unchanged() {
        let wide = resize(&png(2160, 1000)).unwrap();
        assert_eq!(wide.size, (1080, 500));
        assert_eq!(image::guess_format(&wide.bytes).unwrap(), ImageFormat::WebP);
        let there = image::load_from_memory(&wide.bytes).unwrap();
        assert_eq!((there.width(), there.height()), wide.size);
        assert_eq!(resize(&png(400, 300)).unwrap().size, (400, 300));
    }

    #[test]
    fn invalid_images_are_rejected() {
        for (bytes, reason) in [
            (b"<html>gone</html>".to_vec(), "not a readable"),
            (Vec::new(), "not a readable"),
            (png(1, 1), "tracking pixel"),
            (png(600, 400)[..700].to_vec(), "not a readable"),
        ] {
            let error = resize(&bytes).map(|_| ()).unwrap_err().to_string();
            assert!(error.contains(reason), "{error}");
        }
        // A small file with very many pixels.
        let wide = png(16_000, 5_000);
        assert!(wide.len() < 8 << 20);
        let error = resize(&wide).map(|_| ()).unwrap_err().to_string();
        assert!(error.contains("Memory limit"), "{error}");
    }

    proptest! {
        #[test]
        fn arbitrary_bytes_do_not_panic(mut bytes in proptest::collection::vec(any::<u8>(), 0..600), at: prop::sample::Index, value: u8) {
            let _ = resize(&bytes);
            bytes = png(20, 20);
            let at = at.index(bytes.len());
            bytes[at] = value;
            let _ = resize(&bytes);
        }
    }
}
