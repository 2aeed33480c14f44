//! Pictures that come with an article: files beside it, parts of its message, and `data:` URLs.

use super::address;
use crate::model::{ArchivedImage, ImageUrl, MAX_THUMBNAIL_BYTES};
use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use percent_encoding::percent_decode_str;
use url::Url;

/// Largest `data:` URL that stays in the article, in bytes.
const MAX_INLINE_BYTES: usize = MAX_THUMBNAIL_BYTES;
/// Base64 without padding; its last bits may be anything.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// Picture that the site keeps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptPicture {
    /// Name in the archive.
    pub image: ArchivedImage,
    /// Width and height in pixels.
    pub size: (u32, u32),
}

/// Store of the pictures of a site.
pub trait PictureKeeper: Sync {
    /// Keeps a picture, reduced; equal pictures are kept once. Returns `None` for a picture too small to be content.
    ///
    /// # Errors
    ///
    /// Returns the reason why the bytes cannot be kept.
    fn keep(&self, picture: &[u8]) -> Result<Option<KeptPicture>, String>;
}

/// Files around an article.
pub trait Resources {
    /// Returns the path of the file that `reference` in the article leads to, if there is one.
    fn locate(&self, reference: &str) -> Option<String>;

    /// Keeps the picture in the file at a located path, as [`PictureKeeper::keep`].
    ///
    /// # Errors
    ///
    /// Returns the reason why the file cannot be kept as a picture.
    fn keep(&self, path: &str) -> Result<Option<KeptPicture>, String>;

    /// Keeps a picture that is part of the article's own file.
    ///
    /// # Errors
    ///
    /// Returns the reason why the bytes cannot be kept.
    fn keep_part(&self, picture: &[u8]) -> Result<Option<KeptPicture>, String>;
}

/// Picture in the file of an article.
#[derive(Clone, Debug)]
pub(super) struct PicturePart {
    /// References that lead to it: `cid:` with an id, or an address.
    pub(super) references: Vec<String>,
    pub(super) bytes: Vec<u8>,
}

/// Pictures that come with one article.
pub(super) struct LocalPictures<'a> {
    pub(super) resources: &'a dyn Resources,
    pub(super) parts: &'a [PicturePart],
    /// Base of relative URLs.
    pub(super) base: Option<&'a Url>,
    /// Line of the file on which the body starts.
    pub(super) line: u32,
}

/// Picture that was found with the article and is not kept yet.
#[derive(Clone, Debug)]
pub(super) struct LocalPicture {
    place: PicturePlace,
    /// Reference in the article.
    pub(super) reference: String,
    /// Public address, if the reference is one.
    pub(super) address: Option<ImageUrl>,
}

#[derive(Clone, Debug)]
enum PicturePlace {
    /// Path of a file.
    File(String),
    /// Position among the parts.
    Part(usize),
    /// The reference itself: a `data:` URL.
    Inline,
}

impl LocalPictures<'_> {
    /// Returns the picture that `reference` leads to.
    pub(super) fn find(&self, reference: &str) -> Option<LocalPicture> {
        let reference = reference.trim();
        let inline = is_inline(reference);
        if inline && reference.len() <= MAX_INLINE_BYTES && address::resolve_image(reference, None).is_some()
        {
            return None;
        }
        let url = Some(reference).filter(|_| !inline).and_then(|reference| Url::parse(reference).ok());
        let found = |place, address| LocalPicture { place, reference: reference.to_owned(), address };
        if inline {
            return Some(found(PicturePlace::Inline, None));
        }
        if let Some(position) = self.find_part(reference, url.as_ref()) {
            return Some(found(PicturePlace::Part(position), address::resolve_image(reference, self.base)));
        }
        // The extraction of the main text makes relative references absolute.
        let relative = || self.base?.make_relative(url.as_ref()?);
        let path = self.resources.locate(reference);
        let path = path.or_else(|| self.resources.locate(&relative()?))?;
        Some(found(PicturePlace::File(path), None))
    }

    fn find_part(&self, reference: &str, url: Option<&Url>) -> Option<usize> {
        if self.parts.is_empty() {
            return None;
        }
        let decoded = address::percent_decode(reference);
        let joined = self.base.and_then(|base| base.join(reference).ok());
        let addresses = [url, joined.as_ref()].map(|url| url.map_or("", Url::as_str));
        let is_named = |part: &PicturePart| {
            part.references.iter().any(|name| {
                name == reference
                    || *name == decoded
                    || Url::parse(name).is_ok_and(|name| addresses.contains(&name.as_str()))
            })
        };
        self.parts.iter().position(is_named)
    }

    /// Keeps a picture that was found.
    pub(super) fn keep(&self, picture: &LocalPicture) -> Result<Option<KeptPicture>, String> {
        match &picture.place {
            PicturePlace::File(path) => self.resources.keep(path),
            PicturePlace::Inline => {
                let bytes = decode_inline(&picture.reference).ok_or("damaged data")?;
                self.resources.keep_part(&bytes)
            }
            PicturePlace::Part(position) => {
                self.parts.get(*position).map_or(Ok(None), |part| self.resources.keep_part(&part.bytes))
            }
        }
    }
}

impl LocalPicture {
    /// Returns `true` if the picture is a file whose name has an extension.
    pub(super) fn has_extension(&self) -> bool {
        let name = |path: &str| path.rsplit('/').next().is_some_and(|name| name.contains('.'));
        matches!(&self.place, PicturePlace::File(path) if name(path))
    }

    /// Returns `true` for a drawing inside the article.
    pub(super) fn is_inline_drawing(&self) -> bool {
        const START: &str = "data:image/svg";
        let start = self.reference.get(..START.len());
        matches!(self.place, PicturePlace::Inline)
            && start.is_some_and(|start| start.eq_ignore_ascii_case(START))
    }

    /// Returns the file name, without percent-encoding.
    pub(super) fn file_name(&self) -> String {
        let name = self.reference.rsplit(['/', '\\']).next().unwrap_or_default();
        address::percent_decode(name)
    }
}

/// Returns `true` if `reference` is a picture by itself.
fn is_inline(reference: &str) -> bool {
    const START: &str = "data:image/";
    reference.get(..START.len()).is_some_and(|start| start.eq_ignore_ascii_case(START))
}

/// Decodes a `data:` URL.
fn decode_inline(reference: &str) -> Option<Vec<u8>> {
    let (head, data) = reference.split_once(',')?;
    if !head.to_ascii_lowercase().ends_with(";base64") {
        return Some(percent_decode_str(data).collect());
    }
    let data: String = percent_decode_str(data).decode_utf8().ok()?.split_ascii_whitespace().collect();
    BASE64.decode(data.trim_end_matches('=')).ok()
}
