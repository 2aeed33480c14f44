//! Sources of an image: its URL, and a picture that comes with the article.

use super::{candidates, figure, placeholder};
use crate::ingest::address;
use crate::ingest::diagnostics::Diagnostics;
use crate::ingest::html::BodyContext;
use crate::ingest::resources::{KeptPicture, LocalPicture};
use crate::model::{Figure, ImageUrl};

/// Width from which a picture is more than the preview of another, in pixels.
const MIN_CONTENT_WIDTH: u32 = 200;
/// Longest reference that a warning quotes, in characters.
const MAX_QUOTED_CHARS: usize = 120;

/// Image that an element names.
#[derive(Clone, Debug)]
pub(super) struct ImageSource {
    /// Valid URL.
    pub(super) url: Option<ImageUrl>,
    /// Picture that comes with the article.
    pub(super) local: Option<LocalPicture>,
    /// Relation of the picture to the URL.
    pub(super) relation: Relation,
}

/// Relation of a picture that comes with an article to the URL of an image.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Relation {
    /// One reference led to both.
    Same,
    /// The picture is a copy of the image at the URL.
    Copy,
    /// The picture may be a small preview of the image at the URL.
    Preview,
}

impl ImageSource {
    /// Returns the image at one reference.
    pub(super) fn resolve(text: &str, context: &BodyContext<'_>) -> Option<ImageSource> {
        let url = address::resolve_image(text, context.base);
        let local = context.pictures.and_then(|pictures| pictures.find(text));
        let is_found = url.is_some() || local.is_some();
        is_found.then_some(ImageSource { url, local, relation: Relation::Same })
    }

    /// Returns the text that names the image.
    pub(super) fn name(&self) -> &str {
        let reference = || self.local.as_ref().map(|local| local.reference.as_str());
        self.url.as_ref().map(ImageUrl::as_str).or_else(reference).unwrap_or_default()
    }

    /// Returns the figure, with the picture kept; `None` if nothing can be shown.
    pub(super) fn into_figure(
        self,
        alt: String,
        size: Option<(u32, u32)>,
        context: &BodyContext<'_>,
        found: &mut Diagnostics,
    ) -> Option<Figure> {
        let (Some(local), Some(pictures)) = (&self.local, context.pictures) else {
            return self.url.map(|url| figure(url, alt, size));
        };
        match pictures.keep(local) {
            Ok(Some(kept)) if self.relation != Relation::Preview || kept.size.0 >= MIN_CONTENT_WIDTH => {
                return Some(self.archived_figure(kept, alt));
            }
            Ok(None) if self.relation == Relation::Same => return None,
            Ok(_) => {}
            Err(reason) => {
                let reference = local.reference.as_str();
                let is_inline = placeholder::is_inline(reference);
                if is_inline || candidates::has_picture_name(reference) || !local.has_extension() {
                    let quoted: String = match is_inline {
                        true => "inside the page".to_owned(),
                        false => reference.chars().take(MAX_QUOTED_CHARS).collect(),
                    };
                    let message = format_args!("cannot keep the picture {quoted}: {reason}");
                    found.warn(pictures.line, "picture", message);
                }
            }
        }
        self.url.map(|url| figure(url, alt, size))
    }

    fn archived_figure(self, kept: KeptPicture, alt: String) -> Figure {
        let local = self.local.as_ref();
        let is_file_name = local.is_some_and(|local| local.file_name() == alt);
        let alt = if is_file_name { String::new() } else { alt };
        let public = self.url.filter(|url| self.relation != Relation::Same && !url.is_local());
        let src = local.and_then(|local| local.address.clone()).or(public);
        let mut figure = figure(src.unwrap_or_else(ImageUrl::stand_in), alt, Some(kept.size));
        figure.archived = Some(kept.image);
        figure
    }
}
