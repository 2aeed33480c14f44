//! Loading of an image: its sources in order, and what the reader's setting allows.

use crate::archive::ImagePolicy;
use crate::model::{ArchivedImage, Figure, ImageUrl};

/// Load state of an image.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LoadState {
    /// Images are turned off.
    Off,
    /// The image loads on demand.
    OnDemand,
    /// The image loads when it comes near the viewport.
    Deferred,
    /// The image is loading.
    Loading(ImageSource),
    /// Loaded; carries the source, so that the element keeps its key.
    Shown(ImageSource),
    /// All sources failed.
    Failed,
    /// Not requested again because the host fails.
    Withheld,
}

/// Source of an image.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImageSource {
    /// Copy in the archive.
    Archive,
    /// URL in the article.
    Primary,
    /// URL behind a proxy that the article names.
    Fallback,
}

impl LoadState {
    /// Returns the state before anything was requested. Archived and local images load regardless of the setting.
    pub fn initial(figure: &Figure, images: ImagePolicy) -> LoadState {
        match images {
            _ if figure.archived.is_some() => LoadState::Deferred,
            _ if figure.src.is_local() => LoadState::Loading(ImageSource::Primary),
            ImagePolicy::On => LoadState::Deferred,
            ImagePolicy::Tap => LoadState::OnDemand,
            ImagePolicy::Off => LoadState::Off,
        }
    }

    /// Returns the state after the source `from` has failed, whose host `is_dead` if earlier images failed as well. A
    /// failure of the archive does not override the setting.
    pub fn after_failure(
        figure: &Figure,
        images: ImagePolicy,
        from: ImageSource,
        is_dead: bool,
    ) -> LoadState {
        match (from.next(figure), images) {
            (None, _) if is_dead => LoadState::Withheld,
            (None, _) => LoadState::Failed,
            (Some(_), ImagePolicy::Tap) if from == ImageSource::Archive => LoadState::OnDemand,
            (Some(_), ImagePolicy::Off) if from == ImageSource::Archive => LoadState::Off,
            (Some(next), _) => LoadState::Loading(next),
        }
    }

    /// Returns the source that the reader's request loads. An image on demand has tried the archive already.
    pub fn requested_source(self, figure: &Figure) -> ImageSource {
        if self == LoadState::OnDemand { ImageSource::Primary } else { ImageSource::first(figure) }
    }

    /// Returns the class of the element.
    pub fn class(self) -> &'static str {
        match self {
            LoadState::Deferred | LoadState::Loading(_) => "is-loading",
            LoadState::Shown(_) => "is-shown",
            LoadState::Off => "is-off",
            LoadState::OnDemand | LoadState::Failed => "is-gone",
            LoadState::Withheld => "is-withheld",
        }
    }
}

impl ImageSource {
    /// Returns the first source to try.
    pub fn first(figure: &Figure) -> ImageSource {
        if figure.archived.is_some() { ImageSource::Archive } else { ImageSource::Primary }
    }

    fn next(self, figure: &Figure) -> Option<ImageSource> {
        match self {
            ImageSource::Archive => Some(ImageSource::Primary).filter(|_| !figure.is_only_archived()),
            ImageSource::Primary => figure.fallback.as_ref().map(|_| ImageSource::Fallback),
            ImageSource::Fallback => None,
        }
    }

    fn url(self, figure: &Figure) -> Option<&ImageUrl> {
        match self {
            ImageSource::Archive => None,
            ImageSource::Primary => Some(&figure.src),
            ImageSource::Fallback => figure.fallback.as_ref(),
        }
    }

    /// Returns the host of the source, if it is a foreign one.
    pub fn host(self, figure: &Figure) -> Option<&str> {
        self.url(figure)?.host()
    }

    /// Returns the address of the source.
    pub fn address(self, figure: &Figure) -> String {
        match self.url(figure) {
            Some(url) => url.as_str().to_owned(),
            None => figure.archived.as_ref().map(ArchivedImage::path).unwrap_or_default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figure(is_archived: bool, fallback: Option<&str>) -> Figure {
        let archived = ArchivedImage::from_hash("abcdefgh").filter(|_| is_archived);
        Figure {
            src: ImageUrl::parse("https://img.example/a.jpg").unwrap(),
            fallback: fallback.and_then(ImageUrl::parse),
            archived,
            alt: String::new(),
            size: None,
            caption: Vec::new(),
        }
    }

    #[test]
    fn setting_decides_on_images_of_other_hosts_only() {
        let states = |figure: &Figure| {
            [ImagePolicy::On, ImagePolicy::Tap, ImagePolicy::Off]
                .map(|images| LoadState::initial(figure, images))
        };
        let (remote, archived) = (figure(false, None), figure(true, None));
        assert_eq!(states(&remote), [LoadState::Deferred, LoadState::OnDemand, LoadState::Off]);
        assert_eq!(states(&archived), [LoadState::Deferred; 3]);
        let local = Figure { src: ImageUrl::parse("data:image/png;base64,AAAA").unwrap(), ..remote };
        assert_eq!(states(&local), [LoadState::Loading(ImageSource::Primary); 3]);
    }

    #[test]
    fn sources_are_tried_in_order() {
        let figure = figure(true, Some("https://b.example/a.jpg"));
        assert_eq!(ImageSource::first(&figure), ImageSource::Archive);
        let mut tried = vec![ImageSource::first(&figure)];
        while let LoadState::Loading(next) =
            LoadState::after_failure(&figure, ImagePolicy::On, *tried.last().unwrap(), false)
        {
            tried.push(next);
        }
        assert_eq!(tried, [ImageSource::Archive, ImageSource::Primary, ImageSource::Fallback]);
        assert_eq!(
            tried.iter().map(|source| source.host(&figure)).collect::<Vec<_>>(),
            [None, Some("img.example"), Some("b.example")]
        );
        assert!(tried[0].address(&figure).ends_with("abcdefgh.webp"));
    }

    #[test]
    fn damaged_archive_does_not_override_the_setting() {
        let figure = figure(true, None);
        let after = |images| LoadState::after_failure(&figure, images, ImageSource::Archive, false);
        assert_eq!(after(ImagePolicy::Tap), LoadState::OnDemand);
        assert_eq!(after(ImagePolicy::Off), LoadState::Off);
        assert_eq!(LoadState::OnDemand.requested_source(&figure), ImageSource::Primary);
        assert_eq!(LoadState::Failed.requested_source(&figure), ImageSource::Archive);
        let last =
            |is_dead| LoadState::after_failure(&figure, ImagePolicy::Tap, ImageSource::Primary, is_dead);
        assert_eq!([last(false), last(true)], [LoadState::Failed, LoadState::Withheld]);
    }
}
