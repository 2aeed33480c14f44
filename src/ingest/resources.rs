//! Pictures that come with an article: files beside it.

use super::address;
use crate::model::{ArchivedImage, ImageUrl};
use url::Url;

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
}

/// Pictures that come with one article.
pub(super) struct LocalPictures<'a> {
    pub(super) resources: &'a dyn Resources,
    /// Base of relative URLs.
    pub(super) base: Option<&'a Url>,
    /// Line of the file on which the body starts.
    pub(super) line: u32,
}

/// Picture that was found with the article and is not kept yet.
#[derive(Clone, Debug)]
pub(super) struct LocalPicture {
    /// Path of the file.
    path: String,
    /// Reference in the article.
    pub(super) reference: String,
    /// Public address, if the reference is one.
    pub(super) address: Option<ImageUrl>,
}

impl LocalPictures<'_> {
    /// Returns the picture that `reference` leads to.
    pub(super) fn find(&self, reference: &str) -> Option<LocalPicture> {
        let reference = reference.trim();
        let mut path = self.resources.locate(reference);
        if path.is_none() {
            // The extraction of the main text makes relative references absolute.
            let url = Url::parse(reference).ok()?;
            path = self.resources.locate(&self.base?.make_relative(&url)?);
        }
        Some(LocalPicture { path: path?, reference: reference.to_owned(), address: None })
    }

    /// Keeps a picture that was found.
    pub(super) fn keep(&self, picture: &LocalPicture) -> Result<Option<KeptPicture>, String> {
        self.resources.keep(&picture.path)
    }
}

impl LocalPicture {
    /// Returns the file name, without percent-encoding.
    pub(super) fn file_name(&self) -> String {
        let name = self.reference.rsplit(['/', '\\']).next().unwrap_or_default();
        address::percent_decode(name)
    }
}
