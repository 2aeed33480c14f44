//! A picture as it came, made into one that a phone can afford.

use image::{DynamicImage, ImageDecoder, ImageReader, imageops::FilterType};
use std::io::Cursor;

/// No wider than the column of text on a screen with two pixels to one.
const WIDEST: u32 = 1080;
/// WebP has no higher ones.
const TALLEST: u32 = 16_383;
/// A picture with more bytes once it is decoded is refused unread: as many as 50 million pixels have.
const LARGEST_DECODED: u64 = 200 << 20;
/// Smaller ones are counters, not pictures.
const SMALLEST_SIDE: u32 = 3;
/// Of a hundred: what newspapers use for pictures of this width.
const QUALITY: f32 = 75.0;

/// A picture in WebP.
pub struct Reduced {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Width and height in pixels.
    pub size: (u32, u32),
}

/// Makes a picture of `bytes`: upright, at most 1,080 pixels wide, in WebP. Of a moving one it is the first frame.
///
/// # Errors
///
/// The bytes are no picture that can be read, are larger than any should be, or are a counter's.
pub fn reduce(bytes: &[u8]) -> Result<Reduced, String> {
    let picture = decode(bytes).map_err(|error| format!("it is no picture that can be read: {error}"))?;
    if picture.width() < SMALLEST_SIDE || picture.height() < SMALLEST_SIDE {
        return Err("it is a dot, not a picture".to_owned());
    }
    let picture = match picture.width() > WIDEST || picture.height() > TALLEST {
        true => picture.resize(WIDEST, TALLEST, FilterType::CatmullRom),
        false => picture,
    };
    let size = (picture.width(), picture.height());
    let encoded = match picture.color().has_alpha() {
        true => webp::Encoder::from_rgba(&picture.to_rgba8(), size.0, size.1).encode_simple(false, QUALITY),
        false => webp::Encoder::from_rgb(&picture.to_rgb8(), size.0, size.1).encode_simple(false, QUALITY),
    };
    let encoded = encoded.map_err(|error| format!("it cannot be written as WebP: {error:?}"))?;
    Ok(Reduced { bytes: encoded.to_vec(), size })
}

fn decode(bytes: &[u8]) -> image::ImageResult<DynamicImage> {
    let mut limits = image::Limits::default();
    limits.max_alloc = Some(LARGEST_DECODED);
    let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format()?;
    reader.limits(limits.clone());
    let mut decoder = reader.into_decoder()?;
    limits.reserve(decoder.total_bytes())?;
    let orientation = decoder.orientation()?;
    let mut picture = DynamicImage::from_decoder(decoder)?;
    picture.apply_orientation(orientation);
    Ok(picture)
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
    fn wide_pictures_become_narrower_and_small_ones_stay() {
        let wide = reduce(&png(2160, 1000)).unwrap();
        assert_eq!(wide.size, (1080, 500));
        assert_eq!(image::guess_format(&wide.bytes).unwrap(), ImageFormat::WebP);
        let there = image::load_from_memory(&wide.bytes).unwrap();
        assert_eq!((there.width(), there.height()), wide.size);
        assert_eq!(reduce(&png(400, 300)).unwrap().size, (400, 300));
    }

    #[test]
    fn what_is_no_picture_is_refused() {
        for (bytes, reason) in [
            (b"<html>gone</html>".to_vec(), "no picture"),
            (Vec::new(), "no picture"),
            (png(1, 1), "a dot"),
            (png(600, 400)[..700].to_vec(), "no picture"),
        ] {
            let said = reduce(&bytes).map(|_| ()).unwrap_err();
            assert!(said.contains(reason), "{said}");
        }
        // Few bytes that become very many.
        let wide = png(16_000, 5_000);
        assert!(wide.len() < 8 << 20);
        let said = reduce(&wide).map(|_| ()).unwrap_err();
        assert!(said.contains("Memory limit"), "{said}");
    }

    proptest! {
        #[test]
        fn any_bytes_are_a_picture_or_refused(mut bytes in proptest::collection::vec(any::<u8>(), 0..600), at: prop::sample::Index, value: u8) {
            let _ = reduce(&bytes);
            bytes = png(20, 20);
            let at = at.index(bytes.len());
            bytes[at] = value;
            let _ = reduce(&bytes);
        }
    }
}
